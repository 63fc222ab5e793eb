#include "diacritics/text/letter_table.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <stdexcept>
#include <vector>

namespace vanban::diacritics {
namespace {

constexpr char32_t kSmallDStroke = 0x111, kCapitalDStroke = 0x110;
// Its small form depends on the letters around it.
constexpr char32_t kCapitalSigma = 0x3A3;

const icu::Normalizer2& normalizer(bool compose) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found =
      compose ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU's normalisation data is missing");
  return *found;
}

LetterFacts facts_by_icu(char32_t code) {
  const UChar32 c = static_cast<UChar32>(code);
  LetterFacts out;
  out.lower = static_cast<char32_t>(u_tolower(c));
  out.upper = static_cast<char32_t>(u_toupper(c));
  out.base = code;
  icu::UnicodeString parts;
  const bool composed = normalizer(false).getDecomposition(c, parts) != 0;
  bool marks_alone = true;  // after the first
  if (composed) {
    out.base = static_cast<char32_t>(parts.char32At(0));
    for (int32_t i = parts.moveIndex32(0, 1); i < parts.length(); i = parts.moveIndex32(i, 1))
      marks_alone = marks_alone && u_charType(parts.char32At(i)) == U_NON_SPACING_MARK;
  }
  const bool stroke = code == kSmallDStroke || code == kCapitalDStroke;
  if (stroke) out.base = code == kSmallDStroke ? U'd' : U'D';
  out.folded = static_cast<char32_t>(u_tolower(static_cast<UChar32>(out.base)));
  out.letter = u_isalpha(c) != 0;
  out.capital = u_isupper(c) != 0;
  out.space = u_isUWhiteSpace(c) != 0;
  out.marked = composed || stroke;
  out.punctuation = u_ispunct(c) != 0 || u_isgraph(c) == 0 || u_charType(c) == U_MATH_SYMBOL ||
                    u_charType(c) == U_MODIFIER_SYMBOL;

  icu::UnicodeString lower(c), upper(c);
  lower.toLower(icu::Locale::getRoot());
  upper.toUpper(icu::Locale::getRoot());
  const bool one_in_either_case = lower == icu::UnicodeString(static_cast<UChar32>(out.lower)) &&
                                  upper == icu::UnicodeString(static_cast<UChar32>(out.upper));
  // Neither combining with a character before it nor put otherwise when composed.
  UErrorCode status = U_ZERO_ERROR;
  const bool stays = normalizer(true).hasBoundaryBefore(c) != 0 &&
                     normalizer(true).isNormalized(icu::UnicodeString(c), status) != 0 &&
                     U_SUCCESS(status) != 0;
  out.simple = stays && one_in_either_case && marks_alone && code != 0 && code != kCapitalSigma &&
               u_charType(c) != U_NON_SPACING_MARK &&
               // A base that is itself a mark or empty says nothing.
               u_charType(static_cast<UChar32>(out.base)) != U_NON_SPACING_MARK;
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

void append_beyond_ascii(std::string& out, char32_t c) {
  char bytes[4];
  int32_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, static_cast<std::size_t>(size));
}

}  // namespace vanban::diacritics
