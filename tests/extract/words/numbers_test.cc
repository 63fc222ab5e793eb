#include "extract/words/numbers.h"

#include <catch2/catch.hpp>
#include <string>

namespace vanban::extract {
namespace {

TEST_CASE("digits and nothing else") {
  for (const char* text : {"0", "12", "0123456789"}) CHECK(all_digits(text));
  for (const char* text : {"", " 1", "1.", "-1", "1a", "¹", "١"}) CHECK_FALSE(all_digits(text));
}

TEST_CASE("dots group thousands and a comma parts decimals") {
  const auto [text, value] = GENERATE(table<std::string, double>({
      {"0", 0},
      {"05", 5},
      {"1117", 1117},
      {"11.796", 11796},
      {"1.234.567", 1234567},
      {"99,88", 99.88},
      {"1.204,5", 1204.5},
      {"2.5", 2.5},  // the foreign way
      {"999.999.999.999", 999999999999},
  }));
  CAPTURE(text);
  REQUIRE(parse_number(text));
  CHECK(parse_number(text)->value == Approx(value).epsilon(1e-12));
}

TEST_CASE("what is not a number and nothing else is none") {
  const std::string text =
      GENERATE(as<std::string>(), "", "x3", "16p", "1y", "3-4", "1,2,3", "1.23.456", ".5", "5.",
               "1,", "1..2", "12.34,5", "1234567890123456");
  CAPTURE(text);
  CHECK_FALSE(parse_number(text));
}

TEST_CASE("how a number was written is told") {
  CHECK(parse_number("05")->leading_zero);
  CHECK_FALSE(parse_number("50")->leading_zero);
  CHECK(parse_number("11.796")->grouped);
  CHECK(parse_number("2.5")->foreign);
}

TEST_CASE("every whole number comes back from its grouped form") {
  for (long number = 1; number < 2000000000; number = number * 7 + 3) {
    std::string text = std::to_string(number);
    for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
      text.insert(static_cast<std::size_t>(at), ".");
    CAPTURE(text);
    CHECK(parse_number(text)->value == static_cast<double>(number));
  }
}

TEST_CASE("a/b is a ratio, a month of a year is none") {
  REQUIRE(parse_ratio("4.288/4.293"));
  CHECK(parse_ratio("4.288/4.293")->numerator.value == 4288);
  CHECK(parse_ratio("4.288/4.293")->denominator.value == 4293);
  CHECK_FALSE(parse_ratio("7/2025"));
  CHECK_FALSE(parse_ratio("22/12/2024"));
  CHECK_FALSE(parse_ratio("17"));
  CHECK_FALSE(parse_ratio("a/b"));
}

}  // namespace
}  // namespace vanban::extract
