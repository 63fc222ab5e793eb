// What a searchable copy is given: the words of each page with their places, and the document's
// title.
#pragma once

#include <string>
#include <vector>

#include "ocr/document/geometry.h"

namespace vanban::ocr {

// Points of the page as displayed, origin top left.
struct LayerWord {
  std::string text;    // UTF-8
  Point start, end;    // of its baseline
  double size_pt = 0;  // of its font, which says how far above and below the baseline it reaches
};

struct LayerLine {
  std::vector<LayerWord> words;
};

struct LayerPage {
  int number = 0;  // from 1
  // The words are those of the page's own text, letter for letter: where that is shown, the page is
  // left as it is.
  bool from_text_layer = false;
  std::vector<LayerLine> lines;
};

struct PdfMetadata {
  std::string title, subject;  // UTF-8; for a document that states none
  std::string producer;
  bool operator==(const PdfMetadata&) const = default;
};

}  // namespace vanban::ocr
