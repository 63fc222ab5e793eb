// What is counted or measured: the words after a number that name it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/sentences.h"

namespace vanban::extract {

struct Counted {
  std::size_t words = 0;  // that name it; 0 where none of the list stands there
  std::string name;       // as the list has it, with what follows a slash: "hồ sơ/tháng"
};

// The longest name of the list that begins at a token; none reaches `end`.
Counted counted_at(const RunningText& text, std::size_t token, std::size_t end);

// The same for a text alone, such as the unit of a table's column; it is the whole text or nothing.
std::string counted_name(std::string_view text);

bool is_time_unit(std::string_view name);
bool is_money(std::string_view name);

// All names; for the tests of the data.
const std::vector<std::string>& counted_nouns();

}  // namespace vanban::extract
