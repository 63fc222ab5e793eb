// Makes a scan ready for reading: red ink off, upright, straight, dense enough. Each step is
// applied only where its cause is measured on the page, and named in `steps`.
#pragma once

#include <string>
#include <vector>

#include "ocr/clean/rules.h"
#include "ocr/clean/seals.h"
#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

struct PreprocessOptions {
  // Scans below `enough_dpi` are enlarged to `target_dpi`, in the same interpolation that takes the
  // skew out. At 200 dpi enlarging cost 25 % more time and lost a word in a hundred; at 150 it won
  // as many.
  double enough_dpi = 190, target_dpi = 300;
  int rotation_degrees = 0;  // clockwise turn to apply first: 0, 90, 180, 270
};

// A seal on the page, and the pictures of it that reading may need. Places in pixels of the page's
// image.
struct SealOnPage {
  FoundSeal seal;
  Box box;          // of the pictures, whole pixels within the page
  Image with_seal;  // the page there as it was before the seal was taken off
  Image alone;      // the seal's ink alone, black on white, where colour parts it from print
};

// What may be stamped on the upper part of a page, before rules and flourishes were taken off.
struct Head {
  Image ink;     // the page's upper part, grey, from the page's top left corner on
  Image colour;  // its red and blue ink alone, black on white; empty where it has none
  Box coloured;  // where `colour` lies, whole pixels of `ink`
};

struct Preprocessed {
  Image image;                  // grey
  std::vector<Box> components;  // boxes of connected ink, pixels of `image`
  std::vector<Box> blots;       // of ink larger than letters, in or beside rows of them
  Rules rules;
  double text_height = 0;  // median height of letters, pixels; 0 without text
  bool blank = false;      // nothing on it that could be writing
  std::vector<SealOnPage> seals;
  Head head;
  double skew_degrees = 0;  // clockwise lean of the text before it was taken out
  Affine to_raster;         // pixels of `image` to pixels of the page as displayed
  std::vector<std::string> steps;
};

// The scan's density must be known.
Preprocessed preprocess(const Image& scan, const PreprocessOptions& options);

// The page's image with the seals put back on it: for a second reading of what stands under them.
Image with_seals(const Preprocessed& page);

}  // namespace vanban::ocr
