// A drawn page, photographed by a camera whose place is known.
#include "ocr/clean/dewarp.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

constexpr double kDpi = 200, kMm = kDpi / 25.4;

// Squares of 5 mm at the ends of the text, centres in mm on A4.
const std::vector<cv::Point2d> kMarks{{20, 20}, {190, 20}, {105, 150}, {20, 280}, {190, 280}};

cv::Mat drawn_page(bool rows = true) {
  cv::Mat page(int(297 * kMm), int(210 * kMm), CV_8UC1, cv::Scalar(240));
  for (int i = 0; rows && i < 30; ++i)
    cv::putText(page, "Thuc hien ke hoach cua Uy ban nhan dan", {int(25 * kMm), 280 + 60 * i},
                cv::FONT_HERSHEY_COMPLEX, 1.1, 20, 2, cv::LINE_AA);
  for (const cv::Point2d& mark : kMarks) {
    const cv::Point2d half(2.5 * kMm, 2.5 * kMm);
    cv::rectangle(page, cv::Rect(cv::Point(mark * kMm - half), cv::Point(mark * kMm + half)), 20,
                  cv::FILLED);
  }
  return page;
}

// A camera states no resolution.
Image photo(const cv::Mat& mat) { return image_of(mat, 0); }

// To a photo of 1800 by 2400; the far edge is the narrower.
cv::Matx33d camera() {
  const std::vector<cv::Point2f> page{
      {0, 0}, {float(210 * kMm), 0}, {float(210 * kMm), float(297 * kMm)}, {0, float(297 * kMm)}};
  const std::vector<cv::Point2f> seen{{260, 150}, {1500, 240}, {1650, 2180}, {130, 2290}};
  return cv::Matx33d(cv::Mat_<double>(cv::getPerspectiveTransform(page, seen)));
}

cv::Point2d seen_at(const cv::Matx33d& map, cv::Point2d page_mm) {
  const cv::Vec3d at = map * cv::Vec3d(page_mm.x * kMm, page_mm.y * kMm, 1);
  return {at[0] / at[2], at[1] / at[2]};
}

cv::Mat photographed(const cv::Mat& page, int surroundings) {
  cv::Mat out;
  cv::warpPerspective(page, out, cv::Mat(camera()), {1800, 2400}, cv::INTER_AREA,
                      cv::BORDER_CONSTANT, cv::Scalar(surroundings));
  // Light falls off to the right and ends in a shadow.
  for (int y = 0; y < out.rows; ++y)
    for (int x = 0; x < out.cols; ++x) {
      const double shadow = 1 - 0.3 / (1 + std::exp(-(x + y / 4.0 - 1700) / 60));
      auto& level = out.at<std::uint8_t>(y, x);
      level = cv::saturate_cast<std::uint8_t>(level * (1 - 0.2 * x / 1800) * shadow);
    }
  return out;
}

// Centres of the squares, nearest to where they should be on A4, in pixels.
std::vector<cv::Point2d> marks_on(const Image& image) {
  const cv::Mat grey = mat_of(image);
  const int side = int(3 * image.dpi / 25.4);
  cv::Mat solid, labels, stats, centroids;
  cv::morphologyEx(grey < 128, solid, cv::MORPH_OPEN, cv::Mat::ones(side, side, CV_8U));
  const int count = cv::connectedComponentsWithStats(solid, labels, stats, centroids);
  std::vector<cv::Point2d> out;
  for (const cv::Point2d& mark : kMarks) {
    cv::Point2d best(1e9, 1e9);
    for (int i = 1; i < count; ++i) {
      const cv::Point2d at(centroids.at<double>(i, 0) + 0.5, centroids.at<double>(i, 1) + 0.5);
      if (cv::norm(at - mark * (image.dpi / 25.4)) < cv::norm(best - mark * (image.dpi / 25.4)))
        best = at;
    }
    out.push_back(best);
  }
  return out;
}

