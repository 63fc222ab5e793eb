#include "ocr/strips/digit_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <utility>

#include "ocr/strips/models.h"

namespace vanban::ocr {
namespace {

// As the reader was trained: see tools/digits/strips.py.
constexpr StripShape kShape{.height = 40, .width = 112, .capitals = 13.5, .baseline = 28};
constexpr int kNothing = 10;  // the classes before it are the digits
constexpr std::size_t kDigitsMax = 5;

constexpr std::array kViews{StripView{},
                            StripView{-4, 0},
                            StripView{-2, 0},
                            StripView{2, 0},
                            StripView{4, 0},
                            StripView{0, -1.5},
                            StripView{0, 1.5},
                            StripView{0, 0, 0.9},
                            StripView{0, 0, 1.1},
                            StripView{1, 0, 0.95, 1.6},
                            StripView{-1, 0, 1.05, 0.7}};

std::vector<Strip> strips_of(const Image& raster, const RasterMap& map, const StripPlace& place) {
  const Image pens = grey_of(raster, DarkInk::NotRed);
  std::vector<Strip> out;
  for (const StripView& view : kViews) out.push_back(cut_strip(pens, map, place, kShape, view));
  return out;
}

Signs signs_of(const std::string& digits) {
  Signs signs;
  for (const char digit : digits) signs.push_back(digit - '0');
  return signs;
}

std::vector<std::string> likely_digits(const ColumnShares& columns) {
  constexpr std::size_t kBeam = 16, kReadings = 6;
  std::vector<std::string> out;
  for (const auto& [signs, share] : likely_readings(columns, kBeam, kDigitsMax)) {
    if (out.size() == kReadings) break;
    std::string& digits = out.emplace_back();
    for (const int sign : signs) digits += static_cast<char>('0' + sign);
  }
  return out;
}

}  // namespace

Image DigitReader::views(const Image& raster, const RasterMap& map, const StripPlace& place) {
  return picture_of(strips_of(raster, map, place));
}

DigitReader::DigitReader() : network_(digits_model(), kNothing) {}

std::vector<Alternative> DigitReader::read(const Image& raster, const RasterMap& map,
                                           const StripPlace& place,
                                           const std::vector<std::string>& allowed) const {
  const std::vector<ColumnShares> views = network_.read(strips_of(raster, map, place));

  std::map<std::string, double> shares;
  for (const std::string& digits : allowed) shares[digits] = 0;
  if (allowed.empty())
    for (const ColumnShares& columns : views)
      for (const std::string& digits : likely_digits(columns)) shares[digits] = 0;
  double total = 0;
  for (auto& [digits, share] : shares) {
    for (const ColumnShares& columns : views)
      share += share_of(columns, signs_of(digits)) / double(views.size());
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
