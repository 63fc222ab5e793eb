// A document together with what is read of it, for the tests of rules that work on a running text.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "extract/reading.h"
#include "extract/sentences.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {

// The text points into the pages and these into the document: it stays where it was made.
struct ReadDocument {
  explicit ReadDocument(ocr::Document made)
      : document(std::move(made)), pages(reading_text(document)), text(running_text(pages)) {}
  explicit ReadDocument(const std::string& line) : ReadDocument(made_body({line})) {}
  ReadDocument(const ReadDocument&) = delete;
  ReadDocument& operator=(const ReadDocument&) = delete;

  ocr::Document document;
  std::vector<PageText> pages;
  RunningText text;
};

}  // namespace vanban::extract
