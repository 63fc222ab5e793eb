// Drawn seals, and an engine that says what it is told to.
#include "ocr/recognize/seal_text.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// A seal of 36 mm at 200 dpi.
constexpr int kRadius = 142, kMiddle = 160;
const Circle kCircle{kMiddle, kMiddle, kRadius};

struct DrawnSeal {
  cv::Mat grey = cv::Mat(2 * kMiddle, 2 * kMiddle, CV_8UC1, cv::Scalar(255));

  DrawnSeal() {
    for (const double share : {1.0, 0.64})
      cv::circle(grey, {kMiddle, kMiddle}, int(share * kRadius), 0, 3, cv::LINE_AA);
  }
  // A dot on the rim, degrees clockwise from the top.
  void dot(double degrees, double share = 0.82) {
    const double angle = (degrees - 90) * CV_PI / 180;
    cv::circle(grey,
               {int(std::lround(kMiddle + share * kRadius * std::cos(angle))),
                int(std::lround(kMiddle + share * kRadius * std::sin(angle)))},
               6, 0, cv::FILLED);
  }
  Image image() const { return image_of(grey); }
};

// Without crumbs of rings, which are a pixel or two high.
cv::Mat ink_of(const Image& image) {
  cv::Mat ink = mat_of(image) < 128;
  cv::morphologyEx(ink, ink, cv::MORPH_OPEN, cv::Mat::ones(4, 4, CV_8U));
  return ink;
}

TEST_CASE("rings and what is within them are no part of the rim") {
  DrawnSeal seal;
  cv::circle(seal.grey, {kMiddle, kMiddle}, 60, 0, cv::FILLED);
  const Rim rim = unrolled(seal.image(), kCircle);
  CHECK(cv::countNonZero(ink_of(rim.above)) == 0);
  CHECK(cv::countNonZero(ink_of(rim.below)) == 0);
}

TEST_CASE("the upper arc runs clockwise over the top, the lower one against it") {
  // Shares of the strips' widths: 290 degrees above, 150 below.
  const auto [degrees, above, below] =
      GENERATE(table<double, double, double>({{0, 0.5, -1},
                                              {-90, 0.5 - 90 / 290.0, -1},
                                              {60, 0.5 + 60 / 290.0, -1},
                                              {180, -1, 0.5},
                                              {150, -1, 0.5 + 30 / 150.0}}));
  CAPTURE(degrees);
  DrawnSeal seal;
  seal.dot(degrees);
  const Rim rim = unrolled(seal.image(), kCircle);
  const auto check = [](const Image& strip, double share) {
    const cv::Mat ink = ink_of(strip);
    if (share < 0) {
      CHECK(cv::countNonZero(ink) == 0);
      return;
    }
    REQUIRE(cv::countNonZero(ink) > 100);
    const cv::Rect where = cv::boundingRect(ink);
    CHECK(where.x + where.width / 2.0 == Approx(share * ink.cols).margin(6));
  };
  check(rim.above, above);
  check(rim.below, below);
}

TEST_CASE("letters stand upright in both arcs") {
  // A dot further out is higher up above, lower down below.
  const double degrees = GENERATE(0.0, 180.0);
  CAPTURE(degrees);
  const auto height_of = [&](double share) {
    DrawnSeal seal;
    seal.dot(degrees, share);
    const Rim rim = unrolled(seal.image(), kCircle);
    return cv::boundingRect(ink_of(degrees == 0 ? rim.above : rim.below)).y;
  };
  if (degrees == 0)
    CHECK(height_of(0.88) < height_of(0.76) - 10);
  else
    CHECK(height_of(0.88) > height_of(0.76) + 10);
}

// Answers one reading after another.
class FakeRecognizer final : public Recognizer {
 public:
  explicit FakeRecognizer(std::vector<std::vector<Word>> answers) : answers_(std::move(answers)) {}

  EngineInfo info() const override { return {}; }
  std::vector<Line> recognize(const Image&, const Box&, Segmentation mode) override {
    CHECK(mode == Segmentation::Line);
    return {{{}, answers_.at(asked_++)}};
  }
  int detect_rotation(const Image&) override { return 0; }

 private:
  std::vector<std::vector<Word>> answers_;
  std::size_t asked_ = 0;
};

Word word(const std::string& text, double confidence) { return {text, text, {}, confidence}; }

TEST_CASE("both arcs make the text, stars and guesses are left out") {
  FakeRecognizer engine(
      {{word("SỞ", 0.9), word("*", 0.9), word("NỘI", 0.8), word("Af", 0.1)}, {word("TỈNH", 0.7)}});
  const SealText text = read_seal_text(engine, DrawnSeal().image(), kCircle);
  CHECK(text.text == "SỞ NỘI TỈNH");
  CHECK(text.confidence > 0.7);
  CHECK(text.confidence < 0.9);
}

TEST_CASE("an arc that reads badly is left out") {
  FakeRecognizer engine({{word("SỞ", 0.9), word("NỘI", 0.9)}, {word("Vũ", 0.5), word("An", 0.4)}});
  CHECK(read_seal_text(engine, DrawnSeal().image(), kCircle).text == "SỞ NỘI");
}

TEST_CASE("a seal that nobody can read has no text") {
  FakeRecognizer engine({{}, {word("Vq8", 0.3)}});
  const SealText text = read_seal_text(engine, DrawnSeal().image(), kCircle);
  CHECK(text.text.empty());
  CHECK(text.confidence == 0);
}

}  // namespace
}  // namespace vanban::ocr
