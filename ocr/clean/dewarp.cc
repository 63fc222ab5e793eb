#include "ocr/clean/dewarp.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocr/clean/bits.h"
#include "ocr/clean/light.h"
#include "ocr/clean/page_bend.h"
#include "ocr/clean/straighten.h"
#include "ocr/clean/text_rows.h"

namespace vanban::ocr {
namespace {

// The long side on which the shape is measured, pixels: letters of an A4 page are some 9 high.
constexpr double kLookSide = 1600;
// Paper and light are looked at this much smaller.
constexpr double kPaperScale = 0.25;

// On paper flattened to kPaperLevel print is darker.
constexpr int kInkLevel = 170;

// A page less bent is left as it is, heights of a letter (see PageBend): of 200 scans none had rows
// beyond 0.25, and sides that stray less split no column.
constexpr double kRowsBent = 0.35, kSidesBent = 2.5;
constexpr double kGainMin = 1.5;
// As much as this of the image around the paper must go.
constexpr double kSurroundingsMin = 0.1;

cv::Mat view(const Image& image) {
  return {image.height, image.width, image.channels == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(image.pixels.data())};
}

Image to_image(const cv::Mat& image, double dpi) {
  Image out{image.cols, image.rows, image.channels(), dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  for (int y = 0; y < image.rows; ++y)
    std::copy_n(image.ptr(y), out.stride(), out.pixels.data() + out.stride() * std::size_t(y));
  return out;
}

// What the page is without its print, at kPaperScale of the look; per channel.
cv::Mat paper_of(const cv::Mat& look) {
  constexpr int kStroke = 7, kSmooth = 15;  // 5 and 11 mm of an A4 page
  cv::Mat paper;
  cv::resize(look, paper, {}, kPaperScale, kPaperScale, cv::INTER_AREA);
  cv::morphologyEx(paper, paper, cv::MORPH_CLOSE, cv::Mat::ones(kStroke, kStroke, CV_8U));
  cv::medianBlur(paper, paper, kSmooth);
  return paper;
}

cv::Mat flattened(const cv::Mat& image, const cv::Mat& paper) {
  constexpr int kDarkestPaper = 24;
  cv::Mat large, out;
  cv::resize(cv::max(paper, kDarkestPaper), large, image.size());
  cv::divide(image, large, out, kPaperLevel);
  return out;
}

// Boxes of ink that may be letters. Empty where there are more than any page has.
std::vector<Box> letters_of(const cv::Mat& flat) {
  constexpr int kLowest = 4, kTallest = 80, kWidest = 160, kMost = 20000;
  std::vector<Box> out;
  for (const PixelRect& rect : rects_of_pieces(darker_than(to_image(flat, 0), kInkLevel)))
    if (rect.height >= kLowest && rect.height <= kTallest && rect.width >= 2 &&
        rect.width <= kWidest)
      out.push_back(rect.box());
  if (out.size() > kMost) out.clear();
  return out;
}

// ---- The edges of the paper

// x and y.

// From inside the text outwards, the first place where paper gives way to something darker. nullopt
// where the ray reaches the border of the image before.
std::optional<Point> end_of_paper(const cv::Mat& paper, Point from, Point step) {
  constexpr int kReach = 3;         // pixels before and after the edge
  constexpr double kDarker = 0.86;  // light falls off by less over so short a way
  std::vector<double> levels;
  for (double x = from.x, y = from.y; x >= 0 && y >= 0 && x < paper.cols && y < paper.rows;
       x += step.x, y += step.y)
    levels.push_back(paper.at<std::uint8_t>(int(y), int(x)));
  const int count = static_cast<int>(levels.size());
  const auto level = [&](int i) { return std::max(1.0, levels[static_cast<std::size_t>(i)]); };
  double steepest = kDarker;
  int edge = -1;
  for (int i = kReach; i + kReach < count; ++i) {
    const double ratio = level(i + kReach) / level(i - kReach);
    if (ratio < steepest) {
      steepest = ratio;
      edge = i;
    } else if (edge >= 0 && ratio > (1 + steepest) / 2) {
      break;  // past the edge
    }
  }
  if (edge < 0) return std::nullopt;
  const double middle = (level(edge - kReach) + level(edge + kReach)) / 2;
  int place = edge - kReach;
  while (place < edge + kReach && level(place) > middle) ++place;
  return Point{from.x + place * step.x, from.y + place * step.y};
}

// x = at + slope * y through most of the points, those farther off than `tolerance` left out.
// nullopt where fewer than `needed` agree.
std::optional<SideLine> line_through(const std::vector<Point>& points, double tolerance,
                                     std::size_t needed) {
  constexpr double kSteepest = 0.4;
  std::vector<Point> best;
  for (std::size_t i = 0; i < points.size(); ++i)
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      const double down = points[j].y - points[i].y;
      if (down == 0) continue;
      const double slope = (points[j].x - points[i].x) / down;
      if (std::abs(slope) > kSteepest) continue;
      std::vector<Point> near;
      for (const Point& point : points)
        if (std::abs(point.x - points[i].x - slope * (point.y - points[i].y)) < tolerance)
          near.push_back(point);
      if (near.size() > best.size()) best = std::move(near);
    }
  if (best.size() < std::max<std::size_t>(needed, 3)) return std::nullopt;
  cv::Mat a(int(best.size()), 2, CV_64F), b(int(best.size()), 1, CV_64F), x;
  for (int i = 0; i < a.rows; ++i) {
    a.at<double>(i, 0) = 1;
    a.at<double>(i, 1) = best[std::size_t(i)].y;
    b.at<double>(i) = best[std::size_t(i)].x;
  }
  cv::solve(a, b, x, cv::DECOMP_QR);
  return SideLine{x.at<double>(0), x.at<double>(1)};
}

// The edges of the paper that are in the image, in the bend's lengths: sides as lines, top and
// bottom as levels of the flat page.
struct Edges {
  std::optional<SideLine> left, right;
  std::optional<double> top, bottom;
};

constexpr int kRays = 48;
constexpr std::size_t kRaysNeeded = kRays * 6 / 10;

Edges find_edges(const cv::Mat& paper, const PageBend& bend) {
  constexpr double kTolerance = 2;  // pixels of `paper`, 1.5 mm
  const auto to_bend = [&](Point at) -> Point {
    return {(at.x / kPaperScale - bend.center_x) / bend.unit,
            (at.y / kPaperScale - bend.center_y) / bend.unit};
  };
  const auto to_paper = [&](double u, double v) -> Point {
    const auto [x, y] = bend.image_point(u, v);
    return {(x * bend.unit + bend.center_x) * kPaperScale,
            (y * bend.unit + bend.center_y) * kPaperScale};
  };
  const double tolerance = kTolerance / kPaperScale / bend.unit;
  const auto along = [&](int i, double from, double to) {
    return from + (to - from) * (i + 0.5) / kRays;
  };
  const auto side = [&](double start, double outwards) {
    std::vector<Point> ends;
    for (int i = 0; i < kRays; ++i) {
      const Point from = to_paper(start, along(i, bend.top, bend.bottom));
      if (const auto end = end_of_paper(paper, from, {outwards, 0})) ends.push_back(to_bend(*end));
    }
    return line_through(ends, tolerance, kRaysNeeded);
  };
  const auto end = [&](double start, double outwards) -> std::optional<double> {
    std::vector<Point> levels;  // the level as x, so that a line through them runs along the edge
    for (int i = 0; i < kRays; ++i) {
      const Point from = to_paper(along(i, bend.left, bend.right), start);
      const auto found = end_of_paper(paper, from, {0, outwards});
      if (!found) continue;
      const Point at = to_bend(*found);
      levels.push_back({bend.level_at(at.x, at.y), at.x});
    }
    const auto line = line_through(levels, tolerance, kRaysNeeded);
    return line ? std::optional(line->at) : std::nullopt;
  };
  return {side(bend.left, -1), side(bend.right, 1), end(bend.top, -1), end(bend.bottom, 1)};
}

// ---- The shape of the page

struct Shape {
  PageBend bend;  // of the look
  Edges edges;
  double left = 0, right = 0, top = 0, bottom = 0;  // of the flat page, in the bend's lengths
};

// A camera shows what is farther smaller: even steps down the page are seen as ever smaller ones
// towards where the page's parallel lines meet, at 1 / rate from the middle.
double seen_step(double even, double rate) { return even / (1 + even * rate); }
double even_step(double seen, double rate) { return seen / (1 - seen * rate); }

// A camera at 30 cm that leans by 25 degrees. Beyond, wrong rows have bent the page.
constexpr double kRateMax = 0.12;

double rate_across(const PageBend& bend) { return std::clamp(-bend.rise[1], -kRateMax, kRateMax); }
double rate_down(const PageBend& bend) { return std::clamp(-bend.spread, -kRateMax, kRateMax); }

std::optional<Shape> shape_of(const cv::Mat& look, const cv::Mat& paper) {
  const std::vector<std::vector<Box>> rows = chain_text_rows(letters_of(flattened(look, paper)));
  std::optional<PageBend> bend = fit_rows(rows);
  if (!bend) return std::nullopt;
  Shape out{*bend, find_edges(paper, *bend)};
  std::vector<SideLine> lines;
  if (out.edges.left) lines.push_back(*out.edges.left);
  if (out.edges.right) lines.push_back(*out.edges.right);
  if (lines.size() < 2)
    for (const SideLine& margin : find_margins(rows, out.bend)) lines.push_back(margin);
  fit_sides(out.bend, lines);

  const double x0 = -out.bend.center_x / out.bend.unit, y0 = -out.bend.center_y / out.bend.unit;
  const double x1 = x0 + look.cols / out.bend.unit, y1 = y0 + look.rows / out.bend.unit;
  out.left = out.edges.left ? out.edges.left->at : x0;
  out.right = out.edges.right ? out.edges.right->at : x1;
  out.top = out.edges.top.value_or(y0);
  out.bottom = out.edges.bottom.value_or(y1);
  return out;
}

bool is_bent(const Shape& shape, const cv::Mat& look) {
  const int edges = shape.edges.left.has_value() + shape.edges.right.has_value() +
                    shape.edges.top.has_value() + shape.edges.bottom.has_value();
  // Margins bend no page alone: indents and columns may chance to line up.
  const bool sides = shape.edges.left && shape.edges.right && sides_stray(shape.bend) > kSidesBent;
  if ((shape.bend.stray > kRowsBent && shape.bend.gain > kGainMin) || sides) return true;
  const double paper =
      (shape.right - shape.left) * (shape.bottom - shape.top) * shape.bend.unit * shape.bend.unit;
  return edges >= 3 && paper < (1 - kSurroundingsMin) * look.cols * look.rows;
}

// ---- The flat page

// Where the pixels of the flat page come from.
struct Frame {
  int width = 0, height = 0;
  double dpi = 0;
  double left = 0, top = 0;     // in even steps of the bend's lengths
  double across = 1, down = 1;  // such steps a pixel
};

// Pixels of the look a millimetre, across and down.
std::array<double, 2> density_of(const Shape& shape, double width, double height) {
  constexpr double kLetterHeightMm = 2.7;  // median of administrative pages, 2.0 to 3.0
  constexpr double kA4Wide = 210, kA4High = 297;
  constexpr double kRatioTolerance = 0.2;
  const double by_letters = shape.bend.letter_height / kLetterHeightMm;
  const Edges& edges = shape.edges;
  if (!edges.left || !edges.right || !edges.top || !edges.bottom) return {by_letters, by_letters};
  const bool landscape = width > height;
  const double across = width / (landscape ? kA4High : kA4Wide);
  const double down = height / (landscape ? kA4Wide : kA4High);
  if (std::abs(std::log(across / down)) > kRatioTolerance) return {by_letters, by_letters};
  return {across, down};
}

Frame frame_of(const Shape& shape, double look_scale) {
  constexpr double kEnoughDpi = 190, kMostDpi = 330, kTargetDpi = 300;  // as for scans
  constexpr double kLongestSide = 5000;                                 // pixels, A3
  constexpr double kEdgeMm = 2.5;                                       // the edge itself is shadow
  const double across_rate = rate_across(shape.bend), down_rate = rate_down(shape.bend);
  double left = even_step(shape.left, across_rate), right = even_step(shape.right, across_rate);
  double top = even_step(shape.top, down_rate), bottom = even_step(shape.bottom, down_rate);
  const double unit = shape.bend.unit;
  const auto [across, down] = density_of(shape, (right - left) * unit, (bottom - top) * unit);
  const Edges& edges = shape.edges;
  left += edges.left ? kEdgeMm * across / unit : 0;
  right -= edges.right ? kEdgeMm * across / unit : 0;
  top += edges.top ? kEdgeMm * down / unit : 0;
  bottom -= edges.bottom ? kEdgeMm * down / unit : 0;

  const double photo_dpi = std::sqrt(across * down) / look_scale * 25.4;
  Frame out;
  out.dpi = photo_dpi < kEnoughDpi || photo_dpi > kMostDpi ? kTargetDpi : photo_dpi;
  const double longest = std::max((right - left) / across, (bottom - top) / down) * unit;
  out.dpi = std::min(out.dpi, kLongestSide / longest * 25.4);
  out.left = left;
  out.top = top;
  out.across = across * 25.4 / out.dpi / unit;
  out.down = down * 25.4 / out.dpi / unit;
  out.width = std::max(1, static_cast<int>((right - left) / out.across));
  out.height = std::max(1, static_cast<int>((bottom - top) / out.down));
  return out;
}

// From pixels of the flat page to pixels of the upright photo.
Mesh mesh_of(const Shape& shape, const Frame& frame, double look_scale) {
  Mesh out;
  out.cell = 32;  // a row strays from straight by far less than a pixel between
  out.columns = static_cast<int>(std::ceil(frame.width / out.cell)) + 1;
  out.rows = static_cast<int>(std::ceil(frame.height / out.cell)) + 1;
  const PageBend& bend = shape.bend;
  for (int row = 0; row < out.rows; ++row)
    for (int column = 0; column < out.columns; ++column) {
      const auto [x, y] = bend.image_point(
          seen_step(frame.left + column * out.cell * frame.across, rate_across(bend)),
          seen_step(frame.top + row * out.cell * frame.down, rate_down(bend)));
      out.places.push_back({(x * bend.unit + bend.center_x) / look_scale,
                            (y * bend.unit + bend.center_y) / look_scale});
    }
  return out;
}

// Band by band, to hold no map of the whole page.
cv::Mat warped(const cv::Mat& photo, const Mesh& mesh, cv::Size size) {
  constexpr int kBand = 256;
  cv::Mat out(size, photo.type());
  for (int top = 0; top < size.height; top += kBand) {
    cv::Mat band = out.rowRange(top, std::min(top + kBand, size.height));
    cv::Mat map(band.size(), CV_32FC2);
    for (int y = 0; y < map.rows; ++y) {
      auto* to = map.ptr<cv::Vec2f>(y);
      for (int from = 0; from < map.cols; from += int(mesh.cell)) {
        const int until = std::min(from + int(mesh.cell), map.cols);
        // A pixel's place is its middle here, its corner there. Within a cell a row is straight.
        const auto [x0, y0] = mesh.apply(from + 0.5, top + y + 0.5);
        const auto [x1, y1] = mesh.apply(from + mesh.cell, top + y + 0.5);
        const double step = 1 / (mesh.cell - 0.5);
        for (int x = from; x < until; ++x) {
          const double share = (x - from) * step;
          to[x] =
              cv::Vec2f(float(x0 + share * (x1 - x0) - 0.5), float(y0 + share * (y1 - y0) - 0.5));
        }
      }
    }
    cv::remap(photo, band, map, {}, cv::INTER_CUBIC, cv::BORDER_CONSTANT,
              cv::Scalar::all(kPaperLevel));
  }
  return out;
}

cv::Mat grey_of(const cv::Mat& image) {
  if (image.channels() == 1) return image;
  cv::Mat out;
  cv::cvtColor(image, out, cv::COLOR_BGR2GRAY);
  return out;
}

// So much smaller an image's shape is measured on.
double look_scale(const cv::Mat& whole) {
  return std::min(1.0, kLookSide / std::max(whole.cols, whole.rows));
}

cv::Mat look_at(const cv::Mat& whole) {
  cv::Mat out;
  cv::resize(whole, out, {}, look_scale(whole), look_scale(whole), cv::INTER_AREA);
  return out;
}

std::optional<Shape> shape_of(const cv::Mat& look) { return shape_of(look, paper_of(look)); }

// Whether the warp did what it should: rows are found again, and less bent.
bool straighter(const cv::Mat& flat, const Shape& before) {
  const std::optional<Shape> after = shape_of(look_at(grey_of(flat)));
  return after && after->bend.stray < std::max(before.bend.stray, kRowsBent);
}

}  // namespace

std::optional<Dewarped> dewarp(const Image& photo, int rotation_degrees) {
  // Cameras have fewer; large drawings need not be measured.
  constexpr double kMostPixels = 40e6;
  constexpr int kSmallestSide = 400;  // pixels; a line of text is no higher than 10 there
  if (std::min(photo.width, photo.height) < kSmallestSide ||
      static_cast<double>(photo.width) * photo.height > kMostPixels) {
    return std::nullopt;
  }
  if (rotation_degrees != 0) {
    const Straightened turn = turned(photo, rotation_degrees);
    std::optional<Dewarped> out = dewarp(turn.image);
    if (!out) return std::nullopt;
    for (Point& place : out->to_photo.places) place = turn.to_before.apply(place.x, place.y);
    out->steps.insert(out->steps.begin(), "rotated");
    return out;
  }
  const cv::Mat whole = view(photo);
  const cv::Mat look = look_at(grey_of(whole));
  const std::optional<Shape> shape = shape_of(look);
  if (!shape || !is_bent(*shape, look)) return std::nullopt;

  const double scale = look_scale(whole);
  const Frame frame = frame_of(*shape, scale);
  Dewarped out;
  out.to_photo = mesh_of(*shape, frame, scale);
  const cv::Mat flat =
      warped(flattened(whole, paper_of(look_at(whole))), out.to_photo, {frame.width, frame.height});
  if (!straighter(flat, *shape)) return std::nullopt;
  out.image = to_image(flat, frame.dpi);
  out.steps = {"light_evened", "dewarped"};
  return out;
}

}  // namespace vanban::ocr
