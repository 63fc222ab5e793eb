// The engines that read pages, each made when it is first needed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ocr/open/page_reader.h"
#include "ocr/open/source.h"
#include "ocr/recognize/recognize.h"
#include "ocr/strips/digit_reader.h"
#include "ocr/strips/name_reader.h"

namespace vanban::pipeline {

struct EngineOptions {
  std::string tessdata_dir;  // empty: where Tesseract was told to look when it was built
  // Makes each worker's engine; empty: Tesseract with the Vietnamese model. Called from the
  // workers.
  std::function<std::unique_ptr<ocr::Recognizer>()> make_recognizer{};
  // Makes the one that reads doubtful words again; empty: Tesseract with the model of the script,
  // or none where make_recognizer is set.
  std::function<std::unique_ptr<ocr::Recognizer>()> make_second_recognizer{};
};

// The engines of one thread. They take time to start: whoever reads several documents keeps them.
class Engines {
 public:
  explicit Engines(EngineOptions options);

  // Made when the first page needs it: a document with a good text layer never does. Throws
  // ocr::EngineError.
  ocr::Recognizer& recognizer();
  // Slower, and better at what the first is not sure of. Null where there is none.
  ocr::Recognizer* second_recognizer();
  const ocr::DigitReader& digit_reader();
  const ocr::NameReader& name_reader();

 private:
  EngineOptions options_;
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

}  // namespace vanban::pipeline
