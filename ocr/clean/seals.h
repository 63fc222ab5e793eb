// Finds round seals by their shape: rings of ink, whatever its colour.
#pragma once

#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"

namespace vanban::ocr {

// Of a seal its outer ring. Pixels of the image.
struct Circle {
  double x = 0, y = 0, radius = 0;
};

// The square around a circle.
Box box_of(const Circle& circle);

struct FoundSeal {
  Circle circle;
  SealColour colour = SealColour::Black;
  double covers = 0;  // share of its disc that is inked, [0, 1]
};

// Of black ink, true seals have 0.89 to 1 of their ring inked, other circles at most 0.75.
inline constexpr double kBlackRingShareMin = 0.8;

// Circles of 24 to 44 mm in a region of an ink mask (not 0: ink), at least `ring_share_min` of
// which is inked. State seals are 32 to 42 mm wide.
std::vector<Circle> find_seals(const Image& ink, const Box& region,
                               double ring_share_min = kBlackRingShareMin);

// Share of a circle's disc that is inked, [0, 1].
double inked_disc_share(const Image& ink, const Circle& circle);

// Share of a circle that is inked, [0, 1], a pixel's width to either side.
double inked_share(const Image& ink, const Circle& circle);

}  // namespace vanban::ocr
