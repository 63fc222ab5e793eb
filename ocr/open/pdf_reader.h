// Pages of PDFs, as poppler draws and reads them. Inside of open_source.h.
#pragma once

#include <memory>

#include "ocr/open/page_reader.h"
#include "ocr/open/source.h"

namespace vanban::ocr {

// Fills in the pages and warnings of a PDF, with nothing but the sizes of the pages, where
// pdf_structure.h has failed.
void read_pdf_geometry(Source& source);

// `source` must outlive it.
std::unique_ptr<PageReader> make_pdf_page_reader(const Source& source);

}  // namespace vanban::ocr
