// What stands round the rim of a round seal: name of the body above, of the place below. It names
// who sealed, as evidence; it is hard to read and no part of a page's text.
#pragma once

#include <string>

#include "ocr/clean/seals.h"
#include "ocr/image.h"
#include "ocr/recognize/recognize.h"

namespace vanban::ocr {

struct SealText {
  std::string text;       // empty where nothing like words was read
  double confidence = 0;  // mean over its words
};

// The rim of a seal drawn out flat, as two lines of a text: the arc over the top from left to
// right, and the arc along the bottom. Rings are wiped off. `seal` is grey, the circle in its
// pixels.
struct Rim {
  Image above, below;
};
Rim unrolled(const Image& seal, const Circle& circle);

// Reads the rim.
SealText read_seal_text(Recognizer& recognizer, const Image& seal, const Circle& circle);

}  // namespace vanban::ocr
