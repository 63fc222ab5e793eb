// Writes what passes between the stages to a folder, for looking at: one file a page and stage,
// p0001-raster.png, p0001-recognized.tsv and so on. Without a folder nothing is written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/image.h"
#include "ocr/layout/zones.h"

namespace vanban::pipeline {

class Trace {
 public:
  // Creates the folder. Throws std::filesystem::filesystem_error where that fails.
  explicit Trace(std::filesystem::path dir);
  bool on() const { return !dir_.empty(); }

  void image(int page, const std::string& stage, const ocr::Image& image) const;
  // Tab-separated: left, top, right, bottom, confidence, text.
  void words(int page, const std::string& stage, const std::vector<ocr::Word>& words) const;
  void zones(int page, const std::vector<ocr::Zone>& zones) const;
  void blocks(int page, const std::string& stage, const std::vector<ocr::Block>& blocks) const;
  // Of each slot its use, kind, box and readings, and what the reader of digits looked at.
  void slot(int page, const ocr::Slot& slot, const ocr::Image& views) const;
  void lines(int page, const std::string& stage, const std::vector<std::string>& lines) const;
  void text(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path(int page, const std::string& stage, const char* ending) const;
  std::filesystem::path dir_;
};

}  // namespace vanban::pipeline
