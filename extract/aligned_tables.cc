#include "extract/aligned_tables.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

using ocr::Block;
using ocr::BlockKind;
using ocr::Box;
using ocr::Line;
using ocr::Word;

// Words without a wide gap between them.
struct Segment {
  std::vector<Word> words;
  Box box;
  bool figure = false;   // "1.589", "94,1%", "8/46", "-"
  bool letters = false;  // of two letters and more
};

struct TextRow {
  std::vector<Segment> segments;  // from left to right
  Box box;
  std::vector<std::size_t> lines;  // of the body, that stand beside one another

  // Whether it states a figure beside its label. "- Dân số: 374.125" is a list's line, which says
  // the same without columns.
  bool stated() const {
    const auto label = std::find_if(segments.begin(), segments.end(),
                                    [](const Segment& segment) { return segment.letters; });
    if (label != segments.end() && label->words.back().text.ends_with(':')) return false;
    return std::any_of(label, segments.end(), [](const Segment& segment) {
      return segment.figure && diacritics::has_digit(segment.words.front().text);
    });
  }
};

// Columns are further from one another, and what stands in one begins and ends no further off it.
double apart_between_columns(double line_height) {
  constexpr double kApart = 0.4;  // of a line's height
  return kApart * line_height;
}

struct ColumnReach {
  double left = 0, right = 0;
};

bool is_figure_alone(const std::vector<Word>& words) {
  constexpr std::size_t kWordsMax = 2;  // "94,1 %"
  if (words.size() > kWordsMax) return false;
  std::string text;
  for (const Word& word : words) text += word.text;
  if (diacritics::count_letters(text).all > 0) return false;
  const std::string_view bare = diacritics::trim_punctuation(text);
  if (!bare.empty()) return std::isdigit(static_cast<unsigned char>(bare.front())) != 0;
  return text == "-" || text == "–";
}

Segment segment_of(std::vector<Word> words) {
  Segment out;
  out.box = ocr::box_of(words);
  out.figure = is_figure_alone(words);
  int letters = 0;
  for (const Word& word : words) letters += diacritics::count_letters(word.text).all;
  out.letters = letters >= 2;
  out.words = std::move(words);
  return out;
}

// Parts words where the gap between them is wider than `gap`, in page units.
std::vector<Segment> segments_of(std::vector<Word> words, double gap) {
  std::vector<Segment> out;
  std::vector<Word> together;
  for (Word& word : words) {
    if (!together.empty() && word.box.left - together.back().box.right > gap)
      out.push_back(segment_of(std::exchange(together, {})));
    together.push_back(std::move(word));
  }
  if (!together.empty()) out.push_back(segment_of(std::move(together)));
  return out;
}

bool beside(const Box& a, const Box& b) {
  const double shared = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  constexpr double kSharedMin = 0.5;  // of the lower one's height
  return shared > kSharedMin * std::min(a.height(), b.height()) &&
         (a.right <= b.left || b.right <= a.left);
}

double line_height(const std::vector<Line>& lines) {
  std::vector<double> heights;
  for (const Line& line : lines) heights.push_back(line.box.height());
  return ocr::median(std::move(heights));
}

// A row for each line; lines beside one another, as columns parted by a wide gutter are read, are
// one, where that of the first column stands.
std::vector<TextRow> rows_of(const std::vector<Line>& lines, double height) {
  // Between words are 0.25 of a type's size, stretched ones less than a whole one; the height of a
  // line is about its size.
  constexpr double kGap = 1.1;
  std::vector<TextRow> out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto row = std::find_if(out.rbegin(), out.rend(), [&](const TextRow& other) {
      return beside(other.box, lines[i].box);
    });
    TextRow& to = row != out.rend() ? *row : out.emplace_back();
    to.box = ocr::united(to.box, lines[i].box);
    to.lines.push_back(i);
  }
  for (TextRow& row : out) {
    std::vector<Word> words;
    for (const std::size_t line : row.lines)
      words.insert(words.end(), lines[line].words.begin(), lines[line].words.end());
    std::stable_sort(words.begin(), words.end(),
                     [](const Word& a, const Word& b) { return a.box.left < b.box.left; });
    row.segments = segments_of(std::move(words), kGap * height);
  }
  return out;
}

