#include "extract/elements/number_symbol.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

// A page with one line, and what was read of it.
struct MadeLine {
  explicit MadeLine(const std::string& text, ocr::Route route = ocr::Route::Ocr)
      : document(
            made_document({made_page(1, {made_block(BlockKind::HeaderLeft, {text})}, route)})) {
    read_again();
  }
  MadeLine(const MadeLine&) = delete;
  MadeLine& operator=(const MadeLine&) = delete;

  void read_again() { pages = reading_text(document); }
  const TextLine& line() const { return pages.front().lines.front(); }
  ocr::Page& page() { return document.pages.front(); }
  std::vector<ocr::Word>& words() { return page().blocks.front().lines.front().words; }

  ocr::Document document;
  std::vector<PageText> pages;
};

struct Row {
  std::string text, number, symbol;
  char separator = '/';
};

TEST_CASE("a party document parts number and symbol by a hyphen") {
  const auto line_text = GENERATE(as<std::string>(), "Số: 12-KH/TU", "Số 12-KH/TU", "Số: 12 -KH/TU",
                                  "Số: 12- KH/TU", "Số: 12 - KH/TU");
  CAPTURE(line_text);
  const MadeLine made(line_text);
  const auto parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  CHECK(parsed->number == "12");
  CHECK(parsed->symbol == "KH/TU");
  CHECK(parsed->separator == '-');
}

TEST_CASE("number and symbol are read as they stand on the line") {
  const Row row = GENERATE(values<Row>({
      // The state's way.
      {"Số: 67/BC-UBND", "67", "BC-UBND"},
      {"Số: 05/BC-UBND", "05", "BC-UBND"},
      {"Số: 67a/BC-UBND", "67a", "BC-UBND"},
      {"SỐ: 67/BC-UBND", "67", "BC-UBND"},
      {"Số: 1203/UBND-VX", "1203", "UBND-VX"},
      {"Số: 58/TTr-SKHCN", "58", "TTr-SKHCN"},
      {"Số: 4/QyĐ-UBND", "4", "QyĐ-UBND"},
      {"Số: 12/TTr-SNV(TCCB)", "12", "TTr-SNV(TCCB)"},
      {"Số: 7/KH-BCĐ-VP,TH", "7", "KH-BCĐ-VP,TH"},
      {"Số: 9/TB-QL Đào tạo", "9", "TB-QL Đào tạo"},
      {"Số: 8/TB-VP-KT", "8", "TB-VP-KT"},
      // The party's way.
      {"Số 12 - KH/TU", "12", "KH/TU", '-'},
      {"Số: 12 - CV/BTCTU", "12", "CV/BTCTU", '-'},
      // With the year, as laws have it.
      {"Số: 30/2020/NĐ-CP", "30", "2020/NĐ-CP"},
      {"Số: 15/2024/QĐ-UBND", "15", "2024/QĐ-UBND"},
      {"Số: 15 /2024/QĐ-UBND", "15", "2024/QĐ-UBND"},
      // The ways of the 1990s.
      {"Số: 36/CP", "36", "CP"},
      {"Số: 1234/VPCP", "1234", "VPCP"},
      {"Số: 773-TTg", "773", "TTg", '-'},
      {"Số 327-CT", "327", "CT", '-'},
      {"Số: 15/QĐ.UB", "15", "QĐ.UB"},
      {"Số: 16/CgC.BT", "16", "CgC.BT"},
      {"Số: 15/TT.LB-TC", "15", "TT.LB-TC"},
      {"Số: 36 QĐ/UB", "36", "QĐ/UB"},
      {"Số: 15 TT-LB", "15", "TT-LB"},
      {"Số: 12/VP-UB", "12", "VP-UB"},
      // Nothing in the number's place yet.
      {"Số: /SYT-NVY", "", "SYT-NVY"},
      {"Số:        /SYT-NVY", "", "SYT-NVY"},
      {"Số:/SYT-NVY", "", "SYT-NVY"},
      {"Số: ....../SYT-NVY", "", "SYT-NVY"},
      {"Số: _____/SYT-NVY", "", "SYT-NVY"},
      {"Số: /2024/QĐ-UBND", "", "2024/QĐ-UBND"},
      // Spaces in the wrong places, or none.
      {"Số:67/BC-UBND", "67", "BC-UBND"},
      {"Số: 67 /BC-UBND", "67", "BC-UBND"},
      {"Số : 67 / BC-UBND", "67", "BC-UBND"},
      {"Số: 6 7/BC-UBND", "67", "BC-UBND"},
      {"Số: 67/BC - UBND", "67", "BC-UBND"},
      {"Số: 67/BC- UBND", "67", "BC-UBND"},
      {"Số: 67/BC -UBND", "67", "BC-UBND"},
      // The slash lost or taken for something else.
      {"Số: 67 BC-UBND", "67", "BC-UBND"},
      {"Số: 67|BC-UBND", "67", "BC-UBND"},
      // Long dashes, as text layers set them.
      {"Số: 12/BC–UBND", "12", "BC-UBND"},
      // Dots for a blank, as one character or as many.
      {"Số: …/QĐ-UBND", "", "QĐ-UBND"},
      {"Số: ....../QĐ-UBND", "", "QĐ-UBND"},
      // The label misread, or with a stroke before it, or not read at all.
      {"S6: 67/BC-UBND", "67", "BC-UBND"},
      {"So: 67/BC-UBND", "67", "BC-UBND"},
      {"'Số: 67/BC-UBND", "67", "BC-UBND"},
      {"Số. 67/BC-UBND", "67", "BC-UBND"},
      {"67/BC-UBND", "67", "BC-UBND"},
      // What follows does not belong to it.
      {"Số: 67/BC-UBND ngày 5", "67", "BC-UBND"},
      {"Số: 67/BC-UBND.", "67", "BC-UBND"},
      {"Số: 67/BC-UBND-", "67", "BC-UBND"},
      // A number that is none is given as it was read.
      {"Số: ?Z/BC-UBND", "?Z", "BC-UBND"},
  }));
  CAPTURE(row.text);
  const MadeLine made(row.text);
  const std::optional<NumberLine> parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  CHECK(parsed->number == row.number);
  CHECK(parsed->symbol == row.symbol);
  CHECK(parsed->separator == row.separator);
}

