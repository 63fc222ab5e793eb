#include "ocr/open/open_source.h"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "ocr/document/error.h"
#include "ocr/open/image_reader.h"
#include "ocr/open/pdf_reader.h"
#include "ocr/open/pdf_structure.h"

namespace vanban::ocr {
namespace {

using namespace std::string_view_literals;

// poppler and Leptonica count bytes in an int.
constexpr std::size_t kMaxBytes = std::numeric_limits<int>::max();

bool starts_with_any(std::string_view bytes, std::initializer_list<std::string_view> magics) {
  return std::any_of(magics.begin(), magics.end(),
                     [&](std::string_view magic) { return bytes.starts_with(magic); });
}

}  // namespace

std::optional<SourceKind> scan_kind(std::string_view bytes) {
  if (starts_with_any(bytes, {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv})) return SourceKind::Tiff;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return SourceKind::Png;
  if (bytes.starts_with("\xff\xd8\xff"sv)) return SourceKind::Jpeg;
  if (bytes.substr(0, kScanHeadBytes).find("%PDF-") != std::string_view::npos) {
    return SourceKind::Pdf;
  }
  return std::nullopt;
}

Source open_source(std::string bytes, const std::string& password) {
  if (bytes.empty()) throw InputError(ErrorKind::Empty, "The file is empty");
  if (bytes.size() > kMaxBytes) {
    throw InputError(ErrorKind::TooLarge, "The file is larger than 2 GiB");
  }
  const std::optional<SourceKind> kind = scan_kind(bytes);
  if (!kind) {
    throw InputError(ErrorKind::Unsupported, "Neither PDF nor TIFF, PNG or JPEG");
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

int count_pages(const std::string& bytes, const std::string& password) {
  if (scan_kind(bytes) == SourceKind::Pdf)
    if (const auto count = pdf_page_count(bytes, password); count && *count > 0) return *count;
  return static_cast<int>(open_source(bytes, password).pages.size());
}

std::unique_ptr<PageReader> make_page_reader(const Source& source) {
  return source.kind == SourceKind::Pdf ? make_pdf_page_reader(source)
                                        : make_image_page_reader(source);
}

}  // namespace vanban::ocr
