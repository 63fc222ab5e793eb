// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/agencies.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "extract/fields.h"
#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using Value = std::optional<std::string>;

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
      {"a bare word for a body waits for its name",
       {"BAN CHẤP HÀNH", "ĐẢNG BỘ TỈNH SÔNG THƯƠNG", "Số: 1-BC/TU"},
       {},
       "BAN CHẤP HÀNH ĐẢNG BỘ TỈNH SÔNG THƯƠNG"},
      {"a number line that lost its slash is no body",
       {"SỞ NỘI VỤ", "Số: 1 2QĐ-SNV", "Số: 1/QĐ-SNV"},
       {},
       "SỞ NỘI VỤ"},
      {"a number that belongs to a name",
       {"TÒA ÁN NHÂN DÂN KHU VỰC 3", "Số: 1/BC-TA"},
       {},
       "TÒA ÁN NHÂN DÂN KHU VỰC 3"},
      {"a last syllable that had no room",
       {"SỞ Y TẾ TỈNH SƠN HÀ - BÌNH", "TRẠCH", "TRUNG TÂM Y TẾ", "Số: 1/BC-TTYT"},
       "SỞ Y TẾ TỈNH SƠN HÀ - BÌNH TRẠCH",
       "TRUNG TÂM Y TẾ"},
      {"a branch of a land registry",
       {"SỞ NỘI VỤ", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", "CHI NHÁNH HUYỆN BẢN LẦY", "Số: 1/BC-VP"},
       "SỞ NỘI VỤ",
       "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI CHI NHÁNH HUYỆN BẢN LẦY"},
      {"a dash that goes on",
       {"UBND HUYỆN BẢN LẦY", "PHÒNG TÀI CHÍNH -", "KẾ HOẠCH", "Số: 1/BC-TCKH"},
       "UBND HUYỆN BẢN LẦY",
       "PHÒNG TÀI CHÍNH - KẾ HOẠCH"},
  }));
  CAPTURE(what);
  FirstPage page;
  page.left = left;
  const Record record = page.record();
  CHECK(record.parent_agency.value == parent);
  CHECK(record.issuing_agency.value == issuing);
  CHECK(record.symbol.value);
}

TEST_CASE("where no word tells one body from two, the name asks for a look") {
  FirstPage page;
  page.left = {"TRƯỜNG TIỂU HỌC", "LƯƠNG KHẮC THUẦN", "Số: 1/BC-TH"};
  const Record doubted = page.record();
  CHECK(doubted.issuing_agency.value == Value("TRƯỜNG TIỂU HỌC LƯƠNG KHẮC THUẦN"));
  CHECK(asks_for_look(doubted.issuing_agency));
  // The symbol has its initials.
  page.left.back() = "Số: 1/BC-THLKT";
  page.left.front() = "TIỂU HỌC";
  page.left.insert(page.left.begin(), "SỞ GIÁO DỤC");
  CHECK(asks_for_look(page.record().issuing_agency) == false);
}

TEST_CASE("specks at the ends of a name's lines are no part of it") {
  FirstPage page;
  page.left = {"ỦY BAN NHÂN DÂN.", "'TỈNH SÔNG THƯƠNG _", "Số: 1/BC-UBND"};
  const Record record = page.record();
  CHECK(record.issuing_agency.value == Value("ỦY BAN NHÂN DÂN TỈNH SÔNG THƯƠNG"));
  CHECK(record.issuing_agency.evidence.source == FieldSource::OcrRestored);
}

TEST_CASE("a name that begins with no known word is given, and asks for a look") {
  FirstPage page;
  page.left = {"LÀNG NGHỀ GỐM BẢN LẦY", "Số: 1/BC-LN"};
  const Record record = page.record();
  CHECK(record.issuing_agency.value == Value("LÀNG NGHỀ GỐM BẢN LẦY"));
  CHECK(asks_for_look(record.issuing_agency));
}

TEST_CASE(
    "three bodies one below another are rare: bold lines are one name, and else it is doubtful") {
  FirstPage page;
  page.route = ocr::Route::TextLayer;
  page.left = {"TRƯỜNG ĐẠI HỌC BẢN LẦY", "TỔ GIÚP VIỆC", "BAN CHỈ ĐẠO", "Số: 1/BC-TGV"};
  CHECK(asks_for_look(page.record().issuing_agency));
  ocr::Document document = page.document();
  for (ocr::Block& block : document.pages[0].blocks)
    for (std::size_t i = 0; i < block.lines.size(); ++i)
      for (ocr::Word& word : block.lines[i].words) word.font = i == 0 ? "Serif" : "Serif-Bold";
  const Record record = extract(document);
  CHECK(record.parent_agency.value == Value("TRƯỜNG ĐẠI HỌC BẢN LẦY"));
  CHECK(record.issuing_agency.value == Value("TỔ GIÚP VIỆC BAN CHỈ ĐẠO"));
}

