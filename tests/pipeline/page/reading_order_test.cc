#include "pipeline/page/reading_order.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

using extract::made_block;
using extract::made_page;
using ocr::Block;
using ocr::BlockKind;
using Texts = std::vector<std::string>;

Texts texts(const Block& block) {
  Texts out;
  for (const ocr::Line& line : block.lines) out.push_back(text_of(line));
  return out;
}

// Further right on the page.
Block shifted(Block block, double x) {
  block.box.left += x, block.box.right += x;
  for (ocr::Line& line : block.lines) {
    line.box.left += x, line.box.right += x;
    for (ocr::Word& word : line.words) word.box.left += x, word.box.right += x;
  }
  return block;
}

const Texts kMotto{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"};

Texts with(Texts texts, const Texts& more) {
  texts.insert(texts.end(), more.begin(), more.end());
  return texts;
}

TEST_CASE("a header that ends with its date is left alone") {
  ocr::Page page =
      made_page(1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 31/KH-SNV"}),
                    shifted(made_block(BlockKind::HeaderRight,
                                       with(kMotto, {"Hà Nội, ngày 09 tháng 10 năm 2025"})),
                            300),
                    made_block(BlockKind::Body, {"KẾ HOẠCH"}, 200)});
  const std::vector<Block> before = page.blocks;
  end_header(page);
  CHECK(page.blocks == before);
}

TEST_CASE("a body's name that all but touches the country's is parted from it") {
  // Both were read as one line; the columns were found from the next one on.
  ocr::Page page =
      made_page(1, {made_block(BlockKind::Body, {"UBND TỈNH SÔNG THƯƠNG " + kMotto[0]}),
                    made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 31/KH-SNV"}, 30),
                    shifted(made_block(BlockKind::HeaderRight,
                                       {kMotto[1], "Hà Nội, ngày 09 tháng 10 năm 2025"}, 30),
                            300)});
  end_header(page);
  REQUIRE(page.blocks.size() == 2);
  CHECK(texts(page.blocks[0]) == Texts{"UBND TỈNH SÔNG THƯƠNG", "SỞ NỘI VỤ", "Số: 31/KH-SNV"});
  CHECK(texts(page.blocks[1]) == with(kMotto, {"Hà Nội, ngày 09 tháng 10 năm 2025"}));
}

TEST_CASE("columns that were parted in their first line alone go on until the date") {
  ocr::Page page =
      made_page(1, {made_block(BlockKind::HeaderLeft, {"BAN THƯỜNG TRỰC"}),
                    shifted(made_block(BlockKind::HeaderRight, {kMotto[0]}), 300),
                    made_block(BlockKind::Body, {"ỦY BAN MẶT TRẬN TỈNH", "Số: 7/TTr-BTT"}, 30),
                    made_block(BlockKind::Body, {"TỜ TRÌNH", "Về trồng cây"}, 120)});
  Block& body = page.blocks[2];
  const auto add = [&](std::size_t line, const std::string& text) {
    const ocr::Line more =
        shifted(made_block(BlockKind::Body, {text}, body.lines[line].box.top), 300).lines.front();
    body.lines[line].words.insert(body.lines[line].words.end(), more.words.begin(),
                                  more.words.end());
    body.lines[line].box = ocr::box_of(body.lines[line].words);
  };
  add(0, kMotto[1]);
  add(1, "Sông Thương, ngày 28 tháng 4 năm 2008");
  body.lines.insert(body.lines.end(), page.blocks[3].lines.begin(), page.blocks[3].lines.end());
  page.blocks.pop_back();
  end_header(page);
  REQUIRE(page.blocks.size() == 3);
  CHECK(texts(page.blocks[0]) == Texts{"BAN THƯỜNG TRỰC", "ỦY BAN MẶT TRẬN TỈNH", "Số: 7/TTr-BTT"});
  CHECK(texts(page.blocks[1]) == with(kMotto, {"Sông Thương, ngày 28 tháng 4 năm 2008"}));
  CHECK(texts(page.blocks[2]) == Texts{"TỜ TRÌNH", "Về trồng cây"});
}

TEST_CASE("two sheets side by side are no columns of a header") {
  ocr::Page page = made_page(
      1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ " + kMotto[0], "Thực hiện Kế hoạch số 5"}),
          shifted(made_block(BlockKind::HeaderRight, {"Nơi nhận:", "- Như trên;"}), 600)});
  // The gap between two columns.
  for (std::size_t i = 3; i < page.blocks[0].lines[0].words.size(); ++i)
    page.blocks[0].lines[0].words[i].box.left += 20,
        page.blocks[0].lines[0].words[i].box.right += 20;
  end_header(page);
  REQUIRE(page.blocks.size() == 4);
  CHECK(page.blocks[0].kind == BlockKind::HeaderLeft);
  CHECK(texts(page.blocks[0]) == Texts{"SỞ NỘI VỤ"});
  CHECK(texts(page.blocks[1]) == Texts{kMotto[0]});
  CHECK(texts(page.blocks[2]) == Texts{"Thực hiện Kế hoạch số 5"});
  CHECK(page.blocks[3].kind == BlockKind::Body);
}

