#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <leptonica/allheaders.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocr/error.h"
#include "ocr/page_reader.h"

namespace vanban::ocr {
namespace {

using namespace std::string_view_literals;

// A scanner states a density between these; cameras and editors write 1 or nonsense.
constexpr double kMinStatedDpi = 30, kMaxStatedDpi = 2400;
// What programs write that know nothing of paper.
constexpr std::array kScreenDpi{72.0, 96.0};
constexpr double kA4LongSideInches = 11.69;

// libtiff seeks every page from the front; a file made to harm has 65535 of them in 1 MB.
constexpr int kMaxTiffPages = 2000;

struct PixFreer {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixFreer>;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePtr = std::unique_ptr<std::FILE, FileCloser>;

struct ImageHeader {
  int width = 0, height = 0;
  int bits_per_pixel = 0;  // as Leptonica holds it: 1, 2, 4, 8, 16, 32
  double dpi = 0;          // 0 where not stated
};

void silence_leptonica() {
  static std::once_flag once;
  std::call_once(once, [] {
    setMsgSeverity(L_SEVERITY_NONE);
    leptSetStderrHandler([](const char*) {});
  });
}

const l_uint8* octets(std::string_view bytes) {
  return reinterpret_cast<const l_uint8*>(bytes.data());
}

// fmemopen asks for a pointer to change, but "r" does not.
FilePtr as_file(std::string_view bytes) {
  return FilePtr(fmemopen(const_cast<char*>(bytes.data()), bytes.size(), "r"));
}

// ---- PNG

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (const char byte : bytes.substr(0, 4)) out = out << 8 | static_cast<std::uint8_t>(byte);
  return out;
}

struct Png {
  std::string bytes;  // with the chunks alone that make the pixels
  double dpi = 0;
};

// Of the polynomial that zlib and PNG use (PNG specification, annex D).
std::uint32_t checksum(std::string_view bytes) {
  static const std::array<std::uint32_t, 256> table = [] {
    std::array<std::uint32_t, 256> out{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      out[i] = i;
      for (int bit = 0; bit < 8; ++bit) out[i] = (out[i] & 1 ? 0xedb88320u : 0u) ^ (out[i] >> 1);
    }
    return out;
  }();
  std::uint32_t sum = ~0u;
  for (const char byte : bytes)
    sum = table[(sum ^ static_cast<std::uint8_t>(byte)) & 0xff] ^ sum >> 8;
  return ~sum;
}

// Walks the chunks: length, type, data, checksum. libpng writes to stderr what it thinks of colour
// profiles and damage, so it is shown neither. nullopt where the file is damaged or cut off.
std::optional<Png> read_png(std::string_view bytes) {
  constexpr std::size_t kSignature = 8, kFrame = 12;
  constexpr std::array kKept{"IHDR"sv, "PLTE"sv, "tRNS"sv, "IDAT"sv, "IEND"sv};
  Png out{std::string(bytes.substr(0, kSignature)), 0};
  for (std::size_t at = kSignature; at + kFrame <= bytes.size();) {
    const std::size_t length = big_endian(bytes.substr(at));
    if (length > bytes.size() - at - kFrame) return std::nullopt;
    const std::string_view type = bytes.substr(at + 4, 4), body = bytes.substr(at + 8, length);
    if (std::find(kKept.begin(), kKept.end(), type) != kKept.end()) {
      if (checksum(bytes.substr(at + 4, length + 4)) != big_endian(bytes.substr(at + 8 + length))) {
        return std::nullopt;
      }
      out.bytes += bytes.substr(at, length + kFrame);
    }
    if (type == "pHYs"sv && length == 9 && body[8] == 1) out.dpi = big_endian(body) * 0.0254;
    if (type == "IEND"sv) return out;
    at += length + kFrame;
  }
  return std::nullopt;
}

// ---- JPEG

// The end-of-image marker stands somewhere after the start of the first scan. (A preview within the
// headers has an end of its own.)
bool ends(std::string_view jpeg) {
  constexpr unsigned char kStartOfScan = 0xda;
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && jpeg[at] == '\xff') {
    if (static_cast<unsigned char>(jpeg[at + 1]) == kStartOfScan) {
      return jpeg.find("\xff\xd9"sv, at) != std::string_view::npos;
    }
    if (jpeg[at + 1] == '\xff') {
      ++at;
      continue;
    }
    at += 2 + (big_endian(jpeg.substr(at)) & 0xffff);
  }
  return false;
}

double stated_jpeg_dpi(std::string_view bytes) {
  const FilePtr file = as_file(bytes);
  l_int32 x = 0, y = 0;
  return file && fgetJpegResolution(file.get(), &x, &y) == 0 ? x : 0;
}

// ---- Headers

int held_bits(int bits_per_sample, int samples) {
  return samples > 1 ? 32 : std::max(bits_per_sample, 1);
}

std::optional<ImageHeader> tiff_header(std::string_view bytes, int index) {
  l_int32 width = 0, height = 0, bits = 0, samples = 0, dpi = 0, has_map = 0, format = 0;
  if (readHeaderMemTiff(octets(bytes), bytes.size(), index, &width, &height, &bits, &samples, &dpi,
                        &has_map, &format) != 0 ||
      width < 1 || height < 1) {
    return std::nullopt;
  }
  return ImageHeader{width, height, held_bits(bits, samples), static_cast<double>(dpi)};
}

std::optional<ImageHeader> png_header(std::string_view bytes) {
  const std::optional<Png> png = read_png(bytes);
  l_int32 width = 0, height = 0, bits = 0, samples = 0, has_map = 0;
  if (!png || readHeaderMemPng(octets(png->bytes), png->bytes.size(), &width, &height, &bits,
                               &samples, &has_map) != 0) {
    return std::nullopt;
  }
  return ImageHeader{width, height, held_bits(bits, samples), png->dpi};
}

std::optional<ImageHeader> jpeg_header(std::string_view bytes) {
  l_int32 width = 0, height = 0, samples = 0;
  if (!ends(bytes) || readHeaderMemJpeg(octets(bytes), bytes.size(), &width, &height, &samples,
                                        nullptr, nullptr) != 0) {
    return std::nullopt;
  }
  return ImageHeader{width, height, held_bits(8, samples), stated_jpeg_dpi(bytes)};
}

// `index` from 0. nullopt where the page is damaged.
std::optional<ImageHeader> header_of(const Source& source, int index) {
  switch (source.kind) {
    case SourceKind::Tiff: return tiff_header(*source.original, index);
    case SourceKind::Png: return png_header(*source.original);
    default: return jpeg_header(*source.original);
  }
}

int count_tiff_pages(std::string_view bytes) {
  const FilePtr file = as_file(bytes);
  l_int32 pages = 0;
  if (!file || tiffGetCount(file.get(), &pages) != 0) return 0;
  return pages;
}

// ---- Density

bool believable(double dpi) {
  return dpi >= kMinStatedDpi && dpi <= kMaxStatedDpi &&
         std::none_of(kScreenDpi.begin(), kScreenDpi.end(),
                      [&](double screen) { return std::abs(dpi - screen) < 0.5; });
}

double density_of(const ImageHeader& header) {
  if (believable(header.dpi)) return header.dpi;
  return std::max(header.width, header.height) / kA4LongSideInches;
}

PageInfo read_page(const ImageHeader& header) {
  PageInfo info;
  info.image_dpi = density_of(header);
  info.width_pt = header.width / info.image_dpi * 72;
  info.height_pt = header.height / info.image_dpi * 72;
  info.image_share = 1;
  return info;
}

// ---- Pixels

// 8 bits of grey or 24 of colour, without a colour map or alpha. Null where Leptonica cannot.
PixPtr in_plain_depth(PixPtr pix) {
  if (PixColormap* map = pixGetColormap(pix.get())) {
    l_int32 opaque = 1;
    pixcmapIsOpaque(map, &opaque);
    pix.reset(
        pixRemoveColormap(pix.get(), opaque ? REMOVE_CMAP_BASED_ON_SRC : REMOVE_CMAP_WITH_ALPHA));
  }
  if (pix && pixGetDepth(pix.get()) == 32 && pixGetSpp(pix.get()) == 4) {
    constexpr l_uint32 kWhite = 0xffffff00;
    pix.reset(pixAlphaBlendUniform(pix.get(), kWhite));
  }
  if (pix) pix.reset(pixConvertTo8Or32(pix.get(), L_CLONE, 0));
  return pix;
}

Image to_image(Pix* pix, double dpi) {
  Image out{pixGetWidth(pix), pixGetHeight(pix), pixGetDepth(pix) == 8 ? 1 : 3, dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  const std::ptrdiff_t words_per_row = pixGetWpl(pix);
  for (int y = 0; y < out.height; ++y) {
    const l_uint32* from = pixGetData(pix) + y * words_per_row;
    std::uint8_t* to = out.pixels.data() + static_cast<std::size_t>(y) * out.stride();
    for (int x = 0; x < out.width; ++x) {
      if (out.channels == 1) {
        *to++ = static_cast<std::uint8_t>(GET_DATA_BYTE(from, x));
      } else {
        l_int32 red = 0, green = 0, blue = 0;
        extractRGBValues(from[x], &red, &green, &blue);
        *to++ = static_cast<std::uint8_t>(blue);
        *to++ = static_cast<std::uint8_t>(green);
        *to++ = static_cast<std::uint8_t>(red);
      }
    }
  }
  return out;
}

Image reduced(Image image, double dpi) {
  const double scale = dpi / image.dpi;
  if (scale >= 1) return image;
  const auto side = [&](int pixels) {
    return std::max(1, static_cast<int>(std::lround(pixels * scale)));
  };
  Image out{side(image.width), side(image.height), image.channels, dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  const int type = CV_8UC(image.channels);
  const cv::Mat from(image.height, image.width, type, image.pixels.data());
  cv::Mat to(out.height, out.width, type, out.pixels.data());
  cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
  return out;
}

// Even where the page shall be reduced it is unpacked whole first.
void check_unpacked_size(const ImageHeader& header, double max_megapixels) {
  const double bits = static_cast<double>(header.width) * header.height * header.bits_per_pixel;
  if (bits <= max_megapixels * 1e6 * 32) return;
  throw InputError(InputError::Code::TooLarge,
                   "The image has " + std::to_string(header.width) + " x " +
                       std::to_string(header.height) + " pixels, more than " +
                       std::to_string(std::lround(max_megapixels)) + " megapixels");
}

class ImagePageReader : public PageReader {
 public:
  explicit ImagePageReader(const Source& source) : source_(source) {}

  Image rasterize(int page_number, double max_megapixels) override {
    const PageInfo& info = page_info(source_, page_number);
    const std::optional<ImageHeader> header = header_of(source_, page_number - 1);
    if (!header) throw damaged(page_number);
    check_unpacked_size(*header, max_megapixels);
    const double wanted = info.image_dpi > kMaxDpi ? kStandardDpi : info.image_dpi;
    const double dpi = fitting_dpi(info, wanted, max_megapixels);
    PixPtr pix = in_plain_depth(unpack(page_number - 1));
    if (!pix) throw damaged(page_number);
    Image image = to_image(pix.get(), info.image_dpi);
    pix.reset();
    return without_idle_colour(reduced(std::move(image), dpi));
  }

  Image draft(int) override { return {}; }

  std::vector<Word> text_layer(int) override { return {}; }
  std::vector<Annotation> annotations(int) override { return {}; }

 private:
  static InputError damaged(int page_number) {
    return {InputError::Code::Damaged,
            "The image of page " + std::to_string(page_number) + " is damaged"};
  }

  // Null where that fails.
  PixPtr unpack(int index) const {
    const std::string& bytes = *source_.original;
    switch (source_.kind) {
      case SourceKind::Tiff: return PixPtr(pixReadMemTiff(octets(bytes), bytes.size(), index));
      case SourceKind::Png: {
        const std::optional<Png> png = read_png(bytes);
        return PixPtr(png ? pixReadMemPng(octets(png->bytes), png->bytes.size()) : nullptr);
      }
      default: return PixPtr(pixReadMemJpeg(octets(bytes), bytes.size(), 0, 1, nullptr, 0));
    }
  }

  const Source& source_;
};

}  // namespace

void read_image_structure(Source& source) {
  silence_leptonica();
  const int pages = source.kind == SourceKind::Tiff ? count_tiff_pages(*source.original) : 1;
  if (pages > kMaxTiffPages) {
    throw InputError(InputError::Code::TooLarge, "The TIFF has " + std::to_string(pages) +
                                                     " pages, more than " +
                                                     std::to_string(kMaxTiffPages));
  }
  bool any = false, assumed = false;
  for (int index = 0; index < pages; ++index) {
    const std::optional<ImageHeader> header = header_of(source, index);
    any = any || header;
    assumed = assumed || (header && !believable(header->dpi));
    source.pages.push_back(header ? read_page(*header) : kUnknownPage);
  }
  if (!any) throw InputError(InputError::Code::Damaged, "The image is damaged or cut off");
  if (assumed) {
    source.warnings.push_back({"resolution_assumed",
                               "The file does not state a scanner's resolution; its pages are "
                               "taken to be as long as A4"});
  }
}

std::unique_ptr<PageReader> make_image_page_reader(const Source& source) {
  return std::make_unique<ImagePageReader>(source);
}

}  // namespace vanban::ocr