TEST_CASE("other lines of a header are no number lines") {
  const std::string text =
      GENERATE("", "Số:", "Số: 67", "Số 15 đường Bờ Hồ", "ỦY BAN NHÂN DÂN", "XÃ THANH LƯƠNG HẠ",
               "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "SỞ NỘI VỤ",
               "Bến Hạc, ngày 09 tháng 10 năm 2025", "BÁO CÁO", "V/v kiểm tra công tác văn thư",
               "PHÒNG VĂN HÓA - XÃ HỘI", "UBND - HĐND", "BC-UBND", "---", "-", "/", "Số: -/-",
               "Số: 67/bc-ubnd");
  CAPTURE(text);
  const MadeLine made(text);
  if (made.pages.front().lines.empty()) return;
  CHECK_FALSE(parse_number_line(made.line()));
}

TEST_CASE("a symbol that does not end its line in its column asks for a look") {
  const auto [text, followed] =
      GENERATE(table<std::string, bool>({{"Số: 67/BC-UBND", false},
                                         {"Số: 67/BC-UBND .", false},
                                         {"Số: 67/BC-UBND Hq", true},
                                         {"Số: 67/BC-UBND(Hà Nội", true}}));
  CAPTURE(text);
  const MadeLine made(text);
  const auto parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  CHECK(parsed->symbol == "BC-UBND");
  CHECK(parsed->followed == followed);
  Steps steps;
  CHECK(number_fields(*parsed, std::nullopt, steps).symbol.needs_review == followed);
}

TEST_CASE("a number whose slash was read as a digit is illegible, its symbol is not") {
  const MadeLine made("Số: 16951QĐ-SYT");
  const auto parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  Steps steps;
  const NumberFields fields = number_fields(*parsed, std::nullopt, steps);
  CHECK(fields.symbol.value == "QĐ-SYT");
  CHECK(fields.symbol.needs_review);
  CHECK_FALSE(fields.number.value);
  CHECK(fields.number.reason == Reason::Illegible);
}

TEST_CASE("a line without words is no number line") {
  ocr::Document document = made_document({made_page(1, {ocr::Block{}})});
  document.pages[0].blocks[0].lines.emplace_back();
  const std::vector<PageText> pages = reading_text(document);
  REQUIRE(pages.front().lines.size() == 1);
  CHECK_FALSE(parse_number_line(pages.front().lines.front()));
}