TEST_CASE("a place that begins left of the country's name is the right column's all the same") {
  ocr::Page page =
      made_page(1, {made_block(BlockKind::HeaderLeft, {"SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"}),
                    shifted(made_block(BlockKind::HeaderRight, {kMotto[0]}), 330),
                    made_block(BlockKind::Body, {"Số: 7/KH-SNN"}, 30)});
  Block& body = page.blocks[2];
  const Block date = shifted(
      made_block(BlockKind::Body, {"Sông Thương - Bản Lầy, ngày 28 tháng 4 năm 2008"}, 30), 250);
  body.lines[0].words.insert(body.lines[0].words.end(), date.lines[0].words.begin(),
                             date.lines[0].words.end());
  body.lines[0].box = ocr::box_of(body.lines[0].words);
  REQUIRE(page.blocks[0].box.right > 250);
  end_header(page);
  REQUIRE(page.blocks.size() == 2);
  CHECK(texts(page.blocks[0]) == Texts{"SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Số: 7/KH-SNN"});
  CHECK(texts(page.blocks[1]) ==
        Texts{kMotto[0], "Sông Thương - Bản Lầy, ngày 28 tháng 4 năm 2008"});
}

TEST_CASE("a header that ends with a date in figures ends there") {
  ocr::Page page =
      made_page(1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 31/KH-SNV"}),
                    shifted(made_block(BlockKind::HeaderRight,
                                       with(kMotto, {"Hà Nội, ngày 9.10.2025", "KẾ HOẠCH"})),
                            300)});
  end_header(page);
  REQUIRE(page.blocks.size() == 3);
  CHECK(texts(page.blocks[2]) == Texts{"KẾ HOẠCH"});
}

TEST_CASE("a header without a date ends before the type") {
  // Lines at one height, parted by a gutter that went on too far.
  ocr::Page page = made_page(
      1,
      {made_block(BlockKind::HeaderLeft,
                  {"SỞ NỘI VỤ", "Số: 02/BB-SNV", "", "Họp Hội đồng Thi đua -"}),
       made_block(BlockKind::HeaderRight, with(kMotto, {"BIÊN BẢN", "- Khen thưởng Sở Nội vụ"}))});
  std::erase_if(page.blocks[0].lines, [](const ocr::Line& line) { return line.words.empty(); });
  const double end = page.blocks[0].lines.back().box.right;
  page.blocks[1] = shifted(page.blocks[1], end + 5);
  end_header(page);
  REQUIRE(page.blocks.size() == 3);
  CHECK(texts(page.blocks[2]) == Texts{"BIÊN BẢN", "Họp Hội đồng Thi đua - Khen thưởng Sở Nội vụ"});
}

TEST_CASE("pages without header columns, without a date or without anything are left alone") {
  const ocr::Page made = GENERATE(values<ocr::Page>(
      {made_page(1, {}), made_page(2, {made_block(BlockKind::Body, {"Điều 2"})}),
       made_page(2, {made_block(BlockKind::HeaderLeft, {"Nơi nhận:", "- Như trên;"}),
                     made_block(BlockKind::HeaderRight, {"GIÁM ĐỐC", "Trần Văn A"})})}));
  ocr::Page page = made;
  end_header(page);
  CHECK(page.blocks == made.blocks);
}

TEST_CASE("what stands below date and salutation is one text, read across") {
  // The gutter went on through the first lines of the text. Lines stand 30 apart, so that the
  // fourth lines on both sides are at one height.
  ocr::Page page = made_page(
      1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 31/SNV-VP", "V/v trồng cây",
                                             "Kính gửi: Ủy ban", "Thực hiện Kế hoạch"}),
          shifted(
              made_block(BlockKind::HeaderRight, with(kMotto, {"Hà Nội, ngày 09 tháng 10 năm 2025",
                                                               "nhân dân xã.", "số 18 của tỉnh,"})),
              300),
          made_block(BlockKind::Body, {"Sở đề nghị"}, 300)});
  end_header(page);
  REQUIRE(page.blocks.size() == 4);
  CHECK(texts(page.blocks[0]) == Texts{"SỞ NỘI VỤ", "Số: 31/SNV-VP", "V/v trồng cây"});
  CHECK(texts(page.blocks[1]) == with(kMotto, {"Hà Nội, ngày 09 tháng 10 năm 2025"}));
  CHECK(page.blocks[2].kind == BlockKind::Body);
  CHECK(texts(page.blocks[2]) ==
        Texts{"Kính gửi: Ủy ban nhân dân xã.", "Thực hiện Kế hoạch số 18 của tỉnh,"});
  CHECK(texts(page.blocks[3]) == Texts{"Sở đề nghị"});
  CHECK(page.blocks[2].box.top == 90);
  CHECK(page.blocks[2].box.left == 0);
  CHECK(page.blocks[2].box.right >= 300);
}

