// Lines that hold doubtful words are read again with another model. Where both readings of a word
// agree it is sure; where they differ each keeps its share, for the words around to decide.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/recognize/recognize.h"

namespace vanban::pipeline {

// What the second model read in the place of a word.
struct SecondReading {
  std::size_t word = 0;  // counted over the page in reading order
  std::string text;      // NFC
};

// Reads the words again that `judged`, the same page after doubtful words were decided, still
// doubts, each with its neighbours; not in tables. `image` is the one that the boxes refer to;
// `recognizer` is asked for where there is something to read, and may have none. The readings are
// weighed into `page` and returned, those of words that were found again.
std::vector<SecondReading> read_again(ocr::Page& page, const ocr::Page& judged,
                                      const ocr::Image& image,
                                      const std::function<ocr::Recognizer*()>& recognizer);

// Reads the cells again in columns of figures whose reading is not sure or no figure. Nothing
// around them tells what they are: of two figures the surer one is taken, and is never quite sure.
// `image` and `recognizer` as above.
void read_figures_again(ocr::Page& page, const ocr::Image& image,
                        const std::function<ocr::Recognizer*()>& recognizer);

// A word that was decided to be what the second model read was seen so, and not restored.
void mark_as_seen(ocr::Page& page, const std::vector<SecondReading>& readings);

}  // namespace vanban::pipeline
