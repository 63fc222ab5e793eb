// Writes a copy of a document in which its text can be searched and selected: the page images as
// they are, over them the words, invisible, each in its place. The copy is PDF/A-2b where the
// document allows that. Knows nothing of where the words come from.
#pragma once

#include <string>
#include <vector>

#include "ocr/document.h"
#include "ocr/geometry.h"
#include "ocr/source.h"

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
  // The words are those of the page's own text: where that is shown, the page is left as it is.
  bool from_text_layer = false;
  std::vector<LayerLine> lines;
};

struct PdfMetadata {
  std::string title, subject;  // UTF-8; left as they are where empty
  std::string producer;
};

struct SearchableCopy {
  std::string pdf;
  std::vector<Warning> warnings;  // where it is not all that it should be
};

// Pages that are not given are left as they are; of the others the invisible text that they had is
// removed. Signatures are removed from the copy, which they do not cover, but not their looks. A
// PDF that a password protects stays protected by it. The same input gives the same bytes.
// Throws InputError Damaged where the document's structure cannot be followed.
SearchableCopy write_searchable_pdf(const Source& source, const std::vector<LayerPage>& pages,
                                    const PdfMetadata& metadata);

}  // namespace vanban::ocr
