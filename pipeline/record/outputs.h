// What can be made of a document beside its record, one file each. A new form is a row of the table
// and the function that it names: options, folders of a batch, workers and the help follow it. Its
// Vietnamese help, the man page and docs/records.md are written by hand; tests want them.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/record.h"
#include "ocr/document/document.h"
#include "ocr/open/source.h"
#include "pipeline/record/json.h"

namespace vanban::pipeline {

// A document that was read, as all forms are made of it.
struct ReadDocument {
  const ocr::Source& source;
  const ocr::Document& document;
  const extract::Record& record;  // of the first, where the file holds several
  const Provenance& provenance;
};

struct OutputForm {
  std::string_view name;        // of the option, --text, and of a batch's folder, OUT/text
  std::string_view ending;      // of its files, without the dot
  std::string_view media_type;  // RFC 6838
  std::string_view what;        // completes "Also write ..."
  // What a person should know of the result is added to `warnings`.
  std::string (*make)(const ReadDocument&, std::vector<ocr::Warning>& warnings);
};

std::span<const OutputForm> output_forms();

// The code of the warning that an output could not be made.
inline constexpr std::string_view kOutputFailed = "output_failed";

// Of the forms asked for, by name; one that cannot be made is left out, with a warning. Throws
// Error Usage where there is no such form.
std::map<std::string, std::string> make_outputs(const std::set<std::string>& names,
                                                const ReadDocument& read,
                                                std::vector<ocr::Warning>& warnings);

}  // namespace vanban::pipeline
