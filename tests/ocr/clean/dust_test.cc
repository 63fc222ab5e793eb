// Drawn pages with what machines add to them.
#include "ocr/clean/dust.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// A4 at 200 dpi with rows of print, each further to the right.
struct Drawing {
  cv::Mat grey = cv::Mat(2338, 1654, CV_8UC1, cv::Scalar(255));

  explicit Drawing(int line_type = cv::LINE_8) {
    for (int i = 0; i < 25; ++i)
      cv::putText(grey, "Thuc hien ke hoach cua Uy ban nhan dan", {190 + 7 * i, 230 + i * 60},
                  cv::FONT_HERSHEY_COMPLEX, 1.1, 0, 2, line_type);
  }
  Image image() const { return image_of(grey); }
};

// Pixels whose level is off by more than a third of the range.
int differences(const Image& image, const cv::Mat& expected) {
  cv::Mat difference;
  cv::absdiff(mat_of(image), expected, difference);
  return cv::countNonZero(difference > 85);
}

TEST_CASE("a plain page is left as it is") {
  const int line_type = GENERATE(int(cv::LINE_8), int(cv::LINE_AA));
  const Image before = Drawing(line_type).image();
  Image after = before;
  CHECK_FALSE(take_off_streaks(after));
  CHECK_FALSE(take_off_screens(after));
  CHECK_FALSE(take_off_crumbs(after));
  CHECK(after.pixels == before.pixels);
}

TEST_CASE("lines from edge to edge are taken off, the print beside and below them stays") {
  Drawing drawing;
  const cv::Mat clean = drawing.grey.clone();
  const auto [x, width, level] =
      GENERATE(table<int, int, int>({{100, 1, 200}, {700, 2, 90}, {900, 3, 150}}));
  CAPTURE(x, width, level);
  cv::Mat streak = drawing.grey(cv::Rect(x, 0, width, 2338));
  cv::min(streak, level, streak);
  Image image = drawing.image();
  CHECK(take_off_streaks(image));
  CHECK(cv::mean(mat_of(image).col(x).rowRange(1800, 2338))[0] > 250);
  // A stroke along the line is lost, one across it is kept: less than a letter's ink is off.
  CHECK(differences(image, clean) < 450);
}

TEST_CASE("an upright rule of a table or a frame is no streak") {
  Drawing drawing;
  const auto [top, bottom] = GENERATE(table<int, int>({{400, 1900}, {80, 2258}}));
  CAPTURE(top, bottom);
  drawing.grey(cv::Rect(700, top, 2, bottom - top)).setTo(0);
  Image image = drawing.image();
  CHECK_FALSE(take_off_streaks(image));
}

TEST_CASE("a broad bar is no streak") {
  Drawing drawing;
  drawing.grey(cv::Rect(60, 0, 30, 2338)).setTo(0);
  Image image = drawing.image();
  CHECK_FALSE(take_off_streaks(image));
}

// Black dots on a lattice, as grey paper is printed: a sixteenth of the paper is black.
void draw_screen(cv::Mat area) {
  for (int y = 0; y < area.rows; y += 4)
    for (int x = 0; x < area.cols; x += 4) area.at<std::uint8_t>(y, x) = 0;
}

TEST_CASE("a screen of dots becomes white paper and the print on it stays") {
  Drawing drawing;
  const cv::Mat clean = drawing.grey.clone();
  cv::Rect where(0, 0, 1654, 2338);
  SECTION("all over the page") {}
  SECTION("in a band") { where = {200, 800, 1300, 300}; }
  draw_screen(drawing.grey(where));
  draw_screen(drawing.grey(where)(cv::Rect(2, 2, where.width - 2, where.height - 2)));
  Image image = drawing.image();
  CHECK(take_off_screens(image));
  const cv::Mat after = mat_of(image);
  const cv::Rect between_rows(300, 963, 1000, 10);
  double low = 0;
  cv::minMaxLoc(after(between_rows), &low, nullptr);
  CHECK(low > 200);
  // The print's strokes are two pixels wide; blurred they lose no more than their edges.
  CHECK(cv::countNonZero((after < 170) & (clean < 128)) > 0.8 * cv::countNonZero(clean < 128));
}

TEST_CASE("a black picture is no screen") {
  Drawing drawing;
  drawing.grey(cv::Rect(200, 800, 1200, 800)).setTo(0);
  const Image before = drawing.image();
  Image image = before;
  CHECK_FALSE(take_off_screens(image));
  CHECK(image.pixels == before.pixels);
}

