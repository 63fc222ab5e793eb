// Reads one page: from its text layer or its image to words in reading order.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ocr/document/document.h"
#include "ocr/open/page_reader.h"
#include "ocr/open/source.h"
#include "ocr/recognize/recognize.h"
#include "ocr/strips/digit_reader.h"
#include "ocr/strips/name_reader.h"
#include "pipeline/options.h"
#include "pipeline/page/trace.h"

namespace vanban::pipeline {

// The engines of one thread. They take time to start: whoever reads several documents keeps them.
class Engines {
 public:
  // Of the options, those that say which engines to make; they are copied.
  explicit Engines(const Options& options);

  // Made when the first page needs it: a document with a good text layer never does. Throws
  // ocr::EngineError.
  ocr::Recognizer& recognizer();
  // Slower, and better at what the first is not sure of. Null where there is none.
  ocr::Recognizer* second_recognizer();
  const ocr::DigitReader& digit_reader();
  const ocr::NameReader& name_reader();

 private:
  std::string tessdata_dir_;
  std::function<std::unique_ptr<ocr::Recognizer>()> make_recognizer_, make_second_recognizer_;
  std::unique_ptr<ocr::Recognizer> recognizer_, second_recognizer_;
  std::unique_ptr<ocr::DigitReader> digit_reader_;
  std::unique_ptr<ocr::NameReader> name_reader_;
};

// What one thread has for one document. Source and engines must outlive it.
class PageWorker {
 public:
  PageWorker(const ocr::Source& source, Engines& engines);

  ocr::PageReader& reader() { return *reader_; }
  ocr::Recognizer& recognizer();
  ocr::Recognizer* second_recognizer();
  const ocr::DigitReader& digit_reader() { return engines_.digit_reader(); }
  const ocr::NameReader& name_reader() { return engines_.name_reader(); }
  // Nothing where no page of this document needed them.
  const std::optional<ocr::EngineInfo>& engine() const { return engine_; }
  const std::optional<ocr::EngineInfo>& second_engine() const { return second_engine_; }

 private:
  Engines& engines_;
  std::unique_ptr<ocr::PageReader> reader_;
  std::optional<ocr::EngineInfo> engine_, second_engine_;
};

// Throws std::invalid_argument where the source has no page of this number.
void require_page(const ocr::Source& source, int number);

// The number counts from 1 and must be one of the source's. Throws ocr::InputError where the page
// cannot be read, ocr::EngineError where none can.
ocr::Page read_page(int number, const ocr::Source& source, const Options& options,
                    PageWorker& worker, const Trace& trace);

}  // namespace vanban::pipeline
