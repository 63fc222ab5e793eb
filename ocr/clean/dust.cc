#include "ocr/clean/dust.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <vector>

#include "ocr/clean/bits.h"
#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/rules.h"

namespace vanban::ocr {
namespace {

cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

constexpr int kBlack = 128;  // of a scan with two levels

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

// Along the rules of a page, dotted and broken ones too, whose pieces are as small as crumbs.
// Crumbs that happen to stand in a row go on for a few millimetres, rules for more.
Bits rules_in(const Bits& ink) {
  constexpr double kGapMm = 3, kShortestMm = 10;
  const InkSizes sizes(ink.dpi);
  const int gap = sizes.pixels(kGapMm) | 1, shortest = sizes.pixels(kShortestMm) | 1;
  const auto drawn = [&](const std::vector<Box>& pieces) {
    Bits out(ink.width, ink.height, ink.dpi);
    for (const Box& piece : pieces)
      fill(out, pixels_of({piece.left, piece.top, piece.right + 1, piece.bottom + 1})
                    .within(ink.width, ink.height));
    return out;
  };
  const Rules rules = find_rule_ink(ink).rules;
  Bits out = opened(closed(drawn(rules.horizontal_pieces), gap, 1), shortest, 1);
  add(out, opened(closed(drawn(rules.vertical_pieces), 1, gap), 1, shortest));
  return out;
}

// ---- crumbs

using Pieces = std::vector<Piece>;

bool begins_on(const Bits& bits, const Piece& piece) {
  return bits.at(piece.rect.left, piece.rect.top);
}

bool is_crumb(const Piece& piece, const InkSizes& sizes) {
  return std::max(piece.rect.width, piece.rect.height) <= sizes.crumb_max();
}

// What is no crumb, and what is near it.
Bits beside_print(Bits ink, const Pieces& pieces, const InkSizes& sizes) {
  // So near to a letter crumbs may be what is left of its strokes.
  constexpr double kBesideMm = 0.25;
  for (const Piece& piece : pieces)
    if (is_crumb(piece, sizes)) take_away(ink, piece.ink, piece.rect.left, piece.rect.top);
  const int reach = 2 * sizes.pixels(kBesideMm) + 1;
  return dilated(ink, reach, reach);
}

// Where crumbs are strewn. A copier leaves them over the page or in stripes across it; faint print
// falls to crumbs too, but these lie where its letters are.
class Bands {
 public:
  Bands(const Bits& ink, const Pieces& pieces, const InkSizes& sizes)
      : height_(sizes.pixels(kBandMm)) {
    const auto count = static_cast<std::size_t>(ink.height / height_ + 1);
    crumbs_.resize(count), beside_letters_.resize(count), letters_.resize(count);
    const Bits beside = beside_print(ink, pieces, sizes);
    for (const Piece& piece : pieces) {
      const std::size_t band = band_at(piece.rect.top);
      if (sizes.letter(piece)) ++letters_[band];
      if (!is_crumb(piece, sizes)) continue;
      ++(begins_on(beside, piece) ? beside_letters_ : crumbs_)[band];
    }
  }

  // Whether they are around row `y`.
  bool is_strewn(int y) const {
    constexpr double kManyCrumbs = 0.2;  // for each letter; a clean copy has 0.02
    // For each one beside a letter: faint print has half of its crumbs there, a dirty copy a tenth.
    constexpr double kStrayShare = 2;
    const std::size_t band = band_at(y);
    const int near = around(crumbs_, band);
    return near >= kFewestCrumbs && near >= kManyCrumbs * around(letters_, band) &&
           near >= kStrayShare * around(beside_letters_, band);
  }

  static constexpr int kFewestCrumbs = 40;  // in a band and those beside it

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

void paint(Image& grey, const Piece& piece, std::uint8_t level) {
  for_each_inked(piece.ink, [&](int x, int y) {
    grey.pixels[grey.stride() * std::size_t(piece.rect.top + y) +
                std::size_t(piece.rect.left + x)] = level;
  });
}

// Takes off the crumbs where they are strewn; says where, if anywhere.
std::optional<Bands> take_off_strewn(Image& grey) {
  const InkSizes sizes(grey.dpi);
  const Bits ink = darker_than(grey, kBlack);
  Pieces pieces = pieces_of(ink);
  const auto crumbs = std::count_if(pieces.begin(), pieces.end(),
                                    [&](const Piece& piece) { return is_crumb(piece, sizes); });
  if (crumbs < Bands::kFewestCrumbs) return std::nullopt;
  Bands bands(ink, pieces, sizes);
  std::erase_if(pieces, [&](const Piece& piece) {
    return !is_crumb(piece, sizes) || !bands.is_strewn(piece.rect.top);
  });
  if (pieces.empty()) return std::nullopt;
  const Bits ruled = rules_in(ink);
  for (const Piece& piece : pieces)
    if (!begins_on(ruled, piece)) paint(grey, piece, 255);
  return bands;
}

// Holes in the print as small as crumbs, where these are strewn.
void fill_holes(Image& grey, const Bands& bands) {
  constexpr double kHoleMaxMm2 = 0.05;  // the eye of an e of 8 points is larger
  const InkSizes sizes(grey.dpi);
  const double hole_max = kHoleMaxMm2 * sizes.pixels_per_mm * sizes.pixels_per_mm;
  Bits paper(grey.width, grey.height, grey.dpi);
  fill(paper, {0, 0, grey.width, grey.height});
  take_away(paper, darker_than(grey, kBlack));
  for (const Piece& piece : pieces_of(paper, Connectivity::Sides))
    if (piece.area <= hole_max && bands.is_strewn(piece.rect.top)) paint(grey, piece, 0);
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
  // Whole blocks, which are several times faster to average; less than one is left over.
  const cv::Size blocks(grey.cols / block, grey.rows / block);
  cv::resize(grey({0, 0, blocks.width * block, blocks.height * block}), small, blocks, 0, 0,
             cv::INTER_AREA);
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

bool take_off_crumbs(Image& grey) {
  if (!is_bilevel(view(grey))) return false;
  const std::optional<Bands> bands = take_off_strewn(grey);
  if (bands) fill_holes(grey, *bands);
  return bands.has_value();
}

}  // namespace vanban::ocr
