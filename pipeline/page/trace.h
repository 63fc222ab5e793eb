// Writes what passes between the stages to a folder, for looking at: one file a page and stage,
// p0001-raster.png, p0001-recognized.tsv and so on. Without a folder nothing is written. Measures
// the stages, too, where somebody wants to know.
#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/layout/zones.h"

namespace vanban::pipeline {

// What each stage of reading costs, page by page, for finding what is worth making faster.
struct StageTime {
  int page = 0;  // 0: the document as a whole
  std::string stage;
  double cpu_ms = 0;  // of the thread that did it
};

// Sums by page and stage, from any thread.
class Timings {
 public:
  void add(int page, std::string_view stage, double cpu_ms);
  // By page, then in the order in which the stages were first met.
  std::vector<StageTime> rows() const;

 private:
  mutable std::mutex mutex_;
  std::vector<StageTime> rows_;
};

// Measures until it goes; without timings it does nothing.
class StageTimer {
 public:
  StageTimer(Timings* timings, int page, std::string_view stage);
  ~StageTimer();
  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;

 private:
  Timings* timings_;
  int page_;
  std::string_view stage_;  // a literal
  double began_ms_ = 0;
};

// A JSON array of objects: page, stage, cpu_ms.
std::string to_json(const std::vector<StageTime>& rows);

class Trace {
 public:
  // Creates the folder. Throws std::filesystem::filesystem_error where that fails.
  explicit Trace(std::filesystem::path dir, Timings* timings = nullptr);
  bool on() const { return !dir_.empty(); }

  // What `run` gives, its time added to that of a page's stage, named by a literal.
  template <typename Run>
  auto timed(int page, std::string_view stage, Run run) const {
    const StageTimer timer(timings_, page, stage);
    return run();
  }

  void image(int page, const std::string& stage, const ocr::Image& image) const;
  // Tab-separated: left, top, right, bottom, confidence, text.
  void words(int page, const std::string& stage, const std::vector<ocr::Word>& words) const;
  void zones(int page, const std::vector<ocr::Zone>& zones) const;
  void blocks(int page, const std::string& stage, const std::vector<ocr::Block>& blocks) const;
  // Of each slot its use, kind, box and readings, and what the reader of digits looked at.
  void slot(int page, const ocr::Slot& slot, const ocr::Image& views) const;
  void lines(int page, const std::string& stage, const std::vector<std::string>& lines) const;
  void text(const std::string& name, const std::string& text) const;

  // Removes what was written so far.
  void discard() const;

 private:
  std::filesystem::path path(int page, const std::string& stage, const char* ending) const;
  std::filesystem::path noted(std::filesystem::path path) const;

  std::filesystem::path dir_;
  mutable std::mutex mutex_;
  mutable std::vector<std::filesystem::path> written_;
  Timings* timings_;
};

}  // namespace vanban::pipeline
