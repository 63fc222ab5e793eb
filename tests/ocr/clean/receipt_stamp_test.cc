#include "ocr/clean/receipt_stamp.h"

#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

namespace vanban::ocr {
namespace {

constexpr double kMm = 200 / 25.4;  // pixels

Box mm(double left, double top, double right, double bottom) {
  return {left * kMm, top * kMm, right * kMm, bottom * kMm};
}

// An A4 page of 200 dpi on which a frame of 48 x 36 mm is stamped, its head at 75 mm.
Preprocessed stamped() {
  Preprocessed page;
  page.image = {1654, 2339, 1, 200, std::vector<std::uint8_t>(std::size_t{1654} * 2339, 100)};
  page.rules.horizontal = {mm(12, 75, 60, 76), mm(12, 81, 60, 82), mm(12, 110, 60, 111)};
  page.rules.vertical = {mm(11.5, 75, 12, 111), mm(60, 75, 60.5, 111)};
  return page;
}

TEST_CASE("a closed frame in the left margin is a receipt stamp") {
  Preprocessed page = stamped();
  SECTION("whole") {}
  SECTION("with its foot broken at the left") { page.rules.horizontal[2].left += 8 * kMm; }
  SECTION("with a side that ends above the foot") { page.rules.vertical[1].bottom -= 8 * kMm; }
  SECTION("with half of its head") { page.rules.horizontal[0].left += 20 * kMm; }
  const auto frame = find_receipt_stamp(page);
  REQUIRE(frame);
  CHECK(frame->left == Approx(11.5 * kMm));
  CHECK(frame->top == Approx(75 * kMm));
  CHECK(frame->right == Approx(60.5 * kMm));
  CHECK(frame->bottom == Approx(111 * kMm));
}

TEST_CASE("other frames are none") {
  Preprocessed page = stamped();
  SECTION("a table goes on") { page.rules.horizontal.push_back(mm(12, 90, 150, 90.5)); }
  SECTION("open at the right") { page.rules.vertical.pop_back(); }
  SECTION("open above") {
    page.rules.horizontal.erase(page.rules.horizontal.begin(), page.rules.horizontal.begin() + 2);
  }
  SECTION("as low as an urgency stamp") {
    page.rules.horizontal = {mm(12, 75, 60, 76), mm(12, 83, 60, 84)};
    page.rules.vertical = {mm(11.5, 75, 12, 84), mm(60, 75, 60.5, 84)};
  }
  SECTION("as wide as a text") { page.rules.horizontal[2].right = 150 * kMm; }
  SECTION("at the right or at the foot of the page") {
    const double x = GENERATE(0., 80.), y = x > 0 ? 0 : 150 * kMm;
    for (auto* rules : {&page.rules.horizontal, &page.rules.vertical})
      for (Box& rule : *rules)
        rule = {rule.left + x * kMm, rule.top + y, rule.right + x * kMm, rule.bottom + y};
  }
  CHECK_FALSE(find_receipt_stamp(page));
}

TEST_CASE("a stamp is taken off with its ink and rules, print that reaches out of it stays") {
  Preprocessed page = stamped();
  page.rules.horizontal.push_back(mm(111, 33, 164, 34));
  const Box in_stamp = mm(20, 90, 24, 94), under = mm(30, 109, 34, 115),
            beside = mm(70, 90, 74, 94);
  page.components = {in_stamp, under, beside};
  take_off_stamp(page, mm(12, 75, 60, 111));
  CHECK(page.components == std::vector<Box>{under, beside});
  CHECK(page.rules.vertical.empty());
  CHECK(page.rules.horizontal == std::vector<Box>{mm(111, 33, 164, 34)});
  const auto level = [&](double x, double y) {
    return int(
        page.image.pixels[std::size_t(y * kMm) * page.image.stride() + std::size_t(x * kMm)]);
  };
  CHECK(level(22, 92) == 255);
  CHECK(level(50, 105) == 255);
  CHECK(level(32, 110) == 100);  // of the print under the foot
  CHECK(level(72, 92) == 100);
  CHECK(level(22, 70) == 100);
}

TEST_CASE("a stamp that reaches over the edges of the image is taken off within it") {
  Preprocessed page = stamped();
  take_off_stamp(page, {-50, -50, 5000, 5000});
  CHECK(page.image.pixels == std::vector<std::uint8_t>(page.image.pixels.size(), 255));
}

}  // namespace
}  // namespace vanban::ocr
