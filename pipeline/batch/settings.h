// How all documents of a batch are read, and what is made of each.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "pipeline/options.h"
#include "pipeline/page/engines.h"
#include "pipeline/page/page_options.h"
#include "pipeline/sandbox/sandbox.h"

namespace vanban::pipeline {

struct BatchSettings {
  std::string password;
  PageOptions page;
  EngineOptions engines;
  std::string model;   // the language model's file
  std::string fields;  // text of a pattern file, which stands for record.fields
  RecordOptions record;
  std::set<std::string> outputs;                        // beside the record, as in Options
  std::set<std::string> side_files;                     // their kinds, as in SideFile
  std::uint64_t memory_bytes = std::uint64_t{3} << 30;  // that a worker may take
  SandboxMode sandbox = SandboxMode::Auto;
};

// For a worker: all but functions, and `fields` in place of the patterns.
std::string settings_to_json(const BatchSettings& settings);
BatchSettings settings_from_json(const std::string& json);

// Of what makes a difference to the results; not of the password, nor of where things are.
// `model_hash`: of the language model.
std::string settings_hash(const BatchSettings& settings, const std::string& model_hash);

}  // namespace vanban::pipeline
