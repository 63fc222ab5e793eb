#include "extract/page_parts.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::Block;
using ocr::BlockKind;
using ocr::Line;
using ocr::Page;

// Each block as its kind and its lines.
Texts parts(const Page& page) {
  Texts out;
  for (const Block& block : page.blocks) {
    std::string text(name_of(block.kind));
    for (const Line& line : block.lines) text += "|" + text_of(line);
    out.push_back(text);
  }
  return out;
}

Texts named(Page page) {
  name_parts(page);
  return parts(page);
}

// A line whose middle stands at these shares of the page (600 by 800).
Line line_at(const std::string& text, double x, double y) {
  Line line = made_line(text, 800 * y - 10);
  const double shift = 600 * x - line.box.center_x();
  for (ocr::Word& word : line.words) word.box.left += shift, word.box.right += shift;
  line.box = box_of(line.words);
  return line;
}

Block body_of(const std::vector<Line>& lines) {
  Block block{BlockKind::Body, {}, lines};
  for (const Line& line : lines) block.box = united(block.box, line.box);
  return block;
}

TEST_CASE("title and subject are parted from the text below them") {
  CHECK(named(made_page(1, {body_of({line_at("BÁO CÁO", 0.5, 0.3), line_at("Kết quả", 0.5, 0.34),
                                     line_at("sáu tháng", 0.5, 0.38),
                                     line_at("Thực hiện Kế hoạch", 0.5, 0.42)})})) ==
        Texts{"title|BÁO CÁO|Kết quả|sáu tháng", "body|Thực hiện Kế hoạch"});
}

TEST_CASE("a subject goes on in words that differ from a text's beginning by their marks alone") {
  const auto [second, belongs] = GENERATE(table<std::string, bool>({{"Đề án số hóa", true},
                                                                    {"Để chuẩn bị", false},
                                                                    {"De chuan bi", false},
                                                                    {"Nhâm Dần", true},
                                                                    {"Nhằm bảo đảm", false}}));
  CAPTURE(second);
  const Texts found =
      named(made_page(1, {body_of({line_at("BÁO CÁO", 0.5, 0.3), line_at("Kết quả", 0.5, 0.34),
                                   line_at(second, 0.5, 0.38)})}));
  CHECK((found == Texts{"title|BÁO CÁO|Kết quả|" + second}) == belongs);
}

// A line that goes from one share of the page's width (600) to another.
Line line_between(const std::string& text, double left, double right, double y) {
  Line line = line_at(text, (left + right) / 2, y);
  line.words.front().box.left = line.box.left = 600 * left;
  line.words.back().box.right = line.box.right = 600 * right;
  return line;
}

TEST_CASE("the first line of a paragraph is no part of the subject above it") {
  const Line type = line_at("THÔNG BÁO", 0.5, 0.3), subject = line_at("Lịch tiếp dân", 0.5, 0.34);
  const Line indented = line_between("Ủy ban thông báo", 0.15, 0.9, 0.38);
  const Line full = line_between("lịch tiếp dân của", 0.1, 0.9, 0.42);
  CHECK(named(made_page(1, {body_of({type, subject, indented, full})})).front() ==
        "title|THÔNG BÁO|Lịch tiếp dân");
  const Line wider = line_between("của Ủy ban nhân dân", 0.15, 0.85, 0.38);
  const Line widest = line_between("xã Thanh Lương Hạ", 0.1, 0.9, 0.42);
  CHECK(named(made_page(1, {body_of({type, subject, wider, widest})})).front() ==
        "title|THÔNG BÁO|Lịch tiếp dân|của Ủy ban nhân dân|xã Thanh Lương Hạ");
  const Line farther = line_at("Ủy ban thông báo", 0.5, 0.41);
  CHECK(named(made_page(1, {body_of({type, subject, farther})})).front() ==
        "title|THÔNG BÁO|Lịch tiếp dân");
}

TEST_CASE("a title whose lines the layout put into two bodies is one") {
  CHECK(named(made_page(1, {body_of({line_at("BÁO CÁO", 0.5, 0.3)}),
                            body_of({line_at("Kết quả", 0.5, 0.34)})})) ==
        Texts{"title|BÁO CÁO|Kết quả"});
}

TEST_CASE("addressees end with their list") {
  CHECK(named(made_page(
            1, {made_block(BlockKind::Body, {"Kính gửi:", "- Sở Nội vụ;", "- Các sở, ban,",
                                             "ngành tỉnh.", "Theo bản tin của Đài tỉnh"})})) ==
        Texts{"addressees|Kính gửi:|- Sở Nội vụ;|- Các sở, ban,|ngành tỉnh.",
              "body|Theo bản tin của Đài tỉnh"});
}

