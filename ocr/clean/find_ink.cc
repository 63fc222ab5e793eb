#include "ocr/clean/find_ink.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/clean/bits.h"
#include "ocr/clean/ink_sizes.h"
#include "ocr/clean/light.h"
#include "ocr/clean/rules.h"
#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

// A page image and the paper it would be without any ink.
struct Canvas {
  Image& grey;
  const Image& paper;

  // Where `mask` has ink, whose top left corner lies at a place of the page.
  void wipe(const Bits& mask, int left = 0, int top = 0) {
    for_each_inked(mask, [&](int x, int y) {
      x += left, y += top;
      if (x < 0 || y < 0 || x >= grey.width || y >= grey.height) return;
      const std::size_t at = grey.stride() * std::size_t(y) + std::size_t(x);
      grey.pixels[at] = paper.pixels[at];
    });
  }
};

// A piece grown by a pixel or two, in a rectangle as much larger.
Bits grown(const Piece& piece, int margin) {
  Bits out(piece.rect.width + 2 * margin, piece.rect.height + 2 * margin, piece.ink.dpi);
  add(out, piece.ink, margin, margin);
  return dilated(out, 2 * margin + 1, 2 * margin + 1);
}

void erase(Canvas& canvas, const Piece& piece, int margin) {
  canvas.wipe(grown(piece, margin), piece.rect.left - margin, piece.rect.top - margin);
}

// Specks are smaller than a dot of an i and far from any letter. They are taken off only where
// there are many: on faint print the crumbs of letters look alike.
bool despeckle(Canvas& canvas, Bits& ink, std::vector<Piece>& pieces, const InkSizes& sizes) {
  constexpr double kManySpecks = 0.5;  // specks for each letter
  constexpr int kFewestSpecks = 50;
  const auto is_small = [&](const Piece& piece) {
    return piece.rect.width <= sizes.speck_max() && piece.rect.height <= sizes.speck_max();
  };
  const auto letter_count = std::count_if(pieces.begin(), pieces.end(),
                                          [&](const Piece& piece) { return sizes.letter(piece); });
  const auto enough = [&](auto specks) {
    return double(specks) >= kManySpecks * double(letter_count) && specks >= kFewestSpecks;
  };
  if (!enough(std::count_if(pieces.begin(), pieces.end(), is_small))) return false;
  Bits letters(ink.width, ink.height, ink.dpi);
  for (const Piece& piece : pieces)
    if (sizes.letter(piece)) fill(letters, piece.rect);
  // As far as a dot or a mark may stand from its letter.
  letters = dilated(letters, sizes.pixels(3.5), sizes.pixels(2.6));
  const auto is_speck = [&](const Piece& piece) {
    return is_small(piece) && !letters.at(piece.rect.left, piece.rect.top);
  };
  if (!enough(std::count_if(pieces.begin(), pieces.end(), is_speck))) return false;
  std::erase_if(pieces, [&](const Piece& piece) {
    if (!is_speck(piece)) return false;
    erase(canvas, piece, 1);
    take_away(ink, piece.ink, piece.rect.left, piece.rect.top);
    return true;
  });
  return true;
}

// Rings of black seals, signatures, braces: larger than any letter and mostly empty inside.
bool is_flourish(const Piece& piece, const InkSizes& sizes) {
  const auto [left, top, width, height] = piece.rect;
  const double fill = double(piece.area) / width / height;
  return (height > sizes.flourish_height_min() && fill < 0.25) || height > sizes.blot_height_min();
}

// The letters of a seal's rim are some 2 mm high, capitals of a title 3 mm and their marks less
// than 1 mm. Only above the middle: below it a name has small letters of the same height.
void erase_rim_letters(Canvas& canvas, Bits& ink, const Circle& seal, const InkSizes& sizes) {
  constexpr double kHeightMinMm = 1.3, kHeightMaxMm = 2.6;
  constexpr double kRimInner = 0.62, kRimOuter = 0.98;  // shares of the radius
  const PixelRect top =
      pixels_of({seal.x - seal.radius, seal.y - seal.radius, seal.x + seal.radius, seal.y})
          .within(ink.width, ink.height);
  if (top.empty()) return;
  Bits rim(top.width, top.height, ink.dpi);
  for (const Piece& piece : pieces_of(part_of(ink, top))) {
    const Box box = piece.rect.box();
    if (box.height() < sizes.pixels(kHeightMinMm) || box.height() > sizes.pixels(kHeightMaxMm))
      continue;
    const double distance =
        std::hypot(top.left + box.center_x() - seal.x, top.top + box.center_y() - seal.y) /
        seal.radius;
    if (distance < kRimInner || distance > kRimOuter) continue;
    add(rim, piece.ink, piece.rect.left, piece.rect.top);
  }
  rim = dilated(rim, 3, 3);
  canvas.wipe(rim, top.left, top.top);
  take_away(ink, rim, top.left, top.top);
}

