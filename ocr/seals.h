// Finds round seals by their shape, for scans on which no colour sets them apart from print.
#pragma once

#include <vector>

#include "ocr/document.h"
#include "ocr/image.h"

namespace vanban::ocr {

// A seal's outer ring, pixels of the image.
struct Seal {
  double x = 0, y = 0, radius = 0;
};

// Seals in a region of an ink mask (not 0: ink). A ring counts when at least 0.8 of it is inked:
// true seals reach 0.89 to 1, other circles on bilevel pages at most 0.75. State seals are 32 to 42
// mm wide.
std::vector<Seal> find_seals(const Image& ink, const Box& region);

// Share of a circle that is inked, [0, 1], a pixel's width to either side.
double inked_share(const Image& ink, const Seal& circle);

}  // namespace vanban::ocr
