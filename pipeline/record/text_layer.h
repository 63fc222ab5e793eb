// What a searchable copy needs to know of a document: its words in reading order, each on its
// baseline, and what it is called.
#pragma once

#include <vector>

#include "extract/record.h"
#include "ocr/copy/searchable_pdf.h"
#include "ocr/document/document.h"

namespace vanban::pipeline {

// The words of the text as the record has it, page by page.
std::vector<ocr::LayerPage> text_layer(const ocr::Document& document);

// Title: type and code; subject: the document's subject.
ocr::PdfMetadata pdf_metadata(const extract::Record& record);

}  // namespace vanban::pipeline
