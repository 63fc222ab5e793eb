#include "ocr/clean/light.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

// Paper darker here than there by more than this (standard deviation of the background, grey
// levels) is worth flattening; flattening an even page only adds noise.
constexpr double kShadingMin = 12;

// Around a region the engine is given white; paper much darker than that it takes for ink.
constexpr double kDarkPaper = 215;

// Grey levels by which writing stands out at least from its paper after flattening. Faint print
// has some 20, scanner noise and show-through that nobody can read stay below 8.
constexpr double kFaintestInk = 10;

cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

Image image_like(const Image& image) {
  Image out{image.width, image.height, 1, image.dpi, {}};
  out.pixels.resize(image.pixels.size());
  return out;
}

// Whether the print is so faint that the engine's threshold would take it for paper: even the
// darkest tenth of the ink is light. Specks and show-through do not decide.
bool is_faint(const cv::Mat& flat) {
  constexpr int kAnyInk = 10;       // levels below the paper's
  constexpr int kFaintLevel = 150;  // the darkest tenth of ordinary print lies below 90
  const cv::Mat ink = flat < kPaperLevel - kAnyInk;
  const cv::Mat dark = flat < kFaintLevel;
  return cv::countNonZero(dark) * 10 < cv::countNonZero(ink);
}

// Faint ink as dark as ordinary print, paper where it is.
void darken(const cv::Mat& flat, cv::Mat& out) {
  constexpr double kDarkest = 190;
  constexpr double kGain = kPaperLevel / (kPaperLevel - kDarkest);
  flat.convertTo(out, CV_8U, kGain, -kDarkest * kGain);
}

}  // namespace

Image paper_of(const Image& grey) {
  constexpr double kReduction = 0.125;
  // A closing by more than the width of a stroke leaves the paper.
  Image out = image_like(grey);
  cv::Mat small, into = view(out);
  cv::resize(view(grey), small, {}, kReduction, kReduction, cv::INTER_AREA);
  cv::dilate(small, small, cv::Mat::ones(7, 7, CV_8U));
  cv::medianBlur(small, small, 31);
  cv::resize(small, into, into.size());
  return out;
}

Image flattened(const Image& grey, const Image& paper) {
  Image out = image_like(grey);
  cv::Mat into = view(out);
  // Where nothing is lit there is no paper, and noise is not to be blown up.
  constexpr int kDarkest = 40;
  cv::divide(view(grey), cv::max(view(paper), kDarkest), into, kPaperLevel);
  return out;
}

Bits ink_of(const Image& flat) {
  cv::Mat unused;
  // The threshold is the highest level that is still ink.
  const double level =
      cv::threshold(view(flat), unused, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  return darker_than(flat, static_cast<int>(level) + 1);
}

bool is_blank(const Image& flat) {
  constexpr std::size_t kFewestLetters = 12;
  // Half the resolution shows as much and smooths the noise.
  Image half{flat.width / 2, flat.height / 2, 1, flat.dpi / 2, {}};
  half.pixels.resize(half.stride() * static_cast<std::size_t>(half.height));
  cv::Mat into = view(half);
  const cv::Rect even(0, 0, 2 * half.width, 2 * half.height);  // whole pixels go many times faster
  cv::resize(view(flat)(even), into, into.size(), 0, 0, cv::INTER_AREA);
  const InkSizes sizes(half.dpi);
  std::vector<Box> marks;  // large print too
  std::size_t letters = 0;
  for (const Piece& piece : pieces_of(darker_than(half, kPaperLevel - kFaintestInk))) {
    const bool letter = sizes.letter(piece);
    letters += letter ? 1 : 0;
    if (letter || sizes.large_letter(piece)) marks.push_back(piece.rect.box());
  }
  if (letters >= kFewestLetters) return false;
  // "MẬT" alone on a sheet, or "PHỤ LỤC I".
  constexpr std::size_t kFewestInRow = 3;
  const std::vector<std::vector<Box>> rows = chain_text_rows(std::move(marks), kFewestInRow);
  return std::none_of(rows.begin(), rows.end(), is_even_row);
}

std::string light(Image& grey, const Image& paper, const Image& flat) {
  if (is_faint(view(flat))) {
    cv::Mat into = view(grey);
    darken(view(flat), into);
    return "darkened";
  }
  cv::Scalar mean, deviation;
  cv::meanStdDev(view(paper), mean, deviation);
  if (deviation[0] <= kShadingMin && mean[0] >= kDarkPaper) return {};
  grey = flat;
  return "flattened";
}

}  // namespace vanban::ocr
