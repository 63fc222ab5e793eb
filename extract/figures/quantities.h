// A number with what it counts or measures, as a text states it: "17/40 máy tính", "1,5 triệu
// đồng", "99,88%", "từ 5 bước còn 3 bước".
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

struct Quantity {
  std::size_t number = 0;  // the token with the first number
  std::size_t end = 0;     // past the last token of numbers and unit
  TokenRange unit;         // empty for a share
  std::string unit_name;   // of the list of counted things; empty where that has none
  std::optional<double> value, value_to, denominator, percent;
  std::size_t value_to_at = 0, denominator_at = 0, percent_at = 0;  // their tokens
  bool noun_ratio = false;                                          // "70 tổ/70 thôn"
  bool rank = false;                                                // "xếp hạng 11/34"
  bool change = false;  // what something grew or fell by: "tăng 311 ca so với cùng kỳ"
};

// The quantity that begins at a token with a digit; empty where it is none.
std::optional<Quantity> quantity_at(const RunningText& text, std::size_t at, TokenRange sentence);

// How it is meant: "trên", "tối thiểu", "khoảng".
struct Compared {
  Comparison comparison = Comparison::Equal;
  std::size_t words = 0;  // that say so, right before the number
  std::string raw;
};

Compared compared(const RunningText& text, const Quantity& quantity, TokenRange sentence);

// Whether it says something of the world: no label, name, address, level, age or year, no time
// frame of something else, no number without a noun. `named`: words before it name what it counts
// (labels.h), so that it needs no noun.
bool measures(const RunningText& text, const Quantity& quantity, const Compared& sign,
              TokenRange sentence, bool named = false);

}  // namespace vanban::extract
