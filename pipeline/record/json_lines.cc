#include "pipeline/record/json_lines.h"

namespace vanban::pipeline {
namespace {

// Gives each character that is no white space between values to `take`, with whether it is part of
// a string.
template <typename Take>
void for_each_character(std::string_view json, const Take& take) {
  bool in_string = false, escaped = false;
  for (const char c : json) {
    if (in_string) {
      take(c, true);
      in_string = escaped || c != '"';
      escaped = !escaped && c == '\\';
    } else if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
      take(c, c == '"');
      in_string = c == '"';
    }
  }
}

}  // namespace

std::string compact_json(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  for_each_character(json, [&](char c, bool) { out += c; });
  return out + '\n';
}

std::string record_lines(std::string_view json) {
  const std::size_t first = json.find_first_not_of(" \n\r\t");
  if (first == json.npos || json[first] != '[') return compact_json(json);
  std::string out;
  out.reserve(json.size());
  int depth = 0;
  for_each_character(json, [&](char c, bool in_string) {
    const bool opens = !in_string && (c == '[' || c == '{');
    const bool closes = !in_string && (c == ']' || c == '}');
    depth -= closes ? 1 : 0;
    const bool of_the_array = depth == 0 || (depth == 1 && !in_string && c == ',');
    depth += opens ? 1 : 0;
    if (!of_the_array)
      out += c;
    else if (!out.empty())
      out += '\n';
  });
  return out;
}

bool is_compact(std::string_view json) {
  const std::size_t end = json.find('\n');
  return end == json.npos || end + 1 == json.size();
}

}  // namespace vanban::pipeline
