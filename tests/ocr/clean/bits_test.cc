#include "ocr/clean/bits.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "tests/ocr/drawing.h"

namespace vanban::ocr {
namespace {

// Blots of ink, some on the edges; no width is a whole number of words.
cv::Mat blots(int width, int height, int seed) {
  cv::Mat ink = cv::Mat::zeros(height, width, CV_8U);
  cv::RNG random(static_cast<std::uint64_t>(seed));
  for (int i = 0; i < 40; ++i)
    cv::rectangle(ink,
                  cv::Rect(random.uniform(-4, width), random.uniform(-4, height),
                           random.uniform(1, 20), random.uniform(1, 9)),
                  255, cv::FILLED);
  return ink;
}

bool same(const Bits& bits, const cv::Mat& mask) {
  return mat_of(mask_of(bits)).size() == mask.size() &&
         cv::countNonZero(mat_of(mask_of(bits)) != mask) == 0;
}

TEST_CASE("ink becomes bits and comes back, whatever the width") {
  const int width = GENERATE(1, 31, 32, 33, 97);
  const cv::Mat ink = blots(width, 40, width);
  const Bits bits = bits_of(ink);
  CHECK(same(bits, ink));
  CHECK(count(bits) == cv::countNonZero(ink));
  CHECK(same(darker_than(image_of(255 - ink), 128), ink));
}

// OpenCV moves the picture by a pixel where a side of the brick is even; with the brick the other
// way round in the second half it does not.
cv::Mat there_and_back(const cv::Mat& ink, const cv::Mat& brick, bool open) {
  const cv::Point middle(brick.cols / 2, brick.rows / 2);
  const cv::Point other(brick.cols - 1 - middle.x, brick.rows - 1 - middle.y);
  cv::Mat out;
  if (open) {
    cv::erode(ink, out, brick, middle);
    cv::dilate(out, out, brick, other);
  } else {
    cv::dilate(ink, out, brick, middle);
    cv::erode(out, out, brick, other);
  }
  return out;
}

TEST_CASE("bricks do what OpenCV's do") {
  const int seed = GENERATE(range(1, 6));
  const int width = GENERATE(1, 2, 3, 6, 17, 40), height = GENERATE(1, 2, 5, 8);
  CAPTURE(seed, width, height);
  const cv::Mat ink = blots(149, 120, seed), brick = cv::Mat::ones(height, width, CV_8U);
  cv::Mat expected;
  cv::dilate(ink, expected, brick);
  CHECK(same(dilated(bits_of(ink), width, height), expected));
  CHECK(same(opened(bits_of(ink), width, height), there_and_back(ink, brick, true)));
  CHECK(same(closed(bits_of(ink), width, height), there_and_back(ink, brick, false)));
}

TEST_CASE("pieces are those that hang together, and together they are the ink") {
  const int seed = GENERATE(range(1, 6));
  const auto connectivity = GENERATE(Connectivity::Sides, Connectivity::Corners);
  const cv::Mat ink = blots(149, 120, seed);
  cv::Mat labels, stats, centroids;
  const int expected = cv::connectedComponentsWithStats(
      ink, labels, stats, centroids, connectivity == Connectivity::Sides ? 4 : 8, CV_32S);
  const std::vector<Piece> pieces = pieces_of(bits_of(ink), connectivity);
  CHECK(int(pieces.size()) == expected - 1);
  Bits all(ink.cols, ink.rows, 200);
  int area = 0;
  for (const Piece& piece : pieces) {
    CHECK(around(piece.ink) == PixelRect{0, 0, piece.rect.width, piece.rect.height});
    CHECK(count(piece.ink) == piece.area);
    area += piece.area;
    add(all, piece.ink, piece.rect.left, piece.rect.top);
  }
  CHECK(area == cv::countNonZero(ink));
  CHECK(same(all, ink));
  if (connectivity == Connectivity::Corners) {
    const std::vector<PixelRect> rects = rects_of_pieces(bits_of(ink));
    REQUIRE(rects.size() == pieces.size());
    for (std::size_t i = 0; i < rects.size(); ++i) CHECK(rects[i] == pieces[i].rect);
  }
}

TEST_CASE("a page without ink has no pieces and nothing around them") {
  const Bits empty(50, 20, 200);
  CHECK(pieces_of(empty).empty());
  CHECK(rects_of_pieces(empty).empty());
  CHECK(around(empty).empty());
}

TEST_CASE("parts are taken, added and cleared where they are, and what sticks out is left out") {
  Bits page(70, 30, 200);
  fill(page, {10, 5, 40, 10});
  CHECK(count(page) == 400);
  CHECK(around(page) == PixelRect{10, 5, 40, 10});
  const Bits part = part_of(page, {40, 0, 20, 10});
  CHECK(around(part) == PixelRect{0, 5, 10, 5});
  take_away(page, part, 40, 0);
  CHECK(count(page) == 350);
  add(page, part, 65, 20);
  CHECK(count(page) == 375);
  add(page, part, -5, -8);
  CHECK(page.at(0, 0));
  clear(page, PixelRect{0, 0, 70, 30});
  CHECK(count(page) == 0);
}

TEST_CASE("two of one size are joined, parted and compared") {
  Bits left(40, 4, 200), right(40, 4, 200);
  fill(left, {0, 0, 30, 4});
  fill(right, {20, 0, 20, 4});
  Bits all = left, common = left, alone = left;
  add(all, right);
  keep_common(common, right);
  take_away(alone, right);
  CHECK(count(all) == 160);
  CHECK(around(common) == PixelRect{20, 0, 10, 4});
  CHECK(around(alone) == PixelRect{0, 0, 20, 4});
}

}  // namespace
}  // namespace vanban::ocr
