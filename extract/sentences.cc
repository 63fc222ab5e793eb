#include "extract/sentences.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

bool is_alphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// Byte length of the character that begins at a place of a text in UTF-8.
std::size_t character_size(std::string_view text, std::size_t at) {
  std::size_t size = 1;
  while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0) == 0x80)
    ++size;
  return size;
}

// Quotation marks, dashes and the ellipsis, beside those of ASCII.
bool is_punctuation(std::string_view character) {
  constexpr std::array<std::string_view, 9> kMarks{"“", "”", "‘", "’", "…", "–", "—", "«", "»"};
  if (character.size() == 1) return std::ispunct(static_cast<unsigned char>(character[0])) != 0;
  return std::find(kMarks.begin(), kMarks.end(), character) != kMarks.end();
}

// Where the punctuation before a word ends, and where that after it begins.
TokenRange bare_part(std::string_view word) {
  TokenRange bare{0, word.size()};
  while (bare.first < word.size()) {
    const std::size_t size = character_size(word, bare.first);
    if (!is_punctuation(word.substr(bare.first, size))) break;
    bare.first += size;
  }
  while (bare.last > bare.first) {
    std::size_t begin = bare.last - 1;
    while (begin > bare.first && (static_cast<unsigned char>(word[begin]) & 0xC0) == 0x80) --begin;
    if (!is_punctuation(word.substr(begin, bare.last - begin))) break;
    bare.last = begin;
  }
  return bare;
}

char mark_in(std::string_view tail) {
  // Three dots are a list that goes on.
  const bool goes_on = tail.find("..") != tail.npos || tail.find("…") != tail.npos;
  for (const char mark : {';', ':', '.', '!', '?'})
    if (tail.find(mark) != tail.npos) {
      if (mark == '.' && goes_on) return ',';
      return mark == '!' || mark == '?' ? '.' : mark;
    }
  for (const char mark : {')', ','})
    if (tail.find(mark) != tail.npos) return mark;
  return goes_on ? ',' : char{0};
}

// The same word cut out of the folded line.
std::string_view folded_word(const TextLine& line, std::size_t& at) {
  const std::string_view folded = line.folded;
  const std::size_t begin = std::min(folded.find_first_not_of(" \t", at), folded.size());
  at = std::min(folded.find_first_of(" \t", begin), folded.size());
  return folded.substr(begin, at - begin);
}

// What the lines of a page reach that run to the margin, in bytes of their folded text. A tenth may
// be longer: notes at the foot in smaller print.
std::size_t full_length(const PageText& page) {
  constexpr std::size_t kLongerOneIn = 10;
  std::vector<std::size_t> lengths;
  for (const TextLine& line : page.lines)
    if (line.kind == BlockKind::Body) lengths.push_back(line.folded.size());
  if (lengths.empty()) return 0;
  const auto full = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / kLongerOneIn);
  std::nth_element(lengths.begin(), full, lengths.end(), std::greater<>());
  return *full;
}

bool is_short(const TextLine& line, std::size_t full) {
  constexpr std::size_t kPercent = 80;  // the next word would mostly have had room
  return 100 * line.folded.size() < kPercent * full;
}

void add_tokens(const TextLine& line, std::vector<Token>& tokens) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < line.line->words.size(); ++i) {
    const std::string_view word = line.line->words[i].text;
    const std::string_view folded = folded_word(line, at);
    const TokenRange bare = bare_part(word), bare_folded = bare_part(folded);
    Token token{&line,
                i,
                word.substr(bare.first, bare.size()),
                folded.substr(bare_folded.first, bare_folded.size()),
                word.substr(bare.last),
                0,
                word.substr(0, bare.first).find_first_of("([") != word.npos};
    token.mark = mark_in(token.text.empty() ? word : token.tail);
    tokens.push_back(token);
  }
}

// "TP.", "ThS." stand within a sentence; so does the dot of "1.", not that of "64%)."
bool is_abbreviation(const Token& token) {
  if (!token.tail.starts_with('.')) return false;
  return diacritics::count_code_points(token.text) <= 2 || all_digits(token.text);
}

bool ends_sentence(const Token& token, const Token& next) {
  if (token.mark == ';' || token.mark == ':') return true;
  if (token.mark != '.') return false;
  return !is_abbreviation(token) || diacritics::starts_upper(next.text);
}

