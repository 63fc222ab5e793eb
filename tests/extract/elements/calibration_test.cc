#include "extract/elements/calibration.h"

#include <catch2/catch.hpp>

#include "extract/record.h"

namespace vanban::extract {
namespace {

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

}  // namespace
}  // namespace vanban::extract
