#include "ocr/image.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <leptonica/allheaders.h>
#include <openssl/evp.h>
#include <opencv2/core.hpp>
#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

namespace vanban::ocr {
namespace {

struct PixFreer {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixPtr = std::unique_ptr<Pix, PixFreer>;

void fill(Pix* pix, const Image& image) {
  const std::ptrdiff_t words_per_row = pixGetWpl(pix);
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* from = image.pixels.data() + static_cast<std::size_t>(y) * image.stride();
    l_uint32* to = pixGetData(pix) + y * words_per_row;
    for (int x = 0; x < image.width; ++x, from += image.channels) {
      if (image.channels == 1) {
        SET_DATA_BYTE(to, x, *from);
      } else {
        composeRGBPixel(from[2], from[1], from[0], to + x);
      }
    }
  }
}

}  // namespace

void use_one_thread() { cv::setNumThreads(1); }

Image reduced_to_width(const Image& image, int width) {
  if (image.width <= width) return image;
  const double scale = static_cast<double>(width) / image.width;
  Image out{width,
            std::max(1, static_cast<int>(std::lround(image.height * scale))),
            image.channels,
            image.dpi * scale,
            {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  const int type = CV_8UC(image.channels);
  // OpenCV asks for a pointer to change, but the source stays as it is.
  const cv::Mat from(image.height, image.width, type,
                     const_cast<std::uint8_t*>(image.pixels.data()));
  cv::Mat to(out.height, out.width, type, out.pixels.data());
  cv::resize(from, to, to.size(), 0, 0, cv::INTER_AREA);
  return out;
}

std::string png_address(const Image& image) {
  const std::string png = encode_png(image);
  // Four letters for three bytes, and an end.
  std::string letters(4 * ((png.size() + 2) / 3) + 1, '\0');
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(letters.data()),
                                     reinterpret_cast<const unsigned char*>(png.data()),
                                     static_cast<int>(png.size()));
  letters.resize(static_cast<std::size_t>(length));
  return "data:image/png;base64," + letters;
}

Image cropped_around(const Image& image, double left, double top, double width, double height) {
  constexpr double kLeastMargin = 16;  // pixels, some 4 points of a scan
  const double margin = std::max(kLeastMargin, height / 2);
  const auto pixel = [](double place, int most) {
    return std::clamp(static_cast<int>(place), 0, most);
  };
  const int begin_x = pixel(left - margin, image.width),
            begin_y = pixel(top - margin, image.height),
            end_x = pixel(left + width + margin, image.width),
            end_y = pixel(top + height + margin, image.height);
  Image out{end_x - begin_x, end_y - begin_y, image.channels, image.dpi, {}};
  const auto channels = static_cast<std::ptrdiff_t>(image.channels);
  for (int y = begin_y; y < end_y; ++y) {
    const auto row = image.pixels.begin() +
                     static_cast<std::ptrdiff_t>(image.stride() * static_cast<std::size_t>(y));
    out.pixels.insert(out.pixels.end(), row + begin_x * channels, row + end_x * channels);
  }
  return out;
}

std::string encode_png(const Image& image) {
  const PixPtr pix(pixCreate(image.width, image.height, image.channels == 1 ? 8 : 32));
  if (!pix) throw std::runtime_error("no image to write");
  fill(pix.get(), image);
  const auto dpi = static_cast<l_int32>(std::lround(image.dpi));
  pixSetResolution(pix.get(), dpi, dpi);
  l_uint8* octets = nullptr;
  std::size_t size = 0;
  const bool failed = pixWriteMemPng(&octets, &size, pix.get(), 0) != 0;
  const std::unique_ptr<l_uint8, decltype(&lept_free)> owned(octets, lept_free);
  if (failed) throw std::runtime_error("cannot write an image as PNG");
  return {reinterpret_cast<const char*>(octets), size};
}

std::string encode_jpeg(const Image& image) {
  const PixPtr pix(pixCreate(image.width, image.height, image.channels == 1 ? 8 : 32));
  if (!pix) throw std::runtime_error("no image to write");
  fill(pix.get(), image);
  constexpr l_int32 kQuality = 80;  // of 100: print stays sharp
  l_uint8* octets = nullptr;
  std::size_t size = 0;
  const bool failed = pixWriteMemJpeg(&octets, &size, pix.get(), kQuality, 0) != 0;
  const std::unique_ptr<l_uint8, decltype(&lept_free)> owned(octets, lept_free);
  if (failed) throw std::runtime_error("cannot write an image as JPEG");
  return {reinterpret_cast<const char*>(octets), size};
}

void write_png(const Image& image, const std::filesystem::path& path) {
  std::ofstream out(path, std::ios::binary);
  if (!(out << encode_png(image)).flush())
    throw std::runtime_error("cannot write " + path.string());
}

}  // namespace vanban::ocr
