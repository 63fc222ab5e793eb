// Ink as one bit a pixel. Openings by the length of a rule, and pieces of connected ink, cost here
// a twentieth of what they cost on bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocr/document/geometry.h"
#include "ocr/image.h"

namespace vanban::ocr {

// Whole pixels; right and bottom exclusive.
struct PixelRect {
  int left = 0, top = 0, width = 0, height = 0;

  int right() const { return left + width; }
  int bottom() const { return top + height; }
  bool empty() const { return width <= 0 || height <= 0; }
  Box box() const { return {double(left), double(top), double(right()), double(bottom())}; }
  PixelRect grown(int across, int down) const {
    return {left - across, top - down, width + 2 * across, height + 2 * down};
  }
  PixelRect within(int page_width, int page_height) const;
  bool operator==(const PixelRect&) const = default;
};

// The pixels that a box's corners lie in.
PixelRect pixels_of(const Box& box);

// 1 where there is ink. Rows of 32-bit words, the first pixel in the highest bit, those beyond the
// width 0.
struct Bits {
  int width = 0, height = 0;
  double dpi = 0;  // 0 where unknown
  std::vector<std::uint32_t> words;

  Bits() = default;
  Bits(int width, int height, double dpi);  // no ink

  std::size_t words_per_row() const { return (static_cast<std::size_t>(width) + 31) / 32; }
  const std::uint32_t* row(int y) const {
    return words.data() + words_per_row() * static_cast<std::size_t>(y);
  }
  std::uint32_t* row(int y) { return words.data() + words_per_row() * static_cast<std::size_t>(y); }
  bool at(int x, int y) const {
    return ((row(y)[static_cast<std::size_t>(x) / 32] >> (31 - x % 32)) & 1U) != 0;
  }
};

// 32 bytes of 0 or 1 to a word.
void pack(const std::uint8_t* bytes, std::size_t word_count, std::uint32_t* words);

// Ink is where `inked_in(y, inked)` sets an inked pixel of row y to 1; the row comes with zeros or
// with what the last call left there.
template <typename InkedIn>
Bits bits_of_rows(int width, int height, double dpi, InkedIn inked_in) {
  Bits out(width, height, dpi);
  std::vector<std::uint8_t> inked(32 * out.words_per_row());
  for (int y = 0; y < height; ++y) {
    inked_in(y, inked.data());
    pack(inked.data(), out.words_per_row(), out.row(y));
  }
  return out;
}

// Ink is what is darker than a level. `grey`: one channel.
Bits darker_than(const Image& grey, int level);
// 255 where there is ink, 0 where there is none.
Image mask_of(const Bits& bits);

// Calls `see(x, y)` for each inked pixel, row by row.
template <typename See>
void for_each_inked(const Bits& bits, See see) {
  for (int y = 0; y < bits.height; ++y)
    for (int i = 0; i < static_cast<int>(bits.words_per_row()); ++i)
      for (std::uint32_t word = bits.row(y)[i]; word != 0;) {
        const int bit = std::countl_zero(word);
        see(32 * i + bit, y);
        word &= ~(0x80000000U >> bit);
      }
}

// ---- Parts

// The other picture lies with its top left corner at a place; what is beyond the page is left out.
void add(Bits& to, const Bits& other, int left = 0, int top = 0);
void take_away(Bits& from, const Bits& other, int left = 0, int top = 0);
void keep_common(Bits& of, const Bits& other);  // of one size

// The part within a rectangle, which must lie on the page.
Bits part_of(const Bits& bits, const PixelRect& rect);
void fill(Bits& bits, const PixelRect& rect);
void clear(Bits& bits, const PixelRect& rect);

int count(const Bits& bits);
// The smallest rectangle with all the ink; empty where there is none.
PixelRect around(const Bits& bits);

// ---- Bricks: full rectangles, in pixels. What lies beyond the page neither adds nor takes ink.

// Ink spread by a brick around each pixel; of an even side the larger half is to the right and
// below.
Bits dilated(const Bits& bits, int width, int height);
// What of the ink such a brick fits into.
Bits opened(const Bits& bits, int width, int height);
// Gaps closed that such a brick does not fit into.
Bits closed(const Bits& bits, int width, int height);

// ---- Pieces

enum class Connectivity { Sides = 4, Corners = 8 };

// Ink that hangs together.
struct Piece {
  PixelRect rect;
  int area = 0;  // pixels
  Bits ink;      // of the rectangle's size, the piece alone
};

// From top to bottom, by the first pixel of each.
std::vector<Piece> pieces_of(const Bits& bits, Connectivity connectivity = Connectivity::Corners);
// The rectangles alone, which costs half.
std::vector<PixelRect> rects_of_pieces(const Bits& bits);

}  // namespace vanban::ocr
