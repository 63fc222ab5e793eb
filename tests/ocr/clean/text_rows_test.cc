#include "ocr/clean/text_rows.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <vector>

namespace vanban::ocr {
namespace {

// Letters of 14 by 20, six apart; `rise` pixels up for each letter. A space takes 16.
std::vector<Box> row(double left, double top, int count, double rise = 0) {
  std::vector<Box> out;
  for (int i = 0; i < count; ++i) {
    out.push_back({left, top, left + 14, top + 20});
    left += i % 5 == 4 ? 30 : 20;
    top -= rise;
  }
  return out;
}

void add(std::vector<Box>& to, const std::vector<Box>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

TEST_CASE("without ink there are no rows") { CHECK(find_text_rows({}).empty()); }

TEST_CASE("letters beside one another are one row") {
  // 20 letters: 16 steps of 20, 3 of 30 (after every fifth), the last letter 14 wide.
  CHECK(find_text_rows(row(100, 50, 20)) == std::vector<Box>{{100, 50, 524, 70}});
}

TEST_CASE("four letters are a row, three are not") {
  CHECK(find_text_rows(row(100, 50, 3)).empty());
  CHECK(find_text_rows(row(100, 50, 4)).size() == 1);
}

TEST_CASE("rows come from top to bottom, whatever the order of their ink") {
  std::vector<Box> ink = row(300, 200, 8);
  add(ink, row(100, 50, 12));
  add(ink, row(200, 120, 6));
  std::shuffle(ink.begin(), ink.end(), std::mt19937(7));
  const std::vector<Box> rows = find_text_rows(ink);
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].top == 50);
  CHECK(rows[1].top == 120);
  CHECK(rows[2].top == 200);
}

TEST_CASE("a tilted row stays one row") {
  // Three pixels a letter of 20: some eight degrees, as stamps stand.
  const double rise = GENERATE(-3.0, 3.0);
  CAPTURE(rise);
  const std::vector<Box> rows = find_text_rows(row(100, 300, 16, rise));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].height() == Approx(20 + 15 * 3));
}

TEST_CASE("two tilted rows that overlap in height stay apart") {
  std::vector<Box> ink = row(100, 300, 16, 3);
  add(ink, row(100, 335, 16, 3));
  CHECK(find_text_rows(ink).size() == 2);
}

TEST_CASE("columns with a gap between them are rows of their own") {
  std::vector<Box> ink = row(100, 50, 8);
  add(ink, row(500, 50, 8));
  CHECK(find_text_rows(ink).size() == 2);
}

TEST_CASE("a row is found among the fragments of a seal") {
  std::vector<Box> ink = row(200, 300, 14);
  // Arcs of the rings, strokes of the pen, specks: of other sizes and heights.
  add(ink, {{150, 180, 260, 230},
            {420, 190, 500, 250},
            {180, 350, 240, 420},
            {380, 360, 470, 430},
            {300, 200, 306, 204},
            {350, 230, 353, 233},
            {250, 400, 255, 404},
            {440, 280, 448, 290}});
  const std::vector<Box> rows = find_text_rows(ink);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].top == 300);
  CHECK(rows[0].left == 200);
}

TEST_CASE("the letters of a row come from left to right, in their places") {
  const std::vector<Box> ink = row(100, 300, 16, 3);
  std::vector<Box> mixed = ink;
  std::shuffle(mixed.begin(), mixed.end(), std::mt19937(7));
  CHECK(chain_text_rows(mixed) == std::vector<std::vector<Box>>{ink});
}

TEST_CASE("specks alone make no row, even side by side") {
  // Far apart for their size.
  std::vector<Box> specks;
  for (double x = 100; x < 400; x += 20) specks.push_back({x, 50, x + 3, 53});
  CHECK(find_text_rows(specks).empty());
}

// Rows of letters, or the same page turned on its side.
std::vector<Box> page(int rows, bool on_its_side) {
  std::vector<Box> ink;
  for (int row = 0; row < rows; ++row)
    for (int letter = 0; letter < 40; ++letter) {
      const Box box{100.0 + 24 * letter, 100.0 + 60 * row, 118.0 + 24 * letter, 126.0 + 60 * row};
      ink.push_back(on_its_side ? Box{box.top, box.left, box.bottom, box.right} : box);
    }
  return ink;
}

TEST_CASE("rows run down a page that lies on its side") {
  CHECK(rows_run_down(page(20, true)));
  CHECK_FALSE(rows_run_down(page(20, false)));
}

TEST_CASE("a table on its side is one, though its lines stand one below another") {
  // Lines run down the page; of the first four the letters beside one another look like rows, too.
  std::vector<Box> ink;
  for (int line = 0; line < 12; ++line)
    for (int letter = 0; letter < 60; ++letter) {
      const double left = 100.0 + (line < 4 ? 38 : 80) * line, top = 100.0 + 18 * letter;
      ink.push_back({left, top, left + 24, top + 14});
    }
  CHECK(rows_run_down(ink));
  std::vector<Box> upright;
  for (const Box& mark : ink) upright.push_back({mark.top, mark.left, mark.bottom, mark.right});
  CHECK_FALSE(rows_run_down(upright));
}

TEST_CASE("too few rows tell nothing") {
  CHECK(rows_run_down(page(3, true)));
  CHECK_FALSE(rows_run_down(page(2, true)));
  CHECK_FALSE(rows_run_down({}));
}

TEST_CASE("letters of print stand evenly, also where the line rises") {
  const double rise = GENERATE(0.0, 0.4, -1.0);
  std::vector<Box> letters = row(100, 400, 12, rise);
  CHECK(is_even_row(letters));
  // Marks over two letters, a stop, and a tail below the line.
  letters.push_back({122, letters[1].top - 8, 132, letters[1].top - 3});
  letters.push_back({162, letters[3].top - 8, 172, letters[3].top - 3});
  letters.push_back(
      {letters[11].right + 2, letters[11].bottom - 4, letters[11].right + 5, letters[11].bottom});
  letters[4].bottom += 6;
  CHECK(is_even_row(letters));
}

TEST_CASE("two letters are no row of print") { CHECK_FALSE(is_even_row(row(100, 50, 2))); }

TEST_CASE("scraps, strokes and letters round a seal do not stand evenly") {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> place(0, 60), size(4, 30);
  std::vector<Box> scraps;
  for (int i = 0; i < 12; ++i) {
    const double top = 100 + place(random);
    scraps.push_back({100 + 20.0 * i, top, 110 + 20.0 * i, top + size(random)});
  }
  CHECK_FALSE(is_even_row(scraps));

  std::vector<Box> round;
  for (int i = -4; i <= 4; ++i) {
    const double x = 300 + 120 * std::sin(0.2 * i), foot = 300 - 120 * std::cos(0.2 * i);
    round.push_back({x - 7, foot - 20, x + 7, foot});
  }
  CHECK_FALSE(is_even_row(round));
}

}  // namespace
}  // namespace vanban::ocr
