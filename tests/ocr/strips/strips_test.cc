#include "ocr/strips/strips.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <vector>

namespace vanban::ocr {
namespace {

Image paper(int width, int height, int channels) {
  Image image;
  image.width = width;
  image.height = height;
  image.channels = channels;
  image.pixels.assign(image.stride() * std::size_t(height), 255);
  return image;
}

void fill(Image& image, int left, int top, int right, int bottom, std::vector<int> colour) {
  for (int y = top; y < bottom; ++y)
    for (int x = left; x < right; ++x)
      for (int c = 0; c < image.channels; ++c)
        image.pixels[std::size_t(y) * image.stride() + std::size_t(x * image.channels + c)] =
            static_cast<std::uint8_t>(colour[std::size_t(c)]);
}

TEST_CASE("inks are told apart by the channels in which they are dark") {
  // Blue, green, red: a black, a red and a blue stripe.
  Image image = paper(3, 1, 3);
  fill(image, 0, 0, 1, 1, {20, 20, 20});
  fill(image, 1, 0, 2, 1, {40, 30, 220});
  fill(image, 2, 0, 3, 1, {200, 60, 40});
  const auto dark = [&](DarkInk ink) {
    std::vector<bool> out;
    for (const std::uint8_t level : grey_of(image, ink).pixels) out.push_back(level < 128);
    return out;
  };
  CHECK(dark(DarkInk::Black) == std::vector<bool>{true, false, false});
  CHECK(dark(DarkInk::NotRed) == std::vector<bool>{true, false, true});
  CHECK(dark(DarkInk::Any) == std::vector<bool>{true, true, true});
}

TEST_CASE("a grey raster is all there is") {
  const Image image = paper(4, 3, 1);
  CHECK(grey_of(image, DarkInk::Black).pixels == image.pixels);
}

TEST_CASE("a strip brings capitals to their height and row") {
  constexpr StripShape kShape{.height = 48, .width = 60, .capitals = 15, .baseline = 33};
  // A bar as high as capitals, twice as large as in the strip.
  Image image = paper(400, 300, 1);
  fill(image, 140, 170, 160, 200, {0});
  const Strip strip = cut_strip(image, {}, {100, 200, 30}, kShape, {});
  REQUIRE(strip.ink.size() == 48 * 60);
  const auto at = [&](int x, int y) { return strip.ink[std::size_t(y * 60 + x)]; };
  CHECK(at(25, 32) > 0.8);  // its foot
  CHECK(at(25, 19) > 0.8);  // its head
  CHECK(at(25, 36) < 0.2);
  CHECK(at(25, 15) < 0.2);
  CHECK(at(15, 25) < 0.2);
  CHECK(at(35, 25) < 0.2);
}

TEST_CASE("a tilted line is brought level") {
  constexpr StripShape kShape{.height = 48, .width = 60, .capitals = 15, .baseline = 33};
  // Two bars as high as capitals, 80 apart; the right one stands 8 higher: 5.7 degrees.
  Image image = paper(400, 300, 1);
  fill(image, 110, 174, 120, 204, {0});
  fill(image, 190, 166, 200, 196, {0});
  // The first row with ink of either bar.
  const auto heads = [&](double tilt_degrees) {
    const Strip strip = cut_strip(image, {}, {95, 200, 30, tilt_degrees}, kShape, {});
    std::vector<int> out;
    for (const int from : {0, 30}) {
      int row = 0;
      const auto ink_in = [&](int y) {
        const auto begin = strip.ink.begin() + y * 60 + from;
        return std::any_of(begin, begin + 30, [](float ink) { return ink > 0.5; });
      };
      while (row < kShape.height && !ink_in(row)) ++row;
      out.push_back(row);
    }
    return out;
  };
  const std::vector<int> level = heads(5.7), tilted = heads(0);
  CHECK(std::abs(level[0] - level[1]) <= 1);
  CHECK(tilted[0] - tilted[1] == 4);
}

TEST_CASE("beyond the raster there is no ink") {
  constexpr StripShape kShape{.height = 10, .width = 20, .capitals = 5, .baseline = 8};
  const Strip strip = cut_strip(paper(50, 50, 1), {}, {500, 500, 5}, kShape, {});
  CHECK(strip.ink == std::vector<float>(200, 0.0F));
}

TEST_CASE("the picture shows strips one below another, ink black") {
  const Image picture = picture_of({{1, 2, {0, 1}}, {1, 2, {1, 0}}});
  CHECK(picture.width == 2);
  CHECK(picture.height == 2);
  CHECK(picture.pixels == std::vector<std::uint8_t>{255, 0, 0, 255});
}

TEST_CASE("capitals are higher than the marks of a page are on the whole") {
  const auto of_height = [](double height) { return Box{0, 0, 10, height}; };
  CHECK(likely_capitals({of_height(10), of_height(20), of_height(90)}) == Approx(26));
  CHECK(likely_capitals({}) == 0);
}

}  // namespace
}  // namespace vanban::ocr
