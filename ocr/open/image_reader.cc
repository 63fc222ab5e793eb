#include "ocr/open/image_reader.h"

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
#include <vector>

#include <leptonica/allheaders.h>
#include <zlib.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocr/document/error.h"
#include "ocr/open/page_raster.h"
#include "ocr/open/tiff_file.h"

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
  int bits_per_pixel = 0;       // as Leptonica holds it: 1, 2, 4, 8, 16, 32
  double x_dpi = 0, y_dpi = 0;  // 0 where not stated
  int orientation = 1;  // as in TIFF and Exif: 1 upright, 2 to 8 mirrored or turned, see upright()
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

// ---- Orientation

// The tags of TIFF, which Exif uses as well: a directory is a count, entries of tag, type, count
// and value, and the offset of the next directory (TIFF 6.0, section 2). Numbers are in the byte
// order that the first two bytes tell.
class TagReader {
 public:
  static constexpr std::uint32_t kPhotometric = 262, kOrientation = 274;

  explicit TagReader(std::string_view bytes)
      : bytes_(bytes), little_(bytes.starts_with("II*\0"sv)) {}

  // Whether these are tags that can be read; BigTIFF has longer ones.
  bool readable() const { return little_ || bytes_.starts_with("MM\0*"sv); }

  // The first value, a short one, of a tag in directory `index` from 0.
  std::optional<std::uint32_t> value(int index, std::uint32_t tag) const {
    constexpr std::uint32_t kEntry = 12;
    if (!readable()) return std::nullopt;
    std::uint32_t at = number(4, 4);
    for (; index > 0 && at != 0; --index) at = number(at + 2 + kEntry * number(at, 2), 4);
    if (at == 0) return std::nullopt;
    const std::uint32_t entries = number(at, 2);
    for (std::uint32_t i = 0; i < entries; ++i) {
      const std::size_t entry = std::size_t{at} + 2 + kEntry * i;
      if (number(entry, 2) == tag) return number(entry + 8, 2);
    }
    return std::nullopt;
  }

  // 1 where none is stated.
  int orientation(int index) const {
    const std::uint32_t stated = value(index, kOrientation).value_or(1);
    return stated >= 1 && stated <= 8 ? static_cast<int>(stated) : 1;
  }

 private:
  // 0 beyond the end.
  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return 0;
    std::uint32_t out = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t byte = little_ ? at + size - 1 - i : at + i;
      out = out << 8 | static_cast<std::uint8_t>(bytes_[byte]);
    }
    return out;
  }

  std::string_view bytes_;
  bool little_;
};

// What Exif calls 5 to 8 lies on its side.
bool on_its_side(int orientation) { return orientation >= 5; }

// By where the first row and the first column of the pixels belong (TIFF 6.0, section 8): 2 top and
// right, 3 bottom and right, 4 bottom and left, 5 left and top, 6 right and top, 7 right and
// bottom, 8 left and bottom.
Image upright(Image image, int orientation) {
  if (orientation == 1) return image;
  const int type = CV_8UC(image.channels);
  const cv::Mat from(image.height, image.width, type, image.pixels.data());
  Image out = image;
  if (on_its_side(orientation)) std::swap(out.width, out.height);
  cv::Mat to(out.height, out.width, type, out.pixels.data());
  constexpr int kTopToBottom = 0, kLeftToRight = 1, kBoth = -1;
  switch (orientation) {
    case 2: cv::flip(from, to, kLeftToRight); break;
    case 3: cv::flip(from, to, kBoth); break;
    case 4: cv::flip(from, to, kTopToBottom); break;
    case 5: cv::transpose(from, to); break;
    case 6: cv::rotate(from, to, cv::ROTATE_90_CLOCKWISE); break;
    case 7:
      cv::transpose(from, to);
      cv::flip(to, to, kBoth);
      break;
    default: cv::rotate(from, to, cv::ROTATE_90_COUNTERCLOCKWISE); break;
  }
  return out;
}

// ---- PNG

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (const char byte : bytes.substr(0, 4)) out = out << 8 | static_cast<std::uint8_t>(byte);
  return out;
}

struct Png {
  std::string bytes;  // with the chunks alone that make the pixels
  double x_dpi = 0, y_dpi = 0;
  int orientation = 1;
};

