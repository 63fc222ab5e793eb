// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "extract/page_parts.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using Texts = std::vector<std::string>;
using Value = std::optional<std::string>;

// Lines centred on one another, 30 apart.
ocr::Block centred(BlockKind kind, const Texts& texts, double top, double middle) {
  ocr::Block block = made_block(kind, texts, top);
  block.box = {};
  for (ocr::Line& line : block.lines) {
    const double shift = middle - line.box.center_x();
    for (ocr::Word& word : line.words) word.box.left += shift, word.box.right += shift;
    line.box = box_of(line.words);
    block.box = united(block.box, line.box);
  }
  return block;
}

const Texts kMotto{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"};

// A first page; what a test does not say is as on a plain report.
struct FirstPage {
  Texts left{"ỦY BAN NHÂN DÂN", "XÃ THANH LƯƠNG HẠ", "Số: 142/BC-UBND"};
  std::string date = "Thanh Lương Hạ, ngày 30 tháng 7 năm 2025";
  Texts title{"BÁO CÁO", "Kết quả cải cách thủ tục hành chính", "sáu tháng đầu năm 2025"};
  Texts text{"Thực hiện Kế hoạch số 18/KH-UBND của xã,", "Ủy ban nhân dân xã báo cáo như sau:"};
  ocr::Route route = ocr::Route::Ocr;

  ocr::Document document() const {
    Texts right = kMotto;
    if (!date.empty()) right.push_back(date);
    std::vector<ocr::Block> blocks{centred(BlockKind::HeaderLeft, left, 0, 150),
                                   centred(BlockKind::HeaderRight, right, 0, 450)};
    if (!title.empty()) blocks.push_back(centred(BlockKind::Body, title, 250, 300));
    blocks.push_back(made_block(BlockKind::Body, text, 400));
    ocr::Page page = made_page(1, blocks, route);
    name_parts(page);
    return made_document({page});
  }
  Record record() const { return extract(document()); }
};

// ---- a plain page

TEST_CASE("the header of a report gives all its fields") {
  const Record record = FirstPage().record();
  CHECK(record.issuing_agency.value == Value("ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ"));
  CHECK_FALSE(record.parent_agency.value);
  CHECK(record.parent_agency.reason == Reason::NotApplicable);
  CHECK(record.number.value == Value("142"));
  CHECK(record.symbol.value == Value("BC-UBND"));
  CHECK(record.code.value == Value("142/BC-UBND"));
  CHECK(record.place.value == Value("Thanh Lương Hạ"));
  CHECK(record.date.value == Value("2025-07-30"));
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK(record.subject.value ==
        Value("Kết quả cải cách thủ tục hành chính sáu tháng đầu năm 2025"));
  CHECK(record.addressees.value.empty());
  CHECK(record.addressees.reason == Reason::NotApplicable);
  CHECK_FALSE(record.urgency.value);
  CHECK(record.urgency.reason == Reason::NotApplicable);
}

TEST_CASE("an empty document, or an empty page, has no fields and no faults") {
  const ocr::Document document =
      GENERATE(values<ocr::Document>({{}, made_document({made_page(1, {})})}));
  const Record record = extract(document);
  for (const Field* field : {&record.issuing_agency, &record.number, &record.symbol, &record.code,
                             &record.place, &record.date, &record.type, &record.subject}) {
    CHECK_FALSE(field->value);
    CHECK(field->reason == Reason::Absent);
    CHECK(field->evidence.page == 0);
  }
}

TEST_CASE("the header stands on the first page that is not empty") {
  ocr::Document document = FirstPage().document();
  document.pages[0].number = 2;
  document.pages.insert(document.pages.begin(), made_page(1, {}));
  const Record record = extract(document);
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK(record.type.evidence.page == 2);
}

// ---- agencies

TEST_CASE("lines over the number are bodies, lines that begin none go on with the one above") {
  const auto [what, left, parent, issuing] = GENERATE(table<std::string, Texts, Value, Value>({
      {"one line", {"TRƯỜNG TIỂU HỌC BẢN LẦY", "Số: 1/BC-TH"}, {}, "TRƯỜNG TIỂU HỌC BẢN LẦY"},
      {"two lines of one body",
       {"ỦY BAN NHÂN DÂN", "TỈNH SÔNG THƯƠNG", "Số: 1/BC-UBND"},
       {},
       "ỦY BAN NHÂN DÂN TỈNH SÔNG THƯƠNG"},
      {"a body below another",
       {"UBND TỈNH SÔNG THƯƠNG", "SỞ NỘI VỤ", "Số: 1/BC-SNV"},
       "UBND TỈNH SÔNG THƯƠNG",
       "SỞ NỘI VỤ"},
      {"the lower one in two lines",
       {"UBND TỈNH SÔNG THƯƠNG", "SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG", "Số: 1/BC-SNNMT"},
       "UBND TỈNH SÔNG THƯƠNG",
       "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"},
      {"the upper one in two lines",
       {"ỦY BAN NHÂN DÂN", "TỈNH SÔNG THƯƠNG", "SỞ NỘI VỤ", "Số: 1/BC-SNV"},
       "ỦY BAN NHÂN DÂN TỈNH SÔNG THƯƠNG",
       "SỞ NỘI VỤ"},
      {"three bodies: the two lowest count",
       {"BỘ Y TẾ", "CỤC QUẢN LÝ DƯỢC", "VĂN PHÒNG", "Số: 1/BC-VP"},
       "CỤC QUẢN LÝ DƯỢC",
       "VĂN PHÒNG"},
      {"marks of the scanner above", {"ABC 12X", "SỞ NỘI VỤ", "Số: 1/BC-SNV"}, {}, "SỞ NỘI VỤ"},
      {"small letters are none", {"Kính trình", "SỞ NỘI VỤ", "Số: 1/BC-SNV"}, {}, "SỞ NỘI VỤ"},
      {"a rule read as a mark", {"SỞ NỘI VỤ", "——", "Số: 1/BC-SNV"}, {}, "SỞ NỘI VỤ"},
      {"a stamp", {"SỞ NỘI VỤ", "HỎA TỐC", "Số: 1/BC-SNV"}, {}, "SỞ NỘI VỤ"},
      {"none", {"Số: 1/BC-SNV"}, {}, {}},
  }));
  CAPTURE(what);
  FirstPage page;
  page.left = left;
  const Record record = page.record();
  CHECK(record.parent_agency.value == parent);
  CHECK(record.issuing_agency.value == issuing);
  CHECK(record.symbol.value);
}

TEST_CASE("marks of well-known names are put right, and what was read stays as evidence") {
  FirstPage page;
  page.left = {"UY BAN NHÂN DẦN", "XÃ THANH LƯƠNG HẠ", "Số: 142/BC-UBND"};
  const Record record = page.record();
  CHECK(record.issuing_agency.value == Value("ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ"));
  CHECK(record.issuing_agency.evidence.raw == "UY BAN NHÂN DẦN\nXÃ THANH LƯƠNG HẠ");
  CHECK(record.issuing_agency.evidence.source == FieldSource::OcrRestored);
}

TEST_CASE("a text layer is taken as it is") {
  FirstPage page;
  page.left = {"UY BAN NHÂN DẦN", "XÃ THANH LƯƠNG HẠ", "Số: 142/BC-UBND"};
  page.route = ocr::Route::TextLayer;
  const Record record = page.record();
  CHECK(record.issuing_agency.value == Value("UY BAN NHÂN DẦN XÃ THANH LƯƠNG HẠ"));
  CHECK(record.issuing_agency.evidence.source == FieldSource::TextLayer);
}

TEST_CASE("a line of the text that begins with a number is not the document's") {
  ocr::Document document = made_document({made_page(
      1, {made_block(BlockKind::Title, {"BÁO CÁO", "Kết quả"}, 0),
          made_block(BlockKind::Body, {"thực hiện Kế hoạch", "số 02-KH/BCĐ của xã."}, 200)})});
  const Record record = extract(document);
  CHECK_FALSE(record.number.value);
  CHECK_FALSE(record.symbol.value);
  CHECK(record.references.size() == 1);
}

TEST_CASE("specks before a subject and a lost space in its opening are put right") {
  FirstPage page;
  page.title = {"CHỈ THỊ", ",Vềviệc triển khai", "nộp thuế điện tử"};
  const Record record = page.record();
  CHECK(record.subject.value == Value("Về việc triển khai nộp thuế điện tử"));
  CHECK(record.subject.evidence.source == FieldSource::OcrRestored);
}

TEST_CASE("a subject with letters that are no syllable asks for a look") {
  const auto subject_confidence = [](const std::string& line) {
    FirstPage page;
    page.title = {"KẾ HOẠCH", line};
    return page.record().subject.evidence.confidence;
  };
  CHECK(subject_confidence("Về việc xây dựng, giám sát UBND; xoá (12) VNPT-iOffice") >=
        kReviewBelow);
  CHECK(subject_confidence("Về việc xây dự „ng") < kReviewBelow);
  CHECK(subject_confidence("Về việc gám sát") < kReviewBelow);
  CHECK(subject_confidence("Về việc giám sát xã Thanh [Lương Hạ") < kReviewBelow);
  CHECK(subject_confidence("Về việc giám sát năm 2925") < kReviewBelow);
  CHECK(subject_confidence("Về việc giám sát năm 2025 - 2030") >= kReviewBelow);
}

// ---- place and date

TEST_CASE("place and date of the date line") {
  const auto [line, place, date] = GENERATE(table<std::string, Value, Value>({
      {"Hà Nội, ngày 09 tháng 10 năm 2025", "Hà Nội", "2025-10-09"},
      {"Thanh Lương Hạ, ngày 1 tháng 2 năm 2024", "Thanh Lương Hạ", "2024-02-01"},
      {"TP. Hồ Chí Minh, ngày 30 tháng 4 năm 2025.", "TP. Hồ Chí Minh", "2025-04-30"},
      {"Hà Nội, ngay 09 thang 10 nam 2025", "Hà Nội", "2025-10-09"},  // marks lost
      {"Hà Nội, ngày09 tháng10 năm2025", "Hà Nội", "2025-10-09"},     // spaces lost
      {"Hà Nội, ngày 1 6 tháng 9 năm 2025", "Hà Nội", "2025-09-16"},  // a space too many
      {"Hà Nội, ngày 29 tháng 02 năm 2024", "Hà Nội", "2024-02-29"},  // leap year
  }));
  CAPTURE(line);
  FirstPage page;
  page.date = line;
  const Record record = page.record();
  CHECK(record.place.value == place);
  CHECK(record.date.value == date);
}

TEST_CASE("days that do not exist are no date, and the parts tell what was read") {
  const auto [line, day, month, year] = GENERATE(table<std::string, Value, Value, Value>({
      {"Hà Nội, ngày 29 tháng 02 năm 2025", "29", "02", "2025"},
      {"Hà Nội, ngày 31 tháng 4 năm 2025", "31", "4", "2025"},
      {"Hà Nội, ngày 32 tháng 4 năm 2025", {}, "4", "2025"},
      {"Hà Nội, ngày 3 tháng 13 năm 2025", "3", {}, "2025"},
      {"Hà Nội, ngày 3 tháng 4 năm 25", "3", "4", {}},
      {"Hà Nội, ngày 3o tháng 4 năm 2025", {}, "4", "2025"},
  }));
  CAPTURE(line);
  FirstPage page;
  page.date = line;
  const Record record = page.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Illegible);
  CHECK(record.date_parts.day.value == day);
  CHECK(record.date_parts.month.value == month);
  CHECK(record.date_parts.year.value == year);
  CHECK(record.date.evidence.raw.starts_with("ngày"));
}