// Wipes off a seal's rings and its middle. Its top and bottom stay, where the signatory's title
// and name run into it: parted from the rings their letters can be read.
void erase_seal(Canvas& canvas, Bits& ink, const Image& ink_image, const Circle& seal) {
  constexpr double kTitleReach = -0.62, kNameReach = 0.72;  // shares of the radius
  constexpr double kRingShare = 0.7;  // a radius inked all around by more than this is a ring
  Image drawn{ink.width, ink.height, 1, ink.dpi, {}};
  drawn.pixels.assign(ink_image.pixels.size(), 255);
  cv::Mat mask(drawn.height, drawn.width, CV_8UC1, drawn.pixels.data());
  const cv::Point middle(int(seal.x), int(seal.y));
  cv::circle(mask, middle, int(seal.radius), 0, cv::FILLED);
  mask.rowRange(0, std::max(0, int(seal.y + kTitleReach * seal.radius))).setTo(255);
  mask.rowRange(std::min(mask.rows, int(seal.y + kNameReach * seal.radius)), mask.rows).setTo(255);
  for (double radius = 0.5 * seal.radius; radius < 1.08 * seal.radius; radius += 1)
    if (inked_share(ink_image, {seal.x, seal.y, radius}) > kRingShare)
      cv::circle(mask, middle, int(radius), 0, 3);
  const Bits gone = darker_than(drawn, 128);
  canvas.wipe(gone);
  take_away(ink, gone);
  erase_rim_letters(canvas, ink, seal, InkSizes(ink.dpi));
}

// Red ink scanned in grey is lighter than print: the median level of the ring tells.
SealColour colour_of(const Image& grey, const Circle& seal) {
  constexpr std::uint8_t kLighterThanPrint = 60;
  constexpr int kAngles = 240;
  std::vector<std::uint8_t> levels;
  for (int i = 0; i < kAngles; ++i) {
    const double angle = 2 * CV_PI * i / kAngles;
    const int x = int(seal.x + seal.radius * std::cos(angle));
    const int y = int(seal.y + seal.radius * std::sin(angle));
    if (x >= 0 && y >= 0 && x < grey.width && y < grey.height)
      levels.push_back(grey.pixels[grey.stride() * std::size_t(y) + std::size_t(x)]);
  }
  if (levels.empty()) return SealColour::Black;
  const auto middle = levels.begin() + std::ssize(levels) / 2;
  std::nth_element(levels.begin(), middle, levels.end());
  return *middle > kLighterThanPrint ? SealColour::Grey : SealColour::Black;
}

// Erases the seals that large pieces of ink belong to; colour has shown no seal here.
std::vector<FoundSeal> erase_seals(Canvas& canvas, Bits& ink, const std::vector<Piece>& pieces) {
  const InkSizes sizes(ink.dpi);
  Box where;
  for (const Piece& piece : pieces)
    if (piece.rect.height > sizes.seal_height_min() && piece.rect.width > sizes.seal_height_min())
      where = united(where, piece.rect.box());
  if (where.empty()) return {};
  const Image before = mask_of(ink);
  std::vector<FoundSeal> seals;
  for (const Circle& circle : find_seals(before, where))
    seals.push_back({circle, colour_of(canvas.grey, circle), inked_disc_share(before, circle)});
  for (const FoundSeal& seal : seals) erase_seal(canvas, ink, before, seal.circle);
  return seals;
}

double median_height(const std::vector<Box>& boxes) {
  std::vector<double> heights;
  heights.reserve(boxes.size());
  for (const Box& box : boxes) heights.push_back(box.height());
  return median(std::move(heights));
}

// Whether a piece is a box to be ticked: hollow, and each of its sides is drawn from end to end.
bool is_frame(const Piece& piece) {
  constexpr double kDrawn = 0.92, kSide = 0.12;  // shares of the side, of the other side
  constexpr double kHollow = 0.5;                // share that is inked at most
  const int width = piece.rect.width, height = piece.rect.height;
  if (piece.area > kHollow * width * height) return false;
  const int level = std::max(2, int(kSide * height)), upright = std::max(2, int(kSide * width));
  const auto across = [&](int y) {
    const Bits side = part_of(piece.ink, {0, y, width, level});
    return count(part_of(dilated(side, 1, 2 * level + 1), {0, 0, width, 1})) >= kDrawn * width;
  };
  const auto down = [&](int x) {
    const Bits side = part_of(piece.ink, {x, 0, upright, height});
    return count(part_of(dilated(side, 2 * upright + 1, 1), {0, 0, 1, height})) >= kDrawn * height;
  };
  return width > 2 * upright && height > 2 * level && across(0) && across(height - level) &&
         down(0) && down(width - upright);
}

