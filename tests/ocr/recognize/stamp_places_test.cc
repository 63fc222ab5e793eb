#include "ocr/recognize/stamp_places.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace vanban::ocr {
namespace {

constexpr double kDpi = 200, kMm = kDpi / 25.4;

cv::Mat paper() { return {1050, 1654, CV_8UC1, cv::Scalar(255)}; }

Head head_of(const cv::Mat& grey) {
  Head head;
  head.ink = {grey.cols, grey.rows, 1, kDpi, {}};
  head.ink.pixels.assign(grey.datastart, grey.dataend);
  return head;
}

// A stamp of 40 x 12 mm with five bars for letters, turned clockwise about (50, 60) mm.
void press(cv::Mat& page, double degrees, bool framed, int level) {
  const cv::Point2f middle(float(50 * kMm), float(60 * kMm));
  cv::Mat upright = paper(), turned;
  const auto at = [&](double x, double y) {
    return cv::Point(int(middle.x + x * kMm), int(middle.y + y * kMm));
  };
  if (framed) cv::rectangle(upright, at(-20, -6), at(20, 6), level, 4);
  for (int i = 0; i < 5; ++i)
    cv::rectangle(upright, at(-13 + 6 * i, -2.5), at(-10 + 6 * i, 2.5), level, cv::FILLED);
  cv::warpAffine(upright, turned, cv::getRotationMatrix2D(middle, -degrees, 1), page.size(),
                 cv::INTER_LINEAR, cv::BORDER_CONSTANT, 255);
  cv::min(page, turned, page);
}

void print_rows(cv::Mat& page) {
  for (int row = 0; row < 12; ++row)
    for (int i = 0; i < 30; ++i)
      cv::rectangle(page, cv::Rect(200 + 30 * i, 100 + 60 * row, 5, 24), 0, cv::FILLED);
}

TEST_CASE("framed and leaning stamps are found with their lean") {
  const auto [degrees, framed] = GENERATE(table<double, bool>(
      {{0, true}, {-18, true}, {35, true}, {-44, true}, {-12, false}, {9, false}}));
  CAPTURE(degrees, framed);
  cv::Mat page = paper();
  press(page, degrees, framed, 0);
  const std::vector<StampPlace> places = find_stamp_places(head_of(page)).places;
  REQUIRE_FALSE(places.empty());
  CHECK(places.front().ink == StampInk::All);
  CHECK(places.front().degrees == Approx(degrees).margin(1.6));
  CHECK(around(places.front().corners).center_x() == Approx(50 * kMm).margin(1.5 * kMm));
}

TEST_CASE("a stamp that is lighter than the print beneath is parted from it") {
  cv::Mat page = paper();
  print_rows(page);
  press(page, 14, true, 90);
  const StampPlaces found = find_stamp_places(head_of(page));
  REQUIRE_FALSE(found.places.empty());
  CHECK(found.places.front().ink == StampInk::Lighter);
  CHECK(found.places.front().degrees == Approx(14).margin(1.6));
  // A row of print beside the stamp.
  CHECK(found.lighter.pixels[found.lighter.stride() * 110 + 202] == 255);
}

TEST_CASE("a stamp is looked for in coloured ink by itself") {
  cv::Mat page = paper(), colour = paper();
  print_rows(page);
  press(colour, -20, false, 0);
  Head head = head_of(page);
  head.colour = head_of(colour).ink;
  head.coloured = {0, 0, double(colour.cols), double(colour.rows)};
  const std::vector<StampPlace> places = find_stamp_places(head).places;
  REQUIRE_FALSE(places.empty());
  CHECK(places.front().ink == StampInk::Coloured);
  CHECK(places.front().degrees == Approx(-20).margin(1.6));
}

TEST_CASE("level rows of print are no stamps") {
  cv::Mat page = paper();
  print_rows(page);
  CHECK(find_stamp_places(head_of(page)).places.empty());
  CHECK(find_stamp_places({}).places.empty());
}

}  // namespace
}  // namespace vanban::ocr