TEST_CASE("a day that was hardly read keeps the other parts") {
  ocr::Document document = FirstPage().document();
  ocr::Line& line = document.pages[0].blocks[1].lines[2];
  for (ocr::Word& word : line.words)
    if (word.text == "30") word.confidence = 0.5;
  const Record record = extract(document);
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Illegible);
  CHECK_FALSE(record.date_parts.day.value);
  CHECK(record.date_parts.month.value == Value("7"));
  CHECK(record.date_parts.year.value == Value("2025"));
  CHECK(record.date.evidence.raw == "ngày 30 tháng 7 năm 2025");
  CHECK(record.place.value == Value("Thanh Lương Hạ"));
}

TEST_CASE("a day left open is blank in a text layer; on a scan ink may be there") {
  const auto [route, reason] = GENERATE(table<ocr::Route, Reason>(
      {{ocr::Route::TextLayer, Reason::Blank}, {ocr::Route::Ocr, Reason::Illegible}}));
  FirstPage page;
  page.date = "Thanh Lương Hạ, ngày tháng 7 năm 2025";
  page.route = route;
  const Record record = page.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == reason);
  CHECK(record.date_parts.month.value == Value("7"));
  CHECK(record.date_parts.year.value == Value("2025"));
}

TEST_CASE("a date that the text cites is not the document's") {
  FirstPage page;
  page.date = "";
  page.text = {"Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;",
               "theo Tờ trình ngày 04 tháng 8 năm 2025, Sở báo cáo:"};
  const Record record = page.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Absent);
  CHECK_FALSE(record.place.value);
  CHECK_FALSE(record.date_parts.year.value);
}

