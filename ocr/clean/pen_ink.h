// Blue pen on colour scans: the strokes of a signature run over the signatory's title and name.
// Numbers, dates and initials by hand are writing like any other and stay.
#pragma once

#include "ocr/image.h"

namespace vanban::ocr {

// Takes signatures in blue off `grey`, the same scan as `bgr`, of known density. Whether there was
// one.
bool take_off_blue_signature(const Image& bgr, Image& grey);

}  // namespace vanban::ocr
