#include "extract/words/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace vanban::extract {
namespace {

std::optional<int> number_at(std::string_view text, std::size_t& at, std::size_t digits_max) {
  int value = 0;
  const std::size_t end = std::min(text.size(), at + digits_max);
  const auto [stop, error] = std::from_chars(text.data() + at, text.data() + end, value);
  if (error != std::errc() || value < 0) return std::nullopt;
  at = static_cast<std::size_t>(stop - text.data());
  return value;
}

}  // namespace

std::optional<Date> date_of(int year, int month, int day) {
  if (month < 0 || day < 0) return std::nullopt;
  const Date date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                  std::chrono::day(unsigned(day))};
  if (!date.ok() || year < 1900 || year > 2100) return std::nullopt;
  return date;
}

std::optional<NamedDate> date_at(std::string_view folded, std::size_t begin) {
  std::size_t at = begin;
  const auto day = number_at(folded, at, 2);
  if (!day || at >= folded.size()) return std::nullopt;
  const auto skip = [&](std::string_view word) {
    std::size_t next = folded.find_first_not_of(' ', at);
    if (next == std::string_view::npos || !folded.substr(next).starts_with(word)) return false;
    next = folded.find_first_not_of(' ', next + word.size());
    if (next == std::string_view::npos) return false;
    at = next;
    return true;
  };
  for (const auto& [first, second] : {std::pair<std::string_view, std::string_view>{"/", "/"},
                                      {".", "."},
                                      {"-", "-"},
                                      {"thang", "nam"}}) {
    const std::size_t start = at;
    if (skip(first))
      if (const auto month = number_at(folded, at, 2); month && skip(second))
        if (const auto year = number_at(folded, at, 4))
          if (const auto date = date_of(*year, *month, *day)) return NamedDate{*date, begin, at};
    at = start;
  }
  return std::nullopt;
}

std::vector<NamedDate> dates_in(std::string_view folded) {
  std::vector<NamedDate> out;
  const auto is_digit = [&](std::size_t i) { return folded[i] >= '0' && folded[i] <= '9'; };
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (!is_digit(i) || (i > 0 && is_digit(i - 1))) continue;
    if (const auto date = date_at(folded, i)) {
      out.push_back(*date);
      i = date->end;
    }
  }
  return out;
}

std::string iso(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", int(date.year()), unsigned(date.month()),
                     unsigned(date.day()));
}

int days_between(const Date& from, const Date& to) {
  return static_cast<int>((std::chrono::sys_days(to) - std::chrono::sys_days(from)).count());
}

std::optional<Date> date_of_iso(std::string_view text) {
  std::size_t year_at = 0, month_at = 5, day_at = 8;
  if (text.size() < 10) return std::nullopt;
  const auto year = number_at(text, year_at, 4);
  const auto month = number_at(text, month_at, 2), day = number_at(text, day_at, 2);
  if (!year || !month || !day) return std::nullopt;
  return date_of(*year, *month, *day);
}

}  // namespace vanban::extract
