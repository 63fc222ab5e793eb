// A scan whose structure is known: a PDF, a TIFF of many pages, a PNG or a JPEG. Pixels and text
// come page by page from a PageReader, so that memory does not grow with the number of pages.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ocr/document/document.h"

namespace vanban::ocr {

enum class SourceKind { Pdf, Tiff, Png, Jpeg, Text };

struct PageInfo {
  double width_pt = 0, height_pt = 0;  // of the page as displayed
  double image_dpi = 0;                // density of the scan that fills the page; 0 where none does
  double image_share = 0;              // share of the page that images cover, [0, 1]
  bool has_annotations = false;
};

struct Source {
  SourceKind kind = SourceKind::Pdf;
  bool encrypted = false;  // it was, and the password (maybe the empty one) opened it
  std::vector<PageInfo> pages;
  std::vector<DigitalSignature> signatures;
  std::vector<Warning> warnings;
  // The document as given, and what its pages are drawn from: the same without annotations (but a
  // scan that stands in one is part of its page), encryption and senseless page boxes. One object
  // where there is nothing to take out.
  std::shared_ptr<const std::string> original, bare;
  std::string password;
};

// Throws std::out_of_range.
inline const PageInfo& page_info(const Source& source, int page_number) {
  return source.pages.at(static_cast<std::size_t>(page_number) - 1);
}

}  // namespace vanban::ocr
