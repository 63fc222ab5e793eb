#include "pipeline/record/text_layer.h"

#include <catch2/catch.hpp>

#include <cmath>

#include "ocr/copy/text_font.h"

namespace vanban::pipeline {
namespace {

// Half a point a pixel.
ocr::Page page_of(const std::vector<ocr::Word>& words) {
  ocr::Page page;
  page.number = 1;
  page.to_displayed.affine = {0.5, 0, 0, 0, 0.5, 0};
  page.blocks = {{ocr::BlockKind::Body, box_of(words), {{box_of(words), words, 0}}, {}}};
  return page;
}

ocr::Word word(const std::string& text, const ocr::Box& box) { return {text, text, box, 1, 0}; }

std::vector<ocr::LayerLine> lines_of(const std::vector<ocr::Word>& words) {
  return text_layer({{page_of(words)}, {}, {}}).at(0).lines;
}

// What the font reaches over, points.
ocr::Box reach(const ocr::LayerWord& word) {
  return {word.start.x, word.start.y - word.size_pt * ocr::kTextFontAscent / 1000, word.end.x,
          word.start.y - word.size_pt * ocr::kTextFontDescent / 1000};
}

bool near(const ocr::Box& a, const ocr::Box& b) {
  return std::abs(a.left - b.left) < 0.01 && std::abs(a.top - b.top) < 0.01 &&
         std::abs(a.right - b.right) < 0.01 && std::abs(a.bottom - b.bottom) < 0.01;
}

TEST_CASE("a word reaches over its ink") {
  const auto lines =
      lines_of({word("Số", {100, 200, 140, 230}), word("ngày", {160, 208, 220, 238})});
  REQUIRE(lines.size() == 1);
  CHECK(near(reach(lines[0].words[0]), {50, 100, 70, 115}));
  CHECK(near(reach(lines[0].words[1]), {80, 104, 110, 119}));
}

TEST_CASE("a dash is not lower than small letters, and stays around its ink") {
  const auto lines = lines_of({word("Số", {100, 200, 140, 230}), word("-", {160, 216, 170, 218})});
  const ocr::Box dash = reach(lines[0].words[1]);
  CHECK(dash.height() > 7);
  CHECK(std::abs(dash.center_y() - 108.5) < 0.01);
}

TEST_CASE("words that touch are parted, so that no reader takes them for one") {
  const auto lines =
      lines_of({word("Thực", {100, 200, 160, 230}), word("hiện", {160, 200, 220, 230}),
                word("kế", {215, 200, 250, 230})});
  REQUIRE(lines.size() == 1);
  const auto& words = lines[0].words;
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    CAPTURE(i);
    CHECK(words[i + 1].start.x - words[i].end.x > 0.15 * words[i].size_pt);
    CHECK(words[i].end.x > words[i].start.x);
  }
}

TEST_CASE("the cells of a row have baselines of their own") {
  // Two cells, the first of two lines.
  const auto lines =
      lines_of({word("Chỉ", {100, 200, 140, 230}), word("tiêu", {100, 240, 140, 270}),
                word("58", {300, 200, 330, 230})});
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].words[0].text == "Chỉ");
  CHECK(lines[1].words[0].text == "tiêu");
  CHECK(lines[1].words[0].start.y > lines[0].words[0].start.y + 15);
}

TEST_CASE("only words that the file has letter for letter are those of its own layer") {
  ocr::Page page = page_of({word("Cộng", {0, 0, 40, 20}), word("hòa", {50, 0, 90, 20})});
  page.route = ocr::Route::TextLayer;
  CHECK(text_layer({{page}, {}, {}}).at(0).from_text_layer);
  page.blocks[0].lines[0].words[1].ocr_text = "hßa";
  CHECK_FALSE(text_layer({{page}, {}, {}}).at(0).from_text_layer);
}

TEST_CASE("the copy is called by type and code") {
  extract::Record record;
  CHECK(pdf_metadata(record).title.empty());
  record.code.value = "67/BC-UBND";
  CHECK(pdf_metadata(record).title == "67/BC-UBND");
  record.type.value = "Báo cáo";
  record.subject.value = "Kết quả";
  CHECK(pdf_metadata(record).title == "Báo cáo 67/BC-UBND");
  CHECK(pdf_metadata(record).subject == "Kết quả");
}

}  // namespace
}  // namespace vanban::pipeline
