#include "ocr/clean/bits.h"

#include <allheaders.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <new>

namespace vanban::ocr {
namespace {

// A Pix over the words of a picture, which it leaves alone when it goes.
struct Lender {
  void operator()(Pix* pix) const {
    pixSetData(pix, nullptr);
    pixDestroy(&pix);
  }
};
using View = std::unique_ptr<Pix, Lender>;

View view(const Bits& bits) {
  View pix(pixCreateHeader(bits.width, bits.height, 1));
  if (!pix) throw std::bad_alloc();
  pixSetData(pix.get(), const_cast<std::uint32_t*>(bits.words.data()));
  return pix;
}

template <typename Object, void (*kDestroy)(Object**)>
struct Destroyer {
  void operator()(Object* object) const { kDestroy(&object); }
};
using PixaPtr = std::unique_ptr<Pixa, Destroyer<Pixa, pixaDestroy>>;
using BoxaPtr = std::unique_ptr<Boxa, Destroyer<Boxa, boxaDestroy>>;

PixelRect rect_at(Boxa* boxes, int i) {
  PixelRect rect;
  boxaGetBoxGeometry(boxes, i, &rect.left, &rect.top, &rect.width, &rect.height);
  return rect;
}

enum class Spread { Ink, Paper };

// Ink or paper spread over the next pixels to the right or downwards, or back: by shifts that
// double, so that a long way costs hardly more than a short one.
void spread(Bits& bits, Spread what, int reach, bool down, bool back) {
  const View pix = view(bits);
  for (int done = 1; done <= reach;) {
    const int step = std::min(done, reach + 1 - done);
    const Bits before = bits;
    const int way = back ? -step : step;
    pixRasterop(pix.get(), down ? 0 : way, down ? way : 0, bits.width, bits.height,
                what == Spread::Ink ? PIX_SRC | PIX_DST : PIX_SRC & PIX_DST, view(before).get(), 0,
                0);
    done += step;
  }
}

// By a brick whose middle lies on the pixel, of an even side the pixel after the middle; `turned`:
// the pixel before it, so that the one undoes the shift of the other.
void spread(Bits& bits, Spread what, int width, int height, bool turned = false) {
  const auto forth = [&](int side) { return turned ? side - 1 - side / 2 : side / 2; };
  spread(bits, what, forth(width), false, false);
  spread(bits, what, width - 1 - forth(width), false, true);
  spread(bits, what, forth(height), true, false);
  spread(bits, what, height - 1 - forth(height), true, true);
}

void combine(Bits& to, const Bits& part, int left, int top, int operation) {
  pixRasterop(view(to).get(), left, top, part.width, part.height, operation, view(part).get(), 0,
              0);
}

// Eight pixels, the first in the lowest byte, as eight bits, the first the highest: each byte is 0
// or 1.
std::uint32_t packed(std::uint64_t bytes) {
  return static_cast<std::uint32_t>((bytes * 0x8040201008040201U) >> 56);
}

}  // namespace

PixelRect PixelRect::within(int page_width, int page_height) const {
  PixelRect out{std::max(left, 0), std::max(top, 0), 0, 0};
  out.width = std::max(0, std::min(right(), page_width) - out.left);
  out.height = std::max(0, std::min(bottom(), page_height) - out.top);
  return out;
}

PixelRect pixels_of(const Box& box) {
  const int left = int(box.left), top = int(box.top);
  return {left, top, int(box.right) - left, int(box.bottom) - top};
}

Bits::Bits(int width_, int height_, double dpi_) : width(width_), height(height_), dpi(dpi_) {
  words.resize(words_per_row() * static_cast<std::size_t>(height));
}

void pack(const std::uint8_t* bytes, std::size_t word_count, std::uint32_t* words) {
  static_assert(std::endian::native == std::endian::little);
  for (std::size_t i = 0; i < word_count; ++i) {
    std::uint64_t eights[4];
    std::memcpy(eights, bytes + 32 * i, sizeof eights);
    words[i] = packed(eights[0]) << 24 | packed(eights[1]) << 16 | packed(eights[2]) << 8 |
               packed(eights[3]);
  }
}

Bits darker_than(const Image& grey, int level) {
  return bits_of_rows(grey.width, grey.height, grey.dpi, [&](int y, std::uint8_t* inked) {
    const std::uint8_t* from = grey.pixels.data() + grey.stride() * static_cast<std::size_t>(y);
    for (int x = 0; x < grey.width; ++x) inked[x] = from[x] < level;
  });
}

Image mask_of(const Bits& bits) {
  Image out{bits.width, bits.height, 1, bits.dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  for_each_inked(bits, [&](int x, int y) {
    out.pixels[out.stride() * std::size_t(y) + std::size_t(x)] = 255;
  });
  return out;
}

void add(Bits& to, const Bits& other, int left, int top) {
  combine(to, other, left, top, PIX_SRC | PIX_DST);
}

void take_away(Bits& from, const Bits& other, int left, int top) {
  combine(from, other, left, top, PIX_NOT(PIX_SRC) & PIX_DST);
}

void keep_common(Bits& of, const Bits& other) { combine(of, other, 0, 0, PIX_SRC & PIX_DST); }

Bits part_of(const Bits& bits, const PixelRect& rect) {
  if (rect.empty()) return {};
  Bits out(rect.width, rect.height, bits.dpi);
  pixRasterop(view(out).get(), 0, 0, rect.width, rect.height, PIX_SRC, view(bits).get(), rect.left,
              rect.top);
  return out;
}

void fill(Bits& bits, const PixelRect& rect) {
  pixRasterop(view(bits).get(), rect.left, rect.top, rect.width, rect.height, PIX_SET, nullptr, 0,
              0);
}

void clear(Bits& bits, const PixelRect& rect) {
  pixRasterop(view(bits).get(), rect.left, rect.top, rect.width, rect.height, PIX_CLR, nullptr, 0,
              0);
}

int count(const Bits& bits) {
  int sum = 0;
  for (const std::uint32_t word : bits.words) sum += std::popcount(word);
  return sum;
}

PixelRect around(const Bits& bits) {
  int left = bits.width, right = 0, top = bits.height, bottom = 0;
  for (int y = 0; y < bits.height; ++y) {
    const std::uint32_t* row = bits.row(y);
    for (int i = 0; i < static_cast<int>(bits.words_per_row()); ++i) {
      if (row[i] == 0) continue;
      left = std::min(left, 32 * i + std::countl_zero(row[i]));
      right = std::max(right, 32 * i + 32 - std::countr_zero(row[i]));
      top = std::min(top, y);
      bottom = y + 1;
    }
  }
  return right == 0 ? PixelRect{} : PixelRect{left, top, right - left, bottom - top};
}

Bits dilated(const Bits& bits, int width, int height) {
  Bits out = bits;
  spread(out, Spread::Ink, width, height);
  return out;
}

Bits opened(const Bits& bits, int width, int height) {
  Bits out = bits;
  spread(out, Spread::Paper, width, height);
  spread(out, Spread::Ink, width, height, true);
  return out;
}

Bits closed(const Bits& bits, int width, int height) {
  Bits out = bits;
  spread(out, Spread::Ink, width, height);
  spread(out, Spread::Paper, width, height, true);
  return out;
}

std::vector<Piece> pieces_of(const Bits& bits, Connectivity connectivity) {
  Pixa* pieces = nullptr;
  const BoxaPtr boxes(
      pixConnComp(view(bits).get(), &pieces, connectivity == Connectivity::Sides ? 4 : 8));
  const PixaPtr owned(pieces);
  std::vector<Piece> out;
  const int count_all = boxes ? boxaGetCount(boxes.get()) : 0;
  out.reserve(static_cast<std::size_t>(count_all));
  for (int i = 0; i < count_all; ++i) {
    Piece piece{rect_at(boxes.get(), i), 0, {}};
    piece.ink = Bits(piece.rect.width, piece.rect.height, bits.dpi);
    Pix* pix = pixaGetPix(pieces, i, L_CLONE);
    std::copy_n(pixGetData(pix), piece.ink.words.size(), piece.ink.words.data());
    pixDestroy(&pix);
    piece.area = count(piece.ink);
    out.push_back(std::move(piece));
  }
  return out;
}

std::vector<PixelRect> rects_of_pieces(const Bits& bits) {
  const BoxaPtr boxes(pixConnCompBB(view(bits).get(), 8));
  std::vector<PixelRect> out;
  const int count_all = boxes ? boxaGetCount(boxes.get()) : 0;
  out.reserve(static_cast<std::size_t>(count_all));
  for (int i = 0; i < count_all; ++i) out.push_back(rect_at(boxes.get(), i));
  return out;
}

}  // namespace vanban::ocr
