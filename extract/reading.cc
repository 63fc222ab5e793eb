#include "extract/reading.h"

#include <algorithm>
#include <iterator>

#include "diacritics/text/text.h"
#include "extract/words/place_and_day.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {

using diacritics::count_code_points;

PageText reading_text(const ocr::Page& page, std::size_t lines_max) {
  PageText out;
  std::size_t offset = 0;
  for (const ocr::Block& block : page.blocks) {
    if (!is_text_part(block.kind)) continue;
    for (const ocr::Line& line : block.lines) {
      if (out.lines.size() == lines_max) return out;
      if (!out.lines.empty()) {
        out.text += '\n';
        ++offset;
      }
      TextLine text_line{&page, block.kind, &line, ocr::text_of(line), {}, {}};
      text_line.folded = diacritics::fold(text_line.text);
      // Each word is found again in the joined text, so that the separators are counted as they
      // are.
      std::size_t at = 0, counted = 0, letters = 0;
      for (const ocr::Word& word : line.words) {
        at = text_line.text.find(word.text, at);
        letters +=
            count_code_points(std::string_view(text_line.text).substr(counted, at - counted));
        counted = at;
        text_line.word_starts.push_back(offset + letters);
        at += word.text.size();
      }
      offset += count_code_points(text_line.text);
      out.text += text_line.text;
      out.lines.push_back(std::move(text_line));
    }
  }
  return out;
}

std::vector<PageText> reading_text(const ocr::Document& document) {
  std::vector<PageText> out;
  for (const ocr::Page& page : document.pages) out.push_back(reading_text(page));
  return out;
}

std::vector<std::string> texts_of(const std::vector<PageText>& pages) {
  std::vector<std::string> out;
  for (const PageText& page : pages) out.push_back(page.text);
  return out;
}

std::vector<std::string> search_texts_of(const std::vector<PageText>& pages) {
  std::vector<std::string> out;
  for (const PageText& page : pages) {
    std::string& search = out.emplace_back();
    for (const TextLine& line : page.lines) {
      if (!search.empty()) search += ' ';
      for (const char c : line.folded) {
        const bool space = c == ' ' || c == '\t';
        if (!space)
          search += c;
        else if (!search.empty() && search.back() != ' ')
          search += ' ';
      }
    }
  }
  return out;
}

WordRange whole(const TextLine& line) { return {&line, 0, line.line->words.size()}; }

namespace {

// Whether a word is one of the syllables that are a single letter, and was read as surely as words
// are: "ý kiến góp ý", "y tế", "ô nhiễm".
bool is_syllable_of_one_letter(const ocr::Word& word) {
  constexpr std::string_view kSyllables[] = {"ý", "y", "ô", "ở", "ổ", "ủ", "ỷ"};
  constexpr double kSureMin = 0.85;
  const std::string_view bare = diacritics::trim_punctuation(word.text);
  return word.confidence >= kSureMin &&
         std::find(std::begin(kSyllables), std::end(kSyllables), bare) != std::end(kSyllables);
}

}  // namespace

WordRange without_noise(const TextLine& line) {
  WordRange range = whole(line);
  const auto noise = [&](std::size_t i) {
    const std::string& text = line.line->words[i].text;
    if (is_syllable_of_one_letter(line.line->words[i])) return false;
    const auto letters = diacritics::count_letters(text);
    return text.find_first_of("0123456789") == std::string::npos &&
           (letters.all == 0 || (letters.all == 1 && letters.upper == 0));
  };
  while (!range.empty() && noise(range.first)) ++range.first;
  while (!range.empty() && noise(range.last - 1)) --range.last;
  return range;
}

namespace {

bool is_sure_dash(const TextLine& line, std::size_t at) {
  constexpr double kSureMin = 0.85;
  const ocr::Word& word = line.line->words[at];
  return is_hyphen(word.text) &&
         (line.page->route == ocr::Route::TextLayer || word.confidence >= kSureMin);
}

}  // namespace

WordRange with_dash(WordRange range) {
  if (!range.empty() && range.last + 1 == range.line->line->words.size() &&
      is_sure_dash(*range.line, range.last))
    ++range.last;
  return range;
}

WordRange from_dash(WordRange range) {
  if (!range.empty() && range.first == 1 && is_sure_dash(*range.line, 0)) range.first = 0;
  return range;
}

std::string text_of(const WordRange& range) {
  std::string out;
  for (std::size_t i = range.first; i < range.last; ++i) {
    if (!out.empty()) out += ' ';
    out += range.line->line->words[i].text;
  }
  return out;
}

namespace {

// The words as the engine or the text layer gave them where they were restored since.
std::string as_read(const WordRange& range) {
  std::string out;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const ocr::Word& word = range.line->line->words[i];
    if (!out.empty()) out += ' ';
    out += word.restored ? word.ocr_text : word.text;
  }
  return out;
}

}  // namespace

bool heads_recipients(const TextLine& line) { return is_recipients_heading(line.folded); }

Evidence evidence_of(const std::vector<WordRange>& ranges, const std::string& method) {
  Evidence out;
  out.method = method;
  std::vector<ocr::Word> words;
  bool follows = true;
  std::size_t end = 0;
  for (const WordRange& range : ranges) {
    if (range.empty()) continue;
    const ocr::Page& page = *range.line->page;
    const std::size_t start = range.line->word_starts[range.first];
    const ocr::Word& last = range.line->line->words[range.last - 1];
    if (words.empty()) {
      out.page = page.number;
      out.source = page.route == ocr::Route::TextLayer ? FieldSource::TextLayer : FieldSource::Ocr;
      out.span = Span{page.number, start, 0};
    } else {
      out.raw += '\n';
      follows = follows && start == end + 1;
    }
    end = range.line->word_starts[range.last - 1] + count_code_points(last.text);
    out.raw += as_read(range);
    for (std::size_t i = range.first; i < range.last; ++i) {
      const ocr::Word& word = range.line->line->words[i];
      out.box = ocr::united(out.box, page.to_displayed.apply(word.box));
      if (word.restored) out.source = FieldSource::OcrRestored;
      words.push_back(word);
    }
  }
  out.confidence = ocr::mean_confidence(words);
  if (out.span) out.span->end = end;
  if (!follows) out.span.reset();
  return out;
}

}  // namespace vanban::extract
