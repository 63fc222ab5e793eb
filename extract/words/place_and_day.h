// The line of place and date as words: where the place begins, and days that are written in
// figures.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vanban::extract {

// Whether a word is a hyphen or a dash, by which names and lines go on.
bool is_hyphen(std::string_view word);

// Whether units of a kind may have a number for a name: "Phường" 1, "Quận" 3.
bool is_counted_unit(std::string_view word);

// The first word of the place that ends before word `end`: "Kiên Giang,", "Thành phố Hồ Chí Minh",
// "Hà nội", "Bà Rịa - Vũng Tàu", "Phường 1". `end` where no word there is a place's.
std::size_t begin_of_place(std::span<const std::string_view> words, std::size_t end);

// A day in figures at the end of a line: "05/9/2023", "ngày 5.9.2023", "05 - 09 - 2023".
struct DayInFigures {
  std::size_t label = 0;         // the word "ngày", or the first of the figures
  std::size_t first = 0;         // of the figures; they go on to the line's end
  std::string day, month, year;  // digits, as written; no more is known of them
};

// Empty where something else than a place stands before it, which a comma or "ngày" parts from it.
std::optional<DayInFigures> day_in_figures(std::span<const std::string_view> words);

}  // namespace vanban::extract
