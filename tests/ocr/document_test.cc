#include "ocr/document.h"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace vanban::ocr {
namespace {

Word word(const std::string& text, int column = 0, double confidence = 1) {
  return {text, text, {0, 0, 1, 1}, confidence, column};
}

// ---- Box

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
  CHECK(map.apply(10, 100)[0] == 325);
  CHECK(map.apply(10, 100)[1] == 397);
  CHECK(Affine{}.apply(10, 100) == std::array<double, 2>{10, 100});
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
  CHECK(twice.then(right_by_ten).apply(1, 1) == std::array<double, 2>{12, 2});
  CHECK(right_by_ten.then(twice).apply(1, 1) == std::array<double, 2>{22, 2});
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
    const auto stepwise = second.apply(between[0], between[1]);
    const auto at_once = first.then(second).apply(x, y);
    CHECK(at_once[0] == Approx(stepwise[0]).margin(1e-6));
    CHECK(at_once[1] == Approx(stepwise[1]).margin(1e-6));
    if (std::abs(first.xx * first.yy - first.xy * first.yx) < 0.01) continue;
    const auto back = first.inverse().apply(between[0], between[1]);
    CHECK(back[0] == Approx(x).margin(1e-6));
    CHECK(back[1] == Approx(y).margin(1e-6));
  }
}

// ---- Mesh

// Places 10 apart: x goes to 2x, y to y + 5 and in the right column to y + 10.
Mesh bent() { return {10, 3, 2, {{0, 5}, {20, 5}, {40, 10}, {0, 15}, {20, 15}, {40, 20}}}; }

TEST_CASE("a mesh is bilinear between its places and goes on straight beyond") {
  using Place = std::array<double, 2>;
  CHECK(bent().apply(0, 0) == Place{0, 5});
  CHECK(bent().apply(10, 10) == Place{20, 15});
  // Half way between the columns at 10 and 20: 5 + 2.5.
  CHECK(bent().apply(15, 5) == Place{30, 12.5});
  CHECK(bent().apply(-5, 0) == Place{-10, 5});
  // One and a half times the step from 5 to 10.
  CHECK(bent().apply(25, 0) == Place{50, 12.5});
  CHECK(Mesh{}.apply(3, 4) == Place{3, 4});
  CHECK(bent().scaled(3).apply(15, 5) == Place{90, 37.5});
}

TEST_CASE("a mesh is undone by its inverse") {
  const auto [x, y] =
      GENERATE(table<double, double>({{5, 5}, {15, 2}, {19, 9}, {25, 12}, {-3, 1}}));
  CAPTURE(x, y);
  const auto [mapped_x, mapped_y] = bent().apply(x, y);
  const auto [back_x, back_y] = bent().inverse(mapped_x, mapped_y);
  CHECK(back_x == Approx(x).margin(1e-6));
  CHECK(back_y == Approx(y).margin(1e-6));
  CHECK(Mesh{}.inverse(3, 4) == std::array<double, 2>{3, 4});
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

// ---- text

TEST_CASE("words are joined by spaces and the cells of a row by tabs") {
  CHECK(text_of(Line{}).empty());
  CHECK(text_of({{}, {word("Ủy"), word("ban")}}) == "Ủy ban");
  CHECK(text_of({{}, {word("1", 0), word("Nội", 1), word("dung", 1), word("7", 2)}}) ==
        "1\tNội dung\t7");
}

TEST_CASE("an empty cell keeps its tab") {
  CHECK(text_of({{}, {word("1", 0), word("Tổng", 3)}}) == "1\t\t\tTổng");
  // A row whose first cell is empty begins with its tab.
  CHECK(text_of({{}, {word("Cộng", 1), word("7", 2)}}) == "\tCộng\t7");
}

TEST_CASE("the box of words is the one around all of them") {
  CHECK(box_of({}).empty());
  const std::vector<Word> words{{"a", "a", {5, 10, 15, 20}, 1, 0},
                                {"b", "b", {0, 0, 0, 0}, 1, 0},
                                {"c", "c", {20, 8, 30, 18}, 1, 0}};
  CHECK(box_of(words) == Box{5, 8, 30, 20});
}

// ---- confidence

TEST_CASE("long words weigh more in the mean confidence") {
  CHECK(mean_confidence({}) == 0);
  CHECK(mean_confidence({word("")}) == 0);
  CHECK(mean_confidence({word("abc", 0, 0.7)}) == Approx(0.7));
  // (6 * 1 + 2 * 0.2) / 8
  CHECK(mean_confidence({word("chuyen", 0, 1), word("va", 0, 0.2)}) == Approx(0.8));
}

}  // namespace
}  // namespace vanban::ocr
