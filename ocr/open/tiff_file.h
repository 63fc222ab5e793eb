// What the TIFFs of scanners and faxes have that Leptonica does not read: densities that differ
// along and across, pixels in tiles, colours in planes of their own. Inside of image_reader.h.
#pragma once

#include <optional>
#include <string_view>

#include "ocr/image.h"

namespace vanban::ocr {

struct TiffLayout {
  double x_dpi = 0, y_dpi = 0;  // as stated, in dots per inch; 0 where not
  bool in_tiles_or_planes = false;
};

// Of the page `index`, from 0. nullopt where its directory cannot be read.
std::optional<TiffLayout> tiff_layout(std::string_view bytes, int index);

// The pixels as they lie in the file, its first row at the top: grey, or BGR where they have
// colours; what is transparent on white. nullopt where they cannot be read whole.
std::optional<Image> read_tiff_pixels(std::string_view bytes, int index);

}  // namespace vanban::ocr
