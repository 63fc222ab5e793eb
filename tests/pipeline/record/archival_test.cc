#include "pipeline/record/archival.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

using ocr::BlockKind;

extract::Field given(const std::string& value) {
  extract::Field out;
  out.value = value;
  return out;
}

ocr::Document scan(ocr::Route route = ocr::Route::Ocr) {
  return extract::made_document({extract::made_page(
      1, {extract::made_block(BlockKind::Body, {"Ủy ban nhân dân tỉnh báo cáo kết quả thực hiện"})},
      route)});
}

extract::Record report() {
  extract::Record record;
  record.first_page = 1;
  record.last_page = 3;
  record.type = given("Báo cáo");
  record.number = given("67");
  record.symbol = given("BC-UBND");
  record.date = given("2025-07-05");
  record.issuing_agency = given("SỞ NỘI VỤ");
  record.subject = given("Về việc nghỉ lễ");
  return record;
}

ArchivalField field(const std::string& name, const extract::Record& record = report(),
                    const ocr::Document& document = scan()) {
  const auto fields = archival_fields(record, document);
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const ArchivalField& other) { return other.name == name; });
  REQUIRE(found != fields.end());
  return *found;
}

TEST_CASE("what can be read off a page has the circular's form") {
  CHECK(archival_fields(report(), scan()).size() == 21);
  CHECK(field("typeName").value == "14");
  CHECK(field("codeNumber").value == "67");
  CHECK(field("codeNotation").value == "BC-UBND");
  CHECK(field("issuedDate").value == "05/07/2025");
  CHECK(field("organName").value == "SỞ NỘI VỤ");
  CHECK(field("language").value == "01");
  CHECK(field("numberOfPage").value == "3");
}

TEST_CASE("types have the codes of Decree 30's order") {
  const auto [type, code] = GENERATE(table<std::string, std::string>({{"Nghị quyết", "01"},
                                                                      {"Quy chế", "04"},
                                                                      {"Kế hoạch", "10"},
                                                                      {"Công văn", "22"},
                                                                      {"Giấy ủy quyền", "16"},
                                                                      {"Giấy uỷ quyền", "16"}}));
  extract::Record record = report();
  record.type = given(type);
  CHECK(field("typeName", record).value == code);
}

TEST_CASE("what is not on the document is the archivist's to give") {
  for (const char* name : {"docId", "docCode", "maintenance", "inforSign", "keyword", "mode",
                           "autograph", "format", "process", "riskRecovery", "description"}) {
    CAPTURE(name);
    CHECK_FALSE(field(name).value);
    CHECK(field(name).reason == "not_on_document");
  }
}

TEST_CASE("confidenceLevel is the kind of original and no confidence") {
  CHECK(field("confidenceLevel").value == "02");
  CHECK_FALSE(field("confidenceLevel", report(), scan(ocr::Route::TextLayer)).value);
}

TEST_CASE("a value that is missing keeps its own reason") {
  extract::Record record = report();
  record.number = {};
  record.number.reason = extract::Reason::Blank;
  CHECK(field("codeNumber", record).reason == "blank");
}

TEST_CASE("a subject is cut to 500 characters, whole ones") {
  extract::Record record = report();
  std::string longer;
  for (int i = 0; i < 600; ++i) longer += "ệ";
  record.subject = given(longer);
  const ArchivalField subject = field("subject", record);
  CHECK(subject.cut);
  CHECK(subject.value == longer.substr(0, 500 * std::string("ệ").size()));
  CHECK_FALSE(field("subject").cut);
}

}  // namespace
}  // namespace vanban::pipeline
