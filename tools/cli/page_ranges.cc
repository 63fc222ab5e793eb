#include "tools/cli/page_ranges.h"

#include <charconv>
#include <stdexcept>
#include <string>

namespace vanban::tools {
namespace {

int parse_page(std::string_view text, std::string_view all) {
  int page = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), page);
  if (error != std::errc() || end != text.data() + text.size() || page < 1)
    throw std::invalid_argument("--pages: cannot read '" + std::string(all) +
                                "'; write pages and ranges from 1, e.g. 1-3,7");
  return page;
}

}  // namespace

std::vector<std::pair<int, int>> parse_page_ranges(std::string_view text) {
  std::vector<std::pair<int, int>> ranges;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string_view item = rest.substr(0, comma);
    const std::size_t hyphen = item.find('-');
    const int first = parse_page(item.substr(0, hyphen), text);
    const int last =
        hyphen == std::string_view::npos ? first : parse_page(item.substr(hyphen + 1), text);
    if (last < first)
      throw std::invalid_argument("--pages: the range " + std::string(item) +
                                  " runs backwards; write the smaller page first, e.g. 1-3");
    ranges.emplace_back(first, last);
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
    if (rest.empty()) parse_page(rest, text);
  }
  return ranges;
}

}  // namespace vanban::tools
