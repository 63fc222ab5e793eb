#include "ocr/source.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "ocr/error.h"
#include "ocr/page_reader.h"
#include "ocr/pdf_structure.h"

namespace vanban::ocr {
namespace {

using namespace std::string_view_literals;

// Readers accept a PDF whose header stands somewhere in its first 1024 bytes (ISO 32000-1, annex H,
// implementation note 13).
constexpr std::size_t kPdfHeaderWithin = 1024;

// poppler and Leptonica count bytes in an int.
constexpr std::size_t kMaxBytes = std::numeric_limits<int>::max();

// JPEG leaves differences of this size between the channels of a grey scan.
constexpr int kGreyTolerance = 2;

bool starts_with_any(std::string_view bytes, std::initializer_list<std::string_view> magics) {
  return std::any_of(magics.begin(), magics.end(),
                     [&](std::string_view magic) { return bytes.starts_with(magic); });
}

std::optional<SourceKind> kind_of(std::string_view bytes) {
  if (starts_with_any(bytes, {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})) return SourceKind::Tiff;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return SourceKind::Png;
  if (bytes.starts_with("\xff\xd8\xff"sv)) return SourceKind::Jpeg;
  if (bytes.substr(0, kPdfHeaderWithin).find("%PDF-") != std::string_view::npos) {
    return SourceKind::Pdf;
  }
  return std::nullopt;
}

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
  throw InputError(InputError::Code::TooLarge,
                   "The page measures " + size_in_mm(page) + "; even at " +
                       std::to_string(std::lround(std::min(wanted, kMinDpi))) +
                       " dpi that is more than " + std::to_string(std::lround(max_megapixels)) +
                       " megapixels");
}

Image without_idle_colour(Image bgr) {
  if (bgr.channels != 3 || has_colour(bgr)) return bgr;
  Image grey{bgr.width, bgr.height, 1, bgr.dpi, {}};
  grey.pixels.resize(bgr.pixels.size() / 3);
  for (std::size_t i = 0; i < grey.pixels.size(); ++i) grey.pixels[i] = bgr.pixels[3 * i + 1];
  return grey;
}

Source open_source(std::string bytes, const std::string& password) {
  if (bytes.empty()) throw InputError(InputError::Code::Empty, "The file is empty");
  if (bytes.size() > kMaxBytes) {
    throw InputError(InputError::Code::TooLarge, "The file is larger than 2 GiB");
  }
  const std::optional<SourceKind> kind = kind_of(bytes);
  if (!kind) {
    throw InputError(InputError::Code::Unsupported, "Neither PDF nor TIFF, PNG or JPEG");
  }
  Source source;
  source.kind = *kind;
  source.password = password;
  source.original = std::make_shared<const std::string>(std::move(bytes));
  source.bare = source.original;
  if (source.kind != SourceKind::Pdf) {
    read_image_structure(source);
  } else if (!read_pdf_structure(source)) {
    read_pdf_geometry(source);
  }
  return source;
}

std::unique_ptr<PageReader> make_page_reader(const Source& source) {
  return source.kind == SourceKind::Pdf ? make_pdf_page_reader(source)
                                        : make_image_page_reader(source);
}

}  // namespace vanban::ocr
