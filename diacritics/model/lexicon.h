// The words that a reading may turn into: the language model's vocabulary, found by what is left of
// them without marks, and by what an OCR engine made of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "diacritics/model/channel.h"
#include "diacritics/model/language_model.h"

namespace vanban::diacritics {

// How a word is written beside its form in the vocabulary, which is lower case.
enum class Case { Lower, Title, Upper };

struct Candidate {
  WordId word = kUnknown;
  Case written = Case::Lower;
  float cost = 0;  // -ln P(what was read | this)
};

// A channel as a table of all letters of a lexicon, for quick search.
struct LetterChannel {
  const Channel* channel = nullptr;
  std::vector<char32_t> letters;
  std::vector<float> deletion;  // one a letter
  // By the character observed: the cost of each letter being read as it.
  std::unordered_map<char32_t, std::vector<float>> substitution;
  std::vector<std::uint32_t> pair_begin;  // of each two letters, first major, and one more
  std::vector<Channel::PairReading> pairs;
};

// Of the vocabulary it holds the words of letters alone, and of no more than 24.
class Lexicon {
 public:
  // Reads the model's vocabulary; the model is not kept.
  explicit Lexicon(const LanguageModel& model);

  // The words that are `stripped` once their marks are taken off, most frequent first. `stripped`
  // is as fold() makes it.
  const std::vector<WordId>& with_marks(std::string_view stripped) const;

  // Whether the word has the shape of a Vietnamese syllable; others are foreign, or abbreviations.
  bool is_syllable(WordId word) const { return syllable_[word]; }
  // Whether some syllable has these letters, marks apart. `stripped` as fold() makes it.
  bool is_stripped_syllable(std::string_view stripped) const;

  struct Limits {
    bool lower = true, title = false, upper = false;  // the ways of writing to try
    float window = 10;    // nats that a candidate may cost more than the cheapest
    float cost_max = 22;  // and at most
  };
  // The words that the engine may have read as `observed`, in no order, once for each way of
  // writing; none for more than 24 characters. `channel` is of this lexicon.
  std::vector<Candidate> misread_as(std::u32string_view observed, const LetterChannel& channel,
                                    const Limits& how) const;

  // The channel worked out for the letters of this lexicon; it must outlive what is returned.
  LetterChannel letters_of(const Channel& channel) const;

 private:
  // The vocabulary as a trie in depth-first order; a node's subtree ends where `next` says.
  struct Node {
    std::uint16_t small = 0, capital = 0;  // the letter in both cases, of letters_
    std::uint32_t next = 0;
    WordId word = kUnknown;  // that ends here
  };
  struct Walk;

  std::vector<Node> nodes_;
  std::vector<char32_t> letters_;  // all letters of the words, small and capital
  std::vector<bool> syllable_;
  std::unordered_map<std::string, std::vector<WordId>> by_stripped_;
  std::unordered_set<std::string> stripped_syllables_;
};

}  // namespace vanban::diacritics
