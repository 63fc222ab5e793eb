#include "ocr/open/tiff_file.h"

#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

namespace vanban::ocr {
namespace {

// What libtiff reads from instead of a file.
struct Memory {
  std::string_view bytes;
  std::size_t at = 0;
};

tmsize_t read_bytes(thandle_t handle, void* to, tmsize_t size) {
  auto& memory = *static_cast<Memory*>(handle);
  const std::size_t left = memory.bytes.size() - std::min(memory.at, memory.bytes.size());
  const std::size_t given = std::min(static_cast<std::size_t>(size), left);
  if (given > 0) std::memcpy(to, memory.bytes.data() + memory.at, given);
  memory.at += given;
  return static_cast<tmsize_t>(given);
}

tmsize_t write_nothing(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek_to(thandle_t handle, toff_t offset, int whence) {
  auto& memory = *static_cast<Memory*>(handle);
  const toff_t from = whence == SEEK_CUR ? memory.at : whence == SEEK_END ? memory.bytes.size() : 0;
  memory.at = static_cast<std::size_t>(from + offset);
  return memory.at;
}

int close_nothing(thandle_t) { return 0; }

toff_t size_of(thandle_t handle) { return static_cast<Memory*>(handle)->bytes.size(); }

struct TiffCloser {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffPtr = std::unique_ptr<TIFF, TiffCloser>;

// At the page `index`; null where there is none. `memory` must outlive it.
TiffPtr opened(Memory& memory, int index) {
  static std::once_flag once;
  std::call_once(once, [] {
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
  });
  // m: not mapped into memory, where it is already.
  TiffPtr tiff(TIFFClientOpen("scan", "rm", &memory, read_bytes, write_nothing, seek_to,
                              close_nothing, size_of, nullptr, nullptr));
  if (!tiff || TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(index)) != 1) return nullptr;
  return tiff;
}

double stated_dpi(TIFF* tiff, std::uint32_t tag) {
  float stated = 0;
  std::uint16_t unit = RESUNIT_INCH;
  if (TIFFGetField(tiff, tag, &stated) != 1 || !std::isfinite(stated)) return 0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  constexpr double kCentimetresPerInch = 2.54;
  const double dpi = stated * (unit == RESUNIT_CENTIMETER ? kCentimetresPerInch : 1);
  // 78.74 a centimetre is 200 an inch.
  return std::round(dpi * 100) / 100;
}

}  // namespace

std::optional<TiffLayout> tiff_layout(std::string_view bytes, int index) {
  Memory memory{bytes};
  const TiffPtr tiff = opened(memory, index);
  if (!tiff) return std::nullopt;
  std::uint16_t planes = PLANARCONFIG_CONTIG, samples = 1;
  TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_PLANARCONFIG, &planes);
  TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, &samples);
  return TiffLayout{
      stated_dpi(tiff.get(), TIFFTAG_XRESOLUTION), stated_dpi(tiff.get(), TIFFTAG_YRESOLUTION),
      TIFFIsTiled(tiff.get()) != 0 || (planes == PLANARCONFIG_SEPARATE && samples > 1)};
}

std::optional<Image> read_tiff_pixels(std::string_view bytes, int index) {
  Memory memory{bytes};
  const TiffPtr tiff = opened(memory, index);
  std::uint32_t width = 0, height = 0;
  std::uint16_t orientation = ORIENTATION_TOPLEFT;
  if (!tiff || TIFFGetField(tiff.get(), TIFFTAG_IMAGEWIDTH, &width) != 1 ||
      TIFFGetField(tiff.get(), TIFFTAG_IMAGELENGTH, &height) != 1)
    return std::nullopt;
  TIFFGetFieldDefaulted(tiff.get(), TIFFTAG_ORIENTATION, &orientation);
  std::vector<std::uint32_t> raster(std::size_t{width} * height);
  // Asked for as they are stored, they are not turned.
  constexpr int kStopWhereDamaged = 1;
  if (raster.empty() || TIFFReadRGBAImageOriented(tiff.get(), width, height, raster.data(),
                                                  orientation, kStopWhereDamaged) != 1)
    return std::nullopt;
  const bool grey = std::all_of(raster.begin(), raster.end(), [](std::uint32_t pixel) {
    return TIFFGetR(pixel) == TIFFGetG(pixel) && TIFFGetG(pixel) == TIFFGetB(pixel);
  });
  Image out{static_cast<int>(width), static_cast<int>(height), grey ? 1 : 3, 0, {}};
  out.pixels.reserve(out.stride() * height);
  for (const std::uint32_t pixel : raster) {
    // Colours are multiplied by the alpha already.
    const std::uint32_t white = 255 - TIFFGetA(pixel);
    const auto add = [&](std::uint32_t part) {
      out.pixels.push_back(static_cast<std::uint8_t>(std::min(part + white, 255u)));
    };
    add(TIFFGetB(pixel));
    if (grey) continue;
    add(TIFFGetG(pixel));
    add(TIFFGetR(pixel));
  }
  return out;
}

}  // namespace vanban::ocr
