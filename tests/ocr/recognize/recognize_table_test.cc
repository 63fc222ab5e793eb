#include "ocr/recognize/recognize_table.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/ocr/even_grid.h"

namespace vanban::ocr {
namespace {

// Pixels darker than middle grey in a region.
int ink_in(const Image& image, const Box& region) {
  int count = 0;
  for (int y = std::max(0, int(region.top)); y < std::min(image.height, int(region.bottom)); ++y)
    for (int x = std::max(0, int(region.left)); x < std::min(image.width, int(region.right)); ++x)
      count += image.pixels[std::size_t(y) * image.stride() + std::size_t(x)] < 128 ? 1 : 0;
  return count;
}

// Says what it is told to of the ink that it sees.
class FakeRecognizer final : public Recognizer {
 public:
  using Answer = std::function<std::vector<Line>(int ink, const Box&, Segmentation)>;
  explicit FakeRecognizer(Answer answer) : answer_(std::move(answer)) {}

  EngineInfo info() const override { return {"fake", "1", "vie", std::string(64, '0')}; }
  std::vector<Line> recognize(const Image& image, const Box& region, Segmentation mode) override {
    modes.push_back(mode);
    return answer_(ink_in(image, region), region, mode);
  }
  int detect_rotation(const Image&) override { return 0; }

  std::vector<Segmentation> modes;

 private:
  Answer answer_;
};

std::vector<Line> line(const std::string& text, const Box& box, double confidence = 0.96) {
  return {{box, {{text, text, box, confidence, 0}}}};
}

// White paper at 200 dpi; a letter is 20 pixels high.
class Paper {
 public:
  Image image{1000, 800, 1, 200, std::vector<std::uint8_t>(1000 * 800, 255)};
  Zone zone{
      BlockKind::Table, {0, 0, 600, 300}, even_grid({0, 100, 200, 300}, {0, 100, 400, 600}), {}};

