#include "ocr/clean/rules.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace vanban::ocr {
namespace {

// The shortest rules, in mm: no letter has a stroke this long.
constexpr double kLevelMin = 9.3, kUprightMin = 6.8;
// A thicker short bar is a blot or a dark scan edge.
constexpr double kThicknessMax = 1.4;  // mm
// Broken rules: how thick at most, how wide a gap, in mm; how much of their length is drawn at
// least, and how much ink beside them, against their own, makes them strokes of letters.
constexpr double kThinMax = 0.8, kGapMax = 1.0, kDrawnShare = 0.35, kBesideShare = 0.3;
constexpr double kBesideMm = 0.4;
// Scraps of rules: how long at least; letters stand closer to one another than text to a rule.
constexpr double kScrapMin = 1.6, kBesideScrapMm = 1.0, kBesideScrapShare = 0.15;
// Rules are cut into pieces of this length; a lean of one degree is then a pixel or less.
constexpr double kPieceLength = 5;  // mm

cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

Image to_image(const cv::Mat& grey, double dpi) {
  Image out{grey.cols, grey.rows, 1, dpi, {}};
  out.pixels.assign(grey.datastart, grey.dataend);
  return out;
}

Box to_box(const cv::Rect& rect) {
  return {double(rect.x), double(rect.y), double(rect.x + rect.width),
          double(rect.y + rect.height)};
}

// One direction of rules; upright ones are looked for in the transposed ink, where they are level.
class StrokeFinder {
 public:
  StrokeFinder(cv::Mat ink, double dpi, double length_min_mm)
      : ink_(std::move(ink)), pixels_per_mm_(dpi / 25.4), length_min_(pixels(length_min_mm)) {
    // A thin rule that leans changes its row of pixels more often than every `length_min_`.
    cv::dilate(ink_, thick_, cv::Mat::ones(3, 1, CV_8U));
    find_strong();
    find_broken();
  }

  // Ink that runs across rules far beyond their thickness: tails of letters, pen strokes.
  cv::Mat crossing() const {
    cv::Mat out;
    const int length = 2 * static_cast<int>(std::ceil(thickest_)) + 3;
    cv::morphologyEx(ink_, out, cv::MORPH_OPEN, cv::Mat::ones(length, 1, CV_8U));
    return out;
  }

  // Strokes that stand alone but for the rules across, which begin and end there.
  std::vector<cv::Rect> scraps(const cv::Mat& rules_across) const {
    cv::Mat strokes, labels, stats, centroids;
    cv::morphologyEx(thick_, strokes, cv::MORPH_OPEN, cv::Mat::ones(1, pixels(kScrapMin), CV_8U));
    strokes &= ink_;
    strokes.setTo(0, mask);
    const cv::Mat letters = ink_ & ~rules_across;
    const int count =
        cv::connectedComponentsWithStats(strokes, labels, stats, centroids, 8, CV_32S);
    std::vector<cv::Rect> out;
    for (int i = 1; i < count; ++i)
      if (const cv::Rect rect = rect_of(stats, i);
          rect.height <= pixels(kThinMax) &&
          ink_beside(letters, rect, kBesideScrapMm) < kBesideScrapShare)
        out.push_back(rect);
    return out;
  }

  // All that is known of the rules, broken ones too.
  cv::Mat area() const {
    cv::Mat out = mask.clone();
    for (const cv::Rect& piece : pieces) cv::rectangle(out, piece, 255, cv::FILLED);
    cv::dilate(out, out, cv::Mat::ones(3, 3, CV_8U));
    return out;
  }

  std::vector<cv::Rect> rules, pieces;
  cv::Mat mask;  // of `ink_`

 private:
  int pixels(double mm) const {
    return std::max(1, static_cast<int>(std::lround(mm * pixels_per_mm_)));
  }

  cv::Mat opened(int length) const {
    cv::Mat out;
    cv::morphologyEx(thick_, out, cv::MORPH_OPEN, cv::Mat::ones(1, length, CV_8U));
    return out & ink_;
  }

  void add(const cv::Mat& labels, int label, const cv::Rect& rect) {
    rules.push_back(rect);
    for (const cv::Rect& part : cut(rect)) {
      const cv::Mat own = labels(part) == label;
      mask(part).setTo(255, own);
      const cv::Rect tight = cv::boundingRect(own);
      if (tight.area() > 0) pieces.push_back(tight + part.tl());
    }
  }

  void find_strong() {
    mask = cv::Mat::zeros(ink_.size(), CV_8U);
    cv::Mat labels, stats, centroids;
    const int count =
        cv::connectedComponentsWithStats(opened(length_min_), labels, stats, centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
      const cv::Rect rect = rect_of(stats, i);
      // Crumbs are what is left where the rule steps from one row to the next.
      if (rect.width < length_min_ / 2) continue;
      // The mean does not count the lean of a long rule as thickness.
      const double thickness = double(stats.at<int>(i, cv::CC_STAT_AREA)) / rect.width;
      if (thickness > pixels(kThicknessMax)) continue;
      thickest_ = std::max(thickest_, thickness);
      add(labels, i, rect);
    }
  }

