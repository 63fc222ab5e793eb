// Pixels in memory, and nothing about how they came to be there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace vanban::ocr {

// 8 bits a channel, rows without padding. One channel: grey, 0 black. Three: blue, green, red.
struct Image {
  int width = 0, height = 0, channels = 1;
  double dpi = 0;  // 0 where unknown
  std::vector<std::uint8_t> pixels;

  bool empty() const { return pixels.empty(); }
  std::size_t stride() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels);
  }
};

// From now on this process works on an image with the calling thread alone: right where processes
// work beside one another, each on a page of its own.
void use_one_thread();

// Reduced to that width; an image that is not wider stays as it is.
Image reduced_to_width(const Image& image, int width);

// What lies within a box, in pixels, and a little around it; empty where that is outside.
Image cropped_around(const Image& image, double left, double top, double width, double height);

// The bytes of a PNG. Throws std::runtime_error for an image without pixels.
std::string encode_png(const Image& image);

// The bytes of a JPEG, for a person to look at: in a tenth of a PNG's time. Throws as encode_png.
std::string encode_jpeg(const Image& image);

// A PNG as an address that a browser takes (RFC 2397): "data:image/png;base64,...".
std::string png_address(const Image& image);

// Throws std::runtime_error when the file cannot be written.
void write_png(const Image& image, const std::filesystem::path& path);

}  // namespace vanban::ocr
