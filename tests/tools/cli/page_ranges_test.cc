#include "tools/cli/page_ranges.h"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace vanban::tools {
namespace {

using Ranges = std::vector<std::pair<int, int>>;

TEST_CASE("pages and ranges are read in the order they are written") {
  struct Row {
    std::string text;
    Ranges ranges;
  };
  const Row row = GENERATE(values<Row>({
      {"", {}},
      {"1", {{1, 1}}},
      {"12", {{12, 12}}},
      {"1-3", {{1, 3}}},
      {"2-2", {{2, 2}}},
      {"1-3,7", {{1, 3}, {7, 7}}},
      {"9,2-4,3", {{9, 9}, {2, 4}, {3, 3}}},
      {"007", {{7, 7}}},
      {"2147483647", {{2147483647, 2147483647}}},
  }));
  CAPTURE(row.text);
  CHECK(parse_page_ranges(row.text) == row.ranges);
}

TEST_CASE("anything else is refused, and the message shows it") {
  const std::string text = GENERATE(" ", "0", "0-3", "-1", "-", "1-", "-3", "a", "1a", "1,", ",1",
                                    "1,,2", "1-2-3", "1 ", " 1", "1 - 2", "1;2", "+1", "1.5",
                                    "2147483648", "99999999999999999999", "１", "1-99999999999");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_page_ranges(text), std::invalid_argument);
  CHECK_THROWS_WITH(parse_page_ranges(text),
                    Catch::Contains("'" + text + "'") && Catch::Contains("1-3,7"));
}

TEST_CASE("a range that runs backwards is refused, and the message shows it") {
  CHECK_THROWS_AS(parse_page_ranges("3-1"), std::invalid_argument);
  CHECK_THROWS_WITH(parse_page_ranges("1,5-4"), Catch::Contains("5-4"));
}

}  // namespace
}  // namespace vanban::tools
