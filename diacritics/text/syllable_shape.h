// The rules of the written Vietnamese syllable: onset (âm đầu), rime (vần), tone (thanh). They tell
// whether a word could be a syllable at all, met before or not; how usual it is `syllables` knows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vanban::diacritics {

// Whether the word is well formed: an onset and a rime that Vietnamese writes together, with at
// most one tone, and sắc or nặng before a closing c, ch, p, t. Any case, either placement of the
// tone; a tone on a letter where neither placement has it is refused. The word is UTF-8 in NFC and
// without punctuation. Names of other languages in Vietnamese letters (Đắk, Kon) are no such
// syllables.
bool is_syllable_shape(std::string_view word);

// All of them, some 16,000, of which about 7,000 are in use: lower case, NFC, old placement of the
// tone (hòa, thủy), sorted by bytes, each once.
std::vector<std::string> all_syllables();

}  // namespace vanban::diacritics
