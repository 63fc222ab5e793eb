#include "pipeline/page/figures.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/words/numbers.h"
#include "ocr/recognize/upright_strokes.h"

namespace vanban::pipeline {
namespace {

using ocr::Block;
using ocr::Line;
using ocr::TableCell;
using ocr::Word;

// The number that a word is, with or without a stop after it; 0 for others.
int number_of(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  if (text.ends_with('.')) text.remove_suffix(1);
  const bool digits =
      !text.empty() && text.size() <= kLongest &&
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? std::stoi(std::string(text)) : 0;
}

// The words of a column that stand alone in their cells, from above.
std::vector<Word*> lone_words(Block& table, int column) {
  std::vector<Word*> out;
  for (const TableCell& cell : table.cells) {
    if (cell.column != column || cell.column_span > 1) continue;
    Word* word = nullptr;
    int count = 0;
    for (Line& line : table.lines)
      if (line.row == cell.row)
        for (Word& of_row : line.words)
          if (of_row.column == column) word = &of_row, ++count;
    if (count == 1) out.push_back(word);
  }
  return out;
}

// A reading that was put right is never quite sure.
constexpr double kMended = 0.8;

void mend(Word& word, const std::string& text) {
  word.text = text;
  word.restored = true;
  word.confidence = std::min(word.confidence, kMended);
}

// What an engine makes of the number of a section.
std::string section_of(const std::string& text) {
  if (text == "H") return "II";
  if (text == "HI" || text == "IH") return "III";
  return text;
}

// What an engine makes of a lone figure.
std::string figure_of(const std::string& text) {
  for (const std::string_view one : {"l", "I", "i", "|", "Ị", "ị", "Ì", "ì", "Í", "í", "Ï"})
    if (text == one) return "1";
  if (text == "§") return "8";
  if (text == "$") return "5";
  if (text == "O" || text == "o") return "0";
  return text;
}

// The same for each letter of a number of some.
std::string as_figures(const std::string& text) {
  std::string out;
  for (const char32_t c : diacritics::to_code_points(text))
    out += figure_of(diacritics::to_utf8(std::u32string(1, c)));
  return out;
}

// A first column numbers the rows. A lone figure gives an engine little to go by; where it doubts
// the one between n - 1 and n + 1, or before 2, that is n. A letter that looks like the figure is
// no doubt even after n - 1 alone.
void mend_numbering(Block& table) {
  constexpr double kSure = 0.95;
  const std::vector<Word*> column = lone_words(table, 0);
  for (std::size_t i = 0; i < column.size(); ++i) {
    Word& word = *column[i];
    if (const std::string section = section_of(word.text); section != word.text) {
      mend(word, section);
      continue;
    }
    const int before = i > 0 ? number_of(column[i - 1]->text) : 0;
    const int next = i + 1 < column.size() ? number_of(column[i + 1]->text) : 0;
    const int number = next > 0 ? next - 1 : before + 1;
    const bool follows = next == 0 ? before > 0 : before > 0 ? number == before + 1 : number == 1;
    const Word& neighbour = next > 0 ? *column[i + 1] : *column[std::max<std::size_t>(i, 1) - 1];
    const std::string text = std::to_string(number) + (neighbour.text.ends_with('.') ? "." : "");
    const bool looks_alike = as_figures(word.text) == text;
    const bool same_length = diacritics::count_code_points(word.text) == text.size();
    // A comma for the stop after it is no doubt about the number.
    const bool doubtful = word.confidence < kSure && number_of(word.text) != number && next > 0;
    if (follows && word.text != text && (looks_alike || (same_length && doubtful)))
      mend(word, text);
  }
}

// Between two numbers that are as far apart as their rows are, each row has its own: "1, c, e, 4".
void mend_numbers_between(Block& table) {
  const auto may_be_number = [](std::string_view text) {
    const std::size_t length = diacritics::count_code_points(text);
    return length <= 2 || (length == 3 && diacritics::has_digit(text));
  };
  const std::vector<Word*> column = lone_words(table, 0);
  for (std::size_t i = 0, next = 0; i < column.size(); i = next) {
    next = i + 1;
    const int first = number_of(column[i]->text);
    if (first == 0) continue;
    std::size_t end = i + 1;
    while (end < column.size() && number_of(column[end]->text) == 0 &&
           may_be_number(column[end]->text))
      ++end;
    const int between = static_cast<int>(end - i);
    if (end == column.size() || number_of(column[end]->text) != first + between) continue;
    const std::string stop = column[i]->text.ends_with('.') ? "." : "";
    for (std::size_t k = i + 1; k < end; ++k)
      mend(*column[k], std::to_string(first + static_cast<int>(k - i)) + stop);
    next = end;
  }
}

// A row that numbers the columns, (1) (2) (3): where a third of it is read so, the rest is
// too.
void mend_column_numbers(Block& table) {
  constexpr std::size_t kFewest = 3;
  for (Line& line : table.lines) {
    std::vector<Word*> lone;
    std::size_t right = 0;
    bool all_lone = true;
    for (std::size_t i = 0; i < line.words.size(); ++i) {
      Word& word = line.words[i];
      all_lone = all_lone && (i == 0 || line.words[i - 1].column != word.column);
      right += word.text == "(" + std::to_string(word.column + 1) + ")" ? 1 : 0;
      lone.push_back(&word);
    }
    if (!all_lone || right < kFewest || 3 * right < lone.size()) continue;
    for (Word* word : lone)
      if (const std::string text = "(" + std::to_string(word->column + 1) + ")";
          word->text != text && word->text.size() <= 2 * text.size())
        mend(*word, text);
  }
}

// Columns of numbers hold figures, not the letters that look like them. In the first column these
// may be numbers of sections.
void mend_figures(Block& table) {
  constexpr std::size_t kFewestNumbers = 3;
  int columns = 0;
  for (const TableCell& cell : table.cells) columns = std::max(columns, cell.column + 1);
  for (int column = 1; column < columns; ++column) {
    const std::vector<Word*> words = lone_words(table, column);
    const auto numbers =
        static_cast<std::size_t>(std::count_if(words.begin(), words.end(), [](const Word* word) {
          return !word->text.empty() && word->text[0] >= '0' && word->text[0] <= '9';
        }));
    if (numbers < kFewestNumbers || 2 * numbers < words.size()) continue;
    for (Word* word : words)
      if (const std::string figure = figure_of(word->text); figure != word->text)
        mend(*word, figure);
  }
}

// ---- Roman numerals in lines of text

// What of a word may be a Roman numeral, and what stands behind it.
struct Numeral {
  std::string head;     // up to the last V or X
  std::size_t end = 0;  // of the part that may be one, in bytes
};

// None where a word cannot be one, whatever the engine took its strokes for.
std::optional<Numeral> numeral_of(std::string_view text) {
  constexpr std::string_view kStrokes = "IHLTUl1|", kOthers = "VX";
  Numeral out;
  bool letter = false;
  for (; out.end < text.size(); ++out.end) {
    const char c = text[out.end];
    if (kOthers.find(c) != std::string_view::npos)
      out.head = text.substr(0, out.end + 1);
    else if (kStrokes.find(c) == std::string_view::npos)
      break;
    letter = letter || c != '1';
  }
  constexpr std::size_t kLongest = 6, kYear = 4;
  const std::string_view rest = text.substr(out.end);
  const bool ends = rest.empty() || std::string_view("/.,;:)-\"").find(rest[0]) != rest.npos;
  const bool year = rest.size() >= kYear && (rest.starts_with("20") || rest.starts_with("19")) &&
                    rest.substr(0, kYear).find_first_not_of("0123456789") == rest.npos;
  if (!letter || out.end > kLongest || (!ends && !year)) return std::nullopt;
  return out;
}

void mend_numeral(Word& word, const ocr::Image& image) {
  const std::optional<Numeral> numeral = numeral_of(word.text);
  if (!numeral) return;
  constexpr int kMost = 3;
  const std::string_view rest = std::string_view(word.text).substr(numeral->end);
  const ocr::UprightStrokes strokes = ocr::count_upright_strokes(image, word.box);
  // Behind V and X only the last strokes of the word can be counted; "IV" has none.
  if (!numeral->head.empty() && rest.find_first_of("0123456789") != rest.npos) return;
  const int count = numeral->head.empty() ? strokes.leading : strokes.trailing;
  const std::string_view tail =
      std::string_view(word.text).substr(numeral->head.size(), numeral->end - numeral->head.size());
  const bool plain = tail.find_first_not_of('I') == tail.npos;
  if (count > kMost || (count == 0 && numeral->head.empty()) ||
      (strokes.all && count != strokes.trailing)) {
    if (!plain) word.confidence = std::min(word.confidence, kMended);
    return;
  }
  const bool slash_lost = !rest.empty() && rest[0] >= '0' && rest[0] <= '9';
  const std::string text = numeral->head + std::string(static_cast<std::size_t>(count), 'I') +
                           (slash_lost ? "/" : "") + std::string(rest);
  if (text == word.text) return;
  // The strokes were seen, if not by the engine.
  constexpr double kSeen = 0.92;
  word.text = text;
  word.confidence = kSeen;
}

}  // namespace

void mend_numerals(ocr::Page& page, const ocr::Image& image) {
  for (Block& block : page.blocks) {
    if (block.kind == ocr::BlockKind::Table) continue;
    std::string before;
    for (Line& line : block.lines)
      for (Word& word : line.words) {
        if (extract::announces_numeral(before)) mend_numeral(word, image);
        before = diacritics::fold(word.text);
      }
  }
}

void mend_table_figures(ocr::Page& page) {
  for (Block& block : page.blocks) {
    if (block.kind != ocr::BlockKind::Table) continue;
    mend_numbers_between(block);
    mend_numbering(block);
    mend_column_numbers(block);
    mend_figures(block);
  }
}

}  // namespace vanban::pipeline
