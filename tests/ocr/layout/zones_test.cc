#include "ocr/layout/zones.h"

#include <catch2/catch.hpp>

#include "tests/ocr/even_grid.h"

namespace vanban::ocr {
namespace {

TEST_CASE("a place in a grid belongs to the cell around it, one beside it to the nearest") {
  const TableGrid grid = even_grid({0, 10, 20}, {0, 100, 200});
  const auto [x, y, row, column] = GENERATE(table<double, double, int, int>({
      {50, 5, 0, 0},
      {150, 5, 0, 1},
      {50, 15, 1, 0},
      {250, 15, 1, 1},
      {150, -5, 0, 1},
      {-30, 40, 1, 0},
  }));
  CAPTURE(x, y);
  const TableCell& cell = cell_at(grid, x, y);
  CHECK(cell.row == row);
  CHECK(cell.column == column);
}

}  // namespace
}  // namespace vanban::ocr
