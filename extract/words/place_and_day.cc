#include "extract/words/place_and_day.h"

#include <algorithm>
#include <array>

#include "diacritics/text/text.h"
#include "extract/words/numbers.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

// A capitalised word that is no code and no number.
bool is_capitalised(std::string_view word) {
  return diacritics::starts_upper(word) && !is_code(word) && !diacritics::has_digit(word);
}

// Whether a line begins with a unit's word in small letters: "phường 3, ngày", "xã Tân Trạch,
// ngày".
bool is_small_unit(std::span<const std::string_view> words, std::size_t i) {
  constexpr std::array<std::string_view, 8> kSmall{"xã",   "phường", "quận",  "huyện",
                                                   "tỉnh", "thị",    "thành", "tp."};
  return i == 0 && words.size() > 1 &&
         std::find(kSmall.begin(), kSmall.end(), words[0]) != kSmall.end();
}

bool belongs_to_place(std::span<const std::string_view> words, std::size_t i) {
  if (is_capitalised(words[i]) || is_small_unit(words, i)) return true;
  if (i > 0 && is_small_unit(words, i - 1) && all_digits(diacritics::trim_punctuation(words[i])) &&
      is_counted_unit(words[i - 1]))
    return true;
  if (i == 0 || !is_capitalised(words[i - 1])) return false;
  if (is_hyphen(words[i])) return i + 1 < words.size() && is_capitalised(words[i + 1]);
  // Names are capitalised in their first word alone by some: "Hà nội", "Thành phố".
  const std::string_view bare = diacritics::trim_punctuation(words[i]);
  if (all_digits(bare)) return is_counted_unit(words[i - 1]);
  const auto letters = diacritics::count_letters(bare);
  // A line in capitals before it is another column's.
  return letters.all > 1 && letters.upper == 0 && !diacritics::is_upper(words[i - 1]) &&
         static_cast<std::size_t>(letters.all) == diacritics::count_code_points(bare);
}

// "05/9/2023" in its three parts; empty where a text is none.
std::optional<DayInFigures> parts_of(std::string_view text) {
  const std::size_t first = text.find_first_of("/.-");
  if (first == text.npos) return std::nullopt;
  const std::size_t second = text.find(text[first], first + 1);
  if (second == text.npos) return std::nullopt;
  DayInFigures out;
  out.day = text.substr(0, first);
  out.month = text.substr(first + 1, second - first - 1);
  out.year = text.substr(second + 1);
  const bool holds = all_digits(out.day) && out.day.size() <= 2 && all_digits(out.month) &&
                     out.month.size() <= 2 && all_digits(out.year) && out.year.size() == 4;
  return holds ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace

bool is_hyphen(std::string_view word) { return word == "-" || word == "–" || word == "—"; }

bool is_counted_unit(std::string_view word) {
  constexpr std::array<std::string_view, 3> kUnits{"phuong", "quan", "khu"};
  return std::find(kUnits.begin(), kUnits.end(), diacritics::fold(word)) != kUnits.end();
}

std::size_t begin_of_place(std::span<const std::string_view> words, std::size_t end) {
  std::size_t begin = end;
  // "Hà Nội , ngày"
  if (end > 1 && words[end - 1] == "," && belongs_to_place(words, end - 2)) --begin;
  while (begin > 0 && belongs_to_place(words, begin - 1)) --begin;
  return begin;
}

std::optional<DayInFigures> day_in_figures(std::span<const std::string_view> words) {
  constexpr std::size_t kWordsMax = 5;  // "05 / 9 / 2023"
  constexpr std::string_view kLabel = "ngay";
  std::string text;
  for (std::size_t n = 1; n <= std::min(kWordsMax, words.size()); ++n) {
    const std::size_t first = words.size() - n;
    text.insert(0, words[first]);
    std::string_view figures = text;
    while (!figures.empty() &&
           (figures.back() == '.' || figures.back() == ',' || figures.back() == ';'))
      figures.remove_suffix(1);
    // "ngày05/9/2023"
    const std::string folded = diacritics::fold(figures);
    const bool joined = folded.starts_with(kLabel);
    auto out = parts_of(joined ? std::string_view(folded).substr(kLabel.size()) : figures);
    if (!out) continue;
    out->first = out->label = first;
    const bool labelled = joined || (first > 0 && diacritics::fold(words[first - 1]) == kLabel);
    if (labelled && !joined) --out->label;
    const bool parted = labelled || out->label == 0 || words[out->label - 1].ends_with(',');
    return parted ? out : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace vanban::extract
