// Numbers as Vietnamese texts write them: dots group thousands, a comma parts the decimals.
#pragma once

#include <optional>
#include <string_view>

namespace vanban::extract {

// Whether a text is one or more of 0 to 9 and nothing else.
bool all_digits(std::string_view text);

struct Number {
  double value = 0;
  bool grouped = false;       // 11.796
  bool foreign = false;       // a dot before other than three digits: taken for a decimal comma
  bool leading_zero = false;  // 05
};

// Empty where a text is not a number and nothing else, or has more than 15 digits.
std::optional<Number> parse_number(std::string_view text);

// "17/40"; empty for dates such as 7/2025 too.
struct Ratio {
  Number numerator, denominator;
};
std::optional<Ratio> parse_ratio(std::string_view text);

// Whether a Roman numeral may follow a word, which is folded: "quy", "thu" of "quý III", "lần thứ
// XIII".
bool announces_numeral(std::string_view folded);

}  // namespace vanban::extract
