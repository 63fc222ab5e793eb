#include "tools/cli/record_summary.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "diacritics/text/text.h"

namespace vanban::tools {
namespace {

using Json = nlohmann::json;

Json absent() { return {{"value", nullptr}, {"reason", "absent"}}; }
Json given(const char* value, double confidence = 0.97) {
  return {{"value", value}, {"confidence", confidence}, {"source", "ocr"}};
}

Json record() {
  Json document{
      {"signer",
       {{"authority", given("KT.")}, {"position", given("PHÓ CHỦ TỊCH")}, {"name", absent()}}},
      {"arrival", {{"number", absent()}, {"date", absent()}}},
      {"recipients", Json::array()}};
  for (const char* name : {"parent_agency", "addressees", "urgency", "secrecy"})
    document[name] = absent();
  document["type"] = given("Báo cáo");
  document["code"] = given("67/BC-UBND", 0.71);
  document["number"] = given("67", 0.71);
  document["symbol"] = given("BC-UBND");
  document["issuing_agency"] = given("UBND TỈNH SÔNG THƯƠNG");
  document["place"] = given("Sông Thương");
  document["date"] = {{"value", nullptr}, {"reason", "illegible"}};
  document["subject"] = given("Về việc tổ chức\ntập huấn");
  return {{"document", document},
          {"checks", Json::array()},
          {"indicators", Json::array()},
          {"source", {{"pages", {1, 2}}}},
          {"pages", Json::array()}};
}

const SummaryWords kPlain{[](const std::string& text) { return text; },
                          [](std::string_view field) { return std::string(field); }};

TEST_CASE("a record is told in some ten lines, doubts among them") {
  const std::string text = record_summary(record().dump(), kPlain, 80, {{"Record", "how"}});
  CHECK(text ==
        "Document    Báo cáo 67/BC-UBND\n"
        "From        UBND TỈNH SÔNG THƯƠNG\n"
        "Date        Sông Thương\n"
        "Subject     Về việc tổ chức\\ntập huấn\n"
        "Signed      KT. PHÓ CHỦ TỊCH\n"
        "Pages       1-2\n"
        "To look at  number (0.71); date (illegible)\n"
        "Record      how\n");
}

TEST_CASE("each of several documents is told, and what is long in two lines") {
  Json one = record();
  std::string words;
  for (int i = 0; i < 60; ++i) words += "tiếng ";
  one["document"]["subject"] = given(words.c_str());
  const std::string text = record_summary(Json{one, one}.dump(), kPlain, 60, {});
  std::istringstream lines(text);
  int documents = 0, of_subject = 0;
  for (std::string line; std::getline(lines, line);) {
    CHECK(diacritics::to_code_points(line).size() <= 60);
    documents += line.starts_with("Document");
    of_subject += line.find("tiếng") != std::string::npos;
  }
  CHECK(documents == 2);
  CHECK(of_subject == 4);
  CHECK_THAT(text, Catch::Contains("…"));
}

TEST_CASE("labels and reasons are in the reader's language") {
  const SummaryWords words{[](const std::string& text) { return '<' + text + '>'; },
                           [](std::string_view) { return std::string("trường"); }};
  const std::string text = record_summary(record().dump(), words, 80, {});
  CHECK_THAT(text, Catch::Contains("<Document>") && Catch::Contains("trường (<illegible>)"));
}

}  // namespace
}  // namespace vanban::tools
