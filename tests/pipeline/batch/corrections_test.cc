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
