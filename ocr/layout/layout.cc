#include "ocr/layout/layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>

#include "ocr/layout/layout_tables.h"

namespace vanban::ocr {
namespace {

// Where gutters are looked for, as shares of the page width. Decree 30 puts the left header column
// at 0-0.44 of the type area and the right one from 0.52 on; offices vary.
constexpr double kHeaderGutterLeft = 0.27, kHeaderGutterRight = 0.58;
constexpr double kFooterGutterLeft = 0.33, kFooterGutterRight = 0.62;

// The gutter begins above the first header line, so near the top of the page.
constexpr double kHeaderTopMax = 0.14;
constexpr double kHeaderBottomMax = 0.5;

// The narrowest gutter, in letter heights: wider than the space between two words, as narrow as the
// few millimetres that crowded headers leave.
constexpr double kGutterWidth = 1.0;

struct Span {
  double from = 0, to = 0;
  double length() const { return to - from; }
};

// Vertical extents of the ink that touches the strip from x to x + width, sorted.
std::vector<Span> crossings(const std::vector<Box>& ink, double x, double width) {
  std::vector<Span> out;
  for (const Box& box : ink)
    if (box.left < x + width && box.right > x) out.push_back({box.top, box.bottom});
  std::sort(out.begin(), out.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  return out;
}

// The longest stretch of a strip free of ink that begins above `start_max`.
Span longest_gap(const std::vector<Span>& crossed, double start_max, double end) {
  Span best;
  double free_from = 0;
  for (const Span& span : crossed) {
    if (free_from >= start_max) break;
    if (span.from - free_from > best.length()) best = {free_from, span.from};
    free_from = std::max(free_from, span.to);
  }
  if (free_from < start_max && end - free_from > best.length()) best = {free_from, end};
  return best;
}

struct Gutter {
  double x = 0;  // its middle
  double top = 0, bottom = 0;
};

// Rows of ink between two heights and two sides: marks whose middles lie closer than a letter's
// height count as one.
int count_rows(const std::vector<Box>& ink, const Box& area, double text_height) {
  std::vector<double> middles;
  for (const Box& box : ink)
    if (box.center_y() > area.top && box.center_y() < area.bottom && box.center_x() > area.left &&
        box.center_x() < area.right)
      middles.push_back(box.center_y());
  std::sort(middles.begin(), middles.end());
  int rows = 0, marks_in_row = 0;
  constexpr int kFewestMarks = 3;  // fewer are specks
  for (std::size_t i = 0; i < middles.size(); ++i) {
    if (i > 0 && middles[i] - middles[i - 1] > 0.6 * text_height) {
      rows += marks_in_row >= kFewestMarks ? 1 : 0;
      marks_in_row = 0;
    }
    ++marks_in_row;
  }
  return rows + (marks_in_row >= kFewestMarks ? 1 : 0);
}

// The height nearest to `wanted`, at most two lines away, where a level cut goes through the fewest
// letters; found from above and below so that no line is split at the letters of one column.
double level_cut(const std::vector<Box>& ink, double wanted, double text_height) {
  const double reach = 2 * text_height;
  double best = wanted, best_cost = 1e9;
  for (double y = wanted - reach; y <= wanted + reach; y += text_height / 12) {
    double cost = 1.5 * std::abs(y - wanted) / text_height;
    for (const Box& box : ink) cost += box.top < y && box.bottom > y ? 1 : 0;
    if (cost < best_cost) {
      best_cost = cost;
      best = y;
    }
  }
  return best;
}

// The letters of the row that begins with `first`, in letters sorted by their middles: how far the
// gap around x reaches, and where the row ends.
struct PartedRow {
  double left = 0, right = 0;  // the letters nearest to x on either side
  double top = 0, bottom = 0;
  double other_gap = 0;  // the widest of the row's other gaps
  bool both_sides = false;
  std::vector<Box>::const_iterator end;

  double gap() const { return right - left; }
};

PartedRow parted_row(const LayoutInput& in, const std::vector<Box>& letters,
                     std::vector<Box>::const_iterator first, double x) {
  PartedRow row{0, in.width, first->top, first->bottom, 0, false, first};
  for (; row.end != letters.end() && row.end->center_y() - first->center_y() < 0.8 * in.text_height;
       ++row.end) {
    row.top = std::min(row.top, row.end->top);
    row.bottom = std::max(row.bottom, row.end->bottom);
    if (row.end->center_x() < x)
      row.left = std::max(row.left, row.end->right);
    else
      row.right = std::min(row.right, row.end->left);
  }
  row.both_sides = row.left > 0 && row.right < in.width;
  std::vector<Box> across(first, row.end);
  std::sort(across.begin(), across.end(),
            [](const Box& a, const Box& b) { return a.left < b.left; });
  double reached = across.front().right;
  for (const Box& letter : across) {
    if (reached != row.left) row.other_gap = std::max(row.other_gap, letter.left - reached);
    reached = std::max(reached, letter.right);
  }
  return row;
}

// Whether a row's words stand in two columns at the gutter. A line of text may happen to part its
// words there, and one that is stretched to the margin has wide spaces; words of two columns stand
// further apart than any of these.
bool in_two_columns(const LayoutInput& in, const PartedRow& row) {
  constexpr double kColumnGap = 2.6;     // letter heights; a justified line's spaces stay below 2
  constexpr double kStretchedGap = 1.5;  // of the other spaces
  return !row.both_sides ||
         (row.gap() >= kColumnGap * in.text_height && row.gap() >= kStretchedGap * row.other_gap);
}

// Letters, without the marks over and under them that would make rows of their own, from above.
std::vector<Box> sorted_letters(const LayoutInput& in) {
  std::vector<Box> letters;
  std::copy_if(in.ink.begin(), in.ink.end(), std::back_inserter(letters),
               [&](const Box& box) { return box.height() >= 0.6 * in.text_height; });
  std::sort(letters.begin(), letters.end(),
            [](const Box& a, const Box& b) { return a.center_y() < b.center_y(); });
  return letters;
}

// Where below `from` the two columns begin.
double first_parted_row(const LayoutInput& in, double x, double from) {
  const std::vector<Box> letters = sorted_letters(in);
  auto next = letters.begin();
  while (true) {
    next = std::find_if(next, letters.end(), [&](const Box& box) { return box.center_y() > from; });
    if (next == letters.end()) return from;
    const PartedRow row = parted_row(in, letters, next, x);
    if (in_two_columns(in, row)) return from;
    from = row.bottom;
    next = row.end;
  }
}

// Whether what stands on both sides of x is one list, its items side by side: row for row at one
// height. Recipients and a signature's lines have distances of their own; a header has three or
// four lines a side.
bool is_list_across(const LayoutInput& in, double x, double top, double bottom) {
  constexpr int kFewestRows = 5, kFewestLetters = 4;
  constexpr double kGap = 1.8;        // letter heights
  constexpr double kShare = 0.75;     // of the rows have both sides
  constexpr double kOneHeight = 0.5;  // letter heights between the base lines of both sides
  const std::vector<Box> letters = sorted_letters(in);
  int rows = 0, across = 0;
  auto next = std::find_if(letters.begin(), letters.end(),
                           [&](const Box& box) { return box.center_y() > top; });
  while (next != letters.end() && next->center_y() < bottom) {
    const PartedRow row = parted_row(in, letters, next, x);
    std::vector<double> left, right;
    for (; next != row.end; ++next) (next->center_x() < x ? left : right).push_back(next->bottom);
    if (left.size() + right.size() < kFewestLetters) continue;
    ++rows;
    if (row.gap() > kGap * in.text_height && left.size() >= kFewestLetters &&
        right.size() >= kFewestLetters &&
        std::abs(median(left) - median(right)) < kOneHeight * in.text_height)
      ++across;
  }
  return across >= kFewestRows && across >= kShare * rows;
}

// Where a header that seems to reach down to `bottom` ends: above a line of the title whose words
// happen to part at the gutter.
double header_end(const LayoutInput& in, double x, double top, double bottom) {
  constexpr double kWordGap = 1.8;       // letter heights
  constexpr double kHeaderShare = 0.45;  // crowded headers have narrow gutters, but not this low
  const std::vector<Box> letters = sorted_letters(in);
  auto next = letters.begin();
  while (true) {
    next = std::find_if(next, letters.end(), [&](const Box& box) {
      return box.center_y() > top + kHeaderShare * (bottom - top);
    });
    if (next == letters.end() || next->center_y() > bottom) return bottom;
    const PartedRow row = parted_row(in, letters, next, x);
    if (row.both_sides && row.gap() < kWordGap * in.text_height) return row.top;
    next = row.end;
  }
}

// Whether the words at x stand further apart in some row than words of the row do: the spaces of a
// few lines of large print may happen to lie one over another.
bool is_gap_of_columns(const LayoutInput& in, double x, double top, double bottom) {
  constexpr double kWider = 1.5;  // than the row's other spaces
  const std::vector<Box> letters = sorted_letters(in);
  auto next = std::find_if(letters.begin(), letters.end(),
                           [&](const Box& box) { return box.center_y() > top; });
  bool any = false;
  while (next != letters.end() && next->center_y() < bottom) {
    const PartedRow row = parted_row(in, letters, next, x);
    next = row.end;
    if (!row.both_sides) continue;
    any = true;
    if (row.gap() > kWider * row.other_gap) return true;
  }
  return !any;
}

// The spaces of a row where a strip at x parts it, dashes and stops being part of its words.
struct Spaces {
  double at = 0;      // around x
  double widest = 0;  // of the others
};

Spaces spaces_of(const LayoutInput& in, const PartedRow& row, double x) {
  std::vector<Box> across;
  std::copy_if(in.ink.begin(), in.ink.end(), std::back_inserter(across), [&](const Box& box) {
    return box.center_y() > row.top && box.center_y() < row.bottom;
  });
  std::sort(across.begin(), across.end(),
            [](const Box& a, const Box& b) { return a.left < b.left; });
  Spaces out;
  double reached = across.empty() ? 0 : across.front().right;
  for (const Box& box : across) {
    double& space = reached <= x && box.left >= x ? out.at : out.widest;
    space = std::max(space, box.left - reached);
    reached = std::max(reached, box.right);
  }
  return out;
}

// A strip free of letters.
struct Channel {
  double x = 0;  // its middle
  Span free;
  double narrowest = 0;  // the least space of a row around it
  int rows = 0;          // that have letters on both sides
};

// How far down from the channel's top the rows stand apart, at most to its bottom.
Channel parted(const LayoutInput& in, const std::vector<Box>& letters, Channel channel) {
  constexpr double kWider = 1.35;  // than the row's spaces, where it nearly fills both columns
  channel.narrowest = in.width;
  auto next = std::find_if(letters.begin(), letters.end(),
                           [&](const Box& box) { return box.center_y() > channel.free.from; });
  while (next != letters.end() && next->center_y() < channel.free.to) {
    const PartedRow row = parted_row(in, letters, next, channel.x);
    next = row.end;
    if (!row.both_sides) continue;
    const Spaces spaces = spaces_of(in, row, channel.x);
    if (!in_two_columns(in, row) && spaces.at < kWider * spaces.widest) {
      channel.free.to = row.top;
      break;
    }
    channel.narrowest = std::min(channel.narrowest, spaces.at);
    ++channel.rows;
  }
  return channel;
}

// The gutter at another place where it reaches further up, parts more rows, or some that this one
// cuts between two of their words: a line of one column may end right of where one of the other
// begins, and leave a channel that is narrower than either row's gap.
Gutter best_channel(const LayoutInput& in, const Gutter& gutter) {
  constexpr double kWidth = 0.25;   // letter heights
  constexpr double kTitle = 4;      // letter heights: a row that one of the gutters parts
  constexpr double kWordSpace = 2;  // letter heights: no more stands around a dash
  const double width = kWidth * in.text_height;
  const std::vector<Box> letters = sorted_letters(in);
  const Channel own = parted(in, letters, {gutter.x, {gutter.top, gutter.bottom}});
  const bool cuts = own.narrowest < kWordSpace * in.text_height;
  const double highest = gutter.top + in.text_height / 2;
  std::vector<Channel> channels;
  for (double x = kHeaderGutterLeft * in.width; x < kHeaderGutterRight * in.width; x += 1) {
    Span free{0, kHeaderBottomMax * in.height};
    for (const Span& letter : crossings(letters, x - width / 2, width)) {
      if (letter.from < gutter.top) free.from = std::max(free.from, letter.to);
      if (letter.from >= gutter.top) free.to = std::min(free.to, letter.from);
    }
    const Channel channel = parted(in, letters, {x, free});
    if (channel.free.from < highest && channel.free.to > gutter.bottom - kTitle * in.text_height)
      channels.push_back(channel);
  }
  if (channels.empty()) return gutter;
  const auto better = [](const Channel& a, const Channel& b) {
    return std::tuple(a.free.from, -a.rows, -a.narrowest, -a.free.to) <
           std::tuple(b.free.from, -b.rows, -b.narrowest, -b.free.to);
  };
  const Channel widest = *std::min_element(channels.begin(), channels.end(), better);
  std::vector<double> places;
  for (const Channel& channel : channels)
    if (!better(widest, channel)) places.push_back(channel.x);
  const double x = median(places), from = widest.free.from;
  const Channel best = parted(in, letters, {x, {from, header_end(in, x, from, widest.free.to)}});
  constexpr double kBetter = 1.2;  // times as wide
  const bool is_higher = from < gutter.top - in.text_height / 2;
  const bool is_wider = cuts && best.narrowest > kBetter * own.narrowest;
  if (!is_higher && !is_wider && best.rows <= own.rows) return gutter;
  const double top = from > 0 ? level_cut(in.ink, from, in.text_height) : 0;
  return {x, top, level_cut(in.ink, best.free.to, in.text_height)};
}

std::optional<Gutter> header_gutter(const LayoutInput& in) {
  const double strip = kGutterWidth * in.text_height;
  const double step = std::max(1.0, in.text_height / 8);
  const double end = kHeaderBottomMax * in.height;
  std::vector<std::pair<double, Span>> gaps;
  Span best;
  for (double x = kHeaderGutterLeft * in.width; x < kHeaderGutterRight * in.width; x += step) {
    const Span gap = longest_gap(crossings(in.ink, x, strip), kHeaderTopMax * in.height, end);
    gaps.emplace_back(x, gap);
    if (gap.length() > best.length()) best = gap;
  }
  std::vector<double> places;
  for (const auto& [x, gap] : gaps)
    if (gap.from <= best.from + in.text_height && gap.to >= best.to - in.text_height / 4)
      places.push_back(x);
  if (places.empty()) return std::nullopt;
  const double x = median(places) + strip / 2;
  const int left = count_rows(in.ink, {0, best.from, x, best.to}, in.text_height);
  const int right = count_rows(in.ink, {x, best.from, in.width, best.to}, in.text_height);
  // Two lines a side is the least that any header has: agency and number, motto and date.
  if (left < 2 || right < 2 || is_list_across(in, x, best.from, best.to) ||
      !is_gap_of_columns(in, x, best.from, best.to))
    return std::nullopt;
  const double top = best.from > 0 ? level_cut(in.ink, best.from, in.text_height) : 0;
  return best_channel(
      in, {x, top, level_cut(in.ink, header_end(in, x, best.from, best.to), in.text_height)});
}

// The strip whose last crossing lies highest; below that the page has two columns.
std::optional<Gutter> footer_gutter(const LayoutInput& in, double top) {
  const double strip = 1.2 * kGutterWidth * in.text_height;
  const double step = std::max(1.0, in.text_height / 8);
  std::vector<std::pair<double, double>> last_crossings;
  double highest = std::numeric_limits<double>::infinity();
  for (double x = kFooterGutterLeft * in.width; x < kFooterGutterRight * in.width; x += step) {
    double last = top;
    for (const Box& box : in.ink)
      if (box.left < x + strip && box.right > x) last = std::max(last, box.bottom);
    last_crossings.emplace_back(x, last);
    highest = std::min(highest, last);
  }
  std::vector<double> places;
  for (const auto& [x, last] : last_crossings)
    if (last <= highest + in.text_height / 8) places.push_back(x);
  const double x = median(places) + strip / 2;
  const double from = first_parted_row(in, x, highest + in.text_height / 8);
  const int left = count_rows(in.ink, {0, from, x, in.height}, in.text_height);
  const int right = count_rows(in.ink, {x, from, in.width, in.height}, in.text_height);
  // Recipients take a heading and an item, a signature a title and a name.
  if (left < 2 || right < 2 || is_list_across(in, x, from, in.height)) return std::nullopt;
  return Gutter{x, level_cut(in.ink, from, in.text_height), in.height};
}

std::vector<Box> ink_within(const std::vector<Box>& ink, const Box& area) {
  std::vector<Box> out;
  std::copy_if(ink.begin(), ink.end(), std::back_inserter(out), [&](const Box& box) {
    return box.center_x() >= area.left && box.center_x() < area.right &&
           box.center_y() >= area.top && box.center_y() < area.bottom;
  });
  return out;
}

// The part of a zone that holds its ink, with room for marks and stops around it. On empty paper an
// engine finds its threshold in the noise.
Box without_empty_edges(const Box& zone, const std::vector<Box>& ink, double text_height) {
  const double room = 2 * text_height;
  Box around;
  for (const Box& box : ink) around = united(around, box);
  return {std::max(zone.left, around.left - room), std::max(zone.top, around.top - room),
          std::min(zone.right, around.right + room), std::min(zone.bottom, around.bottom + room)};
}

// What stands alone at the foot of the page bars every gutter there: the page's number, the
// office's address. Where it begins; the page's height where nothing does or it is wider than
// `width_max`.
double foot_top(const LayoutInput& in, double width_max) {
  constexpr double kFoot = 0.86;      // of the page
  constexpr double kAlone = 2.2;      // letter heights of paper above it
  constexpr double kHeightMax = 7.5;  // letter heights: four lines
  std::vector<Box> foot;
  for (const Box& box : in.ink)
    if (box.center_y() > kFoot * in.height) foot.push_back(box);
  std::sort(foot.begin(), foot.end(), [](const Box& a, const Box& b) { return a.top > b.top; });
  Box around;
  for (std::size_t i = 0; i < foot.size(); ++i) {
    around = united(around, foot[i]);
    if (around.width() > width_max || around.height() > kHeightMax * in.text_height) break;
    if (i + 1 == foot.size() || foot[i].top - foot[i + 1].bottom > kAlone * in.text_height)
      return around.top;
  }
  return in.height;
}

struct Footer {
  Gutter gutter;
  double foot = 0;  // where what stands below both columns begins
};

// The two columns at the end of a page, looked for between a page number and, where there are none,
// an address at the foot.
std::optional<Footer> find_footer(const LayoutInput& in, double top) {
  constexpr double kPageNumberWidth = 0.06;  // of the page
  for (const double width_max : {kPageNumberWidth * in.width, in.width}) {
    const double foot = std::max(foot_top(in, width_max), top);
    LayoutInput above = in;
    std::erase_if(above.ink, [&](const Box& box) { return box.center_y() > foot; });
    if (const auto gutter = footer_gutter(above, top)) return Footer{*gutter, foot};
  }
  return std::nullopt;
}

}  // namespace

std::vector<Zone> find_zones(const LayoutInput& input) {
  if (input.ink.empty() || input.text_height <= 0) return {};
  std::vector<TableGrid> tables = find_tables(input);
  LayoutInput outside = input;
  std::erase_if(outside.ink, [&](const Box& box) {
    return std::any_of(tables.begin(), tables.end(), [&](const TableGrid& table) {
      return box.center_x() > table.box.left && box.center_x() < table.box.right &&
             box.center_y() > table.box.top && box.center_y() < table.box.bottom;
    });
  });

  std::vector<Zone> zones;
  const auto add = [&](BlockKind kind, const Box& box) {
    std::vector<Box> ink = ink_within(outside.ink, box);
    if (ink.empty()) return;
    const Box tight = without_empty_edges(box, ink, input.text_height);
    zones.push_back({kind, tight, {}, std::move(ink)});
  };
  double body_top = 0;
  const double tables_top = tables.empty() ? input.height : tables.front().box.top;
  if (const auto gutter = header_gutter(outside); gutter && gutter->bottom <= tables_top) {
    add(BlockKind::Body, {0, 0, input.width, gutter->top});
    add(BlockKind::HeaderLeft, {0, gutter->top, gutter->x, gutter->bottom});
    add(BlockKind::HeaderRight, {gutter->x, gutter->top, input.width, gutter->bottom});
    body_top = gutter->bottom;
  }
  double footer_top_min = std::max(body_top, 0.1 * input.height);
  for (const TableGrid& table : tables) footer_top_min = std::max(footer_top_min, table.box.bottom);
  const auto footer = find_footer(outside, footer_top_min);
  const double body_bottom = footer ? footer->gutter.top : input.height;

  for (TableGrid& table : tables) {
    add(BlockKind::Body, {0, body_top, input.width, table.box.top});
    body_top = table.box.bottom;
    const Box box = table.box;
    zones.push_back({BlockKind::Table, box, std::move(table), ink_within(input.ink, box)});
    // Notes in the margins beside it.
    add(BlockKind::Body, {0, box.top, box.left, box.bottom});
    add(BlockKind::Body, {box.right, box.top, input.width, box.bottom});
  }
  add(BlockKind::Body, {0, body_top, input.width, body_bottom});
  if (footer) {
    const auto& [gutter, foot] = *footer;
    add(BlockKind::Recipients, {0, gutter.top, gutter.x, foot});
    add(BlockKind::Signature, {gutter.x, gutter.top, input.width, foot});
    add(BlockKind::Body, {0, foot, input.width, input.height});
  }
  return zones;
}

namespace {

// Words to lines by their height on the page, left to right.
std::vector<Line> lines_of(std::vector<Word> words) {
  std::stable_sort(words.begin(), words.end(), [](const Word& a, const Word& b) {
    return a.box.center_y() < b.box.center_y();
  });
  std::vector<Line> lines;
  for (Word& word : words) {
    const bool same_line =
        !lines.empty() && std::abs(word.box.center_y() - lines.back().words.back().box.center_y()) <
                              0.5 * word.box.height();
    if (!same_line) lines.emplace_back();
    lines.back().words.push_back(std::move(word));
  }
  for (Line& line : lines) {
    std::stable_sort(line.words.begin(), line.words.end(),
                     [](const Word& a, const Word& b) { return a.box.left < b.box.left; });
    line.box = box_of(line.words);
  }
  return lines;
}

std::vector<Line> rows_of(const TableGrid& grid, std::vector<Word> words) {
  std::vector<std::vector<Word>> cells(grid.cells.size());
  for (Word& word : words) {
    const TableCell& cell = cell_at(grid, word.box.center_x(), word.box.center_y());
    word.column = cell.column;
    cells[static_cast<std::size_t>(&cell - grid.cells.data())].push_back(std::move(word));
  }
  std::vector<Line> rows;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].empty()) continue;
    if (rows.empty() || rows.back().row != grid.cells[i].row) {
      rows.emplace_back();
      rows.back().row = grid.cells[i].row;
    }
    Line& row = rows.back();
    for (Line& line : lines_of(std::move(cells[i])))
      std::move(line.words.begin(), line.words.end(), std::back_inserter(row.words));
    row.box = box_of(row.words);
  }
  return rows;
}

}  // namespace

