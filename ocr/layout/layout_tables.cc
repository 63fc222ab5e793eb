#include "ocr/layout/layout_tables.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>

namespace vanban::ocr {
namespace {

// Lengths in letter heights unless said otherwise.

// The smallest table: two lines of two short words.
constexpr double kWidthMin = 18, kHeightMin = 2.5;

// Rules whose ends come as near as this meet.
constexpr double kMeet = 0.5;

// A piece continues a rule up to this far on, unless it stands further off the rule's course.
constexpr double kBreakMax = 8, kOffCourse = 0.35, kOffCoursePerGap = 0.03;

// Rules closer than this are one drawn twice: no text fits between them.
constexpr double kSameLine = 0.9;

// A rule that reaches this far beyond the outermost one across it ends at an open side.
constexpr double kOpenSide = 1.2;

// A side is drawn where its rule covers this share of it: less if it reaches (the last fifth
// before) one corner, still less if both, which an underlined word in a cell does not.
constexpr double kDrawnShare = 0.85, kDrawnFromCorner = 0.65, kDrawnToBoth = 0.4;
constexpr double kCornerShare = 0.2;

// A line that is drawn over half of the table is a line of the grid: where little of it is to be
// seen it is broken, and only where nothing is do cells span it. Lines across overshoot by kTrim.
constexpr double kGridLineShare = 0.5, kDrawnOfGridLine = 0.08, kTrim = 0.3;

// Share of the table's outline that must be drawn, and of its area that may lie in shapes that are
// no rectangles; drawings of boxes and arrows fail.
constexpr double kOutlineShare = 0.5, kOddShapeShare = 0.25;

// A narrower table (share of the page's width) of so few cells at the head of a page (share of its
// height) is a receipt stamp.
constexpr double kStampWidth = 0.4, kStampFoot = 0.4;
constexpr std::size_t kStampCells = 8;

Box transposed(const Box& box) { return {box.top, box.left, box.bottom, box.right}; }

std::vector<Box> transposed(std::vector<Box> boxes) {
  for (Box& box : boxes) box = transposed(box);
  return boxes;
}

class Groups {
 public:
  explicit Groups(std::size_t count) : parent_(count) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  // The smaller number leads, so that the outcome does not depend on the order of joining.
  void join(std::size_t a, std::size_t b) {
    a = root(a), b = root(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parent_;
};

// ---- which rules belong together

struct Piece {
  Box box;
  bool level = false;
};

struct Cluster {
  std::vector<Box> level, upright;
  Box box;

  void add(const Piece& piece) {
    (piece.level ? level : upright).push_back(piece.box);
    box = united(box, piece.box);
  }
};

bool touch(const Box& a, const Box& b, double slack) {
  return a.left < b.right + slack && b.left < a.right + slack && a.top < b.bottom + slack &&
         b.top < a.bottom + slack;
}

bool within(const Box& inner, const Box& outer, double slack) {
  return inner.left > outer.left - slack && inner.right < outer.right + slack &&
         inner.top > outer.top - slack && inner.bottom < outer.bottom + slack;
}

// Rules that touch one another, directly or through others; loose rules within those of a table
// are pieces broken off.
std::vector<Cluster> clusters_of(const LayoutInput& input) {
  std::vector<Piece> pieces;
  const auto add = [&](const std::vector<Box>& rules, const std::vector<Box>& cut, bool level) {
    for (const Box& box : cut.empty() ? rules : cut) pieces.push_back({box, level});
  };
  add(input.horizontal_rules, input.horizontal_pieces, true);
  add(input.vertical_rules, input.vertical_pieces, false);
  std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    return std::tie(a.box.top, a.box.left, a.level) < std::tie(b.box.top, b.box.left, b.level);
  });
  const double slack = kMeet * input.text_height;
  Groups groups(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (std::size_t j = i + 1;
         j < pieces.size() && pieces[j].box.top < pieces[i].box.bottom + slack; ++j)
      if (touch(pieces[i].box, pieces[j].box, slack)) groups.join(i, j);
  std::vector<Cluster> by_root(pieces.size());
  for (std::size_t i = 0; i < pieces.size(); ++i) by_root[groups.root(i)].add(pieces[i]);

  std::vector<Cluster> crossing, loose;
  for (Cluster& cluster : by_root) {
    if (cluster.box.empty()) continue;
    const bool both = !cluster.level.empty() && !cluster.upright.empty();
    (both ? crossing : loose).push_back(std::move(cluster));
  }
  for (const Cluster& piece : loose) {
    const auto home = std::find_if(crossing.begin(), crossing.end(), [&](const Cluster& cluster) {
      return within(piece.box, cluster.box, slack);
    });
    if (home == crossing.end()) continue;
    home->level.insert(home->level.end(), piece.level.begin(), piece.level.end());
    home->upright.insert(home->upright.end(), piece.upright.begin(), piece.upright.end());
  }
  return crossing;
}

// ---- grid lines, looked at as level ones; upright ones come transposed

struct Span {
  double from = 0, to = 0;
};

// A row's or column's edge: where it runs, and where it is drawn.
struct GridLine {
  std::vector<Point> course;  // by rising x, apart by a letter's height or more
  std::vector<Span> drawn;    // by rising x, apart from one another
  std::vector<Span> scraps;   // strokes on its course that may be left of it
  double slope = 0;           // beyond its ends
  bool established = false;   // drawn over most of the table

