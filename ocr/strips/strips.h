// Strips of a page, cut from its raster for a network that reads them: straight, and scaled so that
// capitals have one height and stand on one row.
#pragma once

#include <span>
#include <vector>

#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

// Where a strip of a line is looked at, and how large its print is. Pixels of the page's image.
struct StripPlace {
  double left = 0;
  double baseline = 0;  // of a tilted line at the strip's middle
  double capital_height = 0;
  double tilt_degrees = 0;  // by which the line rises to the right
};

// The height of a page's capitals, as the boxes of all its marks let expect it.
double likely_capitals(const std::vector<Box>& ink);

// How a page's image lies in the raster that it was made from.
struct RasterMap {
  PageMap to_displayed;         // pixels of the page's image to points
  double pixels_per_point = 1;  // of the raster
};

// What a reader was trained on; pixels of the strip.
struct StripShape {
  int height = 0, width = 0;
  double capitals = 0;  // height
  double baseline = 0;  // row
};

// A way of looking at a strip: what several agree on is there, what one alone sees is not.
struct StripView {
  double right = 0, down = 0;  // pixels of the strip
  double scale = 1;
  double contrast = 1;
};

// Ink from 0 to 1, row by row.
struct Strip {
  int height = 0, width = 0;
  std::vector<float> ink;
};

// Which inks are dark in a grey picture of a raster. Of a grey raster all are.
enum class DarkInk {
  NotRed,  // pens and print, not seals
  Black,   // print alone, also under a seal
  Any,
};
Image grey_of(const Image& raster, DarkInk ink);

// `grey`: one channel, as large as the raster.
Strip cut_strip(const Image& grey, const RasterMap& map, const StripPlace& place,
                const StripShape& shape, const StripView& view);

// The same place in each of the views.
std::vector<Strip> cut_strips(const Image& grey, const RasterMap& map, const StripPlace& place,
                              const StripShape& shape, std::span<const StripView> views);

// Strips one below another, ink black.
Image picture_of(const std::vector<Strip>& strips);

// A box of the page cut out of its raster, straight and at the raster's own density; colours stay.
Image crop(const Image& raster, const RasterMap& map, const Box& box);

}  // namespace vanban::ocr
