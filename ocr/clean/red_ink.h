// Red ink on colour scans: a seal over the signature hides print, but stamped titles, names and
// urgency marks are red as well and are text.
#pragma once

#include <vector>

#include "ocr/clean/seals.h"
#include "ocr/image.h"

namespace vanban::ocr {

struct RedInk {
  Image grey;            // without the seal, red text as dark as print
  bool removed = false;  // whether any red was taken off
  std::vector<FoundSeal> seals;
  // Where there are seals: the scan in grey with all its ink, and its red ink alone, black on
  // white.
  Image untouched, alone;
};

// `bgr` has three channels and a known density.
RedInk without_red_ink(const Image& bgr);

}  // namespace vanban::ocr
