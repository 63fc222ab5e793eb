#include "ocr/recognize/stamp_places.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/clean/bits.h"

namespace vanban::ocr {
namespace {

// Places are looked for in a picture of this density, in which a stamp's thinnest strokes still
// have a pixel or two.
constexpr double kFindDpi = 100, kFindMm = kFindDpi / 25.4;

// Stamps are 7 to 95 mm long, with a frame or an arrow around them up to 36 mm high.
constexpr double kLongMinMm = 7, kLongMaxMm = 95, kShortMinMm = 3, kShortMaxMm = 36;
constexpr double kLeanMaxDegrees = 46;
// What leans by less may be print.
constexpr double kLeanMinDegrees = 3;

// Each place costs some readings.
constexpr std::size_t kPlacesMax = 12;

using Points = std::vector<cv::Point>;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

cv::Mat view_of(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

cv::Mat small_ink(const cv::Mat& grey, double dpi) {
  cv::Mat small, ink;
  cv::resize(grey, small, {}, kFindDpi / dpi, kFindDpi / dpi, cv::INTER_AREA);
  cv::threshold(small, ink, 170, 255, cv::THRESH_BINARY_INV);
  return ink;
}

// The clockwise lean at which rows of ink and gaps between them part best: sides of a frame and
// feet of letters lie in few rows.
double lean_of(const Points& ink) {
  constexpr std::size_t kPointsMax = 4000;
  const std::size_t stride = 1 + ink.size() / kPointsMax;
  double best = 0, most = -1;
  std::vector<double> rows;
  for (double degrees = -kLeanMaxDegrees; degrees <= kLeanMaxDegrees; ++degrees) {
    const double sine = std::sin(radians(degrees)), cosine = std::cos(radians(degrees));
    constexpr int kMiddle = 1000;
    rows.assign(2 * kMiddle, 0);
    for (std::size_t i = 0; i < ink.size(); i += stride) {
      const double y = kMiddle + cosine * (ink[i].y - ink[0].y) - sine * (ink[i].x - ink[0].x);
      if (y < 0 || y >= 2 * kMiddle - 1) continue;
      // Shared out between two rows, or diagonals would count for more than their ink.
      const auto row = static_cast<std::size_t>(y);
      const double lower = y - double(row);
      rows[row] += 1 - lower, rows[row + 1] += lower;
    }
    double sum = 0;
    for (std::size_t i = 2; i < rows.size(); ++i) {
      const double step = rows[i] - rows[i - 2];
      sum += step * step;
    }
    if (sum > most) most = sum, best = degrees;
  }
  return best;
}

bool is_of_size(const Points& hull) {
  const cv::RotatedRect rect = cv::minAreaRect(hull);
  const double longer = std::max(rect.size.width, rect.size.height) / kFindMm;
  const double shorter = std::min(rect.size.width, rect.size.height) / kFindMm;
  return longer >= kLongMinMm && longer <= kLongMaxMm && shorter >= kShortMinMm &&
         shorter <= kShortMaxMm;
}

// `hull` in the picture for finding, whose corner lies at a place of the page.
StampPlace place_of(const Points& hull, double degrees, StampInk ink, double dpi, Point corner) {
  StampPlace out{{}, degrees, ink};
  const double scale = dpi / kFindDpi;
  for (const cv::Point& point : hull)
    out.corners.push_back({corner.x + (point.x + 0.5) * scale, corner.y + (point.y + 0.5) * scale});
  return out;
}

Points ink_within(const cv::Mat& ink, const Points& hull) {
  const cv::Rect rect = cv::boundingRect(hull) & cv::Rect(0, 0, ink.cols, ink.rows);
  cv::Mat inside = cv::Mat::zeros(rect.size(), CV_8UC1);
  Points moved = hull;
  for (cv::Point& point : moved) point -= rect.tl();
  cv::fillConvexPoly(inside, moved, 255);
  cv::bitwise_and(inside, ink(rect), inside);
  Points out;
  cv::findNonZero(inside, out);
  return out;
}

cv::Mat joined(const cv::Mat& ink, double mm) {
  const int side = static_cast<int>(mm * kFindMm);
  cv::Mat out;
  cv::copyMakeBorder(ink, out, side, side, side, side, cv::BORDER_CONSTANT, 0);
  cv::morphologyEx(out, out, cv::MORPH_CLOSE,
                   cv::getStructuringElement(cv::MORPH_ELLIPSE, {side, side}));
  return out(cv::Rect(side, side, ink.cols, ink.rows)).clone();
}

// Words of large letters stand further apart than stamps do from other coloured ink beside them:
// joined widely first, then by less.
// `corner`: where the picture's lies on the page.
void find_parted(const Image& picture, StampInk kind, Point corner,
                 std::vector<StampPlace>& places) {
  if (picture.empty()) return;
  const cv::Mat ink = small_ink(view_of(picture), picture.dpi);
  for (const double join_mm : {7.0, 4.5, 2.0, 0.8}) {
    std::vector<Points> outlines;
    cv::findContours(joined(ink, join_mm), outlines, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_SIMPLE);
    for (const Points& outline : outlines) {
      Points hull;
      cv::convexHull(outline, hull);
      if (hull.size() < 3 || !is_of_size(hull)) continue;
      const Points within = ink_within(ink, hull);
      if (within.empty()) continue;
      StampPlace place = place_of(hull, lean_of(within), kind, picture.dpi, corner);
      const Box box = around(place.corners);
      const bool known = std::any_of(places.begin(), places.end(), [&](const StampPlace& other) {
        const Box seen = around(other.corners);
        return seen.holds_middle_of(box) && box.width() > 0.9 * seen.width() &&
               box.height() > 0.9 * seen.height();
      });
      if (!known) places.push_back(std::move(place));
    }
  }
}

// ---- Frames

// A straight stroke: its middle and half its length along a direction, picture pixels.
struct Stroke {
  cv::Point2d from, to;
  double degrees = 0;

  double length() const { return std::hypot(to.x - from.x, to.y - from.y); }
};

// `point` as the distance along and across a direction.
cv::Point2d along(const cv::Point2d& point, double degrees) {
  const double sine = std::sin(radians(degrees)), cosine = std::cos(radians(degrees));
  return {cosine * point.x + sine * point.y, cosine * point.y - sine * point.x};
}

cv::Point2d back(const cv::Point2d& turned, double degrees) { return along(turned, -degrees); }

double lean_between(const cv::Point2d& from, const cv::Point2d& to) {
  return std::atan2(to.y - from.y, to.x - from.x) * 180 / std::numbers::pi;
}

// Strokes that go on from one another become one.
std::vector<Stroke> merged(std::vector<Stroke> strokes) {
  constexpr double kTurnMax = 2.5, kAsideMaxMm = 0.7, kGapMaxMm = 6;
  std::sort(strokes.begin(), strokes.end(),
            [](const Stroke& a, const Stroke& b) { return a.length() > b.length(); });
  std::vector<Stroke> out;
  for (const Stroke& stroke : strokes) {
    const auto goes_on = [&](const Stroke& longer) {
      if (std::abs(longer.degrees - stroke.degrees) > kTurnMax) return false;
      const cv::Point2d a = along(longer.from, longer.degrees),
                        b = along(longer.to, longer.degrees);
      const cv::Point2d c = along(stroke.from, longer.degrees),
                        d = along(stroke.to, longer.degrees);
      return std::abs((c.y + d.y) / 2 - (a.y + b.y) / 2) < kAsideMaxMm * kFindMm &&
             c.x < b.x + kGapMaxMm * kFindMm && d.x > a.x - kGapMaxMm * kFindMm;
    };
    const auto longer = std::find_if(out.begin(), out.end(), goes_on);
    if (longer == out.end()) {
      out.push_back(stroke);
      continue;
    }
    const double way = longer->degrees;
    if (along(stroke.from, way).x < along(longer->from, way).x) longer->from = stroke.from;
    if (along(stroke.to, way).x > along(longer->to, way).x) longer->to = stroke.to;
    longer->degrees = lean_between(longer->from, longer->to);
  }
  return out;
}

// The strokes among ink that is larger than letters: level ones of what may be a frame, leaning
// ones of all, whatever it hangs together with.
std::vector<Stroke> strokes_of(const cv::Mat& ink) {
  constexpr double kLetterMm = 4.6, kShortestMm = 7, kGapMm = 1.2, kRuleMm = 15;
  constexpr double kThickestMm = 0.8;
  cv::Mat labels, stats, middles, rules;
  cv::Mat large = cv::Mat::zeros(ink.size(), CV_8UC1), framed = large.clone();
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, middles);
  for (int i = 1; i < count; ++i) {
    const cv::Rect rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                        stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    if (rect.width < kLetterMm * kFindMm && rect.height < kLetterMm * kFindMm) continue;
    // Letters that touch are no line.
    const double thickness = double(stats.at<int>(i, cv::CC_STAT_AREA)) / rect.width;
    if (rect.height < kLetterMm * kFindMm && thickness > kThickestMm * kFindMm) continue;
    const cv::Mat piece = labels(rect) == i;
    large(rect).setTo(255, piece);
    if (rect.height > kLetterMm * kFindMm && rect.width < kLongMaxMm * kFindMm &&
        rect.height < kShortMaxMm * kFindMm)
      framed(rect).setTo(255, piece);
  }
  std::vector<Stroke> out;
  const auto opened = [](const cv::Mat& from, double width, double height) {
    cv::Mat to;
    cv::morphologyEx(
        from, to, cv::MORPH_OPEN,
        cv::getStructuringElement(cv::MORPH_RECT, {std::max(1, int(width * kFindMm)),
                                                   std::max(1, int(height * kFindMm))}));
    return to;
  };
  const int level =
      cv::connectedComponentsWithStats(opened(framed, kShortestMm, 0), labels, stats, middles);
  for (int i = 1; i < level; ++i) {
    const double left = stats.at<int>(i, cv::CC_STAT_LEFT), y = middles.at<double>(i, 1);
    out.push_back({{left, y}, {left + stats.at<int>(i, cv::CC_STAT_WIDTH), y}, 0});
  }
  large.setTo(0, opened(large, kRuleMm, 0));
  large.setTo(0, opened(large, 0, kRuleMm));
  std::vector<cv::Vec4i> found;
  cv::HoughLinesP(large, found, 1, CV_PI / 180, static_cast<int>(0.8 * kShortestMm * kFindMm),
                  kShortestMm * kFindMm, kGapMm * kFindMm);
  for (const cv::Vec4i& line : found) {
    Stroke stroke{{double(line[0]), double(line[1])}, {double(line[2]), double(line[3])}};
    if (stroke.to.x < stroke.from.x) std::swap(stroke.from, stroke.to);
    stroke.degrees = lean_between(stroke.from, stroke.to);
    if (std::abs(stroke.degrees) <= kLeanMaxDegrees) out.push_back(stroke);
  }
  return merged(std::move(out));
}

// How much of a level or upright stretch beside a turned place is inked, 0 to 1.
double inked_share(const cv::Mat& ink, double degrees, double x, double top, double bottom) {
  int inked = 0, all = 0;
  for (double y = top; y <= bottom; ++y, ++all) {
    for (int aside = -2; aside <= 2; ++aside) {
      const cv::Point2d at = back({x + aside, y}, degrees);
      const int column = static_cast<int>(std::lround(at.x));
      const int row = static_cast<int>(std::lround(at.y));
      if (column < 0 || row < 0 || column >= ink.cols || row >= ink.rows ||
          ink.at<std::uint8_t>(row, column) == 0)
        continue;
      ++inked;
      break;
    }
  }
  return all > 0 ? double(inked) / all : 0;
}

// Two strokes beside one another are a frame's head and foot, or an arrow's shaft.
void find_frames(const cv::Mat& ink, double dpi, std::vector<StampPlace>& places) {
  constexpr double kTurnMax = 3.5, kLowMm = 4, kHighMm = 24, kShortestMm = 9, kShareMin = 0.5;
  constexpr double kSideInked = 0.7;
  const std::vector<Stroke> strokes = strokes_of(ink);
  std::vector<std::pair<double, StampPlace>> found;
  for (std::size_t i = 0; i < strokes.size(); ++i)
    for (std::size_t j = i + 1; j < strokes.size(); ++j) {
      const Stroke &a = strokes[i], &b = strokes[j];
      if (std::abs(a.degrees - b.degrees) > kTurnMax) continue;
      const double way =
          (a.degrees * a.length() + b.degrees * b.length()) / (a.length() + b.length());
      const cv::Point2d a0 = along(a.from, way), a1 = along(a.to, way);
      const cv::Point2d b0 = along(b.from, way), b1 = along(b.to, way);
      const double ya = (a0.y + a1.y) / 2, yb = (b0.y + b1.y) / 2, apart = std::abs(ya - yb);
      const double shared = std::min(a1.x, b1.x) - std::max(a0.x, b0.x);
      const double left = std::min(a0.x, b0.x), right = std::max(a1.x, b1.x);
      if (apart < kLowMm * kFindMm || apart > kHighMm * kFindMm || right - left < 1.2 * apart ||
          right - left < kShortestMm * kFindMm || right - left > kLongMaxMm * kFindMm ||
          shared < kShareMin * (right - left))
        continue;
      const double top = std::min(ya, yb), bottom = std::max(ya, yb);
      if (std::abs(way) < kLeanMinDegrees) {
        const auto side = [&](double x) {
          double most = 0;
          for (double at = x - 6; at <= x + 6; at += 2)
            most = std::max(most, inked_share(ink, way, at, top + 2, bottom - 2));
          return most;
        };
        if (side(left) < kSideInked || side(right) < kSideInked) continue;
      }
      Points hull;
      for (const cv::Point2d& corner : {cv::Point2d(left, top), cv::Point2d(right, top),
                                        cv::Point2d(right, bottom), cv::Point2d(left, bottom)}) {
        const cv::Point2d at = back(corner, way);
        hull.emplace_back(static_cast<int>(std::lround(at.x)), static_cast<int>(std::lround(at.y)));
      }
      found.emplace_back(shared / (right - left) * shared,
                         place_of(hull, way, StampInk::All, dpi, {}));
    }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [length, place] : found) places.push_back(std::move(place));
}

// ---- Rows of letters

struct Letter {
  cv::Rect rect;
  int next = -1;
  bool follows = false;
};

// Rows of letters of like height, each beside the last, that climb or fall.
std::vector<std::vector<cv::Rect>> rows_of(std::vector<Letter> letters) {
  std::sort(letters.begin(), letters.end(), [](const Letter& a, const Letter& b) {
    return std::pair(a.rect.x, a.rect.y) < std::pair(b.rect.x, b.rect.y);
  });
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const cv::Rect& from = letters[i].rect;
    double nearest = 1e9;
    for (std::size_t j = i + 1; j < letters.size(); ++j) {
      const cv::Rect& to = letters[j].rect;
      const double height = std::max(from.height, to.height);
      const double gap = to.x - (from.x + from.width);
      if (to.x > from.x + from.width + 1.2 * height) break;
      const double rise = std::abs((to.y + to.height / 2.) - (from.y + from.height / 2.));
      if (letters[j].follows || gap < -0.5 * std::min(from.width, to.width) ||
          height > 1.7 * std::min(from.height, to.height) || rise > 0.8 * height)
        continue;
      if (const double far = std::abs(gap) + rise; far < nearest)
        nearest = far, letters[i].next = static_cast<int>(j);
    }
    if (letters[i].next >= 0) letters[static_cast<std::size_t>(letters[i].next)].follows = true;
  }
  std::vector<std::vector<cv::Rect>> rows;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i].follows) continue;
    std::vector<cv::Rect> row;
    for (int at = static_cast<int>(i); at >= 0; at = letters[static_cast<std::size_t>(at)].next)
      row.push_back(letters[static_cast<std::size_t>(at)].rect);
    rows.push_back(std::move(row));
  }
  return rows;
}

