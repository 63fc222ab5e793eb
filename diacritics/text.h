// Vietnamese text as text: normal form, case, marks. UTF-8 in and out; a byte sequence that is not
// UTF-8 becomes U+FFFD. Knows nothing of pages or documents.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::diacritics {

// Canonical composition, the form that all text inside vanban has.
std::string to_nfc(std::string_view text);

// Characters that engines and old fonts put for Vietnamese ones, which no Vietnamese text has: the
// letter eth for đ, the fraction slash for /.
std::string with_usual_characters(std::string_view text);

std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);

// The first letter upper case, all others lower case: "BÁO CÁO" -> "Báo cáo".
std::string to_sentence(std::string_view text);

// Lower case without tone and letter marks, đ as d: a key to compare by, never to show.
std::string fold(std::string_view text);

// The tone mark of a closing oa, oe, uy on its first vowel: hoà -> hòa, thuỷ -> thủy. Case is kept.
// Both placements are right; this makes one of them for comparing.
std::string with_old_tone_place(std::string_view word);

// Letters of the word that are upper case, and all its letters.
struct LetterCount {
  int upper = 0, all = 0, marked = 0;  // marked: letters that carry a Vietnamese mark, đ included
};
LetterCount count_letters(std::string_view text);

// Whether letters are there and (nearly) all of them upper case.
bool is_upper(std::string_view text);

// Whether the first letter is upper case.
bool starts_upper(std::string_view text);

std::size_t count_code_points(std::string_view text);

// Pieces between runs of white space.
std::vector<std::string> split_words(std::string_view text);

// Without punctuation at either end.
std::string_view trim_punctuation(std::string_view word);

}  // namespace vanban::diacritics
