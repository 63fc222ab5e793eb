// Ruled tables from their ruling lines. Used by find_zones.
#pragma once

#include <vector>

#include "ocr/layout.h"

namespace vanban::ocr {

// Tables from top to bottom that have at least two rows' edges and three columns' edges ruled over
// most of their size. Tables side by side, or open at both sides, are not found.
std::vector<TableGrid> find_tables(const LayoutInput& input);

}  // namespace vanban::ocr
