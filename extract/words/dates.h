// Dates in texts, and the calendar.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::extract {

using Date = std::chrono::year_month_day;

// Empty where the calendar has no such day, or the year is none of 1900 to 2100.
std::optional<Date> date_of(int year, int month, int day);
// The date that a text in ISO 8601 begins with.
std::optional<Date> date_of_iso(std::string_view text);
std::string iso(const Date& date);
// Days from one date to another; negative where that is earlier.
int days_between(const Date& from, const Date& to);

struct NamedDate {
  Date date;
  std::size_t begin = 0, end = 0;  // of the text
};

// The date that begins at a digit: 24/04/2018, 24.04.2018, 24 tháng 4 năm 2018. `folded`: lower
// case without marks, as diacritics::fold makes it.
std::optional<NamedDate> date_at(std::string_view folded, std::size_t begin);
std::vector<NamedDate> dates_in(std::string_view folded);

}  // namespace vanban::extract
