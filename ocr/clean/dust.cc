#include "ocr/clean/dust.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/rules.h"

namespace vanban::ocr {
namespace {

cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

// Whether a scan has two levels only, but for what compression did at the edges of letters.
bool is_bilevel(const cv::Mat& grey) {
  constexpr int kNearlyBlack = 30, kNearlyWhite = 225;
  // Share of the pixels; print scanned in grey has 0.05, one bit drawn at another density 0.025.
  constexpr double kBetweenMax = 0.03;
  cv::Mat between;
  cv::inRange(grey, kNearlyBlack, kNearlyWhite, between);
  return cv::countNonZero(between) < kBetweenMax * static_cast<double>(grey.total());
}

// ---- streaks

constexpr double kStreakWidthMaxMm = 0.6;
constexpr int kStreakDepth = 12;          // grey levels below the paper to both sides
constexpr double kStreakShareMin = 0.75;  // of the rows of the page, and of either margin
constexpr double kMarginMm = 7;           // head and foot that no print or frame reaches

// For each column the share of the rows from `top` to `bottom` that are darker there than at
// `reach` pixels to both sides, of those rows that have paper on both.
std::vector<double> darker_shares(const cv::Mat& grey, int reach, int top, int bottom) {
  constexpr int kPaper = 128;
  constexpr double kPaperRowsMin = 0.25;  // with less there is nothing to tell from
  const auto columns = static_cast<std::size_t>(grey.cols);
  std::vector<int> darker(columns), seen(columns);
  for (int y = top; y < bottom; ++y) {
    const std::uint8_t* row = grey.ptr(y);
    for (int x = reach; x + reach < grey.cols; ++x) {
      const int beside = std::min(row[x - reach], row[x + reach]);
      if (beside < kPaper) continue;
      ++seen[static_cast<std::size_t>(x)];
      darker[static_cast<std::size_t>(x)] += row[x] + kStreakDepth < beside ? 1 : 0;
    }
  }
  std::vector<double> shares(columns);
  for (std::size_t x = 0; x < columns; ++x)
    if (seen[x] > kPaperRowsMin * (bottom - top)) shares[x] = double(darker[x]) / seen[x];
  return shares;
}

// The median level of a column: that of a streak, where there is one.
int level_of(const cv::Mat& grey, int x) {
  std::vector<std::uint8_t> levels(static_cast<std::size_t>(grey.rows));
  for (int y = 0; y < grey.rows; ++y)
    levels[static_cast<std::size_t>(y)] = grey.at<std::uint8_t>(y, x);
  const auto middle = levels.begin() + std::ssize(levels) / 2;
  std::nth_element(levels.begin(), middle, levels.end());
  return *middle;
}

// Draws each row straight across the columns from `first` to `last`, but for what is so much darker
// than the streak that it is print under it.
void bridge(cv::Mat& grey, int first, int last) {
  constexpr int kPrintDarker = 40;
  const int left = first - 1, right = last + 1;
  for (int x = first; x <= last; ++x) {
    const int print = level_of(grey, x) - kPrintDarker;
    for (int y = 0; y < grey.rows; ++y) {
      std::uint8_t* row = grey.ptr(y);
      if (row[x] < print) continue;
      row[x] = static_cast<std::uint8_t>((row[left] * (right - x) + row[right] * (x - left)) /
                                         (right - left));
    }
  }
}

// 255 along the rules of a page, dotted and broken ones too, whose pieces are as small as crumbs.
// Crumbs that happen to stand in a row go on for a few millimetres, rules for more.
cv::Mat rules_in(const cv::Mat& grey, double dpi) {
  constexpr double kGapMm = 3, kShortestMm = 10;
  Image ink{grey.cols, grey.rows, 1, dpi, {}};
  const cv::Mat black = grey < 128;
  ink.pixels.assign(black.datastart, black.dataend);
  const Rules rules = find_rule_ink(ink).rules;
  const InkSizes sizes(dpi);
  const int gap = sizes.pixels(kGapMm), shortest = sizes.pixels(kShortestMm);
  const auto long_ones = [&](const std::vector<Box>& pieces, bool upright) {
    cv::Mat out = cv::Mat::zeros(grey.size(), CV_8U);
    for (const Box& piece : pieces)
      cv::rectangle(out, cv::Point(int(piece.left), int(piece.top)),
                    cv::Point(int(piece.right), int(piece.bottom)), 255, cv::FILLED);
    const auto along = [&](int length) {
      const int odd = length | 1;  // or all would shift by half a pixel
      return upright ? cv::Mat::ones(odd, 1, CV_8U) : cv::Mat::ones(1, odd, CV_8U);
    };
    cv::morphologyEx(out, out, cv::MORPH_CLOSE, along(gap));
    cv::morphologyEx(out, out, cv::MORPH_OPEN, along(shortest));
    return out;
  };
  return long_ones(rules.horizontal_pieces, false) | long_ones(rules.vertical_pieces, true);
}

// ---- crumbs

// The connected pieces of a mask, from 1 on; 0 is what lies between them.
struct Pieces {
  Pieces(const cv::Mat& mask, int connectivity) {
    cv::Mat centroids;
    count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, connectivity, CV_32S);
  }
  int width(int i) const { return stats.at<int>(i, cv::CC_STAT_WIDTH); }
  int height(int i) const { return stats.at<int>(i, cv::CC_STAT_HEIGHT); }
  int left(int i) const { return stats.at<int>(i, cv::CC_STAT_LEFT); }
  int top(int i) const { return stats.at<int>(i, cv::CC_STAT_TOP); }
  int area(int i) const { return stats.at<int>(i, cv::CC_STAT_AREA); }
  cv::Rect box(int i) const { return {left(i), top(i), width(i), height(i)}; }
  // What a mask of the page has where the piece begins.
  bool begins_on(const cv::Mat& mask, int i) const {
    return mask.at<std::uint8_t>(top(i), left(i)) != 0;
  }

