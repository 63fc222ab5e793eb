// Fields that a pattern says where to find: the user's own, and our simple ones.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

enum class Normaliser { None, Upper, Lower, Sentence, Digits, IsoDate, Number, WithoutMarks };

// What a value must be like; one that is not is no value.
struct ValueCheck {
  std::optional<double> min, max;         // of a number
  std::vector<std::string> one_of;        // after normalising
  std::optional<std::size_t> length_max;  // code points
};

struct FieldPattern {
  std::string name;                   // snake_case
  std::vector<ocr::BlockKind> zones;  // parts of the page that are looked at; empty: all
  std::optional<int> page;            // from 1; -1: the last; none: all
  std::string anchor;   // the value stands after these words, or on the line below them
  std::string pattern;  // a regular expression in RE2's syntax; its first group, or all of it
  Normaliser normaliser = Normaliser::None;
  bool required = false;  // its absence asks for a look
  bool many = false;      // every match counts, not the first alone
  ValueCheck check;
};

// Why a regular expression cannot be used; empty for one that can. Matching is linear in the text;
// an expression that would need more than 8 MB is refused.
std::string pattern_fault(const std::string& pattern);

// One for each pattern, in their order. A value is matched within one line. Throws
// std::invalid_argument for a pattern with a fault.
// What was seen is added to `steps`.
std::vector<PatternField> find_pattern_fields(const std::vector<PageText>& pages,
                                              const std::vector<FieldPattern>& patterns,
                                              std::vector<Step>& steps);

// Our own: the office's telephone, fax, e-mail and website.
const std::vector<FieldPattern>& built_in_patterns();

}  // namespace vanban::extract
