#include "pipeline/record/bounded_json.h"

#include "ocr/document/error.h"

namespace vanban::pipeline {

bool nests_too_deep(std::string_view json) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_text && c == '\\')
      ++i;
    else if (c == '"')
      in_text = !in_text;
    else if (!in_text && (c == '[' || c == '{') && ++depth > kMostJsonDepth)
      return true;
    else if (!in_text && (c == ']' || c == '}'))
      --depth;
  }
  return false;
}

void require_bounded(std::string_view json) {
  if (nests_too_deep(json))
    throw ocr::InputError(ErrorKind::Damaged, "The JSON nests too deep to be a record");
}

}  // namespace vanban::pipeline
