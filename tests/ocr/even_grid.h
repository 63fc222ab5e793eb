// Grids of straight rules without merged cells, for tests.
#pragma once

#include <vector>

#include "ocr/layout/zones.h"

namespace vanban::ocr {

inline TableGrid even_grid(const std::vector<double>& rows, const std::vector<double>& columns) {
  TableGrid grid{{columns.front(), rows.front(), columns.back(), rows.back()},
                 static_cast<int>(rows.size()) - 1,
                 static_cast<int>(columns.size()) - 1,
                 {}};
  for (int r = 0; r < grid.rows; ++r)
    for (int c = 0; c < grid.columns; ++c) {
      const auto row = static_cast<std::size_t>(r), column = static_cast<std::size_t>(c);
      grid.cells.push_back(
          {r,
           c,
           1,
           1,
           {Point{columns[column], rows[row]}, Point{columns[column + 1], rows[row]},
            Point{columns[column + 1], rows[row + 1]}, Point{columns[column], rows[row + 1]}}});
    }
  return grid;
}

}  // namespace vanban::ocr