// The stretches of the page's width that the segments of rows take, from left to right.
std::vector<ColumnReach> columns_of_rows(const std::vector<TextRow>& rows,
                                         const std::vector<std::size_t>& of, double apart) {
  std::vector<ColumnReach> spans;
  for (const std::size_t r : of)
    for (const Segment& segment : rows[r].segments)
      spans.push_back({segment.box.left, segment.box.right});
  std::sort(spans.begin(), spans.end(),
            [](const ColumnReach& a, const ColumnReach& b) { return a.left < b.left; });
  std::vector<ColumnReach> out;
  for (const ColumnReach& span : spans) {
    if (out.empty() || span.left > out.back().right + apart)
      out.push_back(span);
    else
      out.back().right = std::max(out.back().right, span.right);
  }
  return out;
}

// The rows of one table among those of a body: heads, then those from the first that states
// figures, then what its last label goes on with.
struct FoundTable {
  std::size_t first = 0, first_stated = 0, end = 0;
  std::vector<ColumnReach> columns;
  std::size_t label = 0;  // the column of labels
};

std::size_t column_at(const std::vector<ColumnReach>& columns, double x) {
  std::size_t c = 0;
  while (c + 1 < columns.size() && x > (columns[c].right + columns[c + 1].left) / 2) ++c;
  return c;
}

// The columns whose middles a box covers, first and last; that where its middle stands at least.
std::pair<std::size_t, std::size_t> columns_under(const std::vector<ColumnReach>& columns,
                                                  const Box& box) {
  const auto middle = [&](std::size_t c) { return (columns[c].left + columns[c].right) / 2; };
  std::size_t from = column_at(columns, box.center_x()), to = from;
  while (from > 0 && box.left < middle(from - 1)) --from;
  while (to + 1 < columns.size() && box.right > middle(to + 1)) ++to;
  return {from, to};
}

// Whether a line goes on with a label: it stands in its column alone and does not begin anew.
bool label_goes_on(const TextRow& row, const ColumnReach& label, double apart) {
  if (row.segments.size() != 1 || row.box.left < label.left - apart ||
      row.box.right > label.right + apart)
    return false;
  const std::string& word = row.segments.front().words.front().text;
  return diacritics::count_letters(word).all > 0 && !diacritics::starts_upper(word);
}

class TableFinder {
 public:
  TableFinder(const std::vector<TextRow>& rows, double height) : rows_(rows), height_(height) {}

