// Two sheets side by side on one picture: a book laid open, two pages on a scan of double width.
#pragma once

#include <optional>
#include <vector>

#include "ocr/layout/zones.h"

namespace vanban::ocr {

// Where the fold of a picture of two sheets stands, in page units from the left; none for a single
// sheet: one that is upright, or whose rows, or a table's rules, cross the middle.
std::optional<double> find_fold(const LayoutInput& input);

// The zones of a picture: where it is of two sheets, all of the left one's before the right one's.
std::vector<Zone> find_zones_of_sheets(const LayoutInput& input);

}  // namespace vanban::ocr
