// Reads a ruled table cell by cell. Used by recognize_zones.
#pragma once

#include "ocr/recognize/recognize.h"

namespace vanban::ocr {

// One line a row, its words knowing their column. Ink that belongs to a cell is read with it even
// where it crosses a rule, and specks alone leave a cell empty. Where the cells leave much unread
// and the zone reads better as plain text, the block is a body.
Block recognize_table(Recognizer& recognizer, const Image& image, const Zone& zone);

}  // namespace vanban::ocr
