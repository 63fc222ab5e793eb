#include "ocr/layout_tables.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace vanban::ocr {
namespace {

// An A4 page at 200 dpi with letters of 20 pixels: the smallest table is 360 wide and 100 high.
LayoutInput page() { return {1654, 2339, 20, {}, {}, {}}; }

Box level(double left, double right, double y) { return {left, y - 1, right, y + 2}; }
Box upright(double x, double top, double bottom) { return {x - 1, top, x + 2, bottom}; }

// Rules at these places, each as long as the table.
void rule(LayoutInput& input, const std::vector<double>& rows, const std::vector<double>& columns) {
  for (const double y : rows)
    input.horizontal_rules.push_back(level(columns.front(), columns.back(), y));
  for (const double x : columns)
    input.vertical_rules.push_back(upright(x, rows.front(), rows.back()));
}

// Edges stand within two pixels of the rules.
void check_edges(const std::vector<double>& edges, const std::vector<double>& expected) {
  REQUIRE(edges.size() == expected.size());
  for (std::size_t i = 0; i < edges.size(); ++i) CHECK(edges[i] == Approx(expected[i]).margin(2));
}

TEST_CASE("a page without rules has no table") { CHECK(find_tables(page()).empty()); }

TEST_CASE("a ruled grid is a table with an edge for each rule") {
  LayoutInput input = page();
  rule(input, {500, 560, 620, 680}, {200, 300, 900, 1400});
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(tables[0].row_edges, {500, 560, 620, 680});
  check_edges(tables[0].column_edges, {200, 300, 900, 1400});
  CHECK(tables[0].box.left == Approx(200).margin(2));
  CHECK(tables[0].box.bottom == Approx(680).margin(2));
}

TEST_CASE("the order in which rules come does not matter") {
  LayoutInput input = page();
  rule(input, {500, 560, 620, 680}, {200, 300, 900, 1400});
  std::mt19937 random(7);
  std::shuffle(input.horizontal_rules.begin(), input.horizontal_rules.end(), random);
  std::shuffle(input.vertical_rules.begin(), input.vertical_rules.end(), random);
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(tables[0].row_edges, {500, 560, 620, 680});
  check_edges(tables[0].column_edges, {200, 300, 900, 1400});
}

TEST_CASE("the pieces of a broken rule are one edge") {
  LayoutInput input = page();
  rule(input, {500, 680}, {200, 700, 1400});
  input.horizontal_rules.push_back(level(200, 480, 590));
  input.horizontal_rules.push_back(level(510, 900, 592));
  input.horizontal_rules.push_back(level(930, 1400, 589));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(tables[0].row_edges, {500, 590, 680});
}

TEST_CASE("rules that lean a little still make one grid") {
  LayoutInput input = page();
  // 0.2 degrees over 1200 pixels: 4 pixels higher at the right, in two pieces each.
  for (const double y : {500.0, 590.0, 680.0}) {
    input.horizontal_rules.push_back({200, y, 800, y + 5});
    input.horizontal_rules.push_back({800, y - 3, 1400, y + 2});
  }
  for (const double x : {200.0, 700.0, 1400.0})
    input.vertical_rules.push_back({x - 3, 500, x + 3, 680});
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(tables[0].row_edges, {501, 591, 681});
  check_edges(tables[0].column_edges, {200, 700, 1400});
}

TEST_CASE("a short rule divides merged cells and is no edge of the table") {
  LayoutInput input = page();
  rule(input, {500, 560, 620, 680, 740}, {200, 300, 900, 1400});
  // Under one heading of the last column, over one row only.
  input.horizontal_rules.push_back(level(900, 1400, 530));
  input.vertical_rules.push_back(upright(1150, 530, 560));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(tables[0].row_edges, {500, 560, 620, 680, 740});
  check_edges(tables[0].column_edges, {200, 300, 900, 1400});
}

TEST_CASE("a table ends where its rules end, with no right border drawn") {
  LayoutInput input = page();
  for (const double y : {500.0, 560.0, 620.0})
    input.horizontal_rules.push_back(level(200, 1400, y));
  for (const double x : {200.0, 300.0, 900.0}) input.vertical_rules.push_back(upright(x, 500, 620));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  // Three upright rules are enough to know it for a table; its box reaches to the rules' end.
  check_edges(tables[0].column_edges, {200, 300, 900});
  CHECK(tables[0].box.right == Approx(1400).margin(2));
}

TEST_CASE("what has too few edges is no table") {
  LayoutInput input = page();
  SECTION("a frame around a text") { rule(input, {500, 800}, {200, 1400}); }
  SECTION("lines to write on") {
    for (const double y : {500.0, 560.0, 620.0})
      input.horizontal_rules.push_back(level(200, 1400, y));
  }
  SECTION("strokes with only one level rule") {
    input.horizontal_rules.push_back(level(200, 1400, 500));
    for (const double x : {200.0, 700.0, 1400.0})
      input.vertical_rules.push_back(upright(x, 500, 700));
  }
  CHECK(find_tables(input).empty());
}

TEST_CASE("boxes too small for rows of text are no tables") {
  LayoutInput input = page();
  SECTION("narrower than eighteen letters") { rule(input, {500, 560, 650}, {200, 350, 540}); }
  SECTION("lower than five letters") { rule(input, {500, 540, 580}, {200, 600, 1400}); }
  CHECK(find_tables(input).empty());
}

TEST_CASE("tables come from top to bottom") {
  LayoutInput input = page();
  rule(input, {1500, 1560, 1620}, {200, 800, 1400});
  rule(input, {500, 560, 620, 680}, {300, 500, 900, 1300});
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 2);
  check_edges(tables[0].row_edges, {500, 560, 620, 680});
  check_edges(tables[1].row_edges, {1500, 1560, 1620});
}

TEST_CASE("of a table and one drawn inside its cell the outer one counts") {
  LayoutInput input = page();
  rule(input, {500, 800, 1100}, {200, 800, 1400});
  rule(input, {550, 600, 700}, {850, 1000, 1300});
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(tables[0].row_edges, {500, 800, 1100});
}

}  // namespace
}  // namespace vanban::ocr
