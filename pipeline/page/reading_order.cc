#include "pipeline/page/reading_order.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/words/place_and_day.h"
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
  if (parts >= 2 && folded.find_first_of("0123456789") != std::string::npos) return true;
  std::vector<std::string_view> words;
  for (const ocr::Word& word : line.words) words.emplace_back(word.text);
  return extract::day_in_figures(words).has_value();
}

bool names_type(const Line& line) {
  const std::string text = ocr::text_of(line);
  return diacritics::is_upper(text) && extract::type_named(text).has_value();
}

bool is_salutation(const Line& line) {
  return extract::begins_salutation(diacritics::fold(ocr::text_of(line)));
}

void fit_box(Block& block) {
  block.box = {};
  for (const Line& line : block.lines) block.box = ocr::united(block.box, line.box);
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
    // A dash that the gutter cut in two was read on both sides.
    words.erase(std::unique(words.begin(), words.end(),
                            [](const ocr::Word& a, const ocr::Word& b) {
                              return a.text == "-" && b.text == "-";
                            }),
                words.end());
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

// The word with which the name of the country or the party begins behind a body's name in one line;
// 0 for none.
std::size_t country_begin(const Line& line) {
  for (std::size_t i = 1; i + 3 < line.words.size(); ++i) {
    const std::string first = diacritics::fold(line.words[i].text);
    if (first != "cong" && first != "dang") continue;
    std::string rest;
    for (std::size_t k = i; k < line.words.size(); ++k)
      rest += diacritics::fold(line.words[k].text) + ' ';
    const bool named = rest.starts_with("cong hoa xa hoi") || rest.starts_with("dang cong san");
    if (named && diacritics::is_upper(ocr::text_of(line))) return i;
  }
  return 0;
}

// The strip of paper between two columns: what is known of it so far.
struct Strip {
  double left = 0, right = 0;
};

// The word behind a gap as wide as only columns have, from which on a line is place and date: a
// long place begins left of the country's name.
std::optional<std::size_t> gap_before_date(const Line& line) {
  constexpr double kApart = 3;  // heights of the line
  for (std::size_t i = 1; i < line.words.size(); ++i) {
    if (line.words[i].box.left - line.words[i - 1].box.right < kApart * line.box.height()) continue;
    Line rest;
    rest.words.assign(line.words.begin() + static_cast<std::ptrdiff_t>(i), line.words.end());
    if (is_date_line(rest)) return i;
  }
  return std::nullopt;
}

// Parts a line in the strip, at its widest gap there, and narrows the strip to what the line leaves
// of it. Nothing where a word lies across, or where the halves are a space apart, as those of a
// title are; but the motto is another column's however near.
struct Halves {
  Line left, right;
};
std::optional<Halves> halves_at(const Line& line, Strip& strip, bool whatever_apart) {
  constexpr double kApart = 2;  // heights of the line
  const auto& words = line.words;
  const auto end_before = [&](std::size_t i) { return i > 0 ? words[i - 1].box.right : 0; };
  const auto begin_of = [&](std::size_t i) {
    return i < words.size() ? words[i].box.left : strip.right;
  };
  const auto date = gap_before_date(line);
  std::optional<std::size_t> at = date;
  double widest = 0;
  for (std::size_t i = 0; !date && i <= words.size(); ++i) {
    const double left = std::max(end_before(i), strip.left);
    const double right = std::min(begin_of(i), strip.right);
    if (right <= left || right - left <= widest) continue;
    widest = right - left;
    at = i;
  }
  if (!at) return std::nullopt;
  const auto middle = words.begin() + static_cast<std::ptrdiff_t>(*at);
  Halves out;
  out.left.words.assign(words.begin(), middle);
  out.right.words.assign(middle, words.end());
  out.left.box = ocr::box_of(out.left.words);
  out.right.box = ocr::box_of(out.right.words);
  if (!out.left.words.empty() && !out.right.words.empty() && !whatever_apart) {
    const bool motto = diacritics::fold(ocr::text_of(out.right)).starts_with("doc lap");
    if (!motto && out.right.box.left - out.left.box.right < kApart * line.box.height())
      return std::nullopt;
  }
  strip.left = std::max(strip.left, end_before(*at));
  strip.right = std::min(strip.right, begin_of(*at));
  return out;
}

void put_first(ocr::Page& page, std::vector<Block>::iterator before, BlockKind kind,
               std::vector<Line> lines) {
  if (lines.empty()) return;
  const auto block = find_block(page, kind);
  if (block != page.blocks.end()) {
    lines.insert(lines.end(), std::make_move_iterator(block->lines.begin()),
                 std::make_move_iterator(block->lines.end()));
    block->lines = std::move(lines);
    fit_box(*block);
    return;
  }
  Block made{kind, {}, std::move(lines)};
  fit_box(made);
  page.blocks.insert(before, std::move(made));
}

// Moves lines of a block from `from` on to two columns, as far as they can be parted and no further
// than the date.
struct Columns {
  std::vector<Line> left, right;
};
Columns take_columns(Block& block, std::vector<Line>::iterator from, Strip strip,
                     bool whatever_apart) {
  constexpr std::size_t kLinesMax = 12;  // of both columns
  Columns out;
  auto line = from;
  for (; line != block.lines.end() && static_cast<std::size_t>(line - from) < kLinesMax; ++line) {
    auto halves = halves_at(*line, strip, whatever_apart && line == from);
    if (!halves || is_salutation(*line)) break;
    const bool dated = is_date_line(halves->right);
    if (!halves->left.words.empty()) out.left.push_back(std::move(halves->left));
    if (!halves->right.words.empty()) out.right.push_back(std::move(halves->right));
    if (dated) {
      ++line;
      break;
    }
  }
  block.lines.erase(from, line);
  fit_box(block);
  return out;
}

// The first line that holds both a body's name and the country's.
std::vector<Line>::iterator line_of_both(Block& block) {
  return std::find_if(block.lines.begin(), block.lines.end(),
                      [](const Line& line) { return country_begin(line) > 0; });
}

// What was taken for a header's columns are two sheets side by side where the left one holds both
// the body's name and the country's.
void undo_columns_of_sheets(ocr::Page& page) {
  const auto left = find_block(page, BlockKind::HeaderLeft);
  if (left == page.blocks.end() || line_of_both(*left) == left->lines.end()) return;
  left->kind = BlockKind::Body;
  const auto right = find_block(page, BlockKind::HeaderRight);
  if (right != page.blocks.end()) right->kind = BlockKind::Body;
}

// A body's name so long that it all but touches the country's leaves no strip between the columns:
// both were read as one line of the text, and so may be those below.
void part_at_country(ocr::Page& page) {
  constexpr double kHead = 0.3;  // of the page
  for (auto block = page.blocks.begin(); block != page.blocks.end(); ++block) {
    if (block->kind != BlockKind::Body || block->box.top > kHead * page.height) continue;
    const auto at = line_of_both(*block);
    if (at == block->lines.end()) continue;
    const std::size_t begin = country_begin(*at);
    const Strip strip{at->words[begin - 1].box.right, at->words[begin].box.left};
    const bool above = at != block->lines.begin();
    Columns columns = take_columns(*block, at, strip, true);
    const auto index = block - page.blocks.begin() + (above ? 1 : 0);
    put_first(page, page.blocks.begin() + index, BlockKind::HeaderRight, std::move(columns.right));
    put_first(page, page.blocks.begin() + index, BlockKind::HeaderLeft, std::move(columns.left));
    std::erase_if(page.blocks, [](const Block& empty) { return empty.lines.empty(); });
    return;
  }
}

// The same where only the first lines were parted: the columns go on in the text below them until
// the date.
void go_on_with_columns(ocr::Page& page) {
  const auto left = find_block(page, BlockKind::HeaderLeft);
  const auto right = find_block(page, BlockKind::HeaderRight);
  const auto body = find_block(page, BlockKind::Body);
  if (left == page.blocks.end() || right == page.blocks.end() || body == page.blocks.end() ||
      body < right || std::any_of(right->lines.begin(), right->lines.end(), is_date_line) ||
      std::none_of(right->lines.begin(), right->lines.end(), [](const Line& line) {
        return extract::names_country_or_party(diacritics::fold(ocr::text_of(line)));
      }))
    return;
  constexpr double kFarthest = 4;  // heights of a line between two of a header
  const Line& first = body->lines.front();
  const double bottom = std::max(left->box.bottom, right->box.bottom);
  if (first.box.top - bottom > kFarthest * first.box.height() || names_type(first)) return;
  Columns columns =
      take_columns(*body, body->lines.begin(), {left->box.right, right->box.left}, false);
  move_tail(columns.left, columns.left.begin(), left->lines);
  move_tail(columns.right, columns.right.begin(), right->lines);
  fit_box(*left);
  fit_box(*right);
  if (body->lines.empty()) page.blocks.erase(body);
}

}  // namespace

