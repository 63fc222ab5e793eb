// Text in UTF-16, as ICU works on it: the one place where it is brought there and back, composed,
// decomposed and put in another case. Inside of this room, whose other doors speak UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vanban::diacritics {

// What stands for a character that could not be had.
inline constexpr char16_t kReplacement = 0xFFFD;

// kReplacement for each byte sequence that is not UTF-8, and for surrogates that stand alone.
std::u16string to_utf16(std::string_view text);
std::string to_utf8(std::u16string_view text);

std::u16string composed(std::u16string_view text);    // NFC
std::u16string decomposed(std::u16string_view text);  // NFD

// Of the root locale, by the letters around where it depends on them.
std::u16string lower_case(std::u16string_view text);
std::u16string upper_case(std::u16string_view text);

void append(char32_t c, std::u16string& out);

// The character that begins at `at`, which moves past it.
char32_t next_character(std::u16string_view text, std::size_t& at);
// The one that ends at `at`, which moves before it.
char32_t previous_character(std::u16string_view text, std::size_t& at);

template <typename Visit>
void for_each_character(std::u16string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) visit(next_character(text, at));
}

// What the character is decomposed into; empty where it is its own decomposition.
std::u16string decomposition_of(char32_t c);

// Whether composing leaves the character as it is, whatever stands before it.
bool stays_when_composed(char32_t c);

// A mark that is written over or under a letter.
bool is_mark(char32_t c);

}  // namespace vanban::diacritics
