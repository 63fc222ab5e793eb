#include "ocr/open/page_raster.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

#include "ocr/document/error.h"

namespace vanban::ocr {
namespace {

// JPEG leaves differences of this size between the channels of a grey scan.
constexpr int kGreyTolerance = 2;

bool has_colour(const Image& bgr) {
  for (std::size_t i = 0; i + 2 < bgr.pixels.size(); i += 3) {
    const int blue = bgr.pixels[i], green = bgr.pixels[i + 1], red = bgr.pixels[i + 2];
    if (std::abs(red - green) > kGreyTolerance || std::abs(green - blue) > kGreyTolerance) {
      return true;
    }
  }
  return false;
}

double pixels_at(const PageInfo& page, double dpi) {
  return std::ceil(page.width_pt / 72 * dpi) * std::ceil(page.height_pt / 72 * dpi);
}

std::string size_in_mm(const PageInfo& page) {
  const auto mm = [](double points) { return std::to_string(std::llround(points / 72 * 25.4)); };
  return mm(page.width_pt) + " x " + mm(page.height_pt) + " mm";
}

}  // namespace

double fitting_dpi(const PageInfo& page, double wanted, double max_megapixels) {
  const double most = max_megapixels * 1e6;
  if (pixels_at(page, wanted) <= most) return wanted;
  // One pixel off each side makes up for the rounding up in pixels_at.
  const double square_inches = page.width_pt / 72 * (page.height_pt / 72);
  const double border = (page.width_pt + page.height_pt) / 72;
  const double dpi =
      (std::sqrt(border * border + 4 * square_inches * (most - 1)) - border) / (2 * square_inches);
  if (dpi >= std::min(wanted, kMinDpi)) return std::min(dpi, wanted);
  throw InputError(ErrorKind::TooLarge, "The page measures " + size_in_mm(page) + "; even at " +
                                            std::to_string(std::lround(std::min(wanted, kMinDpi))) +
                                            " dpi that is more than " +
                                            std::to_string(std::lround(max_megapixels)) +
                                            " megapixels");
}

Image without_idle_colour(Image bgr) {
  if (bgr.channels != 3 || has_colour(bgr)) return bgr;
  Image grey{bgr.width, bgr.height, 1, bgr.dpi, {}};
  grey.pixels.resize(bgr.pixels.size() / 3);
  for (std::size_t i = 0; i < grey.pixels.size(); ++i) grey.pixels[i] = bgr.pixels[3 * i + 1];
  return grey;
}

}  // namespace vanban::ocr
