// Drawn scans in colour.
#include "ocr/clean/pen_ink.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

const cv::Scalar kPaper(235, 242, 244), kPrint(40, 40, 40), kBlue(170, 60, 40);

// A4 at 200 dpi.
struct Drawing {
  cv::Mat bgr = cv::Mat(2338, 1654, CV_8UC3, kPaper);

  void text(const std::string& text, cv::Point at, const cv::Scalar& ink) {
    cv::putText(bgr, text, at, cv::FONT_HERSHEY_COMPLEX, 1.1, ink, 3, cv::LINE_AA);
  }
  // A stroke of the pen, 20 mm high.
  void flourish(cv::Point at) {
    cv::ellipse(bgr, at, {200, 79}, 0, 20, 340, kBlue, 4, cv::LINE_AA);
  }
  Image colour() const { return image_of(bgr); }
  Image grey() const {
    cv::Mat grey;
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
    return image_of(grey);
  }
};

// The share of the pixels of a colour on the drawing that are darker than half in the grey.
double dark_share(const Image& grey, const Drawing& drawing, const cv::Scalar& colour) {
  cv::Mat where;
  cv::inRange(drawing.bgr, colour, colour, where);
  REQUIRE(cv::countNonZero(where) > 100);
  return cv::countNonZero((mat_of(grey) < 128) & where) / double(cv::countNonZero(where));
}

TEST_CASE("a blue signature goes and the print under it stays") {
  Drawing drawing;
  drawing.flourish({1100, 1500});
  drawing.text("PHO CHU TICH", {830, 1510}, kPrint);
  Image grey = drawing.grey();
  CHECK(take_off_blue_signature(drawing.colour(), grey));
  CHECK(dark_share(grey, drawing, kBlue) < 0.02);
  CHECK(dark_share(grey, drawing, kPrint) > 0.98);
}

TEST_CASE("what is written in blue stays") {
  Drawing drawing;
  SECTION("a number and a date by hand") {
    drawing.text("142", {400, 300}, kBlue);
    drawing.text("30", {1000, 1600}, kBlue);
  }
  SECTION("a large stroke in the header") { drawing.flourish({500, 300}); }
  SECTION("a stamped name") { drawing.text("Nguyen Thanh Dieu", {900, 1700}, kBlue); }
  const Image before = drawing.grey();
  Image grey = before;
  CHECK_FALSE(take_off_blue_signature(drawing.colour(), grey));
  CHECK(grey.pixels == before.pixels);
}

TEST_CASE("a blue name that a blue stroke runs into stays whole") {
  Drawing name_alone;
  name_alone.text("Nguyen Thanh Dieu", {900, 1560}, kBlue);
  Drawing drawing;
  drawing.text("Nguyen Thanh Dieu", {900, 1560}, kBlue);
  drawing.flourish({1100, 1500});
  Image grey = drawing.grey();
  take_off_blue_signature(drawing.colour(), grey);
  CHECK(dark_share(grey, name_alone, kBlue) > 0.99);
}

TEST_CASE("a page without blue is left as it is") {
  Drawing drawing;
  drawing.text("PHO CHU TICH", {900, 1440}, kPrint);
  cv::ellipse(drawing.bgr, {1100, 1500}, {200, 79}, 0, 20, 340, kPrint, 4, cv::LINE_AA);
  const Image before = drawing.grey();
  Image grey = before;
  CHECK_FALSE(take_off_blue_signature(drawing.colour(), grey));
  CHECK(grey.pixels == before.pixels);
}

}  // namespace
}  // namespace vanban::ocr