TEST_CASE("the upper of two bodies is not set bold") {
  FirstPage page;
  page.route = ocr::Route::TextLayer;
  page.left = {"TRƯỜNG MẦM NON BẢN LẦY", "LỚP HỌC TÌNH THƯƠNG", "Số: 1/BC-LH"};
  ocr::Document document = page.document();
  for (ocr::Block& block : document.pages[0].blocks)
    for (std::size_t i = 0; i < block.lines.size(); ++i)
      for (ocr::Word& word : block.lines[i].words) word.font = i == 0 ? "Serif" : "Serif-Bold";
  const Record record = extract(document);
  CHECK(record.parent_agency.value == Value("TRƯỜNG MẦM NON BẢN LẦY"));
  CHECK(record.issuing_agency.value == Value("LỚP HỌC TÌNH THƯƠNG"));
  CHECK_FALSE(asks_for_look(record.issuing_agency));
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

TEST_CASE("an agency's line into which the country's name ran is still its own") {
  FirstPage page;
  page.left[0] += " CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  CHECK(page.record().issuing_agency.value == Value("ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ"));
  page.left[0] = "XÃ HỘI CHỦ NGHĨA VIỆT NAM";
  CHECK_FALSE(page.record().issuing_agency.value);
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

TEST_CASE("a letter of a symbol that engines doubled stands once, as in the body's initials") {
  FirstPage page;
  page.left = {"LIÊN ĐOÀN LAO ĐỘNG TỈNH", "CÔNG ĐOÀN NGÀNH Y TẾ", "Số: 18/CĐĐN-VP"};
  const Record record = page.record();
  CHECK(record.symbol.value == Value("CĐN-VP"));
  CHECK(record.code.value == Value("18/CĐN-VP"));
  CHECK(record.symbol.evidence.source == FieldSource::OcrRestored);
  // One that the body's own name has stays.
  page.left[1] = "CÔNG ĐOÀN ĐƯỜNG NGANG";
  CHECK(page.record().symbol.value == Value("CĐĐN-VP"));
  page.left[1] = "BỆNH VIỆN NHI";
  CHECK(page.record().symbol.value == Value("CĐĐN-VP"));
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

TEST_CASE("the number of a ward belongs to its name, that of the document does not") {
  const auto [line, agency] = GENERATE(table<std::string, std::string>({
      {"PHƯỜNG 1", "ỦY BAN NHÂN DÂN PHƯỜNG 1"},
      {"XÃ HỒNG HÀ 1", "ỦY BAN NHÂN DÂN XÃ HỒNG HÀ"},  // a speck
      {"XÃ HỒNG HÀ Số: 12", "ỦY BAN NHÂN DÂN XÃ HỒNG HÀ"},
  }));
  CAPTURE(line);
  FirstPage page;
  page.left = {"ỦY BAN NHÂN DÂN", line, "Số: 142/BC-UBND"};
  CHECK(page.record().issuing_agency.value == std::optional<std::string>(agency));
}

TEST_CASE("a name whose marks were not read may be another's") {
  const auto [read, sure] = GENERATE(table<std::string, bool>({{"HOA", false}, {"HỌA", true}}));
  CAPTURE(read);
  FirstPage page;
  page.left = {"TRƯỜNG TIỂU HỌC HÒA BẢN", "Số: 1/BC-TH"};
  page.date = "Thanh Lương Hạ, ngày 30 tháng 7 năm 2025";
  ocr::Document document = page.document();
  ocr::Word& word = document.pages[0].blocks[0].lines[0].words[3];
  word.ocr_text = read;
  word.restored = true;
  CHECK((extract(document).issuing_agency.evidence.confidence >= 0.9) == sure);
}

TEST_CASE("a hyphen between two syllables of a body's name may be a speck") {
  FirstPage page;
  page.left = {"HỌC VIỆN TƯ-PHÁP", "Số: 1/BC-HV"};
  CHECK(page.record().issuing_agency.evidence.confidence < 0.9);
  page.left = {"HỌC VIỆN TƯ PHÁP", "Số: 1/BC-HV"};
  CHECK(page.record().issuing_agency.evidence.confidence >= 0.9);
}

}  // namespace
}  // namespace vanban::extract
