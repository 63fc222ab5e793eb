// How dense the picture of a page is made, and of how many channels: the same for all kinds of
// source.
#pragma once

#include "ocr/image.h"
#include "ocr/open/source.h"

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

}  // namespace vanban::ocr
