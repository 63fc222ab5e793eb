#include "pipeline/page/junk.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/words/numbers.h"
#include "extract/words/vocabulary.h"
#include "ocr/clean/text_rows.h"

namespace vanban::pipeline {
namespace {

using diacritics::has_digit;
using diacritics::SyllableTable;
using extract::is_code;
using ocr::Line;
using ocr::Word;

// Whether a word reads like something that documents hold. Marks are easily misread, so that a
// syllable counts whatever its marks.
bool sensible(const Word& word) {
  const std::string_view bare = diacritics::trim_punctuation(word.text);
  // These documents have no paragraph sign; it is a digit, 8 or 5, that was hard to read.
  if (word.text.find("§") != std::string::npos) return true;
  if (bare.empty()) return false;
  if (has_digit(bare) || is_code(bare)) return true;
  const auto letters = diacritics::count_letters(bare);
  return SyllableTable::built_in().contains_folded(bare) ||
         (letters.upper == letters.all && letters.all > 1);
}

// Marks that begin a list item or end a text: short, and right all the same.
bool is_mark(std::string_view text) {
  for (const std::string_view mark : {"-", "–", "+", "*", "%", "&", "./.", "/.", "“", "”", "\""})
    if (text == mark) return true;
  // "a)", "đ)" before the points of an article
  return text.size() <= 3 && text.ends_with(')') && diacritics::count_letters(text).all == 1 &&
         diacritics::count_code_points(text) == 2;
}

// A lone stroke or blank is no word, however sure the engine is.
constexpr double kSureStroke = 0.97;

// Thresholds found on real pages; see tools/evaluate.
bool is_junk(const Word& word, bool at_edge, bool header) {
  if (word.text == "-") return word.confidence < 0.15;
  if (is_mark(word.text)) return word.confidence < 0.3;
  const std::size_t length = diacritics::count_code_points(word.text);
  if (sensible(word)) return at_edge && !header && length <= 2 && word.confidence < 0.3;
  if (diacritics::trim_punctuation(word.text).empty()) return word.confidence < kSureStroke;
  if (length <= 2 && word.confidence < 0.75) return true;
  return word.confidence < (at_edge ? 0.6 : 0.25);
}

// Letters, or a note that ends in a bracket: "(b/©);".
bool holds_text(std::string_view text) {
  const auto letters = diacritics::count_letters(text).all;
  return diacritics::count_code_points(text) >= 3 &&
         (letters >= 2 || (letters == 1 && text.find(')') != std::string_view::npos));
}

// Whether a word stands as close to its neighbour as words of a line do: then it is part of the
// text, misread, and not a mark beside it.
bool belongs_to(const Word& word, const Word& neighbour) {
  const double gap =
      std::max(neighbour.box.left - word.box.right, word.box.left - neighbour.box.right);
  // The engine is hardly sure of the strokes of "II" behind "lần thứ".
  const bool numeral = word.box.left > neighbour.box.right &&
                       extract::announces_numeral(diacritics::fold(neighbour.text)) &&
                       word.text.find_first_of("IVXH") != std::string::npos;
  return (holds_text(word.text) || numeral) && neighbour.confidence > 0.6 && sensible(neighbour) &&
         gap < 0.6 * neighbour.box.height();
}

// What the ink of a page says of words that make no sense: names in other languages, addresses,
// codes. Print is even; what is read out of seals, pens and specks is not.
class Evidence {
 public:
  explicit Evidence(const ocr::Page& page) : page_(page) {}

  // Whether what was read in a place is print, and has about as many letters as it has marks.
  bool is_print(const ocr::Box& box, std::size_t letters) const {
    constexpr std::size_t kFewest = 3;
    constexpr double kJoinedMax = 2.5;  // letters that touch, to a mark
    if (letters < kFewest || is_on_seal(box)) return false;
    std::vector<ocr::Box> marks;
    for (const ocr::Box& mark : page_.unread_ink)
      if (box.holds_middle_of(mark)) marks.push_back(mark);
    return double(marks.size()) * kJoinedMax >= double(letters) && ocr::is_even_row(marks);
  }

 private:
  bool is_on_seal(const ocr::Box& box) const {
    return std::any_of(page_.seals.begin(), page_.seals.end(),
                       [&](const ocr::Seal& seal) { return seal.box.holds_middle_of(box); });
  }

