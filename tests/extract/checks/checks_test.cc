#include "extract/checks/checks.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

Field field(const std::string& value) {
  Field out;
  out.value = value;
  out.evidence.confidence = 0.97;
  out.evidence.page = 1;
  return out;
}

std::vector<Check> checks_of(const Record& record, const std::string& id) {
  std::vector<Check> out;
  std::copy_if(record.checks.begin(), record.checks.end(), std::back_inserter(out),
               [&](const Check& check) { return check.id == id; });
  return out;
}

// What the one check of this name says of a record.
std::optional<bool> outcome(Record record, const std::string& id) {
  record.checks = check_record({}, record);
  const auto checks = checks_of(record, id);
  REQUIRE(checks.size() == 1);
  return checks.front().holds;
}

// What is said of a body's lines.
std::vector<Check> of_body(const std::vector<std::string>& lines, const std::string& id) {
  return checks_of(extract(made_body(lines)), id);
}

TEST_CASE("the symbol begins with the abbreviation of the type") {
  const auto [symbol, holds] = GENERATE(table<std::string, std::optional<bool>>(
      {{"BC-SYT", true}, {"KH-SYT", false}, {"SYT-NVY", false}}));
  Record record;
  record.type = field("Báo cáo");
  record.symbol = field(symbol);
  CHECK(outcome(record, "symbol_type") == holds);
}

TEST_CASE("an inferred type proves nothing") {
  Record record;
  record.type = field("Báo cáo");
  record.type.evidence.source = FieldSource::Inferred;
  record.symbol = field("BC-SYT");
  CHECK(outcome(record, "symbol_type") == std::nullopt);
}

TEST_CASE("the symbol has the initials of the agency") {
  const auto [symbol, agency, holds] =
      GENERATE(table<std::string, std::string, std::optional<bool>>(
          {{"BC-SYT", "SỞ Y TẾ", true},
           {"SKHCN-CNTT", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", true},
           {"BC-UBND", "ỦY BAN NHÂN DÂN XÃ SÔNG THƯƠNG", true},
           {"BC-SYI", "SỞ Y TẾ", false},
           {"BC-TTKSBT", "SỞ Y TẾ", std::nullopt}}));
  CAPTURE(symbol);
  Record record;
  record.symbol = field(symbol);
  record.issuing_agency = field(agency);
  CHECK(outcome(record, "symbol_agency") == holds);
}

TEST_CASE("the place is what the agency is named after") {
  const auto [place, agency, holds] = GENERATE(table<std::string, std::string, std::optional<bool>>(
      {{"Sông Thương", "UBND TỈNH SÔNG THƯƠNG", true},
       {"Sông Thượng", "UBND TỈNH SÔNG THƯƠNG", false},
       {"Sông Thưong", "ỦY BAN NHÂN DÂN XÃ SÔNG THƯƠNG", false},
       {"Bến Đá", "UBND TỈNH SÔNG THƯƠNG", std::nullopt}}));
  CAPTURE(place);
  Record record;
  record.place = field(place);
  record.issuing_agency = field(agency);
  CHECK(outcome(record, "place_agency") == holds);
}

TEST_CASE("a place in the agency's province is as good") {
  Record record;
  record.place = field("Rạch Giá");
  record.parent_agency = field("UBND TỈNH KIÊN GIANG");
  CHECK(outcome(record, "place_agency") == true);
}

TEST_CASE("the unit that an agency is named after existed on the date") {
  const auto [agency, date, holds] = GENERATE(table<std::string, std::string, std::optional<bool>>(
      {{"UBND TỈNH KIÊN GIANG", "2018-04-24", true},
       {"UBND TỈNH KIÊN GIANG", "2025-09-01", false},
       {"UBND HUYỆN AN PHÚ", "2025-09-01", false},
       {"UBND XÃ SÔNG THƯƠNG HẠ", "2025-09-01", std::nullopt},
       {"BỘ Y TẾ", "2025-09-01", std::nullopt}}));
  CAPTURE(agency, date);
  Record record;
  record.date = field(date);
  record.issuing_agency = field(agency);
  CHECK(outcome(record, "unit_date") == holds);
}

TEST_CASE("who signs for the head is a deputy") {
  const auto [authority, position, holds] = GENERATE(
      table<std::string, std::string, std::optional<bool>>({{"TM. KT.", "PHÓ CHỦ TỊCH", true},
                                                            {"KT.", "CHỦ TỊCH", false},
                                                            {"", "PHÓ GIÁM ĐỐC", false},
                                                            {"TM.", "CHỦ TỊCH", std::nullopt}}));
  CAPTURE(authority, position);
  Record record;
  if (!authority.empty()) record.signer.authority = field(authority);
  record.signer.position = field(position);
  CHECK(outcome(record, "authority_position") == holds);
}

TEST_CASE("nobody signs before the date, and hardly months after it") {
  const auto [signing, holds] = GENERATE(table<std::string, bool>(
      {{"2025-03-04", true}, {"2025-03-20", true}, {"2025-03-03", false}, {"2026-03-04", false}}));
  CAPTURE(signing);
  Record record;
  record.date = field("2025-03-04");
  record.date.witnesses = {{"signing_time", signing, true}};
  CHECK(outcome(record, "date_signing_time") == holds);
}

TEST_CASE("a reference has one date") {
  const auto checks = of_body({"Theo Kế hoạch số 36/KH-UBND ngày 13/8/2025 của xã.",
                               "Thực hiện Kế hoạch số 36/KH-UBND ngày 15/8/2025 của xã."},
                              "reference_date");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == false);
  CHECK(checks[0].expected == "2025-08-13");
  CHECK(checks[0].found == "2025-08-15");
  CHECK(checks[0].paths == std::vector<std::string>{"/references/0"});
}

TEST_CASE("a reference's symbol is its issuer's") {
  const auto [issuer, holds] = GENERATE(table<std::string, bool>(
      {{"Sở Khoa học và Công nghệ", true}, {"Văn phòng Chính phủ", false}}));
  const auto checks =
      of_body({"Theo Công văn số 5746/SKHCN-CĐS ngày 03/7/2025 của " + issuer + " về dữ liệu."},
              "reference_issuer");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == holds);
}

}  // namespace
}  // namespace vanban::extract
