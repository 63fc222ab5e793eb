#include <algorithm>
#include <utility>

#include "ocr/clean/text_rows.h"
#include "ocr/layout/layout.h"
#include "ocr/recognize/recognize.h"
#include "ocr/recognize/recognize_table.h"

namespace vanban::ocr {
namespace {

// How much was read and how surely: letters weighted by confidence, doubtful ones against it.
double worth_of(const std::vector<Line>& lines) {
  constexpr double kDoubtful = 0.5;
  double worth = 0;
  for (const Line& line : lines)
    for (const Word& word : line.words)
      worth += (word.confidence - kDoubtful) *
               static_cast<double>(std::count_if(word.text.begin(), word.text.end(),
                                                 [](char c) { return (c & 0xC0) != 0x80; }));
  return worth;
}

// What belongs to a row of letters.
Box around_row(const Box& row) {
  // Marks above and below; rows stand close, so not much more does.
  const double margin = 0.3 * row.height();
  // A letter that touches a stroke of the pen is none of the row's own; it stands at the end.
  const double reach = 1.3 * row.height();
  return {row.left - reach, row.top - margin, row.right + reach, row.bottom + margin};
}

bool same_row(const Box& a, const Box& b) {
  const double overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  return overlap > 0.5 * std::min(a.height(), b.height()) && a.left < b.right && b.left < a.right;
}

// Whether a line was read so surely, from end to end of a row, that reading the row by itself would
// tell nothing new.
bool is_sure_of(const Line& line, const Box& row) {
  constexpr double kSure = 0.93;  // of each word
  const double slack = row.height();
  return same_row(line.box, row) && line.box.left < row.left + slack &&
         line.box.right > row.right - slack &&
         std::all_of(line.words.begin(), line.words.end(),
                     [](const Word& word) { return word.confidence >= kSure; });
}

// Reads row by row what the engine cannot part by itself, but for what it is sure of.
std::vector<Line> recognize_rows(Recognizer& recognizer, const Image& image, const Zone& zone,
                                 const std::vector<Line>& known) {
  std::vector<Line> lines;
  for (const Box& row : find_text_rows(zone.ink)) {
    if (std::any_of(known.begin(), known.end(),
                    [&](const Line& line) { return is_sure_of(line, row); }))
      continue;
    for (Line& line : recognizer.recognize(image, around_row(row), Segmentation::Line))
      lines.push_back(std::move(line));
  }
  return lines;
}

// Both readings as one: where they cover the same row, the one that is worth more.
std::vector<Line> merged(std::vector<Line> lines, std::vector<Line> rows) {
  for (Line& row : rows) {
    std::vector<Line> rivals;
    for (const Line& line : lines)
      if (same_row(line.box, row.box)) rivals.push_back(line);
    if (worth_of({row}) <= worth_of(rivals)) continue;
    std::erase_if(lines, [&](const Line& line) { return same_row(line.box, row.box); });
    lines.push_back(std::move(row));
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return a.box.center_y() < b.box.center_y();
  });
  return lines;
}

// Lines of headers, body and signatures vary in size and distance; taken for a block of like lines
// they lose marks. Recipients are small and even, and their dashes would be taken for a column.
std::vector<Line> recognize_zone(Recognizer& recognizer, const Image& image, const Zone& zone) {
  if (zone.kind == BlockKind::Recipients)
    return recognizer.recognize(image, zone.box, Segmentation::Block);
  std::vector<Line> lines = recognizer.recognize(image, zone.box, Segmentation::Column);
  constexpr double kWeakWorth = 0.15;  // for each piece of ink; good print has 0.3 and more
  const bool weak = worth_of(lines) < kWeakWorth * static_cast<double>(zone.ink.size());
  // Seal and signature make the engine take print for a picture and drop it. They stand in the
  // right column at the end, which on a short last page is its head.
  if (zone.kind == BlockKind::Signature || (zone.kind == BlockKind::HeaderRight && weak)) {
    std::vector<Line> rows = recognize_rows(recognizer, image, zone, lines);
    return merged(std::move(lines), std::move(rows));
  }
  if (weak) {
    std::vector<Line> block = recognizer.recognize(image, zone.box, Segmentation::Block);
    if (worth_of(block) > worth_of(lines)) return block;
  }
  return lines;
}

// Whether a mark is part of a line's words. A word's own box may miss a letter of it, and marks
// over capitals stand a little above. The line's box says less: it may reach over rows that the
// engine has passed over.
bool stands_on(const Box& mark, const Line& line) {
  constexpr double kBeside = 0.5, kAbove = 0.3;  // of a word's height
  return std::any_of(line.words.begin(), line.words.end(), [&](const Word& word) {
    const double beside = kBeside * word.box.height(), above = kAbove * word.box.height();
    const Box reach{word.box.left - beside, word.box.top - above, word.box.right + beside,
                    word.box.bottom + above};
    return reach.holds_middle_of(mark);
  });
}

// In a signature's block rows were looked for already, and a table's cells were read one by one.
bool is_read(const Box& mark, const std::vector<Block>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    if (block.kind == BlockKind::Signature || block.kind == BlockKind::Table)
      return block.box.holds_middle_of(mark);
    return std::any_of(block.lines.begin(), block.lines.end(),
                       [&](const Line& line) { return stands_on(mark, line); });
  });
}

}  // namespace