TEST_CASE("a flat page is left alone, however it lies") {
  const double turn = GENERATE(0.0, 2.0, -4.0);
  CAPTURE(turn);
  const cv::Mat page = drawn_page();
  cv::Mat turned;
  cv::warpAffine(page, turned,
                 cv::getRotationMatrix2D({page.cols / 2.0F, page.rows / 2.0F}, turn, 1),
                 page.size(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
  CHECK_FALSE(dewarp(photo(turned)));
}

TEST_CASE("without text there is nothing to go by") {
  CHECK_FALSE(dewarp(photo(photographed(drawn_page(false), 40))));
  CHECK_FALSE(dewarp(Image{1, 1, 1, 0, {0}}));
  cv::Mat noise(2400, 1800, CV_8UC1);
  cv::RNG(7).fill(noise, cv::RNG::UNIFORM, 0, 256);
  CHECK_FALSE(dewarp(photo(noise)));
}

TEST_CASE("a photographed page becomes flat, and its places are known") {
  const int turn = GENERATE(0, 90, 180, 270);
  CAPTURE(turn);
  cv::Mat upright = photographed(drawn_page(), 40), photo = upright;
  // As the camera was held: the turn to apply brings the page back.
  if (turn == 90) cv::rotate(upright, photo, cv::ROTATE_90_COUNTERCLOCKWISE);
  if (turn == 180) cv::rotate(upright, photo, cv::ROTATE_180);
  if (turn == 270) cv::rotate(upright, photo, cv::ROTATE_90_CLOCKWISE);
  const std::optional<Dewarped> flat = dewarp(image_of(photo, 0), turn);
  REQUIRE(flat);
  CHECK(flat->image.channels == 1);
  // 1500 pixels for the 210 mm of the nearer edge, 1240 for those of the farther; read at 300.
  CHECK(flat->image.dpi == Approx(300));
  CHECK(flat->image.width == Approx(2480).margin(80));
  CHECK(flat->image.height == Approx(3508).margin(100));

  const double pixels_per_mm = flat->image.dpi / 25.4;
  const std::vector<cv::Point2d> marks = marks_on(flat->image);
  for (std::size_t i = 0; i < kMarks.size(); ++i) {
    CAPTURE(i, marks[i], kMarks[i] * pixels_per_mm);
    // Where it stands on the page, but for the cut at the edges.
    CHECK(cv::norm(marks[i] - marks[2] - (kMarks[i] - kMarks[2]) * pixels_per_mm) <
          5 * pixels_per_mm);
    // Where it stands on the photo.
    const cv::Point2d seen = seen_at(camera(), kMarks[i]);
    const cv::Point2d held = turn == 90    ? cv::Point2d(seen.y, 1800 - seen.x)
                             : turn == 180 ? cv::Point2d(1800 - seen.x, 2400 - seen.y)
                             : turn == 270 ? cv::Point2d(2400 - seen.y, seen.x)
                                           : seen;
    const auto [x, y] = flat->to_photo.apply(marks[i].x, marks[i].y);
    CHECK(cv::norm(cv::Point2d(x, y) - held) < 3);  // pixels, half a millimetre
  }
  // Level rows: the marks at the top as well as those at the bottom.
  CHECK(std::abs(marks[0].y - marks[1].y) < 1 * pixels_per_mm);
  CHECK(std::abs(marks[3].y - marks[4].y) < 1 * pixels_per_mm);
  CHECK(std::abs(marks[0].x - marks[3].x) < 2 * pixels_per_mm);
  CHECK(std::abs(marks[1].x - marks[4].x) < 2 * pixels_per_mm);
}

TEST_CASE("light is evened, colour kept") {
  cv::Mat colour;
  cv::cvtColor(photographed(drawn_page(), 40), colour, cv::COLOR_GRAY2BGR);
  const std::optional<Dewarped> flat = dewarp(photo(colour));
  REQUIRE(flat);
  REQUIRE(flat->image.channels == 3);
  // Between rows and marks the paper is as light in the shadow as out of it.
  const auto level = [&](double x_mm, double y_mm) {
    const double pixels_per_mm = flat->image.dpi / 25.4;
    const auto at = static_cast<std::size_t>(y_mm * pixels_per_mm) * flat->image.stride() +
                    static_cast<std::size_t>(x_mm * pixels_per_mm) * 3;
    return int(flat->image.pixels.at(at));
  };
  CHECK(level(10, 100) == Approx(245).margin(6));
  CHECK(level(198, 270) == Approx(245).margin(6));
}

TEST_CASE("a flat page on a dark table is cut out") {
  cv::Mat table(2800, 2400, CV_8UC1, cv::Scalar(50));
  const cv::Mat page = drawn_page();
  page.copyTo(table(cv::Rect(300, 200, page.cols, page.rows)));
  const std::optional<Dewarped> flat = dewarp(photo(table));
  REQUIRE(flat);
  // 2.5 mm are cut at each edge.
  CHECK(flat->image.dpi == Approx(kDpi).epsilon(0.02));
  CHECK(flat->image.width == Approx(205 * kMm).epsilon(0.02));
  CHECK(flat->image.height == Approx(292 * kMm).epsilon(0.02));
}

}  // namespace
}  // namespace vanban::ocr
