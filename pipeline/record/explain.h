// Why a field of a record is what it is, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/record.h"

namespace vanban::pipeline {

// The names that can be asked for; fields of patterns by their own.
std::vector<std::string> explained_fields(const extract::Record& record);

// Step by step what the rules saw and made of it, then the value with its evidence and the checks
// that it took part in. Throws std::invalid_argument where there is no such field.
std::string explain(const extract::Record& record, std::string_view field);

}  // namespace vanban::pipeline
