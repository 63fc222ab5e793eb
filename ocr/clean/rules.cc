#include "ocr/clean/rules.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace vanban::ocr {
namespace {

// The shortest rules, in mm: no letter has a stroke this long.
constexpr double kLevelMin = 9.3, kUprightMin = 6.8;
// A thicker short bar is a blot or a dark scan edge.
constexpr double kThicknessMax = 1.4;  // mm
// Broken rules: how thick at most, how wide a gap, in mm; how much of their length is drawn at
// least, and how much ink beside them, against their own, makes them strokes of letters.
constexpr double kThinMax = 0.8, kGapMax = 1.0, kDrawnShare = 0.35, kBesideShare = 0.3;
constexpr double kBesideMm = 0.4;
// Scraps of rules: how long at least; letters stand closer to one another than text to a rule.
constexpr double kScrapMin = 1.6, kBesideScrapMm = 1.0, kBesideScrapShare = 0.15;
// Rules are cut into pieces of this length; a lean of one degree is then a pixel or less.
constexpr double kPieceLength = 5;  // mm

// One direction of rules. `along` and `across` are lengths in it and across it.
class StrokeFinder {
 public:
  StrokeFinder(const Bits& ink, bool level, double length_min_mm)
      : mask(ink.width, ink.height, ink.dpi),
        ink_(ink),
        level_(level),
        pixels_per_mm_(ink.dpi / 25.4),
        length_min_(pixels(length_min_mm)),
        // A thin rule that leans changes its row of pixels more often than every `length_min_`.
        thick_(spread(ink, 1, 3)) {
    find_strong();
    find_broken();
  }

  // Ink that runs across rules far beyond their thickness: tails of letters, pen strokes.
  Bits crossing() const { return opened(ink_, 1, 2 * static_cast<int>(std::ceil(thickest_)) + 3); }

  // Strokes that stand alone but for the rules across, which begin and end there.
  std::vector<PixelRect> scraps(const Bits& rules_across) const {
    Bits strokes = opened(thick_, pixels(kScrapMin), 1);
    keep_common(strokes, ink_);
    take_away(strokes, mask);
    Bits letters = ink_;
    take_away(letters, rules_across);
    std::vector<PixelRect> out = rects_of_pieces(strokes);
    std::erase_if(out, [&](const PixelRect& rect) {
      return across(rect) > pixels(kThinMax) ||
             ink_beside(letters, rect, kBesideScrapMm) >= kBesideScrapShare;
    });
    return out;
  }

  // All that is known of the rules, broken ones too.
  Bits area() const {
    Bits out = mask;
    for (const PixelRect& piece : pieces) fill(out, piece);
    return dilated(out, 3, 3);
  }

  std::vector<PixelRect> rules, pieces;
  Bits mask;  // of the ink

 private:
  int pixels(double mm) const {
    return std::max(1, static_cast<int>(std::lround(mm * pixels_per_mm_)));
  }
  int along(const PixelRect& rect) const { return level_ ? rect.width : rect.height; }
  int across(const PixelRect& rect) const { return level_ ? rect.height : rect.width; }
  Bits spread(const Bits& bits, int along, int across) const {
    return level_ ? dilated(bits, along, across) : dilated(bits, across, along);
  }
  Bits opened(const Bits& bits, int along, int across) const {
    return level_ ? ocr::opened(bits, along, across) : ocr::opened(bits, across, along);
  }
  Bits closed(const Bits& bits, int along) const {
    return level_ ? ocr::closed(bits, along, 1) : ocr::closed(bits, 1, along);
  }

  void find_strong() {
    Bits strokes = opened(thick_, length_min_, 1);
    keep_common(strokes, ink_);
    for (const Piece& piece : pieces_of(strokes)) {
      // Crumbs are what is left where the rule steps from one row to the next.
      if (along(piece.rect) < length_min_ / 2) continue;
      // The mean does not count the lean of a long rule as thickness.
      const double thickness = double(piece.area) / along(piece.rect);
      if (thickness > pixels(kThicknessMax)) continue;
      thickest_ = std::max(thickest_, thickness);
      rules.push_back(piece.rect);
      add(mask, piece.ink, piece.rect.left, piece.rect.top);
      for (const PixelRect& part : cut(piece.rect))
        if (const PixelRect tight = tight_around(piece, part, nullptr); !tight.empty())
          pieces.push_back(tight);
    }
  }

