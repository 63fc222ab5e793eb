#include "pipeline/batch/corrections.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "pipeline/batch/summary.h"
#include "pipeline/record/schema.h"
#include "pipeline/run.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;

// Of a letter that says all but its number.
std::string letter_record() {
  return extract_text({"thu.txt",
                       "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                       "TỈNH SÔNG THƯƠNG\tĐộc lập - Tự do - Hạnh phúc\n"
                       "Số:      /BC-UBND\tSông Thương, ngày 25 tháng 7 năm 2025\n"
                       "BÁO CÁO\nKết quả sáu tháng\n"
                       "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n"
                       "CHỦ TỊCH\nTrần Văn An\n"},
                      {})
      .record_json;
}

TEST_CASE("a corrected value is the operator's, and the reading is kept") {
  const std::string record = letter_record();
  const Json before = Json::parse(record);
  const std::string corrected = corrected_record(record, {{"number", "67"},
                                                          {"date", "2025-07-26"},
                                                          {"signer.name", std::nullopt},
                                                          {"addressees", "Sở Nội vụ; Sở Tài chính"},
                                                          {"recipients", "Như trên; Lưu: VT, TH"}});
  CHECK(schema_errors(corrected) == std::vector<std::string>{});
  const Json after = Json::parse(corrected);
  const Json& document = after.at("document");

  CHECK(document.at("number").at("value") == "67");
  CHECK(document.at("number").at("source") == "operator");
  CHECK(document.at("number").at("confidence") == 1);
  CHECK(document.at("number").at("reading").at("value").is_null());
  CHECK(document.at("date").at("reading").at("value") == "2025-07-25");
  CHECK(document.at("date").at("raw") == before.at("document").at("date").at("raw"));
  CHECK(document.at("signer").at("name").at("value").is_null());
  CHECK(document.at("signer").at("name").at("reason") == "absent");
  CHECK(document.at("signers").at(0) == document.at("signer"));
  CHECK(document.at("addressees").at("value") == Json{"Sở Nội vụ", "Sở Tài chính"});
  CHECK(document.at("recipients").size() == 2);
  CHECK(document.at("recipients").at(0) == before.at("document").at("recipients").at(0));

  // What says the same by other names follows.
  CHECK(document.at("code").at("value") == "67/BC-UBND");
  CHECK(after.at("archival").at("codeNumber").at("value") == "67");
  CHECK(after.at("archival").at("issuedDate").at("value") == "26/07/2025");
  CHECK(after.at("edxml").at("Code").at("CodeNumber") == "67");
  CHECK(after.at("edxml").at("SignerInfo").at("FullName").is_null());
  CHECK(after.at("edxml").at("To").at(1).at("OrganName") == "Sở Tài chính");

  // The five that were given, and the code.
  CHECK(summarize(corrected).front().reviewed == 6);
}

TEST_CASE("a second correction keeps what vanban had read") {
  const std::string once = corrected_record(letter_record(), {{"place", "Bắc Thương"}});
  const Json twice = Json::parse(corrected_record(once, {{"place", "Nam Thương"}}));
  CHECK(twice.at("document").at("place").at("value") == "Nam Thương");
  CHECK(twice.at("document").at("place").at("reading").at("value") == "Sông Thương");
}

std::string record_with_number_line(const std::string& line) {
  return extract_text({"kh.txt",
                       "TỈNH ỦY SÔNG THƯƠNG\tĐẢNG CỘNG SẢN VIỆT NAM\n*\tSông Thương, ngày 25 "
                       "tháng 7 năm 2025\n" +
                           line + "\nKẾ HOẠCH\nKết quả sáu tháng\n"},
                      {})
      .record_json;
}

