#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace vanban::tools {

// "1-3,7" -> {1,3}, {7,7}; "" -> {}. Throws std::invalid_argument, with an example, on anything
// else.
std::vector<std::pair<int, int>> parse_page_ranges(std::string_view text);

}  // namespace vanban::tools
