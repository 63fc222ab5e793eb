// Geometry of a flat scan: quarter turns, the lean of the text, the density.
#pragma once

#include <optional>

#include "ocr/clean/bits.h"
#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

struct Straightened {
  Image image;
  Affine to_before;  // pixels of `image` to pixels before
};

// A clockwise turn of 0, 90, 180 or 270 degrees.
Straightened turned(Image image, int degrees);

// Clockwise lean of the text in degrees, -45 to 45, within 0.03 or, of a sheet that lies askew,
// 0.2; 0 where there is too little to tell.
double find_skew(const Bits& ink);

// A sheet that leans by more than this lies askew: feeders do not turn as far.
inline constexpr double kAskewDegrees = 7;

// The print of a sheet that lies askew and a margin around it, as they lie once they are turned by
// -skew_degrees about the middle of the picture; pixels of `ink`.
Box turned_print(const Bits& ink, double skew_degrees);

// Turns by -skew_degrees about the middle and scales, in one cubic interpolation. `frame`: what of
// the turned picture is kept, pixels before scaling; none: as much as there was. What comes into
// view is like the picture's edge, in a frame like its paper.
Straightened straightened(Image grey, double skew_degrees, double scale,
                          const std::optional<Box>& frame = {});

// Part of another image of the same scan as it looks after such steps: `box` in pixels after them,
// whole numbers, `to_scan` from these back to the scan's.
Image part_after(const Image& scan, const Affine& to_scan, const Box& box);

}  // namespace vanban::ocr