  double from() const { return drawn.front().from; }
  double to() const { return drawn.back().to; }

  double at(double x) const {
    const auto next = std::lower_bound(course.begin(), course.end(), x,
                                       [](const Point& point, double at) { return point.x < at; });
    if (next == course.begin()) return next->y + slope * (x - next->x);
    const Point& before = *(next - 1);
    if (next == course.end()) return before.y + slope * (x - before.x);
    return before.y + (next->y - before.y) * (x - before.x) / (next->x - before.x);
  }

  static double overlap(const std::vector<Span>& spans, double from, double to) {
    double sum = 0;
    for (const Span& span : spans)
      sum += std::max(0.0, std::min(span.to, to) - std::max(span.from, from));
    return sum;
  }
  double covered(double from, double to) const { return overlap(drawn, from, to); }

  bool drawn_between(double from, double to, double trim) const {
    const double length = to - from;
    if (length <= 4 * trim) return true;
    if (established)
      return covered(from + trim, to - trim) + overlap(scraps, from + trim, to - trim) >=
             kDrawnOfGridLine * (length - 2 * trim);
    const double share = covered(from, to) / length;
    const double corner = kCornerShare * length;
    const int corners =
        (covered(from, from + corner) > 0 ? 1 : 0) + (covered(to - corner, to) > 0 ? 1 : 0);
    return share >= (corners == 2 ? kDrawnToBoth : corners == 1 ? kDrawnFromCorner : kDrawnShare);
  }
};

// Pieces that follow one another on one course.
struct Track {
  std::vector<Box> pieces;
  Box last;  // that reaches furthest
  double length = 0;

