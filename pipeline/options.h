// What a caller may choose for one run.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/restore.h"
#include "extract/patterns/field_pattern.h"
#include "ocr/document/document.h"
#include "ocr/recognize/recognize.h"
#include "pipeline/page/route.h"

namespace vanban::pipeline {

// What an attempt at the same document that did not come to its end leaves to the next.
struct EarlierAttempt {
  std::map<int, ocr::Page> pages_read;                   // by number
  std::map<int, ocr::Warning> pages_given_up;            // by number; not to be read, and why
  std::optional<ocr::EngineInfo> engine, second_engine;  // that read them
};

struct Options {
  std::vector<std::pair<int, int>> pages;  // first and last, from 1; empty: all
  std::string password;
  int jobs = 0;  // worker threads; 0: as many as there are cores
  OcrMode ocr = OcrMode::Auto;
  double max_megapixels = 100;      // of one page's image; A3 at 300 dpi has 17
  std::string tessdata_dir;         // empty: where Tesseract was told to look when it was built
  std::filesystem::path trace_dir;  // empty: no trace
  std::vector<extract::FieldPattern> fields;  // the user's own
  bool split = false;                         // whether each document of the file gets a record
  bool crop_slots = false;  // whether the slots of headers are cut out as pictures
  // What to make beside the record.
  bool pdf = false, alto = false, hocr = false;
  EarlierAttempt earlier;
  // Puts doubtful and garbled words right; null: words stay as they were read.
  const diacritics::Restorer* restorer = nullptr;
  // Makes each worker's engine; empty: Tesseract with the Vietnamese model. Called from the
  // workers.
  std::function<std::unique_ptr<ocr::Recognizer>()> make_recognizer;
  // Makes the one that reads doubtful words again; empty: Tesseract with the model of the script,
  // or none where make_recognizer is set.
  std::function<std::unique_ptr<ocr::Recognizer>()> make_second_recognizer;

  // Called once, when it is known how many pages there are to read.
  std::function<void(int pages)> on_pages_found;
  // Called by the workers, but never by two at once: before a page is read, and after it with what
  // was read and the engines that were needed so far; after a page that could not be read, without.
  std::function<void(int number)> on_page_begun;
  std::function<void(const ocr::Page&, const std::optional<ocr::EngineInfo>& engine,
                     const std::optional<ocr::EngineInfo>& second_engine)>
      on_page_read;
  // Called after each page, from any worker but never from two at once.
  std::function<void(int pages_done, int pages_in_all)> on_page;
  // Looked at before each page; set, the run ends with Interrupted.
  const std::atomic<bool>* cancelled = nullptr;
};

}  // namespace vanban::pipeline
