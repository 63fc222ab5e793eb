#include "pipeline/page/engines.h"

#include <utility>

#include "ocr/open/open_source.h"

namespace vanban::pipeline {

Engines::Engines(EngineOptions options) : options_(std::move(options)) {}

ocr::Recognizer& Engines::recognizer() {
  if (!recognizer_)
    recognizer_ = options_.make_recognizer ? options_.make_recognizer()
                                           : ocr::make_tesseract({"vie", options_.tessdata_dir});
  return *recognizer_;
}

ocr::Recognizer* Engines::second_recognizer() {
  if (!second_recognizer_ && options_.make_second_recognizer)
    second_recognizer_ = options_.make_second_recognizer();
  else if (!second_recognizer_ && !options_.make_recognizer)
    second_recognizer_ = ocr::make_tesseract({"Vietnamese", options_.tessdata_dir});
  return second_recognizer_.get();
}

const ocr::DigitReader& Engines::digit_reader() {
  if (!digit_reader_) digit_reader_ = std::make_unique<ocr::DigitReader>();
  return *digit_reader_;
}

const ocr::NameReader& Engines::name_reader() {
  if (!name_reader_) name_reader_ = std::make_unique<ocr::NameReader>();
  return *name_reader_;
}

PageWorker::PageWorker(const ocr::Source& source, Engines& engines)
    : engines_(engines), reader_(ocr::make_page_reader(source)) {}

ocr::Recognizer& PageWorker::recognizer() {
  ocr::Recognizer& recognizer = engines_.recognizer();
  if (!engine_) engine_ = recognizer.info();
  return recognizer;
}

ocr::Recognizer* PageWorker::second_recognizer() {
  ocr::Recognizer* recognizer = engines_.second_recognizer();
  if (recognizer != nullptr && !second_engine_) second_engine_ = recognizer->info();
  return recognizer;
}

}  // namespace vanban::pipeline
