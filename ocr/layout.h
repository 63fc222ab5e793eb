// Finds the parts of an administrative page from the boxes of its ink, before anything is read:
// two header columns (agency and number; motto, place and date), the body, ruled tables, and at the
// end the recipients beside the signature. Works alike on ink components of a scan and on word
// boxes of a text layer. It knows shapes only; what stands in a part is for others to say.
#pragma once

#include <vector>

#include "ocr/document.h"

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

// Zones in reading order; they do not overlap and together cover all ink. A page in which nothing
// is found is one body zone. A page without ink has none.
std::vector<Zone> find_zones(const LayoutInput& input);

// Puts words into the zones by their middle, and into lines by their height on the page; in a table
// into one line a row, each word knowing its column.
std::vector<Block> blocks_from_words(const std::vector<Zone>& zones, std::vector<Word> words);

// Adds words to the line of `blocks` that they stand on; where there is none, as lines of the block
// around them; outside all blocks, each line as a body of its own before the first block that
// stands lower, header columns aside.
void insert_words(std::vector<Block>& blocks, std::vector<Word> words);

}  // namespace vanban::ocr
