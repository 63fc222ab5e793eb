#include "ocr/clean/straighten.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// Lines of print, white on black as masks of ink are, that lean clockwise by so much.
cv::Mat leaning_print(double degrees) {
  cv::Mat ink = cv::Mat::zeros(1200, 1200, CV_8U);
  for (int y = 250; y < 1000; y += 50)
    cv::putText(ink, "Thuc hien ke hoach cua Uy ban", {250, y}, cv::FONT_HERSHEY_COMPLEX, 1.1, 255,
                2);
  // OpenCV turns against the clock.
  cv::warpAffine(ink, ink, cv::getRotationMatrix2D({600, 600}, -degrees, 1), ink.size());
  return ink > 128;
}

// A pixel from edge to edge of such a page is 0.05 degrees.
TEST_CASE("the lean of print is found") {
  const double degrees = GENERATE(-3.0, -0.7, 0.0, 0.4, 2.0);
  CAPTURE(degrees);
  CHECK(find_skew(bits_of(leaning_print(degrees))) == Approx(degrees).margin(0.1));
}

TEST_CASE("the lean of a sheet that lies askew is found") {
  const double degrees = GENERATE(-44.0, -23.0, -9.5, 6.5, 12.3, 30.0, 44.0);
  CAPTURE(degrees);
  CHECK(find_skew(bits_of(leaning_print(degrees))) == Approx(degrees).margin(0.2));
}

TEST_CASE("a sheet that lies askew is turned into a frame of its print, on paper") {
  cv::Mat page = leaning_print(23);
  const Box frame = turned_print(bits_of(page), 23);
  // The print stood level from (250, 225) on.
  CHECK(frame.left == Approx(250).margin(150));
  CHECK(frame.right < 1100);
  CHECK(frame.top == Approx(225).margin(150));
  CHECK(frame.bottom == Approx(960).margin(150));
  // Black print on paper.
  page = 240 - page;
  const Straightened straight = straightened(image_of(page), 23, 1, frame);
  CHECK(straight.image.width == std::lround(frame.width()));
  CHECK(straight.image.height == std::lround(frame.height()));
  const Point middle = straight.to_before.apply(600 - frame.left, 600 - frame.top);
  CHECK(middle.x == Approx(600));
  CHECK(middle.y == Approx(600));
  CHECK(std::abs(find_skew(bits_of(240 - mat_of(straight.image) > 128))) < 0.1);
  const Box beyond{-900, -900, -600, -600};
  const Straightened corner = straightened(image_of(page), 23, 1, beyond);
  CHECK(std::all_of(corner.image.pixels.begin(), corner.image.pixels.end(),
                    [](std::uint8_t level) { return level == 240; }));
}

TEST_CASE("where there is nothing to tell from there is no lean") {
  CHECK(find_skew(bits_of(cv::Mat::zeros(1200, 1200, CV_8U))) == 0);
  cv::Mat noise = cv::Mat::zeros(1200, 1200, CV_8U);
  cv::RNG random(1);
  for (int i = 0; i < 3000; ++i)
    cv::circle(noise, {random.uniform(0, 1200), random.uniform(0, 1200)}, 2, 255, -1);
  CHECK(find_skew(bits_of(noise)) == 0);
}

TEST_CASE("a page is straight once its lean is taken out") {
  const cv::Mat page = leaning_print(2);
  const Straightened straight = straightened(image_of(page), 2, 1);
  CHECK(straight.image.width == 1200);
  CHECK(std::abs(find_skew(bits_of(mat_of(straight.image)))) < 0.1);
  // The middle stays; what was at its right had sunk.
  const Point middle = straight.to_before.apply(600, 600);
  CHECK(middle.x == Approx(600));
  CHECK(middle.y == Approx(600));
  CHECK(straight.to_before.apply(1100, 600).y > 600 + 15);
}

TEST_CASE("a page that neither leans nor grows is left alone") {
  const Image page = image_of(leaning_print(0));
  const Straightened same = straightened(page, 0, 1);
  CHECK(same.image.pixels == page.pixels);
  CHECK(same.to_before == Affine{});
}

TEST_CASE("enlarging raises the density") {
  const Straightened larger = straightened(image_of(leaning_print(0), 150), 0, 2);
  CHECK(larger.image.width == 2400);
  CHECK(larger.image.dpi == 300);
  const Point corner = larger.to_before.apply(2400, 0);
  CHECK(corner.x == Approx(1200));
  CHECK(corner.y == Approx(0).margin(1e-9));
}

TEST_CASE("quarter turns go clockwise, and back the same way") {
  // A mark in the top left corner of a page that is wider than high.
  cv::Mat page(40, 60, CV_8UC3, cv::Scalar(255, 255, 255));
  page(cv::Rect(0, 0, 10, 10)) = cv::Scalar(0, 0, 255);
  const auto [degrees, width, x, y] = GENERATE(table<int, int, int, int>({
      {0, 60, 5, 5},
      {90, 40, 34, 5},
      {180, 60, 54, 34},
      {270, 40, 5, 54},
  }));
  CAPTURE(degrees);
  const Straightened out = turned(image_of(page), degrees);
  REQUIRE(out.image.width == width);
  REQUIRE(out.image.channels == 3);
  const std::size_t at = std::size_t(y) * out.image.stride() + std::size_t(x) * 3;
  CHECK(out.image.pixels[at] == 0);
  CHECK(out.image.pixels[at + 2] == 255);
  const Point before = out.to_before.apply(x + 0.5, y + 0.5);
  CHECK((before.x > 0 && before.x < 10));
  CHECK((before.y > 0 && before.y < 10));
}

TEST_CASE("a part of another image is cut as the straightened one has it") {
  const cv::Mat page = leaning_print(2);
  const Straightened straight = straightened(image_of(page), 2, 1);
  const Box box{400, 500, 700, 640};
  const Image part = part_after(image_of(page), straight.to_before, box);
  REQUIRE(part.width == 300);
  REQUIRE(part.height == 140);
  CHECK(part.dpi == Approx(200));
  int apart = 0;
  for (int y = 0; y < 140; ++y)
    for (int x = 0; x < 300; ++x) {
      const auto in_part = part.pixels[std::size_t(y) * part.stride() + std::size_t(x)];
      const auto in_page =
          straight.image
              .pixels[std::size_t(y + 500) * straight.image.stride() + std::size_t(x + 400)];
      apart += std::abs(int(in_part) - int(in_page)) > 40 ? 1 : 0;
    }
  CHECK(apart < 20);
}

}  // namespace
}  // namespace vanban::ocr
