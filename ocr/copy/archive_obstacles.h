// What speaks against a PDF being an archival one, PDF/A-2b (ISO 19005-2). Inside of
// searchable_pdf.h.
#pragma once

#include <string>
#include <vector>

class QPDF;

namespace vanban::ocr {

// Why the document cannot be declared one, in words for people; empty where it can. Looked at is
// all that the copy will hold, after `mend_for_archive`: colours of print and operators that nobody
// knows in every kind of content, images, forms, fonts, states of drawing, annotations, actions,
// layers, forms of XFA, attachments. Not looked at is what only shows when a font is opened or a
// page drawn: widths of glyphs that disagree, glyphs that are missing.
std::vector<std::string> archival_obstacles(QPDF& pdf);

}  // namespace vanban::ocr
