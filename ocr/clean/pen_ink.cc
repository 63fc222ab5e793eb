#include "ocr/clean/pen_ink.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocr/clean/bits.h"
#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/light.h"
#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

// Levels by which blue exceeds red in pen ink, and in what JPEG smears around it.
constexpr int kBluer = 40, kSmearBluer = 15;

// In the blue channel pen ink is lighter than this and print is darker.
constexpr int kPrintDark = 100;

// Strokes in one piece, taller than figures by hand, which are up to 8 mm; and below the header,
// where number and date are written.
constexpr double kSignatureHeightMinMm = 9;
constexpr double kHeaderShare = 0.25;  // of the page's height

// Those pieces of blue ink that are a signature's. Names are stamped in blue, too: where letters
// stand in a row, what runs through it stays, since it may hold some of them.
Bits signature_of(const Bits& blue, const InkSizes& sizes) {
  std::vector<Box> letters;
  Bits out(blue.width, blue.height, blue.dpi);
  bool any = false;
  for (const Piece& piece : pieces_of(blue)) {
    const PixelRect& rect = piece.rect;
    if (rect.height >= sizes.pixels(kSignatureHeightMinMm) &&
        rect.top > kHeaderShare * blue.height) {
      add(out, piece.ink, rect.left, rect.top);
      any = true;
    } else if (sizes.letter(piece)) {
      letters.push_back(rect.box());
    }
  }
  if (!any) return out;
  for (const Box& row : find_text_rows(letters)) {
    const double reach = 6 * row.height(), margin = 0.5 * row.height();
    clear(out,
          pixels_of({row.left - reach, row.top - margin, row.right + reach, row.bottom + margin})
              .within(out.width, out.height));
  }
  return out;
}

// Where blue exceeds red by more than some levels.
Bits bluer_than(const Image& bgr, int levels) {
  return bits_of_rows(bgr.width, bgr.height, bgr.dpi, [&](int y, std::uint8_t* inked) {
    const std::uint8_t* from = bgr.pixels.data() + bgr.stride() * static_cast<std::size_t>(y);
    for (int x = 0; x < bgr.width; ++x, from += 3) inked[x] = from[0] - from[2] > levels;
  });
}

}  // namespace

bool take_off_blue_signature(const Image& bgr, Image& grey) {
  const InkSizes sizes(bgr.dpi);
  Bits signature = signature_of(bluer_than(bgr, kBluer), sizes);
  if (around(signature).empty()) return false;
  const int spread = 2 * sizes.pixels(0.25) + 1;
  signature = dilated(signature, spread, spread);
  keep_common(signature, bluer_than(bgr, kSmearBluer));
  const Image paper = paper_of(grey);
  for_each_inked(signature, [&](int x, int y) {
    const std::size_t at = grey.stride() * std::size_t(y) + std::size_t(x);
    if (bgr.pixels[3 * at] > kPrintDark) grey.pixels[at] = paper.pixels[at];
  });
  return true;
}

}  // namespace vanban::ocr
