#include "ocr/recognize/find_turn.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::ocr {
namespace {

// Reads well where the mark in a corner of the page is at the top left, as it is the right way up.
class Engine final : public Recognizer {
 public:
  explicit Engine(int seen, double best = 0.9) : seen_(seen), best_(best) {}

  EngineInfo info() const override { return {"fake", "1", "vie", std::string(64, '0')}; }
  std::vector<Line> recognize(const Image& page, const Box& region, Segmentation) override {
    ++calls;
    return {{region, {{"ti", "ti", region, page.pixels[0] == 0 ? best_ : 0.3}}}};
  }
  int detect_rotation(const Image&) override { return seen_; }

  int calls = 0;

 private:
  int seen_;
  double best_;
};

// A page with rows of marks that run down it; its top left corner lies at (x, y).
Preprocessed sideways_page(int x, int y) {
  Preprocessed page;
  page.image = {600, 400, 1, 300, std::vector<std::uint8_t>(600 * 400, 255)};
  page.image.pixels[std::size_t(y) * 600 + std::size_t(x)] = 0;
  for (int row = 0; row < 3; ++row)
    for (int letter = 0; letter < 12; ++letter) {
      const double left = 100 + 100.0 * row, top = 60 + 22.0 * letter;
      page.components.push_back({left, top, left + 20, top + 16});
    }
  return page;
}

TEST_CASE("a page on its side is turned the way that its rows are read") {
  const auto [x, y, turn] = GENERATE(table<int, int, int>({
      {0, 399, 90},  // turned clockwise, the corner below left comes to the top left
      {599, 0, 270},
      {0, 0, 0},
  }));
  Engine engine(0);
  CHECK(find_turn(engine, {}, sideways_page(x, y)) == turn);
}

TEST_CASE("what reads badly either way stays as it is") {
  Engine engine(0, 0.5);
  CHECK(find_turn(engine, {}, sideways_page(0, 399)) == 0);
}

TEST_CASE("where the engine sees which way is up no row is read") {
  Engine engine(270);
  CHECK(find_turn(engine, {}, sideways_page(0, 399)) == 270);
  CHECK(engine.calls == 0);
}

}  // namespace
}  // namespace vanban::ocr