void recognize_leftovers(Recognizer& recognizer, const Image& image, const std::vector<Box>& ink,
                         std::vector<Block>& blocks) {
  // Less is no print, but where the ink itself is as even as print. Three marks, a word of which
  // letters touch or a short one alone, may be anything.
  constexpr double kReadConfidenceMin = 0.5, kEvenConfidenceMin = 0.2, kFewConfidenceMin = 0.8;
  constexpr std::size_t kFew = 3;
  std::vector<Box> unread;
  std::copy_if(ink.begin(), ink.end(), std::back_inserter(unread),
               [&](const Box& mark) { return !is_read(mark, blocks); });
  std::vector<Word> words;
  for (const std::vector<Box>& row : chain_text_rows(unread, kFew)) {
    const bool even = is_even_row(row);
    if (row.size() == kFew && !even) continue;
    Box box;
    for (const Box& letter : row) box = united(box, letter);
    const double least = row.size() == kFew ? kFewConfidenceMin
                         : even             ? kEvenConfidenceMin
                                            : kReadConfidenceMin;
    for (const Line& line : recognizer.recognize(image, around_row(box), Segmentation::Line))
      if (mean_confidence(line.words) >= least)
        words.insert(words.end(), line.words.begin(), line.words.end());
  }
  insert_words(blocks, std::move(words));
}

void recognize_under_seals(Recognizer& recognizer, const Image& with_seals,
                           const std::vector<Box>& seals, std::vector<Block>& blocks) {
  for (Block& block : blocks) {
    if (block.kind == BlockKind::Table) continue;
    for (Line& line : block.lines) {
      const bool under = std::any_of(seals.begin(), seals.end(), [&](const Box& seal) {
        return line.box.left < seal.right && line.box.right > seal.left &&
               line.box.top < seal.bottom && line.box.bottom > seal.top;
      });
      if (!under) continue;
      const double margin = 0.2 * line.box.height();
      const Box around{line.box.left - margin, line.box.top - margin, line.box.right + margin,
                       line.box.bottom + margin};
      std::vector<Line> again = recognizer.recognize(with_seals, around, Segmentation::Line);
      if (again.size() == 1 && worth_of(again) > worth_of({line}) &&
          mean_confidence(again.front().words) > mean_confidence(line.words) + 0.03)
        line = std::move(again.front());
    }
  }
}

std::vector<Block> recognize_zones(Recognizer& recognizer, const Image& image,
                                   const std::vector<Zone>& zones) {
  std::vector<Block> blocks;
  for (const Zone& zone : zones) {
    Block block{zone.kind, zone.box, {}};
    if (zone.kind == BlockKind::Table)
      block = recognize_table(recognizer, image, zone);
    else
      block.lines = recognize_zone(recognizer, image, zone);
    if (!block.lines.empty()) blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace vanban::ocr
