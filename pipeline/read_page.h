// Reads one page: from its text layer or its image to words in reading order.
#pragma once

#include <memory>
#include <optional>

#include "ocr/document.h"
#include "ocr/read_digits.h"
#include "ocr/recognize.h"
#include "ocr/source.h"
#include "pipeline/options.h"
#include "pipeline/trace.h"

namespace vanban::pipeline {

// What one thread has for itself. Source and options must outlive it.
class PageWorker {
 public:
  PageWorker(const ocr::Source& source, const Options& options);

  ocr::PageReader& reader() { return *reader_; }
  // Made when the first page needs it: a document with a good text layer never does. Throws
  // ocr::EngineError.
  ocr::Recognizer& recognizer();
  // Slower, and better at what the first is not sure of. Null where there is none.
  ocr::Recognizer* second_recognizer();
  const ocr::DigitReader& digit_reader();
  // Nothing where no page needed them.
  std::optional<ocr::EngineInfo> engine() const;
  std::optional<ocr::EngineInfo> second_engine() const;

 private:
  const Options& options_;
  std::unique_ptr<ocr::PageReader> reader_;
  std::unique_ptr<ocr::Recognizer> recognizer_, second_recognizer_;
  std::unique_ptr<ocr::DigitReader> digit_reader_;
};

// Throws std::invalid_argument where the source has no page of this number.
void require_page(const ocr::Source& source, int number);

// The number counts from 1 and must be one of the source's. Throws ocr::InputError where the page
// cannot be read, ocr::EngineError where none can.
ocr::Page read_page(int number, const ocr::Source& source, const Options& options,
                    PageWorker& worker, const Trace& trace);

}  // namespace vanban::pipeline
