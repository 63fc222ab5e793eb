// The schemas of what vanban writes, as this program was built with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vanban::pipeline {

std::string_view record_schema();
std::string_view restored_schema();  // of restored texts

// What in a record does not follow the schema, one message each; empty when it is valid.
std::vector<std::string> schema_errors(std::string_view record_json);
std::vector<std::string> schema_errors(std::string_view json, std::string_view schema);

// The same for a file that may hold an array of records, the place beginning with its index, or
// what stands for a file that was stopped (schemas/secret-1.schema.json).
std::vector<std::string> record_file_errors(std::string_view json);

// Of what `record_file_errors` takes. Throws std::logic_error: an invalid record is a fault of the
// program and must not get out.
void require_valid_record(std::string_view record_json);

}  // namespace vanban::pipeline
