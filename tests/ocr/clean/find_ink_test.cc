#include "ocr/clean/find_ink.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "ocr/clean/light.h"

namespace vanban::ocr {
namespace {

// White paper of 1600 x 1200 at 200 dpi to draw on.
class Drawing {
 public:
  cv::Mat page = cv::Mat(1200, 1600, CV_8U, cv::Scalar(kPaperLevel));

  void print(int y) {
    cv::putText(page, "Thuc hien ke hoach cua Uy ban", {150, y}, cv::FONT_HERSHEY_COMPLEX, 1.1, 20,
                2);
  }
  void print_lines() {
    for (int y = 150; y < 500; y += 60) print(y);
  }

  Ink find() {
    Image image{page.cols, page.rows, 1, 200, {}};
    image.pixels.assign(page.datastart, page.dataend);
    const Image paper = paper_of(image), flat = flattened(image, paper);
    Ink ink = find_ink(image, paper, flat);
    std::copy(image.pixels.begin(), image.pixels.end(), page.data);
    return ink;
  }

  bool is_white(const cv::Rect& place) const {
    double darkest = 0;
    cv::minMaxLoc(page(place), &darkest);
    return darkest > 200;
  }
};

bool among(const std::vector<std::string>& steps, const char* step) {
  return std::find(steps.begin(), steps.end(), step) != steps.end();
}

TEST_CASE("letters are found, with their height, and stay") {
  Drawing drawing;
  drawing.print_lines();
  const Ink ink = drawing.find();
  // Twenty-four letters a line, some of which touch.
  CHECK(ink.letters.size() > 6 * 18);
  CHECK(ink.letters.size() <= 6 * 25);
  CHECK(ink.text_height > 12);
  CHECK(ink.text_height < 30);
  CHECK(ink.seals.empty());
  CHECK_FALSE(among(ink.steps, "seal_erased"));
  CHECK_FALSE(drawing.is_white({150, 120, 600, 40}));
}

TEST_CASE("a page without ink has no letters and no height of them") {
  Drawing drawing;
  const Ink ink = drawing.find();
  CHECK(ink.letters.empty());
  CHECK(ink.text_height == 0);
  CHECK(ink.steps.empty());
}

TEST_CASE("rules are told from letters and wiped off") {
  Drawing drawing;
  drawing.print_lines();
  cv::line(drawing.page, {200, 700}, {1200, 700}, 20, 3);
  const Ink ink = drawing.find();
  REQUIRE(ink.rules.horizontal.size() == 1);
  CHECK(ink.rules.horizontal[0].left == Approx(200).margin(5));
  CHECK(ink.rules.horizontal[0].right == Approx(1200).margin(5));
  CHECK(std::none_of(ink.letters.begin(), ink.letters.end(),
                     [](const Box& box) { return box.bottom > 600; }));
  CHECK(drawing.is_white({190, 690, 1020, 20}));
}

TEST_CASE("the stems of large print are no rules, whatever its size") {
  const double size = GENERATE(2.5, 3.2, 4.5);  // capitals of 7, 9 and 12 mm
  CAPTURE(size);
  Drawing drawing;
  drawing.print_lines();
  cv::putText(drawing.page, "GIAY KHEN THI", {150, 800}, cv::FONT_HERSHEY_DUPLEX, size, 20, 7);
  const cv::Mat before = drawing.page.clone();
  const Ink ink = drawing.find();
  CHECK(ink.rules.vertical.empty());
  CHECK(std::count_if(ink.letters.begin(), ink.letters.end(),
                      [](const Box& box) { return box.bottom > 600; }) >= 8);
  cv::Mat gone;
  cv::absdiff(before, drawing.page, gone);
  CHECK(cv::countNonZero(gone.rowRange(600, 900)) == 0);
}

TEST_CASE("parts of broken rules that stand in a row are rules") {
  Drawing drawing;
  drawing.print_lines();
  for (int x = 200; x < 1200; x += 110) cv::line(drawing.page, {x, 700}, {x, 780}, 20, 2);
  const Ink ink = drawing.find();
  CHECK(ink.rules.vertical.size() >= 9);
  CHECK(std::none_of(ink.letters.begin(), ink.letters.end(),
                     [](const Box& box) { return box.bottom > 600; }));
}

TEST_CASE("boxes to be ticked are ruled, and no print") {
  Drawing drawing;
  drawing.print_lines();
  for (int x = 200; x < 700; x += 90) cv::rectangle(drawing.page, {x, 700}, {x + 64, 764}, 20, 2);
  const Ink ink = drawing.find();
  CHECK(ink.rules.vertical.size() >= 10);
  CHECK(std::none_of(ink.letters.begin(), ink.letters.end(),
                     [](const Box& box) { return box.bottom > 600; }));
}

TEST_CASE("a blot over a line of print is told, one on empty paper is not") {
  Drawing drawing;
  drawing.print_lines();
  cv::rectangle(drawing.page, {300, 180}, {420, 225}, 20, cv::FILLED);
  cv::rectangle(drawing.page, {300, 900}, {420, 945}, 20, cv::FILLED);
  const Ink ink = drawing.find();
  REQUIRE(ink.blots.size() == 1);
  CHECK(ink.blots[0].bottom < 300);
}

TEST_CASE("a black seal is found and its rings wiped off") {
  Drawing drawing;
  drawing.print_lines();
  cv::circle(drawing.page, {700, 850}, 142, 20, 5);
  const Ink ink = drawing.find();
  REQUIRE(ink.seals.size() == 1);
  CHECK(ink.seals[0].circle.x == Approx(700).margin(5));
  CHECK(ink.seals[0].circle.radius == Approx(142).margin(6));
  CHECK(ink.seals[0].colour == SealColour::Black);
  CHECK(among(ink.steps, "seal_erased"));
  CHECK(drawing.is_white({550, 780, 300, 140}));
}

TEST_CASE("many specks are wiped off, and the print stays") {
  Drawing drawing;
  drawing.print_lines();
  cv::RNG random(1);
  for (int i = 0; i < 2000; ++i)
    drawing.page.at<std::uint8_t>(random.uniform(620, 1190), random.uniform(10, 1590)) = 0;
  const Ink ink = drawing.find();
  CHECK(among(ink.steps, "despeckled"));
  CHECK(ink.letters.size() > 6 * 18);
  CHECK(drawing.is_white({20, 640, 1500, 500}));
}

}  // namespace
}  // namespace vanban::ocr
