#include "pipeline/page/second_reading.h"

#include <algorithm>
#include <string_view>

#include "diacritics/text/text.h"

namespace vanban::pipeline {
namespace {

using ocr::Line;
using ocr::Word;

// Where a line stands: below the header the letter's type and subject come first.
enum class Place { Field, Text };

// Of each line of a page, block by block.
std::vector<Place> places_of(const ocr::Page& page) {
  constexpr int kLinesOfSubject = 8;
  const bool has_header =
      std::any_of(page.blocks.begin(), page.blocks.end(), [](const auto& block) {
        return block.kind == ocr::BlockKind::HeaderLeft ||
               block.kind == ocr::BlockKind::HeaderRight;
      });
  int left = has_header ? kLinesOfSubject : 0;
  std::vector<Place> out;
  for (const ocr::Block& block : page.blocks)
    for (std::size_t i = 0; i < block.lines.size(); ++i)
      out.push_back(block.kind != ocr::BlockKind::Body || left-- > 0 ? Place::Field : Place::Text);
  return out;
}

// Whether a word is worth a second reading. Of the text's words only those are of which the first
// is hardly sure: reading all doubtful ones again took a sixth of a page's time and put one letter
// in 4,000 right. Where fields stand, and of numbers, more are, also those against which the words
// around speak more than the engine does.
bool is_doubtful(const Word& judged, const Word& read, Place place) {
  constexpr double kDoubtful = 0.85, kDoubtfulInText = 0.6;
  if (place == Place::Text && !diacritics::has_digit(read.text))
    return judged.confidence < kDoubtfulInText;
  return judged.confidence < kDoubtful || judged.confidence < read.confidence;
}

// Words `first` to `last` (exclusive) of a line.
struct Stretch {
  std::size_t first = 0, last = 0;
};

// The doubtful words of a line, each with a neighbour on both sides: the engine reads a word better
// among others. Stretches that touch are one.
std::vector<Stretch> doubtful_stretches(const Line& line, const Line& read, Place place) {
  std::vector<Stretch> out;
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    if (!is_doubtful(line.words[i], read.words[i], place)) continue;
    const Stretch stretch{i > 0 ? i - 1 : 0, std::min(i + 2, line.words.size())};
    if (!out.empty() && stretch.first <= out.back().last)
      out.back().last = stretch.last;
    else
      out.push_back(stretch);
  }
  return out;
}

// Where a stretch stands, with its marks above and below and half a space at both ends.
ocr::Box around(const Line& line, const Stretch& stretch) {
  ocr::Box box;
  for (std::size_t i = stretch.first; i < stretch.last; ++i)
    box = ocr::united(box, line.words[i].box);
  const double margin = 0.25 * line.box.height();
  return {box.left - margin, line.box.top - margin, box.right + margin, line.box.bottom + margin};
}

// Whether two words stand in one place and nothing else does.
bool same_place(const Word& a, const Word& b) {
  const double overlap = std::min(a.box.right, b.box.right) - std::max(a.box.left, b.box.left);
  return overlap > 0.7 * std::max(a.box.width(), b.box.width());
}

const Word* found_again(const Word& word, const std::vector<Line>& lines) {
  for (const Line& line : lines)
    for (const Word& other : line.words)
      if (same_place(word, other)) return &other;
  return nullptr;
}

// Digits and what stands between and around them in numbers, days and shares.
bool is_number(std::string_view text) {
  return diacritics::has_digit(text) &&
         text.find_first_not_of("0123456789.,/:;-%()") == std::string_view::npos;
}

// Nothing around a number tells what it is. Of two readings the one that is a number is taken, of
// two numbers the one that was read more surely.
void weigh_number(Word& word, const std::string& text, double confidence) {
  constexpr double kSureNumber = 0.6, kLead = 0.1;
  const bool was_number = is_number(word.text);
  const bool better = is_number(text) && (was_number ? confidence > word.confidence + kLead
                                                     : confidence > kSureNumber);
  const ocr::Alternative first{word.text, word.confidence}, second{text, confidence};
  word.alternatives = {better ? first : second};
  if (better) {
    word.text = word.ocr_text = text;
    word.confidence = confidence;
  }
  // One of them is wrong, and only the reading itself says which.
  if (is_number(text)) word.confidence = std::min(word.confidence, 0.8);
}

// Both models err by themselves, so that what one reads has the odds of its confidence.
void weigh(Word& word, const std::string& text, double confidence) {
  constexpr double kSurest = 0.99, kLeast = 0.01;
  const double c1 = std::clamp(word.confidence, kLeast, kSurest);
  const double c2 = std::clamp(confidence, kLeast, kSurest);
  if (text == word.text) {
    word.confidence = std::max(word.confidence, 1 - std::min(1 - c1, 1 - c2) / 2);
    return;
  }
  if (diacritics::has_digit(word.text) || diacritics::has_digit(text)) {
    weigh_number(word, text, confidence);
    return;
  }
  const double first = c1 * (1 - c2), second = c2 * (1 - c1);
  word.confidence = first / (first + second);
  std::erase_if(word.alternatives,
                [&](const ocr::Alternative& other) { return other.text == text; });
  word.alternatives.insert(word.alternatives.begin(), {text, c2});
}

// ---- figures in tables

// The words of a table's cell; `of_row` is the line that holds its row.
struct CellWords {
  Line* of_row = nullptr;
  std::size_t first = 0, last = 0;  // in the line, exclusive
  ocr::Box cell;

