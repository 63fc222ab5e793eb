#include "diacritics/text/letter_table.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <vector>

#include "diacritics/text/utf16.h"

namespace vanban::diacritics {
namespace {

// Its small form depends on the letters around it.
constexpr char32_t kCapitalSigma = 0x3A3;

std::u16string text_of(char32_t c) {
  std::u16string out;
  append(c, out);
  return out;
}

LetterFacts facts_by_icu(char32_t code) {
  const UChar32 c = static_cast<UChar32>(code);
  LetterFacts out;
  out.lower = static_cast<char32_t>(u_tolower(c));
  out.upper = static_cast<char32_t>(u_toupper(c));
  out.base = code;
  const std::u16string parts = decomposition_of(code);
  bool marks_alone = true;  // after the first
  if (!parts.empty()) {
    std::size_t at = 0;
    out.base = next_character(parts, at);
    while (at < parts.size()) marks_alone = is_mark(next_character(parts, at)) && marks_alone;
  }
  const bool stroke = code == kSmallDStroke || code == kCapitalDStroke;
  if (stroke) out.base = code == kSmallDStroke ? U'd' : U'D';
  out.folded = static_cast<char32_t>(u_tolower(static_cast<UChar32>(out.base)));
  out.letter = u_isalpha(c) != 0;
  out.capital = u_isupper(c) != 0;
  out.space = u_isUWhiteSpace(c) != 0;
  out.marked = !parts.empty() || stroke;
  out.punctuation = is_punctuation(code);

  const std::u16string text = text_of(code);
  const bool one_in_either_case =
      lower_case(text) == text_of(out.lower) && upper_case(text) == text_of(out.upper);
  out.simple = stays_when_composed(code) && one_in_either_case && marks_alone && code != 0 &&
               code != kCapitalSigma && !is_mark(code) &&
               // A base that is itself a mark or empty says nothing.
               !is_mark(out.base);
  return out;
}

}  // namespace

const LetterFacts* letter_table() {
  static const std::vector<LetterFacts> table = [] {
    // Latin, Vietnamese and punctuation; what stands between them is not worth the time to look up.
    constexpr char32_t kLatinEnd = 0x250, kVietnamese = 0x1E00;
    std::vector<LetterFacts> out(kLetterTableEnd);
    for (char32_t code = 0; code < kLatinEnd; ++code) out[code] = facts_by_icu(code);
    for (char32_t code = kVietnamese; code < kLetterTableEnd; ++code)
      out[code] = facts_by_icu(code);
    return out;
  }();
  return table.data();
}

bool is_punctuation(char32_t code) {
  const auto c = static_cast<UChar32>(code);
  return u_ispunct(c) != 0 || u_isgraph(c) == 0 || u_charType(c) == U_MATH_SYMBOL ||
         u_charType(c) == U_MODIFIER_SYMBOL;
}

void append_beyond_ascii(std::string& out, char32_t c) {
  char bytes[4];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<std::size_t>(size));
}

}  // namespace vanban::diacritics
