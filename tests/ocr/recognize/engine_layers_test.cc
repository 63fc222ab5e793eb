// Needs Tesseract with its Vietnamese model.
#include "ocr/recognize/engine_layers.h"

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocr/image.h"
#include "ocr/open/open_source.h"

namespace vanban::ocr {
namespace {

// A page of many lines, short and long.
Image page() {
  std::ifstream in(VANBAN_SOURCE_DIR "/samples/ke-hoach-so.pdf", std::ios::binary);
  const Source source = open_source({std::istreambuf_iterator<char>(in), {}}, "");
  return make_page_reader(source)->rasterize(1, 150);
}

using Reading = std::vector<std::pair<std::string, float>>;

Reading read(tesseract::TessBaseAPI& engine, const Image& image) {
  engine.SetPageSegMode(tesseract::PSM_SINGLE_COLUMN);
  engine.SetImage(image.pixels.data(), image.width, image.height, image.channels,
                  static_cast<int>(image.stride()));
  engine.SetSourceResolution(150);
  REQUIRE(engine.Recognize(nullptr) == 0);
  Reading out;
  const std::unique_ptr<tesseract::ResultIterator> it(engine.GetIterator());
  REQUIRE(it != nullptr);
  do {
    const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_WORD));
    out.emplace_back(text ? text.get() : "", it->Confidence(tesseract::RIL_WORD));
  } while (it->Next(tesseract::RIL_WORD));
  return out;
}

}  // namespace

TEST_CASE("our layers give the words and the confidences that the library's give") {
  const Image image = page();
  tesseract::TessBaseAPI engine;
  engine.SetVariable("debug_file", "/dev/null");
  REQUIRE(engine.Init(nullptr, "vie", tesseract::OEM_LSTM_ONLY) == 0);
  const Reading theirs = read(engine, image);
  REQUIRE(theirs.size() > 100);
  {
    const QuickLayers quick;
    CHECK(read(engine, image) == theirs);
    // From the first line on ours alone.
    CHECK(read(engine, image) == theirs);
  }
  CHECK(read(engine, image) == theirs);
}

TEST_CASE("the version of the library that our layers are written for is that of Debian 12") {
  if (std::string_view(tesseract::TessBaseAPI::Version()) != "5.3.0") return;
  tesseract::TessBaseAPI engine;
  engine.SetVariable("debug_file", "/dev/null");
  REQUIRE(engine.Init(nullptr, "vie", tesseract::OEM_LSTM_ONLY) == 0);
  const QuickLayers quick;
  read(engine, page());
  CHECK(engine_layers() == EngineLayers::Ours);
}

}  // namespace vanban::ocr
