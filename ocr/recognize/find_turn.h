// Which way up a page is to be read whose rows run down it: one that lies on its side.
#pragma once

#include "ocr/clean/preprocess.h"
#include "ocr/image.h"
#include "ocr/recognize/recognize.h"

namespace vanban::ocr {

// Clockwise turn in degrees (0, 90, 270) after which the page reads best; 0 where no way reads well
// enough to tell. Of tables and sheets with few words the engine's own look cannot tell it; then
// some rows are read each way. `raster`: what `scan` was made from, not turned yet.
int find_turn(Recognizer& recognizer, const Image& raster, const Preprocessed& scan);

}  // namespace vanban::ocr