TEST_CASE("lines of one side alone follow one another by their height") {
  ocr::Page page = made_page(
      1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 31/SNV-VP"}),
          shifted(
              made_block(BlockKind::HeaderRight, with(kMotto, {"Hà Nội, ngày 09 tháng 10 năm 2025",
                                                               "Kính gửi:", "Ủy ban nhân dân xã"})),
              300)});
  end_header(page);
  REQUIRE(page.blocks.size() == 3);
  CHECK(texts(page.blocks[2]) == Texts{"Kính gửi:", "Ủy ban nhân dân xã"});
}

TEST_CASE("the date line is known by two of its words and a digit") {
  const auto [date, ends] = GENERATE(table<std::string, bool>({
      {"Hà Nội, ngày 09 tháng 10 năm 2025", true},
      {"Hà Nội, ngay 9 thang 10 nam 2025", true},
      {"Hà Nội, ngày tháng 10 2025", true},  // "năm" was lost
      {"Hà Nội, ngày tháng năm", false},     // no digit
      {"Ngày hội trồng cây 2025", false},    // one word only
  }));
  CAPTURE(date);
  ocr::Page page =
      made_page(1, {made_block(BlockKind::HeaderRight, with(kMotto, {date, "Kính gửi: Sở"}))});
  end_header(page);
  CHECK(page.blocks.size() == (ends ? 2 : 1));
}

TEST_CASE("no word is lost or doubled") {
  ocr::Page page = made_page(
      1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Kính gửi: Ủy ban", "Thực hiện"}),
          shifted(made_block(BlockKind::HeaderRight,
                             {"Hà Nội, ngày 09 tháng 10 năm 2025", "nhân dân xã.", "kế hoạch"}),
                  300)});
  const auto count = [](const ocr::Page& counted) {
    std::size_t words = 0;
    for (const Block& block : counted.blocks)
      for (const ocr::Line& line : block.lines) words += line.words.size();
    return words;
  };
  const std::size_t before = count(page);
  end_header(page);
  CHECK(count(page) == before);
  CHECK(page.blocks.size() == 3);
}

TEST_CASE("a title cut by the gutter is one line again, whatever stands on the left alone stays") {
  // Left words end at 330, right ones begin 340: a word's space. "Số" stands far from the right.
  ocr::Page page = made_page(
      1,
      {made_block(BlockKind::HeaderLeft, {"UBND TỈNH", "SỞ NỘI VỤ", "Số: 31/QĐ-SNV",
                                          "V/v trồng cây", "Về việc ban hành kế hoạch của"}),
       shifted(made_block(BlockKind::HeaderRight, with(kMotto, {"Hà Nội, ngày 09 tháng 10 năm 2025",
                                                                "Hỏa tốc", "tỉnh năm 2025"})),
               300)});
  end_header(page);
  REQUIRE(page.blocks.size() == 3);
  CHECK(texts(page.blocks[0]) == Texts{"UBND TỈNH", "SỞ NỘI VỤ", "Số: 31/QĐ-SNV", "V/v trồng cây"});
  CHECK(texts(page.blocks[2]) == Texts{"Hỏa tốc", "Về việc ban hành kế hoạch của tỉnh năm 2025"});
}

TEST_CASE("the subject of a letter goes back under its number") {
  const Texts subject{"V/v trồng cây đầu năm", "ở các xã ven sông"};
  const auto letter = [&](const Texts& body) {
    return made_page(1, {made_block(BlockKind::HeaderLeft, {"SỞ NỘI VỤ", "Số: 31/SNV-VP"}),
                         shifted(made_block(BlockKind::HeaderRight, kMotto), 300),
                         made_block(BlockKind::Body, body, 100)});
  };
  ocr::Page page = letter(with(subject, {"Kính gửi: Ủy ban nhân dân xã"}));
  end_header(page);
  CHECK(texts(page.blocks[0]) == with({"SỞ NỘI VỤ", "Số: 31/SNV-VP"}, subject));
  CHECK(texts(page.blocks[2]) == Texts{"Kính gửi: Ủy ban nhân dân xã"});

  ocr::Page wide = letter(
      {"V/v trồng cây đầu năm ở các xã ven sông và các xã khác", "Kính gửi: Ủy ban nhân dân xã"});
  const std::vector<Block> before = wide.blocks;
  end_header(wide);
  CHECK(wide.blocks == before);
}

}  // namespace
}  // namespace vanban::pipeline
