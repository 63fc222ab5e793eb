#include "pipeline/page/normalize.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"
#include "tests/pipeline/page/read_lines.h"

namespace vanban::pipeline {
namespace {

using ocr::BlockKind;

TEST_CASE("what is no character is dropped, and words of nothing else") {
  std::vector<ocr::Word> words(3);
  words[0].text = words[0].ocr_text = "Cộng\x03";
  words[1].text = words[1].ocr_text = "\x12\uF0B7";
  words[2].text = words[2].ocr_text = "hòa";
  drop_meaningless(words);
  REQUIRE(words.size() == 2);
  CHECK(words[0].text == "Cộng");
  CHECK(words[0].ocr_text == "Cộng");
  CHECK(words[1].text == "hòa");
}

TEST_CASE("a text layer of another language is kept as it is") {
  ocr::Page page = page_of(BlockKind::Body, {extract::made_line("Það er íslenska ¡Hola señores!")});
  page.route = ocr::Route::TextLayer;
  normalize(page);
  CHECK(texts(page) == Texts{"Það er íslenska ¡Hola señores!"});
}

TEST_CASE("words become NFC and what the engine gave is kept") {
  ocr::Page page = page_of(BlockKind::Body, {line_of({{"U\u031B\u0309y", 0.9}, {"ban", 0.9}})});
  normalize(page);
  CHECK(page.blocks[0].lines[0].words[0].text == "Ửy");
  CHECK(page.blocks[0].lines[0].words[0].ocr_text == "U\u031B\u0309y");
  CHECK(page.blocks[0].lines[0].words[1].text == "ban");
}

TEST_CASE("what the engine cannot write is put right, and only where it was read from an image") {
  const auto [read, expected] = GENERATE(table<std::string, std::string>({
      {"%o", "‰"},
      {"tẾ", "tế"},
      {"sỐ", "số"},
      {"TẾ", "TẾ"},
      {"Tế", "Tế"},
      {"kWh", "kWh"},  // no syllable
      {"xyẾ", "xyẾ"},
      {"(Một", "(Một"},  // begins with a capital
      {"(mỘt", "(một"},
      {"“Tổ", "“Tổ"},
      {"[Đồng", "[Đồng"},
      {"đỒng", "đồng"},
      {"89/QĐĐ-UBND", "89/QĐ-UBND"},
      {"KH-CĐĐN", "KH-CĐĐN"},
      {"QĐĐ", "QĐĐ"},  // no code
      {"V/w", "V/v"},
      {"%", "%"},
  }));
  ocr::Page page = page_of(BlockKind::Body, {line_of({{read, 0.9}})});
  page.route = ocr::Route::Ocr;
  ocr::Page layer = page;
  layer.route = ocr::Route::TextLayer;
  normalize(page);
  normalize(layer);
  CHECK(page.blocks[0].lines[0].words[0].text == expected);
  CHECK(layer.blocks[0].lines[0].words[0].text == read);
}

TEST_CASE("bytes that are not UTF-8 do not stay in a word") {
  ocr::Page page = page_of(BlockKind::Body, {line_of({{"a", 0.9}})});
  page.blocks[0].lines[0].words[0].text = "a\xFF";
  normalize(page);
  CHECK(page.blocks[0].lines[0].words[0].text == "a\uFFFD");
}

TEST_CASE("signs that the engine has no letters for are written as they stand") {
  const auto [read, written] = GENERATE(table<std::string, std::string>({
      {"14,62%o", "14,62‰"},
      {"Độc lập — Tự do", "Độc lập – Tự do"},
      {"Bộ Ÿ tế", "Bộ Y tế"},
      {"~ Như trên;", "- Như trên;"},
      {"100% vốn", "100% vốn"},
  }));
  ocr::Page page = page_of(BlockKind::Body, {extract::made_line(read)});
  normalize(page);
  CHECK(texts(page) == Texts{written});
}

TEST_CASE("a number that a pen set close to a printed word is a word of its own") {
  const auto [read, written] = GENERATE(table<std::string, std::string>({
      {"Hà Nội, ngày22 tháng9 năm 2025", "Hà Nội, ngày 22 tháng 9 năm 2025"},
      {"ngày2¿tháng", "ngày2¿tháng"},  // no number
      {"ngành22", "ngành22"},
      {"A4", "A4"},
  }));
  ocr::Page page = page_of(BlockKind::HeaderRight, {extract::made_line(read)});
  normalize(page);
  CHECK(texts(page) == Texts{written});
  const auto& words = page.blocks[0].lines[0].words;
  for (std::size_t i = 1; i < words.size(); ++i) CHECK(words[i].box.left >= words[i - 1].box.right);
}

TEST_CASE("text layers keep the signs that they hold") {
  ocr::Page page = page_of(BlockKind::Body, {extract::made_line("— ngày22 5%o")});
  page.route = ocr::Route::TextLayer;
  normalize(page);
  CHECK(texts(page) == Texts{"— ngày22 5%o"});
}

TEST_CASE("letters read for digits within a number are digits, and told to be restored") {
  const auto [read, written] = GENERATE(table<std::string, std::string>({
      {"0l", "01"},
      {"2O24", "2024"},
      {"(1I),", "(11),"},
      {"l0", "10"},
      {"I1", "I1"},  // may be a numeral
      {"II", "II"},
      {"lO", "lO"},
      {"V1273", "V1273"},
      {"10", "10"},
  }));
  ocr::Page page = page_of(BlockKind::Body, {extract::made_line(read)});
  normalize(page);
  CHECK(texts(page) == Texts{written});
  CHECK(page.blocks[0].lines[0].words[0].restored == (read != written));
}

TEST_CASE("numbers and symbols are read by their grammar, and told to be restored") {
  const auto [read, written] = GENERATE(table<std::string, std::string>({
      {"l02/QĐ-UBND", "102/QĐ-UBND"},
      {"(1O2/2020/NĐ-CP)", "(102/2020/NĐ-CP)"},
      {"15/2020/1T-BTC", "15/2020/TT-BTC"},
      {"15/2020/T1-BTC;", "15/2020/TT-BTC;"},
      {"l5/2020/1T-BTC", "15/2020/TT-BTC"},
      {"27/0Đ-SNV", "27/QĐ-SNV"},
      {"27/1B-SNV", "27/TB-SNV"},
      {"27/QĐ-SNV", "27/QĐ-SNV"},
      // No type, no number, no symbol.
      {"27/1X-SNV", "27/1X-SNV"},
      {"lO/QĐ-SNV", "lO/QĐ-SNV"},
      {"A1/QĐ-SNV", "A1/QĐ-SNV"},
      {"l5/9/2025", "l5/9/2025"},
      {"15/2020/QH14", "15/2020/QH14"},
      {"1/10", "1/10"},
  }));
  ocr::Page page = page_of(BlockKind::Body, {extract::made_line(read)});
  normalize(page);
  CHECK(texts(page) == Texts{written});
  const auto& word = page.blocks[0].lines[0].words[0];
  CHECK(word.restored == (read != written));
  CHECK(word.ocr_text == read);
}

TEST_CASE("a year in two pieces is one word, other numbers stay apart") {
  const auto [read, written] = GENERATE(table<std::string, std::string>({
      {"tháng 5 năm 20 17 của", "tháng 5 năm 2017 của"},
      {"năm 19 98, tại", "năm 1998, tại"},
      {"năm 21 17", "năm 21 17"},
      {"năm 20 17%", "năm 20 17%"},
      {"năm 20 175", "năm 20 175"},
      {"số 20 17", "số 20 17"},
      {"năm 20", "năm 20"},
  }));
  ocr::Page page = page_of(BlockKind::Body, {extract::made_line(read)});
  const double end = page.blocks[0].lines[0].words.back().box.right;
  normalize(page);
  CHECK(texts(page) == Texts{written});
  const auto& words = page.blocks[0].lines[0].words;
  CHECK(words.back().box.right == end);
  for (const auto& word : words)
    CHECK(word.restored == (word.ocr_text.find(' ') != std::string::npos));
}

TEST_CASE("a text layer's codes and years stay as they are") {
  ocr::Page page = page_of(BlockKind::Body, {extract::made_line("năm 20 17 l02/QĐ-UBND")});
  page.route = ocr::Route::TextLayer;
  normalize(page);
  CHECK(texts(page) == Texts{"năm 20 17 l02/QĐ-UBND"});
}

}  // namespace
}  // namespace vanban::pipeline
