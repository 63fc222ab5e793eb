// What a PDF says of itself without being drawn: pages and their sizes, where images stand and how
// dense they are, annotations, signatures, encryption. Inside of open_source.h; knows nothing of
// pixels and text.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/open/source.h"

class QPDF;
class QPDFObjectHandle;

namespace vanban::ocr {

// The document as given, decrypted where it was encrypted. `source` must outlive it.
std::unique_ptr<QPDF> open_pdf(const Source& source);

// From default user space to points of the page as displayed.
Affine displayed_from_user(const QPDFObjectHandle& page);

// Fills in everything but kind, original and password, which are given. False, with nothing
// changed, where the structure is too damaged to be followed. Throws InputError Encrypted, Empty.
bool read_pdf_structure(Source& source);

struct PlacedAnnotation {
  std::string subtype;  // without the slash
  Box box;              // points of the page as displayed
};

struct AnnotationLayer {
  // The document with nothing on its pages but their annotations, decrypted.
  std::string pdf;
  // By page, what is shown there.
  std::vector<std::vector<PlacedAnnotation>> pages;
};

// Throws InputError Damaged. For a Source whose structure could be read.
AnnotationLayer read_annotation_layer(const Source& source);

}  // namespace vanban::ocr
