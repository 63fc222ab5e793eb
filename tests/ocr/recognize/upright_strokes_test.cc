#include "ocr/recognize/upright_strokes.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

constexpr int kHeight = 28, kStem = 5, kPitch = 14;

void rectangle(cv::Mat& page, int left, int top, int width, int height) {
  page(cv::Rect(left, top, width, height)).setTo(20);
}

// Letters with serifs that touch, from the left: I, H, V, a slash, a full stop.
struct Drawn {
  Image image;
  Box box;
};

Drawn word(const std::string& letters) {
  cv::Mat page(60, 200, CV_8UC1, cv::Scalar(245));
  int x = 40;
  const int top = 15, bottom = top + kHeight;
  for (const char letter : letters) {
    if (letter == 'I' || letter == 'H') {
      rectangle(page, x, top, kStem, kHeight);
      rectangle(page, x - 4, top, kStem + 9, 3);
      rectangle(page, x - 4, bottom - 3, kStem + 9, 3);
      x += kPitch;
    }
    if (letter == 'H') {
      rectangle(page, x, top, kStem, kHeight);
      rectangle(page, x - kPitch, top + kHeight / 2 - 2, kPitch, 4);
      x += kPitch;
    }
    if (letter == 'V') {
      cv::line(page, {x, top}, {x + 9, bottom - 1}, 20, kStem);
      cv::line(page, {x + 18, top}, {x + 9, bottom - 1}, 20, kStem);
      x += 27;
    }
    if (letter == '/') {
      cv::line(page, {x, bottom - 1}, {x + 12, top}, 20, 3);
      x += 18;
    }
    if (letter == '.') {
      rectangle(page, x, bottom - 4, 4, 4);
      x += 8;
    }
  }
  return {image_of(page), {36, static_cast<double>(top), x - 5.0, static_cast<double>(bottom)}};
}

TEST_CASE("strokes are counted from both ends of a word up to another letter") {
  const auto [letters, leading, trailing, all] = GENERATE(table<std::string, int, int, bool>({
      {"I", 1, 1, true},
      {"II", 2, 2, true},
      {"III", 3, 3, true},
      {"III.", 3, 3, true},
      {"H", 0, 0, false},
      {"V", 0, 0, false},
      {"VII", 0, 2, false},
      {"IV", 1, 0, false},
      {"III/V", 3, 0, false},
  }));
  CAPTURE(letters);
  const Drawn drawn = word(letters);
  const UprightStrokes strokes = count_upright_strokes(drawn.image, drawn.box);
  CHECK(strokes.leading == leading);
  CHECK(strokes.trailing == trailing);
  CHECK(strokes.all == all);
}

TEST_CASE("what is too small to show strokes, or no grey picture, has none") {
  const Drawn drawn = word("II");
  CHECK(count_upright_strokes(drawn.image, {36, 15, 60, 22}).leading == 0);
  CHECK(count_upright_strokes(drawn.image, {300, 15, 330, 43}).leading == 0);
  Image colour = drawn.image;
  colour.channels = 3;
  CHECK(count_upright_strokes(colour, drawn.box).leading == 0);
}

}  // namespace
}  // namespace vanban::ocr
