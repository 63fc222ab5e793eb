#include "ocr/clean/seals.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// An ink mask at 200 dpi: seals are 189 to 346 pixels wide.
cv::Mat mask() { return cv::Mat::zeros(1200, 1600, CV_8UC1); }

const Box kEverywhere{0, 0, 1600, 1200};

TEST_CASE("a ring of a seal's size is found where it is") {
  const int radius = GENERATE(110, 142, 165);  // 28, 36 and 42 mm wide
  CAPTURE(radius);
  cv::Mat ink = mask();
  cv::circle(ink, {700, 500}, radius, 255, 5);
  const auto seals = find_seals(image_of(ink), kEverywhere);
  REQUIRE(seals.size() == 1);
  CHECK(seals[0].x == Approx(700).margin(4));
  CHECK(seals[0].y == Approx(500).margin(4));
  CHECK(seals[0].radius == Approx(radius).margin(5));
}

TEST_CASE("two seals are both found") {
  cv::Mat ink = mask();
  cv::circle(ink, {400, 400}, 142, 255, 5);
  cv::circle(ink, {1100, 700}, 142, 255, 5);
  CHECK(find_seals(image_of(ink), kEverywhere).size() == 2);
}

TEST_CASE("the two rings of one seal are one") {
  cv::Mat ink = mask();
  cv::circle(ink, {700, 500}, 150, 255, 6);
  cv::circle(ink, {700, 500}, 138, 255, 2);
  CHECK(find_seals(image_of(ink), kEverywhere).size() == 1);
}

TEST_CASE("other shapes are no seals") {
  cv::Mat ink = mask();
  SECTION("nothing") {}
  SECTION("half a ring") { cv::ellipse(ink, {700, 500}, {142, 142}, 0, 0, 180, 255, 5); }
  SECTION("a ring of 12 mm") { cv::circle(ink, {700, 500}, 47, 255, 5); }
  SECTION("a ring of 60 mm") { cv::circle(ink, {700, 500}, 236, 255, 5); }
  SECTION("a square") { cv::rectangle(ink, {560, 360}, {840, 640}, 255, 5); }
  SECTION("lines of print") {
    for (int y = 300; y < 800; y += 60)
      cv::putText(ink, "Thuc hien ke hoach cua Uy ban", {300, y}, cv::FONT_HERSHEY_COMPLEX, 1.1,
                  255, 2);
  }
  CHECK(find_seals(image_of(ink), kEverywhere).empty());
}

TEST_CASE("a broken ring counts where less of it is asked for") {
  cv::Mat ink = mask();
  // 252 of 360 degrees: 0.7.
  cv::ellipse(ink, {700, 500}, {142, 142}, 0, 0, 252, 255, 5);
  CHECK(find_seals(image_of(ink), kEverywhere).empty());
  CHECK(find_seals(image_of(ink), kEverywhere, 0.6).size() == 1);
}

TEST_CASE("seals are sought in the region only") {
  cv::Mat ink = mask();
  cv::circle(ink, {400, 400}, 142, 255, 5);
  cv::circle(ink, {1100, 700}, 142, 255, 5);
  const auto seals = find_seals(image_of(ink), {800, 400, 1600, 1200});
  REQUIRE(seals.size() == 1);
  CHECK(seals[0].x == Approx(1100).margin(4));
  CHECK(find_seals(image_of(ink), {}).empty());
  CHECK(find_seals(image_of(ink), {5000, 5000, 6000, 6000}).empty());
}

TEST_CASE("the inked share of a circle is that of its ring") {
  cv::Mat ink = mask();
  CHECK(inked_share(image_of(ink), {700, 500, 142}) == 0);
  cv::ellipse(ink, {700, 500}, {142, 142}, 0, 0, 180, 255, 5);
  CHECK(inked_share(image_of(ink), {700, 500, 142}) == Approx(0.5).margin(0.03));
  CHECK(inked_share(image_of(ink), {700, 500, 120}) < 0.05);
  cv::circle(ink, {700, 500}, 142, 255, 5);
  CHECK(inked_share(image_of(ink), {700, 500, 142}) == 1);
  // Outside the image there is no ink, and no fault.
  CHECK(inked_share(image_of(ink), {-500, -500, 142}) == 0);
}

}  // namespace
}  // namespace vanban::ocr