  int count = 0;
  cv::Mat labels, stats;
};

using Chosen = std::vector<std::uint8_t>;  // of each piece whether it is, 1 or 0

Chosen find_crumbs(const Pieces& pieces, const InkSizes& sizes) {
  Chosen crumbs(static_cast<std::size_t>(pieces.count));
  for (int i = 1; i < pieces.count; ++i)
    crumbs[static_cast<std::size_t>(i)] =
        std::max(pieces.width(i), pieces.height(i)) <= sizes.crumb_max() ? 1 : 0;
  return crumbs;
}

// 255 on and near what is no crumb.
cv::Mat beside_print(const Pieces& pieces, const Chosen& crumbs, const InkSizes& sizes) {
  // So near to a letter crumbs may be what is left of its strokes.
  constexpr double kBesideMm = 0.25;
  cv::Mat beside = cv::Mat::zeros(pieces.labels.size(), CV_8U);
  for (int i = 1; i < pieces.count; ++i)
    if (crumbs[static_cast<std::size_t>(i)] == 0)
      beside(pieces.box(i)).setTo(255, pieces.labels(pieces.box(i)) == i);
  const int reach = 2 * sizes.pixels(kBesideMm) + 1;
  cv::dilate(beside, beside, cv::Mat::ones(reach, reach, CV_8U));
  return beside;
}

// Where crumbs are strewn. A copier leaves them over the page or in stripes across it; faint print
// falls to crumbs too, but these lie where its letters are.
class Bands {
 public:
  Bands(const Pieces& pieces, const Chosen& crumbs, const InkSizes& sizes)
      : height_(sizes.pixels(kBandMm)) {
    const auto count = static_cast<std::size_t>(pieces.labels.rows / height_ + 1);
    crumbs_.resize(count), beside_letters_.resize(count), letters_.resize(count);
    const cv::Mat beside = beside_print(pieces, crumbs, sizes);
    for (int i = 1; i < pieces.count; ++i) {
      const std::size_t band = band_at(pieces.top(i));
      if (sizes.letter(pieces.width(i), pieces.height(i), pieces.area(i))) ++letters_[band];
      if (crumbs[static_cast<std::size_t>(i)] == 0) continue;
      ++(pieces.begins_on(beside, i) ? beside_letters_ : crumbs_)[band];
    }
  }

