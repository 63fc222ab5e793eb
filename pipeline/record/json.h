// The record as JSON: keys in a fixed order, no clock, no path of the machine.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/record.h"
#include "ocr/document/document.h"
#include "ocr/open/source.h"
#include "ocr/recognize/recognize.h"

namespace vanban::pipeline {

// What the record says of where it comes from.
struct Provenance {
  std::string file_name;
  std::string path;    // below the folder of a batch; empty: it is of none
  std::string sha256;  // of the input
  std::size_t bytes = 0;
  const ocr::Source* source = nullptr;
  std::optional<ocr::EngineInfo> engine;         // none where no page was read from its image
  std::optional<ocr::EngineInfo> second_engine;  // none where no word was read again
  std::string language_model;                    // hash of its content; empty where none was used
  std::string lexicon_sha256;                    // of the user's; empty where none was given
  std::string secret_policy;  // by which a document with a mark of secrecy was read; else empty
};

Provenance describe_input(const std::string& file_name, std::string_view bytes);

// Valid against schemas/record-1.schema.json; ends with a newline.
std::string to_json(const extract::Record& record, const ocr::Document& document,
                    const Provenance& provenance);

}  // namespace vanban::pipeline
