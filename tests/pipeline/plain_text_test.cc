// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "pipeline/plain_text.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "extract/extract.h"

namespace vanban::pipeline {
namespace {

using Value = std::optional<std::string>;

const std::string kReport =
    "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "XÃ SÔNG THƯƠNG Độc lập - Tự do - Hạnh phúc\n"
    "Số: 67/BC-UBND Sông Thương, ngày 25 tháng 7 năm 2025\n"
    "BÁO CÁO\n\n"
    "Kết quả chuyển đổi số\nsáu tháng đầu năm 2025\n\n\n"
    "Thực hiện Kế hoạch số 18/KH-UBND ngày 08/7/2025 của UBND huyện,\n"
    "Ủy ban nhân dân xã báo cáo như sau:\n\n"
    "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n"
    "- UBND huyện; CHỦ TỊCH\n"
    "- Lưu: VT.\n"
    "Trần Văn Bình\n";

extract::Record record_of(const std::string& text) {
  return extract::extract(document_of_text(text));
}

TEST_CASE("header columns that share lines are parted, and all fields found") {
  const extract::Record record = record_of(kReport);
  CHECK(record.issuing_agency.value == Value("ỦY BAN NHÂN DÂN XÃ SÔNG THƯƠNG"));
  CHECK(record.code.value == Value("67/BC-UBND"));
  CHECK(record.number.kind == ocr::SlotKind::Printed);
  CHECK(record.place.value == Value("Sông Thương"));
  CHECK(record.date.value == Value("2025-07-25"));
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK(record.subject.value == Value("Kết quả chuyển đổi số sáu tháng đầu năm 2025"));
  CHECK(record.references.size() == 1);
  CHECK(record.signer.authority.value == Value("TM."));
  CHECK(record.signer.position.value == Value("CHỦ TỊCH"));
  CHECK(record.signer.name.value == Value("Trần Văn Bình"));
  REQUIRE(record.recipients.size() == 2);
  CHECK(record.recipients[0].value == Value("UBND huyện"));
  CHECK(record.recipients[1].value == Value("Lưu: VT"));
}

TEST_CASE("place and date are parted from the number, however they are written") {
  const auto [line, place] = GENERATE(table<std::string, Value>({
      {"Sông thương, ngày 25 tháng 7 năm 2025", "Sông thương"},
      {"Bà Rịa - Vũng Tàu, ngày 25 tháng 7 năm 2025", "Bà Rịa - Vũng Tàu"},
      {"Sông Thương, ngày 25/7/2025", "Sông Thương"},
      {"Sông Thương, 25.7.2025", "Sông Thương"},
      {"\nSông Thương, ngày 25 tháng 7\nnăm 2025", "Sông Thương"},
      {"\nSông Thương,\nngày 25 tháng 7 năm 2025", "Sông Thương"},
      {"\nngày 25 tháng 7 năm 2025", {}},
  }));
  CAPTURE(line);
  std::string text = kReport;
  const std::string usual = "Sông Thương, ngày 25 tháng 7 năm 2025";
  text.replace(text.find(usual), usual.size(), line);
  const extract::Record record = record_of(text);
  CHECK(record.place.value == place);
  CHECK(record.date.value == Value("2025-07-25"));
  CHECK(record.code.value == Value("67/BC-UBND"));
}

TEST_CASE("names of all peoples and names with degrees are found below the title") {
  const auto [line, name] = GENERATE(table<std::string, std::string>({
      {"Ksor Blơn", "Ksor Blơn"},
      {"K' Brểu", "K' Brểu"},
      {"TS. BS. Trần Văn Bình", "Trần Văn Bình"},
      {"Thiếu tướng Trần Văn Bình", "Trần Văn Bình"},
  }));
  CAPTURE(line);
  std::string text = kReport;
  text.replace(text.find("Trần Văn Bình"), std::string("Trần Văn Bình").size(), line);
  CHECK(record_of(text).signer.name.value == Value(name));
}

TEST_CASE("an empty line after each line changes nothing") {
  std::string spaced;
  for (const char c : kReport) spaced += c == '\n' ? std::string("\n\n") : std::string(1, c);
  const extract::Record record = record_of(spaced);
  CHECK(record.code.value == Value("67/BC-UBND"));
  CHECK(record.subject.value == Value("Kết quả chuyển đổi số sáu tháng đầu năm 2025"));
  CHECK(record.signer.name.value == Value("Trần Văn Bình"));
}

TEST_CASE("blanks of a form are blank") {
  const extract::Record record =
      record_of("Số: /BC-UBND\nHồng Hà, ngày tháng năm 2025\nBÁO CÁO\nKết quả\n\nThực hiện.\n");
  CHECK(record.symbol.value == Value("BC-UBND"));
  CHECK_FALSE(record.number.value);
  CHECK(record.number.reason == extract::Reason::Blank);
  CHECK(record.number.kind == ocr::SlotKind::Blank);
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == extract::Reason::Blank);
  CHECK(record.date_parts.year.value == Value("2025"));
}

TEST_CASE("a text without a header has none") {
  const extract::Record record =
      record_of("BÁO CÁO\nRà soát kết quả\n\nThực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị,\n");
  CHECK_FALSE(record.number.value);
  CHECK_FALSE(record.issuing_agency.value);
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK(record.references.size() == 1);
}

TEST_CASE("pages are parted by form feeds, and no word is lost") {
  const auto document = document_of_text("một hai\nba\f\fbốn\n");
  REQUIRE(document.pages.size() == 3);
  std::vector<std::string> words;
  for (const ocr::Page& page : document.pages)
    for (const ocr::Word& word : words_of(page.blocks)) words.push_back(word.text);
  CHECK(words == std::vector<std::string>{"một", "hai", "ba", "bốn"});
  CHECK(document.pages[2].number == 3);
}

TEST_CASE("text is taken in NFC") {
  const auto document = document_of_text("BA\xCC\x81O");
  CHECK(words_of(document.pages.at(0).blocks).at(0).text == "BÁO");
}

TEST_CASE("any text is taken without a fault") {
  for (const char* text : {"", "\n", "\f", "\f\f", " ", "Số:", "ngày tháng năm", "Nơi nhận:", "- ;",
                           "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TM.", "ngày 3 tháng 2 năm"})
    CHECK_NOTHROW(record_of(text));
}

}  // namespace
}  // namespace vanban::pipeline
