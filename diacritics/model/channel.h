// What an OCR engine makes of letters: a noisy channel of weighted edits, from the true text to the
// text as read. One character becomes none, one or two; two become one or two; one comes from
// nothing. Case counts.
// The weights are learned by tools/learn_confusions.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace vanban::diacritics {

class Channel {
 public:
  // `tsv`: lines of true text, tab, observed text, tab, cost; cost is -ln P(observed | true). Rows
  // "@split" and "@join" have the cost of a word read as two and of two read as one. Lines that
  // begin with # are comments, so that # itself cannot be a true text. Throws DataError on any
  // other line.
  explicit Channel(std::string_view tsv);

  // -ln P of each edit. What was never seen is dear, or kNever.
  float substitution(char32_t truth, char32_t observed) const;
  float deletion(char32_t truth) const;
  float insertion(char32_t observed) const;
  float widening(char32_t truth, char32_t first, char32_t second) const;  // one read as two

  // Pairs of characters that were read together as one character, or as two (second is not 0).
  struct PairReading {
    char32_t first = 0, second = 0;
    float cost = 0;
  };
  const std::vector<PairReading>& readings_of_pair(char32_t first, char32_t second) const;

  // -ln P of the cheapest edits that make `observed` of `truth`.
  float cost(std::u32string_view truth, std::u32string_view observed) const;

  // Characters that single characters were read as.
  std::vector<char32_t> observed_characters() const;

  float split_cost() const { return split_cost_; }
  float join_cost() const { return join_cost_; }

  static constexpr float kNever = 1e9F;

  // Learned from pages read with the engine's English model, which is what copiers do to
  // Vietnamese, and with its Vietnamese model.
  static const Channel& english();
  static const Channel& vietnamese();

 private:
  std::unordered_map<std::uint64_t, float> substitution_, widening_;
  std::unordered_map<char32_t, float> deletion_, insertion_;
  std::unordered_map<std::uint64_t, std::vector<PairReading>> pairs_;
  std::unordered_set<char32_t> seen_;  // true characters that have an edit
  float split_cost_ = 8, join_cost_ = 8;
};

}  // namespace vanban::diacritics