TEST_CASE("a code keeps the sign between its number and its symbol") {
  // Read code; number; symbol; the code after a correction of the number to 32.
  const auto [line, read, corrected] = GENERATE(table<std::string, std::string, std::string>({
      {"Số: 31-KH/TU", "31-KH/TU", "32-KH/TU"},
      {"Số: 31-KH-UBND", "31-KH-UBND", "32-KH-UBND"},
      {"Số: 31/KH-UBND", "31/KH-UBND", "32/KH-UBND"},
      // Where there was no code, the sign before the symbol tells.
      {"Số:     /KH-UBND", "", "32/KH-UBND"},
      {"Số:     -KH/TU", "", "32-KH/TU"},
  }));
  CAPTURE(line);
  const std::string record = record_with_number_line(line);
  const Json before = Json::parse(record).at("document").at("code").at("value");
  CHECK((before.is_null() ? "" : before.get<std::string>()) == read);
  const std::string once = corrected_record(record, {{"number", "32"}});
  CHECK(Json::parse(once).at("document").at("code").at("value") == corrected);
  // And again, now that the code is the operator's.
  const Json twice = Json::parse(corrected_record(once, {{"number", "33"}}));
  CHECK(twice.at("document").at("code").at("value") == "33" + corrected.substr(2));
}

TEST_CASE("a symbol that was typed in has the sign of its kind") {
  const std::string record = record_with_number_line("");
  const auto code_of = [&](const std::string& symbol) {
    const Json corrected =
        Json::parse(corrected_record(record, {{"number", "5"}, {"symbol", symbol}}));
    return corrected.at("document").at("code").at("value").get<std::string>();
  };
  CHECK(code_of("KH-UBND") == "5/KH-UBND");
  CHECK(code_of("KH/TU") == "5-KH/TU");
}

TEST_CASE("a corrected subject is cut in the archive's view alone") {
  std::string longer;
  for (int i = 0; i < 600; ++i) longer += "ệ";
  const std::string corrected = corrected_record(letter_record(), {{"subject", longer}});
  CHECK(schema_errors(corrected) == std::vector<std::string>{});
  const Json after = Json::parse(corrected);
  CHECK(after.at("document").at("subject").at("value") == longer);
  CHECK(after.at("edxml").at("Subject") == longer);
  const Json& archival = after.at("archival").at("subject");
  CHECK(archival.at("cut") == true);
  CHECK(archival.at("value").get<std::string>().size() == 500 * std::string("ệ").size());
}

TEST_CASE("a list keeps what was read, also where it is emptied") {
  const Json before = Json::parse(letter_record());
  const std::string emptied = corrected_record(before.dump(), {{"recipients", std::nullopt}});
  CHECK(schema_errors(emptied) == std::vector<std::string>{});
  Json document = Json::parse(emptied).at("document");
  CHECK(document.at("recipients").empty());
  CHECK(document.at("readings").at("recipients") == before.at("document").at("recipients"));
  CHECK(summarize(emptied).front().field("recipients").source == kOperator);
  // Once more: what was read stays what it was.
  const std::string filled = corrected_record(emptied, {{"recipients", "Sở Nội vụ"}});
  document = Json::parse(filled).at("document");
  CHECK(document.at("recipients").at(0).at("text").at("value") == "Sở Nội vụ");
  CHECK(document.at("readings").at("recipients") == before.at("document").at("recipients"));
}

TEST_CASE("entries of a list that was seen need no look") {
  Json record = Json::parse(letter_record());
  record["document"]["recipients"][1]["text"]["confidence"] = 0.4;
  REQUIRE(summarize(record.dump()).front().field("recipients").doubtful);
  const std::string seen = corrected_record(record.dump(), {{"recipients", "Như trên; Lưu: VT"}});
  CHECK_FALSE(summarize(seen).front().field("recipients").doubtful);
  const Json entries = Json::parse(seen).at("document").at("recipients");
  CHECK(entries.at(0) == record.at("document").at("recipients").at(0));
  CHECK(entries.at(1).at("text").at("source") == "operator");
  CHECK(entries.at(1).at("text").at("raw") ==
        record.at("document").at("recipients").at(1).at("text").at("raw"));
}

