#include "pipeline/page/figures.h"

#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

using Texts = std::vector<std::string>;

// A table of two columns; in `column` stand lone words, in the other words beside one another.
ocr::Page table_of(const Texts& texts, int column, double confidence) {
  ocr::Block table{ocr::BlockKind::Table, {}, {}};
  for (std::size_t r = 0; r < texts.size(); ++r) {
    ocr::Line row = extract::made_line("vốn l 2");
    ocr::Word lone = row.words[0];
    lone.text = lone.ocr_text = texts[r];
    lone.confidence = confidence;
    lone.column = column;
    for (ocr::Word& word : row.words) word.column = 1 - column;
    row.words.insert(column == 0 ? row.words.begin() : row.words.end(), lone);
    row.row = static_cast<int>(r);
    table.lines.push_back(row);
    for (const int of_row : {0, 1}) {
      ocr::TableCell cell;
      cell.row = static_cast<int>(r);
      cell.column = of_row;
      table.cells.push_back(cell);
    }
  }
  return extract::made_page(1, {table});
}

const ocr::Word& lone_word(const ocr::Page& page, std::size_t row, int column) {
  const std::vector<ocr::Word>& words = page.blocks[0].lines[row].words;
  return column == 0 ? words.front() : words.back();
}

void check_mended(const Texts& read, const Texts& expected, int column, double confidence) {
  CAPTURE(read, confidence);
  ocr::Page page = table_of(read, column, confidence);
  mend_table_figures(page);
  for (std::size_t r = 0; r < read.size(); ++r) {
    const ocr::Word& word = lone_word(page, r, column);
    CHECK(word.text == expected[r]);
    CHECK(word.ocr_text == read[r]);
    CHECK(word.restored == (read[r] != expected[r]));
    CHECK(word.confidence <= (word.restored ? 0.8 : 1.0));
    // What is not alone in its cell counts nothing.
    CHECK(page.blocks[0].lines[r].words[column == 0 ? 2 : 1].text == "l");
  }
}

TEST_CASE("a doubtful number between its neighbours in the first column is put right") {
  struct Row {
    Texts read;
    double confidence;
    Texts expected;
  };
  const Row row = GENERATE(values<Row>({
      {{"4", "3", "6"}, 0.8, {"4", "5", "6"}},
      {{"7", "§", "9"}, 0.8, {"7", "8", "9"}},
      {{"4.", "Ạ.", "6."}, 0.8, {"4.", "5.", "6."}},
      {{"4", "3", "6"}, 0.99, {"4", "3", "6"}},                      // sure
      {{"4", "3", "7"}, 0.8, {"4", "3", "7"}},                       // no sequence
      {{"4", "5", "a"}, 0.8, {"4", "5", "a"}},                       // nothing after it
      {{"4", "abc", "6"}, 0.8, {"4", "abc", "6"}},                   // a word
      {{"I", "1", "2", "H", "1"}, 0.8, {"I", "1", "2", "II", "1"}},  // sections and their rows
  }));
  check_mended(row.read, row.expected, 0, row.confidence);
}

TEST_CASE("a letter that looks like the next number is that, however sure the engine was") {
  const auto [read, expected] = GENERATE(table<Texts, Texts>({
      {{"TT", "l", "2", "3"}, {"TT", "1", "2", "3"}},
      {{"I", "2"}, {"1", "2"}},
      {{"10.", "ll.", "12."}, {"10.", "11.", "12."}},
      {{"9", "1O"}, {"9", "10"}},
      {{"I", "1", "2", "III", "1"}, {"I", "1", "2", "III", "1"}},  // sections and their rows
      {{"l", "5"}, {"l", "5"}},
      {{"l"}, {"l"}},
  }));
  check_mended(read, expected, 0, 0.97);
}

