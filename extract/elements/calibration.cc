#include "extract/elements/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "extract/record.h"

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

}  // namespace

double calibrated(double confidence) {
  const auto above =
      std::lower_bound(kCurve.begin() + 1, kCurve.end() - 1, confidence,
                       [](const Point& point, double value) { return point.confidence < value; });
  const Point &from = above[-1], &to = *above;
  const double way = (confidence - from.confidence) / (to.confidence - from.confidence);
  return std::lerp(from.share, to.share, std::clamp(way, 0.0, 1.0));
}

}  // namespace vanban::extract
