// Fields that a pattern says where to find: the user's own, and our simple ones.
#pragma once

#include <string>
#include <vector>

#include "extract/patterns/field_pattern.h"
#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// Why a regular expression cannot be used; empty for one that can. Matching is linear in the text;
// an expression that would need more than 8 MB is refused.
std::string pattern_fault(const std::string& pattern);

// One for each pattern, in their order. A value is matched within one line. Throws
// std::invalid_argument for a pattern with a fault.
// What was seen is added to `steps`.
std::vector<PatternField> find_pattern_fields(const std::vector<PageText>& pages,
                                              const std::vector<FieldPattern>& patterns,
                                              Steps& steps);

}  // namespace vanban::extract