std::uint32_t checksum(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

// Walks the chunks: length, type, data, checksum. libpng writes to stderr what it thinks of colour
// profiles and damage, so it is shown neither. nullopt where the file is damaged or cut off.
std::optional<Png> read_png(std::string_view bytes) {
  constexpr std::size_t kSignature = 8, kFrame = 12;
  constexpr std::array kKept{"IHDR"sv, "PLTE"sv, "tRNS"sv, "IDAT"sv, "IEND"sv};
  Png out;
  out.bytes = bytes.substr(0, kSignature);
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
    if (type == "pHYs"sv && length == 9 && body[8] == 1) {
      out.x_dpi = big_endian(body) * 0.0254;
      out.y_dpi = big_endian(body.substr(4)) * 0.0254;
    }
    if (type == "eXIf"sv) out.orientation = TagReader(body).orientation(0);
    if (type == "IEND"sv) return out;
    at += length + kFrame;
  }
  return std::nullopt;
}

// ---- JPEG

struct Jpeg {
  bool complete = false;
  bool adobe = false;  // has Adobe's marker, which tells how colours are stored
  int orientation = 1;
};

// Walks the segments before the first scan; the end-of-image marker stands somewhere after its
// start. (A preview within the headers has an end of its own.)
Jpeg read_jpeg(std::string_view bytes) {
  constexpr unsigned char kStartOfScan = 0xda, kApplication1 = 0xe1, kApplication14 = 0xee;
  constexpr std::string_view kExif = "Exif\0\0"sv;
  Jpeg out;
  std::size_t at = 2;
  while (at + 4 <= bytes.size() && bytes[at] == '\xff') {
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == kStartOfScan) {
      out.complete = bytes.find("\xff\xd9"sv, at) != std::string_view::npos;
      return out;
    }
    if (marker == 0xff) {
      ++at;
      continue;
    }
    const std::size_t length = big_endian(bytes.substr(at)) & 0xffff;
    const std::string_view body = bytes.substr(at + 4, std::max<std::size_t>(length, 2) - 2);
    if (marker == kApplication1 && body.starts_with(kExif))
      out.orientation = TagReader(body.substr(kExif.size())).orientation(0);
    if (marker == kApplication14 && body.starts_with("Adobe"sv)) out.adobe = true;
    at += 2 + length;
  }
  return out;
}

// Along and across; 0 where not stated.
std::pair<double, double> stated_jpeg_dpi(std::string_view bytes) {
  const FilePtr file = as_file(bytes);
  l_int32 x = 0, y = 0;
  if (!file || fgetJpegResolution(file.get(), &x, &y) != 0) return {0, 0};
  return {x, y};
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
  const TiffLayout layout = tiff_layout(bytes, index).value_or(TiffLayout{});
  return ImageHeader{width,        height,       held_bits(bits, samples),
                     layout.x_dpi, layout.y_dpi, TagReader(bytes).orientation(index)};
}

std::optional<ImageHeader> png_header(std::string_view bytes) {
  const std::optional<Png> png = read_png(bytes);
  l_int32 width = 0, height = 0, bits = 0, samples = 0, has_map = 0;
  if (!png || readHeaderMemPng(octets(png->bytes), png->bytes.size(), &width, &height, &bits,
                               &samples, &has_map) != 0) {
    return std::nullopt;
  }
  return ImageHeader{width,      height,     held_bits(bits, samples),
                     png->x_dpi, png->y_dpi, png->orientation};
}

