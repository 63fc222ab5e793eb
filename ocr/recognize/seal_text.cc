#include "ocr/recognize/seal_text.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace vanban::ocr {
namespace {

// Where the rim's text stands, as shares of the outer radius: between the outer rings, beyond 0.95,
// and the inner one, which is within 0.55 to 0.75.
constexpr double kInnerMin = 0.52, kInnerMax = 0.78, kOuter = 1.0;

// Letters of the rim are some 2 mm high. At this density they are as high as print of 12 points at
// 300 dpi.
constexpr double kUnrolledDpi = 400;

// Half the angle of each arc: the upper text takes up to 290 degrees, the lower one 140.
constexpr double kAboveHalf = 145 * std::numbers::pi / 180;
constexpr double kBelowHalf = 75 * std::numbers::pi / 180;

cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

// The rim around `middle_angle` (radians, clockwise from the right), letters upright: their tops
// point outwards above, inwards below.
Image strip(const Image& seal, const Circle& circle, double middle_angle, double half_angle,
            bool tops_outwards) {
  const double scale = kUnrolledDpi / seal.dpi;
  const double middle_radius = (kInnerMin + kOuter) / 2 * circle.radius;
  const int width = static_cast<int>(2 * half_angle * middle_radius * scale);
  const int height = static_cast<int>((kOuter - kInnerMin) * circle.radius * scale);
  cv::Mat map_x(height, width, CV_32F), map_y(height, width, CV_32F);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double along = (x + 0.5) / width, down = (y + 0.5) / height;
      const double turn = (2 * along - 1) * half_angle;
      const double angle = middle_angle + (tops_outwards ? turn : -turn);
      const double inwards = tops_outwards ? down : 1 - down;
      const double radius = circle.radius * (kOuter - inwards * (kOuter - kInnerMin));
      map_x.at<float>(y, x) = static_cast<float>(circle.x + radius * std::cos(angle) - 0.5);
      map_y.at<float>(y, x) = static_cast<float>(circle.y + radius * std::sin(angle) - 0.5);
    }
  Image out{width, height, 1, kUnrolledDpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(height));
  cv::Mat into = view(out);
  cv::remap(view(seal), into, map_x, map_y, cv::INTER_CUBIC, cv::BORDER_CONSTANT, 255);
  return out;
}

// Wipes off the rings, which lie level in the strip, and what stands within the inner one.
void wipe_rings(Image& strip_image, bool tops_outwards) {
  constexpr int kEdge = 3;             // rows of 0.06 mm: where a ring is not quite a circle
  constexpr double kRingShare = 0.55;  // of a row; a row through capitals has less than 0.5
  cv::Mat grey = view(strip_image), ink, shares;
  cv::threshold(grey, ink, 0, 1, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  cv::reduce(ink, shares, 1, cv::REDUCE_AVG, CV_32F);
  const auto ring_at = [&](int y) { return shares.at<float>(y, 0) > kRingShare; };
  int inner = -1;
  for (int i = 0; i < grey.rows; ++i) {
    const int y = tops_outwards ? i : grey.rows - 1 - i;
    const double radius = kOuter - (i + 0.5) / grey.rows * (kOuter - kInnerMin);
    if (!ring_at(y)) continue;
    if (radius < kInnerMax && inner < 0) inner = y;
    grey.rowRange(std::max(0, y - kEdge), std::min(grey.rows, y + kEdge + 1)).setTo(255);
  }
  if (inner < 0) return;
  if (tops_outwards)
    grey.rowRange(inner, grey.rows).setTo(255);
  else
    grey.rowRange(0, inner).setTo(255);
}

// Stars and crumbs of rings are no words.
bool is_word(const Word& word) {
  constexpr double kConfidenceMin = 0.4;
  const auto letters = std::count_if(word.text.begin(), word.text.end(), [](unsigned char c) {
    return c >= 0x80 || std::isalpha(c) != 0;
  });
  return letters >= 2 && word.confidence >= kConfidenceMin;
}

}  // namespace

Rim unrolled(const Image& seal, const Circle& circle) {
  // Angles run clockwise from the right, as y runs down.
  constexpr double kTop = -std::numbers::pi / 2, kBottom = std::numbers::pi / 2;
  Rim rim{strip(seal, circle, kTop, kAboveHalf, true),
          strip(seal, circle, kBottom, kBelowHalf, false)};
  wipe_rings(rim.above, true);
  wipe_rings(rim.below, false);
  return rim;
}

SealText read_seal_text(Recognizer& recognizer, const Image& seal, const Circle& circle) {
  // Of an arc's words. Less is guessed from stars and smears, or from the upper text, which on some
  // seals runs round the bottom and is upside down there.
  constexpr double kConfidenceMin = 0.55;
  const Rim rim = unrolled(seal, circle);
  std::vector<Word> words;
  for (const Image* part : {&rim.above, &rim.below}) {
    const Box whole{0, 0, double(part->width), double(part->height)};
    std::vector<Word> arc;
    for (const Line& line : recognizer.recognize(*part, whole, Segmentation::Line))
      std::copy_if(line.words.begin(), line.words.end(), std::back_inserter(arc), is_word);
    if (mean_confidence(arc) >= kConfidenceMin) words.insert(words.end(), arc.begin(), arc.end());
  }
  if (words.empty()) return {};
  return {text_of({{}, words}), mean_confidence(words)};
}

}  // namespace vanban::ocr
