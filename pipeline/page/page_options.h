// How single pages are read.
#pragma once

#include "pipeline/page/route.h"

namespace vanban::pipeline {

struct PageOptions {
  OcrMode ocr = OcrMode::Auto;
  double max_megapixels = 100;  // of one page's image; A3 at 300 dpi has 17
  bool crop_slots = false;      // whether the slots of headers are cut out as pictures
};

}  // namespace vanban::pipeline
