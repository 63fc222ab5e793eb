#include "extract/tables.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <string_view>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

using ocr::Block;
using ocr::BlockKind;
using ocr::Page;

// Part of a table, all of it on one page.
struct Part {
  Table table;
  std::vector<double> edges;  // of its columns, from 0 to 1
  bool first_on_page = false, last_on_page = false;
};

std::vector<ocr::Word> words_of(const Block& block, const ocr::TableCell& cell) {
  std::vector<ocr::Word> words;
  for (const ocr::Line& line : block.lines)
    if (line.row == cell.row)
      std::copy_if(line.words.begin(), line.words.end(), std::back_inserter(words),
                   [&](const ocr::Word& word) { return word.column == cell.column; });
  return words;
}

std::string joined(const std::vector<ocr::Word>& words) {
  std::string out;
  for (const ocr::Word& word : words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

// ---- header rows

// Whether a text stands in the middle of its cell, or fills it.
bool is_centred(const ocr::Box& text, const ocr::Box& cell) {
  constexpr double kOffCentre = 0.15;  // of the cell's width
  return std::abs(text.center_x() - cell.center_x()) < kOffCentre * cell.width();
}

bool begins_with_digit(std::string_view text) {
  const std::string_view bare = diacritics::trim_punctuation(text);
  return !bare.empty() && std::isdigit(static_cast<unsigned char>(bare.front())) != 0;
}

// "(1) (2) (3)", "A B 1 2 3", "(5)=(4)/(3)".
bool numbers_columns(const std::vector<Cell>& row) {
  constexpr int kLongest = 12;
  constexpr std::size_t kFewest = 3;
  std::set<int> numbers;
  std::size_t written = 0;
  for (const Cell& cell : row) {
    if (cell.text.empty()) continue;
    ++written;
    const std::string_view bare = diacritics::trim_punctuation(cell.text);
    const bool letter =
        bare.size() == 1 && std::isupper(static_cast<unsigned char>(bare.front())) != 0;
    if (letter) continue;
    if (cell.text.size() > kLongest || !begins_with_digit(cell.text) ||
        diacritics::count_letters(cell.text).all > 0)
      return false;
    numbers.insert(std::atoi(bare.data()));
  }
  // Different ones, from 1 or so on, with hardly a gap.
  return written >= kFewest && numbers.size() + 2 >= written && numbers.size() >= 2 &&
         *numbers.rbegin() <= static_cast<int>(written) + 1 && *numbers.begin() <= 3;
}

bool is_figure(std::string_view text) {
  return begins_with_digit(text) && diacritics::count_letters(text).all == 0;
}

// Whether the first row has words over each column of figures.
bool names_figures(const std::vector<std::vector<Cell>>& rows, int columns) {
  std::vector<std::size_t> figures(static_cast<std::size_t>(columns)), others = figures;
  std::vector<bool> named(figures.size());
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (const Cell& cell : rows[r]) {
      const auto column = static_cast<std::size_t>(cell.column);
      if (r == 0)
        std::fill_n(named.begin() + cell.column, cell.column_span,
                    diacritics::count_letters(cell.text).all >= 2);
      else if (!cell.text.empty())
        ++(is_figure(cell.text) ? figures : others)[column];
    }
  std::size_t of_figures = 0;
  for (std::size_t c = 0; c < figures.size(); ++c) {
    if (figures[c] < 2 || figures[c] < 2 * others[c]) continue;
    if (!named[c]) return false;
    ++of_figures;
  }
  return of_figures > 0;
}

// `likely`: by the texts of the first row, where nothing numbers the columns.
std::size_t count_header_rows(const std::vector<std::vector<Cell>>& rows, bool likely) {
  constexpr std::size_t kDeepest = 4;
  for (std::size_t r = 0; r < std::min(kDeepest, rows.size()); ++r)
    if (numbers_columns(rows[r])) return r + 1;
  if (!likely || rows.empty()) return 0;
  std::size_t written = 0;
  int depth = 1;
  for (const Cell& cell : rows[0]) {
    if (begins_with_digit(cell.text)) return 0;
    written += cell.text.empty() ? 0 : 1;
    depth = std::max(depth, cell.row_span);
  }
  const bool rows_below = rows.size() > static_cast<std::size_t>(depth);
  return written >= 2 && 2 * written > rows[0].size() && rows_below
             ? static_cast<std::size_t>(depth)
             : 0;
}

void mark_header(std::vector<std::vector<Cell>>& rows, std::size_t count) {
  for (std::size_t r = 0; r < count; ++r)
    for (Cell& cell : rows[r]) cell.header = true;
}

// ---- parts

std::vector<double> column_edges(const Block& block, int columns) {
  std::vector<double> sums(static_cast<std::size_t>(columns) + 1), counts(sums.size());
  const auto add = [&](int edge, double x) {
    sums[static_cast<std::size_t>(edge)] += x;
    ++counts[static_cast<std::size_t>(edge)];
  };
  for (const ocr::TableCell& cell : block.cells) {
    add(cell.column, (cell.corners[0].x + cell.corners[3].x) / 2);
    add(cell.column + cell.column_span, (cell.corners[1].x + cell.corners[2].x) / 2);
  }
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] /= std::max(1.0, counts[i]);
  const double left = sums.front(), width = sums.back() - left;
  for (double& edge : sums) edge = (edge - left) / width;
  return sums;
}

Part part_of(const Page& page, const Block& block) {
  Part part;
  Table& table = part.table;
  table.pages = {page.number};
  int rows = 0;
  std::size_t written = 0, centred = 0;
  for (const ocr::TableCell& cell : block.cells) {
    rows = std::max(rows, cell.row + cell.row_span);
    table.columns = std::max(table.columns, cell.column + cell.column_span);
  }
  table.rows.resize(static_cast<std::size_t>(rows));
  ocr::Box around;
  for (const ocr::TableCell& cell : block.cells) {
    const std::vector<ocr::Word> words = words_of(block, cell);
    const ocr::Box box = cell.box();
    around = ocr::united(around, box);
    Cell out;
    out.text = joined(words);
    out.page = page.number;
    out.route = page.route;
    out.box = page.to_displayed.apply(box);
    out.column = cell.column;
    out.row_span = cell.row_span;
    out.column_span = cell.column_span;
    if (!words.empty()) out.confidence = ocr::mean_confidence(words);
    out.restored = std::any_of(words.begin(), words.end(),
                               [](const ocr::Word& word) { return word.restored; });
    if (cell.row == 0 && !words.empty()) {
      ++written;
      centred += is_centred(ocr::box_of(words), box) ? 1 : 0;
    }
    table.rows[static_cast<std::size_t>(cell.row)].push_back(std::move(out));
  }
  table.box = page.to_displayed.apply(around);
  part.edges = column_edges(block, table.columns);
  constexpr double kMostlyCentred = 0.7;
  const bool likely =
      static_cast<double>(centred) >= kMostlyCentred * static_cast<double>(written) ||
      names_figures(table.rows, table.columns);
  mark_header(table.rows, count_header_rows(table.rows, likely));
  return part;
}

std::vector<Part> parts_of(const Page& page) {
  std::vector<const Block*> written;
  for (const Block& block : page.blocks)
    if (block.kind != BlockKind::PageNumber) written.push_back(&block);
  std::vector<Part> parts;
  for (const Block* block : written) {
    if (block->kind != BlockKind::Table || block->cells.empty()) continue;
    parts.push_back(part_of(page, *block));
    parts.back().first_on_page = block == written.front();
    parts.back().last_on_page = block == written.back();
  }
  return parts;
}

// ---- continuing

// For each edge of `part` the edge of `whole` that stands there; empty where one is missing.
std::vector<int> matched_edges(const Part& part, const Part& whole) {
  constexpr double kOff = 0.02;  // of the width: 3 mm, as far as two scans of one grid may differ
  std::vector<int> out;
  for (const double edge : part.edges) {
    const auto match = std::find_if(whole.edges.begin(), whole.edges.end(),
                                    [&](double other) { return std::abs(edge - other) < kOff; });
    if (match == whole.edges.end()) return {};
    out.push_back(static_cast<int>(match - whole.edges.begin()));
  }
  return out;
}

// How many of the first rows repeat the header of `whole`; a word misread here or there must not
// make a difference, so that half of a row's cells will do.
std::size_t repeated_header(const Part& part, const Part& whole) {
  std::size_t count = 0;
  for (; count < std::min(part.table.rows.size(), whole.table.rows.size()); ++count) {
    const std::vector<Cell>&here = part.table.rows[count], &there = whole.table.rows[count];
    if (there.empty() || !there.front().header || here.size() != there.size()) break;
    std::size_t same = 0;
    for (std::size_t i = 0; i < here.size(); ++i)
      same += diacritics::fold(here[i].text) == diacritics::fold(there[i].text) ? 1 : 0;
    if (2 * same <= here.size()) break;
  }
  return count;
}

// Whether `part` continues `whole`; if so it is added.
bool continued(Part& whole, Part& part) {
  if (!whole.last_on_page || !part.first_on_page ||
      part.table.pages.front() != whole.table.pages.back() + 1)
    return false;
  const std::vector<int> edges = matched_edges(part, whole);
  if (edges.empty() || std::adjacent_find(edges.begin(), edges.end()) != edges.end()) return false;
  const std::size_t repeated = repeated_header(part, whole);
  whole.table.pages.push_back(part.table.pages.front());
  for (std::size_t r = repeated; r < part.table.rows.size(); ++r) {
    for (Cell& cell : part.table.rows[r]) {
      const auto first = static_cast<std::size_t>(cell.column);
      const auto last = first + static_cast<std::size_t>(cell.column_span);
      cell.column = edges[first];
      cell.column_span = edges[last] - edges[first];
      cell.header = false;
    }
    whole.table.rows.push_back(std::move(part.table.rows[r]));
  }
  whole.last_on_page = part.last_on_page;
  return true;
}

}  // namespace

std::vector<Table> collect_tables(const ocr::Document& document) {
  std::vector<Part> wholes;
  for (const Page& page : document.pages)
    for (Part& part : parts_of(page))
      if (wholes.empty() || !continued(wholes.back(), part)) wholes.push_back(std::move(part));
  std::vector<Table> tables;
  for (Part& whole : wholes) tables.push_back(std::move(whole.table));
  return tables;
}

std::vector<std::vector<std::string>> grid_of(const Table& table) {
  const std::size_t height = table.rows.size(), width = static_cast<std::size_t>(table.columns);
  std::vector<std::vector<std::string>> grid(height, std::vector<std::string>(width));
  for (std::size_t r = 0; r < height; ++r)
    for (const Cell& cell : table.rows[r]) {
      const auto column = static_cast<std::size_t>(cell.column);
      const std::size_t bottom = std::min(r + static_cast<std::size_t>(cell.row_span), height);
      const std::size_t right =
          std::min(column + static_cast<std::size_t>(cell.column_span), width);
      for (std::size_t y = r; y < bottom; ++y)
        for (std::size_t x = column; x < right; ++x) grid[y][x] = cell.text;
    }
  return grid;
}

}  // namespace vanban::extract
