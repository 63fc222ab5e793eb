#include "pipeline/page/read_columns.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"
#include "tests/pipeline/fake_engine.h"
#include "tests/pipeline/page/read_lines.h"

namespace vanban::pipeline {
namespace {

using extract::made_line;
using ocr::Block;
using ocr::BlockKind;
using ocr::Box;
using ocr::Line;
using ocr::Page;
using tests::FakeRecognizer;

// A line whose words begin at `left`.
Line line_at(const std::string& text, double left, double top) {
  Line line = made_line(text, top);
  for (ocr::Word& word : line.words) {
    word.box.left += left;
    word.box.right += left;
  }
  line.box = box_of(line.words);
  return line;
}

Line joined(Line left, const Line& right) {
  left.words.insert(left.words.end(), right.words.begin(), right.words.end());
  left.box = box_of(left.words);
  return left;
}

// A scan with a mark for each letter of the lines that truly stand on it.
ocr::Preprocessed scan_of(const std::vector<Line>& lines) {
  ocr::Preprocessed scan;
  scan.image = {600, 800, 1, 100, std::vector<std::uint8_t>(600 * 800, 255)};
  scan.text_height = 12;
  for (const Line& line : lines)
    for (const ocr::Word& word : line.words)
      for (double x = word.box.left; x < word.box.right; x += 10)
        scan.components.push_back({x + 1, word.box.top + 4, x + 9, word.box.bottom - 2});
  return scan;
}

// Answers with the lines whose middle lies in the region.
FakeRecognizer engine_that_sees(const std::vector<Line>& lines) {
  return FakeRecognizer([lines](const ocr::Image&, const Box& region, ocr::Segmentation) {
    std::vector<Line> out;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(out),
                 [&](const Line& line) { return region.holds_middle_of(line.box); });
    return out;
  });
}

Block body_of(const std::vector<Line>& lines) {
  Block block{BlockKind::Body, {}, lines};
  for (const Line& line : lines) block.box = united(block.box, line.box);
  return block;
}

Texts texts_in(const Page& page, BlockKind kind) {
  Texts out;
  for (const Block& block : page.blocks)
    if (block.kind == kind)
      for (const Line& line : block.lines) out.push_back(text_of(line));
  return out;
}

const Line kText = line_at("Sở Nội vụ báo cáo để Ủy ban nhân dân tỉnh xem xét.", 40, 500);

TEST_CASE("recipients and signature that were read as one text are parted and read by themselves") {
  const std::vector<Line> left{line_at("Nơi nhận:", 40, 560), line_at("- Như trên;", 40, 590),
                               line_at("- Lưu: VT.", 40, 620)};
  const std::vector<Line> right{line_at("GIÁM ĐỐC", 400, 560), line_at("Lê Văn An", 395, 680)};
  std::vector<Line> all{kText};
  all.insert(all.end(), left.begin(), left.end());
  all.insert(all.end(), right.begin(), right.end());
  ocr::Preprocessed scan = scan_of(all);
  // A fold and specks bar the strip between the columns.
  for (double x = 150; x < 390; x += 12) scan.components.push_back({x, 610, x + 6, 622});

  Page page = extract::made_page(
      1, {body_of({kText, joined(left[0], right[0]), left[1], left[2], right[1]})});
  FakeRecognizer engine = engine_that_sees(all);
  read_columns(page, scan, engine);
  CHECK(texts_in(page, BlockKind::Body) == Texts{text_of(kText)});
  CHECK(texts_in(page, BlockKind::Recipients) == Texts{"Nơi nhận:", "- Như trên;", "- Lưu: VT."});
  CHECK(texts_in(page, BlockKind::Signature) == Texts{"GIÁM ĐỐC", "Lê Văn An"});
}

TEST_CASE("titles that begin above the recipients belong to the signature") {
  const std::vector<Line> left{line_at("Nơi nhận:", 40, 560), line_at("- Như trên;", 40, 590)};
  const std::vector<Line> right{line_at("TM. ỦY BAN NHÂN DÂN", 350, 535),
                                line_at("CHỦ TỊCH", 400, 562), line_at("Lê Văn An", 395, 680)};
  std::vector<Line> all{kText};
  all.insert(all.end(), left.begin(), left.end());
  all.insert(all.end(), right.begin(), right.end());
  const ocr::Preprocessed scan = scan_of(all);
  Page page = extract::made_page(
      1, {body_of({kText, right[0], joined(left[0], right[1]), left[1], right[2]})});
  FakeRecognizer engine = engine_that_sees(all);
  read_columns(page, scan, engine);
  CHECK(texts_in(page, BlockKind::Body) == Texts{text_of(kText)});
  CHECK(texts_in(page, BlockKind::Signature) ==
        Texts{"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn An"});
}

TEST_CASE("lines of text that were parted with the columns below them are made whole") {
  const Line text = line_at("Trường Đại học - kính đề nghị các đơn vị trực thuộc", 40, 500);
  const Line ahead = line_at("Trường Đại học -", 40, 500);
  const Line rest = line_at("kính đề nghị các đơn vị trực thuộc", 210, 500);
  const std::vector<Line> left{line_at("Nơi nhận:", 40, 560), line_at("- Như trên;", 40, 590)};
  const std::vector<Line> right{line_at("GIÁM ĐỐC", 400, 560), line_at("Lê Văn An", 395, 680)};
  const std::vector<Line> all{text, left[0], left[1], right[0], right[1]};
  const ocr::Preprocessed scan = scan_of(all);
  Block recipients = body_of({ahead, left[0], left[1]}),
        signature = body_of({rest, right[0], right[1]});
  recipients.kind = BlockKind::Recipients;
  signature.kind = BlockKind::Signature;
  Page page = extract::made_page(1, {recipients, signature});
  FakeRecognizer engine = engine_that_sees(all);
  read_columns(page, scan, engine);
  CHECK(texts_in(page, BlockKind::Body) == Texts{text_of(text)});
  CHECK(texts_in(page, BlockKind::Recipients) == Texts{"Nơi nhận:", "- Như trên;"});
  CHECK(texts_in(page, BlockKind::Signature) == Texts{"GIÁM ĐỐC", "Lê Văn An"});
}

TEST_CASE("an agency and the motto that were read as one line are parted down to the title") {
  const std::vector<Line> left{line_at("SỞ Y TẾ", 40, 60), line_at("SỐ ĐƠN VỊ", 40, 90)};
  const std::vector<Line> right{line_at("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", 250, 60),
                                line_at("Độc lập - Tự do - Hạnh phúc", 270, 90)};
  const Line title = line_at("DANH SÁCH THÀNH VIÊN TỔ BIÊN TẬP", 120, 150);
  const std::vector<Line> all{left[0], left[1], right[0], right[1], title};
  const ocr::Preprocessed scan = scan_of(all);
  Page page = extract::made_page(
      1, {body_of({joined(left[0], right[0]), joined(left[1], right[1]), title})});
  FakeRecognizer engine = engine_that_sees(all);
  read_columns(page, scan, engine);
  CHECK(texts_in(page, BlockKind::HeaderLeft) == Texts{"SỞ Y TẾ", "SỐ ĐƠN VỊ"});
  CHECK(texts_in(page, BlockKind::HeaderRight) ==
        Texts{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "Độc lập - Tự do - Hạnh phúc"});
  CHECK(texts_in(page, BlockKind::Body) == Texts{text_of(title)});
}

TEST_CASE("a line of a header that reaches a little past the gap above it moves the gutter") {
  // "CỘNG" begins 20 behind "TẾ"; the line below reaches into the left half of that.
  const Line agency = line_at("SỞ Y TẾ", 140, 60), unit = line_at("SỐ ĐƠN VỊ", 0, 90);
  const double end = agency.box.right;
  const Line right = line_at("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", end + 20, 60);
  const Line motto = line_at("Độc lập - Tự do - Hạnh phúc", end + 80, 90);
  const Line reaching = line_at("SỐ ĐƠN VỊ", end + 13 - unit.box.width(), 90);
  const std::vector<Line> all{agency, reaching, right, motto};
  Page page = extract::made_page(1, {body_of({joined(agency, right), joined(reaching, motto)})});
  FakeRecognizer engine = engine_that_sees(all);
  read_columns(page, scan_of(all), engine);
  CHECK(texts_in(page, BlockKind::HeaderLeft) == Texts{"SỞ Y TẾ", "SỐ ĐƠN VỊ"});
  CHECK(texts_in(page, BlockKind::HeaderRight) ==
        Texts{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT", "Độc lập - Tự do - Hạnh phúc"});
}

TEST_CASE("a page without such words is left as it is, and the engine is not asked") {
  const Line mention = line_at("Nơi nhận hồ sơ là bộ phận một cửa của các xã", 40, 530);
  const ocr::Preprocessed scan = scan_of({kText, mention});
  Page page = extract::made_page(1, {body_of({kText, mention})});
  const Texts before = texts(page);
  FakeRecognizer engine([](const ocr::Image&, const Box&, ocr::Segmentation) {
    FAIL("asked");
    return std::vector<Line>{};
  });
  read_columns(page, scan, engine);
  CHECK(texts(page) == before);
}

}  // namespace
}  // namespace vanban::pipeline