// ---- type and subject

TEST_CASE("the printed type, one misread letter or its marks put right") {
  const auto [title, value, source] = GENERATE(table<std::string, Value, FieldSource>({
      {"QUYẾT ĐỊNH", "Quyết định", FieldSource::Ocr},
      {"TỜ TRÌNH", "Tờ trình", FieldSource::Ocr},
      {"KE HOACH", "Kế hoạch", FieldSource::OcrRestored},
      {"THÔNG BÀO", "Thông báo", FieldSource::OcrRestored},
      {"QUYẾT ĐỊNN", "Quyết định", FieldSource::OcrRestored},
      {"QUYẾT ĐỊNH:", "Quyết định", FieldSource::Ocr},
  }));
  CAPTURE(title);
  FirstPage page;
  page.left.back() = "Số: 142/X1-UBND";
  page.title[0] = title;
  const Record record = page.record();
  CHECK(record.type.value == value);
  CHECK(record.type.evidence.source == source);
}

TEST_CASE("without a printed type the symbol tells it, as a conclusion") {
  FirstPage page;
  page.left.back() = "Số: 142/TB-UBND";
  page.title = {};
  const Record record = page.record();
  CHECK(record.type.value == Value("Thông báo"));
  CHECK(record.type.evidence.source == FieldSource::Inferred);
}

