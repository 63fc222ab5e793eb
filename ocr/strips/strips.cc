#include "ocr/strips/strips.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <utility>

namespace vanban::ocr {
namespace {

cv::Mat view_of(const Image& raster) {
  return {raster.height, raster.width, raster.channels == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(raster.pixels.data())};
}

// Ink from 0 to 1: paper is what four fifths of the strip are lighter than, the darkest ink is 1.
void stretch(cv::Mat& strip, double contrast) {
  const auto level = [&](double share) {
    std::vector<float> values(strip.begin<float>(), strip.end<float>());
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
  };
  constexpr float kFaintestPaper = 40, kNoise = 0.06F, kFaintestInk = 0.25F;
  const float paper = level(0.8);
  strip = (paper - strip) / std::max(kFaintestPaper, paper);
  strip = cv::max((strip - kNoise) / (1 - kNoise), 0);
  strip = cv::min(strip / std::max(level(0.995), kFaintestInk), 1);
  if (contrast != 1) cv::pow(strip, contrast, strip);
}

}  // namespace

double likely_capitals(const std::vector<Box>& ink) {
  // The median of the marks is a little above the small letters, and capitals are above it by this.
  constexpr double kAboveMedian = 1.3;
  std::vector<double> heights;
  for (const Box& mark : ink) heights.push_back(mark.height());
  return kAboveMedian * median(std::move(heights));
}

Image grey_of(const Image& raster, DarkInk ink) {
  if (raster.channels == 1) return raster;
  std::vector<cv::Mat> channels;
  cv::split(view_of(raster), channels);
  cv::Mat grey = channels[2];
  if (ink == DarkInk::Black) cv::max(channels[0], channels[2], grey);
  if (ink == DarkInk::Any) {
    cv::min(channels[0], channels[1], grey);
    cv::min(grey, channels[2], grey);
  }
  Image out;
  out.width = raster.width;
  out.height = raster.height;
  out.dpi = raster.dpi;
  out.pixels.assign(grey.datastart, grey.dataend);
  return out;
}

Strip cut_strip(const Image& grey, const RasterMap& map, const StripPlace& place,
                const StripShape& shape, const StripView& view) {
  const double scale = shape.capitals / place.capital_height * view.scale;
  const double tilt = place.tilt_degrees * std::numbers::pi / 180;
  const double across = std::cos(tilt), rise = std::sin(tilt), middle = shape.width / 2.0 / scale;
  cv::Mat x(shape.height, shape.width, CV_32F), y(shape.height, shape.width, CV_32F);
  for (int row = 0; row < shape.height; ++row)
    for (int column = 0; column < shape.width; ++column) {
      const double right = (column - view.right) / scale - middle;
      const double down = (row - shape.baseline - view.down) / scale;
      const Point at = map.to_displayed.apply(place.left + middle + right * across + down * rise,
                                              place.baseline - right * rise + down * across);
      x.at<float>(row, column) = static_cast<float>(at.x * map.pixels_per_point);
      y.at<float>(row, column) = static_cast<float>(at.y * map.pixels_per_point);
    }
  // The part of the raster around the strip, smoothed so that shrinking loses no stroke.
  double left = 0, right = 0, top = 0, bottom = 0;
  cv::minMaxLoc(x, &left, &right);
  cv::minMaxLoc(y, &top, &bottom);
  const cv::Rect around =
      cv::Rect(cv::Point(int(left) - 8, int(top) - 8), cv::Point(int(right) + 9, int(bottom) + 9)) &
      cv::Rect(0, 0, grey.width, grey.height);
  Strip out{shape.height, shape.width, {}};
  if (around.empty()) {
    out.ink.assign(std::size_t(shape.height) * std::size_t(shape.width), 0);
    return out;
  }
  const double shrink = shape.width / std::max(1.0, right - left);
  cv::Mat smooth, strip;
  cv::GaussianBlur(view_of(grey)(around), smooth, {}, std::max(0.3, 0.35 / shrink));
  cv::remap(smooth, strip, x - around.x, y - around.y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  strip.convertTo(strip, CV_32F);
  stretch(strip, view.contrast);
  out.ink.assign(strip.begin<float>(), strip.end<float>());
  return out;
}

std::vector<Strip> cut_strips(const Image& grey, const RasterMap& map, const StripPlace& place,
                              const StripShape& shape, std::span<const StripView> views) {
  std::vector<Strip> out;
  for (const StripView& view : views) out.push_back(cut_strip(grey, map, place, shape, view));
  return out;
}

Image picture_of(const std::vector<Strip>& strips) {
  Image out;
  for (const Strip& strip : strips) {
    out.width = strip.width;
    out.height += strip.height;
    for (const float ink : strip.ink)
      out.pixels.push_back(static_cast<std::uint8_t>(255 * (1 - ink)));
  }
  return out;
}

Image crop(const Image& raster, const RasterMap& map, const Box& box) {
  const auto raster_point = [&](double x, double y) {
    const Point at = map.to_displayed.apply(x, y);
    return Point{at.x * map.pixels_per_point, at.y * map.pixels_per_point};
  };
  const Point origin = raster_point(box.left, box.top), corner = raster_point(box.right, box.top);
  const double scale =
      std::hypot(corner.x - origin.x, corner.y - origin.y) / std::max(1.0, box.width());
  const cv::Size size(std::max(1, int(std::lround(box.width() * scale))),
                      std::max(1, int(std::lround(box.height() * scale))));
  cv::Mat x(size, CV_32F), y(size, CV_32F), out;
  for (int row = 0; row < size.height; ++row)
    for (int column = 0; column < size.width; ++column) {
      const Point at = raster_point(box.left + column / scale, box.top + row / scale);
      x.at<float>(row, column) = static_cast<float>(at.x);
      y.at<float>(row, column) = static_cast<float>(at.y);
    }
  cv::remap(view_of(raster), out, x, y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  Image image;
  image.width = size.width;
  image.height = size.height;
  image.channels = raster.channels;
  image.dpi = raster.dpi;
  image.pixels.assign(out.datastart, out.dataend);
  return image;
}

}  // namespace vanban::ocr
