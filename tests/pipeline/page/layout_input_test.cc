#include "pipeline/page/layout_input.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

using ocr::Box;

ocr::Page a4() {
  ocr::Page page;
  page.width = 595;
  page.height = 842;
  return page;
}

ocr::Word word(const std::string& text, const Box& box) {
  ocr::Word out;
  out.text = text;
  out.box = box;
  return out;
}

// White paper of 1190 x 1684, twice as many pixels as the page has points, at 144 dpi.
ocr::Image drawing() {
  ocr::Image out{1190, 1684, 1, 144, {}};
  out.pixels.assign(std::size_t(1190) * 1684, 255);
  return out;
}

void draw(ocr::Image& image, int left, int top, int right, int bottom) {
  for (int y = top; y < bottom; ++y)
    std::fill_n(image.pixels.begin() + std::ptrdiff_t(y) * image.width + left, right - left,
                std::uint8_t{0});
}

TEST_CASE("a word of a text layer becomes a box for each of its letters") {
  const ocr::LayoutInput input = layout_input(a4(), {word("Sở Y", {100, 50, 140, 60})}, {});
  CHECK(input.width == 595);
  CHECK(input.height == 842);
  // Four characters, ten points each; the font's height less a fifth above and below.
  REQUIRE(input.ink.size() == 4);
  CHECK(input.ink[0] == Box{100, 52, 110, 58});
  CHECK(input.ink[3] == Box{130, 52, 140, 58});
}

TEST_CASE("letters are taken for 0.6 of the height of the words' font") {
  const ocr::LayoutInput input = layout_input(
      a4(),
      {word("một", {0, 0, 30, 10}), word("hai", {40, 0, 70, 20}), word("ba", {80, 0, 100, 40})},
      {});
  CHECK(input.text_height == Approx(0.6 * 20));
}

TEST_CASE("a page without words and rules gives nothing to go by") {
  const ocr::LayoutInput input = layout_input(a4(), {}, {});
  CHECK(input.ink.empty());
  CHECK(input.text_height == 0);
  CHECK(input.horizontal_rules.empty());
  CHECK(input.vertical_rules.empty());
  CHECK(layout_input(a4(), {word("", {0, 0, 10, 10})}, {}).ink.empty());
}

TEST_CASE("rules of the drawing come in units of the page") {
  ocr::Image image = drawing();
  draw(image, 200, 400, 1000, 403);
  draw(image, 200, 400, 203, 1200);
  const ocr::LayoutInput input = layout_input(a4(), {}, image);
  REQUIRE(input.horizontal_rules.size() == 1);
  CHECK(input.horizontal_rules[0].left == Approx(100).margin(1));
  CHECK(input.horizontal_rules[0].right == Approx(500).margin(1));
  CHECK(input.horizontal_rules[0].center_y() == Approx(200.75).margin(1));
  REQUIRE(input.vertical_rules.size() == 1);
  CHECK(input.vertical_rules[0].center_x() == Approx(100.75).margin(1));
  CHECK(input.vertical_rules[0].bottom == Approx(600).margin(1));
  for (const Box& piece : input.horizontal_pieces) CHECK(piece.right <= 501);
  CHECK_FALSE(input.horizontal_pieces.empty());
  CHECK_FALSE(input.vertical_pieces.empty());
}

TEST_CASE("of a scan its ink and rules are taken as they are") {
  ocr::Preprocessed scan;
  scan.image = drawing();
  scan.text_height = 17;
  scan.components = {{1, 2, 3, 4}};
  scan.rules.horizontal = {{10, 0, 90, 2}};
  scan.rules.vertical = {{10, 0, 12, 70}};
  scan.rules.horizontal_pieces = {{10, 0, 50, 2}, {50, 0, 90, 2}};
  scan.rules.vertical_pieces = {{10, 0, 12, 30}};
  scan.rules.horizontal_scraps = {{5, 5, 9, 6}};
  scan.rules.vertical_scraps = {{5, 5, 6, 9}};
  const ocr::LayoutInput input = layout_input(scan);
  CHECK(input.width == 1190);
  CHECK(input.height == 1684);
  CHECK(input.text_height == 17);
  CHECK(input.ink == scan.components);
  CHECK(input.horizontal_rules == scan.rules.horizontal);
  CHECK(input.vertical_rules == scan.rules.vertical);
  CHECK(input.horizontal_pieces == scan.rules.horizontal_pieces);
  CHECK(input.vertical_pieces == scan.rules.vertical_pieces);
  CHECK(input.horizontal_scraps == scan.rules.horizontal_scraps);
  CHECK(input.vertical_scraps == scan.rules.vertical_scraps);
}

TEST_CASE("ink is unread where its middle lies in no word") {
  ocr::Block block;
  block.lines.emplace_back();
  block.lines.back().words = {word("một", {0, 0, 30, 10}), word("hai", {40, 0, 70, 10})};
  const std::vector<Box> ink{
      {2, 2, 8, 8},     // a letter
      {25, 2, 33, 8},   // one that reaches out of its word
      {32, 2, 38, 8},   // between two words
      {42, 12, 48, 18}  // below
  };
  CHECK(unread_ink(ink, {block}) == std::vector<Box>{ink[2], ink[3]});
  CHECK(unread_ink(ink, {}) == ink);
  CHECK(unread_ink({}, {block}).empty());
}

// A row of letters of 10 by 14, feet on one line.
std::vector<Box> letters(double left, double foot, int count) {
  std::vector<Box> out;
  for (int i = 0; i < count; ++i)
    out.push_back({left + 12 * i, foot - 14, left + 12 * i + 10, foot});
  return out;
}

TEST_CASE("print that no word covers is told, as far as it is no seal's and no pen's") {
  ocr::Page page =
      extract::made_page(1, {extract::made_block(ocr::BlockKind::Body, {"Sở Nội vụ"}, 100)});
  page.unread_ink = letters(300, 400, 8);
  const std::vector<ocr::Unread> told = unread_print(page);
  REQUIRE(told.size() == 1);
  CHECK(told[0] == ocr::Unread{ocr::UnreadKind::Print, {300, 386, 394, 400}, 8});

  ocr::Page on_seal = page;
  on_seal.seals.push_back({{250, 300, 450, 500}, ocr::SealColour::Black, 0.3, "", 0});
  CHECK(unread_print(on_seal).empty());

  ocr::Page filled_in = page;
  filled_in.slots.push_back(
      {ocr::SlotUse::Number, ocr::SlotKind::Handwritten, {290, 380, 400, 410}});
  CHECK(unread_print(filled_in).empty());

  ocr::Page uneven = page;
  for (std::size_t i = 0; i < uneven.unread_ink.size(); ++i)
    uneven.unread_ink[i] = {uneven.unread_ink[i].left, 386 + 6 * double(i % 2),
                            uneven.unread_ink[i].right, 400 + 6 * double(i % 2)};
  CHECK(unread_print(uneven).empty());
}

TEST_CASE("a blot is told where it lies in a line of words") {
  ocr::Page page =
      extract::made_page(1, {extract::made_block(ocr::BlockKind::Body, {"Sở Nội vụ"}, 100)});
  const ocr::Unread in_line{ocr::UnreadKind::Blot, {95, 95, 140, 125}, 1};
  const ocr::Unread below{ocr::UnreadKind::Blot, {95, 300, 140, 330}, 1};
  page.unread = {in_line, below};
  CHECK(unread_print(page) == std::vector<ocr::Unread>{in_line});
}

}  // namespace
}  // namespace vanban::pipeline
