#include "extract/words/abbreviations.h"

#include <algorithm>
#include <array>
#include <optional>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

// Of four letters or more: shorter ones are too like one another.
constexpr std::array<std::u32string_view, 31> kUsual{
    U"UBND", U"HĐND", U"MTTQ",   U"UBMTTQ", U"UBMTTQVN", U"VPUBND", U"VPCP",   U"ĐBQH",
    U"LĐLĐ", U"CĐCS", U"KSTTHC", U"TTHC",   U"CCHC",     U"TTĐT",   U"TTTT",   U"PCTT",
    U"TKCN", U"TBXH", U"LĐTBXH", U"KHĐT",   U"GDĐT",     U"TNMT",   U"NNPTNT", U"VHTT",
    U"KHCN", U"QPAN", U"BHXH",   U"VHTTDL", U"VSATTP",   U"TĐTN",   U"ĐĐBQH"};

// Ban Giám đốc, the one of three letters that lists often name; "BGD&ĐT" is a ministry.
constexpr std::u32string_view kDirectors = U"BGĐ", kDirectorsRead = U"BGD";

// Whether `longer` is `shorter` with one of its letters written again, `times` times.
bool repeats_one(std::u32string_view longer, std::u32string_view shorter, std::size_t times) {
  if (longer.size() != shorter.size() + times) return false;
  const auto [at, end] = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  const auto begun = static_cast<std::size_t>(at - shorter.begin());
  const std::u32string_view again = longer.substr(begun, times);
  return begun > 0 &&
         std::all_of(again.begin(), again.end(),
                     [&](char32_t letter) { return letter == longer[begun - 1]; }) &&
         longer.substr(begun + times) == shorter.substr(begun);
}

// Whether `read` is `meant` but for letters that engines read for Đ.
bool misreads_stroke(std::u32string_view read, std::u32string_view meant) {
  constexpr std::u32string_view kLikeStroke = U"DÐÔO";
  return std::equal(read.begin(), read.end(), meant.begin(), meant.end(),
                    [&](char32_t a, char32_t b) {
                      return a == b || (b == U'Đ' && kLikeStroke.find(a) != kLikeStroke.npos);
                    });
}

// The only usual one that was misread so.
std::optional<std::u32string_view> meant_by(std::u32string_view read) {
  constexpr std::size_t kLettersMin = 4;
  if (read.size() < kLettersMin || std::find(kUsual.begin(), kUsual.end(), read) != kUsual.end())
    return std::nullopt;
  std::optional<std::u32string_view> out;
  for (const std::u32string_view usual : kUsual) {
    if (!repeats_one(read, usual, 1) && !repeats_one(read, usual, 2) &&
        !repeats_one(usual, read, 1) && !misreads_stroke(read, usual))
      continue;
    if (out) return std::nullopt;
    out = usual;
  }
  return out;
}

}  // namespace

std::string with_usual_abbreviations(std::string_view text) {
  const std::u32string letters = diacritics::to_code_points(text);
  std::u32string out;
  for (std::size_t begin = 0; begin < letters.size();) {
    std::size_t end = begin;
    while (end < letters.size() && diacritics::is_letter(letters[end])) ++end;
    const std::u32string word = letters.substr(begin, end - begin);
    const bool capitals =
        std::all_of(word.begin(), word.end(), [](char32_t c) { return diacritics::is_upper(c); });
    const bool joined = end < letters.size() && letters[end] == U'&';
    if (word == kDirectorsRead && !joined)
      out += kDirectors;
    else
      out += capitals ? meant_by(word).value_or(word) : word;
    if (end < letters.size()) out += letters[end++];
    begin = end;
  }
  return diacritics::to_utf8(out);
}

}  // namespace vanban::extract
