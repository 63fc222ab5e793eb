#include "pipeline/page/junk.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"
#include "tests/pipeline/page/read_lines.h"

namespace vanban::pipeline {
namespace {

using extract::made_block;
using extract::made_page;
using ocr::BlockKind;

TEST_CASE("what was read well stays, whatever it is") {
  const std::vector<Read> words = GENERATE(
      values<std::vector<Read>>({{{"Thực", 0.95}, {"hiện", 0.96}, {"Kế", 0.9}, {"hoạch", 0.9}},
                                 {{"Số:", 0.9}, {"142", 0.6}, {"/BC-UBND", 0.9}},
                                 {{"-", 0.5}, {"Lưu:", 0.9}, {"VT,", 0.9}, {"VHXH.", 0.9}},
                                 {{"1.268", 0.8}, {"hồ", 0.9}, {"sơ;", 0.9}, {"82,10%", 0.8}},
                                 {{"UBND", 0.9}, {"tỉnh", 0.9}, {"(để", 0.9}, {"b/c);", 0.7}},
                                 {{"Thương", 0.9}, {"(b/©);", 0.1}},
                                 {{"lần", 0.9}, {"thứ", 0.9}, {"II", 0.2}},
                                 {{"(để", 0.9}, {"ð⁄€);", 0.5}},
                                 {{"Quân", 0.9}, {"khu", 0.9}, {"§", 0.77}, {"(b/c);", 0.9}},
                                 {{"email", 0.9}, {"vanthu@example.vn", 0.8}}}));
  ocr::Page page = page_of(BlockKind::Body, {line_of(words)});
  const Texts before = texts(page);
  drop_junk(page);
  CHECK(texts(page) == before);
}

TEST_CASE("marks read out of seals and pens are taken off a line") {
  const auto [what, words, expected] = GENERATE(table<std::string, std::vector<Read>, std::string>({
      {"a stroke before it", {{"|", 0.5}, {"CHỦ", 0.95}, {"TỊCH", 0.95}}, "CHỦ TỊCH"},
      {"a sure stroke", {{"_", 0.95}, {"CHỦ", 0.95}, {"TỊCH", 0.95}}, "CHỦ TỊCH"},
      {"a letter or two after it", {{"CHỦ", 0.95}, {"TỊCH", 0.95}, {"zj", 0.6}}, "CHỦ TỊCH"},
      {"several", {{"~", 0.2}, {"«", 0.4}, {"CHỦ", 0.95}, {"TỊCH", 0.95}}, "CHỦ TỊCH"},
      {"a short word, hardly read", {{"ra", 0.2}, {"CHỦ", 0.95}, {"TỊCH", 0.95}}, "CHỦ TỊCH"},
      {"in the middle",
       {{"Trịnh", 0.95}, {"«|", 0.3}, {"Hà", 0.95}, {"Ngân", 0.95}},
       "Trịnh Hà Ngân"},
  }));
  CAPTURE(what);
  ocr::Page page = page_of(BlockKind::Signature, {line_of(words)});
  drop_junk(page);
  CHECK(texts(page) == Texts{expected});
}

TEST_CASE("a line that makes no sense goes, and its block when nothing is left") {
  const std::vector<Read> words = GENERATE(values<std::vector<Read>>(
      {{{"wj#", 0.3}, {"kfz", 0.4}, {"xqw", 0.3}}, {{"Ñïf", 0.5}, {"zw", 0.6}}, {{"|", 0.9}}}));
  ocr::Page page = page_of(BlockKind::Signature, {line_of(words)});
  drop_junk(page);
  CHECK(page.blocks.empty());
}

TEST_CASE("the box of a line is that of the words that stay") {
  ocr::Page page =
      page_of(BlockKind::Signature, {line_of({{"|", 0.5}, {"CHỦ", 0.95}, {"TỊCH", 0.95}})});
  const double left = page.blocks[0].lines[0].words[1].box.left;
  drop_junk(page);
  CHECK(page.blocks[0].lines[0].box.left == left);
}

TEST_CASE("words in a table's cells are left as they were read, strokes beside them are not") {
  ocr::Line row =
      line_of({{"|", 0.2}, {"zj", 0.1}, {"–", 0.9}, {"(%)", 0.8}, {"...", 0.8}, {"|", 0.2}});
  row.words.back().column = 1;  // alone in its cell
  ocr::Page page = page_of(BlockKind::Table, {row});
  drop_junk(page);
  CHECK(texts(page) == Texts{"zj – (%) ...\t|"});
}

TEST_CASE("the number line of a header stays, however badly the pen was read") {
  ocr::Page page = page_of(BlockKind::HeaderLeft,
                           {line_of({{"Sz", 0.3}, {"j4w", 0.2}, {"/BC-UBND", 0.4}}, 100)});
  drop_junk(page);
  REQUIRE(page.blocks.size() == 1);
  CHECK(texts(page)[0].find("/BC-UBND") != std::string::npos);
}

TEST_CASE("what was read in the blanks of a header line is evidence and stays") {
  ocr::Page page = page_of(BlockKind::HeaderRight, {line_of({{"Hà", 0.9},
                                                             {"Nội,", 0.9},
                                                             {"ngày", 0.9},
                                                             {"Zj", 0.1},
                                                             {"tháng", 0.9},
                                                             {"7", 0.9},
                                                             {"năm", 0.9},
                                                             {"2025", 0.9}})});
  const Texts before = texts(page);
  drop_junk(page);
  CHECK(texts(page) == before);
}

TEST_CASE("nothing of a document stands above its motto") {
  const auto block_of = [](BlockKind kind, const std::vector<ocr::Line>& lines) {
    return page_of(kind, lines).blocks[0];
  };
  using extract::made_line;
  ocr::Page page = made_page(
      1, {block_of(BlockKind::Body, {made_line("Người gửi: văn thư", 10)}),
          block_of(BlockKind::HeaderLeft,
                   {made_line("Đến ngày", 50), made_line("ỦY BAN NHÂN DÂN", 90)}),
          block_of(BlockKind::HeaderRight, {made_line("Sao y bản chính", 50),
                                            made_line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 90),
                                            made_line("Độc lập", 120)}),
          block_of(BlockKind::Body, {made_line("BÁO CÁO", 300)})});
  drop_junk(page);
  CHECK(texts(page) ==
        Texts{"ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập", "BÁO CÁO"});
}

TEST_CASE("an agency that stands a little above the motto stays") {
  ocr::Page page = made_page(
      1, {made_block(BlockKind::HeaderLeft, {"ỦY BAN NHÂN DÂN"}, 85),
          made_block(BlockKind::HeaderRight, {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}, 90)});
  drop_junk(page);
  CHECK(texts(page).size() == 2);
}

TEST_CASE("an empty page stays empty") {
  ocr::Page page = made_page(1, {});
  drop_junk(page);
  CHECK(page.blocks.empty());
}

// A mark for each letter of a line, as print has it.
std::vector<ocr::Box> letters_of(const ocr::Line& line) {
  std::vector<ocr::Box> out;
  for (const ocr::Word& word : line.words)
    for (double x = word.box.left; x < word.box.right; x += 10)
      out.push_back({x + 1, word.box.top + 4, x + 9, word.box.bottom - 2});
  return out;
}

TEST_CASE("what makes no sense stays where it stands there in print") {
  const std::vector<Read> words = GENERATE(values<std::vector<Read>>(
      {{{"2022-2023", 0.11}}, {{"Krajăn", 0.4}, {"Plin", 0.4}}, {{"wvu.lam.vn", 0.35}}}));
  const ocr::Line line = line_of(words);
  ocr::Page page = page_of(BlockKind::Body, {line});
  const Texts before = texts(page);

  ocr::Page printed = page;
  printed.unread_ink = letters_of(line);
  drop_junk(printed);
  CHECK(texts(printed) == before);

  ocr::Page on_seal = page;
  on_seal.unread_ink = letters_of(line);
  on_seal.seals.push_back({{-50, 0, 400, 300}, ocr::SealColour::Black, 0.3, "", 0});
  drop_junk(on_seal);
  CHECK(texts(on_seal).empty());

  ocr::Page scraps = page;
  scraps.unread_ink = letters_of(line);
  for (std::size_t i = 0; i < scraps.unread_ink.size(); ++i) {
    scraps.unread_ink[i].top -= 3 * double(i % 4);
    scraps.unread_ink[i].bottom -= 5 * double(i % 3);
  }
  drop_junk(scraps);
  CHECK(texts(scraps) == Texts{});
}

}  // namespace
}  // namespace vanban::pipeline
