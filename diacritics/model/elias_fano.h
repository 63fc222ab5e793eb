// A rising sequence of integers in little more than 2 + log2(greatest / length) bits each, with
// access to any of them (Elias 1974, Fano 1971): the low bits as they are, the high bits in unary.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "diacritics/model/bits.h"

namespace vanban::diacritics {

// Where in a byte block the parts of a sequence lie.
struct EliasFanoLayout {
  std::uint64_t low_begin = 0, high_begin = 0, sample_begin = 0;  // bytes from the block's start
  std::uint64_t low_width = 0;                                    // bits
};

class EliasFano {
 public:
  EliasFano() = default;
  EliasFano(const char* block, const EliasFanoLayout& layout)
      : low_(block + layout.low_begin),
        high_(block + layout.high_begin),
        samples_(block + layout.sample_begin),
        low_width_(static_cast<int>(layout.low_width)) {}

  std::uint64_t operator[](std::uint64_t index) const {
    // The position of the index-th one in the unary part, from the nearest sample on.
    std::uint32_t sample = 0;
    std::memcpy(&sample, samples_ + index / kSampleEvery * sizeof sample, sizeof sample);
    std::uint64_t left = index % kSampleEvery;
    std::uint64_t word_at = sample / 64;
    std::uint64_t word = load(word_at) & (~std::uint64_t{0} << sample % 64);
    for (std::uint64_t ones = std::popcount(word); ones <= left; ones = std::popcount(word)) {
      left -= ones;
      word = load(++word_at);
    }
    for (; left > 0; --left) word &= word - 1;
    const std::uint64_t position =
        word_at * 64 + static_cast<std::uint64_t>(std::countr_zero(word));
    return (position - index) << low_width_ |
           read_bits(low_, index * static_cast<std::uint64_t>(low_width_), low_width_);
  }

  static constexpr std::uint64_t kSampleEvery = 64;

 private:
  std::uint64_t load(std::uint64_t word_at) const {
    std::uint64_t word = 0;
    std::memcpy(&word, high_ + word_at * sizeof word, sizeof word);
    return word;
  }

  const char *low_ = nullptr, *high_ = nullptr, *samples_ = nullptr;
  int low_width_ = 0;
};

// Appends the sequence, which must not fall, to `block`, whose length must be a multiple of 8.
inline EliasFanoLayout append_elias_fano(const std::vector<std::uint64_t>& values,
                                         std::string& block) {
  EliasFanoLayout layout;
  const std::uint64_t greatest = values.empty() ? 0 : values.back();
  if (!values.empty() && greatest > values.size())
    layout.low_width = static_cast<std::uint64_t>(std::bit_width(greatest / values.size()) - 1);
  BitWriter low;
  std::string high(((greatest >> layout.low_width) + values.size()) / 64 * 8 + 16, '\0');
  std::string samples;
  for (std::uint64_t i = 0; i < values.size(); ++i) {
    low.write(values[i] & ((std::uint64_t{1} << layout.low_width) - 1),
              static_cast<int>(layout.low_width));
    const std::uint64_t position = (values[i] >> layout.low_width) + i;
    high[position / 8] = static_cast<char>(high[position / 8] | 1 << position % 8);
    if (i % EliasFano::kSampleEvery == 0) {
      const auto sample = static_cast<std::uint32_t>(position);
      samples.append(reinterpret_cast<const char*>(&sample), sizeof sample);
    }
  }
  samples.resize((samples.size() + 15) / 8 * 8);
  layout.low_begin = block.size();
  block += low.finish();
  layout.high_begin = block.size();
  block += high;
  layout.sample_begin = block.size();
  block += samples;
  return layout;
}

}  // namespace vanban::diacritics
