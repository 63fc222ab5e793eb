// The frame that an office stamps on what it receives ("Công văn đến", its number and day), in the
// left margin and over whatever is printed there.
#pragma once

#include <optional>

#include "ocr/clean/preprocess.h"
#include "ocr/document/geometry.h"

namespace vanban::ocr {

// The box of a receipt stamp's frame, pixels: 35 to 70 mm wide, 12 to 45 high, in the left and
// upper parts of a page, its foot and at least one side drawn; frames of tables go on beyond.
// Whether it is a stamp, only its text can tell.
std::optional<Box> find_receipt_stamp(const Preprocessed& page);

// Takes a stamp off: its ink in the image, components and rules. What reaches out of the frame by
// more than half is print under it and stays.
void take_off_stamp(Preprocessed& page, const Box& frame);

}  // namespace vanban::ocr
