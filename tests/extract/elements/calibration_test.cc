#include "extract/elements/calibration.h"

#include <catch2/catch.hpp>

namespace vanban::extract {
namespace {

Field given(const char* value, double confidence) {
  Field field;
  field.value = value;
  field.evidence.confidence = confidence;
  return field;
}

TEST_CASE("a calibrated confidence rises from 0 to 1 and asks for a look where it did") {
  CHECK(calibrated(0) == 0);
  CHECK(calibrated(1) == 1);
  CHECK(calibrated(kReviewBelow) == kReviewBelow);
  double before = 0;
  for (int i = 1; i <= 1000; ++i) {
    const double share = calibrated(i / 1000.0);
    CAPTURE(i);
    CHECK(share > before);
    CHECK(share <= 1);
    before = share;
  }
}

TEST_CASE("a field that is sure is surer than the engine says, a doubtful one less so") {
  CHECK(calibrated(0.95) > 0.98);
  CHECK(calibrated(0.85) < 0.8);
}

TEST_CASE("fields of the header are calibrated, readings stay, a code is as sure as its parts") {
  Record record;
  record.number = given("142", 0.93);
  record.symbol = given("BC-UBND", 0.96);
  record.code = given("142/BC-UBND", 0.93);
  record.type = given("Báo cáo", 0.96);
  record.signer.name = given("Lương Khắc Thuần", 0.85);
  record.signers = {record.signer};
  calibrate_header(record);
  CHECK(record.number.evidence.confidence == 0.93);
  CHECK(record.type.evidence.confidence == calibrated(0.96));
  CHECK(record.signer.name.evidence.confidence == calibrated(0.85));
  CHECK(record.signers[0].name.evidence.confidence == calibrated(0.85));
  CHECK(record.code.evidence.confidence == 0.93);
  CHECK_FALSE(record.code.needs_review);

  record.symbol = given("BC-UBND", 0.85);
  calibrate_header(record);
  CHECK(record.code.evidence.confidence == calibrated(0.85));
  CHECK(record.code.needs_review);
}

}  // namespace
}  // namespace vanban::extract
