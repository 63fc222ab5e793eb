// Sizes of ink in pixels at a density. Print of 11 to 15 points has letters of 1.5 mm (x-height) to
// 5.2 mm (capital with hook and dot below).
#pragma once

#include <algorithm>
#include <cmath>

#include "ocr/clean/bits.h"

namespace vanban::ocr {

struct InkSizes {
  explicit InkSizes(double dpi) : pixels_per_mm(dpi / 25.4) {}

  double pixels_per_mm;
  int pixels(double mm) const {
    return std::max(1, static_cast<int>(std::lround(mm * pixels_per_mm)));
  }
  int letter_height_min() const { return pixels(0.76); }
  int letter_height_max() const { return pixels(6.4); }
  int letter_width_min() const { return pixels(0.25); }
  int letter_width_max() const { return pixels(22); }  // letters that touch, a whole short word
  int letter_area_min() const { return static_cast<int>(0.29 * pixels_per_mm * pixels_per_mm); }
  bool letter(int width, int height, int area) const {
    return height >= letter_height_min() && height <= letter_height_max() &&
           width >= letter_width_min() && width <= letter_width_max() && area >= letter_area_min();
  }
  bool letter(const Piece& piece) const {
    return letter(piece.rect.width, piece.rect.height, piece.area);
  }
  // Print of titles and covers, 18 to 60 points: some of its stems are as long as rules. As wide as
  // some letters that touch; parts of broken rules are thinner than an I, and their corners emptier
  // than an L.
  bool large_letter(const Piece& piece) const {
    constexpr double kWidestInHeights = 6, kThinnestInHeights = 0.1, kEmptiest = 0.15;
    const auto [left, top, width, height] = piece.rect;
    return height > letter_height_max() / 2 && height <= pixels(18) &&
           width < kWidestInHeights * height && width > kThinnestInHeights * height &&
           piece.area > kEmptiest * width * height;
  }
  int flourish_height_min() const { return pixels(11); }
  int blot_height_min() const { return pixels(18.6); }
  int seal_height_min() const { return pixels(22); }
  int speck_max() const { return pixels(0.76); }  // a dot of an i is as large
  int crumb_max() const { return pixels(0.25); }  // less than any dot or stroke of print
};

}  // namespace vanban::ocr
