// What of a PDF page's text is seen on it, for pages whose text is partly what a copier's engine
// guessed: such text is invisible or stands under the scan. Inside of open_source.h.
#pragma once

#include <string>

#include "ocr/open/source.h"

namespace vanban::ocr {

// A PDF of the one page, in the same place and size, with nothing on it but the text that is shown:
// not what is drawn in an invisible mode, not what images that fill the page are drawn over. Empty
// where the page's content cannot be followed. The number must be one of the source's pages.
std::string pdf_of_shown_text(const Source& source, int page_number);

}  // namespace vanban::ocr