  std::string text() const {
    std::string out;
    for (std::size_t i = first; i < last; ++i) out += of_row->words[i].text;
    return out;
  }
};

// From top to bottom, cells without words left out.
std::vector<CellWords> cells_of_column(ocr::Block& table, int column) {
  std::vector<CellWords> out;
  for (const ocr::TableCell& cell : table.cells) {
    if (cell.column != column || cell.column_span > 1) continue;
    for (Line& line : table.lines) {
      if (line.row != cell.row) continue;
      const auto of_column = [&](const Word& word) { return word.column == column; };
      const auto first = std::find_if(line.words.begin(), line.words.end(), of_column);
      const auto last = std::find_if_not(first, line.words.end(), of_column);
      if (first == last) continue;
      out.push_back({&line, static_cast<std::size_t>(first - line.words.begin()),
                     static_cast<std::size_t>(last - line.words.begin()), cell.box()});
    }
  }
  return out;
}

// Whether a cell of a column of figures may hold one that was misread: what was read is not sure,
// or is letters and no more than a figure may be taken for.
bool may_be_misread(const CellWords& cell) {
  constexpr double kDoubtful = 0.75;
  constexpr std::size_t kShort = 3, kLong = 12;
  const std::string text = cell.text();
  const std::size_t length = diacritics::count_code_points(text);
  if (length > (diacritics::has_digit(text) ? kLong : kShort)) return false;
  return !is_number(text) || cell.last - cell.first > 1 ||
         cell.of_row->words[cell.first].confidence < kDoubtful;
}

// Reads a cell again and weighs what is read; where that is taken its words become one.
void weigh_cell(const CellWords& cell, const ocr::Image& image, ocr::Recognizer& recognizer) {
  Word whole = cell.of_row->words[cell.first];
  for (std::size_t i = cell.first + 1; i < cell.last; ++i) {
    const Word& next = cell.of_row->words[i];
    whole.text += next.text;
    whole.ocr_text += next.ocr_text;
    whole.box = ocr::united(whole.box, next.box);
    whole.confidence = std::min(whole.confidence, next.confidence);
  }
  // A figure at its beginning may not have been seen at all.
  const double margin = 0.5 * whole.box.height();
  const ocr::Box around{std::max(whole.box.left - margin, cell.cell.left),
                        std::max(whole.box.top - margin, cell.cell.top),
                        std::min(whole.box.right + margin, cell.cell.right),
                        std::min(whole.box.bottom + margin, cell.cell.bottom)};
  if (around.empty()) return;
  std::string text;
  double confidence = 1;
  ocr::Box box;
  for (const Line& line : recognizer.recognize(image, around, ocr::Segmentation::Line))
    for (const Word& word : line.words) {
      text += diacritics::with_usual_characters(diacritics::to_nfc(word.text));
      confidence = std::min(confidence, word.confidence);
      box = ocr::united(box, word.box);
    }
  while (!text.empty() && std::string_view(".,").find(text.back()) != std::string_view::npos)
    text.pop_back();
  if (!is_number(text)) return;
  const std::string before = whole.text;
  weigh(whole, text, confidence);
  if (whole.text != text) return;
  if (whole.text != before) whole.box = ocr::united(whole.box, box);
  std::vector<Word>& words = cell.of_row->words;
  words[cell.first] = std::move(whole);
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(cell.first) + 1,
              words.begin() + static_cast<std::ptrdiff_t>(cell.last));
}

