// The order in which a clerk reads a page, where columns alone do not give it.
#pragma once

#include "ocr/document/document.h"

namespace vanban::pipeline {

// The header ends with the date on the right, or before the type where no date stands there, and
// before "Kính gửi" on the left. What stands below
// in its columns is one text again, read across.
void end_header(ocr::Page& page);

}  // namespace vanban::pipeline
