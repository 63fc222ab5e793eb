// Reads what a pen filled into a header: the document's number, its day and month.
#pragma once

#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/strips/digit_reader.h"
#include "pipeline/page/trace.h"

namespace vanban::pipeline {

// Sets page.slots of a page that was read from its image; what is read with some confidence takes
// the place of the engine's reading in the page's words. `ink`: boxes of connected ink of the
// page's image. `stated`: words that the file itself puts on the page, page units; a number of
// theirs in a slot stands there, whatever is seen. `raster`: what that image was made from, before
// any ink was treated.
void read_slots(ocr::Page& page, const std::vector<ocr::Box>& ink,
                const std::vector<ocr::Word>& stated, const ocr::Image& raster,
                const ocr::DigitReader& reader, bool with_crops, const Trace& trace);

// Sets page.slots of a page whose text layer was read: each slot is printed or blank.
void note_slots(ocr::Page& page);

}  // namespace vanban::pipeline
