// Red ink on colour scans: a seal over the signature hides print, but stamped titles, names and
// urgency marks are red as well and are text.
#pragma once

#include "ocr/image.h"

namespace vanban::ocr {

struct RedInk {
  Image grey;            // without the seal, red text as dark as print
  bool removed = false;  // whether any red was taken off
};

// `bgr` has three channels and a known density.
RedInk without_red_ink(const Image& bgr);

}  // namespace vanban::ocr
