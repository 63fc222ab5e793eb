// Puts right the figures of tables by what stands around them: a lone one gives an engine little to
// go by.
#pragma once

#include "ocr/document/document.h"

namespace vanban::pipeline {

// In tables read from an image: numbers of rows and columns by those beside them, letters that look
// like figures among figures. Such words are marked restored and are never quite sure.
void mend_table_figures(ocr::Page& page);

}  // namespace vanban::pipeline
