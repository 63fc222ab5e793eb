// What a caller may choose for one run: each stage's own options, and what concerns the run as a
// whole.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/restore.h"
#include "extract/patterns/field_pattern.h"
#include "ocr/document/document.h"
#include "ocr/document/error.h"
#include "ocr/recognize/recognize.h"
#include "pipeline/page/engines.h"
#include "pipeline/page/page_options.h"
#include "pipeline/page/trace.h"
#include "pipeline/record/secret.h"

namespace vanban::pipeline {

// What becomes of a file in which several documents stand.
enum class Split {
  First,    // the record is of the first
  Several,  // an array with a record of each; of a file of one document its record alone
  Always,   // an array, whatever there is
};

// What goes into records.
struct RecordOptions {
  std::vector<extract::FieldPattern> fields;  // the user's own
  std::string lexicon;                        // text of the user's; one that has no mistakes
  Split split = Split::First;
  bool compact = false;  // whether it is written on one line
  SecretPolicy secret = SecretPolicy::Stop;
};

// What an attempt at the same document that did not come to its end leaves to the next.
struct EarlierAttempt {
  std::map<int, ocr::Page> pages_read;                   // by number
  std::map<int, ocr::Warning> pages_given_up;            // by number; not to be read, and why
  std::optional<ocr::EngineInfo> engine, second_engine;  // that read them
};

// What a caller hears while pages are read, from any thread but never from two at once.
struct PageListener {
  // Once, when it is known how many pages there are to read.
  std::function<void(int pages)> on_pages_found;
  // Before a page is read, and after it with what was read and the engines that were needed so far;
  // after a page that could not be read, without.
  std::function<void(int number)> on_page_begun;
  std::function<void(const ocr::Page&, const std::optional<ocr::EngineInfo>& engine,
                     const std::optional<ocr::EngineInfo>& second_engine)>
      on_page_read;
  // After a page that could not be read. May throw, which ends the reading.
  std::function<void(int number, const ocr::InputError&)> on_page_failed;
  // After each page, read or not.
  std::function<void(int pages_done, int pages_in_all)> on_page;
};

struct Options {
  std::string password;
  std::vector<std::pair<int, int>> pages;  // first and last, from 1; empty: all
  int jobs = 0;                            // worker threads; 0: as many as there are cores
  PageOptions page;
  EngineOptions engines;
  RecordOptions record;
  std::set<std::string> outputs;  // beside the record, by their names (record/outputs.h)
  // Puts doubtful and garbled words right; null: words stay as they were read.
  const diacritics::Restorer* restorer = nullptr;
  EarlierAttempt earlier;
  PageListener listener;
  // Looked at before each page; set, the run ends with Interrupted.
  const std::atomic<bool>* cancelled = nullptr;
  std::filesystem::path trace_dir;  // empty: no trace
  Timings* timings = nullptr;       // what stages cost is added to these
};

}  // namespace vanban::pipeline
