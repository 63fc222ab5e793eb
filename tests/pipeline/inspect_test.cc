#include "pipeline/inspect.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "ocr/document/error.h"
#include "ocr/open/open_source.h"
#include "tests/pipeline/fake_engine.h"

namespace vanban::pipeline {
namespace {

using tests::line_in;
using tests::options_with;
using tests::sample;

std::vector<ocr::Line> sure(const ocr::Image&, const ocr::Box& region, ocr::Segmentation) {
  return line_in(region, {"Thực", "hiện", "kế", "hoạch"});
}

std::vector<ocr::Line> doubtful(const ocr::Image& image, const ocr::Box& region,
                                ocr::Segmentation mode) {
  std::vector<ocr::Line> lines = sure(image, region, mode);
  for (ocr::Word& word : lines.front().words) word.confidence = 0.7;
  return lines;
}

ocr::Image image_of(const std::string& png) {
  const ocr::Source source = ocr::open_source(png, "");
  REQUIRE(source.kind == ocr::SourceKind::Png);
  return ocr::make_page_reader(source)->rasterize(1, 100);
}

// Pixels that are as yellow as a doubtful word's ground.
int yellow_pixels(const ocr::Image& image) {
  int count = 0;
  for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3)
    count += image.pixels[i] < 130 && image.pixels[i + 1] > 170 && image.pixels[i + 2] > 190;
  return count;
}

TEST_CASE("a page is drawn as a PNG of its own size, and a legend") {
  const std::string name = GENERATE("bao-cao-scan.pdf", "ke-hoach-so.pdf", "trang-trang.pdf");
  CAPTURE(name);
  const ocr::Image drawn = image_of(inspect(sample(name), 1, options_with(sure)));
  // A4 at 200 dpi, read straight.
  CHECK(drawn.width == Approx(1654).margin(30));
  CHECK(drawn.height > 2339);
  CHECK(drawn.height < 2339 * 1.15);
  CHECK(drawn.dpi == Approx(200).margin(1));
  CHECK(drawn.channels == 3);
}

TEST_CASE("what the engine doubts is seen on the picture") {
  const ocr::Image calm = image_of(inspect(sample("bao-cao-scan.pdf"), 1, options_with(sure)));
  const ocr::Image alarmed =
      image_of(inspect(sample("bao-cao-scan.pdf"), 1, options_with(doubtful)));
  CHECK(yellow_pixels(alarmed) > yellow_pixels(calm) + 5000);
}

TEST_CASE("the page asked for is drawn") {
  const Input document = sample("bao-cao-scan.pdf");
  CHECK(inspect(document, 1, options_with(sure)) != inspect(document, 2, options_with(sure)));
  CHECK(inspect(document, 2, options_with(sure)) == inspect(document, 2, options_with(sure)));
}

TEST_CASE("a page that is not there is the caller's fault") {
  const int number = GENERATE(-1, 0, 3);
  CHECK_THROWS_AS(inspect(sample("bao-cao-scan.pdf"), number, options_with(sure)),
                  std::invalid_argument);
}

TEST_CASE("what keeps the page from being read is thrown") {
  CHECK_THROWS_AS(
      inspect(sample("bao-cao-scan.pdf"), 1, options_with([](auto&&...) -> std::vector<ocr::Line> {
                throw ocr::InputError(ErrorKind::Damaged, "torn");
              })),
      ocr::InputError);
  CHECK_THROWS_AS(inspect({"a.pdf", "no scan"}, 1, options_with(sure)), ocr::InputError);
}

TEST_CASE("an interrupted run draws nothing") {
  const std::atomic<bool> cancelled{true};
  Options options = options_with(sure);
  options.cancelled = &cancelled;
  CHECK_THROWS_AS(inspect(sample("bao-cao-scan.pdf"), 1, options), Interrupted);
}

}  // namespace
}  // namespace vanban::pipeline
