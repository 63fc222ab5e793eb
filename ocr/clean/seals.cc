#include "ocr/clean/seals.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace vanban::ocr {
namespace {

constexpr double kRadiusMinMm = 12, kRadiusMaxMm = 22;
constexpr int kReduction = 4;  // circles are sought at a quarter of the density
constexpr std::size_t kAngles = 240;

struct Direction {
  double x, y;
};

// Points of the unit circle.
const std::array<Direction, kAngles>& directions() {
  static const auto all = [] {
    std::array<Direction, kAngles> out;
    for (std::size_t i = 0; i < kAngles; ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / kAngles;
      out[i] = {std::cos(angle), std::sin(angle)};
    }
    return out;
  }();
  return all;
}

// At how many angles ink lies on the circle or a pixel beside it. Looks no further once they cannot
// be more than `beaten`.
std::size_t inked_angles(const Image& ink, const Circle& circle, std::size_t beaten) {
  std::size_t inked = 0, left = kAngles;
  for (const Direction& direction : directions()) {
    if (inked + left <= beaten) break;
    bool found = false;
    for (int d = -1; d <= 1 && !found; ++d) {
      const int x = static_cast<int>(circle.x + (circle.radius + d) * direction.x);
      const int y = static_cast<int>(circle.y + (circle.radius + d) * direction.y);
      found = x >= 0 && y >= 0 && x < ink.width && y < ink.height &&
              ink.pixels[ink.stride() * static_cast<std::size_t>(y) + static_cast<std::size_t>(x)];
    }
    inked += found ? 1 : 0;
    --left;
  }
  return inked;
}

// The best circle within two reduced pixels of a rough one.
Circle better(const Image& ink, const Circle& rough) {
  Circle best = rough;
  std::size_t most = inked_angles(ink, rough, 0);
  for (int dr = -8; dr <= 8; dr += 2)
    for (int dy = -6; dy <= 6; dy += 3)
      for (int dx = -6; dx <= 6; dx += 3) {
        const Circle tried{rough.x + dx, rough.y + dy, rough.radius + dr};
        const std::size_t inked = inked_angles(ink, tried, most);
        if (inked > most) {
          most = inked;
          best = tried;
        }
      }
  return best;
}

// The best circle near a rough one: steps towards better ones as long as there are.
Circle refined(const Image& ink, Circle circle) {
  constexpr int kMostSteps = 3;
  for (int i = 0; i < kMostSteps; ++i) {
    const Circle next = better(ink, circle);
    if (next.x == circle.x && next.y == circle.y && next.radius == circle.radius) break;
    circle = next;
  }
  return circle;
}

}  // namespace

Box box_of(const Circle& circle) {
  return {circle.x - circle.radius, circle.y - circle.radius, circle.x + circle.radius,
          circle.y + circle.radius};
}

double inked_disc_share(const Image& ink, const Circle& circle) {
  const cv::Mat mask(ink.height, ink.width, CV_8UC1, const_cast<std::uint8_t*>(ink.pixels.data()));
  cv::Mat disc = cv::Mat::zeros(mask.size(), CV_8U);
  cv::circle(disc, {int(circle.x), int(circle.y)}, int(circle.radius), 255, cv::FILLED);
  const int all = cv::countNonZero(disc);
  return all == 0 ? 0 : double(cv::countNonZero(mask & disc)) / all;
}

double inked_share(const Image& ink, const Circle& circle) {
  return static_cast<double>(inked_angles(ink, circle, 0)) / kAngles;
}

std::vector<Circle> find_seals(const Image& ink, const Box& region, double ring_share_min) {
  const double pixels_per_mm = ink.dpi / 25.4;
  const cv::Mat mask(ink.height, ink.width, CV_8UC1, const_cast<std::uint8_t*>(ink.pixels.data()));
  const cv::Rect rect = cv::Rect(cv::Point(int(region.left), int(region.top)),
                                 cv::Point(int(region.right), int(region.bottom))) &
                        cv::Rect(0, 0, mask.cols, mask.rows);
  if (rect.width < kReduction || rect.height < kReduction) return {};
  cv::Mat small;
  cv::resize(mask(rect), small, {}, 1.0 / kReduction, 1.0 / kReduction, cv::INTER_AREA);
  cv::threshold(small, small, 60, 255, cv::THRESH_BINARY);
  cv::GaussianBlur(small, small, {3, 3}, 0);
  std::vector<cv::Vec3f> circles;
  const double radius_min = kRadiusMinMm * pixels_per_mm / kReduction;
  const double radius_max = kRadiusMaxMm * pixels_per_mm / kReduction;
  cv::HoughCircles(small, circles, cv::HOUGH_GRADIENT, 1, radius_min, 100, 22,
                   static_cast<int>(radius_min), static_cast<int>(radius_max));
  std::vector<Circle> seals;
  constexpr std::size_t kMostCandidates = 12;  // they come strongest first
  for (std::size_t i = 0; i < std::min(circles.size(), kMostCandidates); ++i) {
    const Circle rough{rect.x + kReduction * double(circles[i][0]),
                       rect.y + kReduction * double(circles[i][1]),
                       kReduction * double(circles[i][2])};
    const Circle seal = refined(ink, rough);
    const bool apart = std::all_of(seals.begin(), seals.end(), [&](const Circle& other) {
      return std::hypot(seal.x - other.x, seal.y - other.y) > other.radius;
    });
    if (apart && inked_share(ink, seal) >= ring_share_min) seals.push_back(seal);
  }
  return seals;
}

}  // namespace vanban::ocr
