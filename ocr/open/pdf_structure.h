// What a PDF says of itself without being drawn: pages and their sizes, where images stand and how
// dense they are, annotations, signatures, encryption. Inside of open_source.h; knows nothing of
// pixels and text.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/open/source.h"

class QPDF;
class QPDFObjectHandle;
class QPDFPageObjectHelper;

namespace vanban::ocr {

// The document as given, decrypted where it was encrypted. `source` must outlive it.
std::unique_ptr<QPDF> open_pdf(const Source& source);
// The same of a file in memory, which must outlive it.
std::unique_ptr<QPDF> open_pdf(const std::string& bytes, const std::string& password);

// How many pages it has, without a look at any; nothing where that cannot be told.
std::optional<int> pdf_page_count(const std::string& bytes, const std::string& password);

// The file with its streams as they are, without encryption.
std::string written(QPDF& pdf);

// How much content of one page is followed: its forms, what its streams unpack to. A file made to
// harm has no end of them.
class ContentBudget {
 public:
  // Throws std::length_error where the content of a page or a form unpacks to more than is left.
  void spend(QPDFPageObjectHelper& content);
  // Whether one more form may be followed, from a content that lies `depth` forms deep.
  bool may_enter_form(int depth);

 private:
  int forms_left_ = 2000;                           // a page draws some dozens
  std::size_t bytes_left_ = std::size_t{64} << 20;  // a page has some hundred kilobytes
};

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
