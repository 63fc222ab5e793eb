// Takes out of a read page what is no text: marks read out of seals, signatures, rules and specks,
// whatever stands above the header.
#pragma once

#include "ocr/document/document.h"

namespace vanban::pipeline {

// For pages read from an image: judges words by the engine's confidence and by whether they could
// be Vietnamese, a number or an abbreviation.
void drop_junk(ocr::Page& page);

}  // namespace vanban::pipeline
