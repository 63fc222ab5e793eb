#include "ocr/layout/zones.h"

#include <algorithm>

namespace vanban::ocr {

const TableCell& cell_at(const TableGrid& grid, double x, double y) {
  const auto distance = [&](const TableCell& cell) {
    if (cell.contains(x, y)) return 0.0;
    const Box box = cell.box();
    return 1e-6 + std::max({0.0, box.left - x, x - box.right}) +
           std::max({0.0, box.top - y, y - box.bottom});
  };
  return *std::min_element(
      grid.cells.begin(), grid.cells.end(),
      [&](const TableCell& a, const TableCell& b) { return distance(a) < distance(b); });
}

}  // namespace vanban::ocr
