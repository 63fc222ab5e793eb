#include "ocr/strips/digit_reader.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "ocr/digest.h"
#include "ocr/strips/models.h"

namespace vanban::ocr {
namespace {

// A page of 600 x 200 with something written at (60, 120), 40 high, in one colour on another.
Image written(const std::string& text, const cv::Scalar& ink = {0, 0, 0}, int channels = 3,
              const cv::Scalar& paper = {255, 255, 255}) {
  Image image;
  image.width = 600;
  image.height = 200;
  image.channels = channels;
  image.pixels.resize(image.stride() * std::size_t(image.height));
  cv::Mat page(image.height, image.width, channels == 3 ? CV_8UC3 : CV_8UC1, image.pixels.data());
  page = paper;
  cv::putText(page, text, {60, 120}, cv::FONT_HERSHEY_SIMPLEX, 1.8, ink, 4, cv::LINE_AA);
  return image;
}

// Capitals of the print around would be 32 high.
constexpr StripPlace kPlace{30, 120, 32};

std::string first(const std::vector<Alternative>& readings) {
  REQUIRE_FALSE(readings.empty());
  return readings[0].text;
}

TEST_CASE("the network is the one that its manifest names, and small") {
  std::ifstream in(VANBAN_SOURCE_DIR "/ocr/data/digits.onnx.json");
  const std::string manifest{std::istreambuf_iterator<char>(in), {}};
  CHECK(manifest.find("\"sha256\": \"" + std::string(digits_model_sha256()) + "\"") !=
        std::string::npos);
  CHECK(digits_model_sha256() == sha256_hex(digits_model()));
  CHECK(digits_model().size() <= 2'000'000);
}

TEST_CASE("digits are read however many there are") {
  const std::string digits = GENERATE(values<std::string>({"5", "17", "203", "2154"}));
  CAPTURE(digits);
  CHECK(first(DigitReader().read(written(digits), {}, kPlace)) == digits);
}

TEST_CASE("blue pens, grey scans and dark paper make no difference") {
  const auto [ink, channels, paper] = GENERATE(table<cv::Scalar, int, cv::Scalar>({
      {cv::Scalar(160, 60, 40), 3, cv::Scalar(255, 255, 255)},
      {cv::Scalar(30), 1, cv::Scalar(255)},
      {cv::Scalar(20), 1, cv::Scalar(150)},
      {cv::Scalar(170), 1, cv::Scalar(250)},
  }));
  CHECK(first(DigitReader().read(written("203", ink, channels, paper), {}, kPlace)) == "203");
}

TEST_CASE("a red seal over the digits is not ink") {
  Image image = written("203");
  cv::Mat page(image.height, image.width, CV_8UC3, image.pixels.data());
  cv::Mat seal = page.clone();
  cv::circle(seal, {120, 100}, 70, {90, 60, 250}, 9);
  page = cv::min(page, seal);
  CHECK(first(DigitReader().read(image, {}, kPlace)) == "203");
}

TEST_CASE("only what is allowed is read where there is a list") {
  const std::vector<std::string> allowed{"2", "4", "21", "25"};
  for (const Alternative& reading : DigitReader().read(written("24"), {}, kPlace, allowed))
    CHECK(std::find(allowed.begin(), allowed.end(), reading.text) != allowed.end());
}

TEST_CASE("readings come best first, with shares of all that may be there") {
  const std::string digits = GENERATE(values<std::string>({"", "7", "99999"}));
  const bool list = GENERATE(false, true);
  const std::vector<Alternative> readings =
      DigitReader().read(written(digits), {}, kPlace,
                         list ? std::vector<std::string>{"7", "8"} : std::vector<std::string>{});
  double sum = 0, before = 1;
  for (const Alternative& reading : readings) {
    CHECK(reading.confidence >= 0);
    CHECK(reading.confidence <= before + 1e-12);
    before = reading.confidence;
    sum += reading.confidence;
  }
  CHECK(sum <= 1 + 1e-9);
}

TEST_CASE("a turned and enlarged raster is looked at through its map") {
  const Image upright = written("203");
  const cv::Mat page(upright.height, upright.width, CV_8UC3,
                     const_cast<std::uint8_t*>(upright.pixels.data()));
  cv::Mat turned;
  cv::rotate(page, turned, cv::ROTATE_90_CLOCKWISE);
  cv::resize(turned, turned, {}, 2, 2, cv::INTER_CUBIC);
  Image raster;
  raster.width = turned.cols;
  raster.height = turned.rows;
  raster.channels = 3;
  raster.pixels.assign(turned.datastart, turned.dataend);
  // The page's (x, y) is at (height - y, x) of the turned one.
  const RasterMap map{{Affine{0, -1, double(upright.height), 1, 0, 0}}, 2};
  CHECK(first(DigitReader().read(raster, map, kPlace)) == "203");
}

TEST_CASE("strips that lie partly or wholly beside the page are read as empty paper there") {
  const StripPlace place = GENERATE(values<StripPlace>({{-50, 120, 32},
                                                        {590, 120, 32},
                                                        {30, -500, 32},
                                                        {5000, 5000, 32},
                                                        {30, 120, 900},
                                                        {30, 120, 1}}));
  CHECK_NOTHROW(DigitReader().read(written("203"), {}, place));
}

TEST_CASE("the same strip gives the same readings") {
  const Image image = written("2154");
  CHECK(DigitReader().read(image, {}, kPlace) == DigitReader().read(image, {}, kPlace));
}

TEST_CASE("a crop is the box at the raster's density, in its colours") {
  const Image page = written("203", {200, 0, 0});
  const Image part = crop(page, {{}, 1}, {50, 70, 200, 130});
  CHECK(part.width == 150);
  CHECK(part.height == 60);
  CHECK(part.channels == 3);
  const cv::Mat all(page.height, page.width, CV_8UC3,
                    const_cast<std::uint8_t*>(page.pixels.data()));
  const cv::Mat cut(part.height, part.width, CV_8UC3,
                    const_cast<std::uint8_t*>(part.pixels.data()));
  CHECK(cv::norm(all(cv::Rect(50, 70, 150, 60)), cut, cv::NORM_INF) == 0);
  CHECK(crop(page, {{Affine{2, 0, 0, 0, 2, 0}}, 1}, {25, 35, 100, 65}).width == 150);
}

}  // namespace
}  // namespace vanban::ocr