TEST_CASE("rows between two numbers as far apart as they are have the numbers between") {
  check_mended({"TT", "1", "12)", "e", "4", "5"}, {"TT", "1", "2", "3", "4", "5"}, 0, 0.97);
  // Sections, after which numbers begin anew or go on.
  check_mended({"TT", "1", "A", "2"}, {"TT", "1", "A", "2"}, 0, 0.97);
  check_mended({"1", "2", "Cộng", "4"}, {"1", "2", "Cộng", "4"}, 0, 0.97);
}

TEST_CASE("a letter among the numbers of a column is the figure that it looks like") {
  check_mended({"12", "§", "7", "5,5"}, {"12", "8", "7", "5,5"}, 1, 0.97);
  // The first column has numbers of sections too.
  check_mended({"12", "§", "7", "5,5"}, {"12", "§", "7", "5,5"}, 0, 0.97);
}

TEST_CASE("what stands in no table stays") {
  ocr::Page page = table_of({"1", "l", "3"}, 0, 0.5);
  page.blocks[0].kind = ocr::BlockKind::Body;
  const ocr::Page before = page;
  mend_table_figures(page);
  CHECK(page.blocks == before.blocks);
}

// ---- Roman numerals

// A picture of `count` upright strokes where the word stands, with its line.
struct Numeral {
  ocr::Page page;
  ocr::Image image;

  Numeral(const std::string& before, const std::string& read, int count) {
    ocr::Line line = extract::made_line(before + " " + read);
    ocr::Word& word = line.words.back();
    constexpr int kLeft = 100, kTop = 20, kHeight = 28, kPitch = 14, kStem = 5;
    word.box = {kLeft, kTop, kLeft + 90.0, kTop + kHeight};
    image = {300, 80, 1, 200, std::vector<std::uint8_t>(300 * 80, 245)};
    const auto ink = [&](int x, int y) {
      image.pixels[static_cast<std::size_t>(y * image.width + x)] = 20;
    };
    for (int i = 0; i < count; ++i)
      for (int y = kTop; y < kTop + kHeight; ++y)
        for (int x = 0; x < kStem; ++x) ink(kLeft + 2 + i * kPitch + x, y);
    // A slash, and what stands behind it.
    for (int y = 0; y < kHeight; ++y)
      for (int x = 0; x < 3; ++x) ink(kLeft + 2 + count * kPitch + 12 - y / 2 + x + 4, kTop + y);
    page = extract::made_page(1, {{ocr::BlockKind::Body, line.box, {line}}});
  }

  std::string mended() {
    mend_numerals(page, image);
    return page.blocks[0].lines[0].words.back().text;
  }
};

TEST_CASE("a Roman numeral has the strokes that stand on the page") {
  const auto [before, read, strokes, text] =
      GENERATE(table<std::string, std::string, int, std::string>({
          {"quý", "IH/2021", 3, "III/2021"},
          {"quý", "II1/2019,", 3, "III/2019,"},
          {"quý", "II/2018", 3, "III/2018"},
          {"quý", "IIL2019", 3, "III/2019"},
          {"quý", "II/2018", 2, "II/2018"},
          {"thứ", "H/2018", 2, "II/2018"},
          {"quý", "II/2018", 5, "II/2018"},   // no numeral has five
          {"quý", "1/2018", 3, "1/2018"},     // a figure
          {"quý", "HIỆU", 3, "HIỆU"},         // a word
          {"khách", "H/2021", 3, "H/2021"},   // nothing announces one
          {"khóa", "XI/2021", 3, "XI/2021"},  // which strokes are its own cannot be told
      }));
  CAPTURE(before, read, strokes);
  CHECK(Numeral(before, read, strokes).mended() == text);
}

TEST_CASE("a numeral whose strokes cannot be counted and that is none as read is doubted") {
  Numeral numeral("quý", "IH/2021", 0);
  CHECK(numeral.mended() == "IH/2021");
  CHECK(numeral.page.blocks[0].lines[0].words.back().confidence <= 0.8);
}

}  // namespace
}  // namespace vanban::pipeline