void read_column_again(ocr::Block& table, int column, const ocr::Image& image,
                       const std::function<ocr::Recognizer*()>& recognizer) {
  constexpr std::size_t kFewestFigures = 2;
  const std::vector<CellWords> cells = cells_of_column(table, column);
  const auto figures = static_cast<std::size_t>(std::count_if(
      cells.begin(), cells.end(), [](const CellWords& cell) { return is_number(cell.text()); }));
  if (figures < kFewestFigures || 2 * figures < cells.size()) return;
  for (const CellWords& cell : cells) {
    if (!may_be_misread(cell)) continue;
    if (recognizer() == nullptr) return;
    weigh_cell(cell, image, *recognizer());
  }
}

}  // namespace

void read_figures_again(ocr::Page& page, const ocr::Image& image,
                        const std::function<ocr::Recognizer*()>& recognizer) {
  for (ocr::Block& block : page.blocks) {
    if (block.kind != ocr::BlockKind::Table) continue;
    int columns = 0;
    for (const ocr::TableCell& cell : block.cells) columns = std::max(columns, cell.column + 1);
    // The first one numbers or names the rows.
    for (int column = 1; column < columns; ++column)
      read_column_again(block, column, image, recognizer);
  }
}

std::vector<SecondReading> read_again(ocr::Page& page, const ocr::Page& judged,
                                      const ocr::Image& image,
                                      const std::function<ocr::Recognizer*()>& recognizer) {
  std::vector<SecondReading> readings;
  const std::vector<Place> places = places_of(page);
  std::size_t line_begin = 0, line_count = 0;
  for (std::size_t b = 0; b < page.blocks.size(); ++b)
    for (std::size_t l = 0; l < page.blocks[b].lines.size(); ++l) {
      Line& line = page.blocks[b].lines[l];
      const std::size_t begin = line_begin;
      const Place place = places[line_count++];
      line_begin += line.words.size();
      if (page.blocks[b].kind == ocr::BlockKind::Table) continue;
      for (const Stretch& stretch : doubtful_stretches(judged.blocks[b].lines[l], line, place)) {
        if (recognizer() == nullptr) return {};
        const std::vector<Line> lines =
            recognizer()->recognize(image, around(line, stretch), ocr::Segmentation::Line);
        for (std::size_t w = stretch.first; w < stretch.last; ++w)
          if (const Word* other = found_again(line.words[w], lines)) {
            std::string text = diacritics::with_usual_characters(diacritics::to_nfc(other->text));
            weigh(line.words[w], text, other->confidence);
            readings.push_back({begin + w, std::move(text)});
          }
      }
    }
  return readings;
}

void mark_as_seen(ocr::Page& page, const std::vector<SecondReading>& readings) {
  std::size_t at = 0;
  auto reading = readings.begin();
  for (ocr::Block& block : page.blocks)
    for (Line& line : block.lines)
      for (Word& word : line.words) {
        const std::size_t index = at++;
        if (reading == readings.end() || reading->word != index) continue;
        if (word.restored && word.text == reading->text) {
          word.restored = false;
          word.ocr_text = reading->text;
        }
        ++reading;
      }
}

}  // namespace vanban::pipeline
