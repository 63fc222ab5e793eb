// Counts letters that are one upright stroke each, which the engine runs together: it takes "II"
// for "H" and "III" for "II".
#pragma once

#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

struct UprightStrokes {
  int leading = 0;   // before the first other letter
  int trailing = 0;  // behind the last other letter
  bool all = false;  // there is no other letter
};

// The strokes of the word in `box`, pixels of the grey `image`. Serifs may touch; a bar between two
// strokes makes another letter of them. Stops and commas are passed over.
UprightStrokes count_upright_strokes(const Image& image, const Box& box);

}  // namespace vanban::ocr