  // Rules of dots and dashes, and thin ones that the scan has broken. Dots that lead from a text to
  // its figure look alike, so that these are pieces alone, and not in the mask.
  void find_broken() {
    Bits thin = ink_;
    take_away(thin, opened(ink_, 1, pixels(kThinMax) + 1));
    Bits joined = opened(closed(spread(thin, 1, 3), pixels(kGapMax) + 1), length_min_, 1);
    take_away(joined, spread(mask, 3, pixels(kThinMax)));
    for (const Piece& piece : pieces_of(joined))
      for (const PixelRect& part : cut(piece.rect))
        if (const PixelRect tight = tight_around(piece, part, &thin);
            !tight.empty() && stands_free(tight))
          pieces.push_back(tight);
  }

  // What of a piece, and of other ink, lies in a part of its rectangle.
  static PixelRect tight_around(const Piece& piece, const PixelRect& part, const Bits* other) {
    Bits own = part_of(piece.ink, {part.left - piece.rect.left, part.top - piece.rect.top,
                                   part.width, part.height});
    if (other != nullptr) keep_common(own, part_of(*other, part));
    PixelRect tight = around(own);
    tight.left += part.left, tight.top += part.top;
    return tight;
  }

  // A thin stroke that is no part of letters: drawn over much of its length, with hardly any ink
  // above and below.
  bool stands_free(const PixelRect& rect) const {
    return across(rect) <= pixels(kThinMax) && drawn(rect) >= kDrawnShare * along(rect) &&
           ink_beside(ink_, rect, kBesideMm) < kBesideShare;
  }

  // Over how many pixels of its length a stroke is drawn.
  int drawn(const PixelRect& rect) const {
    const Bits part = part_of(ink_, rect);
    return count(part_of(spread(part, 1, 2 * across(rect)), level_
                                                                ? PixelRect{0, 0, rect.width, 1}
                                                                : PixelRect{0, 0, 1, rect.height}));
  }

  // The ink above and below a stroke, against its own.
  double ink_beside(const Bits& ink, const PixelRect& rect, double reach_mm) const {
    const int side = pixels(reach_mm);
    const PixelRect reach =
        (level_ ? rect.grown(0, side) : rect.grown(side, 0)).within(ink.width, ink.height);
    const int inside = count(part_of(ink, rect)), all = count(part_of(ink, reach));
    return double(all - inside) / std::max(1, count(part_of(ink_, rect)));
  }

  std::vector<PixelRect> cut(const PixelRect& rect) const {
    std::vector<PixelRect> parts;
    const int length = pixels(kPieceLength);
    for (int from = 0; from < along(rect); from += length) {
      const int part = std::min(length, along(rect) - from);
      parts.push_back(level_ ? PixelRect{rect.left + from, rect.top, part, rect.height}
                             : PixelRect{rect.left, rect.top + from, rect.width, part});
    }
    return parts;
  }

  const Bits& ink_;
  bool level_;
  double pixels_per_mm_;
  int length_min_;
  Bits thick_;
  double thickest_ = 0;
};

std::vector<Box> boxes_of(const std::vector<PixelRect>& rects) {
  std::vector<Box> out;
  for (const PixelRect& rect : rects) out.push_back(rect.box());
  return out;
}

}  // namespace

RuleInk find_rule_ink(const Bits& ink) {
  const StrokeFinder level(ink, true, kLevelMin), upright(ink, false, kUprightMin);
  // With the grey fringe.
  const Bits levels = dilated(level.mask, 5, 5), uprights = dilated(upright.mask, 5, 5);
  const auto crossing_alone = [](const StrokeFinder& rules, const Bits& across) {
    Bits out = rules.crossing();
    take_away(out, across);
    return out;
  };
  Bits mask = levels;
  add(mask, uprights);
  take_away(mask, crossing_alone(level, uprights));
  take_away(mask, crossing_alone(upright, levels));
  return {{boxes_of(level.rules), boxes_of(upright.rules), boxes_of(level.pieces),
           boxes_of(upright.pieces), boxes_of(level.scraps(upright.area())),
           boxes_of(upright.scraps(level.area()))},
          std::move(mask)};
}

Rules find_rules(const Image& drawing) {
  cv::Mat grey(drawing.height, drawing.width, drawing.channels == 3 ? CV_8UC3 : CV_8UC1,
               const_cast<std::uint8_t*>(drawing.pixels.data()));
  if (drawing.channels == 3) cv::cvtColor(grey, grey, cv::COLOR_BGR2GRAY);
  // A hairline drawn at a low density is light grey.
  constexpr int kPaler = 225;
  Image level{drawing.width, drawing.height, 1, drawing.dpi, {}};
  level.pixels.assign(grey.datastart, grey.dataend);
  return find_rule_ink(darker_than(level, kPaler)).rules;
}

}  // namespace vanban::ocr