  void add(const Box& piece) {
    if (pieces.empty() || piece.right > last.right) last = piece;
    pieces.push_back(piece);
    length += piece.width();
  }
};

std::vector<Track> tracks_of(std::vector<Box> pieces, double text_height) {
  std::sort(pieces.begin(), pieces.end(), [](const Box& a, const Box& b) {
    return std::tie(a.left, a.top) < std::tie(b.left, b.top);
  });
  std::vector<Track> tracks;
  for (const Box& piece : pieces) {
    Track* home = nullptr;
    double nearest = 0;
    for (Track& track : tracks) {
      const double gap = std::max(0.0, piece.left - track.last.right);
      const double off = std::abs(piece.center_y() - track.last.center_y());
      if (gap > kBreakMax * text_height || off > kOffCourse * text_height + kOffCoursePerGap * gap)
        continue;
      if (home == nullptr || off < nearest) home = &track, nearest = off;
    }
    if (home == nullptr) home = &tracks.emplace_back();
    home->add(piece);
  }
  return tracks;
}

// Of the line through the middles of the pieces, weighted by their lengths.
double slope_of(const Track& track) {
  double sum = 0, mean_x = 0, mean_y = 0;
  for (const Box& piece : track.pieces) {
    sum += piece.width();
    mean_x += piece.width() * piece.center_x();
    mean_y += piece.width() * piece.center_y();
  }
  mean_x /= sum;
  mean_y /= sum;
  double xx = 0, xy = 0;
  for (const Box& piece : track.pieces) {
    xx += piece.width() * (piece.center_x() - mean_x) * (piece.center_x() - mean_x);
    xy += piece.width() * (piece.center_x() - mean_x) * (piece.center_y() - mean_y);
  }
  return xx > 0 ? xy / xx : 0;
}

// The slope that half of the drawn length exceeds.
double common_slope(const std::vector<Track>& tracks, double text_height) {
  std::vector<std::pair<double, double>> slopes;  // with lengths
  double sum = 0;
  for (const Track& track : tracks) {
    if (track.length < kBreakMax * text_height) continue;
    slopes.emplace_back(slope_of(track), track.length);
    sum += track.length;
  }
  std::sort(slopes.begin(), slopes.end());
  double below = 0;
  for (const auto& [slope, length] : slopes) {
    below += length;
    if (2 * below >= sum) return slope;
  }
  return 0;
}

GridLine line_through(std::vector<Box> pieces, double slope, double text_height) {
  std::sort(pieces.begin(), pieces.end(), [](const Box& a, const Box& b) {
    return std::tie(a.left, a.top) < std::tie(b.left, b.top);
  });
  GridLine line;
  line.slope = slope;
  for (const Box& piece : pieces) {
    if (!line.drawn.empty() && piece.left <= line.drawn.back().to + 1)
      line.drawn.back().to = std::max(line.drawn.back().to, piece.right);
    else
      line.drawn.push_back({piece.left, piece.right});
  }
  // Doubled rules would make the course zigzag: it runs through the middles of bins.
  const double bin = 3 * text_height;
  for (auto first = pieces.begin(); first != pieces.end();) {
    const double end = first->left + bin;
    double weight = 0, x = 0, y = 0;
    for (; first != pieces.end() && first->left < end; ++first) {
      weight += first->width();
      x += first->width() * first->center_x();
      y += first->width() * first->center_y();
    }
    if (!line.course.empty() && x / weight < line.course.back().x + 1) continue;
    line.course.push_back({x / weight, y / weight});
  }
  return line;
}

// How far apart two lines run where they come nearest along their course.
double distance_between(const GridLine& a, const GridLine& b) {
  const double from = std::max(a.from(), b.from()), to = std::min(a.to(), b.to());
  if (from > to) return std::abs(a.at((from + to) / 2) - b.at((from + to) / 2));
  return std::min(std::abs(a.at(from) - b.at(from)), std::abs(a.at(to) - b.at(to)));
}

// From above; lines drawn twice and pieces on one level are one.
std::vector<GridLine> grid_lines(const std::vector<Box>& pieces, double text_height) {
  const std::vector<Track> tracks = tracks_of(pieces, text_height);
  const double slope = common_slope(tracks, text_height);
  std::vector<GridLine> lines;
  for (const Track& track : tracks) lines.push_back(line_through(track.pieces, slope, text_height));
  Groups groups(tracks.size());
  for (std::size_t i = 0; i < tracks.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (distance_between(lines[i], lines[j]) < kSameLine * text_height) groups.join(i, j);
  std::vector<std::vector<Box>> members(tracks.size());
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    auto& of_line = members[groups.root(i)];
    of_line.insert(of_line.end(), tracks[i].pieces.begin(), tracks[i].pieces.end());
  }
  lines.clear();
  double middle = 0;
  for (const auto& of_line : members) {
    if (of_line.empty()) continue;
    lines.push_back(line_through(of_line, slope, text_height));
    middle = (lines.front().from() + lines.front().to()) / 2;
  }
  std::stable_sort(lines.begin(), lines.end(), [&](const GridLine& a, const GridLine& b) {
    return a.at(middle) < b.at(middle);
  });
  return lines;
}

// Gives each line the scraps on its course.
void add_scraps(std::vector<GridLine>& lines, const std::vector<Box>& scraps, double text_height) {
  for (GridLine& line : lines)
    for (const Box& scrap : scraps)
      if (std::abs(line.at(scrap.center_x()) - scrap.center_y()) < kOffCourse * text_height)
        line.scraps.push_back({scrap.left, scrap.right});
}

// ---- the grid

// Adds the edges at which lines across stop without a rule, before the first and after the last.
// An open side lies where at least half of the lines across end.
void close_open_sides(std::vector<GridLine>& lines, const std::vector<GridLine>& across,
                      double text_height) {
  if (lines.empty() || across.size() < 2) return;
  const double slope = lines.front().slope;
  const auto side = [&](bool first) {
    const GridLine& outer = first ? lines.front() : lines.back();
    std::vector<double> ends;
    for (const GridLine& line : across) {
      const double end = first ? line.from() : line.to();
      const double level = line.course.front().y;
      const double beyond = first ? outer.at(level) - end : end - outer.at(level);
      if (beyond > kOpenSide * text_height) ends.push_back(end - slope * level);
    }
    if (ends.size() < 2 || 2 * ends.size() < across.size()) return;
    std::sort(ends.begin(), ends.end());
    const double place = ends[ends.size() / 2];
    const double from = across.front().course.front().y, to = across.back().course.front().y;
    GridLine edge{
        {{from, place + slope * from}, {to, place + slope * to}}, {{from, to}}, {}, slope, false};
    lines.insert(first ? lines.begin() : lines.end(), std::move(edge));
  };
  side(true);
  side(false);
}

class Grid {
 public:
  Grid(std::vector<GridLine> rows, std::vector<GridLine> columns, double text_height)
      : rows_(std::move(rows)), columns_(std::move(columns)), trim_(kTrim * text_height) {
    while (measured() && drop_idle(rows_, level_) | drop_idle(columns_, upright_)) {
    }
  }