TEST_CASE("crumbs in a stripe across the page are taken off, and one far from it stays") {
  Drawing drawing;
  cv::RNG random(7);
  for (int i = 0; i < 300; ++i)
    drawing.grey(cv::Rect(random.uniform(20, 1600), random.uniform(800, 1000), 2, 1)).setTo(0);
  drawing.grey(cv::Rect(1500, 2200, 2, 2)).setTo(0);
  const cv::Mat print = Drawing().grey < 128;
  Image image = drawing.image();
  REQUIRE(take_off_crumbs(image));
  cv::Mat beside;
  cv::dilate(print, beside, cv::Mat::ones(5, 5, CV_8U));
  const cv::Mat strewn = (mat_of(image) < 128) & ~beside;
  CHECK(cv::countNonZero(strewn(cv::Rect(0, 700, 1654, 400))) == 0);
  CHECK(cv::countNonZero(strewn(cv::Rect(1490, 2190, 30, 30))) == 4);
}

TEST_CASE("what faint strokes have left is no dirt") {
  Drawing drawing;
  const cv::Mat print = drawing.grey < 128;
  cv::Mat beside;
  cv::dilate(print, beside, cv::Mat::ones(5, 5, CV_8U));
  cv::Mat touching;
  cv::dilate(print, touching, cv::Mat::ones(3, 3, CV_8U));
  std::vector<cv::Point> rim;
  cv::findNonZero(beside & ~touching, rim);
  for (std::size_t i = 0; i < rim.size(); i += 40) drawing.grey.at<std::uint8_t>(rim[i]) = 0;
  const Image before = drawing.image();
  Image after = before;
  CHECK_FALSE(take_off_crumbs(after));
  CHECK(after.pixels == before.pixels);
}

TEST_CASE("crumbs are taken off where there are many, and holes in the print filled") {
  const int count = GENERATE(30, 900);
  CAPTURE(count);
  Drawing drawing;
  const cv::Mat clean = drawing.grey.clone();
  cv::RNG random(5);
  for (int i = 0; i < count; ++i)
    drawing
        .grey(cv::Rect(40 * (i % 40) + random.uniform(5, 35), 90 * (i / 40) + random.uniform(5, 85),
                       2, 1))
        .setTo(0);
  // A bar with a hole: bars are broad enough to surround one.
  drawing.grey(cv::Rect(300, 2000, 60, 20)).setTo(0);
  drawing.grey.at<std::uint8_t>(2010, 330) = 255;
  Image image = drawing.image();
  const bool many = count > 100;
  CHECK(take_off_crumbs(image) == many);
  CHECK(int(mat_of(image).at<std::uint8_t>(2010, 330)) == (many ? 0 : 255));
  if (many) {
    // Only crumbs that touch a letter are left.
    cv::Mat near, left = (mat_of(image) < 128) & (clean > 128);
    left(cv::Rect(300, 2000, 60, 20)).setTo(0);
    cv::dilate(clean < 128, near, cv::Mat::ones(5, 5, CV_8U));
    CHECK(cv::countNonZero(left & ~near) == 0);
    CHECK(cv::countNonZero((mat_of(image) >= 128) & (clean < 128)) == 0);
  }
}

TEST_CASE("dots over letters are larger than crumbs") {
  Drawing drawing;
  cv::RNG random(5);
  for (int i = 0; i < 900; ++i)
    drawing.grey(cv::Rect(random.uniform(10, 1640), random.uniform(1800, 2320), 1, 1)).setTo(0);
  const cv::Rect dot(500, 120, 3, 3);
  drawing.grey(dot).setTo(0);
  Image image = drawing.image();
  CHECK(take_off_crumbs(image));
  CHECK(cv::countNonZero(mat_of(image)(dot)) == 0);
}

TEST_CASE("the crumbs that a broken rule is made of stay") {
  Drawing drawing;
  cv::RNG random(5);
  for (int i = 0; i < 900; ++i)
    drawing.grey(cv::Rect(random.uniform(10, 1640), random.uniform(1800, 2000), 1, 1)).setTo(0);
  for (int x = 200; x < 1400; x += 5) drawing.grey(cv::Rect(x, 2200, 2, 2)).setTo(0);
  Image image = drawing.image();
  CHECK(take_off_crumbs(image));
  CHECK(cv::countNonZero(mat_of(image)(cv::Rect(200, 2200, 1200, 2)) == 0) == 4 * 240);
}

TEST_CASE("noise is read as it is, or refused, but never breaks") {
  const auto [width, height] = GENERATE(table<int, int>({{1, 1}, {40, 40}, {1, 900}, {900, 1}}));
  CAPTURE(width, height);
  Image image{width, height, 1, 300, {}};
  cv::RNG random(9);
  for (int i = 0; i < width * height; ++i)
    image.pixels.push_back(static_cast<std::uint8_t>(random.uniform(0, 2) * 255));
  take_off_streaks(image);
  take_off_screens(image);
  take_off_crumbs(image);
  CHECK(image.width == width);
}

}  // namespace
}  // namespace vanban::ocr
