// Puts the characters of a read page right, before anything asks what they mean.
#pragma once

#include <vector>

#include "ocr/document/document.h"

namespace vanban::pipeline {

// Takes out of words of a file's own text what is no character, and the words that are nothing
// else.
void drop_meaningless(std::vector<ocr::Word>& words);

// Every word's text to NFC; characters that only look like Vietnamese ones replaced, but in a text
// layer of another language. On pages read
// from an image also what the engine cannot write or is known to misread whatever the word: per
// mille, dashes, capitals inside a word, letters for digits within a number, "ngày22" in one.
// Where the reading changes, and not only its spelling, the word is marked restored.
void normalize(ocr::Page& page);

}  // namespace vanban::pipeline
