#include "extract/confidences.h"

#include <catch2/catch.hpp>

#include "extract/checks/checks.h"
#include "extract/elements/calibration.h"

namespace vanban::extract {
namespace {

Field given(const char* value, double confidence) {
  Field field;
  field.value = value;
  field.evidence.confidence = confidence;
  return field;
}

TEST_CASE("what agrees with something else is the surer for it") {
  Record record;
  record.type = given("Báo cáo", 0.97);
  record.symbol = given("BC-SYT", 0.97);
  record.issuing_agency = given("SỞ Y TẾ", 0.97);
  for (Field* each : {&record.type, &record.symbol}) each->evidence.confidence = 0.8;
  record.checks = check_record({}, record);
  weigh_checks(record);
  // Two checks saw the symbol, one the type.
  CHECK(record.symbol.evidence.confidence == Approx(0.95));
  CHECK(record.type.evidence.confidence == Approx(0.9));
}

TEST_CASE("letters that no check has seen stay doubtful") {
  Record record;
  record.type = given("Báo cáo", 0.97);
  record.symbol = given("BC-SYT-TCCB", 0.97);
  record.symbol.evidence.confidence = 0.8;
  record.issuing_agency = given("SỞ Y TẾ", 0.97);
  record.checks = check_record({}, record);
  weigh_checks(record);
  CHECK(record.symbol.evidence.confidence == Approx(0.8));
}

TEST_CASE("what a failed check compared asks for a look") {
  Record record;
  record.type = given("Báo cáo", 0.97);
  record.symbol = given("KH-SYT", 0.97);
  record.checks = check_record({}, record);
  weigh_checks(record);
  CHECK(record.symbol.needs_review);
  CHECK(record.type.needs_review);
  CHECK(record.symbol.evidence.confidence < kReviewBelow);
  CHECK_FALSE(record.place.needs_review);
}

TEST_CASE("fields of the header are calibrated, readings stay, a code is as sure as its parts") {
  Record record;
  record.number = given("142", 0.93);
  record.symbol = given("BC-UBND", 0.96);
  record.code = given("142/BC-UBND", 0.93);
  record.type = given("Báo cáo", 0.96);
  record.signer.name = given("Lương Khắc Thuần", 0.85);
  record.signers = {record.signer};
  calibrate_fields(record);
  CHECK(record.number.evidence.confidence == 0.93);
  CHECK(record.type.evidence.confidence == calibrated(0.96));
  CHECK(record.signer.name.evidence.confidence == calibrated(0.85));
  CHECK(record.signers[0].name.evidence.confidence == calibrated(0.85));
  CHECK(record.code.evidence.confidence == 0.93);
  CHECK_FALSE(record.code.needs_review);

  record.symbol = given("BC-UBND", 0.85);
  calibrate_fields(record);
  CHECK(record.code.evidence.confidence == calibrated(0.85));
  CHECK(record.code.needs_review);
}

TEST_CASE("what ought to have a value and has none asks for a look") {
  Record record;
  record.place.reason = Reason::Absent;
  record.urgency.reason = Reason::NotApplicable;
  record.number.reason = Reason::Blank;
  record.signer.name.reason = Reason::Illegible;
  record.arrival.date.reason = Reason::Ambiguous;
  record.signers = {record.signer};
  record.type = given("Báo cáo", 0.97);
  doubt_missing(record);
  CHECK(record.subject.needs_review);
  CHECK(record.date.needs_review);
  CHECK(record.issuing_agency.needs_review);
  CHECK(record.signer.name.needs_review);
  CHECK(record.signers[0].name.needs_review);
  CHECK(record.arrival.date.needs_review);
  for (const Field* fine : {&record.place, &record.urgency, &record.number, &record.type})
    CHECK_FALSE(fine->needs_review);
}

TEST_CASE("a value beside print that was not read asks for a look") {
  Record record;
  record.subject = given("Về việc tuyển sinh", 0.97);
  record.subject.evidence.page = 1;
  record.subject.evidence.box = {100, 200, 300, 215};
  record.place = given("Hà Nội", 0.97);
  record.place.evidence.page = 1;
  record.place.evidence.box = {400, 60, 450, 75};
  ocr::Document document;
  document.pages.emplace_back();
  document.pages[0].number = 1;
  // The line below the subject.
  document.pages[0].unread = {{ocr::UnreadKind::Print, {150, 220, 260, 234}, 9}};
  doubt_beside_unread(record, document);
  CHECK(record.subject.needs_review);
  CHECK(record.subject.evidence.confidence < kReviewBelow);
  CHECK_FALSE(record.place.needs_review);
  CHECK(record.place.evidence.confidence == Approx(0.97));
}

TEST_CASE("the same value has the same confidence wherever it stands") {
  Record record;
  record.signer.name = given("Lương Khắc Thuần", 0.85);
  Signer second;
  second.name = given("Trần Văn An", 0.6);
  record.signers = {record.signer, second};
  record.issuing_agency = given("SỞ Y TẾ", 0.8);
  record.joint_issuers = {record.issuing_agency, given("SỞ TÀI CHÍNH", 0.7)};
  // What checks and print that was not read do to the fields that stand alone.
  record.signer.name.evidence.confidence = 0.95;
  record.issuing_agency.needs_review = true;
  settle_twins(record);
  CHECK(record.signers[0].name.evidence.confidence == 0.95);
  CHECK(record.signers[1].name.evidence.confidence == 0.6);
  CHECK(record.joint_issuers[0].needs_review);
  CHECK_FALSE(record.joint_issuers[1].needs_review);
}

}  // namespace
}  // namespace vanban::extract
