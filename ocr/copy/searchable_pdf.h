// Writes a copy of a document in which its text can be searched and selected: the page images as
// they are, over them the words, invisible, each in its place. The copy is PDF/A-2b where the
// document allows that. Knows nothing of where the words come from.
#pragma once

#include <string>
#include <vector>

#include "ocr/copy/layer.h"
#include "ocr/document/document.h"
#include "ocr/open/source.h"

namespace vanban::ocr {

struct SearchableCopy {
  std::string pdf;
  std::vector<Warning> warnings;  // where it is not all that it should be
};

// Pages that are not given are left as they are; of the others the invisible text that they had is
// removed. Signatures are removed from the copy, which they do not cover, but not their looks. A
// PDF that a password protects stays protected by it. The same input gives the same bytes.
// Throws InputError Damaged where the document's structure cannot be followed.
SearchableCopy write_searchable_pdf(const Source& source, const std::vector<LayerPage>& pages,
                                    const PdfMetadata& metadata);

// The same copy under another title and subject, where it bears those that it was written with.
// Throws InputError Damaged where it cannot be followed, as one that a password protects.
std::string retitled_copy(const std::string& pdf, const PdfMetadata& before,
                          const PdfMetadata& after);

}  // namespace vanban::ocr
