#include "ocr/document/geometry.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <stdexcept>
#include <vector>

namespace vanban::ocr {
namespace {

TEST_CASE("an empty box adds nothing to another") {
  const Box box{10, 20, 30, 40};
  const Box empty = GENERATE(Box{}, Box{500, 500, 500, 600}, Box{50, 9, 60, 9}, Box{9, 9, 1, 1});
  CAPTURE(empty.left, empty.top, empty.right, empty.bottom);
  CHECK(empty.empty());
  CHECK(united(box, empty) == box);
  CHECK(united(empty, box) == box);
}

TEST_CASE("two boxes are united by the smallest box around both") {
  CHECK(united({0, 5, 10, 15}, {20, 0, 30, 8}) == Box{0, 0, 30, 15});
  CHECK(united({0, 0, 30, 30}, {5, 5, 6, 6}) == Box{0, 0, 30, 30});
  CHECK(united({}, {}).empty());
}

// ---- Affine

TEST_CASE("a map takes points as its formula says") {
  const Affine map{2, 3, 5, -1, 4, 7};
  // 2*10 + 3*100 + 5, -10 + 4*100 + 7
  CHECK(map.apply(10, 100).x == 325);
  CHECK(map.apply(10, 100).y == 397);
  CHECK(Affine{}.apply(10, 100) == Point{10, 100});
}

TEST_CASE("a map takes a box to the upright box around its corners") {
  // A quarter turn about the origin: (x, y) to (-y, x).
  const Affine quarter{0, -1, 0, 1, 0, 0};
  CHECK(quarter.apply(Box{1, 2, 5, 10}) == Box{-10, 1, -2, 5});
  // A shear: the corner (4, 2) goes to (6, 2).
  CHECK(Affine{1, 1, 0, 0, 1, 0}.apply(Box{0, 0, 4, 2}) == Box{0, 0, 6, 2});
  // Mirrored, left and right change places.
  CHECK(Affine{-1, 0, 100, 0, 1, 0}.apply(Box{10, 0, 30, 5}) == Box{70, 0, 90, 5});
}

TEST_CASE("the first of two maps acts first") {
  const Affine twice{2, 0, 0, 0, 2, 0}, right_by_ten{1, 0, 10, 0, 1, 0};
  CHECK(twice.then(right_by_ten).apply(1, 1) == Point{12, 2});
  CHECK(right_by_ten.then(twice).apply(1, 1) == Point{22, 2});
}

TEST_CASE("a map that squeezes the plane has no inverse") {
  CHECK_THROWS_AS((Affine{1, 2, 0, 2, 4, 0}.inverse()), std::domain_error);
  CHECK_THROWS_AS((Affine{0, 0, 5, 0, 0, 5}.inverse()), std::domain_error);
}

TEST_CASE("one after another equals both at once, and the inverse leads back") {
  std::mt19937 random(20250730);
  std::uniform_real_distribution<double> number(-3, 3), place(-2000, 2000);
  const auto made = [&] {
    return Affine{number(random), number(random), place(random),
                  number(random), number(random), place(random)};
  };
  for (int i = 0; i < 500; ++i) {
    const Affine first = made(), second = made();
    const double x = place(random), y = place(random);
    CAPTURE(i, x, y, first.xx, first.xy, first.x0, first.yx, first.yy, first.y0);
    const auto between = first.apply(x, y);
    const auto stepwise = second.apply(between.x, between.y);
    const auto at_once = first.then(second).apply(x, y);
    CHECK(at_once.x == Approx(stepwise.x).margin(1e-6));
    CHECK(at_once.y == Approx(stepwise.y).margin(1e-6));
    if (std::abs(first.xx * first.yy - first.xy * first.yx) < 0.01) continue;
    const auto back = first.inverse().apply(between.x, between.y);
    CHECK(back.x == Approx(x).margin(1e-6));
    CHECK(back.y == Approx(y).margin(1e-6));
  }
}

// ---- Mesh

// Places 10 apart: x goes to 2x, y to y + 5 and in the right column to y + 10.
Mesh bent() { return {10, 3, 2, {{0, 5}, {20, 5}, {40, 10}, {0, 15}, {20, 15}, {40, 20}}}; }

TEST_CASE("a mesh is bilinear between its places and goes on straight beyond") {
  CHECK(bent().apply(0, 0) == Point{0, 5});
  CHECK(bent().apply(10, 10) == Point{20, 15});
  // Half way between the columns at 10 and 20: 5 + 2.5.
  CHECK(bent().apply(15, 5) == Point{30, 12.5});
  CHECK(bent().apply(-5, 0) == Point{-10, 5});
  // One and a half times the step from 5 to 10.
  CHECK(bent().apply(25, 0) == Point{50, 12.5});
  CHECK(Mesh{}.apply(3, 4) == Point{3, 4});
  CHECK(bent().scaled(3).apply(15, 5) == Point{90, 37.5});
}

TEST_CASE("a mesh is undone by its inverse") {
  const auto [x, y] =
      GENERATE(table<double, double>({{5, 5}, {15, 2}, {19, 9}, {25, 12}, {-3, 1}}));
  CAPTURE(x, y);
  const auto [mapped_x, mapped_y] = bent().apply(x, y);
  const auto [back_x, back_y] = bent().inverse(mapped_x, mapped_y);
  CHECK(back_x == Approx(x).margin(1e-6));
  CHECK(back_y == Approx(y).margin(1e-6));
  CHECK(Mesh{}.inverse(3, 4) == Point{3, 4});
}

TEST_CASE("a page's map bends after it turns") {
  const PageMap map{{0.5, 0, 0, 0, 0.5, 0}, bent()};
  // The corner (20, 20) goes to (10, 10) and on to (20, 15); (40, 20) to (20, 10) and on to (40,
  // 20).
  CHECK(map.apply(Box{0, 0, 20, 20}) == Box{0, 5, 20, 15});
  CHECK(map.apply(Box{20, 0, 40, 20}) == Box{20, 5, 40, 20});
  const Box back = map.apply_inverse({0, 5, 20, 15});
  CHECK(back.left == Approx(0).margin(1e-6));
  CHECK(back.right == Approx(20));
  CHECK(back.bottom == Approx(20));
  CHECK(PageMap{{2, 0, 1, 0, 2, 3}}.apply(Box{1, 1, 2, 2}) == Box{3, 5, 5, 7});
  CHECK(PageMap{{2, 0, 1, 0, 2, 3}}.apply_inverse({3, 5, 5, 7}) == Box{1, 1, 2, 2});
}

TEST_CASE("points have the box that just holds them") {
  CHECK(around({}).empty());
  CHECK(around({{3, 4}}) == Box{3, 4, 3, 4});
  CHECK(around({{3, 4}, {-1, 9}, {2, 0}}) == Box{-1, 0, 3, 9});
}

TEST_CASE("a box holds another's middle when that is within its sides") {
  const Box box{0, 0, 10, 10};
  CHECK(box.holds_middle_of({-5, 2, 7, 4}));
  CHECK(box.holds_middle_of({9, 9, 10, 10}));
  CHECK_FALSE(box.holds_middle_of({-5, 2, 5, 4}));
  CHECK_FALSE(box.holds_middle_of({4, 8, 6, 12}));
  CHECK_FALSE(box.holds_middle_of({4, 20, 6, 22}));
}

TEST_CASE("the median has as many below as above it") {
  CHECK(median({}) == 0);
  CHECK(median({7}) == 7);
  CHECK(median({9, 1, 5}) == 5);
  CHECK(median({1, 4, 2, 3}) == 3);
}

}  // namespace
}  // namespace vanban::ocr
