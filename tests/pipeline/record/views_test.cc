#include "pipeline/record/views.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>
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

// What the archive's circular calls so.
ViewValue field(const std::string& name, const extract::Record& record = report(),
                const ocr::Document& document = scan()) {
  const auto values = view_values(record, document);
  const auto found = std::find_if(values.begin(), values.end(), [&](const ViewValue& other) {
    return other.place == "/archival/" + name;
  });
  REQUIRE(found != values.end());
  return *found;
}

std::string value(const std::string& name, const extract::Record& record = report(),
                  const ocr::Document& document = scan()) {
  const ViewValue found = field(name, record, document);
  return found.values.empty() ? "" : found.values.front();
}

TEST_CASE("what can be read off a page has the circular's form") {
  const auto values = view_values(report(), scan());
  CHECK(std::count_if(values.begin(), values.end(), [](const ViewValue& other) {
          return other.place.starts_with("/archival/");
        }) == 21);
  CHECK(value("typeName") == "14");
  CHECK(value("codeNumber") == "67");
  CHECK(value("codeNotation") == "BC-UBND");
  CHECK(value("issuedDate") == "05/07/2025");
  CHECK(value("organName") == "SỞ NỘI VỤ");
  CHECK(value("language") == "01");
  CHECK(value("numberOfPage") == "3");
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
  CHECK(value("typeName", record) == code);
}

TEST_CASE("what is not on the document is the archivist's to give") {
  for (const char* name : {"docId", "docCode", "maintenance", "inforSign", "keyword", "mode",
                           "autograph", "format", "process", "riskRecovery", "description"}) {
    CAPTURE(name);
    CHECK(value(name) == "");
    CHECK(field(name).reason == "not_on_document");
  }
}

TEST_CASE("confidenceLevel is the kind of original and no confidence") {
  CHECK(value("confidenceLevel") == "02");
  CHECK(value("confidenceLevel", report(), scan(ocr::Route::TextLayer)) == "");
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
  const ViewValue subject = field("subject", record);
  CHECK(subject.cut);
  CHECK(subject.values.front() == longer.substr(0, 500 * std::string("ệ").size()));
  CHECK_FALSE(field("subject").cut);
}

TEST_CASE("what was corrected is shown in every view, in the same form") {
  std::string longer;
  for (int i = 0; i < 600; ++i) longer += "ệ";
  const std::map<std::string, StatedField> stated{{"subject", {{longer}, ""}},
                                                  {"date", {{"2025-07-05"}, ""}},
                                                  {"type", {{}, "absent"}},
                                                  {"recipients", {{"Như trên", "Lưu: VT"}, ""}}};
  std::set<std::string> names;
  for (const auto& [name, field] : stated) names.insert(name);
  std::map<std::string, ViewValue> shown;
  for (const ViewValue& value :
       view_values(names, [&](std::string_view name) { return stated.at(std::string(name)); }))
    shown[value.place] = value;
  CHECK(shown.size() == 7);
  CHECK(shown.at("/archival/subject").cut);
  CHECK(shown.at("/archival/subject").values.front().size() == 500 * std::string("ệ").size());
  CHECK(shown.at("/edxml/Subject").values.front() == longer);
  CHECK(shown.at("/archival/issuedDate").values.front() == "05/07/2025");
  CHECK(shown.at("/edxml/PromulgationInfo/PromulgationDate").values.front() == "2025-07-05");
  CHECK(shown.at("/archival/typeName").reason == "absent");
  CHECK(shown.at("/edxml/ToPlaces").values.size() == 2);
}

}  // namespace
}  // namespace vanban::pipeline
