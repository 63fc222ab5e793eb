// Drawn pages: what was done to them is known, so that it can be measured and undone.
#include "ocr/clean/preprocess.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <random>
#include <string>
#include <vector>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

constexpr int kPaper = 245;

// ---- drawing, A4 at 200 dpi unless told

struct Drawing {
  cv::Mat grey;
  double dpi = 200;

  explicit Drawing(double density = 200, int paper = kPaper)
      : grey(static_cast<int>(density * 11.69), static_cast<int>(density * 8.27), CV_8UC1,
             cv::Scalar(paper)),
        dpi(density) {}

  int at(double share, int size) const { return static_cast<int>(share * size); }
  double scale() const { return dpi / 200; }

  // A row of print, letters some 3 mm high.
  void row(int y, int ink = 20,
           const std::string& text = "Thuc hien ke hoach cua Uy ban nhan dan") {
    cv::putText(grey, text, {at(0.14, grey.cols), y}, cv::FONT_HERSHEY_COMPLEX, 1.1 * scale(), ink,
                std::max(1, static_cast<int>(2 * scale())), cv::LINE_AA);
  }
  void rows(int count = 30, int ink = 20) {
    for (int i = 0; i < count; ++i)
      row(at(0.1, grey.rows) + static_cast<int>(i * 60 * scale()), ink);
  }
  // Turned about the middle, paper at the corners.
  void turn_clockwise(double degrees) {
    cv::Mat out;
    cv::warpAffine(grey, out, turn(degrees), grey.size(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    grey = out;
  }
  cv::Mat turn(double degrees) const {
    // OpenCV's angles run against the clock.
    return cv::getRotationMatrix2D({grey.cols / 2.0F, grey.rows / 2.0F}, -degrees, 1);
  }
  Image image() const {
    Image out{grey.cols, grey.rows, 1, dpi, {}};
    out.pixels.assign(grey.datastart, grey.dataend);
    return out;
  }
};

bool has_step(const Preprocessed& page, const std::string& step) {
  return std::find(page.steps.begin(), page.steps.end(), step) != page.steps.end();
}

// The darkest pixel of a rectangle.
double darkest(const Image& image, const cv::Rect& where) {
  double low = 0;
  cv::minMaxLoc(mat_of(image)(where), &low, nullptr);
  return low;
}

double mean_level(const Image& image, const cv::Rect& where) {
  return cv::mean(mat_of(image)(where))[0];
}

// ---- skew

TEST_CASE("a straight page is left as it is") {
  Drawing drawing;
  drawing.rows();
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(out.skew_degrees == 0);
  CHECK(out.steps.empty());
  CHECK(out.to_raster == Affine{});
  CHECK_FALSE(out.blank);
  CHECK(out.image.width == drawing.grey.cols);
  CHECK(out.image.height == drawing.grey.rows);
  CHECK(out.image.dpi == 200);
}

TEST_CASE("a lean is measured within a tenth of a degree and taken out") {
  const double lean = GENERATE(-3.0, -1.0, -0.5, 0.5, 1.0, 3.0);
  CAPTURE(lean);
  Drawing drawing;
  drawing.rows();
  drawing.turn_clockwise(lean);
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(out.skew_degrees == Approx(lean).margin(0.1));
  CHECK(has_step(out, "deskewed"));
  CHECK(preprocess(out.image, {}).skew_degrees == Approx(0).margin(0.1));
}

TEST_CASE("noise has no lean") {
  cv::Mat noise(2339, 1654, CV_8UC1);
  cv::RNG random(7);
  SECTION("grain") { random.fill(noise, cv::RNG::NORMAL, 200, 25); }
  SECTION("salt and pepper") {
    random.fill(noise, cv::RNG::UNIFORM, 0, 256);
    noise = noise > 10;
  }
  CHECK(preprocess(image_of(noise, 200), {}).skew_degrees == 0);
}

// ---- the way back

// The largest mark on the page, larger than any letter of `row`.
Box largest(const std::vector<Box>& components) {
  REQUIRE_FALSE(components.empty());
  return *std::max_element(components.begin(), components.end(), [](const Box& a, const Box& b) {
    return a.width() * a.height() < b.width() * b.height();
  });
}

constexpr double kMarkShare = 0.185;  // of 200 pixels: 37, below the largest letter

// A square mark whose middle is at (x, y).
void mark(Drawing& drawing, int x, int y) {
  const int half = drawing.at(kMarkShare, static_cast<int>(drawing.dpi)) / 2;
  cv::rectangle(drawing.grey, {x - half, y - half}, {x + half - 1, y + half - 1}, 0, cv::FILLED);
}

void check_way_back(const Preprocessed& page, double x, double y) {
  const Box found = largest(page.components);
  const auto back = page.to_raster.apply(found.center_x(), found.center_y());
  CAPTURE(found.left, found.top, found.right, found.bottom);
  CHECK(back.x == Approx(x).margin(2));
  CHECK(back.y == Approx(y).margin(2));
}

TEST_CASE("a mark is found again on the scan after its lean was taken out") {
  const double lean = GENERATE(-2.0, 0.7, 3.0);
  CAPTURE(lean);
  Drawing drawing;
  drawing.rows();
  mark(drawing, 1520, 300);
  const cv::Matx23d turn = drawing.turn(lean);
  drawing.turn_clockwise(lean);
  const cv::Vec2d place = turn * cv::Vec3d(1520, 300, 1);
  check_way_back(preprocess(drawing.image(), {}), place[0], place[1]);
}

TEST_CASE("a mark is found again on the scan after the page was turned") {
  const int degrees = GENERATE(0, 90, 180, 270);
  CAPTURE(degrees);
  Drawing drawing;
  drawing.rows();
  mark(drawing, 1520, 300);
  // The scan lies so that a clockwise turn by `degrees` makes it upright. Where the mark then is
  // follows from a turn about the corner: width 1653, height 2338.
  const int width = drawing.grey.cols, height = drawing.grey.rows;
  double x = 1520, y = 300;
  if (degrees == 90) {
    cv::rotate(drawing.grey, drawing.grey, cv::ROTATE_90_COUNTERCLOCKWISE);
    x = 300, y = width - 1520;
  } else if (degrees == 180) {
    cv::rotate(drawing.grey, drawing.grey, cv::ROTATE_180);
    x = width - 1520, y = height - 300;
  } else if (degrees == 270) {
    cv::rotate(drawing.grey, drawing.grey, cv::ROTATE_90_CLOCKWISE);
    x = height - 300, y = 1520;
  }
  const Preprocessed out = preprocess(drawing.image(), {.rotation_degrees = degrees});
  CHECK(out.image.width == width);
  CHECK(out.image.height == height);
  CHECK(has_step(out, "rotated") == (degrees != 0));
  check_way_back(out, x, y);
}

TEST_CASE("turned and leaning at once, a mark is found again") {
  Drawing drawing;
  drawing.rows();
  mark(drawing, 1520, 300);
  const cv::Matx23d turn = drawing.turn(1.5);
  drawing.turn_clockwise(1.5);
  const cv::Vec2d place = turn * cv::Vec3d(1520, 300, 1);
  const int height = drawing.grey.rows;
  cv::rotate(drawing.grey, drawing.grey, cv::ROTATE_90_CLOCKWISE);
  const Preprocessed out = preprocess(drawing.image(), {.rotation_degrees = 270});
  check_way_back(out, height - place[1], place[0]);
}

TEST_CASE("a thin scan is enlarged and a mark on it found again") {
  Drawing drawing(150);
  drawing.rows();
  mark(drawing, 1140, 225);
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(has_step(out, "upscaled"));
  CHECK(out.image.dpi == Approx(300));
  CHECK(out.image.width == 2 * drawing.grey.cols);
  check_way_back(out, 1140, 225);
}

TEST_CASE("a scan that is dense enough is not enlarged") {
  Drawing drawing(200);
  drawing.rows();
  CHECK_FALSE(has_step(preprocess(drawing.image(), {}), "upscaled"));
}

// ---- blank pages

TEST_CASE("a page on which nothing is written is blank") {
  Drawing drawing;
  cv::Mat grain(drawing.grey.size(), CV_16SC1);
  cv::RNG random(3);
  SECTION("white") {}
  SECTION("grey") { drawing.grey.setTo(180); }
  SECTION("with the scanner's grain") {
    random.fill(grain, cv::RNG::NORMAL, 0, 4);
    cv::add(drawing.grey, grain, drawing.grey, cv::noArray(), CV_8U);
  }
  SECTION("with a few specks") {
    for (int i = 0; i < 8; ++i)
      cv::circle(drawing.grey, {random.uniform(100, 1500), random.uniform(100, 2200)}, 4, 30,
                 cv::FILLED);
  }
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(out.blank);
  CHECK(out.components.empty());
  CHECK(out.skew_degrees == 0);
}

TEST_CASE("faint print is writing, and is made darker") {
  Drawing drawing;
  drawing.rows(20, kPaper - 20);
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK_FALSE(out.blank);
  CHECK(has_step(out, "darkened"));
  CHECK(out.components.size() > 200);
  CHECK(darkest(drawing.image(), {200, 200, 1200, 1500}) > 200);
  CHECK(darkest(out.image, {200, 200, 1200, 1500}) < 200);
}

TEST_CASE("one line is enough not to be blank") {
  Drawing drawing;
  drawing.row(1000);
  CHECK_FALSE(preprocess(drawing.image(), {}).blank);
}

// ---- negatives

TEST_CASE("white print on black is read as black on white") {
  Drawing drawing;
  drawing.rows();
  const Preprocessed plain = preprocess(drawing.image(), {});
  cv::bitwise_not(drawing.grey, drawing.grey);
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(has_step(out, "inverted"));
  CHECK_FALSE(has_step(plain, "inverted"));
  CHECK(out.components.size() == plain.components.size());
}

// ---- specks

// Black squares of three pixels in the lower half, far from any letter and from one another.
std::vector<cv::Rect> specks(Drawing& drawing, int count) {
  cv::RNG random(11);
  std::vector<cv::Rect> out;
  for (int i = 0; i < count; ++i) {
    out.emplace_back(60 + 38 * (i % 40) + random.uniform(0, 25),
                     1500 + 50 * (i / 40) + random.uniform(0, 40), 3, 3);
    drawing.grey(out.back()).setTo(0);
  }
  return out;
}

TEST_CASE("specks are taken off only where there are many") {
  const int count = GENERATE(20, 600);
  CAPTURE(count);
  Drawing drawing;
  drawing.rows(8);
  const std::vector<cv::Rect> places = specks(drawing, count);
  const Preprocessed out = preprocess(drawing.image(), {});
  const bool many = count > 100;
  CHECK(has_step(out, "despeckled") == many);
  int dark = 0;
  for (const cv::Rect& place : places) dark += darkest(out.image, place) < 128 ? 1 : 0;
  CHECK(dark == (many ? 0 : count));
  // The print stays in any case.
  CHECK(out.components.size() > 150);
}

// ---- rules

TEST_CASE("ruling lines are found and wiped off, the print beside them stays") {
  Drawing drawing;
  drawing.rows(12);
  const cv::Rect level(230, 1400, 1200, 3), upright(700, 1450, 3, 400);
  drawing.grey(level).setTo(20);
  drawing.grey(upright).setTo(20);
  const Preprocessed out = preprocess(drawing.image(), {});
  REQUIRE(out.rules.horizontal.size() == 1);
  REQUIRE(out.rules.vertical.size() == 1);
  CHECK(out.rules.horizontal[0].left == Approx(230).margin(2));
  CHECK(out.rules.horizontal[0].right == Approx(1430).margin(2));
  CHECK(out.rules.horizontal[0].center_y() == Approx(1401.5).margin(2));
  CHECK(out.rules.vertical[0].top == Approx(1450).margin(2));
  CHECK(out.rules.vertical[0].bottom == Approx(1850).margin(2));
  CHECK(darkest(out.image, level) > 200);
  CHECK(darkest(out.image, upright) > 200);
  CHECK(darkest(out.image, {200, 200, 1200, 600}) < 60);
}

TEST_CASE("print has no ruling lines in it") {
  Drawing drawing;
  drawing.rows();
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(out.rules.horizontal.empty());
  CHECK(out.rules.vertical.empty());
}

// ---- seals

TEST_CASE("the ring of a black seal is wiped off and the print beside it stays") {
  Drawing drawing;
  drawing.rows(20);
  const cv::Point middle(1150, 1800);
  const int radius = 142;  // 36 mm wide
  cv::circle(drawing.grey, middle, radius, 20, 5, cv::LINE_AA);
  const cv::Rect beside(200, 1740, 700, 60);
  cv::putText(drawing.grey, "Luu: VT, VHXH (12)", {220, 1790}, cv::FONT_HERSHEY_COMPLEX, 1.1, 20, 2,
              cv::LINE_AA);
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(has_step(out, "seal_erased"));
  const cv::Mat after = mat_of(out.image);
  int dark = 0;
  for (int degree = 0; degree < 360; ++degree) {
    const double angle = degree * CV_PI / 180;
    dark += after.at<std::uint8_t>(middle.y + static_cast<int>(radius * std::sin(angle)),
                                   middle.x + static_cast<int>(radius * std::cos(angle))) < 128
                ? 1
                : 0;
  }
  CHECK(dark < 36);
  cv::Mat difference;
  cv::absdiff(after(beside), drawing.grey(beside), difference);
  CHECK(cv::countNonZero(difference > 60) == 0);
}

// Print with a seal of 36 mm at (1150, 1800) and a row of print through its top.
Drawing sealed(int ring) {
  Drawing drawing;
  drawing.rows(20);
  cv::putText(drawing.grey, "PHO CHU TICH", {900, 1700}, cv::FONT_HERSHEY_COMPLEX, 1.1, 20, 2,
              cv::LINE_AA);
  cv::circle(drawing.grey, {1150, 1800}, 142, ring, 5, cv::LINE_AA);
  return drawing;
}

TEST_CASE("a seal is told with its place and colour, and can be put back") {
  const auto [ring, colour] =
      GENERATE(table<int, SealColour>({{20, SealColour::Black}, {90, SealColour::Grey}}));
  const double lean = GENERATE(0.0, 1.0);
  CAPTURE(ring, lean);
  Drawing drawing = sealed(ring);
  const cv::Vec2d place = cv::Matx23d(drawing.turn(lean)) * cv::Vec3d(1150, 1800, 1);
  drawing.turn_clockwise(lean);
  const Preprocessed out = preprocess(drawing.image(), {});
  REQUIRE(out.seals.size() == 1);
  const SealOnPage& seal = out.seals[0];
  CHECK(seal.seal.colour == colour);
  CHECK(seal.seal.circle.radius == Approx(142).margin(5));
  const auto back = out.to_raster.apply(seal.seal.circle.x, seal.seal.circle.y);
  CHECK(back.x == Approx(place[0]).margin(5));
  CHECK(back.y == Approx(place[1]).margin(5));
  // The ring alone is 2 * 5 / 142 of the disc, less the half that lies outside; the print adds to
  // it.
  CHECK(seal.seal.covers == Approx(0.05).margin(0.03));
  CHECK(seal.alone.empty());
  const Image whole = with_seals(out);
  const cv::Rect left_of_ring(static_cast<int>(seal.seal.circle.x) - 150,
                              static_cast<int>(seal.seal.circle.y) - 20, 20, 40);
  CHECK(darkest(out.image, left_of_ring) > 180);
  CHECK(darkest(whole, left_of_ring) < 128);
  CHECK(mean_level(whole, {0, 0, whole.width, 1000}) ==
        Approx(mean_level(out.image, {0, 0, whole.width, 1000})));
}

TEST_CASE("of a red seal there is a picture of its ink alone") {
  const int turn = GENERATE(0, 90);
  CAPTURE(turn);
  const cv::Mat grey = sealed(255).grey;
  cv::Mat bgr;
  cv::cvtColor(grey, bgr, cv::COLOR_GRAY2BGR);
  bgr.setTo(cv::Scalar(kPaper, kPaper, kPaper), grey == 255);
  cv::circle(bgr, {1150, 1800}, 142, {60, 50, 210}, 5, cv::LINE_AA);
  if (turn == 90) cv::rotate(bgr, bgr, cv::ROTATE_90_COUNTERCLOCKWISE);
  Image scan{bgr.cols, bgr.rows, 3, 200, {}};
  scan.pixels.assign(bgr.datastart, bgr.dataend);
  const Preprocessed out = preprocess(scan, {.rotation_degrees = turn});
  REQUIRE(out.seals.size() == 1);
  const SealOnPage& seal = out.seals[0];
  CHECK(seal.seal.colour == SealColour::Red);
  CHECK(seal.seal.circle.x == Approx(1150).margin(5));
  CHECK(seal.seal.circle.y == Approx(1800).margin(5));
  REQUIRE(seal.alone.width == static_cast<int>(seal.box.width()));
  REQUIRE(seal.with_seal.height == static_cast<int>(seal.box.height()));
  // The print's baseline lies 100 pixels above the middle, its letters 23 high; the ring is at the
  // left where the middle is.
  const int middle = static_cast<int>(1800 - seal.box.top);
  const cv::Rect print(105, middle - 118, 90, 14), ring(0, middle - 10, 30, 20);
  CHECK(darkest(seal.alone, print) > 200);
  CHECK(darkest(seal.with_seal, print) < 60);
  CHECK(darkest(seal.alone, ring) < 60);
  CHECK(darkest(seal.with_seal, ring) < 128);
}

// ---- shading

TEST_CASE("paper that darkens to one side is flattened, even paper is not touched") {
  const bool shaded = GENERATE(false, true);
  CAPTURE(shaded);
  Drawing drawing;
  if (shaded)
    for (int x = 0; x < drawing.grey.cols; ++x)
      drawing.grey.col(x).setTo(250 - 110 * x / drawing.grey.cols);
  drawing.rows(20);
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(has_step(out, "flattened") == shaded);
  const double left = mean_level(out.image, {50, 600, 100, 1000});
  const double right = mean_level(out.image, {1500, 600, 100, 1000});
  CHECK(left == Approx(right).margin(12));
  CHECK(right > 225);
}

TEST_CASE("dark even paper is made white") {
  Drawing drawing(200, 170);
  drawing.rows(20);
  const Preprocessed out = preprocess(drawing.image(), {});
  CHECK(has_step(out, "flattened"));
  CHECK(mean_level(out.image, {50, 600, 100, 1000}) > 240);
}

// ---- dust

TEST_CASE("streaks, screens and crumbs are named where they are") {
  Drawing drawing(200, 255);
  for (int i = 0; i < 25; ++i)
    cv::putText(drawing.grey, "Thuc hien ke hoach cua Uy ban", {230, 230 + i * 60},
                cv::FONT_HERSHEY_COMPLEX, 1.1, 0, 2, cv::LINE_8);
  std::string step;
  SECTION("streaks") {
    drawing.grey.col(800).setTo(60);
    step = "streaks_removed";
  }
  SECTION("a screen") {
    for (int y = 0; y < drawing.grey.rows; y += 3)
      for (int x = 0; x < drawing.grey.cols; x += 3) drawing.grey.at<std::uint8_t>(y, x) = 0;
    step = "screens_removed";
  }
  SECTION("crumbs") {
    for (int i = 0; i < 900; ++i)
      drawing.grey.at<std::uint8_t>(1800 + i / 40 * 9, 40 * (i % 40)) = 0;
    step = "crumbs_removed";
  }
  const Preprocessed out = preprocess(drawing.image(), {});
  REQUIRE_FALSE(out.steps.empty());
  CHECK(out.steps.front() == step);
  CHECK(out.components.size() > 300);
}

// ---- the input

TEST_CASE("the scan itself is not changed") {
  Drawing drawing;
  drawing.rows(20);
  drawing.grey(cv::Rect(230, 1500, 1200, 3)).setTo(20);
  cv::circle(drawing.grey, {1150, 1900}, 142, 20, 5, cv::LINE_AA);
  specks(drawing, 600);
  Image image = drawing.image();
  SECTION("grey") {}
  SECTION("leaning") {
    drawing.turn_clockwise(1);
    image = drawing.image();
  }
  SECTION("colour") {
    Image colour{image.width, image.height, 3, image.dpi, {}};
    for (const std::uint8_t level : image.pixels) {
      colour.pixels.push_back(level);
      colour.pixels.push_back(level);
      colour.pixels.push_back(level < 128 ? 200 : level);
    }
    image = colour;
  }
  const Image before = image;
  preprocess(image, {});
  CHECK(image.pixels == before.pixels);
}

TEST_CASE("a page too small for a line of text is blank") {
  const auto [width, height] = GENERATE(table<int, int>({{1, 1}, {1, 3000}, {3000, 1}, {20, 20}}));
  CAPTURE(width, height);
  Image image{width, height, 1, 300, {}};
  image.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
  const Preprocessed out = preprocess(image, {});
  CHECK(out.blank);
  CHECK(out.image.width == width);
}

}  // namespace
}  // namespace vanban::ocr