TEST_CASE("the subject ends where the text begins, however close that stands") {
  const std::string opening =
      GENERATE(as<std::string>{}, "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;",
               "Thực hiện Kế hoạch số 18", "Kính gửi: Ủy ban nhân dân tỉnh", "I. CÔNG TÁC CHỈ ĐẠO",
               "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ");
  CAPTURE(opening);
  FirstPage page;
  page.title = {"QUYẾT ĐỊNH", "Về việc thành lập Tổ số hóa tài liệu lưu trữ",
                "của Ủy ban nhân dân xã Thanh Lương Hạ", opening};
  CHECK(page.record().subject.value ==
        Value("Về việc thành lập Tổ số hóa tài liệu lưu trữ của Ủy ban nhân dân xã Thanh Lương "
              "Hạ"));
}

TEST_CASE("a type with nothing but the text below it has no subject") {
  FirstPage page;
  page.title = {"BÁO CÁO"};
  const Record record = page.record();
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK_FALSE(record.subject.value);
  CHECK(record.subject.reason == Reason::Absent);
}

// ---- letters

FirstPage letter() {
  FirstPage page;
  page.left = {"UBND TỈNH SÔNG THƯƠNG", "SỞ NÔNG NGHIỆP", "Số: 3857/SNN-TL",
               "V/v chủ động ứng phó mưa lớn,", "bảo đảm an toàn hồ chứa"};
  page.title = {};
  page.text = {"Kính gửi:", "- Ủy ban nhân dân các xã, phường;", "- Công ty Khai thác thủy lợi",
               "Sông Thương.", "Theo bản tin của Đài tỉnh phát lúc 04 giờ 30,"};
  return page;
}

TEST_CASE("a letter is known by its V/v and prints no type") {
  const Record record = letter().record();
  CHECK(record.type.value == Value("Công văn"));
  CHECK(record.type.evidence.source == FieldSource::Inferred);
  CHECK(record.subject.value == Value("V/v chủ động ứng phó mưa lớn, bảo đảm an toàn hồ chứa"));
  CHECK(record.subject.evidence.raw == "V/v chủ động ứng phó mưa lớn,\nbảo đảm an toàn hồ chứa");
  CHECK(record.symbol.value == Value("SNN-TL"));
  CHECK(record.issuing_agency.value == Value("SỞ NÔNG NGHIỆP"));
}

TEST_CASE("a stamp below the subject is no part of it") {
  FirstPage page = letter();
  page.left.emplace_back("HỎA TỐC");
  const Record record = page.record();
  CHECK(record.subject.value == Value("V/v chủ động ứng phó mưa lớn, bảo đảm an toàn hồ chứa"));
  CHECK(record.urgency.value == Value("Hỏa tốc"));
  page.left.back() = "HỎN TỐC";  // misread
  CHECK(page.record().subject.value == record.subject.value);
}

