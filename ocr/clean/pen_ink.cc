#include "ocr/clean/pen_ink.h"

#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/light.h"
#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

// Levels by which blue exceeds red in pen ink, and in what JPEG smears around it.
constexpr int kBluer = 40, kSmearBluer = 15;

// In the blue channel pen ink is lighter than this and print is darker.
constexpr int kPrintDark = 100;

// Strokes in one piece, taller than figures by hand, which are up to 8 mm; and below the header,
// where number and date are written.
constexpr double kSignatureHeightMinMm = 9;
constexpr double kHeaderShare = 0.25;  // of the page's height

cv::Mat view(const Image& image, int type) {
  return {image.height, image.width, type, const_cast<std::uint8_t*>(image.pixels.data())};
}

// 255 on the pieces of a mask that are a signature's. Names are stamped in blue, too: where letters
// stand in a row, what runs through it stays, since it may hold some of them.
cv::Mat signature_of(const cv::Mat& blue, const InkSizes& sizes) {
  std::vector<Box> letters;
  cv::Mat labels, stats, centroids, out = cv::Mat::zeros(blue.size(), CV_8U);
  const int count = cv::connectedComponentsWithStats(blue, labels, stats, centroids, 8, CV_32S);
  for (int i = 1; i < count; ++i) {
    const cv::Rect rect(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                        stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
    if (rect.height >= sizes.pixels(kSignatureHeightMinMm) && rect.y > kHeaderShare * blue.rows)
      out(rect).setTo(255, labels(rect) == i);
    else if (sizes.letter(rect.width, rect.height, stats.at<int>(i, cv::CC_STAT_AREA)))
      letters.push_back({double(rect.x), double(rect.y), double(rect.br().x), double(rect.br().y)});
  }
  for (const Box& row : find_text_rows(letters)) {
    const double reach = 6 * row.height(), margin = 0.5 * row.height();
    const cv::Rect band = cv::Rect(cv::Point(int(row.left - reach), int(row.top - margin)),
                                   cv::Point(int(row.right + reach), int(row.bottom + margin))) &
                          cv::Rect(0, 0, out.cols, out.rows);
    out(band).setTo(0);
  }
  return out;
}

}  // namespace

bool take_off_blue_signature(const Image& bgr, Image& grey) {
  const InkSizes sizes(bgr.dpi);
  std::vector<cv::Mat> channels;
  cv::split(view(bgr, CV_8UC3), channels);
  const cv::Mat& blue = channels[0];
  cv::Mat bluer;
  cv::subtract(blue, channels[2], bluer);
  cv::Mat signature = signature_of(bluer > kBluer, sizes);
  if (cv::countNonZero(signature) == 0) return false;
  const int around = 2 * sizes.pixels(0.25) + 1;
  cv::dilate(signature, signature, cv::Mat::ones(around, around, CV_8U));
  const cv::Mat pen = signature & (bluer > kSmearBluer) & (blue > kPrintDark);
  view(paper_of(grey), CV_8UC1).copyTo(view(grey, CV_8UC1), pen);
  return true;
}

}  // namespace vanban::ocr