  std::vector<FoundTable> find() const {
    std::vector<FoundTable> out;
    std::size_t free = 0;  // rows before belong to a table
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (!rows_[r].stated()) continue;
      if (std::optional<FoundTable> found = beginning_at(r, free)) {
        free = found->end;
        r = free - 1;
        out.push_back(std::move(*found));
      }
    }
    return out;
  }

 private:
  bool near(std::size_t above, std::size_t below) const {
    constexpr double kFar = 2.5;  // of a line's height, between two rows
    return rows_[below].box.top - rows_[above].box.bottom < kFar * height_;
  }

  // In how many rows a segment of a kind stands in a column.
  std::size_t count(const std::vector<std::size_t>& rows, const std::vector<ColumnReach>& columns,
                    std::size_t column, bool Segment::*kind) const {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](std::size_t r) {
      return std::any_of(
          rows_[r].segments.begin(), rows_[r].segments.end(), [&](const Segment& segment) {
            return segment.*kind && column_at(columns, segment.box.center_x()) == column;
          });
    }));
  }

  // Rows that state figures, from `first` on, in columns that no later one joins.
  std::pair<std::vector<std::size_t>, std::vector<ColumnReach>> stated_from(
      std::size_t first) const {
    constexpr std::size_t kBetweenMax = 3;  // lines of a label that goes on, or a heading
    std::vector<std::size_t> stated{first};
    std::vector<ColumnReach> columns =
        columns_of_rows(rows_, stated, apart_between_columns(height_));
    for (std::size_t r = first + 1; r < rows_.size() && near(r - 1, r); ++r) {
      const TextRow& row = rows_[r];
      if (r - stated.back() > kBetweenMax + 1) break;
      if (!row.stated()) {
        // A paragraph as wide as the table ends it.
        if (row.segments.size() == 1 && row.box.right > columns.back().left) break;
        continue;
      }
      stated.push_back(r);
      std::vector<ColumnReach> wider =
          columns_of_rows(rows_, stated, apart_between_columns(height_));
      if (wider.size() < std::max<std::size_t>(2, columns.size())) {
        stated.pop_back();
        break;
      }
      columns = std::move(wider);
    }
    return {std::move(stated), std::move(columns)};
  }

  std::optional<FoundTable> beginning_at(std::size_t first, std::size_t free) const {
    constexpr std::size_t kStatedMin = 3;
    const auto [stated, columns] = stated_from(first);
    if (stated.size() < kStatedMin) return std::nullopt;
    FoundTable out;
    out.columns = columns;
    out.first_stated = first;
    while (out.label < columns.size() &&
           2 * count(stated, columns, out.label, &Segment::letters) <= stated.size())
      ++out.label;
    if (out.label == columns.size()) return std::nullopt;
    std::size_t of_figures = 0;
    for (std::size_t c = out.label + 1; c < columns.size(); ++c)
      of_figures += 3 * count(stated, columns, c, &Segment::figure) >= 2 * stated.size() ? 1 : 0;
    out.first = first_head(out, free);
    const std::size_t enough = out.first == first ? 2 : 1;
    if (of_figures < enough) return std::nullopt;
    out.end = stated.back() + 1;
    while (out.end < rows_.size() && near(out.end - 1, out.end) &&
           label_goes_on(rows_[out.end], columns[out.label], apart_between_columns(height_)))
      ++out.end;
    return out;
  }

  // The highest of the rows of heads above the first stated one; that itself where there are none.
  std::size_t first_head(const FoundTable& table, std::size_t free) const {
    constexpr std::size_t kHeadsMax = 4;
    const double behind_label = table.columns[table.label].right - apart_between_columns(height_);
    std::size_t out = table.first_stated;
    while (out > free && table.first_stated - out < kHeadsMax && near(out - 1, out)) {
      const TextRow& row = rows_[out - 1];
      // A line of text goes no further, or is one piece.
      const bool single = row.segments.size() == 1;
      const double figures = table.columns[table.label + 1].left;
      if (single ? row.box.left < behind_label : row.box.right < figures) break;
      --out;
    }
    // Alone and over one column is the unit, "Đơn vị: đồng", or a mark.
    while (out < table.first_stated && rows_[out].segments.size() == 1) {
      const auto [from, to] = columns_under(table.columns, rows_[out].box);
      if (to > from) break;
      ++out;
    }
    return out;
  }

  const std::vector<TextRow>& rows_;
  double height_;
};

// ---- from rows to a block

// What stands in a cell, on its way into it.
struct Placed {
  std::size_t row = 0, column = 0, span = 1;  // span: columns
  std::vector<Word> words;
};

class TableBuilder {
 public:
  TableBuilder(const std::vector<TextRow>& rows, const FoundTable& found, double height)
      : rows_(rows), found_(found), height_(height), under_span_(found.columns.size()) {
    for (std::size_t r = found.first; r < found.end; ++r) box_ = ocr::united(box_, rows[r].box);
    edges_.push_back(box_.left);
    for (std::size_t c = 0; c + 1 < found.columns.size(); ++c)
      edges_.push_back((found.columns[c].right + found.columns[c + 1].left) / 2);
    edges_.push_back(box_.right);
  }

  Block build() {
    place_heads();
    place_stated();
    std::stable_sort(placed_.begin(), placed_.end(), [](const Placed& a, const Placed& b) {
      return std::pair(a.row, a.column) < std::pair(b.row, b.column);
    });
    Block out;
    out.kind = BlockKind::Table;
    out.box = box_;
    set_cells(out);
    set_lines(out);
    return out;
  }

 private:
  void place(std::size_t row, std::size_t column, std::size_t span, std::vector<Word> words) {
    const auto same = std::find_if(placed_.rbegin(), placed_.rend(), [&](const Placed& cell) {
      return cell.row == row && cell.column == column && cell.span == span;
    });
    Placed& cell =
        same != placed_.rend() ? *same : placed_.emplace_back(Placed{row, column, span, {}});
    std::move(words.begin(), words.end(), std::back_inserter(cell.words));
  }

