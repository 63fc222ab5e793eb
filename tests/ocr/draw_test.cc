#include "ocr/draw.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <catch2/catch.hpp>

namespace vanban::ocr {
namespace {

constexpr int kWidth = 850, kHeight = 1100;  // letter at 100 dpi

Image white_raster(int width = kWidth, int height = kHeight, double dpi = 100) {
  Image out{width, height, 3, dpi, {}};
  out.pixels.assign(out.stride() * static_cast<std::size_t>(height), 255);
  return out;
}

void paint(Image& image, const Box& box, std::array<std::uint8_t, 3> bgr) {
  for (int y = int(box.top); y < int(box.bottom); ++y)
    for (int x = int(box.left); x < int(box.right); ++x)
      for (std::size_t c = 0; c < 3; ++c)
        image.pixels[image.stride() * std::size_t(y) + 3 * std::size_t(x) + c] = bgr[c];
}

// Units are the raster's pixels.
Page page_of(std::vector<Block> blocks = {}) {
  Page page;
  page.number = 1;
  page.width = kWidth;
  page.height = kHeight;
  page.width_pt = 612;
  page.height_pt = 792;
  page.to_displayed = {0.72, 0, 0, 0, 0.72, 0};
  page.blocks = std::move(blocks);
  return page;
}

struct Pixel {
  int blue, green, red;
  bool operator==(const Pixel&) const = default;
};

Pixel at(const Image& image, double x, double y) {
  const std::uint8_t* p =
      image.pixels.data() + image.stride() * std::size_t(y) + 3 * std::size_t(x);
  return {p[0], p[1], p[2]};
}

const Pixel kWhite{255, 255, 255};

Word word(const Box& box, double confidence, bool restored = false) {
  return {"chữ", "chữ", box, confidence, 0, restored};
}

Block block_of(BlockKind kind, const Box& box, std::vector<Word> words) {
  Block block{kind, box, {}};
  if (!words.empty()) block.lines.push_back({box_of(words), std::move(words)});
  return block;
}

TEST_CASE("the picture has the page above a legend, both as wide") {
  const Image drawn = draw_page(page_of(), white_raster());
  CHECK(drawn.width == kWidth);
  CHECK(drawn.height > kHeight);
  CHECK(drawn.height < kHeight * 1.2);
  CHECK(drawn.channels == 3);
  CHECK(drawn.dpi == Approx(100));
  CHECK(drawn.pixels.size() == drawn.stride() * std::size_t(drawn.height));
  CHECK(at(drawn, 10, 10) == kWhite);
}

TEST_CASE("a dense page is drawn at 200 dpi, whatever its units are") {
  Page page = page_of();
  SECTION("pixels") {
    page.width = 2550, page.height = 3300;
    page.to_displayed = {0.24, 0, 0, 0, 0.24, 0};
  }
  SECTION("points") {
    page.width = 612, page.height = 792;
    page.to_displayed = {};
  }
  const Image drawn = draw_page(page, white_raster(2550, 3300, 300));
  CHECK(drawn.width == 1700);
  CHECK(drawn.height > 2200);
  CHECK(drawn.dpi == Approx(200));
}

TEST_CASE("a block has a frame of its kind's colour and a tinted ground") {
  const Box left{100, 100, 300, 400}, right{400, 100, 600, 400};
  const Image drawn = draw_page(page_of({block_of(BlockKind::HeaderLeft, left, {}),
                                         block_of(BlockKind::Signature, right, {})}),
                                white_raster());
  const Pixel first = at(drawn, 100, 250), second = at(drawn, 400, 250);
  CHECK(first.red < 100);  // teal
  CHECK(first.green > 100);
  CHECK(second.red > 150);  // crimson
  CHECK(second.green < 100);
  CHECK(at(drawn, 300, 250) == first);
  CHECK(at(drawn, 200, 400) == first);
  const Pixel ground = at(drawn, 200, 250);
  CHECK(ground.red > 200);
  CHECK(ground.red < 255);
  CHECK(at(drawn, 350, 250) == kWhite);
}

TEST_CASE("doubtful words go from yellow to red") {
  const Box sure{120, 150, 180, 170}, doubtful{220, 150, 280, 170}, hopeless{320, 150, 380, 170};
  const Image drawn =
      draw_page(page_of({block_of(BlockKind::Body, {100, 100, 500, 300},
                                  {word(sure, 0.95), word(doubtful, 0.85), word(hopeless, 0.1)})}),
                white_raster());
  const Pixel ground = at(drawn, 300, 250);
  CHECK(at(drawn, 150, 160) == ground);
  const Pixel yellow = at(drawn, 250, 160), red = at(drawn, 350, 160);
  CHECK(yellow.blue < ground.blue - 60);
  CHECK(yellow.green > 180);
  CHECK(yellow.red > 180);
  CHECK(red.green < yellow.green - 60);
  CHECK(red.red > 180);
}

TEST_CASE("a restored word is underlined in blue, others are not") {
  const Box seen{120, 150, 180, 170}, restored{220, 150, 280, 170};
  const Image drawn = draw_page(page_of({block_of(BlockKind::Body, {100, 100, 500, 300},
                                                  {word(seen, 0.95), word(restored, 0.95, true)})}),
                                white_raster());
  const Pixel ground = at(drawn, 300, 250), line = at(drawn, 250, 171);
  CHECK(line.blue > 200);
  CHECK(line.red < 100);
  CHECK(at(drawn, 150, 171).red > 150);
  CHECK(at(drawn, 250, 160) == ground);
}

TEST_CASE("ink that no word covers is magenta, other ink keeps its colour") {
  Image raster = white_raster();
  const Box lost{200, 500, 220, 520}, read{400, 500, 420, 520};
  paint(raster, lost, {0, 0, 0});
  paint(raster, read, {0, 0, 0});
  Page page = page_of();
  page.unread_ink = {{195, 495, 225, 525}};
  const Image drawn = draw_page(page, raster);
  const Pixel magenta = at(drawn, 210, 510), ink = at(drawn, 410, 510);
  CHECK(magenta.red == 255);
  CHECK(magenta.blue == 255);
  CHECK(magenta.green < 150);
  CHECK(ink.red < 150);
  CHECK(ink.red == ink.green);
  CHECK(at(drawn, 197, 497) == kWhite);
}

TEST_CASE("each cell of a table row has a frame") {
  std::vector<Word> words{word({120, 150, 160, 170}, 0.95), word({165, 150, 200, 170}, 0.95),
                          word({300, 150, 360, 170}, 0.95)};
  words[2].column = 1;
  const Image drawn =
      draw_page(page_of({block_of(BlockKind::Table, {100, 100, 500, 300}, words)}), white_raster());
  const auto green = [&](double x, double y) {
    const Pixel p = at(drawn, x, y);
    return p.green > 120 && p.red < 60;
  };
  CHECK(green(120, 160));
  CHECK(green(199, 160));
  CHECK(green(300, 160));
  CHECK_FALSE(green(160, 160));  // within a cell
  CHECK_FALSE(green(250, 160));
}

TEST_CASE("the page is drawn as it was read: turned, straight and in colour") {
  Image raster = white_raster();
  paint(raster, {600, 200, 620, 220}, {0, 0, 255});
  Page page = page_of();
  page.width = kHeight;
  page.height = kWidth;
  // A quarter turn counter-clockwise brings it upright.
  page.to_displayed = {0, -0.72, 612, 0.72, 0, 0};
  const Image drawn = draw_page(page, raster);
  CHECK(drawn.width == kHeight);
  const Pixel red = at(drawn, 210, kWidth - 610);
  CHECK(red.red == 255);
  CHECK(red.green < 150);
  CHECK(at(drawn, 250, kWidth - 610) == kWhite);
}

TEST_CASE("a grey page is drawn in colour too") {
  Image raster{kWidth, kHeight, 1, 100, {}};
  raster.pixels.assign(std::size_t(kWidth) * kHeight, 255);
  const Image drawn =
      draw_page(page_of({block_of(BlockKind::Table, {100, 100, 500, 300}, {})}), raster);
  CHECK(drawn.channels == 3);
  CHECK(at(drawn, 100, 200).green > at(drawn, 100, 200).red + 60);
}

TEST_CASE("boxes that reach over the page's edge, or far beyond it, do no harm") {
  Page page = page_of(
      {block_of(BlockKind::Body, {-50, -50, 2000, 3000},
                {word({-80, -60, -20, -40}, 0.1, true), word({800, 1090, 900, 1200}, 0.1, true)})});
  page.unread_ink = {{-10, -10, -5, -5}, {5000, 5000, 5010, 5010}};
  const Image drawn = draw_page(page, white_raster());
  CHECK(drawn.width == kWidth);
  CHECK(at(drawn, 820, 1095).red > 200);
  CHECK(at(drawn, 820, 1095).blue < 150);
}

TEST_CASE("the smallest page gets a legend that can be read") {
  Page page = page_of();
  page.width = page.height = 1;
  page.width_pt = page.height_pt = 0.72;
  page.route = Route::Blank;
  const Image drawn = draw_page(page, white_raster(1, 1));
  CHECK(drawn.width >= 600);
  CHECK(drawn.height > 30);
}

TEST_CASE("the legend tells one page from another") {
  Page page = page_of();
  const Image first = draw_page(page, white_raster());
  CHECK(draw_page(page, white_raster()).pixels == first.pixels);
  SECTION("number") { page.number = 2; }
  SECTION("route") { page.route = Route::TextLayer; }
  SECTION("density") { page.dpi = 150; }
  SECTION("turn") { page.rotation_degrees = 90; }
  SECTION("skew") { page.skew_degrees = -1.5; }
  SECTION("steps") { page.preprocess = {"deskewed"}; }
  SECTION("warnings") { page.warnings = {{"page_failed", "thử"}}; }
  const Image second = draw_page(page, white_raster());
  REQUIRE(second.width == first.width);
  CHECK(second.pixels != first.pixels);
  const std::size_t of_page = first.stride() * kHeight;
  CHECK(std::equal(first.pixels.begin(), first.pixels.begin() + std::ptrdiff_t(of_page),
                   second.pixels.begin()));
}

}  // namespace
}  // namespace vanban::ocr
