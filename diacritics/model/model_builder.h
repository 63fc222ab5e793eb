// Estimates an n-gram model from text: interpolated modified Kneser-Ney of order 3 (Chen and
// Goodman 1998, section 4), then pruning by weighted difference (Seymore and Rosenfeld 1996), which
// unlike entropy pruning does not ask of the lower orders to be marginals, as those of Kneser-Ney
// are not.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "diacritics/model/ngram_model.h"

namespace vanban::diacritics {

struct BuildOptions {
  // Words of the shape of a Vietnamese syllable and others that were met less often are <unk>.
  // Foreign words and abbreviations are many and seldom help.
  std::uint64_t min_count_syllable = 15;
  std::uint64_t min_count_other = 150;
  // A trigram or bigram goes when the text's log10 probability falls by less than this, times its
  // count, without it. 0 keeps all.
  double prune_bigrams = 0;
  double prune_trigrams = 0;
};

class ModelBuilder {
 public:
  explicit ModelBuilder(const BuildOptions& options);
  ~ModelBuilder();
  ModelBuilder(ModelBuilder&&) noexcept;
  ModelBuilder& operator=(ModelBuilder&&) noexcept;

  // One sentence, UTF-8; `weight` is how often it counts, 1 or more.
  void add_line(std::string_view line, std::uint32_t weight);

  // Throws DataError when there is too little text to estimate discounts from.
  NgramModel build();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban::diacritics