  // Heads of two columns may stand as near to one another as words do: they part where one column
  // ends and the next begins.
  std::vector<Segment> parted_at_edges(const TextRow& row) const {
    constexpr double kGap = 0.45;  // of a line's height
    std::vector<Segment> out;
    for (const Segment& segment : row.segments) {
      std::vector<Word> together;
      for (const Word& word : segment.words) {
        const bool parts = !together.empty() &&
                           word.box.left - together.back().box.right > kGap * height_ &&
                           column_at(found_.columns, together.back().box.center_x()) !=
                               column_at(found_.columns, word.box.center_x());
        if (parts) out.push_back(segment_of(std::exchange(together, {})));
        together.push_back(word);
      }
      out.push_back(segment_of(std::move(together)));
    }
    return out;
  }

  // The columns of a head, first and last. One between two columns that have heads of their own
  // below it spans them.
  std::pair<std::size_t, std::size_t> columns_of_head(
      const std::vector<std::vector<Segment>>& heads, std::size_t row, const Box& box) const {
    const auto covered = columns_under(found_.columns, box);
    if (covered.second > covered.first) return covered;
    const auto has_head = [&](std::size_t r, std::size_t column) {
      return std::any_of(heads[r].begin(), heads[r].end(), [&](const Segment& head) {
        return !(head.box == box) && column_at(found_.columns, head.box.center_x()) == column;
      });
    };
    for (std::size_t c = 0; c + 1 < found_.columns.size() && row + 1 < heads.size(); ++c) {
      const bool between =
          box.center_x() > found_.columns[c].right && box.center_x() < found_.columns[c + 1].left;
      if (between && has_head(row + 1, c) && has_head(row + 1, c + 1) && !has_head(row, c) &&
          !has_head(row, c + 1))
        return {c, c + 1};
    }
    return covered;
  }

  // One row of heads; two where some of them span columns.
  void place_heads() {
    std::vector<std::vector<Segment>> heads;
    for (std::size_t r = found_.first; r < found_.first_stated; ++r)
      heads.push_back(parted_at_edges(rows_[r]));
    std::size_t upper = 0;  // lines of heads down to the last that spans columns
    for (std::size_t i = 0; i < heads.size(); ++i)
      for (const Segment& head : heads[i]) {
        const auto [from, to] = columns_of_head(heads, i, head.box);
        if (to > from) upper = i + 1;
      }
    if (upper == heads.size()) upper = 0;  // there is nothing under it
    head_rows_ = heads.empty() ? 0 : upper > 0 ? 2 : 1;
    for (std::size_t i = 0; i < heads.size(); ++i)
      for (const Segment& head : heads[i]) {
        const auto [from, to] = columns_of_head(heads, i, head.box);
        if (i < upper && to > from)
          std::fill(under_span_.begin() + static_cast<std::ptrdiff_t>(from),
                    under_span_.begin() + static_cast<std::ptrdiff_t>(to) + 1, true);
        place(i >= upper && under_span_[from] ? 1 : 0, from, to - from + 1, head.words);
      }
  }

  void place_stated() {
    std::size_t row = head_rows_;
    for (std::size_t r = found_.first_stated; r < found_.end; ++r) {
      if (r > found_.first_stated &&
          !label_goes_on(rows_[r], found_.columns[found_.label], apart_between_columns(height_)))
        ++row;
      for (const Segment& segment : rows_[r].segments)
        place(row, column_at(found_.columns, segment.box.center_x()), 1, segment.words);
    }
  }

