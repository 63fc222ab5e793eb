#include "ocr/clean/red_ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

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

cv::Mat kernel(double width_mm, double height_mm, double dpi) {
  const auto pixels = [&](double mm) {
    return std::max(1, static_cast<int>(std::lround(mm * dpi / 25.4)));
  };
  return cv::Mat::ones(pixels(height_mm), pixels(width_mm), CV_8U);
}

Image to_image(const cv::Mat& grey, double dpi) {
  Image out{grey.cols, grey.rows, 1, dpi, {}};
  out.pixels.assign(grey.datastart, grey.dataend);
  return out;
}

std::vector<FoundSeal> red_seals(const cv::Mat& red_mask, double dpi) {
  const Image mask = to_image(red_mask, dpi);
  const Box everywhere{0, 0, double(red_mask.cols), double(red_mask.rows)};
  std::vector<FoundSeal> seals;
  for (const Circle& circle : find_seals(mask, everywhere, kRingShareMin))
    seals.push_back({circle, SealColour::Red, inked_disc_share(mask, circle)});
  return seals;
}

// 255 on the lines of text that are written in red outside the seals.
cv::Mat red_text(const cv::Mat& red_mask, const std::vector<FoundSeal>& seals, double dpi) {
  cv::Mat outside = red_mask.clone();
  for (const auto& [circle, colour, covers] : seals)
    cv::circle(outside, {int(circle.x), int(circle.y)}, int(1.1 * circle.radius), 0, cv::FILLED);
  cv::Mat lines, labels, stats, centroids;
  cv::morphologyEx(outside, lines, cv::MORPH_CLOSE, kernel(kJoinAcrossMm, kJoinDownMm, dpi));
  const int count = cv::connectedComponentsWithStats(lines, labels, stats, centroids);
  const double pixels_per_mm = dpi / 25.4;
  cv::Mat text = cv::Mat::zeros(red_mask.size(), CV_8U);
  for (int i = 1; i < count; ++i) {
    const cv::Rect rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                        stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    if (rect.height < kLineHeightMinMm * pixels_per_mm ||
        rect.height > kLineHeightMaxMm * pixels_per_mm ||
        rect.width < kLineWidthMinMm * pixels_per_mm)
      continue;
    text(rect).setTo(255, labels(rect) == i);
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

}  // namespace

RedInk without_red_ink(const Image& bgr) {
  const cv::Mat image(bgr.height, bgr.width, CV_8UC3, const_cast<std::uint8_t*>(bgr.pixels.data()));
  // JPEG keeps the luminance at full resolution and colour at half, so that it is the better grey
  // wherever there is no red.
  cv::Mat grey, other, mask;
  cv::cvtColor(image, grey, cv::COLOR_BGR2GRAY);
  std::vector<cv::Mat> channels;
  cv::split(image, channels);
  const cv::Mat red = channels[2];
  cv::max(channels[0], channels[1], other);
  cv::subtract(red, other, mask);
  cv::Mat strong = mask > kRedder;
  if (cv::countNonZero(strong) < kRedShareMin * static_cast<double>(strong.total()))
    return {to_image(grey, bgr.dpi), false, {}, {}, {}};

  RedInk out;
  out.removed = true;
  out.seals = red_seals(strong, bgr.dpi);
  if (!out.seals.empty()) {
    out.untouched = to_image(grey, bgr.dpi);
    // As much redder as seal ink is becomes black.
    constexpr double kRedness = 120;
    cv::Mat alone;
    mask.convertTo(alone, CV_8U, -255 / kRedness, 255);
    out.alone = to_image(alone, bgr.dpi);
  }
  const cv::Mat text = red_text(strong, out.seals, bgr.dpi);
  cv::Mat dark;
  cv::min(channels[0], channels[1], dark);
  // In the red channel red ink is nearly as light as paper and print is dark.
  cv::dilate(strong, strong, kernel(0.8, 0.8, bgr.dpi));
  red.copyTo(grey, strong);
  cv::Mat ghost = (mask > kGhostRedder) & (red > kGhostLight) & strong;
  grey.setTo(paper_level(grey), ghost);
  cv::Mat text_area;
  cv::dilate(text, text_area, kernel(0.5, 0.5, bgr.dpi));
  dark.copyTo(grey, text_area);
  out.grey = to_image(grey, bgr.dpi);
  return out;
}

}  // namespace vanban::ocr
