#include "extract/elements/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "extract/fields.h"

namespace vanban::extract {
namespace {

struct Point {
  double confidence, share;
};

// Fitted by tools/calibrate to drawn pages and to real ones, 1,227 fields of 152 files. Below
// kReviewBelow, where doubts of many kinds meet, it is flat; drawn here so that it rises a little,
// for the order of what to look at first. Above, all but one were right; less is claimed here.
constexpr std::array<Point, 8> kCurve{{{0, 0},
                                       {0.31, 0.66},
                                       {0.58, 0.69},
                                       {0.75, 0.72},
                                       {0.85, 0.74},
                                       {kReviewBelow, kReviewBelow},
                                       {0.94, 0.99},
                                       {1, 1}}};

void calibrate(Field& field) {
  if (field.value) field.evidence.confidence = calibrated(field.evidence.confidence);
}

void calibrate(Signer& signer) {
  for (Field* field : {&signer.authority, &signer.position, &signer.name}) calibrate(*field);
}

// A code is as sure as what is least sure in it.
void settle_code(Record& record) {
  if (!record.code.value || !record.number.value || !record.symbol.value) return;
  record.code.evidence.confidence =
      std::min(record.number.evidence.confidence, record.symbol.evidence.confidence);
  record.code.needs_review = record.code.evidence.confidence < kReviewBelow;
}

}  // namespace

double calibrated(double confidence) {
  const auto above =
      std::lower_bound(kCurve.begin() + 1, kCurve.end() - 1, confidence,
                       [](const Point& point, double value) { return point.confidence < value; });
  const Point &from = above[-1], &to = *above;
  const double way = (confidence - from.confidence) / (to.confidence - from.confidence);
  return std::lerp(from.share, to.share, std::clamp(way, 0.0, 1.0));
}

void calibrate_header(Record& record) {
  constexpr std::array<std::string_view, 5> kReadings{"number", "code", "date", "arrival.number",
                                                      "arrival.date"};
  for (const auto& [name, field] : document_fields(record))
    if (std::find(kReadings.begin(), kReadings.end(), name) == kReadings.end()) calibrate(*field);
  for (Signer& signer : record.signers) calibrate(signer);
  for (Field& issuer : record.joint_issuers) calibrate(issuer);
  settle_code(record);
}

}  // namespace vanban::extract
