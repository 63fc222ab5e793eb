// Needs Tesseract with its Vietnamese model and the one for orientation.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "diacritics/text/text.h"
#include "ocr/document/error.h"
#include "ocr/open/open_source.h"
#include "ocr/recognize/recognize.h"

namespace vanban::ocr {
namespace {

// The born-digital plan: its own text says where each word stands.
struct Plan {
  Source source;
  Image image;
  std::vector<Word> words;

  Plan() {
    std::ifstream in(VANBAN_SOURCE_DIR "/samples/ke-hoach-so.pdf", std::ios::binary);
    source = open_source({std::istreambuf_iterator<char>(in), {}}, "");
    const auto reader = make_page_reader(source);
    image = reader->rasterize(1, 100);
    words = reader->text_layer(1);
    if (image.channels == 3) {  // the engine reads grey
      Image grey{image.width, image.height, 1, image.dpi, {}};
      for (std::size_t i = 1; i < image.pixels.size(); i += 3)
        grey.pixels.push_back(image.pixels[i]);
      image = grey;
    }
  }

  // Around the words of a phrase, in pixels, with a little room.
  Box place_of(const std::string& phrase) const {
    const std::vector<std::string> wanted = diacritics::split_words(phrase);
    const auto found = std::search(words.begin(), words.end(), wanted.begin(), wanted.end(),
                                   [](const Word& word, const std::string& text) {
                                     return diacritics::to_nfc(word.text) == text;
                                   });
    REQUIRE(found != words.end());
    const Box box = box_of({found, found + std::ssize(wanted)});
    const double scale = image.dpi / 72;
    return {box.left * scale - 6, box.top * scale - 4, box.right * scale + 6,
            box.bottom * scale + 4};
  }
};

std::string said(const std::vector<Line>& lines) {
  std::string out;
  for (const Line& line : lines) out += text_of(line) + '\n';
  return out;
}

const Plan& plan() {
  static const Plan made;
  return made;
}

TEST_CASE("a line is read with its letters and marks, each word at its place") {
  const std::string text = "Tổ chức Ngày Chuyển đổi số năm 2025";
  const auto engine = make_tesseract({});
  const Box region = plan().place_of(text);
  const auto lines = engine->recognize(plan().image, region, Segmentation::Line);
  REQUIRE(lines.size() == 1);
  CHECK(diacritics::to_nfc(text_of(lines[0])) == text);
  CHECK(lines[0].box == box_of(lines[0].words));
  const double scale = plan().image.dpi / 72;
  for (const Word& word : lines[0].words) {
    CAPTURE(word.text, word.box.left, word.box.right);
    CHECK(word.confidence > 0.8);
    CHECK(word.confidence <= 1);
    CHECK(word.ocr_text == word.text);
    CHECK(word.box.left >= region.left);
    CHECK(word.box.right <= region.right);
    // The text layer has a word of the same letters whose middle lies under this one's.
    CHECK(std::any_of(plan().words.begin(), plan().words.end(), [&](const Word& layer) {
      return diacritics::to_nfc(layer.text) == diacritics::to_nfc(word.text) &&
             std::abs(layer.box.center_x() * scale - word.box.center_x()) < 8 &&
             std::abs(layer.box.center_y() * scale - word.box.center_y()) < 12;
    }));
  }
}

TEST_CASE("a paragraph gives its lines from top to bottom") {
  const auto engine = make_tesseract({});
  Box region = plan().place_of("Tổ chức Ngày Chuyển đổi số năm 2025");
  region = united(region, plan().place_of("trên địa bàn xã Thanh Lương Hạ"));
  const Segmentation mode = GENERATE(Segmentation::Column, Segmentation::Block);
  const auto lines = engine->recognize(plan().image, region, mode);
  REQUIRE(lines.size() == 2);
  CHECK(diacritics::to_nfc(text_of(lines[1])) == "trên địa bàn xã Thanh Lương Hạ");
  CHECK(lines[0].box.bottom <= lines[1].box.bottom);
}

TEST_CASE("ink outside the region is not seen") {
  const auto engine = make_tesseract({});
  const auto lines =
      engine->recognize(plan().image, plan().place_of("Ngày Chuyển đổi"), Segmentation::Line);
  REQUIRE(lines.size() == 1);
  CHECK(diacritics::to_nfc(text_of(lines[0])) == "Ngày Chuyển đổi");
}

TEST_CASE("a region without area or outside the image gives nothing") {
  const auto engine = make_tesseract({});
  const Image& image = plan().image;
  const double width = image.width, height = image.height;
  const Box region =
      GENERATE_COPY(Box{}, Box{500, 500, 500, 600}, Box{600, 500, 500, 600},
                    Box{width + 10, 10, width + 200, 100}, Box{10, height + 10, 100, height + 100},
                    Box{-200, -200, -100, -100});
  CAPTURE(region.left, region.top, region.right, region.bottom);
  for (const auto mode : {Segmentation::Column, Segmentation::Block, Segmentation::Line}) {
    const std::string read = said(engine->recognize(image, region, mode));
    CAPTURE(static_cast<int>(mode), read);
    CHECK(read.empty());
  }
}

TEST_CASE("a region that reaches over the image's edge is read as far as there is image") {
  const auto engine = make_tesseract({});
  const Image& image = plan().image;
  Box region = plan().place_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
  region.right = image.width;
  const auto within = engine->recognize(image, region, Segmentation::Line);
  REQUIRE(within.size() == 1);
  CHECK(diacritics::fold(text_of(within[0])) == "cong hoa xa hoi chu nghia viet nam");
  region.right += 500;
  CHECK(engine->recognize(image, region, Segmentation::Line) == within);
}

TEST_CASE("a missing model is an engine error that names the package to install") {
  CHECK_THROWS_AS(make_tesseract({"xyz", ""}), EngineError);
  CHECK_THROWS_WITH(make_tesseract({"xyz", ""}), Catch::Contains("tesseract-ocr-xyz"));
  CHECK_THROWS_WITH(make_tesseract({"vie", "/nowhere"}), Catch::Contains("tesseract-ocr-vie"));
}

TEST_CASE("the turn that makes a page upright is found") {
  const int turned = GENERATE(0, 90, 180, 270);  // clockwise, as the page lies
  CAPTURE(turned);
  const Image& image = plan().image;
  const cv::Mat upright(image.height, image.width, CV_8UC1,
                        const_cast<std::uint8_t*>(image.pixels.data()));
  cv::Mat page = upright.clone();
  if (turned == 90) cv::rotate(upright, page, cv::ROTATE_90_CLOCKWISE);
  if (turned == 180) cv::rotate(upright, page, cv::ROTATE_180);
  if (turned == 270) cv::rotate(upright, page, cv::ROTATE_90_COUNTERCLOCKWISE);
  Image scan{page.cols, page.rows, 1, image.dpi, {}};
  for (int y = 0; y < page.rows; ++y)
    scan.pixels.insert(scan.pixels.end(), page.ptr(y), page.ptr(y) + page.cols);
  CHECK(make_tesseract({})->detect_rotation(scan) == (360 - turned) % 360);
}

TEST_CASE("no turn is claimed for a page without text") {
  const Image blank{1654, 2339, 1, 200, std::vector<std::uint8_t>(1654 * 2339, 250)};
  CHECK(make_tesseract({})->detect_rotation(blank) == 0);
}

TEST_CASE("the engine says what it is, model and hash included") {
  const EngineInfo info = make_tesseract({})->info();
  CHECK(info.name == "tesseract");
  CHECK(info.model == "vie");
  CHECK(info.version.substr(0, 2) == "5.");
  CHECK(info.model_sha256.size() == 64);
  CHECK(std::all_of(info.model_sha256.begin(), info.model_sha256.end(),
                    [](unsigned char c) { return std::isxdigit(c) != 0; }));
}

}  // namespace
}  // namespace vanban::ocr
