// Carries the words of a page to the restorer and back.
#pragma once

#include <vector>

#include "diacritics/restore.h"
#include "ocr/document/document.h"

namespace vanban::pipeline {

// The words of a text layer out of the encoding of their fonts, in place; what was read stays in
// `ocr_text`. Adds a warning to the page for each old encoding, and for characters lost for good.
void decode_layer(std::vector<ocr::Word>& layer, ocr::Page& page);

// Restores the marks and letters of a page whose text layer was made without knowledge of
// Vietnamese. A layer that is right stays as it is. Of a word that was two each has the `ocr_text`
// of both.
void restore_layer(ocr::Page& page, const diacritics::Restorer& restorer);

// Parts and joins words that the engine ran together or broke, where the language leaves no doubt.
// Boxes go by the number of letters; of a word that was two each has the `ocr_text` of both.
void respace(ocr::Page& page, const diacritics::Restorer& restorer);

// Decides the words that the engine doubts. `witness`, the words of a text layer that the page has
// beside its image, in points of the displayed page, is weighed where it covers the same word.
void decide_doubtful(ocr::Page& page, const std::vector<ocr::Word>& witness,
                     const diacritics::Restorer& restorer);

}  // namespace vanban::pipeline
