// Draws over a page what was read from it, so that a person can see what the program saw: blocks in
// reading order, lines, table cells, doubtful and restored words, ink that no word covers, and a
// legend below. It shows where things are, not what they say.
#pragma once

#include "ocr/document/document.h"
#include "ocr/image.h"

namespace vanban::ocr {

// Words below this are doubtful: of those above, 96 to 99.5 % are right.
inline constexpr double kDoubtfulBelow = 0.9;

// BGR, as upright and straight as the page was read, at the density of the raster but 200 dpi at
// most. `raster` is the page as displayed, grey or BGR.
Image draw_page(const Page& page, const Image& raster);

}  // namespace vanban::ocr
