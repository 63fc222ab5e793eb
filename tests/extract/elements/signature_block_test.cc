#include "extract/elements/signature_block.h"

// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "tests/extract/signed_page.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using Value = std::optional<std::string>;

// ---- who signed

TEST_CASE("authority, position and name of the signature") {
  const auto [what, lines, authority, position,
              name] = GENERATE(table<std::string, Texts, Value, Value, Value>({
      {"the head", {"GIÁM ĐỐC", "Trần Văn Bình"}, {}, "GIÁM ĐỐC", "Trần Văn Bình"},
      {"a scrap of the seal behind the title",
       {"PHÓ HIỆU TRƯỞNG hễ", "Trần Văn Bình"},
       {},
       "PHÓ HIỆU TRƯỞNG",
       "Trần Văn Bình"},
      {"a scrap before the name", {"GIÁM ĐỐC", "\"Trần Văn Bình"}, {}, "GIÁM ĐỐC", "Trần Văn Bình"},
      {"for the head, as a pen wrote before a stamped title",
       {"L^T, GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình"},
       "KT.",
       "PHÓ GIÁM ĐỐC",
       "Trần Văn Bình"},
      {"for the head",
       {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Phan Thế Hùng"},
       "KT.",
       "PHÓ GIÁM ĐỐC",
       "Phan Thế Hùng"},
      {"on behalf of the committee",
       {"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lương Khắc Thuần"},
       "TM.",
       "CHỦ TỊCH",
       "Lương Khắc Thuần"},
      {"on behalf of the committee and for its head",
       {"TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trịnh Thị Ngân Hà"},
       "TM. KT.",
       "PHÓ CHỦ TỊCH",
       "Trịnh Thị Ngân Hà"},
      {"by order",
       {"TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "Lê Quang Đáng"},
       "TL.",
       "CHÁNH VĂN PHÒNG",
       "Lê Quang Đáng"},
      {"by order and for",
       {"TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Vũ Thị Hoa"},
       "TL. KT.",
       "PHÓ CHÁNH VĂN PHÒNG",
       "Vũ Thị Hoa"},
      {"as the party writes it",
       {"T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Đỗ Văn Nam"},
       "TM.",
       "PHÓ BÍ THƯ",
       "Đỗ Văn Nam"},
      {"a title with its body",
       {"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC SỞ NỘI VỤ", "Phan Thế Hùng"},
       "KT.",
       "PHÓ GIÁM ĐỐC SỞ NỘI VỤ",
       "Phan Thế Hùng"},
      {"a unit between two titles",
       {"TL. BỘ TRƯỞNG", "KT. VỤ TRƯỞNG", "VỤ TỔ CHỨC CÁN BỘ", "PHÓ VỤ TRƯỞNG", "Phan Thế Hùng"},
       "TL. KT.",
       "PHÓ VỤ TRƯỞNG",
       "Phan Thế Hùng"},
      {"a title in two lines",
       {"KT. CHỈ HUY TRƯỞNG", "PHÓ CHỈ HUY TRƯỞNG -", "THAM MƯU TRƯỞNG", "Phan Thế Hùng"},
       "KT.",
       "PHÓ CHỈ HUY TRƯỞNG - THAM MƯU TRƯỞNG",
       "Phan Thế Hùng"},
      {"its second line begins with a dash",
       {"TRƯỞNG PHÒNG TỔ CHỨC", "- HÀNH CHÍNH", "Phan Thế Hùng"},
       {},
       "TRƯỞNG PHÒNG TỔ CHỨC - HÀNH CHÍNH",
       "Phan Thế Hùng"},
      {"marks of the seal between",
       {"GIÁM ĐỐC", "4 | -", "Trần Văn Bình"},
       {},
       "GIÁM ĐỐC",
       "Trần Văn Bình"},
  }));
  CAPTURE(what);
  const Record record = extract(signed_by(lines));
  CHECK(record.signer.authority.value == authority);
  CHECK(record.signer.position.value == position);
  CHECK(record.signer.name.value == name);
  if (!authority) CHECK(record.signer.authority.reason == Reason::NotApplicable);
}

TEST_CASE("a title goes on with the body or unit in the lines below it") {
  const auto [lines, position] = GENERATE(table<Texts, std::string>({
      {{"VỤ TRƯỞNG", "VỤ CẢI CÁCH", "Trần Văn Bình"}, "VỤ TRƯỞNG VỤ CẢI CÁCH"},
      {{"GIÁM ĐỐC SỞ XÂY DỰNG VÀ", "KIẾN TRÚC", "Trần Văn Bình"},
       "GIÁM ĐỐC SỞ XÂY DỰNG VÀ KIẾN TRÚC"},
      {{"GIÁM ĐỐC SỞ GIÁO DỤC VÀ", "ĐÀO TẠO", "Trần Văn Bình"},
       "GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO"},          // "Đào" is a family name as well
      {{"VỤ TRƯỞNG", "VŨ VĂN BÌNH"}, "VỤ TRƯỞNG"},  // a name in capitals
      {{"GIÁM ĐỐC", "ẤN TÍN", "Trần Văn Bình"}, "GIÁM ĐỐC"},
  }));
  CAPTURE(position);
  const Field field = extract(signed_by(lines)).signer.position;
  CHECK(field.value == Value(position));
  const bool two = position != "VỤ TRƯỞNG" && position != "GIÁM ĐỐC";
  if (two) CHECK(field.evidence.confidence < 0.9);
}

TEST_CASE("an authority that was read twice is one") {
  const Record record =
      extract(signed_by({"KT. CHỦ TỊCH", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Bình"}));
  CHECK(record.signer.authority.value == Value("KT."));
}

TEST_CASE("a letter of the title that the seal took is put right from the list of titles") {
  const Record record = extract(signed_by({"KT. GIÁM ĐỐC", "PHÓ GIÂM ĐỐ", "Phan Thế Hùng"}));
  CHECK(record.signer.position.value == Value("PHÓ GIÁM ĐỐC"));
  CHECK(record.signer.position.evidence.raw == "PHÓ GIÂM ĐỐ");
  CHECK(record.signer.position.evidence.source == FieldSource::OcrRestored);
}

TEST_CASE("what stands behind a title is put right as well") {
  const auto position = [](const std::string& title) {
    return extract(signed_by({title, "Phan Thế Hùng"})).signer.position;
  };
  const Field misread = position("PHÓ CHỦ TỊCH THƯỜNG TRÌ");
  CHECK(misread.value == Value("PHÓ CHỦ TỊCH THƯỜNG TRỰC"));
  CHECK(misread.evidence.source == FieldSource::OcrRestored);
  CHECK(position("PHÓ CHỦ TỊCH THƯỜNG TRỰC").evidence.source == FieldSource::Ocr);
  CHECK(position("GIÁM ĐỐC SỞ CÔNG THƯƠNG").value == Value("GIÁM ĐỐC SỞ CÔNG THƯƠNG"));
}

TEST_CASE("marks that stick to a name are no part of it, and ask for a look") {
  const auto [read, name] = GENERATE(table<std::string, std::string>({
      {"“Bùi Quang Toàn", "Bùi Quang Toàn"},
      {"““Lò Văn Ún", "Lò Văn Ún"},
      {"*Lê Thị Hồng", "Lê Thị Hồng"},
      {"Nông “Thị Bích Phúc", "Nông Thị Bích Phúc"},
  }));
  CAPTURE(read);
  const Field field = extract(signed_by({"GIÁM ĐỐC", read})).signer.name;
  CHECK(field.value == Value(name));
  CHECK(field.needs_review);
}

TEST_CASE("marks that stick to a title are no part of it") {
  const auto record = extract(signed_by({"“GIÁM ĐỐC**", "Phan Thế Hùng"}));
  CHECK(record.signer.position.value == Value("GIÁM ĐỐC"));
}

TEST_CASE("where the beginning of the only title is not read, an authority may be lost") {
  const Record record = extract(signed_by({"1, GIÁM ĐỐC Ï", "Phan Thế Hùng"}));
  CHECK(record.signer.position.value == Value("GIÁM ĐỐC"));
  CHECK(record.signer.position.evidence.confidence < 0.9);
  CHECK(record.signer.authority.reason == Reason::Illegible);
  const Record of_layer =
      extract(signed_by({"1, GIÁM ĐỐC", "Phan Thế Hùng"}, kRecipients, ocr::Route::TextLayer));
  CHECK(of_layer.signer.authority.reason == Reason::NotApplicable);
}

TEST_CASE("the head's title is not the position of the one who signed for the head") {
  for (const std::string head : {"KT. GIÁM ĐỐC", "TL. GIÁM ĐỐC", "TUQ. GIÁM ĐỐC"}) {
    CAPTURE(head);
    const Record record = extract(signed_by({head, "Phan Thế Hùng"}));
    CHECK(record.signer.authority.value == Value(head.substr(0, head.find('.') + 1)));
    CHECK_FALSE(record.signer.position.value);
    CHECK(record.signer.position.reason == Reason::Illegible);
    CHECK(record.signer.name.value == Value("Phan Thế Hùng"));
  }
}

TEST_CASE("a name that lost its beginning to the seal is none, and what is left is evidence") {
  // No family name at the front.
  const Record record = extract(signed_by({"GIÁM ĐỐC", "Ngân Hiền"}));
  CHECK_FALSE(record.signer.name.value);
  CHECK(record.signer.name.reason == Reason::Illegible);
  CHECK(record.signer.name.evidence.raw == "Ngân Hiền");
  CHECK(record.signer.position.value == Value("GIÁM ĐỐC"));
}

TEST_CASE("two syllables with unread ink before them may have lost a family name") {
  ocr::Document document = signed_by({"GIÁM ĐỐC", "Hà Ngân"});
  const bool ink = GENERATE(false, true);
  CAPTURE(ink);
  // The name's line stands at 130 to 150 and begins at 350.
  if (ink) document.pages[0].unread_ink.push_back({320, 130, 340, 150});
  CHECK(extract(document).signer.name.value == (ink ? Value() : Value("Hà Ngân")));
}

TEST_CASE("a name with a letter before it that was not read asks for a look") {
  ocr::Document document = signed_by({"GIÁM ĐỐC", "Tống Quang Dũng"});
  CHECK_FALSE(extract(document).signer.name.needs_review);
  ocr::Page& page = document.pages.front();
  const ocr::Box first = page.blocks.back().lines.back().words.front().box;
  const double height = first.height();
  page.unread_ink.push_back({first.left - 1.1 * height, first.top + 0.1 * height,
                             first.left - 0.2 * height, first.bottom});
  CHECK(extract(document).signer.name.needs_review);
  CHECK(extract(document).signer.name.value == Value("Tống Quang Dũng"));
}

TEST_CASE("a mark misread on the family name is put right where only one has its letters") {
  const auto [read, name] = GENERATE(table<std::string, Value>({
      {"Đố Thị Lệ Hảo", "Đỗ Thị Lệ Hảo"},
      {"Pham Văn Bình", "Phạm Văn Bình"},
      {"Lè Hoàng Anh", "Lê Hoàng Anh"},
      {"Mat Thị Hoa", {}},  // none is like it
  }));
  CAPTURE(read);
  const Record record = extract(signed_by({"GIÁM ĐỐC", read}));
  CHECK(record.signer.name.value == name);
  if (name) CHECK(record.signer.name.evidence.source == FieldSource::OcrRestored);
}

TEST_CASE("a name with a syllable that is met in names alone is one, and is not sure") {
  ocr::Document document = signed_by({"GIÁM ĐỐC", "Tôn Nữ Thị Quỳnh Trâm"});
  document.pages[0].blocks[2].lines[1].words[1].confidence = 0.5;
  const Field name = extract(document).signer.name;
  CHECK(name.value == Value("Tôn Nữ Thị Quỳnh Trâm"));
  CHECK(name.needs_review);
  CHECK(name.evidence.confidence < 0.9);
}

TEST_CASE("a name in which a syllable is no Vietnamese is none") {
  CHECK_FALSE(extract(signed_by({"GIÁM ĐỐC", "Trần Vzn Bình"})).signer.name.value);
}

TEST_CASE("a text layer has lost nothing, so that any name in it counts") {
  const Record record =
      extract(signed_by({"GIÁM ĐỐC", "Ngân Hiền"}, kRecipients, ocr::Route::TextLayer));
  CHECK(record.signer.name.value == Value("Ngân Hiền"));
  CHECK(record.signer.name.evidence.source == FieldSource::TextLayer);
}

TEST_CASE("names of all peoples are names in a text layer") {
  const auto name = GENERATE(as<std::string>(), "Ksor Blơn", "Y Bhiăc Niê", "Thạch Thị Sa Rây",
                             "Krajăn Plin", "H'Hen Niê", "K' Brểu");
  CAPTURE(name);
  const Record record = extract(signed_by({"GIÁM ĐỐC", name}, kRecipients, ocr::Route::TextLayer));
  CHECK(record.signer.name.value == Value(name));
}

TEST_CASE("names of other peoples are taken from an image by their shape, and are not sure") {
  const auto [read, name] = GENERATE(table<std::string, Value>({
      {"Ksor Blơn", "Ksor Blơn"},
      {"Y Bhiăc Niê", "Y Bhiăc Niê"},
      {"Lò Văn Ún", "Lò Văn Ún"},
      {"Mùa A Vừ", "Mùa A Vừ"},
      {"Đại tá K'Brếp", "K'Brếp"},
      {"Nguyln Văn Bình", {}},  // a family name with a letter misread
      {"Thị Hoa", {}},          // the end of a name
  }));
  CAPTURE(read);
  const Field field = extract(signed_by({"GIÁM ĐỐC", read})).signer.name;
  CHECK(field.value == name);
  if (read.starts_with("Ksor")) CHECK((field.evidence.confidence < 0.9 && field.needs_review));
}

TEST_CASE("a name of strange words that the engine doubted is none") {
  ocr::Document document = signed_by({"GIÁM ĐỐC", "Ksor Blơn"});
  for (ocr::Line& line : document.pages[0].blocks[2].lines)
    for (ocr::Word& word : line.words) word.confidence = 0.6;
  CHECK_FALSE(extract(document).signer.name.value);
}

TEST_CASE("degrees and ranks are no part of the name") {
  const auto [line, route] = GENERATE(table<std::string, ocr::Route>({
      {"TS. BS. Lê Thị Hồng", ocr::Route::TextLayer},
      {"Ths. Lê Thị Hồng", ocr::Route::Ocr},
      {"Đại Tá Lê Thị Hồng", ocr::Route::Ocr},
      {"Bác sĩ chuyên khoa II Lê Thị Hồng", ocr::Route::Ocr},
  }));
  CAPTURE(line);
  const Record record = extract(signed_by({"GIÁM ĐỐC", line}, kRecipients, route));
  CHECK(record.signer.name.value == Value("Lê Thị Hồng"));
}

TEST_CASE("a title without a name below it still counts in a column of its own") {
  const Record record = extract(signed_by({"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"}));
  CHECK(record.signer.position.value == Value("PHÓ GIÁM ĐỐC"));
  CHECK_FALSE(record.signer.name.value);
  CHECK(record.signer.name.reason == Reason::Illegible);
}

TEST_CASE("a name without a title that could be read still counts beside the recipients") {
  const Record record = extract(signed_by({"Phan Thế Hùng"}));
  CHECK(record.signer.name.value == Value("Phan Thế Hùng"));
  CHECK_FALSE(record.signer.position.value);
  CHECK(record.signer.position.reason == Reason::Illegible);
  CHECK_FALSE(record.signer.authority.value);
  CHECK(record.signer.authority.reason == Reason::Illegible);
}

// ---- where it stands

TEST_CASE("who certifies the copy has not signed the document") {
  const Record record = extract(
      signed_by({"CHỦ TỊCH", "Lương Khắc Thuần", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Phan Thế Hùng"}));
  CHECK(record.signer.position.value == Value("CHỦ TỊCH"));
  CHECK(record.signer.name.value == Value("Lương Khắc Thuần"));
  CHECK_FALSE(record.signer.authority.value);
}

TEST_CASE("the preamble of a decision is no signature") {
  const Texts preamble{"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ",
                       "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;",
                       "QUYẾT ĐỊNH:", "Điều 1. Thành lập Tổ số hóa tài liệu."};
  SECTION("where the page has no signature") {
    const Record record =
        extract(made_document({made_page(1, {made_block(BlockKind::Body, preamble)})}));
    CHECK_FALSE(record.signer.position.value);
    CHECK_FALSE(record.signer.name.value);
    CHECK(record.signer.name.reason == Reason::Absent);
  }
  SECTION("where the signature stands below it in columns") {
    ocr::Document document = signed_by({"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trịnh Thị Ngân Hà"});
    document.pages[0].blocks.insert(document.pages[0].blocks.begin(),
                                    made_block(BlockKind::Body, preamble));
    const Record record = extract(document);
    CHECK(record.signer.position.value == Value("PHÓ CHỦ TỊCH"));
    CHECK(record.signer.authority.value == Value("KT."));
  }
  SECTION("where the signature stands below it in one text") {
    Texts lines = preamble;
    lines.insert(lines.end(), {"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trịnh Thị Ngân Hà"});
    const Record record = extract(made_body(lines));
    CHECK(record.signer.position.value == Value("PHÓ CHỦ TỊCH"));
    CHECK(record.signer.name.value == Value("Trịnh Thị Ngân Hà"));
  }
}

TEST_CASE("a page that begins with the signature has it in the columns at its head") {
  const int page = GENERATE(1, 2);
  CAPTURE(page);
  const Record record = extract(made_document({made_page(
      page, {made_block(BlockKind::HeaderLeft, kRecipients),
             shifted(made_block(BlockKind::HeaderRight, {"GIÁM ĐỐC", "Trần Văn Bình"}), 350)})}));
  // On a first page the columns are the header.
  CHECK(record.signer.name.value == (page == 2 ? Value("Trần Văn Bình") : Value()));
}

TEST_CASE("the last signature of the document counts, an annex after it does not matter") {
  ocr::Document document = signed_by({"GIÁM ĐỐC", "Trần Văn Bình"});
  document.pages.push_back(
      made_page(3, {made_block(BlockKind::Body, {"PHỤ LỤC", "Danh sách các đơn vị"})}));
  const Record record = extract(document);
  CHECK(record.signer.name.value == Value("Trần Văn Bình"));
  CHECK(record.signer.name.evidence.page == 2);
}

TEST_CASE("names in the text are no signature") {
  const Record record = extract(made_document({made_page(
      1,
      {made_block(BlockKind::Body, {"Trịnh Thị Ngân", "bà Trịnh Thị Ngân Hà làm Tổ trưởng"})})}));
  CHECK_FALSE(record.signer.name.value);
  CHECK(record.signer.name.reason == Reason::Absent);
}

TEST_CASE("the lines of a signature: titles, then what stands below them") {
  const ocr::Document document = signed_by({"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "~ 7", "Thế Hùng"});
  const std::vector<SignatureLine> lines = find_signature(document.pages[0]);
  REQUIRE(lines.size() == 4);
  CHECK(lines[0].title);
  CHECK(lines[1].title);
  CHECK_FALSE(lines[2].title);
  CHECK(lines[2].first == lines[2].last);
  CHECK(lines[3].first == 0);
  CHECK(lines[3].last == 2);
  CHECK_FALSE(lines[3].whole_name);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CHECK(lines[i].block == 2);
    CHECK(lines[i].line == i);
  }
  CHECK(
      find_signature(made_page(1, {made_block(BlockKind::Body, {"Kính gửi các đơn vị"})})).empty());
}

TEST_CASE("titles of deputies") {
  for (const char* deputy : {"pho giam doc", "p. hieu truong", "thu truong"})
    CHECK(is_deputy(deputy));
  for (const char* head : {"giam doc", "phong y te", "thu tuong"}) CHECK_FALSE(is_deputy(head));
  CHECK(is_deputy_of("pho giam doc", "giam doc"));
  CHECK(is_deputy_of("p. hieu truong", "hieu truong"));
  CHECK(is_deputy_of("thu truong", "bo truong"));
  CHECK_FALSE(is_deputy_of("pho giam doc", "chu tich"));
  CHECK_FALSE(is_deputy_of("pho chu tich thuong truc", "chu tich"));
  CHECK_FALSE(is_deputy_of("giam doc", "giam doc"));
  CHECK_FALSE(is_deputy_of("pho ", "giam doc"));
}

TEST_CASE("a deputy's title that lost its first word is concluded from the head's") {
  const auto [head, own, position] = GENERATE(table<std::string, std::string, std::string>({
      {"KT. GIÁM ĐỐC", "GIÁM ĐỚC", "PHÓ GIÁM ĐỐC"},
      {"KT. CHỦ TỊCH", "~>>Ì CHỦ TỊCH", "PHÓ CHỦ TỊCH"},
      {"KT. BỘ TRƯỞNG", "1mƯ TRƯỞNG", "THỨ TRƯỞNG"},
  }));
  CAPTURE(own);
  const Record record = extract(signed_by({head, own, "Trần Văn Bình"}));
  CHECK(record.signer.position.value == position);
  CHECK(record.signer.position.evidence.source == FieldSource::Inferred);
  CHECK(record.signer.position.needs_review);
  CHECK(record.signer.position.evidence.confidence < kReviewBelow);
}

TEST_CASE("a head's title over his deputy's is signed for him, whoever set the letters") {
  const Record record = extract(signed_by({"GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình"}));
  CHECK(record.signer.authority.value == "KT.");
  CHECK(record.signer.authority.evidence.source == FieldSource::Inferred);
  CHECK(record.signer.position.value == "PHÓ GIÁM ĐỐC");
}

TEST_CASE("two titles that are no head and deputy say nothing of an authority") {
  const Record record = extract(signed_by({"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bình"}));
  CHECK(record.signer.authority.value == "TM.");
}

TEST_CASE("all who sign a joint document are named") {
  ocr::Document document = signed_by({"BỘ TRƯỞNG", "Trần Văn Bình"}, {"Nơi nhận:", "- Lưu: VT."});
  ocr::Page first = made_page(
      1, {made_block(BlockKind::HeaderLeft, {"BỘ NỘI VỤ", "BỘ TÀI CHÍNH", "Số: 12/TTLT-BNV-BTC"}),
          made_block(BlockKind::Body, {"Căn cứ Luật Tổ chức Chính phủ;"}, 200)});
  document.pages.insert(document.pages.begin(), first);
  document.pages[1].blocks.insert(
      document.pages[1].blocks.begin() + 1,
      made_block(BlockKind::Body, {"KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Phan Thế Hùng"}, 40));
  const Record record = extract(document);
  REQUIRE(record.signers.size() == 2);
  CHECK(record.signers[0].name.value == Value("Phan Thế Hùng"));
  CHECK(record.signers[0].position.value == Value("THỨ TRƯỞNG"));
  CHECK(record.signers[1].name.value == Value("Trần Văn Bình"));
  CHECK(record.signer.name.value == Value("Phan Thế Hùng"));
}

}  // namespace
}  // namespace vanban::extract
