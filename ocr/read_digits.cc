#include "ocr/read_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/digits_model.h"

namespace vanban::ocr {
namespace {

// As the reader was trained: see tools/digits/strips.py.
constexpr int kHeight = 40, kWidth = 112;
constexpr double kCapitals = 13.5, kBaseline = 28;
constexpr int kNothing = 10, kClasses = 11;
constexpr std::size_t kDigitsMax = 5;

// Ways of looking at a strip: what they agree on is there, what one alone sees is not.
struct View {
  double right = 0, down = 0;  // pixels of the strip
  double scale = 1;
  double contrast = 1;
};
constexpr std::array kViews{
    View{},          View{-4, 0},           View{-2, 0},           View{2, 0},
    View{4, 0},      View{0, -1.5},         View{0, 1.5},          View{0, 0, 0.9},
    View{0, 0, 1.1}, View{1, 0, 0.95, 1.6}, View{-1, 0, 1.05, 0.7}};

cv::Mat view_of(const Image& raster) {
  return {raster.height, raster.width, raster.channels == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(raster.pixels.data())};
}

// The channel in which pens are dark and seals are not: red.
cv::Mat dark_pens(const Image& raster) {
  const cv::Mat all = view_of(raster);
  if (raster.channels == 1) return all;
  cv::Mat red;
  cv::extractChannel(all, red, 2);
  return red;
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

cv::Mat strip_of(const cv::Mat& raster, const RasterMap& map, const StripPlace& place,
                 const View& view) {
  const double scale = kCapitals / place.capital_height * view.scale;
  cv::Mat x(kHeight, kWidth, CV_32F), y(kHeight, kWidth, CV_32F), strip;
  for (int row = 0; row < kHeight; ++row)
    for (int column = 0; column < kWidth; ++column) {
      const Point at =
          map.to_displayed.apply(place.left + (column - view.right) / scale,
                                 place.baseline + (row - kBaseline - view.down) / scale);
      x.at<float>(row, column) = static_cast<float>(at.x * map.pixels_per_point);
      y.at<float>(row, column) = static_cast<float>(at.y * map.pixels_per_point);
    }
  // The part of the raster around the strip, smoothed so that shrinking loses no stroke.
  double left = 0, right = 0, top = 0, bottom = 0;
  cv::minMaxLoc(x, &left, &right);
  cv::minMaxLoc(y, &top, &bottom);
  const cv::Rect around =
      cv::Rect(cv::Point(int(left) - 8, int(top) - 8), cv::Point(int(right) + 9, int(bottom) + 9)) &
      cv::Rect({}, raster.size());
  if (around.empty()) return cv::Mat::zeros(kHeight, kWidth, CV_32F);
  const double shrink = kWidth / std::max(1.0, right - left);
  cv::Mat smooth;
  cv::GaussianBlur(raster(around), smooth, {}, std::max(0.3, 0.35 / shrink));
  cv::remap(smooth, strip, x - around.x, y - around.y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
  strip.convertTo(strip, CV_32F);
  stretch(strip, view.contrast);
  return strip;
}

// Of each column of a strip the shares of the ten digits and of nothing.
using Columns = std::vector<std::array<double, kClasses>>;

// The share of a reading among all ways of walking through the columns (the forward pass of CTC).
double share_of(const Columns& columns, const std::string& digits) {
  // States: nothing, digit, nothing, digit, ..., nothing.
  const std::size_t states = 2 * digits.size() + 1;
  const auto class_of = [&](std::size_t state) {
    return state % 2 == 0 ? kNothing : digits[state / 2] - '0';
  };
  std::vector<double> now(states), next(states);
  now[0] = columns[0][kNothing];
  if (states > 1) now[1] = columns[0][std::size_t(class_of(1))];
  for (std::size_t t = 1; t < columns.size(); ++t) {
    for (std::size_t s = 0; s < states; ++s) {
      double sum = now[s];
      if (s >= 1) sum += now[s - 1];
      if (s >= 2 && s % 2 == 1 && class_of(s) != class_of(s - 2)) sum += now[s - 2];
      next[s] = sum * columns[t][std::size_t(class_of(s))];
    }
    std::swap(now, next);
  }
  return now[states - 1] + (states > 1 ? now[states - 2] : 0);
}

// The likeliest readings by a search that keeps the best beginnings (prefix beam search).
std::vector<std::string> likely_readings(const Columns& columns) {
  constexpr std::size_t kBeam = 16, kReadings = 6;
  // Of a beginning the shares of the ways that end in nothing and in its last digit.
  struct Shares {
    double nothing = 0, digit = 0;
    double all() const { return nothing + digit; }
  };
  std::vector<std::pair<std::string, Shares>> beams{{"", {1, 0}}};
  for (const auto& column : columns) {
    std::map<std::string, Shares> next;
    for (const auto& [digits, shares] : beams) {
      Shares& same = next[digits];
      same.nothing += shares.all() * column[kNothing];
      if (!digits.empty()) same.digit += shares.digit * column[std::size_t(digits.back() - '0')];
      if (digits.size() == kDigitsMax) continue;
      for (int digit = 0; digit < 10; ++digit) {
        // The same digit again is another one only after nothing.
        const bool again = !digits.empty() && digits.back() == '0' + digit;
        next[digits + char('0' + digit)].digit +=
            (again ? shares.nothing : shares.all()) * column[std::size_t(digit)];
      }
    }
    beams.assign(next.begin(), next.end());
    const auto better = [](const auto& a, const auto& b) {
      return a.second.all() > b.second.all();
    };
    const auto kept = beams.begin() + std::ptrdiff_t(std::min(kBeam, beams.size()));
    std::partial_sort(beams.begin(), kept, beams.end(), better);
    beams.erase(kept, beams.end());
  }
  std::vector<std::string> out;
  for (const auto& [digits, shares] : beams)
    if (out.size() < kReadings) out.push_back(digits);
  return out;
}

}  // namespace

struct DigitReader::Network {
  mutable cv::dnn::Net net;

  std::vector<Columns> columns_of(const std::vector<cv::Mat>& strips) const {
    net.setInput(cv::dnn::blobFromImages(strips));
    const cv::Mat shares = net.forward();  // strips x classes x 1 x columns
    const int count = shares.size[3];
    std::vector<Columns> out(strips.size(), Columns(std::size_t(count)));
    const auto* value = shares.ptr<float>();
    for (Columns& columns : out)
      for (std::size_t c = 0; c < kClasses; ++c)
        for (int t = 0; t < count; ++t) columns[std::size_t(t)][c] = *value++;
    return out;
  }
};

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

Image DigitReader::views(const Image& raster, const RasterMap& map, const StripPlace& place) {
  Image out;
  out.width = kWidth;
  out.height = kHeight * int(kViews.size());
  const cv::Mat pens = dark_pens(raster);
  for (const View& view : kViews) {
    const cv::Mat strip = strip_of(pens, map, place, view);
    for (auto it = strip.begin<float>(); it != strip.end<float>(); ++it)
      out.pixels.push_back(static_cast<std::uint8_t>(255 * (1 - *it)));
  }
  return out;
}

DigitReader::DigitReader() : network_(std::make_unique<Network>()) {
  const std::string_view model = digits_model();
  network_->net = cv::dnn::readNetFromONNX(model.data(), model.size());
}

DigitReader::~DigitReader() = default;

std::vector<Alternative> DigitReader::read(const Image& raster, const RasterMap& map,
                                           const StripPlace& place,
                                           const std::vector<std::string>& allowed) const {
  const cv::Mat pens = dark_pens(raster);
  std::vector<cv::Mat> strips;
  for (const View& view : kViews) strips.push_back(strip_of(pens, map, place, view));
  const std::vector<Columns> views = network_->columns_of(strips);

  std::map<std::string, double> shares;
  for (const std::string& digits : allowed) shares[digits] = 0;
  if (allowed.empty())
    for (const Columns& columns : views)
      for (const std::string& digits : likely_readings(columns)) shares[digits] = 0;
  double total = 0;
  for (auto& [digits, share] : shares) {
    for (const Columns& columns : views) share += share_of(columns, digits) / double(views.size());
    total += share;
  }
  std::vector<Alternative> out;
  if (total <= 0) return out;
  // Where everything is allowed the rest of the share belongs to readings that were not looked at.
  const double whole = allowed.empty() ? std::max(total, 1.0) : total;
  for (const auto& [digits, share] : shares) out.push_back({digits, share / whole});
  std::stable_sort(out.begin(), out.end(), [](const Alternative& a, const Alternative& b) {
    return a.confidence > b.confidence;
  });
  return out;
}

}  // namespace vanban::ocr
