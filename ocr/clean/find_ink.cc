#include "ocr/clean/find_ink.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/light.h"
#include "ocr/clean/rules.h"
#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

cv::Mat view(const Image& image) {
  return {image.height, image.width, image.channels == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(image.pixels.data())};
}

// A page image and the paper it would be without any ink.
struct Canvas {
  cv::Mat grey, paper;

  void wipe(const cv::Mat& mask) { paper.copyTo(grey, mask); }
  void wipe(const cv::Rect& rect, const cv::Mat& mask) { paper(rect).copyTo(grey(rect), mask); }
};

struct Components {
  cv::Mat labels, stats;
  int count = 0;

  explicit Components(const cv::Mat& mask) {
    cv::Mat centroids;
    count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 8, CV_32S);
  }
  int left(int i) const { return stats.at<int>(i, cv::CC_STAT_LEFT); }
  int top(int i) const { return stats.at<int>(i, cv::CC_STAT_TOP); }
  int width(int i) const { return stats.at<int>(i, cv::CC_STAT_WIDTH); }
  int height(int i) const { return stats.at<int>(i, cv::CC_STAT_HEIGHT); }
  int area(int i) const { return stats.at<int>(i, cv::CC_STAT_AREA); }
  cv::Rect rect(int i) const { return {left(i), top(i), width(i), height(i)}; }
  Box box(int i) const {
    return {double(left(i)), double(top(i)), double(left(i) + width(i)),
            double(top(i) + height(i))};
  }
  bool letter(int i, const InkSizes& sizes) const {
    return sizes.letter(width(i), height(i), area(i));
  }
};

// Grows the chosen components by a pixel or two and wipes them off.
void erase(Canvas& canvas, const Components& components, const std::vector<bool>& chosen,
           int margin) {
  const cv::Mat around = cv::Mat::ones(2 * margin + 1, 2 * margin + 1, CV_8U);
  const cv::Rect page(0, 0, canvas.grey.cols, canvas.grey.rows);
  for (int i = 1; i < components.count; ++i) {
    if (!chosen[static_cast<std::size_t>(i)]) continue;
    const cv::Rect tight = components.rect(i);
    const cv::Rect rect = cv::Rect(tight.x - margin, tight.y - margin, tight.width + 2 * margin,
                                   tight.height + 2 * margin) &
                          page;
    cv::Mat mask = components.labels(rect) == i;
    cv::dilate(mask, mask, around);
    canvas.wipe(rect, mask);
  }
}

// Specks are smaller than a dot of an i and far from any letter. They are taken off only where
// there are many: on faint print the crumbs of letters look alike.
bool despeckle(Canvas& canvas, cv::Mat& mask, const InkSizes& sizes) {
  constexpr double kManySpecks = 0.5;  // specks for each letter
  constexpr int kFewestSpecks = 50;
  const Components components(mask);
  cv::Mat letters = cv::Mat::zeros(mask.size(), CV_8U);
  int letter_count = 0;
  for (int i = 1; i < components.count; ++i)
    if (components.letter(i, sizes)) {
      ++letter_count;
      cv::rectangle(letters, components.rect(i), 255, cv::FILLED);
    }
  // As far as a dot or a mark may stand from its letter.
  cv::dilate(letters, letters, cv::Mat::ones(sizes.pixels(2.6), sizes.pixels(3.5), CV_8U));
  std::vector<bool> speck(static_cast<std::size_t>(components.count));
  int speck_count = 0;
  for (int i = 1; i < components.count; ++i) {
    const cv::Rect rect = components.rect(i);
    if (rect.width > sizes.speck_max() || rect.height > sizes.speck_max()) continue;
    if (letters.at<std::uint8_t>(rect.y, rect.x) != 0) continue;
    speck[static_cast<std::size_t>(i)] = true;
    ++speck_count;
  }
  if (speck_count < kManySpecks * letter_count || speck_count < kFewestSpecks) return false;
  erase(canvas, components, speck, 1);
  for (int i = 1; i < components.count; ++i)
    if (speck[static_cast<std::size_t>(i)]) mask(components.rect(i)).setTo(0);
  return true;
}

