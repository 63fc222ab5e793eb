#include "ocr/strips/name_reader.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "ocr/strips/models.h"

namespace vanban::ocr {
namespace {

// As the reader was trained: see tools/signatures.
constexpr StripShape kShape{.height = 48, .width = 320, .capitals = 15, .baseline = 33};
constexpr int kNothing = 0;
constexpr std::size_t kLettersMax = 40;
// Class i + 1 is letter i.
constexpr std::string_view kLetters =
    " .-bcdđfghjklmnpqrstvwxzaàáãảạăằắẵẳặâầấẫẩậeèéẽẻẹêềếễểệiìíĩỉịoòóõỏọôồốỗổộơờớỡởợ"
    "uùúũủụưừứữửựyỳýỹỷỵBCDĐFGHJKLMNPQRSTVWXZAÀÁÃẢẠĂẰẮẴẲẶÂẦẤẪẨẬEÈÉẼẺẸÊỀẾỄỂỆIÌÍĨỈỊOÒÓ"
    "ÕỎỌÔỒỐỖỔỘƠỜỚỠỞỢUÙÚŨỦỤƯỪỨỮỬỰYỲÝỸỶỴ";

constexpr std::array kViews{
    StripView{},           StripView{-2, 0},           StripView{2, 0},
    StripView{0, -1.5},    StripView{0, 1.5},          StripView{0, 0, 0.93},
    StripView{0, 0, 1.07}, StripView{1, 1, 0.97, 1.5}, StripView{-1, -1, 1.03, 0.7}};

// Each letter as UTF-8.
std::vector<std::string_view> letters_in(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    out.push_back(text.substr(at, end - at));
    at = end;
  }
  return out;
}

const std::vector<std::string_view>& letters() {
  static const std::vector<std::string_view> all = letters_in(kLetters);
  return all;
}

std::optional<Signs> signs_of(std::string_view text) {
  static const std::map<std::string_view, int> classes = [] {
    std::map<std::string_view, int> out;
    for (std::size_t i = 0; i < letters().size(); ++i) out[letters()[i]] = static_cast<int>(i) + 1;
    return out;
  }();
  Signs signs;
  for (const std::string_view letter : letters_in(text)) {
    const auto found = classes.find(letter);
    if (found == classes.end()) return std::nullopt;
    signs.push_back(found->second);
  }
  return signs;
}

std::string text_of(const Signs& signs) {
  std::string out;
  for (const int sign : signs) out += letters()[static_cast<std::size_t>(sign - 1)];
  return out;
}

std::vector<Strip> strips_of(const Image& grey, const RasterMap& map, const StripPlace& place,
                             Care care) {
  const std::size_t count = care == Care::Glance ? 1 : kViews.size();
  return cut_strips(grey, map, place, kShape, std::span(kViews).first(count));
}

// Whether anything stands where the line's letters would: between the feet and the heads of its
// capitals. Two short words have five times as much.
bool has_print(const Strip& strip) {
  constexpr float kDark = 0.5F;
  constexpr double kInkedMin = 0.008;  // share of that band
  const auto row = [&](double y) {
    return strip.ink.begin() + static_cast<std::ptrdiff_t>(y) * strip.width;
  };
  const auto from = row(kShape.baseline - kShape.capitals), to = row(kShape.baseline);
  return double(std::count_if(from, to, [](float ink) { return ink > kDark; })) >
         kInkedMin * double(to - from);
}

// Whether two pictures show the same in a place, where it has no colour.
bool are_alike(const Strip& a, const Strip& b) {
  constexpr float kLittle = 0.02F;  // of the ink's darkness, in the mean
  float apart = 0;
  for (std::size_t i = 0; i < a.ink.size(); ++i) apart += std::abs(a.ink[i] - b.ink[i]);
  return apart < kLittle * float(a.ink.size());
}

double best_share(const NameLook& look) {
  const auto readings = NameReader::readings(look);
  return readings.empty() ? 0 : readings.front().confidence;
}

}  // namespace

NameReader::NameReader() : network_(names_model(), kNothing) {}

std::vector<Image> NameReader::pictures(const Image& raster) {
  if (raster.channels == 1) return {raster};
  return {grey_of(raster, DarkInk::Black), grey_of(raster, DarkInk::Any)};
}

NameLook NameReader::look(std::span<const Image> pictures, const RasterMap& map,
                          const StripPlace& place, Care care) const {
  // What one picture shows so surely no other shows better.
  constexpr double kSure = 0.8;
  NameLook best;
  double most = -1;
  Strip first;  // picture, as it comes
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::vector<Strip> strips = strips_of(pictures[i], map, place, care);
    const Strip& plain = strips.front();
    if (i == 0) first = plain;
    if (!has_print(plain) || (i > 0 && are_alike(first, plain))) continue;
    NameLook look{network_.read(strips), i};
    const double share = pictures.size() == 1 ? 0 : best_share(look);
    if (share <= most) continue;
    most = share;
    best = std::move(look);
    if (most >= kSure) break;
  }
  return best;
}

std::vector<Alternative> NameReader::readings(const NameLook& look) {
  constexpr Beam kBeam{.width = 12, .readings = 5, .signs_max = kLettersMax};
  std::vector<Alternative> out;
  for (const Signs& signs : likely_readings(look.views, kBeam))
    if (!signs.empty()) out.push_back({text_of(signs), mean_share_of(look.views, signs)});
  sort_likeliest_first(out);
  return out;
}

double NameReader::share(const NameLook& look, std::string_view text) {
  const auto signs = signs_of(text);
  return signs ? mean_share_of(look.views, *signs) : 0;
}

Image NameReader::views(std::span<const Image> pictures, const RasterMap& map,
                        const StripPlace& place) {
  std::vector<Strip> strips;
  for (const Image& picture : pictures)
    for (Strip& strip : strips_of(picture, map, place, Care::Stare))
      strips.push_back(std::move(strip));
  return picture_of(strips);
}

}  // namespace vanban::ocr
