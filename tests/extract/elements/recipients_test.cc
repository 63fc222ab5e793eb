#include "extract/elements/recipients.h"

#include <catch2/catch.hpp>
#include <string>

#include "extract/extract.h"
#include "tests/extract/signed_page.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

Texts recipients_of(const Record& record) {
  Texts out;
  for (const Field& field : record.recipients) out.push_back(field.value.value_or("(null)"));
  return out;
}

TEST_CASE("the recipients are the items of their list") {
  const auto [what, lines, expected] = GENERATE(table<std::string, Texts, Texts>({
      {"a plain list",
       {"Nơi nhận:", "- Như trên;", "- UBND tỉnh (để b/c);", "- Lưu: VT, TL (12)."},
       {"Như trên", "UBND tỉnh (để b/c)", "Lưu: VT, TL (12)"}},
      {"an item in two lines",
       {"Nơi nhận:", "- Các sở, ban, ngành và", "cơ quan ngang sở;", "- Lưu: VT."},
       {"Các sở, ban, ngành và cơ quan ngang sở", "Lưu: VT"}},
      {"other dashes", {"Nơi nhận:", "– Như trên;", "+ Lưu: VT."}, {"Như trên", "Lưu: VT"}},
      {"marks of the heading lost", {"Noi nhan:", "- Như trên;"}, {"Như trên"}},
      {"a dash lost inside",
       {"Nơi nhận:", "- Như trên;", "Sở Nội vụ (p/h);", "- Lưu: VT."},
       {"Như trên", "Sở Nội vụ (p/h)", "Lưu: VT"}},
      {"the first dash lost",
       {"Nơi nhận:", "Như trên;", "- Sở Nội vụ;", "- Lưu: VT."},
       {"Như trên", "Sở Nội vụ", "Lưu: VT"}},
      {"heading misread", {"Mới nhận:", "- Như trên;"}, {"Như trên"}},
      {"a dash that sticks", {"Nơi nhận:", "-Như trên;", "-Lưu: VT."}, {"Như trên", "Lưu: VT"}},
      {"no marks at all",
       {"Nơi nhận:", "Như trên", "Các sở, ban,", "ngành", "Lưu: VT"},
       {"Như trên", "Các sở, ban, ngành", "Lưu: VT"}},
      {"marks that stick", {"Nơi nhận", "+Như trên,", "+Lưu: VT."}, {"Như trên", "Lưu: VT"}},
      {"another heading", {"Nơi gửi:", "* Như trên.", "* Lưu: VT."}, {"Như trên", "Lưu: VT"}},
      {"a list in an item",
       {"Nơi nhận:", "- Các công ty: Môi trường;", "Thoát nước;", "- Lưu: VT."},
       {"Các công ty: Môi trường; Thoát nước", "Lưu: VT"}},
      {"a pen's stroke after an item",
       {"Nơi nhận:", "- Kho bạc Nhà nước; 5", "- Lưu: VT. Hy"},
       {"Kho bạc Nhà nước", "Lưu: VT. Hy"}},
      {"notes misread",
       {"Nơi nhận:", "- Bộ trưởng (để b/e);", "- Phòng NVY (đề thực hiện);"},
       {"Bộ trưởng (để b/c)", "Phòng NVY (để thực hiện)"}},
      {"letters that no recipient has",
       {"Nơi nhận:", "'- VP.Tinh ủy;", "- HĐND) tỉnh;", "- Phòng TH (t/h);"},
       {"VP.Tỉnh ủy", "HĐND tỉnh", "Phòng TH (t/h)"}},
      {"digits at the end", {"Nơi nhận:", "- Lưu: VT, KTNgocl06;"}, {"Lưu: VT, KTNgoc106"}},
      {"a name before the digits", {"Nơi nhận:", "- Lưu: VT, Thi3I."}, {"Lưu: VT, Thi31"}},
      {"a name without digits", {"Nơi nhận:", "- Lưu: VT, Thil."}, {"Lưu: VT, Thil"}},
      {"a bracket that was not read", {"Nơi nhận:", "- Lưu: VT, TH (Bình"}, {"Lưu: VT, TH (Bình)"}},
      {"notes that lost a letter",
       {"Nơi nhận:", "- Ban Giám đốc (/c);", "- Phòng TH (th);"},
       {"Ban Giám đốc (b/c)", "Phòng TH (t/h)"}},
      {"the portal without its mark", {"Nơi nhận:", "- Công TT-ĐT tỉnh;"}, {"Cổng TT-ĐT tỉnh"}},
      {"the comma after the registry",
       {"Nơi nhận:", "- Lưu: VT.ltbinh;", "- Lưu: VT.TH;", "- Lưu: VT."},
       {"Lưu: VT,ltbinh", "Lưu: VT.TH", "Lưu: VT"}},
      {"a comma read as a full stop",
       {"Nơi nhận:", "- Các phòng ban. đơn vị trực thuộc.", "Các xã, phường;", "- Lưu: VT."},
       {"Các phòng ban, đơn vị trực thuộc", "Các xã, phường", "Lưu: VT"}},
      {"abbreviations keep their full stops",
       {"Nơi nhận:", "- TT. Tỉnh ủy; P. KTTH;"},
       {"TT. Tỉnh ủy; P. KTTH"}},
      {"commas of a long list",
       {"Nơi nhận:", "- VPUB: CVP, PCVP (KT). TH, KGVX. CBTH;", "- CVP, P.KT. P.TH;",
        "- CVP, P. Ng/cứu, TH;"},
       {"VPUB: CVP, PCVP (KT), TH, KGVX, CBTH", "CVP, P.KT. P.TH", "CVP, P. Ng/cứu, TH"}},
      {"for information, in italics",
       {"Nơi nhận:", "- Sở Nội vụ (b/©);", "- Cục TTHC (để ð⁄€);", "- Cục TTHC (để đ/€);",
        "- Phòng NC (k/t);"},
       {"Sở Nội vụ (b/c)", "Cục TTHC (để b/c)", "Cục TTHC (để b/c)", "Phòng NC (k/t)"}},
      {"what stands at a brace",
       {"Nơi nhận:", "- Các đơn vị trực thuộc? Website SYT", "- Lưu: VT."},
       {"Các đơn vị trực thuộc", "Lưu: VT"}},
      {"letters that Vietnamese has not",
       {"Nơi nhận:", "- ŒĐ và các PGĐ;", "- Quân khu §;"},
       {"GĐ và các PGĐ", "Quân khu 5"}},
      {"a stroke below the list", {"Nơi nhận:", "- Lưu: VT.", "Ị"}, {"Lưu: VT"}},
      {"heading alone", {"Nơi nhận:"}, {}},
      {"no heading", {"- Như trên;", "- Lưu: VT."}, {}},
  }));
  CAPTURE(what);
  const Record record = extract(signed_by({"GIÁM ĐỐC", "Trần Văn Bình"}, lines));
  CHECK(recipients_of(record) == expected);
}

