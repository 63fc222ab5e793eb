// Where a page's head may bear a stamp of a few words that somebody pressed on it by hand: slanted,
// framed, of hollow letters, in colour, over whatever is printed there. Whether it is one, only its
// words can tell.
#pragma once

#include <vector>

#include "ocr/clean/preprocess.h"
#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

// The ink in which a place was found, and from which it is read.
enum class StampInk {
  Coloured,
  Lighter,  // a red or blue stamp over black print, in grey
  All,
};

// Ink of its own, a frame, or a row of letters that leans or is large.
struct StampPlace {
  std::vector<Point> corners;  // of the hull of its ink, pixels of the page's image
  double degrees = 0;          // by which it leans, clockwise, within 46 either way
  StampInk ink = StampInk::All;
};

struct StampPlaces {
  Image lighter;                   // the head's ink that is lighter than print; empty without any
  std::vector<StampPlace> places;  // the likeliest first, at most a dozen
};

StampPlaces find_stamp_places(const Head& head);

}  // namespace vanban::ocr