void end_header(ocr::Page& page) {
  undo_columns_of_sheets(page);
  part_at_country(page);
  go_on_with_columns(page);
  const auto right = find_block(page, BlockKind::HeaderRight);
  if (right == page.blocks.end()) return;
  std::vector<Line> below;
  const auto date = std::find_if(right->lines.begin(), right->lines.end(), is_date_line);
  // Minutes have no date there; what they are stands below both columns.
  const auto end = date != right->lines.end()
                       ? date + 1
                       : std::find_if(right->lines.begin(), right->lines.end(), names_type);
  if (end != right->lines.end()) move_tail(right->lines, end, below);
  const auto left = find_block(page, BlockKind::HeaderLeft);
  if (left != page.blocks.end()) move_tail(left->lines, end_of_left(left->lines, below), below);
  if (!below.empty()) {
    Block body{BlockKind::Body, {}, read_across(std::move(below))};
    fit_box(body);
    page.blocks.insert(right + 1, std::move(body));
  }
  const auto body = find_block(page, BlockKind::Body);
  const auto header = find_block(page, BlockKind::HeaderLeft);
  if (header == page.blocks.end() || body == page.blocks.end()) return;
  move_subject_of_letter(body->lines, *header, page.width);
  if (body->lines.empty()) page.blocks.erase(body);
}

}  // namespace vanban::pipeline
