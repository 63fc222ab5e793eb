// Ruled tables from the pieces of their ruling lines. Used by find_zones.
//
// The pieces are chained into grid lines, which may lean, bow, break, or be drawn twice. Where two
// grid lines cross is a corner; between neighbouring corners a side is drawn or is not, and cells
// are what drawn sides part. So a cell may span rows and columns, and no line need be straight.
#pragma once

#include <vector>

#include "ocr/layout/zones.h"

namespace vanban::ocr {

// Tables from top to bottom, of at least two columns and three cells. Sides that rules run up to
// without an edge drawn there are open and count as drawn. Frames, stamps and drawings are none. Of
// tables side by side or one in another only that which begins higher is found.
std::vector<TableGrid> find_tables(const LayoutInput& input);

}  // namespace vanban::ocr
