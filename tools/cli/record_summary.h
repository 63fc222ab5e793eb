// What a record says, in some ten lines for a person at a terminal.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vanban::tools {

struct SummaryWords {
  // Of a line in the reader's language, or as it is.
  std::function<std::string(const std::string&)> translated;
  // The name of a field, "signer.name", in the reader's language.
  std::function<std::string(std::string_view)> field_name;
};

// Lines to stand behind all others: what it is, and the text.
using MoreLines = std::vector<std::pair<std::string, std::string>>;

// Of a record, or of each of an array: what it is, from whom, when, about what, who signed, what to
// look at. Lines of at most `width` code points; what is longer goes on below, and is cut after
// some lines. Then `more`, as it is.
std::string record_summary(std::string_view record_json, const SummaryWords& words,
                           std::size_t width, const MoreLines& more);

}  // namespace vanban::tools
