#include "pipeline/page/figures.h"

#include <catch2/catch.hpp>
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

}  // namespace
}  // namespace vanban::pipeline
