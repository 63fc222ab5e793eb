// Decides, page by page, whether the text layer is to be believed.
#pragma once

#include <vector>

#include "ocr/document/document.h"
#include "ocr/open/page_reader.h"
#include "ocr/open/source.h"

namespace vanban::pipeline {

enum class OcrMode {
  Auto,    // read the image unless the text layer is plausible Vietnamese
  Always,  // read the image of every page
  Never,   // take the text layer, whatever it is like
};

// Whether the words are right text of another language: words as such are written, most of which
// are no syllables of Vietnamese whatever marks they may have lost.
bool is_foreign(const std::vector<ocr::Word>& words);

// Whether words of a layer are letters that mean what they say: Vietnamese, English, or figures
// alone.
bool is_believable(const std::vector<ocr::Word>& layer);

// TextLayer or Ocr; whether a page to be read is blank shows only on its image.
ocr::Route choose_route(const ocr::PageInfo& page, const std::vector<ocr::Word>& layer,
                        OcrMode mode);

// Whether an annotation's words are those of a digital signature's visible stamp: who signed, when,
// with which e-mail. They describe the file and are no part of the document's text.
bool is_signature_stamp(const ocr::Annotation& annotation);

}  // namespace vanban::pipeline