  // Rows reach to the middle of the gap between them.
  void set_cells(Block& block) const {
    const std::size_t rows = placed_.back().row + 1, columns = found_.columns.size();
    std::vector<Box> boxes(rows);
    for (const Placed& cell : placed_)
      boxes[cell.row] = ocr::united(boxes[cell.row], ocr::box_of(cell.words));
    std::vector<double> tops{box_.top};
    for (std::size_t r = 0; r + 1 < rows; ++r)
      tops.push_back((boxes[r].bottom + std::max(boxes[r].bottom, boxes[r + 1].top)) / 2);
    tops.push_back(box_.bottom);
    std::vector<bool> taken(rows * columns);
    const auto add = [&](std::size_t row, std::size_t column, std::size_t down,
                         std::size_t across) {
      ocr::TableCell cell;
      cell.row = static_cast<int>(row);
      cell.column = static_cast<int>(column);
      cell.row_span = static_cast<int>(down);
      cell.column_span = static_cast<int>(across);
      const double left = edges_[column], right = edges_[column + across];
      const double top = tops[row], bottom = tops[row + down];
      cell.corners = {{{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
      for (std::size_t r = row; r < row + down; ++r)
        for (std::size_t c = column; c < column + across; ++c) taken[r * columns + c] = true;
      block.cells.push_back(cell);
    };
    for (const Placed& cell : placed_) {
      const bool over_both = head_rows_ == 2 && cell.row == 0 && !under_span_[cell.column];
      add(cell.row, cell.column, over_both ? 2 : 1, cell.span);
    }
    for (std::size_t i = 0; i < taken.size(); ++i)
      if (!taken[i]) add(i / columns, i % columns, 1, 1);
    std::sort(block.cells.begin(), block.cells.end(),
              [](const ocr::TableCell& a, const ocr::TableCell& b) {
                return std::pair(a.row, a.column) < std::pair(b.row, b.column);
              });
  }

  void set_lines(Block& block) {
    for (Placed& cell : placed_) {
      const int row = static_cast<int>(cell.row);
      if (block.lines.empty() || block.lines.back().row != row) {
        block.lines.emplace_back();
        block.lines.back().row = row;
      }
      Line& line = block.lines.back();
      for (Word& word : cell.words) {
        word.column = static_cast<int>(cell.column);
        line.words.push_back(std::move(word));
      }
    }
    for (Line& line : block.lines) line.box = ocr::box_of(line.words);
  }

  const std::vector<TextRow>& rows_;
  const FoundTable& found_;
  double height_;
  Box box_;
  std::vector<double> edges_;     // of the columns
  std::vector<bool> under_span_;  // columns that a head spans with others
  std::size_t head_rows_ = 0;
  std::vector<Placed> placed_;
};

// Blocks of the body one behind another, with tables taken out of them.
std::vector<Block> with_tables(std::vector<Block> body) {
  std::vector<Line> lines;
  for (const Block& block : body) lines.insert(lines.end(), block.lines.begin(), block.lines.end());
  const double height = line_height(lines);
  const std::vector<TextRow> rows = rows_of(lines, height);
  const std::vector<FoundTable> found = TableFinder(rows, height).find();
  if (found.empty()) return body;
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::size_t> table_of(lines.size(), kNone);
  for (std::size_t t = 0; t < found.size(); ++t)
    for (std::size_t r = found[t].first; r < found[t].end; ++r)
      for (const std::size_t line : rows[r].lines) table_of[line] = t;
  std::vector<Block> out;
  std::vector<bool> built(found.size());
  std::size_t at = 0;
  for (Block& block : body) {
    bool begins = true;  // a block with the next line that stays
    for (Line& line : block.lines) {
      const std::size_t t = table_of[at++];
      if (t == kNone) {
        if (begins) out.push_back({block.kind, {}, {}});
        out.back().lines.push_back(std::move(line));
        out.back().box = ocr::united(out.back().box, out.back().lines.back().box);
        begins = false;
      } else if (!built[t]) {
        out.push_back(TableBuilder(rows, found[t], height).build());
        built[t] = begins = true;
      }
    }
  }
  return out;
}

}  // namespace

void set_aligned_tables(ocr::Page& page) {
  std::vector<Block> out;
  for (std::size_t b = 0; b < page.blocks.size();) {
    if (page.blocks[b].kind != BlockKind::Body) {
      out.push_back(std::move(page.blocks[b++]));
      continue;
    }
    std::vector<Block> body;
    for (; b < page.blocks.size() && page.blocks[b].kind == BlockKind::Body; ++b)
      body.push_back(std::move(page.blocks[b]));
    body = with_tables(std::move(body));
    std::move(body.begin(), body.end(), std::back_inserter(out));
  }
  page.blocks = std::move(out);
}

}  // namespace vanban::extract