std::optional<ImageHeader> jpeg_header(std::string_view bytes) {
  l_int32 width = 0, height = 0, samples = 0;
  const Jpeg jpeg = read_jpeg(bytes);
  if (!jpeg.complete || readHeaderMemJpeg(octets(bytes), bytes.size(), &width, &height, &samples,
                                          nullptr, nullptr) != 0) {
    return std::nullopt;
  }
  // Leptonica takes all CMYK for Adobe's, whose inks are inverted; the other would come out white.
  constexpr int kCmyk = 4;
  if (samples == kCmyk && !jpeg.adobe) {
    throw InputError(ErrorKind::Unsupported, "A JPEG in CMYK without Adobe's marker");
  }
  const auto [x_dpi, y_dpi] = stated_jpeg_dpi(bytes);
  return ImageHeader{width, height, held_bits(8, samples), x_dpi, y_dpi, jpeg.orientation};
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

struct Density {
  double x = 0, y = 0;  // dots per inch, along and across the rows as stored
  bool stated = false;
};

Density density_of(const ImageHeader& header) {
  // A fax has half as many lines as dots, or twice as many.
  constexpr double kMostApart = 2.5;
  const double x = header.x_dpi, y = header.y_dpi > 0 ? header.y_dpi : x;
  if (believable(x) && believable(y) && std::max(x, y) <= kMostApart * std::min(x, y))
    return {x, y, true};
  const double assumed = std::max(header.width, header.height) / kA4LongSideInches;
  return {assumed, assumed, false};
}

PageInfo read_page(const ImageHeader& header) {
  PageInfo info;
  const Density density = density_of(header);
  info.image_dpi = std::max(density.x, density.y);
  info.width_pt = header.width / density.x * 72;
  info.height_pt = header.height / density.y * 72;
  if (on_its_side(header.orientation)) std::swap(info.width_pt, info.height_pt);
  info.image_share = 1;
  return info;
}

// ---- Pixels

// On one bit where nothing is between black and white.
PixPtr to_pix(const Image& image) {
  PixPtr pix(pixCreate(image.width, image.height, image.channels == 1 ? 8 : 32));
  if (!pix) return pix;
  bool bilevel = image.channels == 1;
  const std::ptrdiff_t words_per_row = pixGetWpl(pix.get());
  for (int y = 0; y < image.height; ++y) {
    l_uint32* to = pixGetData(pix.get()) + y * words_per_row;
    const std::uint8_t* from = image.pixels.data() + static_cast<std::size_t>(y) * image.stride();
    for (int x = 0; x < image.width; ++x, from += image.channels) {
      if (image.channels == 1) {
        SET_DATA_BYTE(to, x, *from);
        bilevel = bilevel && (*from == 0 || *from == 255);
      } else {
        composeRGBPixel(from[2], from[1], from[0], to + x);
      }
    }
  }
  constexpr int kMiddle = 128;
  return bilevel ? PixPtr(pixThresholdToBinary(pix.get(), kMiddle)) : std::move(pix);
}

// As the page looks. Leptonica heeds the tags of a TIFF, but for two kinds.
PixPtr read_tiff_page(std::string_view bytes, int index) {
  if (const auto layout = tiff_layout(bytes, index); layout && layout->in_tiles_or_planes) {
    std::optional<Image> image = read_tiff_pixels(bytes, index);
    if (!image) return nullptr;
    return to_pix(upright(std::move(*image), TagReader(bytes).orientation(index)));
  }
  PixPtr pix(pixReadMemTiff(octets(bytes), bytes.size(), index));
  if (!pix) return pix;
  const TagReader tags(bytes);
  constexpr std::uint32_t kWhiteIsZero = 0;
  const int depth = pixGetDepth(pix.get());
  if ((depth == 2 || depth == 4 || depth == 16) && !pixGetColormap(pix.get()) &&
      tags.value(index, TagReader::kPhotometric) == kWhiteIsZero) {
    pix.reset(pixInvert(nullptr, pix.get()));
  }
  constexpr int kLeftBottom = 8;
  if (depth == 32 && tags.orientation(index) == kLeftBottom) {
    pix.reset(pixRotate180(nullptr, pix.get()));
  }
  return pix;
}

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

// Its sides in other numbers of pixels, one at least.
Image resized(Image image, double x_scale, double y_scale, double dpi, int interpolation) {
  const auto side = [](int pixels, double scale) {
    return std::max(1, static_cast<int>(std::lround(pixels * scale)));
  };
  Image out{side(image.width, x_scale), side(image.height, y_scale), image.channels, dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  const int type = CV_8UC(image.channels);
  const cv::Mat from(image.height, image.width, type, image.pixels.data());
  cv::Mat to(out.height, out.width, type, out.pixels.data());
  cv::resize(from, to, to.size(), 0, 0, interpolation);
  return out;
}

Image reduced(Image image, double dpi) {
  const double scale = dpi / image.dpi;
  if (scale >= 1) return image;
  return resized(std::move(image), scale, scale, dpi, cv::INTER_AREA);
}

// As many dots along as across, the denser of both.
Image with_square_pixels(Image image, double x_dpi, double y_dpi) {
  if (x_dpi == y_dpi) return image;
  const double dpi = std::max(x_dpi, y_dpi), stated = image.dpi;
  return resized(std::move(image), dpi / x_dpi, dpi / y_dpi, stated, cv::INTER_CUBIC);
}

// Even where the page shall be reduced it is unpacked whole first, to 8 bits at least.
void check_unpacked_size(const ImageHeader& header, double max_megapixels) {
  const double bits =
      static_cast<double>(header.width) * header.height * std::max(header.bits_per_pixel, 8);
  if (bits <= max_megapixels * 1e6 * 32) return;
  throw InputError(ErrorKind::TooLarge, "The image has " + std::to_string(header.width) + " x " +
                                            std::to_string(header.height) + " pixels, more than " +
                                            std::to_string(std::lround(max_megapixels)) +
                                            " megapixels");
}

InputError damaged(int page_number) {
  return {ErrorKind::Damaged, "The image of page " + std::to_string(page_number) + " is damaged"};
}

// Null where that fails.
PixPtr unpack(const Source& source, int index) {
  const std::string& bytes = *source.original;
  switch (source.kind) {
    case SourceKind::Tiff: return read_tiff_page(bytes, index);
    case SourceKind::Png: {
      const std::optional<Png> png = read_png(bytes);
      return PixPtr(png ? pixReadMemPng(octets(png->bytes), png->bytes.size()) : nullptr);
    }
    default: return PixPtr(pixReadMemJpeg(octets(bytes), bytes.size(), 0, 1, nullptr, 0));
  }
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
    PixPtr pix = in_plain_depth(unpack(source_, page_number - 1));
    if (!pix) throw damaged(page_number);
    Image image = to_image(pix.get(), info.image_dpi);
    pix.reset();
    Density density = density_of(*header);
    // Leptonica turns the pages of a TIFF itself.
    const bool turned = source_.kind == SourceKind::Tiff;
    if (turned && on_its_side(header->orientation)) std::swap(density.x, density.y);
    image = with_square_pixels(std::move(image), density.x, density.y);
    image = reduced(std::move(image), dpi);
    if (!turned) image = upright(std::move(image), header->orientation);
    return without_idle_colour(std::move(image));
  }

  Image draft(int) override { return {}; }

  std::vector<Word> text_layer(int) override { return {}; }
  std::vector<Word> shown_text(int) override { return {}; }
  std::vector<Annotation> annotations(int) override { return {}; }

 private:
  const Source& source_;
};

}  // namespace

