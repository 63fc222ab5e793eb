#include "ocr/clean/straighten.h"

#include <allheaders.h>

#include <cmath>
#include <cstddef>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <utility>

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

// Fills `out` from `from`; `back` maps the pixels of `out` to those of `from`.
void warp(const Image& from, const Affine& back, Image& out) {
  // warpAffine takes the middle of a pixel for its place, boxes take its corner.
  const double cx = back.x0 + (back.xx + back.xy) / 2 - 0.5;
  const double cy = back.y0 + (back.yx + back.yy) / 2 - 0.5;
  const cv::Matx23d inverse(back.xx, back.xy, cx, back.yx, back.yy, cy);
  cv::Mat into = view(out);
  cv::warpAffine(view(from), into, inverse, into.size(), cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
                 cv::BORDER_REPLICATE);
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
  const auto give_back = [](Pix* pix) {
    pixSetData(pix, nullptr);
    pixDestroy(&pix);
  };
  const std::unique_ptr<Pix, decltype(give_back)> pix(pixCreateHeader(ink.width, ink.height, 1));
  pixSetData(pix.get(), const_cast<std::uint32_t*>(ink.words.data()));
  l_float32 turn = 0, confidence = 0;
  if (pixFindSkew(pix.get(), &turn, &confidence) != 0 || confidence < kSkewConfidenceMin) return 0;
  // Leptonica gives the clockwise turn that makes the page straight.
  return std::abs(turn) < kSkewMinDegrees ? 0 : -turn;
}

Straightened straightened(Image grey, double skew_degrees, double scale) {
  if (skew_degrees == 0 && scale == 1) return {std::move(grey), {}};
  const int width = static_cast<int>(std::lround(grey.width * scale));
  const int height = static_cast<int>(std::lround(grey.height * scale));
  const double angle = skew_degrees * CV_PI / 180;
  const double c = std::cos(angle) / scale, s = std::sin(angle) / scale;
  Affine back{c, -s, 0, s, c, 0};
  back.x0 = grey.width / 2.0 - (back.xx * width + back.xy * height) / 2;
  back.y0 = grey.height / 2.0 - (back.yx * width + back.yy * height) / 2;
  Straightened out{blank_image(width, height, grey.dpi * scale), back};
  warp(grey, back, out.image);
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