std::vector<Block> blocks_from_words(const std::vector<Zone>& zones, std::vector<Word> words) {
  std::vector<Block> blocks;
  for (const Zone& zone : zones) {
    const auto outside = std::stable_partition(words.begin(), words.end(), [&](const Word& word) {
      const double x = word.box.center_x(), y = word.box.center_y();
      return x >= zone.box.left && x < zone.box.right && y >= zone.box.top && y < zone.box.bottom;
    });
    std::vector<Word> inside(std::make_move_iterator(words.begin()),
                             std::make_move_iterator(outside));
    words.erase(words.begin(), outside);
    if (inside.empty()) continue;
    blocks.push_back({zone.kind, zone.box,
                      zone.kind == BlockKind::Table ? rows_of(zone.grid, std::move(inside))
                                                    : lines_of(std::move(inside)),
                      zone.grid.cells});
  }
  return blocks;
}

void insert_words(std::vector<Block>& blocks, std::vector<Word> words) {
  // Of each block, those for which it has no line yet, and last of none.
  std::vector<std::vector<Word>> homeless(blocks.size() + 1);
  for (Word& word : words) {
    Line* home = nullptr;
    std::size_t around = blocks.size();
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      Block& block = blocks[b];
      if (word.box.center_x() < block.box.left || word.box.center_x() >= block.box.right) continue;
      if (around == blocks.size() && block.kind != BlockKind::Table &&
          block.box.holds_middle_of(word.box))
        around = b;
      for (Line& line : block.lines)
        if (word.box.center_y() > line.box.top && word.box.center_y() < line.box.bottom)
          home = &line;
    }
    if (home == nullptr) {
      homeless[around].push_back(std::move(word));
      continue;
    }
    const auto after = std::find_if(home->words.begin(), home->words.end(), [&](const Word& other) {
      return other.box.center_x() > word.box.center_x();
    });
    home->box = united(home->box, word.box);
    home->words.insert(after, std::move(word));
  }
  const std::size_t outside = blocks.size();
  for (std::size_t b = 0; b < outside; ++b)
    for (Line& line : lines_of(std::move(homeless[b]))) {
      const auto lower = std::find_if(
          blocks[b].lines.begin(), blocks[b].lines.end(),
          [&](const Line& other) { return other.box.center_y() > line.box.center_y(); });
      blocks[b].lines.insert(lower, std::move(line));
    }
  for (Line& line : lines_of(std::move(homeless[outside]))) {
    // After the header, before what stands lower.
    const auto next = std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) {
      return block.kind != BlockKind::HeaderLeft && block.kind != BlockKind::HeaderRight &&
             block.box.top > line.box.center_y();
    });
    const Box box = line.box;
    blocks.insert(next, {BlockKind::Body, box, {std::move(line)}});
  }
}

}  // namespace vanban::ocr
