// A record as archives want it: the document's fields of Circular 05/2025/TT-BNV (EAD_doc.xml).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/record.h"
#include "ocr/document/document.h"

namespace vanban::pipeline {

struct ArchivalField {
  std::string name;                  // as in the circular
  std::optional<std::string> value;  // within the circular's length
  std::string reason;                // why there is none
  bool cut = false;                  // longer than the circular allows
  bool is_number = false;
};

// All 21 fields, in the circular's order. What cannot be read off a page is the archivist's to
// give: none, "not_on_document".
std::vector<ArchivalField> archival_fields(const extract::Record& record,
                                           const ocr::Document& document);

// The circular's code of a type of document, "14" of "Báo cáo"; none where it has none.
std::optional<std::string> archival_type_code(std::string_view type);

}  // namespace vanban::pipeline
