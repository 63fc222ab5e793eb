#include "pipeline/record/explain.h"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "pipeline/run.h"

namespace vanban::pipeline {
namespace {

const Input kReport{"report.txt",
                    "UBND TỈNH SÔNG THƯƠNG\nSỞ NỘI VỤ\nSố: 58/BC-SNV\n"
                    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
                    "Sông Thương, ngày 20 tháng 11 năm 2025\nBÁO CÁO\nKết quả năm\n"
                    "Thực hiện Kế hoạch số 9/KH-UBND ngày 02/3/2025 của tỉnh.\n"};

std::string why(const std::string& field) { return explain_text(kReport, {}, field); }

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("lines that were refused come before the one that was taken") {
  const std::string text = why("number");
  const std::size_t refused = text.find("\"SỞ NỘI VỤ\""), taken = text.find("\"Số: 58/BC-SNV\"");
  REQUIRE(refused != std::string::npos);
  REQUIRE(taken != std::string::npos);
  CHECK(refused < taken);
  CHECK(has(text, "refused"));
  CHECK(has(text, "number: \"58\""));
}

TEST_CASE("what speaks for a value and the checks it took part in are told") {
  CHECK(has(why("date"), "cited_date says \"2025-03-02\": agrees"));
  CHECK(has(why("symbol"), "check symbol_type: holds"));
  CHECK(has(why("place"), "check place_agency: holds"));
}

TEST_CASE("a field without a value says why") {
  const std::string text = why("signer.name");
  CHECK(has(text, "signer.name: none; it is not there"));
  CHECK(has(text, "No rule saw anything"));
}

TEST_CASE("every field of a record can be asked for, and no other") {
  for (const char* field :
       {"parent_agency", "issuing_agency", "number", "symbol", "code", "place", "date", "type",
        "subject", "urgency", "signer.authority", "signer.position", "signer.name", "addressees",
        "recipients", "office_phone"}) {
    CAPTURE(field);
    CHECK_FALSE(why(field).empty());
  }
  CHECK_THROWS_AS(why("foo"), std::invalid_argument);
}

TEST_CASE("fields of patterns are explained too") {
  RecordOptions options;
  options.fields.push_back({});
  options.fields[0].name = "plan";
  options.fields[0].pattern = "\\d+/KH-UBND";
  const std::string text = explain_text(kReport, options, "plan");
  CHECK(has(text, "taken: the pattern matches"));
  CHECK(has(text, "plan: \"9/KH-UBND\""));
}

}  // namespace
}  // namespace vanban::pipeline