// Whether a paragraph begins with a line: an item of a list, or a capital after a line that ends a
// sentence or leaves room.
bool begins_paragraph(const TextLine& line, const TextLine* before, bool before_is_short) {
  if (before == nullptr || !list_label(line.text).empty()) return true;
  const std::string_view text = before->text;
  if (text.ends_with(',')) return false;
  const bool ended = !text.empty() && std::string_view(".;:").find(text.back()) != text.npos;
  return (ended || before_is_short) && diacritics::starts_upper(line.text);
}

}  // namespace

std::string_view list_label(std::string_view line) {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  if (is_dash(std::string(word))) return word;
  // Letters or digits, parted by dots, with a dot or bracket after them.
  constexpr std::size_t kLongest = 9;
  if (word.size() < 2 || word.size() > kLongest || end == line.size()) return {};
  const char last = word.back();
  if (last != '.' && last != ')' && last != '/' && last != '-') return {};
  std::size_t digits = 0, roman = 0, letters = 0;
  for (const char c : word.substr(0, word.size() - 1)) {
    digits += std::isdigit(static_cast<unsigned char>(c)) != 0 ? 1 : 0;
    roman += std::string_view("IVXL").find(c) != std::string_view::npos ? 1 : 0;
    letters += c >= 'a' && c <= 'z' ? 1 : 0;
    if (!is_alphanumeric(c) && c != '.') return {};
  }
  const std::size_t dots = static_cast<std::size_t>(std::count(word.begin(), word.end() - 1, '.'));
  const std::size_t marks = word.size() - 1 - dots;
  const bool numbered = digits == marks && digits > 0 && digits <= 2 * (dots + 1);
  const bool lettered = letters == 1 && marks == 1 && dots == 0;
  return numbered || lettered || (roman == marks && dots == 0) ? word : std::string_view();
}

bool has_digit(const Token& token) { return diacritics::has_digit(token.text); }

RunningText running_text(const std::vector<PageText>& pages) {
  RunningText out;
  const TextLine* before = nullptr;
  std::size_t first = 0;
  bool paragraph = true;
  const auto end_sentence = [&] {
    if (out.tokens.size() > first) {
      out.sentences.push_back({{first, out.tokens.size()}, paragraph});
      paragraph = false;
    }
    first = out.tokens.size();
  };
  bool before_is_short = false;
  for (const PageText& page : pages) {
    const std::size_t full = full_length(page);
    for (const TextLine& line : page.lines) {
      if (line.kind != BlockKind::Body) {
        // A table ends the text before it; what stands at the foot of a page does not.
        if (line.kind == BlockKind::Table) before = nullptr;
        continue;
      }
      if (begins_paragraph(line, before, before_is_short)) {
        end_sentence();
        paragraph = true;
      }
      std::vector<Token> tokens;
      add_tokens(line, tokens);
      before_is_short = is_short(line, full);
      if (!tokens.empty()) tokens.back().ends_short_line = before_is_short;
      for (const Token& token : tokens) {
        if (out.tokens.size() > first && ends_sentence(out.tokens.back(), token)) end_sentence();
        out.tokens.push_back(token);
      }
      before = &line;
    }
  }
  end_sentence();
  return out;
}

std::string text_of(const RunningText& text, TokenRange range) {
  std::string out;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const Token& token = text.tokens[i];
    const std::string_view word = token.line->line->words[token.word].text;
    if (!out.empty()) out += ' ';
    // Without the punctuation at the ends of the whole.
    const auto bare_begin = static_cast<std::size_t>(token.text.data() - word.data());
    const std::size_t from = i == range.first ? bare_begin : 0;
    const bool percent = token.tail.starts_with('%');
    const std::size_t to =
        i + 1 == range.last ? bare_begin + token.text.size() + (percent ? 1 : 0) : word.size();
    out += word.substr(from, to - from);
  }
  // A bracket that is opened within is closed.
  const auto open = std::count(out.begin(), out.end(), '('),
             closed = std::count(out.begin(), out.end(), ')');
  if (open > closed && text.tokens[range.last - 1].tail.find(')') != std::string_view::npos)
    out += ')';
  return out;
}

std::vector<WordRange> words_of(const RunningText& text, TokenRange range) {
  std::vector<WordRange> out;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const Token& token = text.tokens[i];
    if (!out.empty() && out.back().line == token.line)
      out.back().last = token.word + 1;
    else
      out.push_back({token.line, token.word, token.word + 1});
  }
  return out;
}

}  // namespace vanban::extract
