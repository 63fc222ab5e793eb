// What reads the single pages of a source: pixels, the file's own text, what stands over the page.
#pragma once

#include <string>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"

namespace vanban::ocr {

// Text that stands on a page as an annotation and not in the page's own content: digital
// signatures show their words that way, and some signing tools write the number and the day so.
struct Annotation {
  std::string subtype;  // "Widget", "FreeText", "Stamp", ...; empty where it could not be told
  Box box;              // points of the page as displayed
  std::vector<Word> words;
};

// Reads single pages. One per thread; the Source must outlive it. Everything throws InputError
// Damaged where the page cannot be read.
class PageReader {
 public:
  virtual ~PageReader() = default;

  // The page as displayed, annotations left out that are no scans, grey or BGR. The density is the
  // scan's own where that is between 70 and 330 dpi, else 300; lower where max_megapixels asks for
  // it. An image file is never enlarged, but its pixels are made square. Throws InputError
  // TooLarge, before anything is allocated, when even 70 dpi would need more than max_megapixels.
  virtual Image rasterize(int page_number, double max_megapixels) = 0;

  // The page drawn coarsely, 144 dpi, to see the ruling lines around a text layer. Empty where that
  // would be too large, and for image files, which have no text layer.
  virtual Image draft(int page_number) = 0;

  // Words of the page's own text, boxes in points of the page as displayed, confidence 1. Turned
  // words are left out where most are upright. Not yet NFC.
  virtual std::vector<Word> text_layer(int page_number) = 0;

  // Those of them that are seen: drawn in ink and under no scan. What a copier's engine put behind
  // a scan is left out. None where that cannot be told.
  virtual std::vector<Word> shown_text(int page_number) = 0;

  // Annotations that show words. Cheap where PageInfo::has_annotations is false.
  virtual std::vector<Annotation> annotations(int page_number) = 0;
};

}  // namespace vanban::ocr
