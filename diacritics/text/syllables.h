// How usual a Vietnamese syllable is, marks included, in administrative text, and with that whether
// a text is plausible Vietnamese: right letters with right marks, not a copier's guess at them.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace vanban::diacritics {

class SyllableTable {
 public:
  // `tsv`: lines of syllable, tab, count; lines that begin with # are comments. Throws DataError on
  // any other line.
  explicit SyllableTable(std::string_view tsv);

  // log10 of the share of running syllables, -7 for one never met. Case and the two tone placements
  // do not matter, punctuation around the word neither.
  double log10_probability(std::string_view word) const;
  bool contains(std::string_view word) const;
  // Whether the word is a syllable but for its marks.
  bool contains_folded(std::string_view word) const;

  // The table that vanban was built with, made by tools/count_syllables.py.
  static const SyllableTable& built_in();
  static std::string_view built_in_tsv();
  static std::string_view built_in_sha256();  // of that text, in hexadecimal

 private:
  std::unordered_map<std::string, double> log10_probability_;
  std::unordered_set<std::string> folded_;
};

struct Plausibility {
  int syllables = 0;  // words of letters that were judged; codes, numbers, abbreviations are not
  double known_share = 0;   // of them in the table, [0, 1]
  double marked_share = 0;  // of them with a mark; running Vietnamese has 0.7 to 0.85
  double mean_log10_probability = 0;
  double english_share = 0;  // of them among the commonest words of English

  // Right Vietnamese text; false without any syllables.
  bool plausible() const;
  // Right English text.
  bool english() const;
};

Plausibility judge(const SyllableTable& table, const std::vector<std::string>& words);

// Whether the words are right as they stand though they need not be usual, as in a list of people
// and villages: plausible, or with letters that Vietnamese alone has and small words that are
// spelt by its rules. Of words with a capital, which may be names of any people, only the letters
// count.
bool is_right_vietnamese(const SyllableTable& table, const std::vector<std::string>& words);

}  // namespace vanban::diacritics
