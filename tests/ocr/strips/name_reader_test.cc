#include "ocr/strips/name_reader.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <string>

#include "ocr/digest.h"
#include "ocr/strips/models.h"
#include "tests/sample_page.h"

namespace vanban::ocr {
namespace {

// "Lương Khắc Thuần" below "CHỦ TỊCH", as set.
struct Name {
  SamplePage sample = sample_page("ke-hoach-so.pdf", 2);
  Box box;

  Name() {
    for (const Line& line : sample.page.blocks[0].lines)
      if (text_of(line) == "Lương Khắc Thuần") box = line.box;
    REQUIRE_FALSE(box.empty());
  }

  // The name ends in g, p and marks: its capitals are two thirds of the type's size.
  StripPlace place() const { return {box.left - 30, baseline(), 9.3}; }
  double baseline() const { return box.bottom - 2.9; }
  RasterMap map() const { return {{}, sample.pixels_per_point}; }

  NameLook look(Care care = Care::Stare) const {
    return NameReader().look(NameReader::pictures(sample.raster), map(), place(), care);
  }
  cv::Mat canvas() {
    Image& raster = sample.raster;
    return {raster.height, raster.width, raster.channels == 3 ? CV_8UC3 : CV_8UC1,
            raster.pixels.data()};
  }
  cv::Point pixel(double x, double y) const {
    return {int(x * sample.pixels_per_point), int(y * sample.pixels_per_point)};
  }
};

std::string first(const NameLook& look) {
  const auto readings = NameReader::readings(look);
  return readings.empty() ? "" : readings[0].text;
}

TEST_CASE("the network is the one that its manifest names, and not large") {
  std::ifstream in(VANBAN_SOURCE_DIR "/ocr/data/signatures.onnx.json");
  const std::string manifest{std::istreambuf_iterator<char>(in), {}};
  CHECK(manifest.find("\"sha256\": \"" + std::string(names_model_sha256()) + "\"") !=
        std::string::npos);
  CHECK(names_model_sha256() == sha256_hex(names_model()));
  CHECK(names_model().size() <= 4'000'000);
}

TEST_CASE("a name is read at a glance as with care") {
  const Name name;
  const Care care = GENERATE(Care::Glance, Care::Stare);
  CHECK(first(name.look(care)) == "Lương Khắc Thuần");
}

TEST_CASE("a name is read under the ring of a seal and a stroke of a pen") {
  Name name;
  const double ring = 51 * name.sample.pixels_per_point;
  cv::circle(name.canvas(), name.pixel(name.box.left + 10, name.box.top - 36), int(ring),
             cv::Scalar::all(0), 5, cv::LINE_AA);
  cv::line(name.canvas(), name.pixel(name.box.left - 20, name.box.bottom),
           name.pixel(name.box.right + 40, name.box.top - 14), cv::Scalar::all(0), 4, cv::LINE_AA);
  CHECK(first(name.look()) == "Lương Khắc Thuần");
}

TEST_CASE("shares of readings are those of their texts, and of others there is little") {
  const Name name;
  const NameLook look = name.look();
  for (const Alternative& reading : NameReader::readings(look))
    CHECK(NameReader::share(look, reading.text) == Approx(reading.confidence));
  CHECK(NameReader::share(look, "Trần Khắc Thuần") < 0.01);
  CHECK(NameReader::share(look, "Lương Khắc Thuần 7") == 0);
}

TEST_CASE("on empty paper, and above and below all print, no name is seen") {
  Name name;
  name.canvas() = cv::Scalar::all(255);
  const double line = GENERATE(-40.0, 300.0);
  cv::line(name.canvas(), name.pixel(name.box.left, name.box.top + line),
           name.pixel(name.box.right, name.box.top + line), cv::Scalar::all(0), 1);
  CHECK(name.look().views.empty());
  CHECK(NameReader::readings(name.look()).empty());
}

}  // namespace
}  // namespace vanban::ocr
