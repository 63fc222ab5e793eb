// Scores words in their context, from a compact n-gram model of order 3 that is mapped into memory
// and shared by all threads. Knows words in the form that tokens.h gives them; candidates are not
// its concern.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "diacritics/model/ngram_model.h"

namespace vanban::diacritics {

class LanguageModel {
 public:
  // What the model remembers of the words before: a value, cheap to copy. Equal states give equal
  // scores ever after.
  struct State {
    WordId word = kBegin;          // the last one
    std::uint32_t bigram = kNone;  // the last two, where the model has something to say of them
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    bool operator==(const State&) const = default;
  };

  // Of the compact form.
  static constexpr std::uint32_t kFormatVersion = 1;

  // Throws DataError for a file that is missing, of another version, cut or changed in any byte.
  static LanguageModel open(const std::filesystem::path& file);
  static LanguageModel from_bytes(std::string bytes);

  ~LanguageModel();
  LanguageModel(LanguageModel&&) noexcept;
  LanguageModel& operator=(LanguageModel&&) noexcept;

  // log10 P(word | state); `state` moves on.
  double score(State& state, WordId word) const;

  std::size_t word_count() const;
  // kUnknown for a word that is not in the vocabulary.
  WordId id_of(std::string_view word) const;
  std::string_view word(WordId id) const;
  double log10_unigram(WordId id) const;
  // Share of the word's occurrences inside sentences that begin with a capital, [0, 1].
  double capital_share(WordId id) const;

  // Hexadecimal hash of the model's content, to name it in records.
  std::string content_hash() const;

 private:
  struct Impl;
  explicit LanguageModel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The compact form of a model, byte for byte the same for the same model. Throws DataError where a
// trigram's parts are no bigrams of the model.
//
// Probabilities and back-off weights above the words are quantised to the means of equally filled
// bins. A trigram names its third word by rank among the words that follow its second, which takes
// fewer bits than the word's number and is known from looking up the bigram, which backing off
// needs anyway; the begin of each bigram's trigrams is kept as an Elias-Fano sequence. Thereby a
// trigram takes some 16 bits and a bigram some 40.
std::string compact(const NgramModel& model);

}  // namespace vanban::diacritics
