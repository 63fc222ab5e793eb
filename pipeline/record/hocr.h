// The layout and words of a document as hOCR 1.2 (HTML with classes ocr_page, ocr_line, ...).
#pragma once

#include <string>

#include "ocr/document/document.h"
#include "pipeline/record/json.h"

namespace vanban::pipeline {

// `bbox` in tenths of a point of the page as displayed. Words have `x_wconf` from 0 to 100; those
// that were restored have the class `restored` and what was read in `data-read`.
std::string to_hocr(const ocr::Document& document, const Provenance& provenance);

}  // namespace vanban::pipeline
