#include "ocr/clean/red_ink.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// Part of a page at 200 dpi.
constexpr int kWidth = 1654, kHeight = 1400;
const cv::Scalar kPaper(235, 242, 244), kPrint(40, 40, 40), kRed(70, 60, 215);

cv::Mat paper() { return {kHeight, kWidth, CV_8UC3, kPaper}; }

int level(const Image& grey, int x, int y) {
  return grey.pixels[grey.stride() * static_cast<std::size_t>(y) + static_cast<std::size_t>(x)];
}

void print(cv::Mat& page, const std::string& text, cv::Point at, const cv::Scalar& ink,
           double size = 1.1) {
  cv::putText(page, text, at, cv::FONT_HERSHEY_COMPLEX, size, ink, 3, cv::LINE_AA);
}

// Places of a colour.
cv::Mat where(const cv::Mat& page, const cv::Scalar& colour) {
  cv::Mat out;
  cv::inRange(page, colour, colour, out);
  REQUIRE(cv::countNonZero(out) > 100);
  return out;
}

// The share of the masked pixels that are darker than half.
double dark_share(const Image& grey, const cv::Mat& mask) {
  return cv::countNonZero((mat_of(grey) < 128) & mask) / double(cv::countNonZero(mask));
}

constexpr int kRadius = 142;  // 36 mm wide
const cv::Point kMiddle(1100, 700);

TEST_CASE("a red seal goes and the print under it stays") {
  cv::Mat page = paper();
  cv::circle(page, kMiddle, kRadius, kRed, 6, cv::LINE_AA);
  cv::circle(page, kMiddle, 60, kRed, 3, cv::LINE_AA);
  cv::putText(page, "UY BAN NHAN DAN", {1000, 660}, cv::FONT_HERSHEY_COMPLEX, 0.6, kRed, 2);
  print(page, "PHO CHU TICH", {900, 700}, kPrint);
  print(page, "Trinh Thi Ngan Ha", {900, 800}, kPrint);
  const RedInk out = without_red_ink(image_of(page));
  CHECK(out.removed);
  REQUIRE(out.grey.channels == 1);
  CHECK(out.grey.width == kWidth);
  CHECK(out.grey.height == kHeight);
  CHECK(out.grey.dpi == 200);
  CHECK(dark_share(out.grey, where(page, kRed)) < 0.02);
  CHECK(dark_share(out.grey, where(page, kPrint)) > 0.98);
}

TEST_CASE("a line stamped in red outside the seal is as dark as print") {
  cv::Mat page = paper();
  cv::circle(page, kMiddle, kRadius, kRed, 6, cv::LINE_AA);
  const cv::Scalar stamp(60, 60, 214);
  print(page, "HOA TOC", {200, 300}, stamp, 1.6);
  const RedInk out = without_red_ink(image_of(page));
  CHECK(out.removed);
  CHECK(dark_share(out.grey, where(page, stamp)) > 0.98);
  CHECK(dark_share(out.grey, where(page, kRed)) < 0.02);
}

TEST_CASE("a page without red is only made grey") {
  cv::Mat page = paper();
  print(page, "PHO CHU TICH", {900, 700}, kPrint);
  SECTION("black print alone") {}
  SECTION("a signature in blue") {
    cv::ellipse(page, {1100, 600}, {200, 80}, 20, 0, 300, cv::Scalar(180, 60, 40), 5);
  }
  SECTION("a red dot or two") { cv::circle(page, {300, 300}, 6, kRed, cv::FILLED); }
  const RedInk out = without_red_ink(image_of(page));
  CHECK_FALSE(out.removed);
  cv::Mat grey;
  cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
  CHECK(out.grey.pixels == std::vector<std::uint8_t>(grey.datastart, grey.dataend));
}

TEST_CASE("paper under the seal is as light as beside it") {
  cv::Mat page = paper();
  cv::circle(page, kMiddle, kRadius, kRed, 6, cv::LINE_AA);
  const RedInk out = without_red_ink(image_of(page));
  const int beside = level(out.grey, 300, 1200);
  for (int degree = 0; degree < 360; degree += 15) {
    const double angle = degree * CV_PI / 180;
    CAPTURE(degree);
    CHECK(std::abs(level(out.grey, kMiddle.x + static_cast<int>(kRadius * std::cos(angle)),
                         kMiddle.y + static_cast<int>(kRadius * std::sin(angle))) -
                   beside) < 15);
  }
}

TEST_CASE("the image given is not changed") {
  cv::Mat page = paper();
  cv::circle(page, kMiddle, kRadius, kRed, 6, cv::LINE_AA);
  const Image image = image_of(page);
  const Image before = image;
  without_red_ink(image);
  CHECK(image.pixels == before.pixels);
}

}  // namespace
}  // namespace vanban::ocr
