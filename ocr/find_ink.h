// Tells letters from specks, rules, flourishes and seals by their shapes, and takes what is no
// letter off the page.
#pragma once

#include <string>
#include <vector>

#include "ocr/document.h"
#include "ocr/image.h"
#include "ocr/seals.h"

namespace vanban::ocr {

struct Rules {
  std::vector<Box> horizontal, vertical;  // long thin ink, pixels
};

struct Ink {
  std::vector<Box> letters;  // boxes of connected ink of a letter's size, pixels
  double text_height = 0;    // median height of letters, pixels; 0 without letters
  Rules rules;
  std::vector<Circle> seals;       // found by shape and wiped off
  std::vector<std::string> steps;  // what was done, in order
};

// `page` is painted on where something is taken off, with the paper of `paper`; `flat` is the page
// with its paper even and white.
Ink find_ink(Image& page, const Image& paper, const Image& flat);

// The ruling lines of a clean drawing of known density, grey or in colour.
Rules find_rules(const Image& drawing);

}  // namespace vanban::ocr
