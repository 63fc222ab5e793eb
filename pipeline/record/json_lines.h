// JSON without the white space that is there for people: records as lines, for programs.
#pragma once

#include <string>
#include <string_view>

namespace vanban::pipeline {

// Neither function looks at anything but white space, strings and brackets; what is no JSON comes
// out as no JSON.

// On one line, its end included.
std::string compact_json(std::string_view json);

// A line for the record, or for each of an array of records.
std::string record_lines(std::string_view json);

// Whether it is on one line.
bool is_compact(std::string_view json);

}  // namespace vanban::pipeline
