#include "extract/words/numbers.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <string>

namespace vanban::extract {
namespace {

// One to three digits, then dots and three digits each.
bool is_grouped(std::string_view whole) {
  constexpr std::size_t kGroup = 3;
  std::size_t dot = whole.find('.');
  if (dot == 0 || dot > kGroup) return false;
  while (dot != whole.npos) {
    const std::size_t next = whole.find('.', dot + 1);
    const std::size_t end = next == whole.npos ? whole.size() : next;
    if (end - dot - 1 != kGroup) return false;
    dot = next;
  }
  return true;
}

}  // namespace

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::optional<Number> parse_number(std::string_view text) {
  constexpr std::size_t kDigitsMax = 15;  // what a double holds exactly
  if (text.empty() || text.size() > 2 * kDigitsMax) return std::nullopt;
  Number out;
  std::string digits;
  const std::size_t comma = text.find(',');
  const std::string_view whole = text.substr(0, comma);
  const std::string_view decimals =
      comma == text.npos ? std::string_view() : text.substr(comma + 1);
  if (comma != text.npos && !all_digits(decimals)) return std::nullopt;
  out.grouped = whole.find('.') != whole.npos && is_grouped(whole);
  out.foreign =
      !out.grouped && comma == text.npos && std::count(whole.begin(), whole.end(), '.') == 1;
  for (const char c : whole)
    if (c != '.' || out.foreign) digits += c;
  std::string bare = digits;
  std::erase(bare, '.');
  if (!all_digits(bare) || bare.size() + decimals.size() > kDigitsMax) return std::nullopt;
  if (!out.grouped && !out.foreign && whole.find('.') != whole.npos) return std::nullopt;
  if (digits.front() == '.' || digits.back() == '.') return std::nullopt;
  out.leading_zero = whole.size() > 1 && whole.front() == '0' && std::isdigit(whole[1]) != 0;
  if (!decimals.empty()) digits += '.' + std::string(decimals);
  out.value = std::strtod(digits.c_str(), nullptr);
  return out;
}

std::optional<Ratio> parse_ratio(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  const auto numerator = parse_number(text.substr(0, slash));
  const auto denominator = parse_number(text.substr(slash + 1));
  if (!numerator || !denominator) return std::nullopt;
  // 7/2025 is a month.
  const bool month = slash <= 2 && text.size() - slash - 1 == 4 && denominator->value >= 1900 &&
                     denominator->value <= 2100 && numerator->value >= 1 && numerator->value <= 12;
  if (month) return std::nullopt;
  return Ratio{*numerator, *denominator};
}

bool announces_numeral(std::string_view folded) {
  constexpr std::string_view kBefore[] = {"quy",  "thu", "khoa",   "ky",   "vuc", "hang", "loai",
                                          "nhom", "khu", "chuong", "phan", "muc", "luc",  "bac",
                                          "cap",  "dot", "vung",   "tap",  "doan"};
  return std::find(std::begin(kBefore), std::end(kBefore), folded) != std::end(kBefore);
}

}  // namespace vanban::extract
