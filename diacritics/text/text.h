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
// letter eth for đ, the fraction slash for /, the inverted exclamation mark for i.
std::string with_usual_characters(std::string_view text);

// Without the codes that stand for no character: controls, those for private use, those that
// nothing is assigned to. U+FFFD stays, for it says that a character was there.
std::string without_meaningless(std::string_view text);
// How many of those there are, U+FFFD among them.
int count_meaningless(std::string_view text);

std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);

// The first letter upper case, all others lower case: "BÁO CÁO" -> "Báo cáo".
std::string to_sentence(std::string_view text);

// Lower case without tone and letter marks, đ as d: a key to compare by, never to show.
std::string fold(std::string_view text);

// The tone mark of a closing oa, oe, uy on its first vowel: hoà -> hòa, thuỷ -> thủy. Case is kept.
// Both placements are right; this makes one of them for comparing.
std::string with_old_tone_place(std::string_view word);

// The other way: hòa -> hoà, thủy -> thuỷ, wherever a syllable of the text closes so.
std::string with_new_tone_place(std::string_view text);

// Letters of the word that are upper case, and all its letters.
struct LetterCount {
  int upper = 0, all = 0, marked = 0;  // marked: letters that carry a Vietnamese mark, đ included
};
LetterCount count_letters(std::string_view text);

// Whether letters are there and (nearly) all of them upper case.
bool is_upper(std::string_view text);

// Whether the first letter is upper case.
bool starts_upper(std::string_view text);

bool has_digit(std::string_view text);  // 0 to 9

// Single characters. base_letter: without tone and letter marks, đ as d; case is kept.
bool is_letter(char32_t c);  // combining marks included
bool is_latin(char32_t c);   // letter of the Latin script, or a combining mark
bool is_digit(char32_t c);
bool is_upper(char32_t c);
char32_t to_lower(char32_t c);
char32_t to_upper(char32_t c);
char32_t base_letter(char32_t c);
int count_marks(char32_t c);  // tone and letter marks that a letter carries, a stroke included

void append_code_points(std::string_view text, std::u32string& out);
std::u32string to_code_points(std::string_view text);
std::string to_utf8(std::u32string_view text);

std::size_t count_code_points(std::string_view text);

// Pieces between runs of white space.
std::vector<std::string> split_words(std::string_view text);

// Without punctuation at either end.
std::string_view trim_punctuation(std::string_view word);

}  // namespace vanban::diacritics
