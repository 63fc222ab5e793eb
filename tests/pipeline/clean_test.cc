#include "pipeline/clean.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

using extract::made_block;
using extract::made_page;
using ocr::BlockKind;
using Texts = std::vector<std::string>;

Texts texts(const ocr::Page& page) {
  Texts out;
  for (const ocr::Block& block : page.blocks)
    for (const ocr::Line& line : block.lines) out.push_back(text_of(line));
  return out;
}

// A word of a line, with the confidence that the engine gave it.
struct Read {
  std::string text;
  double confidence;
};

ocr::Line line_of(const std::vector<Read>& words, double top = 100) {
  std::string text;
  for (const Read& word : words) text += (text.empty() ? "" : " ") + word.text;
  ocr::Line line = extract::made_line(text, top);
  for (std::size_t i = 0; i < words.size(); ++i) line.words[i].confidence = words[i].confidence;
  return line;
}

ocr::Page page_of(BlockKind kind, const std::vector<ocr::Line>& lines) {
  ocr::Block block{kind, {}, lines};
  for (const ocr::Line& line : lines) block.box = united(block.box, line.box);
  return made_page(1, {block});
}

// ---- normalize

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

// ---- drop_junk

TEST_CASE("what was read well stays, whatever it is") {
  const std::vector<Read> words = GENERATE(
      values<std::vector<Read>>({{{"Thực", 0.95}, {"hiện", 0.96}, {"Kế", 0.9}, {"hoạch", 0.9}},
                                 {{"Số:", 0.9}, {"142", 0.6}, {"/BC-UBND", 0.9}},
                                 {{"-", 0.5}, {"Lưu:", 0.9}, {"VT,", 0.9}, {"VHXH.", 0.9}},
                                 {{"1.268", 0.8}, {"hồ", 0.9}, {"sơ;", 0.9}, {"82,10%", 0.8}},
                                 {{"UBND", 0.9}, {"tỉnh", 0.9}, {"(để", 0.9}, {"b/c);", 0.7}},
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

TEST_CASE("a table's cells are left as they were read") {
  ocr::Page page = page_of(BlockKind::Table, {line_of({{"|", 0.2}, {"zj", 0.1}})});
  drop_junk(page);
  CHECK(texts(page) == Texts{"| zj"});
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
  normalize(page);
  drop_junk(page);
  CHECK(page.blocks.empty());
}

}  // namespace
}  // namespace vanban::pipeline