TEST_CASE("each recipient has its own evidence") {
  const Record record = extract(signed_by({"GIÁM ĐỐC", "Trần Văn Bình"}));
  REQUIRE(record.recipients.size() == 2);
  CHECK(record.recipients[0].evidence.raw == "Như trên;");
  CHECK(record.recipients[1].evidence.raw == "Lưu: VT.");
  CHECK(record.recipients[1].evidence.page == 2);
  CHECK(record.recipients[1].evidence.box.top > record.recipients[0].evidence.box.top);
}

TEST_CASE("what stands apart below the last item is no part of it") {
  ocr::Document document = signed_by({"GIÁM ĐỐC", "Trần Văn Bình"});
  // The list ends at 180; the address stands 50 below.
  document.pages[0].blocks[1].lines.push_back(made_line("Số 5 đường Bờ Sông", 230));
  CHECK(recipients_of(extract(document)) == Texts{"Như trên", "Lưu: VT"});
}

TEST_CASE("what stands apart on the right of the list is no part of it") {
  ocr::Document document = signed_by({"GIÁM ĐỐC", "Trần Văn Bình"});
  ocr::Line& line = document.pages[0].blocks[1].lines[1];
  ocr::Word website = line.words.back();
  website.text = website.ocr_text = "Website";
  website.box.left = line.box.right + 60;
  website.box.right = line.box.right + 130;
  line.words.push_back(website);
  CHECK(recipients_of(extract(document)) == Texts{"Như trên", "Lưu: VT"});
}

TEST_CASE("the pen of whoever drafted it is no part of the last item") {
  const auto [last_word, confidence, expected] =
      GENERATE(table<std::string, double, std::string>({{"hy,", 0.18, "Lưu: VT, TH"},
                                                        {"hy,", 0.8, "Lưu: VT, TH hy"},
                                                        {"Hy", 0.18, "Lưu: VT, TH Hy"},
                                                        {"(hy)", 0.18, "Lưu: VT, TH (hy)"}}));
  CAPTURE(last_word, confidence);
  ocr::Document document =
      signed_by({"GIÁM ĐỐC", "Trần Văn Bình"}, {"Nơi nhận:", "- Lưu: VT, TH " + last_word});
  document.pages[0].blocks[1].lines[1].words.back().confidence = confidence;
  CHECK(recipients_of(extract(document)) == Texts{expected});
}

TEST_CASE("a dash within an item parts nothing, low as it is") {
  ocr::Document document =
      signed_by({"GIÁM ĐỐC", "Trần Văn Bình"}, {"Nơi nhận:", "- Cục TTHC - Văn phòng;"});
  ocr::Box& dash = document.pages[0].blocks[1].lines[1].words[3].box;
  dash.top += 9;
  dash.bottom -= 9;
  CHECK(recipients_of(extract(document)) == Texts{"Cục TTHC - Văn phòng"});
}

TEST_CASE("the signature beside or below the list is not read into it") {
  const Record record = extract(made_document(
      {made_page(2, {made_block(BlockKind::Body, {"Nơi nhận:", "- Như trên;", "- Lưu: VT.",
                                                  "GIÁM ĐỐC", "Trần Văn Bình"})})}));
  CHECK(recipients_of(record) == Texts{"Như trên", "Lưu: VT"});
  CHECK(record.signer.name.value == "Trần Văn Bình");
}

}  // namespace
}  // namespace vanban::extract