TEST_CASE("urgency is a stamp of capitals and not a word of the text") {
  const auto [stamp, urgency] = GENERATE(table<std::string, Value>({
      {"HỎA TỐC", "Hỏa tốc"},
      {"HOẢ TỐC", "Hỏa tốc"},
      {"THƯỢNG KHẨN", "Thượng khẩn"},
      {"KHẨN", "Khẩn"},
      {"HỎA TỐC HẸN GIỜ", "Hỏa tốc"},
      {"khẩn", {}},
      {"CỨU NẠN KHẨN CẤP", {}},
  }));
  CAPTURE(stamp);
  FirstPage page;
  page.text.insert(page.text.begin(), stamp);
  CHECK(page.record().urgency.value == urgency);
}

// ---- addressees

TEST_CASE("addressees, one or a list") {
  const auto [what, text, expected] = GENERATE(table<std::string, Texts, Texts>({
      {"beside the salutation",
       {"Kính gửi: Ủy ban nhân dân tỉnh Sông Thương", "Thực hiện Kế hoạch số 18,"},
       {"Ủy ban nhân dân tỉnh Sông Thương"}},
      {"beside it, in two lines",
       {"Kính gửi: Ủy ban nhân dân các huyện, thành phố,", "thị xã trong tỉnh.", "Sở thông báo:"},
       {"Ủy ban nhân dân các huyện, thành phố, thị xã trong tỉnh"}},
      {"a dashed list",
       {"Kính gửi:", "- Sở Nội vụ;", "- Sở Tài chính;", "- Ủy ban nhân dân các xã.", "Theo tin"},
       {"Sở Nội vụ", "Sở Tài chính", "Ủy ban nhân dân các xã"}},
      {"an item in two lines",
       {"Kính gửi:", "- Các sở, ban, ngành và cơ quan", "ngang sở;", "- Các xã.", "Theo tin"},
       {"Các sở, ban, ngành và cơ quan ngang sở", "Các xã"}},
      {"marks lost", {"Kinh gui: Sở Nội vụ.", "Theo tin"}, {"Sở Nội vụ"}},
      {"none named", {"Kính gửi:", "Theo bản tin của Đài tỉnh,"}, {}},
  }));
  CAPTURE(what);
  FirstPage page = letter();
  page.text = text;
  const Record record = page.record();
  CHECK(record.addressees.value == expected);
  if (!expected.empty()) CHECK(record.addressees.evidence.page == 1);
}

// ---- a page without columns

TEST_CASE("where no columns were found the number, date and type are still found") {
  ocr::Page page = made_page(
      1, {centred(BlockKind::Body,
                  {"CÔNG TY THỦY LỢI", "Số: 12/TB-TL", "Sông Thương, ngày 3 tháng 4 năm 2025",
                   "THÔNG BÁO", "Về việc mở cống lấy nước"},
                  0, 300),
          made_block(BlockKind::Body, {"Căn cứ Công văn số 77/SNN-TL của Sở,"}, 200)});
  name_parts(page);
  const Record record = extract(made_document({page}));
  CHECK(record.number.value == Value("12"));
  CHECK(record.symbol.value == Value("TB-TL"));
  CHECK(record.place.value == Value("Sông Thương"));
  CHECK(record.date.value == Value("2025-04-03"));
  CHECK(record.type.value == Value("Thông báo"));
  CHECK(record.subject.value == Value("Về việc mở cống lấy nước"));
  CHECK_FALSE(record.issuing_agency.value);
}

TEST_CASE("a document that the text cites does not lend its number") {
  FirstPage page;
  page.left = {"SỞ NỘI VỤ"};
  page.text = {"Căn cứ Công văn số 77/SNN-TL của Sở,", "Số: lượng lớn"};
  const Record record = page.record();
  CHECK_FALSE(record.number.value);
  CHECK_FALSE(record.symbol.value);
}

TEST_CASE("an agency's line into which the country's name ran is still its own") {
  FirstPage page;
  page.left[0] += " CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  CHECK(page.record().issuing_agency.value == Value("ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ"));
  page.left[0] = "XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  CHECK_FALSE(page.record().issuing_agency.value);
}

TEST_CASE("a semicolon parts addressees without dashes") {
  FirstPage page;
  page.left.back() = "Số: 299/UBND-TTHC";
  page.title = {};
  page.text = {"Kính gửi:", "Sở Giao thông vận tải;", "Sở Y tế.", "Thực hiện ý kiến của tỉnh,"};
  const Record record = page.record();
  CHECK(record.addressees.value == Texts{"Sở Giao thông vận tải", "Sở Y tế"});
}

