// Reads digits that a pen wrote between printed words: the number and the day of a document.
#pragma once

#include <string>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/strips/strip_network.h"
#include "ocr/strips/strips.h"

namespace vanban::ocr {

// A convolutional network over strips with a sequence loss (CTC: Graves et al., 2006), so that
// digits need not be parted; trained by tools/train_digits. One for each thread.
class DigitReader {
 public:
  DigitReader();

  // The likeliest readings of a strip with the shares that they have among all, [0, 1], best first.
  // The print before and after the digits is part of the strip and not of the reading. `allowed`:
  // what may be written there, in all the ways in which it may be written; any digits where empty.
  // `raster` is looked at and not the page's image, whose ink was treated; grey or colour.
  std::vector<Alternative> read(const Image& raster, const RasterMap& map, const StripPlace& place,
                                const std::vector<std::string>& allowed = {}) const;

  // What `read` looks at, ink black, one view below another.
  static Image views(const Image& raster, const RasterMap& map, const StripPlace& place);

 private:
  StripNetwork network_;
};

}  // namespace vanban::ocr
