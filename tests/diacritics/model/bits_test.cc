#include "diacritics/model/bits.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/model/elias_fano.h"

namespace vanban::diacritics {
namespace {

// ---- Bits

// Of at most `width` bits, often all ones or all zeros.
std::uint64_t random_value(std::mt19937_64& random, int width) {
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  switch (random() % 4) {
    case 0: return 0;
    case 1: return mask;
    default: return random() & mask;
  }
}

TEST_CASE("bits lie one after another from the lowest on") {
  BitWriter writer;
  writer.write(0b1, 1);
  writer.write(0b01, 2);
  writer.write(0, 0);
  writer.write(0b11111, 5);
  writer.write(0x1234, 16);
  CHECK(writer.size_bits() == 24);
  const std::string bytes = writer.finish();
  CHECK(bytes.substr(0, 3) == "\xFB\x34\x12");
}

TEST_CASE("integers of any width come back") {
  std::mt19937_64 random(1);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    BitWriter writer;
    std::vector<std::pair<std::uint64_t, int>> written;
    for (std::uint64_t left = random() % 60; left > 0; --left) {
      const auto width = static_cast<int>(random() % (BitWriter::kMaxWidth + 1));
      written.emplace_back(random_value(random, width), width);
      writer.write(written.back().first, width);
    }
    const std::uint64_t size = writer.size_bits();
    const std::string bytes = writer.finish();
    std::uint64_t at = 0;
    for (const auto& [value, width] : written) {
      REQUIRE(read_bits(bytes.data(), at, width) == value);
      at += static_cast<std::uint64_t>(width);
    }
    REQUIRE(size == at);
    // Eight bytes can be read from every bit on, the one after the last too.
    REQUIRE(bytes.size() >= size / 8 + 8);
    REQUIRE(bytes.size() % 8 == 0);
  }
}

// ---- Rising sequences

// In a block that has something before and after, which other parts of a model are.
void check_sequence(const std::vector<std::uint64_t>& values) {
  std::string block = "something before";
  const EliasFanoLayout layout = append_elias_fano(values, block);
  REQUIRE(block.size() % 8 == 0);
  CHECK(block.starts_with("something before"));
  block += std::string(64, '\xFF');
  // Held anew, so that a sanitizer sees what is read beyond it.
  const std::vector<char> held(block.begin(), block.end());
  const EliasFano sequence(held.data(), layout);
  for (std::size_t i = 0; i < values.size(); ++i) {
    CAPTURE(i);
    REQUIRE(sequence[i] == values[i]);
  }
}

TEST_CASE("a rising sequence comes back") {
  constexpr std::uint64_t kHuge = std::uint64_t{1} << 56;
  using Sequence = std::vector<std::uint64_t>;
  check_sequence(GENERATE(values<Sequence>({
      Sequence{},
      Sequence{0},
      Sequence{1},
      Sequence{kHuge},
      Sequence{0, 0},
      Sequence{0, 1, 2, 3},
      Sequence{0, kHuge},
      Sequence{kHuge, kHuge},
      Sequence{0, 0, 0, kHuge - 1, kHuge, kHuge},
      Sequence{5, 5, 5, 5, 5, 5, 5, 5, 5, 5},
  })));
}

TEST_CASE("a rising sequence longer than a sample's reach comes back") {
  const std::size_t length = GENERATE(63, 64, 65, 127, 128, 129, 1000);
  CAPTURE(length);
  check_sequence(std::vector<std::uint64_t>(length, 0));
  check_sequence(std::vector<std::uint64_t>(length, 123'456'789));
  std::vector<std::uint64_t> jump(length, 7);
  jump.push_back(std::uint64_t{1} << 50);
  check_sequence(jump);
  jump.resize(1);
  jump.resize(length, std::uint64_t{1} << 50);
  check_sequence(jump);
}

TEST_CASE("random rising sequences come back, with repeated values and gaps") {
  std::mt19937_64 random(2);
  for (int round = 0; round < 300; ++round) {
    CAPTURE(round);
    std::vector<std::uint64_t> values(random() % 500);
    const std::uint64_t step = std::uint64_t{1} << random() % 40;
    const bool repeats = random() % 2 == 0;
    std::uint64_t value = random() % step;
    for (std::uint64_t& out : values) {
      if (!repeats || random() % 3 == 0) value += random() % step;
      out = value;
    }
    check_sequence(values);
  }
}

TEST_CASE("a sequence takes little more than it must") {
  std::mt19937_64 random(3);
  std::vector<std::uint64_t> values(10'000);
  for (std::uint64_t& value : values) value = random() % 1'000'000;
  std::sort(values.begin(), values.end());
  std::string block;
  append_elias_fano(values, block);
  // 2 + log2(100) bits, and half a bit for the samples.
  CHECK(double(block.size()) * 8 / double(values.size()) < 2 + 6.65 + 0.6);
}

}  // namespace
}  // namespace vanban::diacritics
