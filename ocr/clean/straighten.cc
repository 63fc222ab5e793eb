#include "ocr/clean/straighten.h"

#include <allheaders.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>
#include <vector>

namespace vanban::ocr {
namespace {

// Leptonica's angles below this cost more in resampling than they bring.
constexpr double kSkewMinDegrees = 0.05;
// pixFindSkew's ratio of the best to the worst line sharpness; 3 is its own advice for "reliable".
constexpr float kSkewConfidenceMin = 3.0F;

cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC(image.channels),
          const_cast<std::uint8_t*>(image.pixels.data())};
}

Image blank_image(int width, int height, double dpi, int channels = 1) {
  Image out{width, height, channels, dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(height));
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

// The level that most of a page has.
int paper_level(const Image& grey) {
  std::array<std::size_t, 256> levels{};
  for (const std::uint8_t level : grey.pixels) ++levels[level];
  return static_cast<int>(std::max_element(levels.begin() + 128, levels.end()) - levels.begin());
}

// Fills `out` from `from`; `back` maps the pixels of `out` to those of `from`. `beside`: the level
// of what lies beside the picture; none: as its edge.
void warp(const Image& from, const Affine& back, Image& out, std::optional<int> beside = {}) {
  // warpAffine takes the middle of a pixel for its place, boxes take its corner.
  const double cx = back.x0 + (back.xx + back.xy) / 2 - 0.5;
  const double cy = back.y0 + (back.yx + back.yy) / 2 - 0.5;
  const cv::Matx23d inverse(back.xx, back.xy, cx, back.yx, back.yy, cy);
  cv::Mat into = view(out);
  cv::warpAffine(view(from), into, inverse, into.size(), cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                 beside ? cv::BORDER_CONSTANT : cv::BORDER_REPLICATE,
                 cv::Scalar(beside.value_or(0)));
}

using PixPtr = std::unique_ptr<Pix, void (*)(Pix*)>;

PixPtr own(Pix* pix) {
  return {pix, [](Pix* p) { pixDestroy(&p); }};
}

// Leptonica's view of ink, which stays ours.
PixPtr view(const Bits& ink) {
  PixPtr pix(pixCreateHeader(ink.width, ink.height, 1), [](Pix* p) {
    pixSetData(p, nullptr);
    pixDestroy(&p);
  });
  pixSetData(pix.get(), const_cast<std::uint32_t*>(ink.words.data()));
  return pix;
}

// The lean of rows that are nearly level, clockwise; none where they are not, or there are none.
std::optional<double> small_skew(Pix* ink) {
  l_float32 turn = 0, confidence = 0;
  if (pixFindSkew(ink, &turn, &confidence) != 0 || confidence < kSkewConfidenceMin) return {};
  // Leptonica gives the clockwise turn that makes the page straight.
  return std::abs(turn) < kSkewMinDegrees ? 0.0 : double(-turn);
}

// ---- Sheets that lie askew

// Middles of the marks of a letter's size.
struct Letters {
  std::vector<Point> middles;
  double height = 0;  // median
};

Letters letters_of(const Bits& ink) {
  // Pixels: what is lower is a dot at any density. Times the median: what is larger is a picture.
  constexpr int kLowest = 5;
  constexpr double kLargest = 4, kSmallest = 0.4;
  std::vector<PixelRect> marks = rects_of_pieces(ink);
  std::erase_if(marks, [](const PixelRect& mark) { return mark.height < kLowest; });
  std::vector<double> heights;
  for (const PixelRect& mark : marks) heights.push_back(mark.height);
  Letters out;
  out.height = median(heights);
  for (const PixelRect& mark : marks)
    if (mark.height >= kSmallest * out.height && mark.height <= kLargest * out.height &&
        mark.width <= kLargest * out.height)
      out.middles.push_back({mark.box().center_x(), mark.box().center_y()});
  return out;
}

// How unevenly letters spread over the heights of a page whose text leans by so much: rows part
// where the angle is right.
double row_sharpness(const Letters& letters, double degrees) {
  constexpr double kBin = 0.4;  // of a letter's height
  const double c = std::cos(degrees * CV_PI / 180), s = std::sin(degrees * CV_PI / 180);
  std::vector<double> down;
  for (const Point& at : letters.middles) down.push_back(c * at.y - s * at.x);
  const auto [low, high] = std::minmax_element(down.begin(), down.end());
  const double bin = kBin * letters.height;
  std::vector<int> bins(static_cast<std::size_t>((*high - *low) / bin) + 2);
  for (const double y : down) ++bins[static_cast<std::size_t>((y - *low) / bin)];
  double sum = 0;
  for (std::size_t i = 1; i < bins.size(); ++i) {
    const double step = bins[i] - bins[i - 1];
    sum += step * step;
  }
  return sum;
}

// The lean of a sheet that lies askew, within a degree; none where no angle parts its rows.
std::optional<double> coarse_skew(const Letters& letters) {
  // Fewer letters part by chance. Of print the right angle's sharpness is five and more times that
  // of most.
  constexpr std::size_t kFewest = 80;
  constexpr double kClear = 2.5;
  constexpr int kMost = 45;
  if (letters.middles.size() < kFewest) return {};
  std::vector<double> all;
  double best = 0, best_degrees = 0;
  for (int half = -2 * kMost; half <= 2 * kMost; ++half) {
    const double sharpness = row_sharpness(letters, half / 2.0);
    all.push_back(sharpness);
    if (sharpness > best) best = sharpness, best_degrees = half / 2.0;
  }
  return best > kClear * median(std::move(all)) ? std::optional(best_degrees) : std::nullopt;
}

}  // namespace

