// What makes a PDF an archival one, PDF/A-2b (ISO 19005-2): metadata, output intent, and what can
// be mended in it. Inside of searchable_pdf.h.
#pragma once

#include "ocr/copy/layer.h"

class QPDF;

namespace vanban::ocr {

// Mends what can be mended without a change of looks: flags and actions of annotations and
// fields, smoothing of images, what is inherited or left to be understood.
void mend_for_archive(QPDF& pdf);

// What the document says of itself stays; title and subject are added where it has none, in the
// information dictionary and in XMP alike, without any clock. `archival`:
// declares PDF/A-2b and adds the sRGB output intent.
void set_metadata(QPDF& pdf, const PdfMetadata& metadata, bool archival);

// Takes off the title and the subject where they are these.
void clear_metadata(QPDF& pdf, const PdfMetadata& metadata);
// Whether it says that it is PDF/A.
bool is_archival(QPDF& pdf);

}  // namespace vanban::ocr