// The letters of rows of large print.
std::vector<PixelRect> find_large_print(const std::vector<Piece>& pieces, const InkSizes& sizes) {
  constexpr std::size_t kFewestInRow = 3;
  std::vector<Box> candidates;
  for (const Piece& piece : pieces)
    if (sizes.large_letter(piece) && !is_frame(piece)) candidates.push_back(piece.rect.box());
  std::vector<PixelRect> out;
  for (const std::vector<Box>& row : chain_text_rows(std::move(candidates), kFewestInRow)) {
    const bool large =
        std::count_if(row.begin(), row.end(),
                      [&](const Box& box) { return box.height() > sizes.letter_height_max(); }) *
            2 >
        std::ssize(row);
    if (!large || !is_even_row(row)) continue;
    for (const Box& box : row) out.push_back(pixels_of(box));
  }
  return out;
}

// A full dark area of the size of a word and more, which may hide one.
bool is_blot(const Piece& piece, const InkSizes& sizes) {
  constexpr double kShortMinMm = 3, kLongMinMm = 6;
  constexpr double kFull = 0.6;  // bold letters that touch have 0.5
  const auto [left, top, width, height] = piece.rect;
  return std::min(width, height) >= sizes.pixels(kShortMinMm) &&
         std::max(width, height) >= sizes.pixels(kLongMinMm) && piece.area > kFull * width * height;
}

// Collects the letters and blots, and wipes flourishes off. `large`: letters of large print.
void take_letters(Canvas& canvas, const Bits& ink, const InkSizes& sizes,
                  const std::vector<PixelRect>& large, Ink& out) {
  std::vector<Box>& letters = out.letters;
  std::vector<PixelRect> blots;
  std::vector<Piece> flourishes;
  for (Piece& piece : pieces_of(ink)) {
    const bool letter =
        sizes.letter(piece) || std::find(large.begin(), large.end(), piece.rect) != large.end();
    if (is_blot(piece, sizes)) blots.push_back(piece.rect);
    if (letter)
      letters.push_back(piece.rect.box());
    else if (is_flourish(piece, sizes))
      flourishes.push_back(std::move(piece));
  }
  if (flourishes.empty() && blots.empty()) return;
  // A pen that runs through a row of print makes one piece with its letters; these stay.
  Bits rows(ink.width, ink.height, ink.dpi);
  for (const Box& row : find_text_rows(letters)) {
    const double reach = 4 * row.height();
    fill(rows, pixels_of({row.left - reach, row.top, row.right + reach, row.bottom})
                   .within(ink.width, ink.height));
  }
  for (const PixelRect& blot : blots)
    if (count(part_of(rows, blot)) > 0) out.blots.push_back(blot.box());
  constexpr int kMargin = 2;
  for (const Piece& piece : flourishes) {
    const int left = piece.rect.left - kMargin, top = piece.rect.top - kMargin;
    Bits gone = grown(piece, kMargin);
    take_away(gone, rows, -left, -top);
    canvas.wipe(gone, left, top);
  }
}

}  // namespace

Ink find_ink(Image& page, const Image& paper, const Image& flat) {
  Ink out;
  const InkSizes sizes(page.dpi);
  Canvas canvas{page, paper};
  Bits ink = ink_of(flat);
  // Pieces of a broken rule are specks to who does not see the rule, parts of a seal are no rules.
  Bits rules_ink = ink;
  std::vector<Piece> pieces = pieces_of(ink);
  if (despeckle(canvas, ink, pieces, sizes)) out.steps.emplace_back("despeckled");
  Bits seals = ink;
  out.seals = erase_seals(canvas, ink, pieces);
  if (!out.seals.empty()) {
    out.steps.emplace_back("seal_erased");
    take_away(seals, ink);
    take_away(rules_ink, seals);
  }
  const std::vector<PixelRect> large = find_large_print(pieces, sizes);
  for (const PixelRect& letter : large) clear(rules_ink, letter);
  const RuleInk found = find_rule_ink(rules_ink);
  out.rules = found.rules;
  canvas.wipe(found.mask);
  take_away(ink, found.mask);
  take_letters(canvas, ink, sizes, large, out);
  out.text_height = median_height(out.letters);
  return out;
}

}  // namespace vanban::ocr
