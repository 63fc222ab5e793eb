// Puts the characters of a read page right, before anything asks what they mean.
#pragma once

#include "ocr/document/document.h"

namespace vanban::pipeline {

// Every word's text to NFC, characters that only look like Vietnamese ones replaced. On pages read
// from an image also what the engine cannot write or is known to misread whatever the word: per
// mille, dashes, capitals inside a word, letters for digits within a number, "ngày22" in one.
// Where the reading changes, and not only its spelling, the word is marked restored.
void normalize(ocr::Page& page);

}  // namespace vanban::pipeline