TEST_CASE("one misread letter of a symbol is put right by a body that is known") {
  FirstPage page;
  page.left = {"UBND TỈNH SÔNG THƯƠNG", "SỞ Y TẾ", "Số: 18/BC-SVT"};
  const Record record = page.record();
  CHECK(record.symbol.value == Value("BC-SYT"));
  CHECK(record.code.value == Value("18/BC-SYT"));
  CHECK(record.symbol.evidence.source == FieldSource::OcrRestored);
  CHECK(record.symbol.evidence.raw == "18/BC-SVT");
  // Another abbreviation is no misread letter, and a body that is not known proves nothing.
  page.left.back() = "Số: 18/BC-TTYT";
  CHECK(page.record().symbol.value == Value("BC-TTYT"));
  page.left = {"UBND TỈNH SÔNG THƯƠNG", "SỞ V TẾ", "Số: 18/BC-SYT"};
  CHECK(page.record().symbol.value == Value("BC-SYT"));
}

TEST_CASE("a telegram names its addressees after the one who sends it") {
  FirstPage page;
  page.left.back() = "Số: 7/CĐ-UBND";
  page.title = {"CÔNG ĐIỆN", "Về việc ứng phó với bão"};
  page.text = {"CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ điện:", "- Trưởng các thôn;",
               "- Trạm Y tế xã.", "Theo dự báo, bão còn mạnh."};
  CHECK(page.record().addressees.value == Texts{"Trưởng các thôn", "Trạm Y tế xã"});
}

// ---- secrecy, joint documents, receipt

TEST_CASE("secrecy is a mark of capitals by itself") {
  const auto [mark, secrecy] = GENERATE(table<std::string, Value>({{"MẬT", "Mật"},
                                                                   {"TỐI MẬT", "Tối mật"},
                                                                   {"TUYỆT MẬT", "Tuyệt mật"},
                                                                   {"Mật", {}},
                                                                   {"BÍ MẬT", {}}}));
  CAPTURE(mark);
  FirstPage page;
  page.left.push_back(mark);
  const Record record = page.record();
  CHECK(record.secrecy.value == secrecy);
  if (!secrecy) CHECK(record.secrecy.reason == Reason::NotApplicable);
}

TEST_CASE("bodies that issue a document together are all named") {
  FirstPage page;
  page.left = {"BỘ NỘI VỤ", "BỘ TÀI CHÍNH", "Số: 12/TTLT-BNV-BTC"};
  const Record record = page.record();
  REQUIRE(record.joint_issuers.size() == 2);
  CHECK(record.joint_issuers[1].value == Value("BỘ TÀI CHÍNH"));
  CHECK(record.issuing_agency.value == Value("BỘ NỘI VỤ"));
  CHECK(record.parent_agency.reason == Reason::NotApplicable);
  // One above the other is no joint document.
  page.left.back() = "Số: 12/BC-BTC";
  CHECK(page.record().joint_issuers.empty());
  CHECK(page.record().parent_agency.value == Value("BỘ NỘI VỤ"));
}

TEST_CASE("the receipt stamp is of whoever received the document") {
  ocr::Document document = FirstPage().document();
  document.pages[0].blocks.push_back(
      made_block(BlockKind::ReceiptStamp, {"CÔNG VĂN ĐẾN", "Số: 1093", "Ngày: 05/8/2025"}, 600));
  const Record record = extract(document);
  CHECK(record.arrival.number.value == Value("1093"));
  CHECK(record.arrival.date.value == Value("2025-08-05"));
  CHECK(record.number.value == Value("142"));
  CHECK(record.date.value == Value("2025-07-30"));
}

TEST_CASE("what was not read in a receipt stamp is null, and so is a stamp that is not there") {
  ocr::Document document = FirstPage().document();
  CHECK(extract(document).arrival.number.reason == Reason::NotApplicable);
  document.pages[0].blocks.push_back(
      made_block(BlockKind::ReceiptStamp, {"CÔNG VĂN ĐẾN", "Số: l0Q3", "Ngày: ./.../.."}, 600));
  const Record record = extract(document);
  CHECK_FALSE(record.arrival.number.value);
  CHECK(record.arrival.number.reason == Reason::Illegible);
  CHECK_FALSE(record.arrival.date.value);
  CHECK(record.arrival.date.needs_review);
}

}  // namespace
}  // namespace vanban::extract
