// Arrays of integers of any width, packed without gaps, as the compact model stores them.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

namespace vanban::diacritics {

static_assert(std::endian::native == std::endian::little, "packed arrays are little-endian");

// Writes integers one after another. Values have at most kMaxWidth bits.
class BitWriter {
 public:
  static constexpr int kMaxWidth = 56;

  void write(std::uint64_t value, int width) {
    pending_ |= value << pending_bits_;
    pending_bits_ += width;
    for (; pending_bits_ >= 8; pending_bits_ -= 8, pending_ >>= 8)
      bytes_ += static_cast<char>(pending_ & 0xFF);
    size_bits_ += static_cast<std::uint64_t>(width);
  }
  std::uint64_t size_bits() const { return size_bits_; }

  // With the padding that read_bits asks for, a multiple of 8 bytes.
  std::string finish() {
    if (pending_bits_ > 0) bytes_ += static_cast<char>(pending_ & 0xFF);
    bytes_.resize((bytes_.size() + 15) / 8 * 8);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  std::uint64_t pending_ = 0, size_bits_ = 0;
  int pending_bits_ = 0;
};

// The `width` bits, at most 56, from bit `at` on. Eight bytes from there must be readable.
inline std::uint64_t read_bits(const char* data, std::uint64_t at, int width) {
  std::uint64_t word = 0;
  std::memcpy(&word, data + at / 8, sizeof word);
  return word >> at % 8 & ((std::uint64_t{1} << width) - 1);
}

}  // namespace vanban::diacritics