TEST_CASE("addressees one below another belong to one list, whatever they begin and end with") {
  const auto list = [](const Texts& items) {
    std::vector<Line> lines{line_at("Kính gửi:", 0.2, 0.3)};
    for (const std::string& item : items) {
      lines.push_back(made_line(item, 250 + 30 * static_cast<double>(lines.size())));
      for (ocr::Word& word : lines.back().words) word.box.left += 180, word.box.right += 180;
      lines.back().box = box_of(lines.back().words);
    }
    lines.push_back(made_line("Sở nhận được đề nghị,", 400));
    return named(made_page(1, {body_of(lines)})).front();
  };
  CHECK(list({"Sở Y tế", "Sở Nội vụ"}) == "addressees|Kính gửi:|Sở Y tế|Sở Nội vụ");
  CHECK(list({"Sở Y tế.", "Sở Nội vụ."}) == "addressees|Kính gửi:|Sở Y tế.|Sở Nội vụ.");
  CHECK(list({"-Sở Y tế;", "-Sở Nội vụ."}) == "addressees|Kính gửi:|-Sở Y tế;|-Sở Nội vụ.");
}

TEST_CASE("columns without a motto that end a document are no header") {
  const Block left = made_block(BlockKind::HeaderLeft, {"ký./.", "Nơi nhận:", "- Như trên;"});
  const Block right = made_block(BlockKind::HeaderRight, {"GIÁM ĐỐC", "Trần Văn A"});
  CHECK(named(made_page(2, {left, right})) ==
        Texts{"body|ký./.", "recipients|Nơi nhận:|- Như trên;", "signature|GIÁM ĐỐC|Trần Văn A"});
  // Recipients that go on from the page before.
  const Block items =
      made_block(BlockKind::HeaderLeft, {"- Văn phòng tỉnh;", "- Báo, đài;", "Lưu: VT."});
  const Block name = made_block(BlockKind::HeaderRight, {"Trần Văn A"});
  CHECK(named(made_page(2, {items, name})) ==
        Texts{"recipients|- Văn phòng tỉnh;|- Báo, đài;|Lưu: VT.", "signature|Trần Văn A"});
  // The header of a letter.
  const Block motto = made_block(BlockKind::HeaderRight, {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"});
  CHECK(parts(made_page(1, {left, motto})) == named(made_page(1, {left, motto})));
}

TEST_CASE("a number alone in a margin is the page's") {
  const auto [text, x, y, is_number] = GENERATE(table<std::string, double, double, bool>({
      {"2", 0.5, 0.05, true},
      {"12", 0.45, 0.04, true},
      {"- 3 -", 0.5, 0.95, true},
      {"123", 0.5, 0.96, true},
      {"10", 0.9, 0.95, true},     // in the corner at the foot
      {"2", 0.5, 0.5, false},      // in the text
      {"2", 0.9, 0.05, false},     // at the side of the head
      {"2", 0.1, 0.95, false},     // where items of a list begin
      {"2025", 0.5, 0.05, false},  // a year
      {"2 a", 0.5, 0.05, false},   // not a number alone
      {"Số 2", 0.5, 0.05, false},
      {"-", 0.5, 0.05, false},
  }));
  CAPTURE(text, x, y);
  Page page = made_page(2, {body_of({line_at(text, x, y)})});
  name_parts(page);
  CHECK((page.blocks.at(0).kind == BlockKind::PageNumber) == is_number);
  CHECK_FALSE(is_text_part(BlockKind::PageNumber));
}

TEST_CASE("stamps, addresses and what signing programs print are parts of their own") {
  const auto [text, y, kind] = GENERATE(table<std::string, double, BlockKind>({
      {"HỎA TỐC", 0.2, BlockKind::UrgencyStamp},
      {"CÔNG VĂN ĐẾN", 0.2, BlockKind::ReceiptStamp},
      {"Người ký: Ủy ban nhân dân tỉnh", 0.1, BlockKind::DigitalSignature},
      {"Thời gian ký: 21.02.2025 08:15:00 +07:00", 0.1, BlockKind::DigitalSignature},
      {"Địa chỉ: số 2 đường Trần Phú", 0.95, BlockKind::FootAddress},
      {"Địa chỉ: số 2 đường Trần Phú", 0.5, BlockKind::Body},
      {"Theo công văn đến của Sở Nội vụ tỉnh Sông Thương", 0.5, BlockKind::Body},
      {"khẩn", 0.5, BlockKind::Body},
  }));
  CAPTURE(text);
  Page page = made_page(1, {body_of({line_at("Một", 0.5, 0.05), line_at(text, 0.5, y)})});
  name_parts(page);
  CHECK(page.blocks.back().kind == kind);
  CHECK(text_of(page.blocks.back().lines.back()) == text);
}

TEST_CASE("rows of a table are nobody's title or stamp") {
  const Page page = made_page(1, {made_block(BlockKind::Table, {"BÁO CÁO", "HỎA TỐC", "2"})});
  CHECK(named(page) == parts(page));
}

}  // namespace
}  // namespace vanban::extract
