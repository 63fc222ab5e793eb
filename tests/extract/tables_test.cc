#include "extract/tables.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::extract {
namespace {

using ocr::Block;
using ocr::BlockKind;
using ocr::Page;
using Rows = std::vector<std::vector<std::string>>;

// A page of 600 points, one unit a point.
Page page(int number) {
  Page out;
  out.number = number;
  out.width = out.width_pt = 600;
  out.height = out.height_pt = 800;
  return out;
}

// A table 500 wide with these column edges, rows 20 high; texts stand in the middle of their cells,
// or at the left. "<" continues the cell to the left, "^" the one above.
Block table(const Rows& rows, const std::vector<double>& edges = {50, 100, 300, 550},
            bool centred = true) {
  Block block{BlockKind::Table, {50, 100, 550, 100 + 20.0 * double(rows.size())}, {}, {}};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    ocr::Line line;
    line.row = int(r);
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (rows[r][c] == "<" || rows[r][c] == "^") continue;
      std::size_t right = c + 1, bottom = r + 1;
      while (right < rows[r].size() && rows[r][right] == "<") ++right;
      while (bottom < rows.size() && rows[bottom][c] == "^") ++bottom;
      const double x = edges[c], y = 100 + 20.0 * double(r);
      const double to = edges[right], foot = 100 + 20.0 * double(bottom);
      block.cells.push_back({int(r),
                             int(c),
                             int(bottom - r),
                             int(right - c),
                             {ocr::Point{x, y}, {to, y}, {to, foot}, {x, foot}}});
      if (rows[r][c].empty()) continue;
      const double middle = centred ? (x + to) / 2 : x + 7;
      line.words.push_back(
          {rows[r][c], rows[r][c], {middle - 5, y + 5, middle + 5, y + 15}, 0.9, int(c)});
    }
    if (!line.words.empty()) block.lines.push_back(line);
  }
  return block;
}

Block body() {
  return {BlockKind::Body, {50, 50, 550, 90}, {{{50, 50, 550, 90}, {{"Ghi", "Ghi", {}, 0.9}}}}};
}

ocr::Document document(std::vector<std::vector<Block>> pages) {
  ocr::Document out;
  for (std::vector<Block>& blocks : pages) {
    out.pages.push_back(page(int(out.pages.size()) + 1));
    out.pages.back().blocks = std::move(blocks);
  }
  return out;
}

Rows texts(const Table& table) {
  Rows out;
  for (const auto& row : table.rows) {
    out.emplace_back();
    for (const Cell& cell : row) out.back().push_back(cell.text);
  }
  return out;
}

std::size_t header_rows(const Table& table) {
  std::size_t count = 0;
  for (const auto& row : table.rows) count += !row.empty() && row.front().header ? 1 : 0;
  return count;
}

const std::vector<std::string> kHead{"TT", "Chỉ tiêu", "Giờ"};

TEST_CASE("a document without tables has none") {
  CHECK(collect_tables({}).empty());
  CHECK(collect_tables(document({{body()}})).empty());
}

TEST_CASE("a cell has its text, its place and how sure its reading is") {
  const auto tables = collect_tables(document({{table({kHead, {"1", "Lúa", ""}})}}));
  REQUIRE(tables.size() == 1);
  CHECK(texts(tables[0]) == Rows{kHead, {"1", "Lúa", ""}});
  CHECK(tables[0].pages == std::vector<int>{1});
  CHECK(tables[0].columns == 3);
  CHECK(tables[0].box == ocr::Box{50, 100, 550, 140});
  const Cell& cell = tables[0].rows[1][1];
  CHECK(cell.box == ocr::Box{100, 120, 300, 140});
  CHECK(cell.page == 1);
  CHECK(cell.confidence.value() == Approx(0.9));
  CHECK_FALSE(tables[0].rows[1][2].confidence.has_value());
}

