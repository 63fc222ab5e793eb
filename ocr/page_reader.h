// Inside of source.h: what the readers of the four kinds share, and how source.cc reaches them.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "ocr/source.h"

namespace vanban::ocr {

// The lowest density at which a page is still worth reading.
inline constexpr double kMinDpi = 70;
// A scan denser than this is read at kStandardDpi: more makes reading slower and no better.
inline constexpr double kMaxDpi = 330;
// For pages without a density of their own.
inline constexpr double kStandardDpi = 300;

// Stands for a page that cannot be read: A4.
inline constexpr PageInfo kUnknownPage{595.276, 841.89, 0, 0, false};

// `wanted`, lowered where the page would else need more than max_megapixels. Throws InputError
// TooLarge where it would have to fall below both kMinDpi and `wanted`.
double fitting_dpi(const PageInfo& page, double wanted, double max_megapixels);

// One channel where no pixel of the BGR image has a hue, else the image as it is.
Image without_idle_colour(Image bgr);

// Throws std::out_of_range.
inline const PageInfo& page_info(const Source& source, int page_number) {
  return source.pages.at(static_cast<std::size_t>(page_number) - 1);
}

// Fills in the pages and warnings of a TIFF, PNG or JPEG whose kind and bytes are set.
void read_image_structure(Source& source);
// The same for a PDF, with nothing but the sizes of the pages, where pdf_structure.h has failed.
void read_pdf_geometry(Source& source);

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

std::unique_ptr<PageReader> make_pdf_page_reader(const Source& source);
std::unique_ptr<PageReader> make_image_page_reader(const Source& source);

}  // namespace vanban::ocr
