// A text without pages of its own as a document: what a page's layout tells is taken from its
// words.
#pragma once

#include <string_view>

#include "ocr/document/document.h"

namespace vanban::pipeline {

// Pages are parted by form feeds. Lines of the header and of the end that hold both columns are
// parted where the second begins. Boxes are cells of characters, good for comparing lines with one
// another; the pages have no size, so that no box says anything of paper. `text`: UTF-8, with a
// byte order mark or without.
ocr::Document document_of_text(std::string_view text);

}  // namespace vanban::pipeline
