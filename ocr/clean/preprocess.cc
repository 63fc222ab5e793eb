#include "ocr/clean/preprocess.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

#include "ocr/clean/dust.h"
#include "ocr/clean/find_ink.h"
#include "ocr/clean/light.h"
#include "ocr/clean/pen_ink.h"
#include "ocr/clean/red_ink.h"
#include "ocr/clean/straighten.h"

namespace vanban::ocr {
namespace {

// Whether a scan is a negative: most of it is dark, as with microfilm and wrongly tagged fax.
bool is_negative(const Image& scan) {
  constexpr int kDark = 110;
  constexpr double kMostly = 0.7;  // of its pixels; a page of print has 0.1
  const auto dark = std::count_if(scan.pixels.begin(), scan.pixels.end(),
                                  [](std::uint8_t level) { return level < kDark; });
  return double(dark) > kMostly * double(scan.pixels.size());
}

Image inverted(Image scan) {
  for (std::uint8_t& level : scan.pixels) level = static_cast<std::uint8_t>(255 - level);
  return scan;
}

// What is seen on the scan as it came, before any pixel is moved.
RedInk repaired(const Image& scan, std::vector<std::string>& steps) {
  RedInk red;
  if (is_negative(scan)) {
    steps.emplace_back("inverted");
    return repaired(inverted(scan), steps);
  }
  if (scan.channels == 3)
    red = without_red_ink(scan);
  else
    red.grey = scan;
  if (red.removed) steps.emplace_back("red_ink_removed");
  if (scan.channels == 3 && take_off_blue_signature(scan, red.grey))
    steps.emplace_back("signature_removed");
  if (take_off_streaks(red.grey)) steps.emplace_back("streaks_removed");
  // Dots of a screen are no crumbs.
  if (take_off_screens(red.grey)) steps.emplace_back("screens_removed");
  if (take_off_crumbs(red.grey)) steps.emplace_back("crumbs_removed");
  return red;
}

// A page larger than A2 stays as it is, or memory would not do.
double enlargement(const Image& scan, const PreprocessOptions& options) {
  constexpr double kMostPixels = 35e6;  // A2 at 300 dpi
  const double pixels = static_cast<double>(scan.width) * scan.height;
  const double scale = options.target_dpi / scan.dpi;
  return scan.dpi < options.enough_dpi && pixels * scale * scale <= kMostPixels ? scale : 1;
}

struct Lit {
  Image page, paper, flat;
};

Lit lit(Image page) {
  Image paper = paper_of(page), flat = flattened(page, paper);
  return {std::move(page), std::move(paper), std::move(flat)};
}

// Turned upright, straight, dense enough.
Lit upright(Image scan, const PreprocessOptions& options, Preprocessed& out) {
  const double scale = enlargement(scan, options);
  Straightened turn = turned(std::move(scan), options.rotation_degrees);
  if (options.rotation_degrees != 0) out.steps.emplace_back("rotated");
  Lit before = lit(std::move(turn.image));
  const Bits ink = ink_of(before.flat);
  out.skew_degrees = find_skew(ink);
  if (scale != 1) out.steps.emplace_back("upscaled");
  if (out.skew_degrees != 0) out.steps.emplace_back("deskewed");
  out.to_raster = turn.to_before;
  if (scale == 1 && out.skew_degrees == 0) return before;
  std::optional<Box> frame;
  if (std::abs(out.skew_degrees) > kAskewDegrees) frame = turned_print(ink, out.skew_degrees);
  Straightened straight = straightened(std::move(before.page), out.skew_degrees, scale, frame);
  out.to_raster = straight.to_before.then(turn.to_before);
  return lit(std::move(straight.image));
}

// Twice a ring's width around it; whole pixels within the page.
Box picture_box(const Circle& circle, const Image& page) {
  constexpr double kAround = 1.08;
  const Box ring = box_of({circle.x, circle.y, kAround * circle.radius});
  return {std::max(0.0, std::floor(ring.left)), std::max(0.0, std::floor(ring.top)),
          std::min<double>(page.width, std::ceil(ring.right)),
          std::min<double>(page.height, std::ceil(ring.bottom))};
}

Image part_of(const Image& image, const Box& box) { return part_after(image, {}, box); }

// Circles on the scan as circles on the upright page.
Circle on_page(const Circle& circle, const Affine& from_scan) {
  const auto [x, y] = from_scan.apply(circle.x, circle.y);
  const double scale = std::hypot(from_scan.xx, from_scan.yx);
  return {x, y, scale * circle.radius};
}

std::vector<SealOnPage> red_seals(const RedInk& red, const Preprocessed& page) {
  std::vector<SealOnPage> out;
  const Affine from_scan = page.to_raster.inverse();
  for (FoundSeal seal : red.seals) {
    seal.circle = on_page(seal.circle, from_scan);
    const Box box = picture_box(seal.circle, page.image);
    if (box.empty()) continue;
    out.push_back({seal, box, part_after(red.untouched, page.to_raster, box),
                   part_after(red.alone, page.to_raster, box)});
  }
  return out;
}

// Levels by which red or blue exceeds the other channels; paper that has yellowed has neither.
int coloured(const std::uint8_t* bgr) {
  const int red = bgr[2] - std::max(bgr[0], bgr[1]), blue = bgr[0] - std::max(bgr[1], bgr[2]);
  return std::max(red, blue);
}

// The coloured ink of a part of the page: as coloured as stamps are becomes black.
void find_colour(const Image& scan, const Preprocessed& page, Head& head) {
  constexpr int kColoured = 30, kStep = 5;  // levels; pixels between those that are looked at
  constexpr double kFullyColoured = 80, kFewestMm2 = 4, kAroundMm = 4;
  const double mm = page.image.dpi / 25.4;
  int found = 0;
  Box where;
  for (int y = 0; y < head.ink.height; y += kStep)
    for (int x = 0; x < head.ink.width; x += kStep) {
      const auto [from_x, from_y] = page.to_raster.apply(x, y);
      const int left = static_cast<int>(from_x), top = static_cast<int>(from_y);
      if (left < 0 || top < 0 || left >= scan.width || top >= scan.height ||
          coloured(scan.pixels.data() + scan.stride() * static_cast<std::size_t>(top) +
                   3 * static_cast<std::size_t>(left)) < kColoured)
        continue;
      const bool in_seal =
          std::any_of(page.seals.begin(), page.seals.end(), [&](const SealOnPage& seal) {
            return std::hypot(x - seal.seal.circle.x, y - seal.seal.circle.y) <
                   1.1 * seal.seal.circle.radius;
          });
      if (in_seal) continue;
      ++found;
      where = united(where, {double(x), double(y), x + 1.0, y + 1.0});
    }
  if (found * kStep * kStep < kFewestMm2 * mm * mm) return;
  head.coloured = {std::max(0.0, std::floor(where.left - kAroundMm * mm)),
                   std::max(0.0, std::floor(where.top - kAroundMm * mm)),
                   std::min<double>(head.ink.width, std::ceil(where.right + kAroundMm * mm)),
                   std::min<double>(head.ink.height, std::ceil(where.bottom + kAroundMm * mm))};
  Image alone{scan.width, scan.height, 1, scan.dpi, {}};
  alone.pixels.resize(alone.stride() * static_cast<std::size_t>(alone.height));
  for (std::size_t i = 0; i < alone.pixels.size(); ++i)
    alone.pixels[i] = static_cast<std::uint8_t>(std::lround(
        255 * (1 - std::clamp(coloured(scan.pixels.data() + 3 * i) / kFullyColoured, 0.0, 1.0))));
  head.colour = part_after(alone, page.to_raster, head.coloured);
}

Head head_of(Image page_with_all_ink, const Image& scan, const Preprocessed& page) {
  constexpr double kUpperShare = 0.45;  // of the page's height
  Head head;
  head.ink = std::move(page_with_all_ink);
  head.ink.height = static_cast<int>(kUpperShare * head.ink.height);
  head.ink.pixels.resize(head.ink.stride() * static_cast<std::size_t>(head.ink.height));
  if (scan.channels == 3) find_colour(scan, page, head);
  return head;
}

}  // namespace

Preprocessed preprocess(const Image& scan, const PreprocessOptions& options) {
  Preprocessed out;
  RedInk red = repaired(scan, out.steps);
  Image& grey = red.grey;
  if (grey.dpi <= 0) grey.dpi = options.target_dpi;
  constexpr int kSmallestPage = 32;  // pixels; less than that holds no line of text
  if (std::min(scan.width, scan.height) < kSmallestPage) {
    out.blank = true;
    out.image = std::move(grey);
    return out;
  }
  auto [page, paper, flat] = upright(std::move(grey), options, out);
  out.image = std::move(page);
  out.blank = is_blank(flat);
  if (out.blank) return out;
  out.seals = red_seals(red, out);
  if (const std::string step = light(out.image, paper, flat); !step.empty()) {
    out.steps.push_back(step);
    for (SealOnPage& seal : out.seals)
      seal.with_seal = flattened(seal.with_seal, part_of(paper, seal.box));
    flat = out.image;
    std::fill(paper.pixels.begin(), paper.pixels.end(), std::uint8_t{kPaperLevel});
  }
  Image with_all_ink = out.image;
  Ink ink = find_ink(out.image, paper, flat);
  out.components = std::move(ink.letters);
  out.blots = std::move(ink.blots);
  out.rules = std::move(ink.rules);
  out.text_height = ink.text_height;
  for (const FoundSeal& seal : ink.seals) {
    const Box box = picture_box(seal.circle, out.image);
    out.seals.push_back({seal, box, part_of(with_all_ink, box), {}});
  }
  std::move(ink.steps.begin(), ink.steps.end(), std::back_inserter(out.steps));
  out.head = head_of(std::move(with_all_ink), scan, out);
  return out;
}

Image with_seals(const Preprocessed& page) {
  Image out = page.image;
  for (const SealOnPage& seal : page.seals) {
    const Image& part = seal.with_seal;
    for (int y = 0; y < part.height; ++y)
      std::copy_n(part.pixels.data() + part.stride() * static_cast<std::size_t>(y), part.stride(),
                  out.pixels.data() +
                      out.stride() * static_cast<std::size_t>(int(seal.box.top) + y) +
                      static_cast<std::size_t>(seal.box.left));
  }
  return out;
}

}  // namespace vanban::ocr
