// Columns that only their words show: recipients beside the signature, agency beside the motto. The
// layout parts a page by its empty strips, and a fold, a speck or a pen's stroke bars these.
#pragma once

#include "ocr/clean/preprocess.h"
#include "ocr/document/document.h"
#include "ocr/recognize/recognize.h"

namespace vanban::pipeline {

// Reads anew, column by column, what was read as one: below a line that is headed "Nơi nhận", and
// beside the country's name. Blocks as the engine read them, in pixels of the scan's image.
void read_columns(ocr::Page& page, const ocr::Preprocessed& scan, ocr::Recognizer& engine);

}  // namespace vanban::pipeline
