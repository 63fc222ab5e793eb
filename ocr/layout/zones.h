// The parts of a page by their places alone: what the finding of them starts from, and what it
// gives.
#pragma once

#include <vector>

#include "ocr/document/document.h"

namespace vanban::ocr {

struct LayoutInput {
  double width = 0, height = 0;  // of the page, in page units
  double text_height = 0;        // of a lower-case line's letters, in page units
  std::vector<Box> ink;          // letters or words; rules and blots left out
  std::vector<Box> horizontal_rules, vertical_rules;
  // The rules in short pieces, by which leaning ones are followed; none: the rules are straight.
  std::vector<Box> horizontal_pieces{}, vertical_pieces{};
  // Short strokes that stand alone, left of a rule perhaps.
  std::vector<Box> horizontal_scraps{}, vertical_scraps{};
};

struct TableGrid {
  Box box;
  int rows = 0, columns = 0;
  std::vector<TableCell> cells;  // row by row; together they fill the grid
};

// The cell that holds a place, or the nearest; the grid has cells.
const TableCell& cell_at(const TableGrid& grid, double x, double y);

struct Zone {
  BlockKind kind = BlockKind::Body;
  Box box;
  TableGrid grid;        // of a table
  std::vector<Box> ink;  // letters or words in it
};

}  // namespace vanban::ocr
