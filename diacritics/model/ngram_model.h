// An n-gram model of order 3 as plain tables: what the builder estimates, what ARPA files say, what
// the compact model is made of. Not for scoring in earnest; see language_model.h.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace vanban::diacritics {

using WordId = std::uint32_t;

// The first words of every vocabulary.
inline constexpr WordId kUnknown = 0, kBegin = 1, kEnd = 2;
// The log10 probability of <s>, which no word is followed by: as the ARPA format has it.
inline constexpr float kNeverPredicted = -99;

struct Unigram {
  float log10_prob = 0, log10_backoff = 0;
  bool operator==(const Unigram&) const = default;
};

struct Bigram {
  WordId first = 0, second = 0;
  float log10_prob = 0;     // of second after first
  float log10_backoff = 0;  // of the two as a context
  bool operator==(const Bigram&) const = default;
};

struct Trigram {
  WordId first = 0, second = 0, third = 0;
  float log10_prob = 0;  // of third after the others
  bool operator==(const Trigram&) const = default;
};

struct NgramModel {
  // <unk>, <s>, </s>, then by falling count, ties in byte order.
  std::vector<std::string> words;
  std::vector<Unigram> unigrams;  // one for each word
  std::vector<Bigram> bigrams;    // sorted by (first, second)
  std::vector<Trigram> trigrams;  // sorted by (first, second, third)
  // For each word the share of its occurrences, where a sentence does not begin, that start with a
  // capital. Empty when not known: ARPA has no place for it.
  std::vector<float> capital_share;
};

// The text format of ARPA (as SRILM, KenLM): log base 10. Floats are written with the digits that
// bring the same float back. Reading throws DataError with the line of what is wrong: a missing
// section, a wrong count, an n-gram whose words or context no lower order has, a repeated n-gram.
void write_arpa(const NgramModel& model, std::ostream& out);
NgramModel read_arpa(std::istream& in);

}  // namespace vanban::diacritics
