#include "extract/words/number_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

struct Word {
  std::string_view folded;
  int value;
};

// Of words that stand for a digit; "mốt", "tư", "lăm" and "nhăm" after tens.
std::optional<int> digit_of(std::string_view folded) {
  constexpr std::array<Word, 13> kDigits{{{"khong", 0},
                                          {"mot", 1},
                                          {"hai", 2},
                                          {"ba", 3},
                                          {"bon", 4},
                                          {"tu", 4},
                                          {"nam", 5},
                                          {"lam", 5},
                                          {"nham", 5},
                                          {"sau", 6},
                                          {"bay", 7},
                                          {"tam", 8},
                                          {"chin", 9}}};
  for (const Word& word : kDigits)
    if (word.folded == folded) return word.value;
  return std::nullopt;
}

bool is_closing(std::string_view folded) {
  for (const std::string_view word : {"dong", "chan", "y", "viet", "nguoi", "ngay", "thang"})
    if (folded == word) return true;
  return false;
}

}  // namespace

std::optional<double> number_in_words(std::string_view text) {
  // nghìn, triệu and tỷ each close the hundreds, tens and ones before them.
  double total = 0, thousands = 0, group = 0;
  int digit = -1;  // not yet counted; -1: none
  bool any = false;
  const auto take_group = [&] {
    const double taken = group + std::max(digit, 0);
    group = 0;
    digit = -1;
    return taken;
  };
  for (const std::string& written : diacritics::split_words(text)) {
    const std::string word = diacritics::fold(diacritics::trim_punctuation(written));
    if (const auto value = digit_of(word)) {
      if (digit >= 0) return std::nullopt;
      digit = *value;
    } else if (word == "linh" || word == "le") {
      if (!any) return std::nullopt;
    } else if (word == "muoi") {
      // "mười" is ten, "hai mươi" twenty.
      group += 10 * (digit < 0 ? 1 : digit);
      digit = -1;
    } else if (word == "tram" && digit >= 0) {
      group += 100 * digit;
      digit = -1;
    } else if (word == "nghin" || word == "ngan") {
      thousands += take_group() * 1e3;
    } else if (word == "trieu") {
      total += (thousands + take_group()) * 1e6;
      thousands = 0;
    } else if (word == "ty" || word == "ti") {
      total = (total + thousands + take_group()) * 1e9;
      thousands = 0;
    } else if (!any || !is_closing(word)) {
      return std::nullopt;
    }
    any = true;
  }
  if (!any) return std::nullopt;
  return total + thousands + take_group();
}

}  // namespace vanban::extract
