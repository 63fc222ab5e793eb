#include "ocr/clean/red_ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/clean/bits.h"
#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/seals.h"

namespace vanban::ocr {
namespace {

// Levels by which red exceeds the other channels in red ink, and in the ghost of it that still
// shows in the red channel, where that is light.
constexpr int kRedder = 30, kGhostRedder = 15, kGhostLight = 140;

constexpr double kRedShareMin = 5e-4;  // of the page; a seal covers some 1 %

// A ring of a red seal is often broken by paper and print.
constexpr double kRingShareMin = 0.5;

// A stamped line: letters of 2 mm to a boxed urgency mark of 11 mm. What is taller is a seal that
// was not recognised as one, or a receipt stamp.
constexpr double kLineHeightMinMm = 2, kLineHeightMaxMm = 11, kLineWidthMinMm = 6;

// Letters of a line, joined across their gaps.
constexpr double kJoinAcrossMm = 3.8, kJoinDownMm = 0.8;

Image to_image(const cv::Mat& grey, double dpi) {
  Image out{grey.cols, grey.rows, 1, dpi, {}};
  out.pixels.assign(grey.datastart, grey.dataend);
  return out;
}

std::vector<FoundSeal> red_seals(const Bits& red) {
  const Image mask = mask_of(red);
  const Box everywhere{0, 0, double(red.width), double(red.height)};
  std::vector<FoundSeal> seals;
  for (const Circle& circle : find_seals(mask, everywhere, kRingShareMin))
    seals.push_back({circle, SealColour::Red, inked_disc_share(mask, circle)});
  return seals;
}

// The red outside the seals.
Bits outside_of(const Bits& red, const std::vector<FoundSeal>& seals) {
  if (seals.empty()) return red;
  Image mask = mask_of(red);
  cv::Mat drawn(mask.height, mask.width, CV_8UC1, mask.pixels.data());
  for (const auto& [circle, colour, covers] : seals)
    cv::circle(drawn, {int(circle.x), int(circle.y)}, int(1.1 * circle.radius), 0, cv::FILLED);
  cv::bitwise_not(drawn, drawn);
  return darker_than(mask, 128);
}

// The lines of text that are written in red outside the seals.
Bits red_text(const Bits& red, const std::vector<FoundSeal>& seals) {
  const InkSizes sizes(red.dpi);
  const Bits lines =
      closed(outside_of(red, seals), sizes.pixels(kJoinAcrossMm), sizes.pixels(kJoinDownMm));
  Bits text(red.width, red.height, red.dpi);
  for (const Piece& piece : pieces_of(lines)) {
    const auto [left, top, width, height] = piece.rect;
    if (height >= kLineHeightMinMm * sizes.pixels_per_mm &&
        height <= kLineHeightMaxMm * sizes.pixels_per_mm &&
        width >= kLineWidthMinMm * sizes.pixels_per_mm)
      add(text, piece.ink, left, top);
  }
  return text;
}

// The grey of the paper: the most frequent one among the lighter half.
int paper_level(const cv::Mat& grey) {
  std::array<int, 256> counts{};
  for (int y = 0; y < grey.rows; y += 4)
    for (int x = 0; x < grey.cols; x += 4) ++counts[grey.at<std::uint8_t>(y, x)];
  return static_cast<int>(std::max_element(counts.begin() + 128, counts.end()) - counts.begin());
}

// Where red exceeds the other channels by more than some levels.
Bits redder_than(const Image& bgr, int levels) {
  return bits_of_rows(bgr.width, bgr.height, bgr.dpi, [&](int y, std::uint8_t* inked) {
    const std::uint8_t* from = bgr.pixels.data() + bgr.stride() * static_cast<std::size_t>(y);
    for (int x = 0; x < bgr.width; ++x, from += 3)
      inked[x] = from[2] - std::max(from[0], from[1]) > levels;
  });
}

// The red ink alone, black on white: as much redder as seal ink is becomes black.
Image redness(const Image& bgr) {
  constexpr double kRedness = 120;
  Image out{bgr.width, bgr.height, 1, bgr.dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  for (std::size_t i = 0; i < out.pixels.size(); ++i) {
    const std::uint8_t* from = bgr.pixels.data() + 3 * i;
    const int redder = std::max(0, from[2] - std::max(from[0], from[1]));
    out.pixels[i] =
        static_cast<std::uint8_t>(std::lround(255 * std::max(0.0, 1 - redder / kRedness)));
  }
  return out;
}

}  // namespace

RedInk without_red_ink(const Image& bgr) {
  const cv::Mat image(bgr.height, bgr.width, CV_8UC3, const_cast<std::uint8_t*>(bgr.pixels.data()));
  // JPEG keeps the luminance at full resolution and colour at half, so that it is the better grey
  // wherever there is no red.
  cv::Mat grey;
  cv::cvtColor(image, grey, cv::COLOR_BGR2GRAY);
  const Bits red = redder_than(bgr, kRedder);
  RedInk out{to_image(grey, bgr.dpi), false, {}, {}, {}};
  if (count(red) < kRedShareMin * static_cast<double>(grey.total())) return out;

  out.removed = true;
  out.seals = red_seals(red);
  if (!out.seals.empty()) {
    out.untouched = out.grey;
    out.alone = redness(bgr);
  }
  const InkSizes sizes(bgr.dpi);
  const auto spread = [&](const Bits& bits, double mm) {
    return dilated(bits, sizes.pixels(mm), sizes.pixels(mm));
  };
  const Bits text = spread(red_text(red, out.seals), 0.5);
  Bits changed = spread(red, 0.8);
  add(changed, text);
  const auto paper = static_cast<std::uint8_t>(paper_level(grey));
  for_each_inked(changed, [&](int x, int y) {
    const bool is_text = text.at(x, y);
    const std::size_t at = out.grey.stride() * std::size_t(y) + std::size_t(x);
    const std::uint8_t* from = bgr.pixels.data() + 3 * at;
    const int darker = std::min(from[0], from[1]), redder = from[2] - std::max(from[0], from[1]);
    // In the red channel red ink is nearly as light as paper and print is dark.
    out.grey.pixels[at] = static_cast<std::uint8_t>(is_text ? darker : from[2]);
    if (!is_text && redder > kGhostRedder && from[2] > kGhostLight) out.grey.pixels[at] = paper;
  });
  return out;
}

}  // namespace vanban::ocr
