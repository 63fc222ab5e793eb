// Tells letters from specks, rules, flourishes and seals by their shapes, and takes what is no
// letter off the page.
#pragma once

#include <string>
#include <vector>

#include "ocr/clean/rules.h"
#include "ocr/clean/seals.h"
#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

struct Ink {
  std::vector<Box> letters;  // boxes of connected ink of a letter's size, pixels
  std::vector<Box> blots;    // of ink larger than letters, in or beside rows of them
  double text_height = 0;    // median height of letters, pixels; 0 without letters
  Rules rules;
  std::vector<FoundSeal> seals;    // found by shape and wiped off
  std::vector<std::string> steps;  // what was done, in order
};

// `page` is painted on where something is taken off, with the paper of `paper`; `flat` is the page
// with its paper even and white.
Ink find_ink(Image& page, const Image& paper, const Image& flat);

}  // namespace vanban::ocr
