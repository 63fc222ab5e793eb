#include "ocr/preprocess.h"

#include <allheaders.h>

#include <cmath>
#include <memory>
#include <opencv2/imgproc.hpp>

#include "ocr/red_ink.h"
#include "ocr/seals.h"
#include "ocr/text_rows.h"

namespace vanban::ocr {
namespace {

// Sizes of ink in pixels at a density. Print of 11 to 15 points has letters of 1.5 mm (x-height) to
// 5.2 mm (capital with hook and dot below).
struct Sizes {
  explicit Sizes(double dpi) : pixels_per_mm(dpi / 25.4) {}

  double pixels_per_mm;
  int pixels(double mm) const {
    return std::max(1, static_cast<int>(std::lround(mm * pixels_per_mm)));
  }
  int letter_height_min() const { return pixels(0.76); }
  int letter_height_max() const { return pixels(6.4); }
  int letter_width_min() const { return pixels(0.25); }
  int letter_width_max() const { return pixels(22); }  // letters that touch, a whole short word
  int letter_area_min() const { return static_cast<int>(0.29 * pixels_per_mm * pixels_per_mm); }
  // The shortest ruling lines: no letter has a stroke this long.
  int horizontal_rule_min() const { return pixels(9.3); }
  int vertical_rule_min() const { return pixels(6.8); }
  int rule_thickness_max() const { return pixels(1.4); }
  int flourish_height_min() const { return pixels(11); }
  int blot_height_min() const { return pixels(18.6); }
  int seal_height_min() const { return pixels(22); }
  int speck_max() const { return pixels(0.76); }  // a dot of an i is as large
};

// Leptonica's angles below this cost more in resampling than they bring.
constexpr double kSkewMinDegrees = 0.05;
// pixFindSkew's ratio of the best to the worst line sharpness; 3 is its own advice for "reliable".
constexpr float kSkewConfidenceMin = 3.0F;

// Paper darker here than there by more than this (standard deviation of the background, grey
// levels) is worth flattening; flattening an even page only adds noise.
constexpr double kShadingMin = 12;

// Grey levels by which writing stands out at least from its paper after flattening. Faint print
// has some 20, scanner noise and show-through that nobody can read stay below 8.
constexpr double kFaintestInk = 10;

cv::Mat view(const Image& image) {
  return {image.height, image.width, image.channels == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(image.pixels.data())};
}

Image to_image(const cv::Mat& grey, double dpi) {
  Image out{grey.cols, grey.rows, 1, dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  for (int y = 0; y < grey.rows; ++y)
    std::copy_n(grey.ptr(y), out.stride(), out.pixels.data() + out.stride() * y);
  return out;
}

cv::Mat turned(const cv::Mat& image, int degrees) {
  cv::Mat out;
  if (degrees == 0) return image;
  cv::rotate(image, out,
             degrees == 90    ? cv::ROTATE_90_CLOCKWISE
             : degrees == 180 ? cv::ROTATE_180
                              : cv::ROTATE_90_COUNTERCLOCKWISE);
  return out;
}

// From pixels of the turned image back to those of the one before.
Affine unturn(int degrees, double width, double height) {
  switch (degrees) {
    case 90: return {0, 1, 0, -1, 0, height};
    case 180: return {-1, 0, width, 0, -1, height};
    case 270: return {0, -1, width, 1, 0, 0};
    default: return {};
  }
}

// The paper without its print: what a closing by a stroke's width leaves, smoothed.
cv::Mat background_of(const cv::Mat& grey) {
  cv::Mat small, background;
  cv::resize(grey, small, {}, 0.125, 0.125, cv::INTER_AREA);
  cv::dilate(small, small, cv::Mat::ones(7, 7, CV_8U));
  cv::medianBlur(small, small, 31);
  cv::resize(small, background, grey.size());
  return background;
}

cv::Mat flattened(const cv::Mat& grey, const cv::Mat& background) {
  cv::Mat out;
  cv::divide(grey, cv::max(background, 40), out, 245);
  return out;
}

// 255 where there is ink.
cv::Mat ink_mask(const cv::Mat& flat) {
  cv::Mat mask;
  cv::threshold(flat, mask, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  return mask;
}

struct PixDeleter {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixDeleter>;

PixPtr to_binary_pix(const cv::Mat& mask) {
  PixPtr pix(pixCreate(mask.cols, mask.rows, 1));
  const int words_per_line = pixGetWpl(pix.get());
  l_uint32* data = pixGetData(pix.get());
  for (int y = 0; y < mask.rows; ++y) {
    const std::uint8_t* row = mask.ptr(y);
    l_uint32* line = data + static_cast<std::ptrdiff_t>(y) * words_per_line;
    for (int x = 0; x < mask.cols; ++x)
      if (row[x] != 0) SET_DATA_BIT(line, x);
  }
  return pix;
}

// Clockwise lean of the text in degrees, within 0.03; 0 where there is too little to tell.
double skew_of(const cv::Mat& mask) {
  const PixPtr pix = to_binary_pix(mask);
  l_float32 turn = 0, confidence = 0;
  if (pixFindSkew(pix.get(), &turn, &confidence) != 0 || confidence < kSkewConfidenceMin) return 0;
  // Leptonica gives the clockwise turn that makes the page straight.
  return std::abs(turn) < kSkewMinDegrees ? 0 : -turn;
}

struct Straightened {
  cv::Mat image;
  Affine to_before;  // pixels of `image` to pixels before
};

// Turns by -skew about the middle and scales, in one cubic interpolation.
Straightened straightened(const cv::Mat& grey, double skew_degrees, double scale) {
  if (skew_degrees == 0 && scale == 1) return {grey, {}};
  const int width = static_cast<int>(std::lround(grey.cols * scale));
  const int height = static_cast<int>(std::lround(grey.rows * scale));
  const double angle = skew_degrees * CV_PI / 180;
  const double c = std::cos(angle) / scale, s = std::sin(angle) / scale;
  Affine back{c, -s, 0, s, c, 0};
  back.x0 = grey.cols / 2.0 - (back.xx * width + back.xy * height) / 2;
  back.y0 = grey.rows / 2.0 - (back.yx * width + back.yy * height) / 2;
  // warpAffine takes the middle of a pixel for its place, boxes take its corner.
  const double cx = back.x0 + (back.xx + back.xy) / 2 - 0.5;
  const double cy = back.y0 + (back.yx + back.yy) / 2 - 0.5;
  const cv::Matx23d inverse(back.xx, back.xy, cx, back.yx, back.yy, cy);
  cv::Mat out;
  cv::warpAffine(grey, out, inverse, {width, height}, cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
  return {out, back};
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
  bool letter(int i, const Sizes& sizes) const {
    return height(i) >= sizes.letter_height_min() && height(i) <= sizes.letter_height_max() &&
           width(i) >= sizes.letter_width_min() && width(i) <= sizes.letter_width_max() &&
           area(i) >= sizes.letter_area_min();
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
bool despeckle(Canvas& canvas, cv::Mat& mask, const Sizes& sizes) {
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

// Long thin strokes along one axis, as boxes; `mask` keeps their pixels for erasing.
std::vector<Box> find_strokes(const cv::Mat& ink, cv::Size stroke, int thickness_max,
                              cv::Mat& mask) {
  cv::morphologyEx(ink, mask, cv::MORPH_OPEN, cv::Mat::ones(stroke, CV_8U));
  const Components components(mask);
  std::vector<Box> out;
  for (int i = 1; i < components.count; ++i) {
    const cv::Rect rect = components.rect(i);
    const int thickness = stroke.width > 1 ? rect.height : rect.width;
    const int length = stroke.width > 1 ? rect.width : rect.height;
    // A thick short bar is a blot or a dark scan edge; a long rule may lean a little.
    if (thickness <= std::max(thickness_max, length / 40))
      out.push_back(components.box(i));
    else
      mask(rect).setTo(0, components.labels(rect) == i);
  }
  return out;
}

// Rings of black seals, signatures, braces: larger than any letter and mostly empty inside.
bool is_flourish(const Components& components, int i, const Sizes& sizes) {
  const double fill = double(components.area(i)) / components.width(i) / components.height(i);
  return (components.height(i) > sizes.flourish_height_min() && fill < 0.25) ||
         components.height(i) > sizes.blot_height_min();
}

// Wipes off a seal's rings and its middle. Its top and bottom stay, where the signatory's title
// and name run into it: parted from the rings their letters can be read.
void erase_seal(Canvas& canvas, cv::Mat& ink, const Image& ink_image, const Seal& seal) {
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
}

// Erases the seals that large pieces of ink belong to; colour has shown no seal here.
bool erase_seals(Canvas& canvas, cv::Mat& ink, const Sizes& sizes) {
  const Components components(ink);
  Box where;
  for (int i = 1; i < components.count; ++i)
    if (components.height(i) > sizes.seal_height_min() &&
        components.width(i) > sizes.seal_height_min())
      where = united(where, components.box(i));
  if (where.empty()) return false;
  const Image ink_image = to_image(ink, sizes.pixels_per_mm * 25.4);
  const std::vector<Seal> seals = find_seals(ink_image, where);
  for (const Seal& seal : seals) erase_seal(canvas, ink, ink_image, seal);
  return !seals.empty();
}

// Whether no ink could be writing: too few marks of a letter's size that stand out from the noise
// of the paper, however faint. Half the resolution shows as much and smooths the noise.
bool is_blank(const cv::Mat& flat, double dpi) {
  constexpr int kFewestLetters = 12;
  cv::Mat half;
  cv::resize(flat, half, {}, 0.5, 0.5, cv::INTER_AREA);
  const Sizes sizes(dpi / 2);
  const Components components(half < 245 - kFaintestInk);
  int letters = 0;
  for (int i = 1; i < components.count && letters < kFewestLetters; ++i)
    letters += components.letter(i, sizes) ? 1 : 0;
  return letters < kFewestLetters;
}

double median_height(const std::vector<Box>& boxes) {
  if (boxes.empty()) return 0;
  std::vector<double> heights;
  heights.reserve(boxes.size());
  for (const Box& box : boxes) heights.push_back(box.height());
  const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

// Whether the print is so faint that the engine's threshold would take it for paper: even the
// darkest tenth of the ink is light. Specks and show-through do not decide.
bool is_faint(const cv::Mat& flat) {
  constexpr int kAnyInk = 10;       // levels below the paper's 245
  constexpr int kFaintLevel = 150;  // the darkest tenth of ordinary print lies below 90
  const cv::Mat ink = flat < 245 - kAnyInk;
  const cv::Mat dark = flat < kFaintLevel;
  return cv::countNonZero(dark) * 10 < cv::countNonZero(ink);
}

// Faint ink as dark as ordinary print, paper at 245.
cv::Mat darkened(const cv::Mat& flat) {
  constexpr double kDarkest = 190;
  cv::Mat out;
  flat.convertTo(out, CV_8U, 245 / (245 - kDarkest), -kDarkest * 245 / (245 - kDarkest));
  return out;
}

// Separates letters from specks, rules and flourishes, and wipes these off.
void find_ink(Preprocessed& out, Canvas& canvas, const cv::Mat& flat, const Sizes& sizes) {
  cv::Mat ink = ink_mask(flat);
  if (despeckle(canvas, ink, sizes)) out.steps.emplace_back("despeckled");
  if (erase_seals(canvas, ink, sizes)) out.steps.emplace_back("seal_erased");

  const cv::Mat all_ink = ink.clone();
  const auto take_rules = [&](cv::Size stroke) {
    cv::Mat mask;
    std::vector<Box> rules = find_strokes(all_ink, stroke, sizes.rule_thickness_max(), mask);
    cv::dilate(mask, mask, cv::Mat::ones(5, 5, CV_8U));
    canvas.wipe(mask);
    ink.setTo(0, mask);
    return rules;
  };
  out.rules.horizontal = take_rules({sizes.horizontal_rule_min(), 1});
  out.rules.vertical = take_rules({1, sizes.vertical_rule_min()});

  const Components components(ink);
  std::vector<bool> flourish(static_cast<std::size_t>(components.count));
  for (int i = 1; i < components.count; ++i) {
    if (components.letter(i, sizes))
      out.components.push_back(components.box(i));
    else
      flourish[static_cast<std::size_t>(i)] = is_flourish(components, i, sizes);
  }
  const cv::Mat before = canvas.grey.clone();
  erase(canvas, components, flourish, 2);
  // A pen that runs through a row of print makes one piece with its letters; these stay.
  for (const Box& row : find_text_rows(out.components)) {
    const double reach = 4 * row.height();
    const cv::Rect band = cv::Rect(cv::Point(int(row.left - reach), int(row.top)),
                                   cv::Point(int(row.right + reach), int(row.bottom))) &
                          cv::Rect(0, 0, ink.cols, ink.rows);
    before(band).copyTo(canvas.grey(band));
  }
  out.text_height = median_height(out.components);
}

}  // namespace

Preprocessed preprocess(const Image& scan, const PreprocessOptions& options) {
  Preprocessed out;
  const double scan_dpi = scan.dpi > 0 ? scan.dpi : options.target_dpi;
  RedInk red;
  if (scan.channels == 3) red = without_red_ink(scan);
  if (red.removed) out.steps.emplace_back("red_ink_removed");
  cv::Mat grey = view(scan.channels == 3 ? red.grey : scan);
  constexpr int kSmallestPage = 32;  // pixels; less than that holds no line of text
  if (std::min(scan.width, scan.height) < kSmallestPage) {
    out.blank = true;
    out.image = to_image(grey, scan_dpi);
    return out;
  }
  grey = turned(grey, options.rotation_degrees);
  if (options.rotation_degrees != 0) out.steps.emplace_back("rotated");
  Affine to_scan = unturn(options.rotation_degrees, scan.width, scan.height);

  out.skew_degrees = skew_of(ink_mask(flattened(grey, background_of(grey))));
  const double scale = scan_dpi < options.enough_dpi ? options.target_dpi / scan_dpi : 1;
  const double dpi = scan_dpi * scale;
  const Straightened straight = straightened(grey, out.skew_degrees, scale);
  if (scale != 1) out.steps.emplace_back("upscaled");
  if (out.skew_degrees != 0) out.steps.emplace_back("deskewed");
  out.to_raster = straight.to_before.then(to_scan);

  // From here on the image is painted on; the scan itself is not ours to change.
  Canvas canvas{straight.image.clone(), background_of(straight.image)};
  cv::Mat flat = flattened(canvas.grey, canvas.paper);
  out.blank = is_blank(flat, dpi);
  if (!out.blank) {
    cv::Scalar mean, deviation;
    cv::meanStdDev(canvas.paper, mean, deviation);
    const bool faint = is_faint(flat);
    if (faint) flat = darkened(flat);
    if (faint || deviation[0] > kShadingMin) {
      canvas = {flat.clone(), cv::Mat(flat.size(), CV_8U, 245)};
      out.steps.emplace_back(faint ? "darkened" : "flattened");
    }
    find_ink(out, canvas, flat, Sizes(dpi));
  }
  out.image = to_image(canvas.grey, dpi);
  return out;
}

Rules find_rules(const Image& drawing) {
  cv::Mat grey = view(drawing);
  if (drawing.channels == 3) cv::cvtColor(grey, grey, cv::COLOR_BGR2GRAY);
  // A hairline drawn at a low density is light grey.
  constexpr int kPaler = 225;
  const cv::Mat ink = grey < kPaler;
  const Sizes sizes(drawing.dpi);
  cv::Mat mask;
  return {find_strokes(ink, {sizes.horizontal_rule_min(), 1}, sizes.rule_thickness_max(), mask),
          find_strokes(ink, {1, sizes.vertical_rule_min()}, sizes.rule_thickness_max(), mask)};
}

}  // namespace vanban::ocr