struct RowShape {
  double degrees = 0;  // clockwise lean of the letters' feet and of their heads, the lesser
  double stray = 0;    // how far feet or heads stray from a line, the lesser, in heights
  double height = 0;   // of letters, pixels
};

// A line through points: its slope, and how far the points stray from it.
std::pair<double, double> line_through(const std::vector<cv::Point2d>& points) {
  cv::Point2d middle;
  for (const cv::Point2d& point : points) middle += point / double(points.size());
  double xx = 0, xy = 0, stray = 0;
  for (const cv::Point2d& point : points)
    xx += std::pow(point.x - middle.x, 2), xy += (point.x - middle.x) * (point.y - middle.y);
  const double slope = xx > 0 ? xy / xx : 0;
  for (const cv::Point2d& point : points)
    stray = std::max(stray, std::abs(point.y - middle.y - slope * (point.x - middle.x)));
  return {slope, stray};
}

RowShape shape_of(const std::vector<cv::Rect>& row) {
  std::vector<cv::Point2d> feet, heads;
  RowShape out;
  for (const cv::Rect& rect : row) {
    feet.emplace_back(rect.x + rect.width / 2., rect.br().y);
    heads.emplace_back(rect.x + rect.width / 2., rect.y);
    out.height += rect.height / double(row.size());
  }
  const auto [foot_slope, foot_stray] = line_through(feet);
  const auto [head_slope, head_stray] = line_through(heads);
  if (foot_slope * head_slope > 0)
    out.degrees = lean_between(
        {}, {1, std::abs(foot_slope) < std::abs(head_slope) ? foot_slope : head_slope});
  out.stray = std::min(foot_stray, head_stray) / out.height;
  return out;
}

