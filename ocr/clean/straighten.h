// Geometry of a flat scan: quarter turns, the lean of the text, the density.
#pragma once

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

// Clockwise lean of the text in degrees, within 0.03; 0 where there is too little to tell.
double find_skew(const Bits& ink);

// Turns by -skew_degrees about the middle and scales, in one cubic interpolation.
Straightened straightened(Image grey, double skew_degrees, double scale);

// Part of another image of the same scan as it looks after such steps: `box` in pixels after them,
// whole numbers, `to_scan` from these back to the scan's.
Image part_after(const Image& scan, const Affine& to_scan, const Box& box);

}  // namespace vanban::ocr
