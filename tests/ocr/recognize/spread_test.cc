#include "ocr/recognize/spread.h"

#include <catch2/catch.hpp>
#include <vector>

namespace vanban::ocr {
namespace {

// ---- made pictures: two A4 pages at 100 dpi, letters 10 high

constexpr double kWidth = 1654, kHeight = 1169;

LayoutInput picture() { return {kWidth, kHeight, 10, {}, {}, {}}; }

void put_rows(LayoutInput& input, double left, double right, double top, int count) {
  for (int i = 0; i < count; ++i)
    for (double x = left; x + 8 <= right; x += 11)
      input.ink.push_back({x, top + 24 * i, x + 8, top + 24 * i + 10});
}

LayoutInput two_sheets() {
  LayoutInput input = picture();
  put_rows(input, 110, 740, 120, 38);
  put_rows(input, 930, 1560, 120, 38);
  return input;
}

TEST_CASE("the fold stands between two sheets side by side") {
  CHECK(find_fold(two_sheets()).value() == Approx(835).margin(10));
  LayoutInput short_last = picture();
  put_rows(short_last, 110, 740, 120, 38);
  put_rows(short_last, 930, 1560, 120, 14);
  CHECK(find_fold(short_last));
}

TEST_CASE("a landscape sheet whose rows cross the middle is one") {
  LayoutInput input = picture();
  // The header stands in two columns.
  put_rows(input, 110, 700, 60, 4);
  put_rows(input, 930, 1560, 60, 4);
  SECTION("of text") { put_rows(input, 110, 1560, 220, 30); }
  SECTION("of a table") {
    put_rows(input, 110, 700, 220, 30);
    put_rows(input, 930, 1560, 220, 30);
    for (int i = 0; i < 31; ++i)
      input.horizontal_rules.push_back({100, 210.0 + 24 * i, 1570, 212.0 + 24 * i});
  }
  CHECK_FALSE(find_fold(input));
}

TEST_CASE("no fold is where one half has hardly any rows, or the sheet is upright") {
  LayoutInput half = picture();
  put_rows(half, 110, 740, 120, 38);
  put_rows(half, 930, 1560, 800, 5);
  CHECK_FALSE(find_fold(half));
  LayoutInput upright = two_sheets();
  upright.height = 2339;
  CHECK_FALSE(find_fold(upright));
  CHECK_FALSE(find_fold(picture()));
}

TEST_CASE("all of the left sheet comes before the right one") {
  LayoutInput input = two_sheets();
  const std::vector<Zone> zones = find_zones_of_sheets(input);
  REQUIRE(zones.size() >= 2);
  bool right = false;
  std::size_t ink = 0;
  for (const Zone& zone : zones) {
    right = right || zone.box.center_x() > 835;
    CHECK((zone.box.center_x() > 835) == right);
    for (const Box& mark : zone.ink) CHECK(zone.box.holds_middle_of(mark));
    ink += zone.ink.size();
  }
  CHECK(right);
  CHECK(ink == input.ink.size());
}

}  // namespace
}  // namespace vanban::ocr