TEST_CASE("number and symbol know their words") {
  struct Ranges {
    std::string text, number, symbol;
  };
  const Ranges row = GENERATE(values<Ranges>({
      {"Số: 67/BC-UBND", "67/BC-UBND", "67/BC-UBND"},  // one word holds both
      {"Số: 67 /BC-UBND", "67", "/BC-UBND"},
      {"Số: 67 BC-UBND", "67", "BC-UBND"},
      {"Số: 67/BC - UBND", "67/BC", "67/BC - UBND"},
      {"Số: 67 / BC-UBND ngày 5", "67", "BC-UBND"},
      {"Số: 6 7 /BC-UBND", "6 7", "/BC-UBND"},
      {"Số: /BC-UBND", "", "/BC-UBND"},
      {"Số:67/BC-UBND", "Số:67/BC-UBND", "Số:67/BC-UBND"},
  }));
  CAPTURE(row.text);
  const MadeLine made(row.text);
  const std::optional<NumberLine> parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  CHECK(text_of(parsed->number_range) == row.number);
  CHECK(text_of(parsed->symbol_range) == row.symbol);
}

TEST_CASE("the slot lies between the label and the symbol") {
  // The label ends at 30, the symbol begins at 80; see made_line.
  const MadeLine made("Số:     /SYT-NVY");
  const std::optional<NumberLine> parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  CHECK(parsed->slot == ocr::Box{30, 0, 80, 20});
}

// ---- Fields

NumberFields fields_of(const MadeLine& made,
                       const std::optional<std::string>& type_name = std::nullopt) {
  const std::optional<NumberLine> parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  Steps steps;
  return number_fields(*parsed, type_name, steps);
}

TEST_CASE("number, symbol and code become fields with their evidence") {
  const MadeLine made("Số: 67 /BC-UBND");
  const NumberFields fields = fields_of(made);
  CHECK(fields.number.value == "67");
  CHECK(fields.symbol.value == "BC-UBND");
  CHECK(fields.code.value == "67/BC-UBND");
  CHECK(fields.number.evidence.raw == "67");
  CHECK(fields.number.evidence.page == 1);
  CHECK(fields.number.evidence.box == ocr::Box{40, 0, 60, 20});
  CHECK(fields.number.evidence.span == Span{1, 4, 6});
  CHECK(fields.number.evidence.source == FieldSource::Ocr);
  CHECK(fields.code.evidence.raw == "67 /BC-UBND");
  CHECK(fields.code.evidence.span == Span{1, 4, 15});
  for (const Field* field : {&fields.number, &fields.symbol, &fields.code})
    CHECK_FALSE(field->evidence.method.empty());
}

TEST_CASE("the code joins number and symbol as the line does") {
  const auto [text, code] = GENERATE(table<std::string, std::string>({
      {"Số: 67 / BC - UBND", "67/BC-UBND"},
      {"Số 12 - KH/TU", "12-KH/TU"},
      {"Số: 30/2020/NĐ-CP", "30/2020/NĐ-CP"},
      {"Số: 67 BC-UBND", "67/BC-UBND"},
  }));
  CAPTURE(text);
  const MadeLine made(text);
  CHECK(fields_of(made).code.value == code);
}

TEST_CASE("an empty slot is a blank number, and so is the code") {
  const ocr::Route route = GENERATE(ocr::Route::Ocr, ocr::Route::TextLayer);
  const MadeLine made("Số:      /SYT-NVY", route);
  const NumberFields fields = fields_of(made);
  CHECK_FALSE(fields.number.value);
  CHECK(fields.number.reason == Reason::Blank);
  CHECK_FALSE(fields.code.value);
  CHECK(fields.code.reason == Reason::Blank);
  CHECK(fields.symbol.value == "SYT-NVY");
}

TEST_CASE("ink in the slot that no word covers is an illegible number") {
  // The slot reaches from 30 to 90.
  const auto [ink, reason] = GENERATE(table<ocr::Box, Reason>({
      {ocr::Box{50, 2, 60, 18}, Reason::Illegible},
      {ocr::Box{50, -6, 60, 4}, Reason::Illegible},  // written too high
      {ocr::Box{200, 2, 210, 18}, Reason::Blank},    // behind the symbol
      {ocr::Box{50, 100, 60, 116}, Reason::Blank},   // on another line
      {ocr::Box{0, 2, 20, 18}, Reason::Blank},       // on the label
  }));
  CAPTURE(ink.left, ink.top);
  MadeLine made("Số:      /SYT-NVY");
  made.page().unread_ink = {ink};
  const NumberFields fields = fields_of(made);
  CHECK_FALSE(fields.number.value);
  CHECK(fields.number.reason == reason);
  CHECK(fields.code.reason == reason);
}

