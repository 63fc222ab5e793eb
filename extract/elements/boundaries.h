// Where one document of a file ends and the next begins.
#pragma once

#include <cstddef>
#include <vector>

#include "ocr/document/document.h"

namespace vanban::extract {

// Adjacent pages, as indexes; `last` is exclusive.
struct PageRange {
  std::size_t first = 0, last = 0;
};

// The documents of a file, one where no second is found. A document begins on a page with a header
// of its own: the name of the country or the party, with a number and symbol, or with a full date
// line over a body's name or a type. Annexes and the forms in them stay with what is before them.
std::vector<PageRange> find_documents(const ocr::Document& document);

}  // namespace vanban::extract
