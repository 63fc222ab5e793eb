// What makes a PDF an archival one, PDF/A-2b (ISO 19005-2): metadata, output intent, and what must
// not be in it. Inside of searchable_pdf.h.
#pragma once

#include <string>
#include <vector>

#include "ocr/copy/layer.h"

class QPDF;

namespace vanban::ocr {

// Why the document cannot be made one, in words for people; empty where it can. Checked is what
// documents of offices are known to have: fonts that are not embedded, scripts, attachments,
// encryption, forms of XFA, colours of print.
std::vector<std::string> archival_obstacles(QPDF& pdf);

// Mends what can be mended without a change of looks: flags of annotations, smoothing of images.
void mend_for_archive(QPDF& pdf);

// Title and subject, in the information dictionary and in XMP alike; without any clock. `archival`:
// declares PDF/A-2b and adds the sRGB output intent.
void set_metadata(QPDF& pdf, const PdfMetadata& metadata, bool archival);

}  // namespace vanban::ocr