  // No table where less of the outline is drawn or too much of it is odd.
  std::optional<TableGrid> table() const {
    if (!usable() || outline_share() < kOutlineShare) return std::nullopt;
    TableGrid out;
    out.rows = row_count();
    out.columns = column_count();
    double odd = 0, all = 0;
    for (const auto& [cell, rectangular] : cells()) {
      const double area = cell.box().width() * cell.box().height();
      all += area;
      odd += rectangular ? 0 : area;
      out.box = united(out.box, cell.box());
      out.cells.push_back(cell);
    }
    if (odd > kOddShapeShare * all) return std::nullopt;
    std::sort(out.cells.begin(), out.cells.end(), [](const TableCell& a, const TableCell& b) {
      return std::tie(a.row, a.column) < std::tie(b.row, b.column);
    });
    return out;
  }

 private:
  struct Shape {
    TableCell cell;
    bool rectangular = true;  // as its drawn sides are
  };

  int row_count() const { return static_cast<int>(rows_.size()) - 1; }
  int column_count() const { return static_cast<int>(columns_.size()) - 1; }
  bool usable() const { return row_count() >= 1 && column_count() >= 2; }

  std::size_t corner_index(int row, int column) const {
    return static_cast<std::size_t>(row) * columns_.size() + static_cast<std::size_t>(column);
  }
  const Point& corner(int row, int column) const { return corners_[corner_index(row, column)]; }
  // Of the side that begins at a corner and runs right or down.
  bool level(int row, int column) const { return level_[corner_index(row, column)]; }
  bool upright(int row, int column) const { return upright_[corner_index(row, column)]; }

  // Corners, and which sides between them are drawn.
  bool measured() {
    if (!usable()) return false;
    corners_.assign(rows_.size() * columns_.size(), {});
    level_.assign(corners_.size(), false);
    upright_.assign(corners_.size(), false);
    for (int r = 0; r <= row_count(); ++r)
      for (int c = 0; c <= column_count(); ++c) {
        const GridLine& row = rows_[static_cast<std::size_t>(r)];
        const GridLine& column = columns_[static_cast<std::size_t>(c)];
        Point point{column.course.front().y, row.course.front().y};
        for (int i = 0; i < 3; ++i) {
          point.y = row.at(point.x);
          point.x = column.at(point.y);
        }
        corners_[corner_index(r, c)] = point;
      }
    establish(rows_, corner(0, 0).x, corner(0, column_count()).x);
    establish(columns_, corner(0, 0).y, corner(row_count(), 0).y);
    for (int r = 0; r <= row_count(); ++r)
      for (int c = 0; c <= column_count(); ++c) {
        if (c < column_count())
          level_[corner_index(r, c)] = rows_[static_cast<std::size_t>(r)].drawn_between(
              corner(r, c).x, corner(r, c + 1).x, trim_);
        if (r < row_count())
          upright_[corner_index(r, c)] = columns_[static_cast<std::size_t>(c)].drawn_between(
              corner(r, c).y, corner(r + 1, c).y, trim_);
      }
    return true;
  }

  static void establish(std::vector<GridLine>& lines, double from, double to) {
    for (GridLine& line : lines)
      line.established = line.covered(from, to) >= kGridLineShare * (to - from);
  }

  // Takes off lines that draw no side of a cell.
  bool drop_idle(std::vector<GridLine>& lines, const std::vector<bool>& drawn) {
    if (!usable()) return false;
    const bool rows = &lines == &rows_;
    std::vector<GridLine> kept;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      bool any = false;
      for (int other = 0; other < (rows ? column_count() : row_count()); ++other)
        any = any || drawn[rows ? corner_index(static_cast<int>(i), other)
                                : corner_index(other, static_cast<int>(i))];
      if (any) kept.push_back(lines[i]);
    }
    if (kept.size() == lines.size()) return false;
    lines = std::move(kept);
    measured();
    return true;
  }

  double outline_share() const {
    double drawn = 0, all = 0;
    const auto count = [&](bool is_drawn, double length) {
      all += length;
      drawn += is_drawn ? length : 0;
    };
    for (int c = 0; c < column_count(); ++c)
      for (const int r : {0, row_count()}) count(level(r, c), corner(r, c + 1).x - corner(r, c).x);
    for (int r = 0; r < row_count(); ++r)
      for (const int c : {0, column_count()})
        count(upright(r, c), corner(r + 1, c).y - corner(r, c).y);
    return all > 0 ? drawn / all : 0;
  }