Straightened turned(Image image, int degrees) {
  if (degrees == 0) return {std::move(image), {}};
  const bool upended = degrees != 180;
  Straightened out{blank_image(upended ? image.height : image.width,
                               upended ? image.width : image.height, image.dpi, image.channels),
                   unturn(degrees, image.width, image.height)};
  cv::Mat into = view(out.image);
  cv::rotate(view(image), into,
             degrees == 90    ? cv::ROTATE_90_CLOCKWISE
             : degrees == 180 ? cv::ROTATE_180
                              : cv::ROTATE_90_COUNTERCLOCKWISE);
  return out;
}

double find_skew(const Bits& ink) {
  const PixPtr pix = view(ink);
  if (const auto small = small_skew(pix.get())) return *small;
  const auto coarse = coarse_skew(letters_of(ink));
  if (!coarse) return 0;
  const PixPtr level = own(pixRotate(pix.get(), static_cast<l_float32>(-*coarse * CV_PI / 180),
                                     L_ROTATE_SAMPLING, L_BRING_IN_WHITE, ink.width, ink.height));
  const auto rest = level ? small_skew(level.get()) : std::nullopt;
  return rest ? *coarse + *rest : 0;
}

Box turned_print(const Bits& ink, double skew_degrees) {
  constexpr double kMargin = 5;  // letters' heights
  const double c = std::cos(skew_degrees * CV_PI / 180), s = std::sin(skew_degrees * CV_PI / 180);
  const double middle_x = ink.width / 2.0, middle_y = ink.height / 2.0;
  const Letters letters = letters_of(ink);
  std::vector<Point> turned;
  for (const Point& at : letters.middles)
    turned.push_back({middle_x + c * (at.x - middle_x) + s * (at.y - middle_y),
                      middle_y - s * (at.x - middle_x) + c * (at.y - middle_y)});
  const Box print = around(turned);
  const double margin = kMargin * letters.height;
  return {print.left - margin, print.top - margin, print.right + margin, print.bottom + margin};
}

Straightened straightened(Image grey, double skew_degrees, double scale,
                          const std::optional<Box>& frame) {
  if (skew_degrees == 0 && scale == 1) return {std::move(grey), {}};
  const Box kept = frame.value_or(Box{0, 0, double(grey.width), double(grey.height)});
  const int width = static_cast<int>(std::lround(kept.width() * scale));
  const int height = static_cast<int>(std::lround(kept.height() * scale));
  const double angle = skew_degrees * CV_PI / 180;
  const double c = std::cos(angle) / scale, s = std::sin(angle) / scale;
  Affine back{c, -s, 0, s, c, 0};
  // The middle of the picture stays where it is; it need not be the frame's.
  const double middle_x = scale * (grey.width / 2.0 - kept.left);
  const double middle_y = scale * (grey.height / 2.0 - kept.top);
  back.x0 = grey.width / 2.0 - (back.xx * middle_x + back.xy * middle_y);
  back.y0 = grey.height / 2.0 - (back.yx * middle_x + back.yy * middle_y);
  Straightened out{blank_image(width, height, grey.dpi * scale), back};
  warp(grey, back, out.image, frame ? std::optional(paper_level(grey)) : std::nullopt);
  return out;
}

Image part_after(const Image& scan, const Affine& to_scan, const Box& box) {
  const double scale = std::sqrt(std::abs(to_scan.xx * to_scan.yy - to_scan.xy * to_scan.yx));
  Image out =
      blank_image(static_cast<int>(box.width()), static_cast<int>(box.height()), scan.dpi / scale);
  warp(scan, Affine{1, 0, box.left, 0, 1, box.top}.then(to_scan), out);
  return out;
}

}  // namespace vanban::ocr
