// How all documents of a batch are read, and what is made of each.
#pragma once

#include <cstdint>
#include <string>

#include "pipeline/page/route.h"

namespace vanban::pipeline {

struct BatchSettings {
  OcrMode ocr = OcrMode::Auto;
  double max_megapixels = 100;
  std::string tessdata_dir;
  std::string model;   // the language model's file
  std::string fields;  // text of a pattern file; empty: none
  std::string password;
  bool split = false;
  bool text = false, pdf = false, alto = false, hocr = false;  // beside the record
  std::uint64_t memory_bytes = std::uint64_t{3} << 30;         // that a worker may take
};

std::string settings_to_json(const BatchSettings& settings);
BatchSettings settings_from_json(const std::string& json);

// Of what makes a difference to the results; not of the password, nor of where things are.
// `model_hash`: of the language model.
std::string settings_hash(const BatchSettings& settings, const std::string& model_hash);

}  // namespace vanban::pipeline
