#include "pipeline/page/read_names.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "tests/sample_page.h"

namespace vanban::pipeline {
namespace {

using ocr::Line;
using ocr::Word;

// The signature of a page that was set, as if scanned and read: "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH",
// "Lương Khắc Thuần".
struct Signed {
  SamplePage sample = sample_page("ke-hoach-so.pdf", 2);
  std::vector<ocr::Box> ink;
  int made = 0;  // readers

  Signed() {
    ocr::Block signature;
    signature.kind = ocr::BlockKind::Signature;
    for (const Line& line : sample.page.blocks[0].lines) {
      const std::string text = text_of(line);
      if (text == "TM. ỦY BAN NHÂN DÂN" || text == "CHỦ TỊCH" || text == "Lương Khắc Thuần")
        signature.lines.push_back(line);
    }
    REQUIRE(signature.lines.size() == 3);
    for (Line& line : signature.lines)
      for (Word& word : line.words) word.confidence = 0.95;
    signature.box = signature.lines[0].box;
    sample.page.blocks = {signature};
    sample.page.route = ocr::Route::Ocr;
    // Letters of the page: small ones are 7 points high.
    for (int i = 0; i < 60; ++i) ink.push_back({100.0 + 5 * i, 100, 104.0 + 5 * i, 107});
  }

  std::vector<Line>& lines() { return sample.page.blocks[0].lines; }
  void read() {
    read_names(
        sample.page, ink, sample.raster,
        [this]() -> const ocr::NameReader& {
          static const ocr::NameReader reader;
          ++made;
          return reader;
        },
        Trace({}));
  }
  std::vector<std::string> texts() {
    std::vector<std::string> out;
    for (const Line& line : lines()) out.push_back(text_of(line));
    return out;
  }
};

const std::vector<std::string> kAll{"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lương Khắc Thuần"};

TEST_CASE("what the engine read well is not looked at again") {
  Signed page;
  page.read();
  CHECK(page.made == 0);
  CHECK(page.texts() == kAll);
}

TEST_CASE("a family name that the engine lost is read") {
  Signed page;
  Line& name = page.lines()[2];
  const ocr::Box known = name.words[2].box;
  name.words.erase(name.words.begin());
  name.box = ocr::box_of(name.words);
  page.read();
  REQUIRE(page.texts() == kAll);
  const Line& read = page.lines()[2];
  CHECK(read.words[0].ocr_text.empty());
  CHECK_FALSE(read.words[0].restored);
  CHECK(read.words[0].box.right < read.words[1].box.left);
  CHECK(read.words[2].box == known);
  // It is no surer than the word that was lost.
  CHECK(read.words[1].confidence == read.words[0].confidence);
  CHECK(read.words[0].confidence > 0.5);
}

TEST_CASE("a name of which nothing was read is looked for below the titles") {
  Signed page;
  const ocr::Box place = page.lines()[2].box;
  page.lines().pop_back();
  page.read();
  REQUIRE(page.texts() == kAll);
  CHECK(std::abs(page.lines()[2].box.center_x() - place.center_x()) < 8);
  CHECK(std::abs(page.lines()[2].box.center_y() - place.center_y()) < 4);
}

// Turns the name in the picture about its middle and moves it to the right.
void set_otherwise(Signed& page, double tilt_degrees, double beside_pt) {
  const ocr::Box name = page.lines()[2].box;
  ocr::Image& raster = page.sample.raster;
  cv::Mat all(raster.height, raster.width, raster.channels == 3 ? CV_8UC3 : CV_8UC1,
              raster.pixels.data());
  const double scale = page.sample.pixels_per_point;
  const cv::Rect around(int((name.left - 10) * scale), int((name.top - 22) * scale),
                        int((name.width() + 20) * scale), int((name.height() + 44) * scale));
  const cv::Mat area = all(around).clone();
  all(around).setTo(cv::Scalar::all(255));
  const cv::Rect there = around + cv::Point(int(beside_pt * scale), 0);
  cv::warpAffine(area, all(there),
                 cv::getRotationMatrix2D({area.cols / 2.0F, area.rows / 2.0F}, tilt_degrees, 1),
                 area.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(255));
}

TEST_CASE("a degree before a name is read with it") {
  Signed page;
  const ocr::Box name = page.lines()[2].box;
  const double scale = page.sample.pixels_per_point;
  ocr::Image& raster = page.sample.raster;
  cv::Mat all(raster.height, raster.width, raster.channels == 3 ? CV_8UC3 : CV_8UC1,
              raster.pixels.data());
  // The "TM." of the line above the titles, moved before the name.
  const ocr::Box degree = page.lines()[0].words[0].box;
  const cv::Rect from(int(degree.left * scale), int(degree.top * scale),
                      int(degree.width() * scale), int(degree.height() * scale));
  const double foot = page.lines()[2].words[1].box.bottom;  // "Khắc"
  const cv::Mat copy = all(from).clone();
  copy.copyTo(all(cv::Rect(int((name.left - degree.width() - 4) * scale),
                           int((foot - degree.height()) * scale), copy.cols, copy.rows)));
  page.lines().pop_back();
  page.read();
  CHECK(page.texts() == std::vector<std::string>{kAll[0], kAll[1], "TM. " + kAll[2]});
}

TEST_CASE("a name that was stamped askew is read") {
  const double tilt_degrees = GENERATE(-9.0, 9.0);
  CAPTURE(tilt_degrees);
  Signed page;
  set_otherwise(page, tilt_degrees, 0);
  page.lines().pop_back();
  page.read();
  CHECK(page.texts() == kAll);
}

TEST_CASE("a name that was stamped beside the middle of the titles is read") {
  const double beside_pt = GENERATE(-80.0, 70.0);
  CAPTURE(beside_pt);
  Signed page;
  set_otherwise(page, 0, beside_pt);
  page.lines().pop_back();
  page.read();
  CHECK(page.texts() == kAll);
}

TEST_CASE("a name that stands askew is given once") {
  Signed page;
  set_otherwise(page, 9, 0);
  // What the engine misread of it is no whole name.
  page.lines()[2].words[0].text = "LƯƠNG";
  for (Word& word : page.lines()[2].words) word.confidence = 0.3;
  page.read();
  CHECK(page.texts() == kAll);
}

TEST_CASE("where no name stands none is given") {
  Signed page;
  page.lines().pop_back();
  std::fill(page.sample.raster.pixels.begin(), page.sample.raster.pixels.end(), 255);
  page.read();
  CHECK(page.texts() == std::vector<std::string>{kAll[0], kAll[1]});
}

TEST_CASE("a title that the engine misread is read again") {
  Signed page;
  Line& title = page.lines()[1];
  title.words[0].text = "CHÚ";
  title.words[1].text = "TỊGH";
  for (Word& word : title.words) word.confidence = 0.4;
  page.read();
  CHECK(page.texts() == kAll);
}

TEST_CASE("a title stands in the place of what was read there less surely") {
  Signed page;
  Line& title = page.lines()[1];
  // The engine's box reaches down to the seal below, so that its baseline is another.
  title.box.bottom += 0.8 * title.box.height();
  title.words[0].box = title.box;
  title.words[0].text = "_TUBỘTRƯỚNG";
  title.words[0].confidence = 0.7;
  title.words.resize(1);
  page.read();
  CHECK(page.texts() == kAll);
}

TEST_CASE("a page without a signature is left as it is") {
  Signed page;
  page.sample.page.blocks.clear();
  page.read();
  CHECK(page.made == 0);
  CHECK(page.sample.page.blocks.empty());
}

}  // namespace
}  // namespace vanban::pipeline
