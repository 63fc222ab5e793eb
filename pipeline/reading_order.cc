#include "pipeline/reading_order.h"

#include <algorithm>
#include <string>
#include <vector>

#include "diacritics/text.h"
#include "extract/vocabulary.h"

namespace vanban::pipeline {
namespace {

using ocr::Block;
using ocr::BlockKind;
using ocr::Line;

bool is_date_line(const Line& line) {
  const std::string folded = diacritics::fold(ocr::text_of(line));
  int parts = 0;
  for (const char* part : {"ngay", "thang", "nam "})
    parts += folded.find(part) != std::string::npos ? 1 : 0;
  return parts >= 2 && folded.find_first_of("0123456789") != std::string::npos;
}

bool is_salutation(const Line& line) {
  return extract::begins_salutation(diacritics::fold(ocr::text_of(line)));
}

// Moves the lines from `first` on to the end of `out`.
void move_tail(std::vector<Line>& lines, std::vector<Line>::iterator first,
               std::vector<Line>& out) {
  out.insert(out.end(), std::make_move_iterator(first), std::make_move_iterator(lines.end()));
  lines.erase(first, lines.end());
}

// Lines side by side become one, the others follow one another.
std::vector<Line> read_across(std::vector<Line> lines) {
  std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return a.box.center_y() < b.box.center_y();
  });
  std::vector<Line> out;
  for (Line& line : lines) {
    const bool beside = !out.empty() && std::abs(out.back().box.center_y() - line.box.center_y()) <
                                            0.5 * line.box.height();
    if (!beside) {
      out.push_back(std::move(line));
      continue;
    }
    auto& words = out.back().words;
    words.insert(words.end(), line.words.begin(), line.words.end());
    std::stable_sort(words.begin(), words.end(), [](const ocr::Word& a, const ocr::Word& b) {
      return a.box.left < b.box.left;
    });
    out.back().box = ocr::box_of(words);
  }
  return out;
}

}  // namespace

void end_header(ocr::Page& page) {
  const auto right = std::find_if(page.blocks.begin(), page.blocks.end(), [](const Block& block) {
    return block.kind == BlockKind::HeaderRight;
  });
  if (right == page.blocks.end()) return;
  std::vector<Line> below;
  const auto date = std::find_if(right->lines.begin(), right->lines.end(), is_date_line);
  if (date != right->lines.end()) move_tail(right->lines, date + 1, below);
  for (Block& block : page.blocks)
    if (block.kind == BlockKind::HeaderLeft)
      move_tail(block.lines, std::find_if(block.lines.begin(), block.lines.end(), is_salutation),
                below);
  if (below.empty()) return;
  Block body{BlockKind::Body, {}, read_across(std::move(below))};
  for (const Line& line : body.lines) body.box = ocr::united(body.box, line.box);
  page.blocks.insert(right + 1, std::move(body));
}

}  // namespace vanban::pipeline