// Rings of black seals, signatures, braces: larger than any letter and mostly empty inside.
bool is_flourish(const Components& components, int i, const InkSizes& sizes) {
  const double fill = double(components.area(i)) / components.width(i) / components.height(i);
  return (components.height(i) > sizes.flourish_height_min() && fill < 0.25) ||
         components.height(i) > sizes.blot_height_min();
}

// The letters of a seal's rim are some 2 mm high, capitals of a title 3 mm and their marks less
// than 1 mm. Only above the middle: below it a name has small letters of the same height.
void erase_rim_letters(Canvas& canvas, cv::Mat& ink, const Circle& seal, const InkSizes& sizes) {
  constexpr double kHeightMinMm = 1.3, kHeightMaxMm = 2.6;
  constexpr double kRimInner = 0.62, kRimOuter = 0.98;  // shares of the radius
  const cv::Rect top = cv::Rect(cv::Point(int(seal.x - seal.radius), int(seal.y - seal.radius)),
                                cv::Point(int(seal.x + seal.radius), int(seal.y))) &
                       cv::Rect(0, 0, ink.cols, ink.rows);
  if (top.empty()) return;
  const Components components(ink(top));
  cv::Mat rim = cv::Mat::zeros(top.size(), CV_8U);
  for (int i = 1; i < components.count; ++i) {
    const Box box = components.box(i);
    if (box.height() < sizes.pixels(kHeightMinMm) || box.height() > sizes.pixels(kHeightMaxMm))
      continue;
    const double distance =
        std::hypot(top.x + box.center_x() - seal.x, top.y + box.center_y() - seal.y) / seal.radius;
    if (distance < kRimInner || distance > kRimOuter) continue;
    rim(components.rect(i)).setTo(255, components.labels(components.rect(i)) == i);
  }
  cv::dilate(rim, rim, cv::Mat::ones(3, 3, CV_8U));
  canvas.wipe(top, rim);
  ink(top).setTo(0, rim);
}

// Wipes off a seal's rings and its middle. Its top and bottom stay, where the signatory's title
// and name run into it: parted from the rings their letters can be read.
void erase_seal(Canvas& canvas, cv::Mat& ink, const Image& ink_image, const Circle& seal) {
  constexpr double kTitleReach = -0.62, kNameReach = 0.72;  // shares of the radius
  constexpr double kRingShare = 0.7;  // a radius inked all around by more than this is a ring
  cv::Mat mask = cv::Mat::zeros(ink.size(), CV_8U);
  const cv::Point middle(int(seal.x), int(seal.y));
  cv::circle(mask, middle, int(seal.radius), 255, cv::FILLED);
  mask.rowRange(0, std::max(0, int(seal.y + kTitleReach * seal.radius))).setTo(0);
  mask.rowRange(std::min(mask.rows, int(seal.y + kNameReach * seal.radius)), mask.rows).setTo(0);
  for (double radius = 0.5 * seal.radius; radius < 1.08 * seal.radius; radius += 1)
    if (inked_share(ink_image, {seal.x, seal.y, radius}) > kRingShare)
      cv::circle(mask, middle, int(radius), 255, 3);
  canvas.wipe(mask);
  ink.setTo(0, mask);
  erase_rim_letters(canvas, ink, seal, InkSizes(ink_image.dpi));
}