const Json& check_of(const Json& record, const std::string& id) {
  for (const Json& check : record.at("checks"))
    if (check.at("id") == id) return check;
  throw std::out_of_range(id);
}

TEST_CASE("checks, parts and what checks doubted are worked out anew") {
  Json record = Json::parse(letter_record());
  // As a reading leaves it whose type was misread: the check fails, and what it compared is
  // doubted.
  Json& document = record["document"];
  document["type"]["value"] = "Kế hoạch";
  for (Json& check : record["checks"])
    if (check.at("id") == "symbol_type") {
      check["ok"] = false;
      check["expected"] = "KH";
      check["found"] = "BC";
    }
  for (const char* field : {"type", "symbol"}) {
    document[field]["confidence"] = 0.8;
    document[field]["needs_review"] = true;
  }
  REQUIRE(summarize(record.dump()).front().failed_checks.size() == 1);
  const std::string once =
      corrected_record(record.dump(), {{"type", "Báo cáo"}, {"date", "2025-08-01"}});
  CHECK(schema_errors(once) == std::vector<std::string>{});
  const Json after = Json::parse(once);
  CHECK(check_of(after, "symbol_type").at("ok") == true);
  CHECK(check_of(after, "symbol_type").at("expected") == "BC");
  CHECK(after.at("document").at("symbol").at("confidence") == 0.9);
  CHECK_FALSE(after.at("document").at("symbol").contains("needs_review"));
  CHECK(summarize(once).front().failed_checks.empty());
  const Json& parts = after.at("document").at("date").at("parts");
  CHECK(parts.at("day").at("value") == 1);
  CHECK(parts.at("day").at("reading").at("value") == 25);
  CHECK(parts.at("month").at("value") == 8);
  CHECK(parts.at("year") == record.at("document").at("date").at("parts").at("year"));
  // As often as it is done.
  CHECK(corrected_record(once, {{"type", "Báo cáo"}, {"date", "2025-08-01"}}) == once);
  // And where the new value contradicts what was read.
  const Json wrong = Json::parse(corrected_record(once, {{"type", "Quyết định"}}));
  CHECK(check_of(wrong, "symbol_type").at("ok") == false);
  CHECK(wrong.at("document").at("symbol").at("needs_review") == true);
  CHECK_FALSE(wrong.at("document").at("type").contains("needs_review"));
}

TEST_CASE("a record says whether a person should look, and no more once one has") {
  const Json before = Json::parse(letter_record());
  // Its number is blank; what it has it has for certain.
  REQUIRE(before.at("needs_review") == false);
  Json record = before;
  record["document"]["subject"] = {
      {"value", nullptr}, {"reason", "absent"}, {"needs_review", true}};
  CHECK(summarize(record.dump()).front().field("subject").doubtful);
  record["needs_review"] = true;
  const Json after =
      Json::parse(corrected_record(record.dump(), {{"subject", "Kết quả sáu tháng"}}));
  CHECK(after.at("needs_review") == false);
}

TEST_CASE("no correction changes nothing") {
  const std::string record = letter_record();
  CHECK(corrected_record(record, {}) == record);
}

TEST_CASE("there is nothing to correct in fields that are none") {
  CHECK_THROWS_AS(corrected_record(letter_record(), {{"checks", "x"}}), std::invalid_argument);
}

TEST_CASE("a summary comes out of the ledger's text as it went in") {
  const std::vector<Summary> summaries = summarize(letter_record());
  const std::string json = summaries_to_json(summaries);
  CHECK(summaries_to_json(summaries_from_json(json)) == json);
  CHECK(summaries.front().field("symbol").value == "BC-UBND");
  CHECK_THROWS_AS(summaries.front().field("none"), std::out_of_range);
}

}  // namespace
}  // namespace vanban::pipeline