  // Rules of dots and dashes, and thin ones that the scan has broken. Dots that lead from a text to
  // its figure look alike, so that these are pieces alone, and not in the mask.
  void find_broken() {
    cv::Mat tall, joined, labels, stats, centroids;
    cv::morphologyEx(ink_, tall, cv::MORPH_OPEN, cv::Mat::ones(pixels(kThinMax) + 1, 1, CV_8U));
    const cv::Mat thin = ink_ & ~tall;
    cv::dilate(thin, joined, cv::Mat::ones(3, 1, CV_8U));
    cv::morphologyEx(joined, joined, cv::MORPH_CLOSE, cv::Mat::ones(1, pixels(kGapMax) + 1, CV_8U));
    cv::morphologyEx(joined, joined, cv::MORPH_OPEN, cv::Mat::ones(1, length_min_, CV_8U));
    cv::Mat known;
    cv::dilate(mask, known, cv::Mat::ones(pixels(kThinMax), 3, CV_8U));
    joined.setTo(0, known);
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i)
      for (const cv::Rect& part : cut(rect_of(stats, i))) {
        const cv::Mat own = (labels(part) == i) & thin(part);
        const cv::Rect tight = cv::boundingRect(own);
        if (!tight.empty() && stands_free(tight + part.tl())) pieces.push_back(tight + part.tl());
      }
  }

  // A thin stroke that is no part of letters: drawn over much of its length, with hardly any ink
  // above and below.
  bool stands_free(const cv::Rect& rect) const {
    cv::Mat drawn;
    cv::reduce(ink_(rect), drawn, 0, cv::REDUCE_MAX);
    return rect.height <= pixels(kThinMax) && cv::countNonZero(drawn) >= kDrawnShare * rect.width &&
           ink_beside(ink_, rect, kBesideMm) < kBesideShare;
  }

  // The ink above and below a stroke, against its own.
  double ink_beside(const cv::Mat& ink, const cv::Rect& rect, double reach_mm) const {
    const int side = pixels(reach_mm);
    const cv::Rect around = cv::Rect(rect.x, rect.y - side, rect.width, rect.height + 2 * side) &
                            cv::Rect(0, 0, ink_.cols, ink_.rows);
    const int inside = std::max(1, cv::countNonZero(ink_(rect)));
    return double(cv::countNonZero(ink(around)) - cv::countNonZero(ink(rect))) / inside;
  }

  std::vector<cv::Rect> cut(const cv::Rect& rect) const {
    std::vector<cv::Rect> parts;
    const int length = pixels(kPieceLength);
    for (int x = rect.x; x < rect.x + rect.width; x += length)
      parts.push_back(cv::Rect(x, rect.y, std::min(length, rect.x + rect.width - x), rect.height));
    return parts;
  }

  static cv::Rect rect_of(const cv::Mat& stats, int i) {
    return {stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
            stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT)};
  }

  cv::Mat ink_, thick_;
  double pixels_per_mm_;
  int length_min_;
  double thickest_ = 0;
};

std::vector<Box> boxes_of(const std::vector<cv::Rect>& rects, bool transposed) {
  std::vector<Box> out;
  for (const cv::Rect& rect : rects)
    out.push_back(to_box(transposed ? cv::Rect(rect.y, rect.x, rect.height, rect.width) : rect));
  return out;
}

RuleInk rule_ink(const cv::Mat& ink, double dpi) {
  const StrokeFinder level(ink, dpi, kLevelMin);
  const StrokeFinder upright(ink.t(), dpi, kUprightMin);
  // With the grey fringe.
  const auto widened = [](const cv::Mat& mask) {
    cv::Mat out;
    cv::dilate(mask, out, cv::Mat::ones(5, 5, CV_8U));
    return out;
  };
  const cv::Mat levels = widened(level.mask), uprights = widened(upright.mask.t());
  cv::Mat mask = levels | uprights;
  mask.setTo(0, level.crossing() & ~uprights);
  mask.setTo(0, upright.crossing().t() & ~levels);
  return {
      {boxes_of(level.rules, false), boxes_of(upright.rules, true), boxes_of(level.pieces, false),
       boxes_of(upright.pieces, true), boxes_of(level.scraps(upright.area().t()), false),
       boxes_of(upright.scraps(level.area().t()), true)},
      to_image(mask, dpi)};
}

}  // namespace

RuleInk find_rule_ink(const Image& ink) { return rule_ink(view(ink), ink.dpi); }

Rules find_rules(const Image& drawing) {
  cv::Mat grey(drawing.height, drawing.width, drawing.channels == 3 ? CV_8UC3 : CV_8UC1,
               const_cast<std::uint8_t*>(drawing.pixels.data()));
  if (drawing.channels == 3) cv::cvtColor(grey, grey, cv::COLOR_BGR2GRAY);
  // A hairline drawn at a low density is light grey.
  constexpr int kPaler = 225;
  const cv::Mat ink = grey < kPaler;
  return rule_ink(ink, drawing.dpi).rules;
}

}  // namespace vanban::ocr