  // Whether they are around row `y`.
  bool is_strewn(int y) const {
    constexpr double kManyCrumbs = 0.2;  // for each letter; a clean copy has 0.02
    constexpr int kFewestCrumbs = 40;    // in a band and those beside it
    // For each one beside a letter: faint print has half of its crumbs there, a dirty copy a tenth.
    constexpr double kStrayShare = 2;
    const std::size_t band = band_at(y);
    const int near = around(crumbs_, band);
    return near >= kFewestCrumbs && near >= kManyCrumbs * around(letters_, band) &&
           near >= kStrayShare * around(beside_letters_, band);
  }

 private:
  static constexpr double kBandMm = 20;

  std::size_t band_at(int y) const { return static_cast<std::size_t>(y / height_); }
  static int around(const std::vector<int>& counts, std::size_t band) {
    const std::size_t first = std::max<std::size_t>(band, 1) - 1;
    const std::size_t end = std::min(band + 2, counts.size());
    return std::accumulate(counts.begin() + std::ptrdiff_t(first),
                           counts.begin() + std::ptrdiff_t(end), 0);
  }

  int height_;                                          // pixels
  std::vector<int> crumbs_, beside_letters_, letters_;  // of each band; crumbs that lie free
};

void paint(cv::Mat& grey, const Pieces& pieces, const Chosen& chosen, std::uint8_t level) {
  for (int y = 0; y < grey.rows; ++y)
    for (int x = 0; x < grey.cols; ++x)
      if (chosen[static_cast<std::size_t>(pieces.labels.at<int>(y, x))] != 0)
        grey.at<std::uint8_t>(y, x) = level;
}

// Takes off the crumbs where they are strewn; says where, if anywhere.
std::optional<Bands> take_off_strewn(cv::Mat& grey, double dpi) {
  const InkSizes sizes(dpi);
  const Pieces pieces(grey < 128, 8);
  Chosen gone = find_crumbs(pieces, sizes);
  Bands bands(pieces, gone, sizes);
  bool any = false;
  for (int i = 1; i < pieces.count; ++i) {
    std::uint8_t& crumb = gone[static_cast<std::size_t>(i)];
    if (!bands.is_strewn(pieces.top(i))) crumb = 0;
    any = any || crumb != 0;
  }
  if (!any) return std::nullopt;
  const cv::Mat ruled = rules_in(grey, dpi);
  for (int i = 1; i < pieces.count; ++i)
    if (pieces.begins_on(ruled, i)) gone[static_cast<std::size_t>(i)] = 0;
  paint(grey, pieces, gone, 255);
  return bands;
}

// Holes in the print as small as crumbs, where these are strewn.
void fill_holes(cv::Mat& grey, const Bands& bands, const InkSizes& sizes) {
  constexpr double kHoleMaxMm2 = 0.05;  // the eye of an e of 8 points is larger
  const double hole_max = kHoleMaxMm2 * sizes.pixels_per_mm * sizes.pixels_per_mm;
  const Pieces pieces(grey >= 128, 4);
  Chosen holes(static_cast<std::size_t>(pieces.count));
  for (int i = 1; i < pieces.count; ++i)
    holes[static_cast<std::size_t>(i)] =
        pieces.area(i) <= hole_max && bands.is_strewn(pieces.top(i)) ? 1 : 0;
  paint(grey, pieces, holes, 0);
}

}  // namespace

