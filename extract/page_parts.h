// Names the parts of a page by what is written in them, where their shape alone does not tell:
// title, addressees, stamps, the page's number, an address at its foot.
#pragma once

#include "ocr/document/document.h"

namespace vanban::extract {

// Splits and renames the blocks of a page that was read. No word is lost, and those that are the
// document's text keep their order; reading order as in the record.
void name_parts(ocr::Page& page);

}  // namespace vanban::extract
