#include "ocr/image.h"

#include <leptonica/allheaders.h>
#include <catch2/catch.hpp>
#include <memory>
#include <stdexcept>
#include <string>

#include "tests/folder.h"

namespace vanban::ocr {
namespace {

// Blue at the left, green in the middle, red at the right.
Image colours() { return {3, 1, 3, 300, {255, 0, 0, 0, 255, 0, 0, 0, 255}}; }

Image even(int width, int height, std::uint8_t level) {
  Image out{width, height, 1, 200, {}};
  out.pixels.assign(std::size_t(width) * std::size_t(height), level);
  return out;
}

TEST_CASE("a PNG has the pixels and the density of its image") {
  const std::string png = encode_png(colours());
  Pix* pix = pixReadMemPng(reinterpret_cast<const l_uint8*>(png.data()), png.size());
  REQUIRE(pix != nullptr);
  CHECK(pixGetWidth(pix) == 3);
  CHECK(pixGetHeight(pix) == 1);
  CHECK(pixGetXRes(pix) == Approx(300).margin(1));
  l_int32 red = 0, green = 0, blue = 0;
  pixGetRGBPixel(pix, 0, 0, &red, &green, &blue);
  CHECK((red == 0 && green == 0 && blue == 255));
  pixGetRGBPixel(pix, 2, 0, &red, &green, &blue);
  CHECK((red == 255 && green == 0 && blue == 0));
  pixDestroy(&pix);
}

TEST_CASE("a crop has its box and a little around it, as far as the image goes") {
  Image page = even(200, 100, 255);
  page.pixels[50 * 200 + 100] = 0;
  // Half the height around it, but 16 pixels at the least.
  const Image crop = cropped_around(page, 90, 40, 20, 40);
  CHECK(crop.width == 20 + 2 * 20);
  CHECK(crop.height == 100 - 20);
  CHECK(crop.dpi == 200);
  REQUIRE(crop.pixels.size() == std::size_t(crop.width) * std::size_t(crop.height));
  CHECK(crop.pixels[(50 - 20) * std::size_t(crop.width) + (100 - 70)] == 0);
  const Image corner = cropped_around(page, 0, 0, 10, 10);
  CHECK(corner.width == 26);
  CHECK(corner.height == 26);
  CHECK(cropped_around(page, 500, 500, 10, 10).empty());
}

TEST_CASE("a JPEG has about the pixels of its image") {
  Image page = even(64, 32, 255);
  for (std::size_t i = 0; i < page.pixels.size() / 2; ++i) page.pixels[i] = 0;
  const std::string jpeg = encode_jpeg(page);
  Pix* pix =
      pixReadMemJpeg(reinterpret_cast<const l_uint8*>(jpeg.data()), jpeg.size(), 0, 1, nullptr, 0);
  REQUIRE(pix != nullptr);
  CHECK(pixGetWidth(pix) == 64);
  CHECK(pixGetHeight(pix) == 32);
  l_uint32 above = 0, below = 0;
  pixGetPixel(pix, 10, 4, &above);
  pixGetPixel(pix, 10, 28, &below);
  CHECK(above < 40);
  CHECK(below > 215);
  pixDestroy(&pix);
}

TEST_CASE("an image without pixels is neither PNG nor JPEG") {
  CHECK_THROWS_AS(encode_png(Image{}), std::runtime_error);
  CHECK_THROWS_AS(encode_jpeg(Image{}), std::runtime_error);
}

TEST_CASE("a picture's address is its PNG in letters") {
  const std::string address = png_address(colours());
  // The first eight bytes of every PNG.
  CHECK(address.rfind("data:image/png;base64,iVBORw0KGgo", 0) == 0);
  CHECK(address.find('\0') == std::string::npos);
  CHECK((address.size() - 22) % 4 == 0);
}

TEST_CASE("a file has the bytes of the PNG, and one that cannot be written is said so") {
  const tests::Folder folder;
  write_png(colours(), folder / "a.png");
  CHECK(tests::read(folder / "a.png") == encode_png(colours()));
  CHECK_THROWS_AS(write_png(colours(), folder / "no" / "a.png"), std::runtime_error);
}

TEST_CASE("a wide image is reduced, its density with it; a narrow one stays") {
  const Image small = reduced_to_width(even(400, 100, 90), 200);
  CHECK(small.width == 200);
  CHECK(small.height == 50);
  CHECK(small.dpi == Approx(100));
  CHECK(small.pixels == std::vector<std::uint8_t>(200 * 50, 90));
  CHECK(reduced_to_width(even(400, 100, 90), 400).width == 400);
  CHECK(reduced_to_width(even(400, 1, 90), 100).height == 1);
}

}  // namespace
}  // namespace vanban::ocr
