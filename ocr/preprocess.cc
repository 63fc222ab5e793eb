#include "ocr/preprocess.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "ocr/dust.h"
#include "ocr/light.h"
#include "ocr/red_ink.h"
#include "ocr/straighten.h"

namespace vanban::ocr {
namespace {

// What is seen on the scan as it came, before any pixel is moved.
Image repaired(const Image& scan, std::vector<std::string>& steps) {
  RedInk red{scan, false};
  if (scan.channels == 3) red = without_red_ink(scan);
  if (red.removed) steps.emplace_back("red_ink_removed");
  if (take_off_streaks(red.grey)) steps.emplace_back("streaks_removed");
  // Dots of a screen are no crumbs.
  if (take_off_screens(red.grey)) steps.emplace_back("screens_removed");
  if (take_off_crumbs(red.grey)) steps.emplace_back("crumbs_removed");
  return std::move(red.grey);
}

// Turned upright, straight, dense enough.
Image upright(const Image& scan, const PreprocessOptions& options, Preprocessed& out) {
  const Straightened turn = turned(scan, options.rotation_degrees);
  if (options.rotation_degrees != 0) out.steps.emplace_back("rotated");
  out.skew_degrees = find_skew(ink_of(flattened(turn.image, paper_of(turn.image))));
  const double scale = scan.dpi < options.enough_dpi ? options.target_dpi / scan.dpi : 1;
  Straightened straight = straightened(turn.image, out.skew_degrees, scale);
  if (scale != 1) out.steps.emplace_back("upscaled");
  if (out.skew_degrees != 0) out.steps.emplace_back("deskewed");
  out.to_raster = straight.to_before.then(turn.to_before);
  return std::move(straight.image);
}

}  // namespace

Preprocessed preprocess(const Image& scan, const PreprocessOptions& options) {
  Preprocessed out;
  Image grey = repaired(scan, out.steps);
  if (grey.dpi <= 0) grey.dpi = options.target_dpi;
  constexpr int kSmallestPage = 32;  // pixels; less than that holds no line of text
  if (std::min(scan.width, scan.height) < kSmallestPage) {
    out.blank = true;
    out.image = std::move(grey);
    return out;
  }
  out.image = upright(grey, options, out);
  Image paper = paper_of(out.image);
  Image flat = flattened(out.image, paper);
  out.blank = is_blank(flat);
  if (out.blank) return out;
  if (const std::string step = light(out.image, paper, flat); !step.empty()) {
    out.steps.push_back(step);
    flat = out.image;
    std::fill(paper.pixels.begin(), paper.pixels.end(), std::uint8_t{kPaperLevel});
  }
  Ink ink = find_ink(out.image, paper, flat);
  out.components = std::move(ink.letters);
  out.rules = std::move(ink.rules);
  out.text_height = ink.text_height;
  std::move(ink.steps.begin(), ink.steps.end(), std::back_inserter(out.steps));
  return out;
}

}  // namespace vanban::ocr
