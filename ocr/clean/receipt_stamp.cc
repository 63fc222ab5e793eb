#include "ocr/clean/receipt_stamp.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vanban::ocr {
namespace {

constexpr double kWidthMinMm = 35, kWidthMaxMm = 70, kHeightMinMm = 12, kHeightMaxMm = 45;
constexpr double kCornerMm = 4;      // rules that meet end so near to one another
constexpr double kBrokenMm = 10;     // as much of a rule may be missing at its end
constexpr double kLeftShare = 0.2;   // of the page's width: where the frame begins at most
constexpr double kUpperShare = 0.6;  // of its height: where it ends

bool between(double value, double low, double high) { return value >= low && value <= high; }

}  // namespace

std::optional<Box> find_receipt_stamp(const Preprocessed& page) {
  const double mm = page.image.dpi / 25.4, corner = kCornerMm * mm;
  const auto& level = page.rules.horizontal;
  for (const Box& foot : level) {
    if (!between(foot.width(), kWidthMinMm * mm, kWidthMaxMm * mm) ||
        foot.left > kLeftShare * page.image.width || foot.bottom > kUpperShare * page.image.height)
      continue;
    Box frame = foot;
    bool left = false, right = false;
    for (const Box& side : page.rules.vertical) {
      // Stamps print badly: the foot may be broken at its left, a side at its lower end.
      const bool meets = side.top < foot.top && side.bottom > foot.top - kBrokenMm * mm &&
                         side.bottom < foot.bottom + corner &&
                         foot.bottom - side.top < kHeightMaxMm * mm;
      const bool at_left = between(side.center_x(), foot.left - kBrokenMm * mm, foot.left + corner);
      const bool at_right = std::abs(side.center_x() - foot.right) < corner;
      if (!meets || (!at_left && !at_right)) continue;
      (at_left ? left : right) = true;
      frame = united(frame, side);
    }
    if (!left || !right || frame.height() < kHeightMinMm * mm) continue;
    const auto any = [&](auto is) { return std::any_of(level.begin(), level.end(), is); };
    const bool closed = any([&](const Box& rule) {
      const double shared = std::min(rule.right, frame.right) - std::max(rule.left, frame.left);
      return std::abs(rule.center_y() - frame.top) < corner && shared > frame.width() / 2;
    });
    const bool goes_on = any([&](const Box& rule) {
      return between(rule.center_y(), frame.top - corner, frame.bottom) &&
             rule.left < frame.right && rule.right > frame.right + corner;
    });
    if (closed && !goes_on) return frame;
  }
  return std::nullopt;
}

void take_off_stamp(Preprocessed& page, const Box& frame) {
  const auto inside = [&](const Box& box) { return frame.holds_middle_of(box); };
  std::vector<Box> staying;
  std::copy_if(page.components.begin(), page.components.end(), std::back_inserter(staying),
               [&](const Box& box) { return !inside(box); });
  Image& image = page.image;
  const Image before = image;
  const auto rows = [&](const Box& box, auto paint) {
    const int left = std::max(0, static_cast<int>(box.left));
    const int right = std::min(image.width, static_cast<int>(std::ceil(box.right)));
    const int bottom = std::min(image.height, static_cast<int>(std::ceil(box.bottom)));
    for (int y = std::max(0, static_cast<int>(box.top)); y < bottom && left < right; ++y)
      paint(image.stride() * static_cast<std::size_t>(y) + static_cast<std::size_t>(left),
            static_cast<std::size_t>(right - left));
  };
  rows(frame, [&](std::size_t at, std::size_t count) {
    std::fill_n(image.pixels.begin() + static_cast<std::ptrdiff_t>(at), count, std::uint8_t{255});
  });
  for (const Box& box : staying)
    rows(box, [&](std::size_t at, std::size_t count) {
      std::copy_n(before.pixels.begin() + static_cast<std::ptrdiff_t>(at), count,
                  image.pixels.begin() + static_cast<std::ptrdiff_t>(at));
    });
  page.components = std::move(staying);
  const double corner = kCornerMm * image.dpi / 25.4;
  const Box around{frame.left - corner, frame.top - corner, frame.right + corner,
                   frame.bottom + corner};
  Rules& rules = page.rules;
  for (std::vector<Box>* drawn :
       {&rules.horizontal, &rules.vertical, &rules.horizontal_pieces, &rules.vertical_pieces,
        &rules.horizontal_scraps, &rules.vertical_scraps})
    std::erase_if(*drawn, [&](const Box& rule) { return around.holds_middle_of(rule); });
}

}  // namespace vanban::ocr