  std::vector<Shape> cells() const {
    const auto index = [&](int row, int column) {
      return static_cast<std::size_t>(row) * static_cast<std::size_t>(column_count()) +
             static_cast<std::size_t>(column);
    };
    const std::size_t count = index(row_count(), 0);
    Groups groups(count);
    for (int r = 0; r < row_count(); ++r)
      for (int c = 0; c < column_count(); ++c) {
        if (r + 1 < row_count() && !level(r + 1, c)) groups.join(index(r, c), index(r + 1, c));
        if (c + 1 < column_count() && !upright(r, c + 1)) groups.join(index(r, c), index(r, c + 1));
      }
    std::vector<int> sizes(count);
    for (std::size_t i = 0; i < count; ++i) ++sizes[groups.root(i)];

    // Rectangles of what hangs together, each as large as can be; a shape that is none falls apart.
    std::vector<bool> taken(count);
    std::vector<Shape> out;
    for (int r = 0; r < row_count(); ++r)
      for (int c = 0; c < column_count(); ++c) {
        const std::size_t root = groups.root(index(r, c));
        const auto free = [&](int row, int column) {
          return !taken[index(row, column)] && groups.root(index(row, column)) == root;
        };
        if (!free(r, c)) continue;
        int right = c + 1, bottom = r + 1;
        while (right < column_count() && free(r, right)) ++right;
        const auto row_free = [&](int row) {
          for (int column = c; column < right; ++column)
            if (!free(row, column)) return false;
          return true;
        };
        while (bottom < row_count() && row_free(bottom)) ++bottom;
        for (int row = r; row < bottom; ++row)
          for (int column = c; column < right; ++column) taken[index(row, column)] = true;
        out.push_back({{r,
                        c,
                        bottom - r,
                        right - c,
                        {corner(r, c), corner(r, right), corner(bottom, right), corner(bottom, c)}},
                       sizes[root] == (bottom - r) * (right - c)});
      }
    return out;
  }

  std::vector<GridLine> rows_, columns_;
  double trim_;
  std::vector<Point> corners_;
  std::vector<bool> level_, upright_;
};

bool large_enough(const Box& box, double text_height) {
  return box.width() >= kWidthMin * text_height && box.height() >= kHeightMin * text_height;
}

bool is_stamp(const TableGrid& table, const LayoutInput& input) {
  return table.box.width() < kStampWidth * input.width && table.cells.size() <= kStampCells &&
         table.box.bottom < kStampFoot * input.height;
}

std::optional<TableGrid> table_of(const Cluster& cluster, const LayoutInput& input) {
  if (!large_enough(cluster.box, input.text_height)) return std::nullopt;
  std::vector<GridLine> rows = grid_lines(cluster.level, input.text_height);
  std::vector<GridLine> columns = grid_lines(transposed(cluster.upright), input.text_height);
  add_scraps(rows, input.horizontal_scraps, input.text_height);
  add_scraps(columns, transposed(input.vertical_scraps), input.text_height);
  // Rules drawn there keep their word: only then is a side open.
  std::vector<GridLine> all_rows = rows;
  close_open_sides(all_rows, columns, input.text_height);
  close_open_sides(columns, rows, input.text_height);
  std::optional<TableGrid> table =
      Grid(std::move(all_rows), std::move(columns), input.text_height).table();
  if (!table || table->cells.size() < 3 || !large_enough(table->box, input.text_height) ||
      is_stamp(*table, input))
    return std::nullopt;
  return table;
}

}  // namespace

std::vector<TableGrid> find_tables(const LayoutInput& input) {
  std::vector<TableGrid> tables;
  for (const Cluster& cluster : clusters_of(input))
    if (auto table = table_of(cluster, input)) tables.push_back(std::move(*table));
  std::sort(tables.begin(), tables.end(),
            [](const TableGrid& a, const TableGrid& b) { return a.box.top < b.box.top; });
  std::vector<TableGrid> apart;
  for (TableGrid& table : tables) {
    // Tables that lean may stand beside one another's corners.
    const double overlap = apart.empty() ? 0 : apart.back().box.bottom - table.box.top;
    if (overlap > input.text_height) continue;
    if (overlap > 0) table.box.top = apart.back().box.bottom;
    apart.push_back(std::move(table));
  }
  return apart;
}

}  // namespace vanban::ocr
