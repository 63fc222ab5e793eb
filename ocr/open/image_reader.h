// Pages of TIFF, PNG and JPEG. Inside of open_source.h.
#pragma once

#include <memory>
#include <string>

#include "ocr/open/page_reader.h"
#include "ocr/open/source.h"

namespace vanban::ocr {

// Fills in the pages and warnings of a TIFF, PNG or JPEG whose kind and bytes are set.
void read_image_structure(Source& source);

// The pixels of a page of an image file, as a PDF holds them (ISO 32000-1, 8.9.5): as they are in a
// JPEG, else packed again without loss.
struct PackedImage {
  std::string bytes;
  std::string filter;  // "/DCTDecode", "/FlateDecode", "/CCITTFaxDecode"
  int width = 0, height = 0;
  int bits = 8, channels = 3;  // of each pixel's part, and how many parts it has
  bool black_is_1 = false;     // of CCITT
  int orientation = 1;         // as in TIFF and Exif
};

// Throws InputError Damaged.
PackedImage packed_image(const Source& source, int page_number);

// `source` must outlive it.
std::unique_ptr<PageReader> make_image_page_reader(const Source& source);

}  // namespace vanban::ocr
