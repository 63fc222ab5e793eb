#include "ocr/recognize/slanted_stamps.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

namespace vanban::ocr {
namespace {

constexpr double kDpi = 200, kMm = kDpi / 25.4;

Image image_of(const cv::Mat& grey) {
  Image out{grey.cols, grey.rows, 1, kDpi, {}};
  out.pixels.assign(grey.datastart, grey.dataend);
  return out;
}

// A stamp of 40 x 12 mm with five bars for letters, turned clockwise about (50, 60) mm; `apart`
// with two more letters far to either side.
cv::Mat stamped(double degrees, bool framed, bool apart = false) {
  cv::Mat page(1050, 1654, CV_8UC1, cv::Scalar(255));
  const cv::Point2f middle(float(50 * kMm), float(60 * kMm));
  cv::Mat level = page.clone();
  const auto at = [&](double x, double y) {
    return cv::Point(int(middle.x + x * kMm), int(middle.y + y * kMm));
  };
  if (framed) cv::rectangle(level, at(-20, -6), at(20, 6), 0, 4);
  for (int i = 0; i < 5; ++i)
    cv::rectangle(level, at(-13 + 6 * i, -2.5), at(-10 + 6 * i, 2.5), 0, cv::FILLED);
  if (apart)
    for (const double x : {-33., -27., 26., 32.})
      cv::rectangle(level, at(x, -2.5), at(x + 3, 2.5), 0, cv::FILLED);
  cv::warpAffine(level, page, cv::getRotationMatrix2D(middle, -degrees, 1), page.size(),
                 cv::INTER_LINEAR, cv::BORDER_CONSTANT, 255);
  return page;
}

// Reads the same text wherever it is asked, another in pictures that are longer for their height.
class Fake final : public Recognizer {
 public:
  explicit Fake(std::string text, std::string of_long = {})
      : text_(std::move(text)), of_long_(std::move(of_long)) {}
  EngineInfo info() const override { return {}; }
  std::vector<Line> recognize(const Image&, const Box& region, Segmentation) override {
    constexpr double kLong = 5.5;  // heights; the five bars take five
    Word word;
    const bool is_long = region.width() > kLong * region.height() && !of_long_.empty();
    word.text = is_long ? of_long_ : text_;
    word.box = region, word.confidence = 0.4;
    return {{region, {word}}};
  }
  int detect_rotation(const Image&) override { return 0; }

 private:
  std::string text_, of_long_;
};

StampText wording(const std::string& text) {
  if (text == "TOI MAT") return {"TỐI MẬT", 0.9, false};
  if (text == "MAT") return {"MẬT", 0.9, false};
  return {"", 0, text == "TOI"};
}

TEST_CASE("a place is turned level and its frame taken off") {
  const double degrees = GENERATE(-30., 0., 17.);
  CAPTURE(degrees);
  Head head;
  head.ink = image_of(stamped(degrees, true));
  const StampPlaces found = find_stamp_places(head);
  REQUIRE_FALSE(found.places.empty());
  const Image level = level_picture(head, found.lighter, found.places.front(), StampCut::Plain);
  // The five bars of 27 x 5 mm, 64 pixels high, with a margin of 12.
  CHECK(level.height == 88);
  CHECK(level.width == Approx(64 * 27 / 5. + 24).margin(25));
  CHECK(int(level.pixels[level.stride() * 44 + 20]) < 60);
}

TEST_CASE("a stamp is read level and taken off, other words stay") {
  const auto [text, is_stamp] =
      GENERATE(table<std::string, bool>({{"TOI MAT", true}, {"X", false}}));
  Preprocessed page;
  page.image = image_of(stamped(-15, true));
  page.head.ink = page.image;
  const Box letter{50 * kMm - 10, 60 * kMm - 10, 50 * kMm + 10, 60 * kMm + 10};
  const Box beside{100 * kMm, 60 * kMm, 104 * kMm, 64 * kMm};
  page.components = {letter, beside};
  const Image before = page.image;
  Fake engine(text);
  const std::vector<Block> blocks = take_off_slanted_stamps(engine, wording, page);
  if (!is_stamp) {
    CHECK(blocks.empty());
    CHECK((page.image.pixels == before.pixels));
    return;
  }
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].kind == BlockKind::UrgencyStamp);
  const std::vector<Word>& words = blocks[0].lines[0].words;
  REQUIRE(words.size() == 2);
  CHECK(words[0].text == "TỐI");
  // Its letters were read worse than that they are a stamp's.
  CHECK(words[0].confidence == 0.9);
  CHECK(words[1].text == "MẬT");
  CHECK(words[0].box.right < words[1].box.left);
  CHECK(words[1].box.right == Approx(blocks[0].box.right));
  CHECK(page.components == std::vector<Box>{beside});
  const bool gone = *std::min_element(page.image.pixels.begin(), page.image.pixels.end()) > 128;
  CHECK(gone);
}

TEST_CASE("where the first or last word of a stamp was found the whole is read") {
  const std::string part = GENERATE(std::string("TOI"), std::string("MAT"));
  CAPTURE(part);
  Preprocessed page;
  page.image = image_of(stamped(-15, false, true));
  page.head.ink = page.image;
  Fake engine(part, "TOI MAT");
  const std::vector<Block> blocks = take_off_slanted_stamps(engine, wording, page);
  REQUIRE_FALSE(blocks.empty());
  CHECK(text_of(blocks[0].lines[0]) == "TỐI MẬT");
}

}  // namespace
}  // namespace vanban::ocr
