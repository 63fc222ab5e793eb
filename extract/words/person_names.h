// Names of persons, whatever people they are of, and what stands before them: degrees and ranks.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace vanban::extract {

// How many words a name has.
inline constexpr std::size_t kNameWordsMin = 2, kNameWordsMax = 6;

// Whether a word is written as those of a name are: a capital, then small letters, a vowel among
// them ("Bình", "Niê"), or an initial that is a name's own ("Y", "K'", "H'Hen"). No marks around
// it.
bool is_name_word(std::string_view word);

// Whether a word alone is a name, as some peoples have it: "K'Tem".
bool is_name_by_itself(std::string_view word);

// How many words at the beginning are degrees, titles of honour and ranks: "PGS.TS.", "BS. CKII",
// "Luật sư", "Đại tá", "Nhà giáo ưu tú".
std::size_t count_degrees(std::span<const std::string_view> words);

// Whether all words, after degrees and ranks, are a name.
bool is_person_name(std::span<const std::string_view> words);

// Whether names of the country's smaller peoples begin with a word: "Ksor", "Lò", "H'Hen".
bool begins_minority_name(std::string_view word);

}  // namespace vanban::extract
