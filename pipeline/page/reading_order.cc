#include "pipeline/page/reading_order.h"

#include <algorithm>
#include <string>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/words/vocabulary.h"

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

// Whether `right` goes on with the line `left`: beside it, a word's space away.
bool goes_on(const Line& left, const Line& right) {
  const double height = std::min(left.box.height(), right.box.height());
  return std::abs(left.box.center_y() - right.box.center_y()) < 0.5 * height &&
         right.box.left - left.box.right < 1.5 * height;
}

// The first line of the left column that is none of the header's: the salutation, or the half of a
// line that goes on in the right column, below the date.
std::vector<Line>::iterator end_of_left(std::vector<Line>& left, const std::vector<Line>& below) {
  return std::find_if(left.begin(), left.end(), [&](const Line& line) {
    return is_salutation(line) || std::any_of(below.begin(), below.end(), [&](const Line& other) {
             return goes_on(line, other);
           });
  });
}

// The subject of a letter stands under its number. Where it is wider than the column it was taken
// for the beginning of the text.
void move_subject_of_letter(std::vector<Line>& body, Block& left, double page_width) {
  constexpr double kLinesApartMax = 1.5;  // heights of a line
  constexpr double kRightMax = 0.6;       // of the page: further right goes only the text
  const auto fits = [&](const Line& line) { return line.box.right < kRightMax * page_width; };
  if (body.empty() || !fits(body.front()) || is_salutation(body.front())) return;
  if (!extract::begins_subject_of_letter(diacritics::fold(ocr::text_of(body.front())))) return;
  auto end = body.begin() + 1;
  while (end != body.end() && fits(*end) && !is_salutation(*end) &&
         end->box.top - (end - 1)->box.bottom < kLinesApartMax * (end - 1)->box.height())
    ++end;
  for (auto line = body.begin(); line != end; ++line) left.box = ocr::united(left.box, line->box);
  left.lines.insert(left.lines.end(), std::make_move_iterator(body.begin()),
                    std::make_move_iterator(end));
  body.erase(body.begin(), end);
}

std::vector<Block>::iterator find_block(ocr::Page& page, BlockKind kind) {
  return std::find_if(page.blocks.begin(), page.blocks.end(),
                      [&](const Block& block) { return block.kind == kind; });
}

}  // namespace

void end_header(ocr::Page& page) {
  const auto right = find_block(page, BlockKind::HeaderRight);
  if (right == page.blocks.end()) return;
  std::vector<Line> below;
  const auto date = std::find_if(right->lines.begin(), right->lines.end(), is_date_line);
  if (date != right->lines.end()) move_tail(right->lines, date + 1, below);
  const auto left = find_block(page, BlockKind::HeaderLeft);
  if (left != page.blocks.end()) move_tail(left->lines, end_of_left(left->lines, below), below);
  if (!below.empty()) {
    Block body{BlockKind::Body, {}, read_across(std::move(below))};
    for (const Line& line : body.lines) body.box = ocr::united(body.box, line.box);
    page.blocks.insert(right + 1, std::move(body));
  }
  const auto body = find_block(page, BlockKind::Body);
  const auto header = find_block(page, BlockKind::HeaderLeft);
  if (header == page.blocks.end() || body == page.blocks.end()) return;
  move_subject_of_letter(body->lines, *header, page.width);
  if (body->lines.empty()) page.blocks.erase(body);
}

}  // namespace vanban::pipeline