void read_image_structure(Source& source) {
  silence_leptonica();
  const int pages = source.kind == SourceKind::Tiff ? count_tiff_pages(*source.original) : 1;
  if (pages > kMaxTiffPages) {
    throw InputError(ErrorKind::TooLarge, "The TIFF has " + std::to_string(pages) +
                                              " pages, more than " + std::to_string(kMaxTiffPages));
  }
  bool any = false, assumed = false;
  for (int index = 0; index < pages; ++index) {
    const std::optional<ImageHeader> header = header_of(source, index);
    any = any || header;
    assumed = assumed || (header && !density_of(*header).stated);
    source.pages.push_back(header ? read_page(*header) : kUnknownPage);
  }
  if (!any) throw InputError(ErrorKind::Damaged, "The image is damaged or cut off");
  if (assumed) {
    source.warnings.push_back({"resolution_assumed",
                               "The file does not state a scanner's resolution; its pages are "
                               "taken to be as long as A4"});
  }
}

PackedImage packed_image(const Source& source, int page_number) {
  const std::optional<ImageHeader> header = header_of(source, page_number - 1);
  if (!header) throw damaged(page_number);
  constexpr int kCmykSamples = 4;
  l_int32 width = 0, height = 0, samples = 0;
  if (source.kind == SourceKind::Jpeg &&
      readHeaderMemJpeg(octets(*source.original), source.original->size(), &width, &height,
                        &samples, nullptr, nullptr) == 0 &&
      samples != kCmykSamples)
    return {*source.original, "/DCTDecode", width, height, 8, samples, false, header->orientation};
  PixPtr pix = unpack(source, page_number - 1);
  const bool bilevel = pix && pixGetDepth(pix.get()) == 1 && !pixGetColormap(pix.get());
  if (!bilevel) pix = pix ? in_plain_depth(std::move(pix)) : nullptr;
  if (!pix) throw damaged(page_number);
  L_Compressed_Data* packed = nullptr;
  if (pixGenerateCIData(pix.get(), bilevel ? L_G4_ENCODE : L_FLATE_ENCODE, 0, 0, &packed) != 0)
    throw damaged(page_number);
  const std::unique_ptr<L_Compressed_Data, void (*)(L_Compressed_Data*)> owner(
      packed, [](L_Compressed_Data* data) { l_CIDataDestroy(&data); });
  return {{reinterpret_cast<const char*>(packed->datacomp), packed->nbytescomp},
          bilevel ? "/CCITTFaxDecode" : "/FlateDecode",
          packed->w,
          packed->h,
          packed->bps,
          packed->spp,
          packed->minisblack != 0,
          // Leptonica turns the pages of a TIFF itself.
          source.kind == SourceKind::Tiff ? 1 : header->orientation};
}

std::unique_ptr<PageReader> make_image_page_reader(const Source& source) {
  return std::make_unique<ImagePageReader>(source);
}

}  // namespace vanban::ocr
