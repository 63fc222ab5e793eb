// Names and titles are printed or stamped bold, and the seal is set on their left end. What is read
// of them then lacks its first word.
#pragma once

#include <vector>

#include "ocr/clean/preprocess.h"
#include "ocr/document/document.h"
#include "ocr/recognize/recognize.h"

namespace vanban::ocr {

// Reads the lines of signatures that begin in a seal or right of one once more with what stands
// left of them: without the seal, with it, with its colour alone, each as it is and with thin
// strokes taken off. Words that several of these readings agree on become the line's first.
void recognize_beside_seals(Recognizer& recognizer, const Preprocessed& page,
                            std::vector<Block>& blocks);

}  // namespace vanban::ocr
