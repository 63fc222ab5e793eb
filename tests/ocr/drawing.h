// Pages that tests draw with OpenCV, as the images that the rooms of ocr/ take.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "ocr/clean/bits.h"
#include "ocr/image.h"

namespace vanban::ocr {

inline Image image_of(const cv::Mat& drawn, double dpi = 200) {
  Image out{drawn.cols, drawn.rows, drawn.channels(), dpi, {}};
  for (int y = 0; y < drawn.rows; ++y)
    out.pixels.insert(out.pixels.end(), drawn.ptr(y), drawn.ptr(y) + out.stride());
  return out;
}

// Ink is what is not 0.
inline Bits bits_of(const cv::Mat& mask, double dpi = 200) {
  return bits_of_rows(mask.cols, mask.rows, dpi, [&](int y, std::uint8_t* inked) {
    for (int x = 0; x < mask.cols; ++x) inked[x] = mask.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
  });
}

// Sees the image's own pixels, which must outlive it.
inline cv::Mat mat_of(const Image& image) {
  return {image.height, image.width, image.channels == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(image.pixels.data())};
}

}  // namespace vanban::ocr
