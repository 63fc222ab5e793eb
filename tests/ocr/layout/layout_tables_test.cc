#include "ocr/layout/layout_tables.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <vector>

namespace vanban::ocr {
namespace {

// An A4 page at 200 dpi with letters of 20 pixels: the smallest table is 360 wide and 50 high.
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

// Middles of the grid's lines, as its cells' corners tell.
std::vector<double> row_edges(const TableGrid& table) {
  std::vector<double> edges(std::size_t(table.rows) + 1);
  for (const TableCell& cell : table.cells) {
    edges[std::size_t(cell.row)] = (cell.corners[0].y + cell.corners[1].y) / 2;
    edges[std::size_t(cell.row + cell.row_span)] = (cell.corners[2].y + cell.corners[3].y) / 2;
  }
  return edges;
}

std::vector<double> column_edges(const TableGrid& table) {
  std::vector<double> edges(std::size_t(table.columns) + 1);
  for (const TableCell& cell : table.cells) {
    edges[std::size_t(cell.column)] = (cell.corners[0].x + cell.corners[3].x) / 2;
    edges[std::size_t(cell.column + cell.column_span)] =
        (cell.corners[1].x + cell.corners[2].x) / 2;
  }
  return edges;
}

// Row, column, rows spanned, columns spanned.
using Place = std::array<int, 4>;

std::vector<Place> places(const TableGrid& table) {
  std::vector<Place> out;
  for (const TableCell& cell : table.cells)
    out.push_back({cell.row, cell.column, cell.row_span, cell.column_span});
  return out;
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
  check_edges(row_edges(tables[0]), {500, 560, 620, 680});
  check_edges(column_edges(tables[0]), {200, 300, 900, 1400});
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
  check_edges(row_edges(tables[0]), {500, 560, 620, 680});
  check_edges(column_edges(tables[0]), {200, 300, 900, 1400});
}

TEST_CASE("the pieces of a broken rule are one edge") {
  LayoutInput input = page();
  rule(input, {500, 680}, {200, 700, 1400});
  input.horizontal_rules.push_back(level(200, 480, 590));
  input.horizontal_rules.push_back(level(510, 900, 592));
  input.horizontal_rules.push_back(level(930, 1400, 589));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(row_edges(tables[0]), {500, 590, 680});
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
  check_edges(row_edges(tables[0]), {501, 591, 681});
  check_edges(column_edges(tables[0]), {200, 700, 1400});
}

TEST_CASE("a short rule divides only the cells it stands between; the others span it") {
  LayoutInput input = page();
  rule(input, {500, 560, 620}, {200, 300, 900, 1400});
  // Under one heading of the last column, over one row only.
  input.horizontal_rules.push_back(level(900, 1400, 530));
  input.vertical_rules.push_back(upright(1150, 530, 560));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(row_edges(tables[0]), {500, 530, 560, 620});
  check_edges(column_edges(tables[0]), {200, 300, 900, 1150, 1400});
  CHECK(places(tables[0]) == std::vector<Place>{{0, 0, 2, 1},
                                                {0, 1, 2, 1},
                                                {0, 2, 1, 2},
                                                {1, 2, 1, 1},
                                                {1, 3, 1, 1},
                                                {2, 0, 1, 1},
                                                {2, 1, 1, 1},
                                                {2, 2, 1, 2}});
}

TEST_CASE("a row that no upright rule crosses is one cell") {
  LayoutInput input = page();
  for (const double y : {500.0, 560.0, 620.0, 680.0})
    input.horizontal_rules.push_back(level(200, 1400, y));
  for (const double x : {200.0, 1400.0}) input.vertical_rules.push_back(upright(x, 500, 680));
  for (const double x : {300.0, 900.0}) {
    input.vertical_rules.push_back(upright(x, 500, 560));
    input.vertical_rules.push_back(upright(x, 620, 680));
  }
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  CHECK(places(tables[0]) == std::vector<Place>{{0, 0, 1, 1},
                                                {0, 1, 1, 1},
                                                {0, 2, 1, 1},
                                                {1, 0, 1, 3},
                                                {2, 0, 1, 1},
                                                {2, 1, 1, 1},
                                                {2, 2, 1, 1}});
}

TEST_CASE("what is left of a broken rule still divides, an underlined word does not") {
  LayoutInput input = page();
  for (const double y : {500.0, 680.0}) input.horizontal_rules.push_back(level(200, 1400, y));
  for (const double x : {200.0, 700.0, 1400.0})
    input.vertical_rules.push_back(upright(x, 500, 680));
  SECTION("broken") {
    input.horizontal_rules.push_back(level(200, 400, 590));
    input.horizontal_rules.push_back(level(420, 700, 590));
    input.horizontal_rules.push_back(level(700, 760, 590));
    input.horizontal_rules.push_back(level(1150, 1290, 590));
    const auto tables = find_tables(input);
    REQUIRE(tables.size() == 1);
    CHECK(tables[0].rows == 2);
    CHECK(tables[0].cells.size() == 4);
  }
  SECTION("underlined") {
    input.vertical_rules.push_back(upright(1000, 500, 680));
    input.horizontal_rules.push_back(level(300, 600, 590));
    const auto tables = find_tables(input);
    REQUIRE(tables.size() == 1);
    CHECK(tables[0].rows == 1);
    CHECK(tables[0].columns == 3);
  }
}

TEST_CASE("a scrap of a rule parts cells where the rule goes on above or below, not elsewhere") {
  LayoutInput input = page();
  for (const double y : {500.0, 560.0, 620.0, 680.0})
    input.horizontal_rules.push_back(level(200, 1400, y));
  for (const double x : {200.0, 1400.0}) input.vertical_rules.push_back(upright(x, 500, 680));
  input.vertical_rules.push_back(upright(700, 500, 620));
  const bool on_course = GENERATE(true, false);
  const double x = on_course ? 702 : 900;
  input.vertical_scraps.push_back(upright(x, 630, 652));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  CHECK(tables[0].columns == 2);
  CHECK(tables[0].cells.size() == (on_course ? 6 : 5));
}

TEST_CASE("a doubled rule is one edge") {
  LayoutInput input = page();
  rule(input, {500, 560, 620}, {200, 700, 1400});
  input.horizontal_rules.push_back(level(200, 1400, 492));
  input.horizontal_rules.push_back(level(200, 1400, 628));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(row_edges(tables[0]), {496, 560, 624});
}

// Rules in short pieces, as they are found on a scan that is bent by `bend`.
template <typename Bend>
void rule_bent(LayoutInput& input, const std::vector<double>& rows,
               const std::vector<double>& columns, Bend bend) {
  constexpr double kStep = 40;
  for (const double y : rows)
    for (double x = columns.front(); x < columns.back(); x += kStep) {
      const Point at = bend(Point{x, y});
      input.horizontal_pieces.push_back({at.x, at.y - 1, at.x + kStep, at.y + 2});
    }
  for (const double x : columns)
    for (double y = rows.front(); y < rows.back(); y += kStep) {
      const Point at = bend(Point{x, y});
      input.vertical_pieces.push_back({at.x - 1, at.y, at.x + 2, at.y + kStep});
    }
}

TEST_CASE("cells follow rules that lean and bow") {
  LayoutInput input = page();
  const auto bend = [](const Point& at) {
    // One degree up to the right, bowed by 25 pixels, sides that lean the other way.
    const double s = (at.x - 200) / 1200;
    return Point{at.x + 0.012 * (at.y - 500), at.y - 0.0175 * (at.x - 200) + 100 * s * (1 - s)};
  };
  std::vector<double> rows;
  for (double y = 500; y <= 1100; y += 60) rows.push_back(y);
  rule_bent(input, rows, {200, 300, 900, 1120, 1400}, bend);
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  REQUIRE(tables[0].rows == 10);
  REQUIRE(tables[0].columns == 4);
  REQUIRE(tables[0].cells.size() == 40);
  // A cell far to the right holds the middle of its bent place, and no other does.
  const Point middle = bend(Point{1260, 830});
  CHECK(std::count_if(tables[0].cells.begin(), tables[0].cells.end(), [&](const TableCell& cell) {
          return cell.contains(middle.x, middle.y);
        }) == 1);
  const TableCell& cell = cell_at(tables[0], middle.x, middle.y);
  CHECK(cell.row == 5);
  CHECK(cell.column == 3);
  CHECK(cell.corners[0].x == Approx(bend(Point{1120, 800}).x).margin(3));
  CHECK(cell.corners[0].y == Approx(bend(Point{1120, 800}).y).margin(3));
}

TEST_CASE("a table with no rule at its sides reaches to the ends of its level rules") {
  LayoutInput input = page();
  for (const double y : {500.0, 560.0, 620.0})
    input.horizontal_rules.push_back(level(200, 1400, y));
  for (const double x : {300.0, 900.0}) input.vertical_rules.push_back(upright(x, 500, 620));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(column_edges(tables[0]), {200, 300, 900, 1400});
  CHECK(tables[0].cells.size() == 6);
}

TEST_CASE("a table that runs over the page's end is open there") {
  LayoutInput input = page();
  for (const double y : {2000.0, 2060.0, 2120.0})
    input.horizontal_rules.push_back(level(200, 1400, y));
  for (const double x : {200.0, 300.0, 900.0, 1400.0})
    input.vertical_rules.push_back(upright(x, 2000, 2200));
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(row_edges(tables[0]), {2000, 2060, 2120, 2200});
}

TEST_CASE("a table of one row is one") {
  LayoutInput input = page();
  rule(input, {500, 560}, {200, 300, 900, 1400});
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  CHECK(places(tables[0]) == std::vector<Place>{{0, 0, 1, 1}, {0, 1, 1, 1}, {0, 2, 1, 1}});
}

TEST_CASE("a receipt stamp is no table, the same grid further down is") {
  const double top = GENERATE(300.0, 1200.0);
  LayoutInput input = page();
  rule(input, {top, top + 80, top + 160}, {300, 500, 720});
  CHECK(find_tables(input).size() == (top < 1000 ? 0 : 1));
}

TEST_CASE("boxes that lines join are no table") {
  LayoutInput input = page();
  for (const double x : {200.0, 700.0, 1200.0})
    for (const double y : {500.0, 900.0}) rule(input, {y, y + 150}, {x, x + 250});
  for (const double x : {450.0, 950.0}) {
    input.horizontal_rules.push_back(level(x, x + 250, 575));
    input.horizontal_rules.push_back(level(x, x + 250, 975));
  }
  input.vertical_rules.push_back(upright(825, 650, 900));
  CHECK(find_tables(input).empty());
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
  SECTION("lower than two and a half letters") { rule(input, {500, 540}, {200, 600, 1000, 1400}); }
  CHECK(find_tables(input).empty());
}

TEST_CASE("tables come from top to bottom") {
  LayoutInput input = page();
  rule(input, {1500, 1560, 1620}, {200, 800, 1400});
  rule(input, {500, 560, 620, 680}, {300, 500, 900, 1300});
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 2);
  check_edges(row_edges(tables[0]), {500, 560, 620, 680});
  check_edges(row_edges(tables[1]), {1500, 1560, 1620});
}

TEST_CASE("of a table and one drawn inside its cell the outer one counts") {
  LayoutInput input = page();
  rule(input, {500, 800, 1100}, {200, 800, 1400});
  rule(input, {550, 600, 700}, {850, 1000, 1300});
  const auto tables = find_tables(input);
  REQUIRE(tables.size() == 1);
  check_edges(row_edges(tables[0]), {500, 800, 1100});
}

}  // namespace
}  // namespace vanban::ocr