  void blacken(int left, int top, int width, int height) {
    for (int y = top; y < top + height; ++y)
      std::fill_n(image.pixels.begin() + y * image.width + left, width, std::uint8_t{0});
  }
  // A mark of a letter's height.
  void letter(int left, int top, int width = 12, int height = 20) {
    blacken(left, top, width, height);
    zone.ink.push_back({double(left), double(top), double(left + width), double(top + height)});
  }
  Block read(FakeRecognizer& engine) const { return recognize_table(engine, image, zone); }
};

using Texts = std::vector<std::string>;
using Modes = std::vector<Segmentation>;

Texts texts(const Block& block) {
  Texts out;
  for (const Line& of_block : block.lines) out.push_back(text_of(of_block));
  return out;
}

// Reads any ink as the number of its pixels.
std::vector<Line> count(int ink, const Box& region, Segmentation) {
  return line("n" + std::to_string(ink), region);
}

TEST_CASE("a table is read cell by cell, and its empty cells are not read") {
  Paper paper;
  paper.letter(40, 40, 10);
  paper.letter(200, 40, 11);
  paper.letter(500, 40, 12);
  paper.letter(200, 240, 13);
  FakeRecognizer engine(count);
  const Block block = paper.read(engine);
  CHECK(block.kind == BlockKind::Table);
  CHECK(block.cells == paper.zone.grid.cells);
  CHECK(texts(block) == Texts{"n200\tn220\tn240", "\tn260"});
  CHECK(block.lines[0].row == 0);
  CHECK(block.lines[1].row == 2);
  CHECK(engine.modes == Modes(4, Segmentation::Line));
}

TEST_CASE("words lie where their cell is on the page") {
  Paper paper;
  paper.letter(500, 240);
  FakeRecognizer engine([](int, const Box& region, Segmentation) {
    return line("7", {region.left + 10, region.top + 10, region.right - 10, region.bottom - 10});
  });
  const Block block = paper.read(engine);
  REQUIRE(block.lines.size() == 1);
  CHECK(block.lines[0].words[0].column == 2);
  CHECK(block.lines[0].box == Box{500, 240, 512, 260});
}

TEST_CASE("a cell of several lines is read as a block, its lines follow one another") {
  Paper paper;
  paper.letter(150, 20);
  paper.letter(150, 60);
  FakeRecognizer engine([](int, const Box& region, Segmentation) {
    std::vector<Line> lines = line("Nội", region);
    lines.push_back(line("dung", region)[0]);
    return lines;
  });
  CHECK(texts(paper.read(engine)) == Texts{"\tNội dung"});
  CHECK(engine.modes == Modes{Segmentation::Block});
}

TEST_CASE("what is left of rules along a cell's sides is no ink, nor is a lone speck") {
  Paper paper;
  for (const int y : {0, 100, 200}) paper.blacken(0, y, 600, 3);
  for (const int x : {0, 100, 400}) {
    paper.blacken(x, 0, 3, 300);
    paper.blacken(x + 4, 30, 2, 30);  // a crumb beside the rule
  }
  paper.blacken(200, 40, 3, 3);
  paper.letter(500, 240);
  FakeRecognizer engine(count);
  CHECK(texts(paper.read(engine)) == Texts{"\t\tn240"});
}

TEST_CASE("a corner of broken rules takes no letters with it") {
  Paper paper;
  paper.letter(60, 70);  // within the corner's box
  for (int x = 120; x < 380; x += 20) paper.letter(x, 40);
  paper.blacken(60, 100, 70, 3);
  paper.blacken(100, 60, 3, 70);
  paper.zone.ink.push_back({60, 60, 130, 130});
  FakeRecognizer engine(count);
  CHECK(texts(paper.read(engine)) == Texts{"n240\tn3120"});
}

TEST_CASE("ink that crosses a rule is read whole, with the cell of its middle") {
  Paper paper;
  paper.letter(150, 85, 12, 20);   // ten pixels hang over into the row below
  paper.letter(390, 140, 30, 20);  // reaches into the next column
  FakeRecognizer engine(count);
  const Block block = paper.read(engine);
  CHECK(texts(block) == Texts{"\tn240", "\t\tn600"});
}

TEST_CASE("a lone short stroke is a dash and needs no engine") {
  Paper paper;
  paper.blacken(500, 40, 12, 3);
  paper.letter(40, 40);
  FakeRecognizer engine(count);
  CHECK(texts(paper.read(engine)) == Texts{"n240\t\t-"});
  CHECK(engine.modes.size() == 1);
}

TEST_CASE("a lone x is small where it stands low") {
  const auto [height, expected] = GENERATE(table<int, std::string>({{16, "x"}, {27, "X"}}));
  Paper paper;
  for (int x = 120; x < 380; x += 20) paper.letter(x, 40);
  paper.letter(500, 40, 16, height);
  FakeRecognizer engine([](int ink, const Box& region, Segmentation) {
    return line(ink > 1000 ? "Nội" : "X", region);
  });
  CHECK(texts(paper.read(engine)) == Texts{"\tNội\t" + expected});
}

TEST_CASE("a weak reading is tried in another way, and the surer one stays") {
  Paper paper;
  paper.letter(500, 40);
  FakeRecognizer engine([](int, const Box& region, Segmentation mode) {
    return mode == Segmentation::Line ? line("§", region, 0.5) : line("8", region, 0.9);
  });
  CHECK(texts(paper.read(engine)) == Texts{"\t\t8"});
  CHECK(engine.modes == Modes{Segmentation::Line, Segmentation::Block});
}

TEST_CASE("a table whose cells cannot be read is read as plain text") {
  Paper paper;
  for (int x = 120; x < 380; x += 20) paper.letter(x, 40);
  const Box all{0, 0, 600, 300};
  FakeRecognizer engine([&](int, const Box& region, Segmentation) {
    return region == all ? line("Nội dung", {110, 30, 400, 70}, 0.9) : line("~", region, 0.2);
  });
  const Block block = paper.read(engine);
  CHECK(block.kind == BlockKind::Body);
  CHECK(block.cells.empty());
  CHECK(texts(block) == Texts{"Nội dung"});
}

TEST_CASE("cells beyond the image are passed over") {
  Paper paper;
  paper.image = {300, 120, 1, 200, std::vector<std::uint8_t>(300 * 120, 255)};
  paper.blacken(150, 40, 12, 20);
  FakeRecognizer engine(count);
  CHECK(texts(paper.read(engine)) == Texts{"\tn240"});
}

}  // namespace
}  // namespace vanban::ocr
