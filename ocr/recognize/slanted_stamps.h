// Reads what `stamp_places` found and takes the stamps off, so that they do not run into the lines
// beneath. Which words are a stamp's is not known here.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ocr/clean/preprocess.h"
#include "ocr/recognize/recognize.h"
#include "ocr/recognize/stamp_places.h"

namespace vanban::ocr {

// How the ink of a place is prepared for reading.
enum class StampCut {
  Plain,
  Filled,  // what outlines enclose is inked: hollow letters
  Mended,  // the same where outlines are broken
  Thick,   // without strokes thinner than those of a stamp's full letters
};

// A place turned level, what its frame encloses, dark on white and of a height that suits the
// engine; empty where nothing is left.
Image level_picture(const Head& head, const Image& lighter, const StampPlace& place, StampCut cut);

// What a line reads as.
struct StampText {
  std::string printed;    // on the stamp; empty where it is none's
  double confidence = 0;  // at least, that it is this stamp's, [0, 1]
  bool begins = false;    // none's, but the first word of some
};
using StampWording = std::function<StampText(const std::string& text)>;

// One block of a line for each stamp; places whose words are no stamp's stay as they are.
std::vector<Block> take_off_slanted_stamps(Recognizer& recognizer, const StampWording& wording,
                                           Preprocessed& page);

}  // namespace vanban::ocr
