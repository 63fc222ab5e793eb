#include "ocr/recognize/upright_strokes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace vanban::ocr {
namespace {

// Whole pixels, the last ones left out.
struct Window {
  int left = 0, top = 0, right = 0, bottom = 0;
  int height() const { return bottom - top; }
};

std::uint8_t pixel(const Image& image, int x, int y) {
  return image.pixels[static_cast<std::size_t>(y) * image.stride() + static_cast<std::size_t>(x)];
}

// Half way between the paper and the print of a window.
int ink_level(const Image& image, const Window& window) {
  std::vector<std::uint8_t> greys;
  for (int y = window.top; y < window.bottom; ++y)
    for (int x = window.left; x < window.right; ++x) greys.push_back(pixel(image, x, y));
  std::sort(greys.begin(), greys.end());
  const std::size_t twentieth = greys.size() / 20;
  return (greys[twentieth] + greys[greys.size() - 1 - twentieth]) / 2;
}

// The share of a column that is ink between two heights, as shares of the window's.
double inked(const Image& image, const Window& window, int level, int x, double from, double to) {
  const int top = window.top + static_cast<int>(std::lround(from * window.height()));
  const int bottom = std::max(top + 1, window.top + static_cast<int>(to * window.height()));
  int count = 0;
  for (int y = top; y < bottom; ++y) count += pixel(image, x, y) < level ? 1 : 0;
  return static_cast<double>(count) / (bottom - top);
}

// What stands beside one another without touching above or below the middle.
struct Piece {
  int left = 0, right = 0;   // the columns
  int solid = 0;             // those that are ink all the way down
  bool inked_below = false;  // only: a stop, a comma
};

}  // namespace

UprightStrokes count_upright_strokes(const Image& image, const Box& box) {
  const double height = box.height();
  const int beside = static_cast<int>(0.12 * height);
  const Window window{std::max(0, static_cast<int>(box.left) - beside),
                      std::max(0, static_cast<int>(box.top)),
                      std::min(image.width, static_cast<int>(std::ceil(box.right)) + beside),
                      std::min(image.height, static_cast<int>(std::ceil(box.bottom)))};
  constexpr int kLeast = 10;  // pixels: less shows no strokes
  if (window.height() < kLeast || window.right - window.left < kLeast / 2 || image.channels != 1)
    return {};
  const int level = ink_level(image, window);
  // Serifs end above the first and below the last of these heights; the bar of "H" and "A" lies
  // between the others.
  constexpr double kHigh = 0.2, kAboveBar = 0.4, kBelowBar = 0.6, kLow = 0.8;
  constexpr double kSolid = 0.75, kTouched = 0.3;
  std::vector<Piece> pieces;
  bool within = false;
  for (int x = window.left; x < window.right; ++x) {
    const double above = inked(image, window, level, x, kHigh, kAboveBar);
    const double below = inked(image, window, level, x, kBelowBar, kLow);
    const double bar = inked(image, window, level, x, kAboveBar, kBelowBar);
    const bool touched = std::max({above, below, bar}) >= kTouched;
    if (touched && !within) pieces.push_back({x, x, 0, true});
    within = touched;
    if (!touched) continue;
    Piece& piece = pieces.back();
    piece.right = x + 1;
    piece.solid += std::min({above, below, bar}) >= kSolid ? 1 : 0;
    piece.inked_below = piece.inked_below && std::max(above, bar) < kTouched;
  }
  std::erase_if(pieces, [](const Piece& piece) { return piece.inked_below; });
  constexpr double kWidest = 0.4;  // of the height; the stem of a bold face takes a quarter
  const auto is_stroke = [&](const Piece& piece) {
    const int width = piece.right - piece.left;
    return width <= kWidest * height && 2 * piece.solid >= width;
  };
  UprightStrokes strokes;
  const auto other = std::find_if_not(pieces.begin(), pieces.end(), is_stroke);
  const auto last_other = std::find_if_not(pieces.rbegin(), pieces.rend(), is_stroke);
  strokes.leading = static_cast<int>(other - pieces.begin());
  strokes.trailing = static_cast<int>(last_other - pieces.rbegin());
  strokes.all = other == pieces.end() && !pieces.empty();
  return strokes;
}

}  // namespace vanban::ocr