void find_rows(const cv::Mat& ink, double dpi, std::vector<StampPlace>& places) {
  constexpr double kLetterMinMm = 1.6, kCapitalMinMm = 2.7, kLetterMaxMm = 13, kLargeMm = 5.2,
                   kStrayMax = 0.2;
  constexpr std::size_t kLettersMin = 3;
  cv::Mat labels, stats, middles;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, middles);
  std::vector<Letter> letters;
  for (int i = 1; i < count; ++i) {
    const cv::Rect rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                        stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    if (rect.height >= kLetterMinMm * kFindMm && rect.height <= kLetterMaxMm * kFindMm &&
        rect.width <= 3 * rect.height)
      letters.push_back({rect});
  }
  for (const std::vector<cv::Rect>& row : rows_of(std::move(letters))) {
    if (row.size() < kLettersMin) continue;
    const auto [degrees, stray, height] = shape_of(row);
    const bool print = std::abs(degrees) < kLeanMinDegrees && height < kLargeMm * kFindMm;
    if (height < kCapitalMinMm * kFindMm || stray > kStrayMax || print ||
        std::abs(degrees) > kLeanMaxDegrees)
      continue;
    Points corners, hull;
    // Marks stand above and below the letters, a first or last one may have been lost.
    const double marks = 0.35 * height, beside = 0.9 * height;
    for (const cv::Rect& rect : row)
      for (const double aside : {-beside, rect.width + beside})
        for (const double y : {-marks, rect.height + marks})
          corners.emplace_back(
              static_cast<int>(rect.x + aside),
              static_cast<int>(rect.y + y +
                               (aside - rect.width / 2.) * std::tan(radians(degrees))));
    cv::convexHull(corners, hull);
    if (is_of_size(hull)) places.push_back(place_of(hull, degrees, StampInk::All, dpi, {}));
  }
}

