// Rows of letters found one by one, for places where print is tilted, of mixed size and mingled
// with a seal and a signature, so that an engine's own line finding loses it.
#pragma once

#include <cstddef>
#include <vector>

#include "ocr/document/geometry.h"

namespace vanban::ocr {

// Rows of `fewest` letters and more that stand beside one another at a like height, each from left
// to right; the rows by their left ends. A row may rise, fall or bend a little.
std::vector<std::vector<Box>> chain_text_rows(std::vector<Box> ink, std::size_t fewest = 4);

// The boxes around such rows, top to bottom.
std::vector<Box> find_text_rows(const std::vector<Box>& ink);

// Whether the marks of one row are as even as print: three letters or more of like heights that
// stand on one line, which may rise or fall by a few degrees. Strokes of pens, specks and scraps of
// seals are not.
bool is_even_row(const std::vector<Box>& marks);

// Whether rows of letters run down the page instead of across: a page that lies on its side.
bool rows_run_down(const std::vector<Box>& ink);

}  // namespace vanban::ocr
