// Puts right figures that give an engine little to go by: those of tables by what stands around
// them, Roman numerals by their strokes.
#pragma once

#include "ocr/document/document.h"
#include "ocr/image.h"

namespace vanban::pipeline {

// In tables read from an image: numbers of rows and columns by those beside them, letters that look
// like figures among figures. Such words are marked restored and are never quite sure.
void mend_table_figures(ocr::Page& page);

// "quý H/2021" -> "quý II/2021": Roman numerals in lines of text, where a word announces one, by
// the strokes that `image`, the one that the boxes refer to, shows.
void mend_numerals(ocr::Page& page, const ocr::Image& image);

}  // namespace vanban::pipeline
