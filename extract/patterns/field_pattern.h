// Where a field of one's own stands on a page and what it looks like.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/document/document.h"

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

}  // namespace vanban::extract