cv::Mat square(double side) {
  const int pixels = std::max(2, static_cast<int>(std::lround(side)));
  return cv::getStructuringElement(cv::MORPH_RECT, {pixels, pixels});
}

// A stamp's colour in grey is lighter than black print. Edges of print are as light, but thin. No
// picture where print itself is light, or where hardly any ink is so light.
Image lighter_ink(const Image& page) {
  constexpr int kInk = 160, kBlackest = 70, kLighterBy = 22;
  constexpr double kPrintShare = 0.3, kFewestMm2 = 3, kThinMm = 0.25, kHoleMm = 0.4, kCrossedMm = 1;
  constexpr double kCrumbMm2 = 0.5;
  std::array<int, 256> counts{};
  constexpr int kStep = 4;  // pixels between those that are looked at
  for (std::size_t i = 0; i < page.pixels.size(); i += kStep) ++counts[page.pixels[i]];
  const int all = std::accumulate(counts.begin(), counts.begin() + kInk, 0);
  int print = 0;
  for (int seen = 0; print < kInk; ++print) {
    seen += counts[static_cast<std::size_t>(print)];
    if (seen > kPrintShare * all) break;
  }
  if (print > kBlackest) return {};
  const double mm = page.dpi / 25.4;
  const auto pixels = [&](double length_mm) {
    return std::max(2, static_cast<int>(std::lround(length_mm * mm)));
  };
  const Bits dark = darker_than(page, print + kLighterBy);
  Bits light = darker_than(page, kInk);
  take_away(light, dilated(dark, 3, 3));
  light = opened(light, pixels(kThinMm), pixels(kThinMm));
  Bits ink(light.width, light.height, light.dpi);
  for (const Piece& piece : pieces_of(light))
    if (piece.area >= kCrumbMm2 * mm * mm) add(ink, piece.ink, piece.rect.left, piece.rect.top);
  if (count(ink) < kFewestMm2 * mm * mm) return {};
  // Where print crosses a stamp's letter, its own ink is hidden.
  Bits crossed = closed(ink, pixels(kCrossedMm), pixels(kCrossedMm));
  keep_common(crossed, dark);
  add(ink, crossed);
  Image picture = mask_of(closed(ink, pixels(kHoleMm), pixels(kHoleMm)));
  picture.dpi = page.dpi;
  for (std::uint8_t& level : picture.pixels) level = static_cast<std::uint8_t>(255 - level);
  return picture;
}

}  // namespace

StampPlaces find_stamp_places(const Head& head) {
  constexpr double kThickMm = 0.5;  // strokes of a stamp's full letters; print beneath falls off
  StampPlaces out;
  if (head.ink.empty()) return out;
  std::vector<StampPlace>& places = out.places;
  find_parted(head.colour, StampInk::Coloured, {head.coloured.left, head.coloured.top}, places);
  if (head.colour.empty()) {
    out.lighter = lighter_ink(head.ink);
    find_parted(out.lighter, StampInk::Lighter, {}, places);
  }
  const cv::Mat ink = small_ink(view_of(head.ink), head.ink.dpi);
  find_frames(ink, head.ink.dpi, places);
  find_rows(ink, head.ink.dpi, places);
  cv::Mat thick;
  cv::morphologyEx(ink, thick, cv::MORPH_OPEN, square(kThickMm * kFindMm));
  find_rows(thick, head.ink.dpi, places);
  if (places.size() > kPlacesMax) places.resize(kPlacesMax);
  return out;
}

}  // namespace vanban::ocr