// Red ink scanned in grey is lighter than print: the median level of the ring tells.
SealColour colour_of(const cv::Mat& grey, const Circle& seal) {
  constexpr std::uint8_t kLighterThanPrint = 60;
  constexpr int kAngles = 240;
  std::vector<std::uint8_t> levels;
  for (int i = 0; i < kAngles; ++i) {
    const double angle = 2 * CV_PI * i / kAngles;
    const int x = int(seal.x + seal.radius * std::cos(angle));
    const int y = int(seal.y + seal.radius * std::sin(angle));
    if (x >= 0 && y >= 0 && x < grey.cols && y < grey.rows)
      levels.push_back(grey.at<std::uint8_t>(y, x));
  }
  if (levels.empty()) return SealColour::Black;
  const auto middle = levels.begin() + std::ssize(levels) / 2;
  std::nth_element(levels.begin(), middle, levels.end());
  return *middle > kLighterThanPrint ? SealColour::Grey : SealColour::Black;
}

// Erases the seals that large pieces of ink belong to; colour has shown no seal here.
std::vector<FoundSeal> erase_seals(Canvas& canvas, Image& ink_image) {
  const InkSizes sizes(ink_image.dpi);
  cv::Mat ink = view(ink_image);
  const Components components(ink);
  Box where;
  for (int i = 1; i < components.count; ++i)
    if (components.height(i) > sizes.seal_height_min() &&
        components.width(i) > sizes.seal_height_min())
      where = united(where, components.box(i));
  if (where.empty()) return {};
  std::vector<FoundSeal> seals;
  for (const Circle& circle : find_seals(ink_image, where))
    seals.push_back({circle, colour_of(canvas.grey, circle), inked_disc_share(ink_image, circle)});
  const Image before = ink_image;
  for (const FoundSeal& seal : seals) erase_seal(canvas, ink, before, seal.circle);
  return seals;
}

double median_height(const std::vector<Box>& boxes) {
  std::vector<double> heights;
  heights.reserve(boxes.size());
  for (const Box& box : boxes) heights.push_back(box.height());
  return median(std::move(heights));
}

// Collects the letters and wipes flourishes off.
std::vector<Box> take_letters(Canvas& canvas, const cv::Mat& ink, const InkSizes& sizes) {
  std::vector<Box> letters;
  const Components components(ink);
  std::vector<bool> flourish(static_cast<std::size_t>(components.count));
  for (int i = 1; i < components.count; ++i) {
    if (components.letter(i, sizes))
      letters.push_back(components.box(i));
    else
      flourish[static_cast<std::size_t>(i)] = is_flourish(components, i, sizes);
  }
  const cv::Mat before = canvas.grey.clone();
  erase(canvas, components, flourish, 2);
  // A pen that runs through a row of print makes one piece with its letters; these stay.
  for (const Box& row : find_text_rows(letters)) {
    const double reach = 4 * row.height();
    const cv::Rect band = cv::Rect(cv::Point(int(row.left - reach), int(row.top)),
                                   cv::Point(int(row.right + reach), int(row.bottom))) &
                          cv::Rect(0, 0, ink.cols, ink.rows);
    before(band).copyTo(canvas.grey(band));
  }
  return letters;
}

}  // namespace

Ink find_ink(Image& page, const Image& paper, const Image& flat) {
  Ink out;
  const InkSizes sizes(page.dpi);
  Canvas canvas{view(page), view(paper)};
  Image mask = ink_of(flat);
  cv::Mat ink = view(mask);
  // Pieces of a broken rule are specks to who does not see the rule, parts of a seal are no rules.
  Image rules_ink = mask;
  if (despeckle(canvas, ink, sizes)) out.steps.emplace_back("despeckled");
  const cv::Mat with_seals = ink.clone();
  out.seals = erase_seals(canvas, mask);
  if (!out.seals.empty()) out.steps.emplace_back("seal_erased");
  view(rules_ink).setTo(0, with_seals & ~ink);
  const RuleInk found = find_rule_ink(rules_ink);
  out.rules = found.rules;
  canvas.wipe(view(found.mask));
  ink.setTo(0, view(found.mask));
  out.letters = take_letters(canvas, ink, sizes);
  out.text_height = median_height(out.letters);
  return out;
}

}  // namespace vanban::ocr