bool take_off_streaks(Image& image) {
  const InkSizes sizes(image.dpi);
  const int width_max = sizes.pixels(kStreakWidthMaxMm), reach = width_max + 1;
  const int margin = sizes.pixels(kMarginMm);
  if (image.width < 4 * reach || image.height < 4 * margin) return false;
  cv::Mat grey = view(image);
  const std::vector<double> head = darker_shares(grey, reach, 0, margin);
  const std::vector<double> foot = darker_shares(grey, reach, grey.rows - margin, grey.rows);
  // Most pages have no such column and are done here.
  const auto reaches_edges = [&](std::size_t x) {
    return head[x] >= kStreakShareMin && foot[x] >= kStreakShareMin;
  };
  bool any = false;
  for (std::size_t x = 0; x < head.size(); ++x) any = any || reaches_edges(x);
  if (!any) return false;
  const std::vector<double> whole = darker_shares(grey, reach, 0, grey.rows);
  const auto is_streak = [&](int x) {
    const auto i = static_cast<std::size_t>(x);
    return reaches_edges(i) && whole[i] >= kStreakShareMin;
  };
  bool found = false;
  // Columns nearer to the sides than `reach` are never streaks, so there is room around.
  for (int x = reach; x + reach < grey.cols; ++x) {
    if (!is_streak(x)) continue;
    int last = x;
    while (is_streak(last + 1)) ++last;
    // The optics spread a line by a pixel to each side.
    if (last - x < width_max) {
      bridge(grey, x - 1, last + 1);
      found = true;
    }
    x = last + 1;
  }
  return found;
}

bool take_off_screens(Image& image) {
  cv::Mat grey = view(image);
  const InkSizes sizes(image.dpi);
  const int block = sizes.pixels(1);  // holds some dots of any screen
  if (std::min(grey.cols, grey.rows) < 20 * block || !is_bilevel(grey)) return false;

  // On a plain page some block within a line's distance of any other is free of ink.
  constexpr double kLineMm = 7;
  constexpr int kDarkest = 60, kLightest = 240;  // means of a screen; beyond lie blots and paper
  constexpr double kAreaMin = 0.01;              // of the page; a shaded row of a table
  cv::Mat small, paper, screened;
  cv::resize(grey, small, {grey.cols / block, grey.rows / block}, 0, 0, cv::INTER_AREA);
  cv::dilate(small, paper, cv::Mat::ones(int(kLineMm), int(kLineMm), CV_8U));
  cv::inRange(paper, kDarkest, kLightest, screened);
  if (cv::countNonZero(screened) < kAreaMin * static_cast<double>(screened.total())) return false;

  constexpr double kDotMm = 0.2;        // blurs dots away, strokes of 0.3 mm stay
  constexpr double kPaperWhite = 0.86;  // of its lightest blocks: what remains of the dots
  constexpr int kInkBlack = 40;
  cv::Mat even;
  cv::GaussianBlur(grey, even, {}, kDotMm * sizes.pixels_per_mm);
  cv::dilate(screened, screened, cv::Mat::ones(3, 3, CV_8U));
  cv::medianBlur(paper, paper, 15);
  cv::resize(paper, paper, grey.size());
  cv::resize(screened, screened, grey.size(), 0, 0, cv::INTER_NEAREST);
  cv::Mat white, stretched;
  paper.convertTo(white, CV_32F, kPaperWhite, -kInkBlack);
  even.convertTo(stretched, CV_32F, 1, -kInkBlack);
  cv::divide(stretched, cv::max(white, 1), stretched, 255);
  stretched.convertTo(even, CV_8U);
  even.copyTo(grey, screened);
  return true;
}

bool take_off_crumbs(Image& image) {
  cv::Mat grey = view(image);
  if (!is_bilevel(grey)) return false;
  const InkSizes sizes(image.dpi);
  const std::optional<Bands> bands = take_off_strewn(grey, image.dpi);
  if (bands) fill_holes(grey, *bands, sizes);
  return bands.has_value();
}

}  // namespace vanban::ocr
