// The file of field patterns: TOML, one [[field]] a pattern. See schemas/fields-1.schema.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/patterns/field_pattern.h"

namespace vanban::extract {

struct FieldsFile {
  std::vector<FieldPattern> patterns;
  // All that is wrong with the file, each with its line and field; then `patterns` is not to be
  // used.
  std::vector<std::string> mistakes;
};

FieldsFile parse_fields(std::string_view text);

}  // namespace vanban::extract
