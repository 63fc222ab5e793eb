#include "ocr/clean/rules.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// Ink on a sheet at 200 dpi, 7.9 pixels a millimetre.
class Sheet {
 public:
  cv::Mat ink = cv::Mat::zeros(800, 1200, CV_8U);

  void level(double left, double right, double y, double slope = 0, int thickness = 3) {
    for (int x = int(left); x < int(right); ++x)
      cv::rectangle(ink, cv::Rect(x, int(std::lround(y + slope * (x - left))), 1, thickness), 255,
                    cv::FILLED);
  }
  RuleInk rules() const { return find_rule_ink(bits_of(ink)); }
};

bool masked(const RuleInk& found, int x, int y) { return found.mask.at(x, y); }

// Length of what the pieces cover of a level line about y.
double covered(const std::vector<Box>& pieces, double y) {
  double sum = 0;
  for (const Box& piece : pieces)
    if (std::abs(piece.center_y() - y) < 4) sum += piece.width();
  return sum;
}

TEST_CASE("a blank sheet has no rules") {
  const RuleInk found = Sheet().rules();
  CHECK(found.rules.horizontal.empty());
  CHECK(found.rules.vertical_pieces.empty());
}

TEST_CASE("a leaning rule is one, and its pieces follow it") {
  const int thickness = GENERATE(1, 2, 4);
  const double slope = GENERATE(0.0, 0.0175, -0.0175);  // a degree
  CAPTURE(thickness, slope);
  Sheet sheet;
  sheet.level(100, 1100, 400, slope, thickness);
  const RuleInk found = sheet.rules();
  REQUIRE(found.rules.horizontal.size() == 1);
  CHECK(found.rules.horizontal[0].width() > 980);
  CHECK(found.rules.horizontal_pieces.size() >= 20);
  for (const Box& piece : found.rules.horizontal_pieces) {
    CHECK(piece.height() <= thickness + 2);
    const double expected = 400 + slope * (piece.center_x() - 100) + thickness / 2.0;
    CHECK(piece.center_y() == Approx(expected).margin(1.5));
  }
  CHECK(masked(found, 600, int(std::lround(400 + slope * 500))));
}

TEST_CASE("upright rules are found as level ones are") {
  Sheet sheet;
  sheet.level(100, 700, 400, 0.01);
  sheet.ink = sheet.ink.t();
  const RuleInk found = sheet.rules();
  CHECK(found.rules.horizontal.empty());
  REQUIRE(found.rules.vertical.size() == 1);
  CHECK(found.rules.vertical[0].top == Approx(100).margin(2));
  CHECK(found.rules.vertical[0].left == Approx(400).margin(2));
}

TEST_CASE("a dotted rule gives pieces, and is not masked as a whole one is") {
  Sheet sheet;
  for (int x = 100; x < 900; x += 7) sheet.level(x, x + 3, 400);
  const RuleInk found = sheet.rules();
  CHECK(found.rules.horizontal.empty());
  CHECK(covered(found.rules.horizontal_pieces, 401) > 700);
  CHECK_FALSE(masked(found, 501, 401));
}

TEST_CASE("a short stroke that stands alone is a scrap, a letter's stem is none") {
  Sheet sheet;
  cv::rectangle(sheet.ink, cv::Rect(300, 200, 3, 25), 255, cv::FILLED);
  cv::putText(sheet.ink, "LDH", {500, 230}, cv::FONT_HERSHEY_TRIPLEX, 1, 255, 2);
  const RuleInk found = sheet.rules();
  CHECK(found.rules.vertical_pieces.empty());
  REQUIRE(found.rules.vertical_scraps.size() == 1);
  CHECK(found.rules.vertical_scraps[0].center_x() == Approx(301.5).margin(1));
}

TEST_CASE("a scrap between two rules across is one, too") {
  Sheet sheet;
  sheet.level(100, 600, 200);
  sheet.level(100, 600, 240);
  cv::rectangle(sheet.ink, cv::Rect(300, 195, 3, 25), 255, cv::FILLED);
  CHECK(sheet.rules().rules.vertical_scraps.size() == 1);
}

TEST_CASE("rows of letters are no rules") {
  Sheet sheet;
  for (int row = 0; row < 5; ++row)
    cv::putText(sheet.ink, "Uy ban nhan dan tinh Song Thuong NNNN EEEE", {50, 100 + 60 * row},
                cv::FONT_HERSHEY_TRIPLEX, 1, 255, 2);
  const RuleInk found = sheet.rules();
  CHECK(found.rules.horizontal.empty());
  CHECK(found.rules.vertical.empty());
  CHECK(found.rules.vertical_pieces.empty());
  // Feet of letters in a row look like a dotted rule here and there.
  double length = 0;
  for (const Box& piece : found.rules.horizontal_pieces) length += piece.width();
  CHECK(length < 0.03 * 5 * 700);
}

TEST_CASE("a thick bar is no rule") {
  Sheet sheet;
  sheet.level(100, 600, 400, 0, 20);
  CHECK(sheet.rules().rules.horizontal.empty());
}

TEST_CASE("a tail that crosses a rule is kept") {
  Sheet sheet;
  sheet.level(100, 1100, 400);
  cv::rectangle(sheet.ink, cv::Rect(500, 380, 4, 40), 255, cv::FILLED);
  const RuleInk found = sheet.rules();
  CHECK(masked(found, 450, 401));
  CHECK_FALSE(masked(found, 501, 401));
}

TEST_CASE("find_rules sees light hairlines of a drawing, grey or in colour") {
  cv::Mat grey(1684, 1190, CV_8U, cv::Scalar(255));
  grey(cv::Rect(150, 500, 700, 1)).setTo(200);
  grey(cv::Rect(150, 500, 1, 300)).setTo(200);
  Image image{grey.cols, grey.rows, 1, 144, {}};
  image.pixels.assign(grey.datastart, grey.dataend);
  SECTION("grey") {}
  SECTION("colour") {
    Image colour{image.width, image.height, 3, image.dpi, {}};
    for (const std::uint8_t level : image.pixels)
      colour.pixels.insert(colour.pixels.end(), 3, level);
    image = colour;
  }
  const Rules rules = find_rules(image);
  REQUIRE(rules.horizontal.size() == 1);
  REQUIRE(rules.vertical.size() == 1);
  // Where they meet each has a pixel of the other.
  CHECK(rules.horizontal[0].left == 150);
  CHECK(rules.horizontal[0].right == 850);
  CHECK(rules.horizontal[0].center_y() == Approx(500.5).margin(1));
  CHECK(rules.vertical[0].bottom == 800);
  CHECK(rules.vertical[0].center_x() == Approx(150.5).margin(1));
}

}  // namespace
}  // namespace vanban::ocr