  const ocr::Page& page_;
};

// Whether a word without sense stands there in print: "Krajăn", "ctuet.edu.vn".
bool is_printed_word(const Word& word, const Evidence& evidence) {
  constexpr double kReadMin = 0.3;
  const auto letters = static_cast<std::size_t>(diacritics::count_letters(word.text).all);
  return letters >= 4 && word.confidence >= kReadMin && evidence.is_print(word.box, letters);
}

void drop_junk_words(Line& line, bool header, const Evidence& evidence) {
  auto& words = line.words;
  const auto is_edge_junk = [&](const Word& word, const Word* neighbour) {
    return is_junk(word, true, header) && (neighbour == nullptr || !belongs_to(word, *neighbour)) &&
           !is_printed_word(word, evidence);
  };
  while (!words.empty() && is_edge_junk(words.front(), words.size() > 1 ? &words[1] : nullptr))
    words.erase(words.begin());
  while (!words.empty() &&
         is_edge_junk(words.back(), words.size() > 1 ? &words[words.size() - 2] : nullptr))
    words.pop_back();
  // Inside a header line stand the blanks that a pen has filled; what was read there is evidence.
  if (!header) {
    std::vector<Word> kept;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool held = (i > 0 && belongs_to(words[i], words[i - 1])) ||
                        (i + 1 < words.size() && belongs_to(words[i], words[i + 1]));
      if (held || !is_junk(words[i], false, false) || is_printed_word(words[i], evidence))
        kept.push_back(words[i]);
    }
    words = std::move(kept);
  }
  line.box = ocr::box_of(words);
}

// What the engine makes of scraps of rules; dots alone may be a leader.
bool is_stroke(const Word& word) {
  constexpr std::u32string_view kStrokes = U"|_~=¬'‘’`\"“”„,.:;°^*\\/";
  const std::u32string text = diacritics::to_code_points(word.text);
  return text.find_first_not_of(kStrokes) == std::u32string::npos &&
         text.find_first_not_of(U'.') != std::u32string::npos && !is_mark(word.text) &&
         word.confidence < kSureStroke;
}

// Scraps of rules among the words of a cell; one that stands alone there may be what was written.
void drop_strokes(Line& row) {
  std::vector<Word> kept;
  for (const Word& word : row.words) {
    const bool alone = std::none_of(row.words.begin(), row.words.end(), [&](const Word& other) {
      return &other != &word && other.column == word.column;
    });
    if (alone || !is_stroke(word)) kept.push_back(word);
  }
  row.words = std::move(kept);
}

bool is_sure(const Word& word) {
  return word.confidence >= 0.88 && sensible(word) && diacritics::count_code_points(word.text) >= 3;
}

// A line without a sure word, in which less than half of the letters are in words that make sense.
bool is_junk_line(const Line& line) {
  if (std::any_of(line.words.begin(), line.words.end(), is_sure)) return false;
  std::size_t good = 0, all = 0;
  for (const Word& word : line.words) {
    const std::size_t length = diacritics::count_code_points(word.text);
    all += length;
    if ((word.confidence >= 0.6 && sensible(word)) || word.confidence >= 0.88) good += length;
  }
  if (all == 0) return true;
  const double confidence = ocr::mean_confidence(line.words);
  return (good * 2 < all && confidence < 0.7) || (line.words.size() <= 2 && confidence < 0.5);
}

// A syllable, whatever its marks, or a number with what stands around one.
bool is_plain(const Word& word) {
  const std::string_view bare = diacritics::trim_punctuation(word.text);
  return SyllableTable::built_in().contains_folded(bare) ||
         bare.find_first_not_of("0123456789.,/-") == std::string_view::npos;
}

// Whether a line that was read unsurely stands there in print.
bool is_printed_line(const Line& line, const Evidence& evidence) {
  constexpr std::size_t kSignsMin = 4;
  constexpr double kReadMin = 0.3;  // where not all of it is plain
  std::size_t signs = 0;
  for (const Word& word : line.words)
    for (const char32_t sign : diacritics::to_code_points(word.text))
      signs += diacritics::is_letter(sign) || diacritics::is_digit(sign) ? 1 : 0;
  return signs >= kSignsMin &&
         (ocr::mean_confidence(line.words) >= kReadMin ||
          std::all_of(line.words.begin(), line.words.end(), is_plain)) &&
         evidence.is_print(line.box, signs);
}

bool holds_code(const Line& line) {
  return std::any_of(line.words.begin(), line.words.end(),
                     [](const Word& word) { return is_code(word.text); });
}

// Two words of capitals that make sense: "SỞ Y TẾ", however faint.
bool holds_capitals(const Line& line) {
  return std::count_if(line.words.begin(), line.words.end(), [](const Word& word) {
           return diacritics::is_upper(word.text) && sensible(word);
         }) >= 2;
}

bool is_motto(const Line& line) {
  return extract::names_country_or_party(diacritics::fold(ocr::text_of(line)));
}

// Nothing of a document stands above its motto but scanner marks, stamps and the print of a digital
// signature.
void drop_above_motto(ocr::Page& page) {
  for (const ocr::Block& block : page.blocks) {
    const auto motto = std::find_if(block.lines.begin(), block.lines.end(), is_motto);
    if (block.kind != ocr::BlockKind::HeaderRight || motto == block.lines.end()) continue;
    const double top = motto->box.top - 0.6 * motto->box.height();
    for (ocr::Block& other : page.blocks)
      if (other.kind == ocr::BlockKind::HeaderLeft || other.kind == ocr::BlockKind::HeaderRight ||
          other.box.bottom < top)
        std::erase_if(other.lines, [&](const Line& line) { return line.box.bottom < top; });
    break;
  }
}

void drop_empty(ocr::Page& page) {
  for (ocr::Block& block : page.blocks)
    std::erase_if(block.lines, [](const Line& line) { return line.words.empty(); });
  std::erase_if(page.blocks, [](const ocr::Block& block) { return block.lines.empty(); });
}

}  // namespace

void drop_junk(ocr::Page& page) {
  const Evidence evidence(page);
  for (ocr::Block& block : page.blocks) {
    if (block.kind == ocr::BlockKind::Table) {
      for (Line& line : block.lines) drop_strokes(line);
      continue;
    }
    const bool header =
        block.kind == ocr::BlockKind::HeaderLeft || block.kind == ocr::BlockKind::HeaderRight;
    for (Line& line : block.lines) drop_junk_words(line, header, evidence);
    std::erase_if(block.lines, [&](const Line& line) {
      // A number line is half handwriting, an agency two short words; both are worth much.
      return is_junk_line(line) && !(header && (holds_code(line) || holds_capitals(line))) &&
             !is_printed_line(line, evidence);
    });
  }
  drop_above_motto(page);
  drop_empty(page);
}

}  // namespace vanban::pipeline
