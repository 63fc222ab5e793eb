// How a photographed page leans and bends, told by its rows of letters: where the camera stood
// aside they run together, where the paper rises at a binding they curve. The rows give the shape
// along and across, margins and edges of the paper the direction down the page.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "ocr/document/geometry.h"

namespace vanban::ocr {

// The line x = at + slope * y in the image, which runs straight down the flat page.
struct SideLine {
  double at = 0, slope = 0;
};

// Lengths are in `unit` pixels from (center_x, center_y), the middle of the text. A row at level v
// crosses the middle there and is y = v + rise(x, v) elsewhere; what stands at u in the middle row
// is x = u + y * (lean + spread * u) elsewhere.
struct PageBend {
  double center_x = 0, center_y = 0, unit = 1;
  double letter_height = 0;                           // pixels
  double left = -1, right = 1, top = -1, bottom = 1;  // of the text
  // Of x^m v^n for m from 1 to 4, each with n = 0 and 1. A plane seen by a camera has m = 1 alone.
  std::array<double, 8> rise{};
  double lean = 0, spread = 0;
  // How far the rise leads letters from straight and parallel rows, letter heights, and how many
  // times better they stand on their rows with it than without.
  double stray = 0, gain = 1;

  // The flat page's level of a point of the image.
  double level_at(double x, double y) const;
  // The image's point of a point of the flat page.
  Point image_point(double u, double v) const;
};

// From rows of letters in an image, each left to right. nullopt where they are too few to tell or
// do not follow one shape.
std::optional<PageBend> fit_rows(const std::vector<std::vector<Box>>& rows);

// The margins that many rows of letters end at, in the bend's lengths.
std::vector<SideLine> find_margins(const std::vector<std::vector<Box>>& rows, const PageBend& bend);

// Sets the direction down the page; without lines it stays square to the rows.
void fit_sides(PageBend& bend, const std::vector<SideLine>& lines);

// How far the sides of the text stray from square to its middle row, letter heights.
double sides_stray(const PageBend& bend);

}  // namespace vanban::ocr
