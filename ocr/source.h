// Opens a scan: a PDF, a TIFF of many pages, a PNG or a JPEG, told apart by content.
// `open` looks at the structure only; pixels and text come page by page from a PageReader, so that
// memory does not grow with the number of pages.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ocr/document.h"
#include "ocr/image.h"

namespace vanban::ocr {

enum class SourceKind { Pdf, Tiff, Png, Jpeg, Text };

// Text that stands on a page as an annotation and not in the page's own content: digital
// signatures show their words that way, and some signing tools write the number and the day so.
struct Annotation {
  std::string subtype;  // "Widget", "FreeText", "Stamp", ...; empty where it could not be told
  Box box;              // points of the page as displayed
  std::vector<Word> words;
};

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
  std::vector<Signature> signatures;
  std::vector<Warning> warnings;
  // The document as given, and what its pages are drawn from: the same without annotations,
  // encryption and senseless page boxes. One object where there is nothing to take out.
  std::shared_ptr<const std::string> original, bare;
  std::string password;
};

// Throws InputError: not one of the four kinds, damaged beyond reading, encrypted and the password
// does not open it, or without pages.
Source open_source(std::string bytes, const std::string& password);

// Reads single pages. One per thread; the Source must outlive it. Everything throws InputError
// Damaged where the page cannot be read.
class PageReader {
 public:
  virtual ~PageReader() = default;

  // The page as displayed, annotations left out, grey or BGR. The density is the scan's own where
  // that is between 70 and 330 dpi, else 300; lower where max_megapixels asks for it. An image file
  // is never enlarged. Throws InputError TooLarge, before anything is allocated, when even 70 dpi
  // would need more than max_megapixels.
  virtual Image rasterize(int page_number, double max_megapixels) = 0;

  // The page drawn coarsely, 144 dpi, to see the ruling lines around a text layer. Empty where that
  // would be too large, and for image files, which have no text layer.
  virtual Image draft(int page_number) = 0;

  // Words of the page's own text, boxes in points of the page as displayed, confidence 1. Turned
  // words are left out where most are upright. Not yet NFC.
  virtual std::vector<Word> text_layer(int page_number) = 0;

  // Those that show words. Cheap where PageInfo::has_annotations is false.
  virtual std::vector<Annotation> annotations(int page_number) = 0;
};

std::unique_ptr<PageReader> make_page_reader(const Source& source);

}  // namespace vanban::ocr
