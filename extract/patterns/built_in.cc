#include "extract/patterns/built_in.h"

#include <stdexcept>
#include <utility>

#include "embedded_fields.h"
#include "extract/patterns/fields_file.h"

namespace vanban::extract {

const std::vector<FieldPattern>& built_in_patterns() {
  static const std::vector<FieldPattern> patterns = [] {
    FieldsFile file = parse_fields(embedded::fields());
    if (!file.mistakes.empty()) throw std::logic_error("fields.toml: " + file.mistakes.front());
    return std::move(file.patterns);
  }();
  return patterns;
}

}  // namespace vanban::extract