TEST_CASE("a number that was read with doubt is illegible, what was seen is kept") {
  MadeLine made("Số: 67 /BC-UBND");
  made.words()[1].confidence = 0.4;
  made.read_again();
  const NumberFields fields = fields_of(made);
  CHECK_FALSE(fields.number.value);
  CHECK(fields.number.reason == Reason::Illegible);
  CHECK(fields.number.evidence.raw == "67");
  CHECK(fields.number.evidence.confidence == Approx(0.4));
  CHECK_FALSE(fields.code.value);
  CHECK(fields.code.reason == Reason::Illegible);
  CHECK(fields.symbol.value == "BC-UBND");
}

TEST_CASE("what is no number is not taken for one, however sure the engine is") {
  const std::string text = GENERATE("Số: ?Z/BC-UBND", "Số: 6?/BC-UBND", "Số: abc/BC-UBND",
                                    "Số: 1234567/BC-UBND", "Số: 67ab/BC-UBND", "Số: 6/7/BC-UBND");
  CAPTURE(text);
  const MadeLine made(text);
  const NumberFields fields = fields_of(made);
  CHECK_FALSE(fields.number.value);
  CHECK(fields.number.reason == Reason::Illegible);
  CHECK_FALSE(fields.number.evidence.raw.empty());
}

TEST_CASE("a misread symbol is put right by the printed type, and says so") {
  struct Repair {
    std::string text, type, symbol;
    FieldSource source;
  };
  const Repair row = GENERATE(values<Repair>({
      {"Số: 67/BC-UBND", "Báo cáo", "BC-UBND", FieldSource::Ocr},
      {"Số: 67/BG-UBND", "Báo cáo", "BC-UBND", FieldSource::OcrRestored},
      {"Số: 67/QD-UBND", "Quyết định", "QĐ-UBND", FieldSource::OcrRestored},
      {"Số: 67/TTR-SYT", "Tờ trình", "TTr-SYT", FieldSource::OcrRestored},
      {"Số: 67/BC-ƯBND", "Báo cáo", "BC-UBND", FieldSource::OcrRestored},
      {"Số: 67/NQ-HDND", "Nghị quyết", "NQ-HĐND", FieldSource::OcrRestored},
      // Two letters are too many, and another type's abbreviation is no misreading.
      {"Số: 67/XY-SYT", "Báo cáo", "XY-SYT", FieldSource::Ocr},
      {"Số: 67/BB-SYT", "Báo cáo", "BB-SYT", FieldSource::Ocr},
  }));
  CAPTURE(row.text, row.type);
  const MadeLine made(row.text);
  const NumberFields fields = fields_of(made, row.type);
  CHECK(fields.symbol.value == row.symbol);
  CHECK(fields.symbol.evidence.source == row.source);
  CHECK(fields.code.value == "67/" + row.symbol);
}

TEST_CASE("without a printed type the first group stays as read") {
  const MadeLine made("Số: 67/BG-SYT");
  const NumberFields fields = fields_of(made);
  CHECK(fields.symbol.value == "BG-SYT");
  CHECK(fields.symbol.evidence.source == FieldSource::Ocr);
}

TEST_CASE(
    "a space between number and symbol is one in a text layer, and may be a slash on a scan") {
  const auto [route, separator] =
      GENERATE(table<ocr::Route, char>({{ocr::Route::TextLayer, ' '}, {ocr::Route::Ocr, '/'}}));
  const MadeLine made("Số: 36 QĐ/UB", route);
  const auto parsed = parse_number_line(made.line());
  REQUIRE(parsed);
  CHECK(parsed->separator == separator);
}

TEST_CASE("a symbol without a dash is sure in a text layer alone") {
  const auto symbol = GENERATE(as<std::string>(), "CP", "QĐ.UB");
  for (const ocr::Route route : {ocr::Route::TextLayer, ocr::Route::Ocr}) {
    MadeLine made("Số: 36/" + symbol, route);
    for (ocr::Word& word : made.words()) word.confidence = 1;
    made.read_again();
    Steps steps;
    const NumberFields fields = number_fields(*parse_number_line(made.line()), {}, steps);
    CHECK(fields.symbol.value == symbol);
    CHECK((fields.symbol.evidence.confidence < 0.9) == (route == ocr::Route::Ocr));
  }
}

TEST_CASE("what follows a number without a mark, and what is no capitals, is no symbol") {
  for (const char* line : {"Số: 36 CP", "Số: 12/tháng", "Số: 12/Ban", "CP/36"}) {
    CAPTURE(line);
    const MadeLine made(line);
    CHECK_FALSE(parse_number_line(made.line()));
  }
}

}  // namespace
}  // namespace vanban::extract
