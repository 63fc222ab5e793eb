#include "ocr/clean/light.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// Print of this level on paper that is `left` at the left edge and `right` at the right one; half
// of A4 at 200 dpi.
Image page(double left, double right, double print_share) {
  cv::Mat ink = cv::Mat::ones(1100, 1600, CV_32F);
  for (int y = 150; y < 1000; y += 60)
    cv::putText(ink, "Thuc hien ke hoach cua Uy ban nhan dan", {120, y}, cv::FONT_HERSHEY_COMPLEX,
                1.3, print_share, 3);
  Image out{1600, 1100, 1, 200, {}};
  out.pixels.resize(std::size_t(1600) * 1100);
  for (int y = 0; y < 1100; ++y)
    for (int x = 0; x < 1600; ++x)
      out.pixels[std::size_t(y) * 1600 + std::size_t(x)] =
          cv::saturate_cast<std::uint8_t>(ink.at<float>(y, x) * (left + (right - left) * x / 1600));
  return out;
}

int level(const Image& image, int x, int y) {
  return image.pixels[std::size_t(y) * image.stride() + std::size_t(x)];
}

struct Lit {
  Image grey;
  std::string step;
};

Lit lit(Image grey) {
  const Image paper = paper_of(grey), flat = flattened(grey, paper);
  const std::string step = light(grey, paper, flat);
  return {std::move(grey), step};
}

TEST_CASE("the paper is what lies under the print") {
  const Image paper = paper_of(page(120, 240, 0.2));
  for (const int x : {200, 800, 1400}) {
    CAPTURE(x);
    CHECK(level(paper, x, 500) == Approx(120 + 120 * x / 1600.0).margin(8));
  }
}

TEST_CASE("flattened paper is of one level, and ink keeps its share of it") {
  const Image grey = page(120, 240, 0.2);
  const Image flat = flattened(grey, paper_of(grey));
  CHECK(level(flat, 30, 40) == Approx(kPaperLevel).margin(6));
  CHECK(level(flat, 1570, 40) == Approx(kPaperLevel).margin(6));
  double darkest = 255;
  for (const std::uint8_t pixel : flat.pixels) darkest = std::min<double>(darkest, pixel);
  CHECK(darkest == Approx(0.2 * kPaperLevel).margin(10));
}

TEST_CASE("uneven or dark paper is lit, white paper left as it is") {
  const Lit shaded = lit(page(120, 240, 0.2)), dark = lit(page(180, 180, 0.2));
  CHECK(shaded.step == "flattened");
  CHECK(level(shaded.grey, 30, 40) == Approx(kPaperLevel).margin(6));
  CHECK(dark.step == "flattened");
  const Image white = page(245, 245, 0.2);
  const Lit as_it_was = lit(white);
  CHECK(as_it_was.step.empty());
  CHECK(as_it_was.grey.pixels == white.pixels);
}

TEST_CASE("faint print is darkened") {
  const Lit faint = lit(page(245, 245, 0.85));
  CHECK(faint.step == "darkened");
  CHECK(level(faint.grey, 30, 40) > 235);
  double darkest = 255;
  for (const std::uint8_t pixel : faint.grey.pixels) darkest = std::min<double>(darkest, pixel);
  CHECK(darkest < 120);
}

TEST_CASE("ink is the print") {
  const Image grey = page(120, 240, 0.2);
  const Bits ink = ink_of(flattened(grey, paper_of(grey)));
  const double all = double(ink.width) * ink.height;
  CHECK(count(ink) / all > 0.02);
  CHECK(count(ink) / all < 0.25);
  CHECK_FALSE(ink.at(30, 40));
}

TEST_CASE("a page is blank where nothing on it could be writing") {
  const auto blank = [](const Image& grey) { return is_blank(flattened(grey, paper_of(grey))); };
  CHECK_FALSE(blank(page(245, 245, 0.2)));
  CHECK_FALSE(blank(page(245, 245, 0.9)));
  CHECK(blank(page(245, 245, 1)));
  CHECK(blank(page(120, 240, 1)));
  Image specks = page(245, 245, 1);
  for (std::size_t i = 5000; i < specks.pixels.size(); i += 40'000) specks.pixels[i] = 0;
  CHECK(blank(specks));
}

TEST_CASE("a few letters that stand in a row are enough for a page not to be blank") {
  const double size = GENERATE(1.5, 3.0);
  CAPTURE(size);
  cv::Mat drawn(1600, 1200, CV_8U, cv::Scalar(kPaperLevel));
  const auto blank = [&] {
    const Image grey = image_of(drawn);
    return is_blank(flattened(grey, paper_of(grey)));
  };
  cv::putText(drawn, "M", {300, 300}, cv::FONT_HERSHEY_DUPLEX, size, 20, 2);
  cv::putText(drawn, "T", {700, 1100}, cv::FONT_HERSHEY_DUPLEX, size, 20, 2);
  CHECK(blank());
  cv::putText(drawn, "MHT", {400, 800}, cv::FONT_HERSHEY_DUPLEX, size, 20, 2);
  CHECK_FALSE(blank());
}

}  // namespace
}  // namespace vanban::ocr
