#include "pipeline/clean.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "diacritics/syllables.h"
#include "diacritics/text.h"
#include "extract/vocabulary.h"

namespace vanban::pipeline {
namespace {

using diacritics::SyllableTable;
using ocr::Line;
using ocr::Word;

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

// Codes such as QĐ-UBND, 57/KH-TU, and b/c.
bool is_code(std::string_view word) {
  const bool joined =
      word.find('-') != std::string_view::npos || word.find('/') != std::string_view::npos;
  const auto letters = diacritics::count_letters(word);
  // "b/c", "t/h", "V/v" are abbreviations of every day.
  if (word.size() == 3 && word[1] == '/') return letters.all == 2;
  return joined && letters.all >= 3 && letters.upper * 3 >= letters.all * 2;
}

// Whether a word reads like something that documents hold. Marks are easily misread, so that a
// syllable counts whatever its marks.
bool sensible(const Word& word) {
  const std::string_view bare = diacritics::trim_punctuation(word.text);
  if (bare.empty()) return false;
  // These documents have no paragraph sign; it is a digit, 8 or 5, that was hard to read.
  if (has_digit(bare) || is_code(bare) || bare == "§") return true;
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

// What the engine makes of the dash before a list item; documents have none of these there.
bool is_misread_dash(std::string_view text) {
  for (const std::string_view mark : {"~", "~-", "-~", "¬", "--"})
    if (text == mark) return true;
  return false;
}

// The engine takes a small letter with two marks for a capital where nothing beside it tells its
// size: "tẾ".
std::string without_stray_capital(const std::string& text) {
  const std::string lower = diacritics::to_lower(text);
  const auto letters = diacritics::count_letters(text);
  const bool one_capital = letters.upper == 1 && letters.all > 1 && !diacritics::starts_upper(text);
  const bool marked = diacritics::fold(text) != lower;
  return one_capital && marked && SyllableTable::built_in().contains(lower) ? lower : text;
}

// Thresholds found on real pages; see tools/evaluate.
bool is_junk(const Word& word, bool at_edge, bool header) {
  if (word.text == "-") return word.confidence < 0.15;
  if (is_mark(word.text)) return word.confidence < 0.3;
  const std::size_t length = diacritics::count_code_points(word.text);
  if (sensible(word)) return at_edge && !header && length <= 2 && word.confidence < 0.3;
  // A lone stroke or blank is no word, however sure the engine is.
  if (diacritics::trim_punctuation(word.text).empty()) return word.confidence < 0.97;
  if (length <= 2 && word.confidence < 0.75) return true;
  return word.confidence < (at_edge ? 0.6 : 0.25);
}

// Whether a word stands as close to its neighbour as words of a line do: then it is part of the
// text, misread, and not a mark beside it.
bool belongs_to(const Word& word, const Word& neighbour) {
  const double gap =
      std::max(neighbour.box.left - word.box.right, word.box.left - neighbour.box.right);
  return diacritics::count_letters(word.text).all >= 2 &&
         diacritics::count_code_points(word.text) >= 3 && neighbour.confidence > 0.6 &&
         sensible(neighbour) && gap < 0.6 * neighbour.box.height();
}

void drop_junk_words(Line& line, bool header) {
  auto& words = line.words;
  const auto is_edge_junk = [&](const Word& word, const Word* neighbour) {
    return is_junk(word, true, header) && (neighbour == nullptr || !belongs_to(word, *neighbour));
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
      if (held || !is_junk(words[i], false, false)) kept.push_back(words[i]);
    }
    words = std::move(kept);
  }
  line.box = ocr::box_of(words);
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

// The engine reads the stroked letter of a decision's code twice; no code has it so.
void read_decision_code(Word& word) {
  constexpr std::string_view kDoubled = "QĐĐ", kCode = "QĐ";
  const std::size_t at = word.text.find(kDoubled);
  if (at == std::string::npos || !is_code(word.text)) return;
  word.text.replace(at, kDoubled.size(), kCode);
  word.restored = true;
}

// Signs that the engine's alphabet lacks, written by those that it has.
void read_signs(Line& line) {
  constexpr std::string_view kPerMille = "%o";
  for (Word& word : line.words) {
    if (word.text.ends_with(kPerMille))
      word.text.replace(word.text.size() - kPerMille.size(), kPerMille.size(), "‰");
    for (const std::string_view dash : {"—", "—-", "–-", "-—", "-–"})
      if (word.text == dash) word.text = "–";
  }
  if (!line.words.empty() && is_misread_dash(line.words.front().text))
    line.words.front().text = "-";
}

// Where the pen fills a form, the number stands close to the printed word before it: "ngày22".
void part_filled_forms(Line& line) {
  std::vector<Word> parted;
  for (Word& word : line.words) {
    const std::string folded = diacritics::fold(word.text);
    const bool form = (folded.starts_with("ngay") && word.text.starts_with("ng")) ||
                      (folded.starts_with("thang") && word.text.starts_with("th"));
    const std::size_t digits = word.text.find_first_of("0123456789");
    const bool rest_is_number =
        form && digits != std::string::npos && digits >= 4 &&
        diacritics::count_letters(word.text.substr(digits)).all == 0 &&
        diacritics::count_letters(word.text.substr(0, digits)).all == (folded[0] == 'n' ? 4 : 5);
    if (rest_is_number) {
      Word keyword = word;
      const double share =
          static_cast<double>(diacritics::count_code_points(word.text.substr(0, digits))) /
          static_cast<double>(diacritics::count_code_points(word.text));
      keyword.text = word.text.substr(0, digits);
      keyword.box.right = word.box.left = word.box.left + share * word.box.width();
      keyword.alternatives.clear();
      word.alternatives.clear();
      word.text = word.text.substr(digits);
      parted.push_back(std::move(keyword));
    }
    parted.push_back(std::move(word));
  }
  line.words = std::move(parted);
}

}  // namespace

void normalize(ocr::Page& page) {
  for (ocr::Block& block : page.blocks)
    for (Line& line : block.lines) {
      for (Word& word : line.words) {
        word.text = diacritics::with_usual_characters(diacritics::to_nfc(word.text));
        if (page.route != ocr::Route::Ocr) continue;
        word.text = without_stray_capital(word.text);
        read_decision_code(word);
      }
      if (page.route != ocr::Route::Ocr) continue;
      read_signs(line);
      part_filled_forms(line);
    }
}

void drop_junk(ocr::Page& page) {
  for (ocr::Block& block : page.blocks) {
    if (block.kind == ocr::BlockKind::Table) continue;
    const bool header =
        block.kind == ocr::BlockKind::HeaderLeft || block.kind == ocr::BlockKind::HeaderRight;
    for (Line& line : block.lines) drop_junk_words(line, header);
    std::erase_if(block.lines, [&](const Line& line) {
      // A number line is half handwriting, an agency two short words; both are worth much.
      return is_junk_line(line) && !(header && (holds_code(line) || holds_capitals(line)));
    });
  }
  drop_above_motto(page);
  drop_empty(page);
}

}  // namespace vanban::pipeline
