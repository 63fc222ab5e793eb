// What the program runs with on this machine: what support asks first. Nothing is changed by
// asking.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/sandbox/sandbox.h"

namespace vanban::pipeline {

struct Library {
  std::string name, version;
};

// Those that name their version themselves, by name.
std::vector<Library> named_libraries();

// The files of all that are linked, the indirect ones too, by name: "libtesseract.so.5.0.2".
std::vector<std::string> linked_files();

struct Model {
  std::string name;
  std::string hash;   // SHA-256 of a file; of the language model its own hash; empty where it lacks
  std::string fault;  // why it cannot be used, with the next step; else empty
};

// All that reading needs. `model`, `tessdata_dir`: as of LimitedOptions and EngineOptions.
std::vector<Model> models(const std::string& model, const std::string& tessdata_dir);

// Font files of the system: what PDFs do not bring along is drawn with them.
int count_fonts();

struct Machine {
  int cores = 0;
  std::optional<std::uint64_t> memory_bytes, memory_free_bytes;  // nothing where not told
};
Machine machine();

// Where a folder, or what is to be one, lies; nothing where that cannot be told.
std::optional<std::uint64_t> free_bytes(const std::filesystem::path& folder);

}  // namespace vanban::pipeline