TEST_CASE("header rows: what the first row spans, or down to the numbers of columns") {
  struct Example {
    Rows rows;
    std::size_t expected;
  };
  const auto example = GENERATE(values<Example>({
      {{kHead, {"1", "Lúa", "5"}}, 1},
      {{{"TT", "Thời hạn", "<"}, {"^", "Trước", "Sau"}, {"1", "5", "3"}}, 2},
      {{kHead, {"(1)", "(2)", "(3)"}, {"1", "Lúa", "5"}}, 2},
      {{{"1", "Lúa", "5"}, {"2", "Ngô", "7"}}, 0},  // it begins with a row of data
      {{{"", "", "Giờ"}, {"1", "Lúa", "5"}}, 0},    // hardly anything is written
      {{kHead}, 0},                                 // nothing below that it could name
      {{kHead, {"I", "Lúa", ""}, {"2025", "2026", "12"}}, 1},
  }));
  const auto tables = collect_tables(document({{table(example.rows)}}));
  REQUIRE(tables.size() == 1);
  CHECK(header_rows(tables[0]) == example.expected);
}

TEST_CASE("a first row at the left of its cells is no header") {
  const auto tables =
      collect_tables(document({{table({kHead, {"1", "Lúa", "5"}}, {50, 100, 300, 550}, false)}}));
  CHECK(header_rows(tables[0]) == 0);
}

TEST_CASE("words over each column of figures are heads, wherever they stand in their cells") {
  const auto count = [](const Rows& rows) {
    const auto tables = collect_tables(document({{table(rows, {50, 100, 300, 550}, false)}}));
    return header_rows(tables[0]);
  };
  CHECK(count({kHead, {"1", "Lúa", "5"}, {"2", "Ngô", "7"}}) == 1);
  CHECK(count({{"", "Lúa", ""}, {"1", "Ngô", "5"}, {"2", "Khoai", "7"}}) == 0);
  CHECK(count({kHead, {"a", "Lúa", "ít"}, {"b", "Ngô", "nhiều"}}) == 0);
}

TEST_CASE("a table goes on at the head of the next page, without its header again") {
  Block second = table({kHead, {"2", "Ngô", "7"}}, {60, 109, 306, 551});
  const auto tables =
      collect_tables(document({{body(), table({kHead, {"1", "Lúa", "5"}})}, {second, body()}}));
  REQUIRE(tables.size() == 1);
  CHECK(texts(tables[0]) == Rows{kHead, {"1", "Lúa", "5"}, {"2", "Ngô", "7"}});
  CHECK(tables[0].pages == std::vector<int>{1, 2});
  CHECK(tables[0].rows[2][0].page == 2);
  CHECK(header_rows(tables[0]) == 1);
}

TEST_CASE("without a header of its own the next part is data, however it looks") {
  const auto tables = collect_tables(document(
      {{table({kHead, {"1", "Lúa", "5"}})}, {table({{"a", "Ngô", "b"}, {"3", "x", "y"}})}}));
  REQUIRE(tables.size() == 1);
  CHECK(header_rows(tables[0]) == 1);
  CHECK(tables[0].rows.size() == 4);
}

TEST_CASE("a part that lacks a column's edge spans it") {
  const Block second = table({{"II", "Thủy sản"}, {"2", "Cá"}}, {50, 100, 550});
  const auto tables = collect_tables(document({{table({kHead, {"1", "Lúa", "5"}})}, {second}}));
  REQUIRE(tables.size() == 1);
  CHECK(tables[0].rows[2][1].column == 1);
  CHECK(tables[0].rows[2][1].column_span == 2);
}

TEST_CASE("tables that do not continue one another stay apart") {
  const Block first = table({kHead, {"1", "Lúa", "5"}});
  const auto pages = GENERATE_COPY(values<std::vector<std::vector<Block>>>({
      {{first, body()}, {first}},                                           // text below
      {{first}, {body(), first}},                                           // text above
      {{first}, {}, {first}},                                               // a page between
      {{first}, {table({kHead, {"2", "Ngô", "7"}}, {50, 200, 300, 550})}},  // other columns
      {{first, first}},                                                     // on one page
  }));
  CHECK(collect_tables(document(pages)).size() == 2);
}

TEST_CASE("in the grid the text of a cell stands in every place that it spans") {
  const std::vector<Table> tables = collect_tables(
      document({{table({{"TT", "Chung", "<"}, {"^", "Nam", "Nữ"}, {"1", "", "5"}})}}));
  REQUIRE(tables.size() == 1);
  CHECK(grid_of(tables[0]) == Rows{{"TT", "Chung", "Chung"}, {"TT", "Nam", "Nữ"}, {"1", "", "5"}});
}

}  // namespace
}  // namespace vanban::extract
