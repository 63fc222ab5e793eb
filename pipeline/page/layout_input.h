// What the layout is found from: the ink of a scan, or the words and ruling lines of a text layer.
#pragma once

#include <vector>

#include "ocr/clean/preprocess.h"
#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/layout/zones.h"

namespace vanban::pipeline {

ocr::LayoutInput layout_input(const ocr::Preprocessed& scan);

// `drawing` shows the page's ruling lines; it may be empty.
ocr::LayoutInput layout_input(const ocr::Page& page, const std::vector<ocr::Word>& words,
                              const ocr::Image& drawing);

// The marks that no word of the blocks covers.
// What asks for a look: rows of print among the ink that no word covers, none of a seal's or of
// what a pen filled in, and those of the page's blots that lie in a line of words.
std::vector<ocr::Unread> unread_print(const ocr::Page& page);

std::vector<ocr::Box> unread_ink(std::vector<ocr::Box> ink, const std::vector<ocr::Block>& blocks);

}  // namespace vanban::pipeline
