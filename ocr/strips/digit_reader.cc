#include "ocr/strips/digit_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>

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
  return cut_strips(pens, map, place, kShape, kViews);
}

Signs signs_of(const std::string& digits) {
  Signs signs;
  for (const char digit : digits) signs.push_back(digit - '0');
  return signs;
}

std::string digits_of(const Signs& signs) {
  std::string digits;
  for (const int sign : signs) digits += static_cast<char>('0' + sign);
  return digits;
}

}  // namespace

Image DigitReader::views(const Image& raster, const RasterMap& map, const StripPlace& place) {
  return picture_of(strips_of(raster, map, place));
}

DigitReader::DigitReader() : network_(digits_model(), kNothing) {}

std::vector<Alternative> DigitReader::read(const Image& raster, const RasterMap& map,
                                           const StripPlace& place,
                                           const std::vector<std::string>& allowed) const {
  constexpr Beam kBeam{.width = 16, .readings = 6, .signs_max = kDigitsMax};
  const std::vector<ColumnShares> views = network_.read(strips_of(raster, map, place));
  std::set<Signs> readings;
  for (const std::string& digits : allowed) readings.insert(signs_of(digits));
  if (allowed.empty()) readings = likely_readings(views, kBeam);
  std::vector<Alternative> out;
  double total = 0;
  for (const Signs& signs : readings) {
    out.push_back({digits_of(signs), mean_share_of(views, signs)});
    total += out.back().confidence;
  }
  if (total <= 0) return {};
  // Where everything is allowed the rest of the share belongs to readings that were not looked at.
  const double whole = allowed.empty() ? std::max(total, 1.0) : total;
  for (Alternative& reading : out) reading.confidence /= whole;
  sort_likeliest_first(out);
  return out;
}

}  // namespace vanban::ocr
