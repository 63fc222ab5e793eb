// Reads digits that a pen wrote between printed words: the number and the day of a document.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/document.h"
#include "ocr/image.h"

namespace vanban::ocr {

// Where a strip of a line is looked at, and how large its print is. Pixels of the page's image.
struct StripPlace {
  double left = 0;
  double baseline = 0;
  double capital_height = 0;
};

// How a page's image lies in the raster that it was made from.
struct RasterMap {
  PageMap to_displayed;         // pixels of the page's image to points
  double pixels_per_point = 1;  // of the raster
};

// A box of the page cut out of its raster, straight and at the raster's own density; colours stay.
Image crop(const Image& raster, const RasterMap& map, const Box& box);

// A convolutional network over strips with a sequence loss (CTC: Graves et al., 2006), so that
// digits need not be parted; trained by tools/train_digits. One for each thread.
class DigitReader {
 public:
  DigitReader();
  ~DigitReader();

  // The likeliest readings of a strip with the shares that they have among all, [0, 1], best first.
  // The print before and after the digits is part of the strip and not of the reading. `allowed`:
  // what may be written there, in all the ways in which it may be written; any digits where empty.
  // `raster` is looked at and not the page's image, whose ink was treated; grey or colour.
  std::vector<Alternative> read(const Image& raster, const RasterMap& map, const StripPlace& place,
                                const std::vector<std::string>& allowed = {}) const;

  // What `read` looks at, ink black, one view below another.
  static Image views(const Image& raster, const RasterMap& map, const StripPlace& place);

 private:
  struct Network;
  std::unique_ptr<Network> network_;
};

}  // namespace vanban::ocr
