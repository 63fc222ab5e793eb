#include "diacritics/text/utf16.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <cstdint>
#include <stdexcept>

namespace vanban::diacritics {
namespace {

const icu::Normalizer2& normalizer(bool compose) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found =
      compose ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU's normalisation data is missing");
  return *found;
}

// Looks at the text, which must outlive it.
icu::UnicodeString viewed(std::u16string_view text) {
  return {false, text.data(), static_cast<int32_t>(text.size())};
}

std::u16string taken(const icu::UnicodeString& text) {
  return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

std::u16string normalized(std::u16string_view text, bool compose) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString out = normalizer(compose).normalize(viewed(text), status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU could not normalise a text");
  return taken(out);
}

}  // namespace

std::u16string to_utf16(std::string_view text) {
  std::u16string out(text.size(), u'\0');  // never more units than bytes
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &length, text.data(),
                       static_cast<int32_t>(text.size()), kReplacement, nullptr, &status);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string to_utf8(std::u16string_view text) {
  constexpr std::size_t kBytesMax = 3;  // of a unit
  std::string out(text.size() * kBytesMax, '\0');
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), static_cast<int32_t>(out.size()), &length, text.data(),
                     static_cast<int32_t>(text.size()), kReplacement, nullptr, &status);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::u16string composed(std::u16string_view text) { return normalized(text, true); }
std::u16string decomposed(std::u16string_view text) { return normalized(text, false); }

std::u16string lower_case(std::u16string_view text) {
  return taken(viewed(text).toLower(icu::Locale::getRoot()));
}

std::u16string upper_case(std::u16string_view text) {
  return taken(viewed(text).toUpper(icu::Locale::getRoot()));
}

void append(char32_t c, std::u16string& out) {
  if (c > 0xFFFF) out += static_cast<char16_t>(U16_LEAD(c));
  out += static_cast<char16_t>(c > 0xFFFF ? U16_TRAIL(c) : c);
}

char32_t next_character(std::u16string_view text, std::size_t& at) {
  UChar32 c = 0;
  U16_NEXT(text.data(), at, text.size(), c);
  return static_cast<char32_t>(c);
}

char32_t previous_character(std::u16string_view text, std::size_t& at) {
  UChar32 c = 0;
  U16_PREV(text.data(), 0, at, c);
  return static_cast<char32_t>(c);
}

std::u16string decomposition_of(char32_t c) {
  icu::UnicodeString parts;
  if (normalizer(false).getDecomposition(static_cast<UChar32>(c), parts) == 0) return {};
  return taken(parts);
}

bool stays_when_composed(char32_t c) {
  const auto character = static_cast<UChar32>(c);
  UErrorCode status = U_ZERO_ERROR;
  return normalizer(true).hasBoundaryBefore(character) != 0 &&
         normalizer(true).isNormalized(icu::UnicodeString(character), status) != 0 &&
         U_SUCCESS(status) != 0;
}

bool is_mark(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK; }

}  // namespace vanban::diacritics
