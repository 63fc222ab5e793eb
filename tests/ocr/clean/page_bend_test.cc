// Rows of letters set on a shape that is known, so that it can be asked for again.
#include "ocr/clean/page_bend.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

// Where a point of a flat page of 1000 by 1400 is seen.
using Camera = std::function<Point(double, double)>;

// Thirty rows of letters 14 high in words of six, margins at 100 and 900. Every fifth letter goes
// below the line, as g and y do.
std::vector<Box> letters_seen(const Camera& camera, int rows = 30) {
  std::vector<Box> out;
  for (int row = 0; row < rows; ++row)
    for (int i = 0; i < 62; ++i) {
      if (i % 7 == 6) continue;
      const auto [x, y] = camera(100 + 13 * i, 200 + 35 * row);
      out.push_back({x, y - 14, x + 9, y + (i % 5 == 4 ? 4 : 0)});
    }
  return out;
}

PageBend fitted(const Camera& camera) {
  const std::vector<std::vector<Box>> rows = chain_text_rows(letters_seen(camera));
  std::optional<PageBend> bend = fit_rows(rows);
  REQUIRE(bend);
  fit_sides(*bend, find_margins(rows, *bend));
  return *bend;
}

// Seen at a height of the middle row's `v`, x from `from` to `to`: how far the level strays.
double level_error(const PageBend& bend, const Camera& camera, double y) {
  double least = 1e9, most = -1e9;
  for (double x = 100; x <= 890; x += 79) {
    const auto [seen_x, seen_y] = camera(x, y);
    const double level =
        bend.level_at((seen_x - bend.center_x) / bend.unit, (seen_y - bend.center_y) / bend.unit);
    least = std::min(least, level * bend.unit);
    most = std::max(most, level * bend.unit);
  }
  return most - least;
}

Point plain(double x, double y) { return {x, y}; }
// The right side farther away, the top as well.
Point from_aside(double x, double y) {
  const double far = 1 + (x - 500) * 1.5e-4 - (y - 700) * 1e-4;
  return {500 + (x - 500) / far, 700 + (y - 700) / far};
}
// The left side rises at the binding, seen larger.
Point bound(double x, double y) { return {x, 700 + (y - 700) * (1 + 0.06 * std::exp(-x / 200))}; }

TEST_CASE("flat rows do not bend") {
  const PageBend bend = fitted(plain);
  CHECK(bend.stray < 0.02);
  CHECK(sides_stray(bend) < 0.02);
  CHECK(bend.letter_height == 14);
}

TEST_CASE("a page turned as a whole does not bend") {
  const double angle = GENERATE(-0.12, 0.05, 0.15);
  CAPTURE(angle);
  const PageBend bend = fitted([&](double x, double y) -> Point {
    return {500 + x * std::cos(angle) - y * std::sin(angle),
            x * std::sin(angle) + y * std::cos(angle)};
  });
  CHECK(bend.stray < 0.1);
  CHECK(sides_stray(bend) < 0.6);
  CHECK(bend.rise[0] == Approx(std::tan(angle)).margin(0.003));
}

TEST_CASE("what is one row of the page is one level of the bend") {
  const Camera camera = GENERATE(as<Camera>(), from_aside, bound);
  const PageBend bend = fitted(camera);
  CHECK(bend.stray > 0.35);
  CHECK(bend.gain > 2);
  for (const double y : {200.0, 500.0, 800.0, 1215.0}) {
    CAPTURE(y);
    CHECK(level_error(bend, camera, y) < 2);
  }
}

TEST_CASE("margins tell the direction down the page") {
  const PageBend bend = fitted(from_aside);
  // The margins are seen at: (100, 200) and (100, 1215), (890, 200) and (890, 1215).
  for (const double x : {100.0, 890.0}) {
    const auto [top_x, top_y] = from_aside(x, 200);
    const auto [end_x, end_y] = from_aside(x, 1215);
    const double slope = (end_x - top_x) / (end_y - top_y);
    const double middle = (top_x + slope * (bend.center_y - top_y) - bend.center_x) / bend.unit;
    CAPTURE(x);
    CHECK(bend.lean + bend.spread * middle == Approx(slope).margin(0.01));
  }
}

TEST_CASE("a point of the flat page and its level agree") {
  const PageBend bend = fitted(from_aside);
  for (const double u : {-0.9, 0.0, 0.8})
    for (const double v : {-1.0, 0.1, 1.1}) {
      const auto [x, y] = bend.image_point(u, v);
      CHECK(bend.level_at(x, y) == Approx(v).margin(1e-6));
    }
}

TEST_CASE("too little print has no shape") {
  CHECK_FALSE(fit_rows({}));
  CHECK_FALSE(fit_rows(chain_text_rows(letters_seen(plain, 4))));
}

TEST_CASE("scattered marks have no shape") {
  std::mt19937 random(7);
  std::vector<Box> marks;
  for (int i = 0; i < 4000; ++i) {
    const double x = random() % 1000, y = random() % 1400, height = 6 + random() % 12;
    marks.push_back({x, y, x + 8, y + height});
  }
  CHECK_FALSE(fit_rows(chain_text_rows(marks)));
}

}  // namespace
}  // namespace vanban::ocr
