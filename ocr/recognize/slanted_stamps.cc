#include "ocr/recognize/slanted_stamps.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <utility>

namespace vanban::ocr {
namespace {

cv::Mat view_of(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

Image image_of(const cv::Mat& grey, double dpi) {
  const cv::Mat whole = grey.clone();
  Image out{whole.cols, whole.rows, 1, dpi, {}};
  out.pixels.assign(whole.datastart, whole.dataend);
  return out;
}

// From a place's level picture to the page.
struct Turn {
  Affine to_page;
  int width = 0, height = 0;
};

Turn turn_of(const StampPlace& place, double dpi) {
  const double lean = place.degrees * std::numbers::pi / 180, around = dpi / 25.4;
  const double cosine = std::cos(lean), sine = std::sin(lean);
  const Affine level{cosine, sine, 0, -sine, cosine, 0};
  std::vector<Point> turned;
  for (const Point& corner : place.corners) turned.push_back(level.apply(corner.x, corner.y));
  Box box = ocr::around(turned);
  box = {box.left - around, box.top - around, box.right + around, box.bottom + around};
  return {Affine{1, 0, box.left, 0, 1, box.top}.then(level.inverse()),
          static_cast<int>(std::ceil(box.width())), static_cast<int>(std::ceil(box.height()))};
}

cv::Mat bar(double width, double height) {
  return cv::getStructuringElement(cv::MORPH_RECT,
                                   {std::max(1, static_cast<int>(std::lround(width))),
                                    std::max(1, static_cast<int>(std::lround(height)))});
}

// The ink that a place was found in; `corner` is where its picture's corner lies on the page.
struct FoundIn {
  const Image& picture;
  Point corner;
};

FoundIn found_in(const Head& head, const Image& lighter, StampInk ink) {
  switch (ink) {
    case StampInk::Coloured: return {head.colour, {head.coloured.left, head.coloured.top}};
    case StampInk::Lighter: return {lighter, {}};
    case StampInk::All: break;
  }
  return {head.ink, {}};
}

cv::Mat turned_level(const FoundIn& from, const StampPlace& place) {
  const Turn turn = turn_of(place, from.picture.dpi);
  const Affine to_source = turn.to_page.then({1, 0, -from.corner.x, 0, 1, -from.corner.y});
  const cv::Matx23d matrix(to_source.xx, to_source.xy, to_source.x0, to_source.yx, to_source.yy,
                           to_source.y0);
  cv::Mat out;
  cv::warpAffine(view_of(from.picture), out, matrix, {turn.width, turn.height},
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, 255);
  return out;
}

cv::Mat ink_mask(const cv::Mat& grey) {
  constexpr int kInk = 160;
  return grey < kInk;
}

std::vector<cv::Rect> rects_of(const cv::Mat& ink, cv::Mat& labels) {
  cv::Mat stats, middles;
  const int count = cv::connectedComponentsWithStats(ink, labels, stats, middles);
  std::vector<cv::Rect> out;
  for (int i = 0; i < count; ++i)
    out.emplace_back(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                     stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
  return out;
}

// The rows of a picture, or its columns turned, in which a line of a frame runs.
std::vector<bool> line_rows(const cv::Mat& ink, double mm, double share) {
  constexpr double kBrokenMm = 0.6, kPieceMm = 3, kThickestMm = 1.7, kStepMm = 0.5;
  cv::Mat lines, thick, rows;
  cv::morphologyEx(ink, lines, cv::MORPH_CLOSE, bar(kBrokenMm * mm, 1));
  cv::morphologyEx(lines, lines, cv::MORPH_OPEN, bar(kPieceMm * mm, 1));
  cv::morphologyEx(lines, thick, cv::MORPH_OPEN, bar(1, kThickestMm * mm));
  lines.setTo(0, thick);
  // A line that leans a little goes down by steps.
  cv::dilate(lines, lines, bar(1, kStepMm * mm));
  cv::reduce(lines, rows, 1, cv::REDUCE_SUM, CV_32S);
  std::vector<bool> out;
  for (int y = 0; y < ink.rows; ++y) out.push_back(rows.at<int>(y) > 255 * share * ink.cols);
  return out;
}

// Where what is framed begins, in rows from a frame's outer side up to the middle: behind its line,
// or the second of two close by. 0 where there is no line.
int behind_lines(const std::vector<bool>& lines, double mm) {
  constexpr double kBetweenMm = 1.5;  // of a double frame's lines; letters keep further away
  int behind = 0;
  for (int y = 0; y < static_cast<int>(lines.size()) / 2; ++y)
    if (lines[static_cast<std::size_t>(y)] && (behind == 0 || y - behind < kBetweenMm * mm))
      behind = y + 1;
  return behind;
}

// The stretch between the lines of a frame that run along the rows, as far as there are any.
cv::Range within_lines(std::vector<bool> lines, double mm) {
  const int all = static_cast<int>(lines.size()), from = behind_lines(lines, mm);
  std::reverse(lines.begin(), lines.end());
  return {from, all - behind_lines(lines, mm)};
}

// What a frame encloses; the whole where there is none.
cv::Mat within_frame(const cv::Mat& grey, double mm) {
  constexpr double kLineShare = 0.42, kSideShare = 0.85, kLowMm = 3;
  const cv::Range rows = within_lines(line_rows(ink_mask(grey), mm, kLineShare), mm);
  // The feet of letters stand in a row, too, but then not their heads.
  if (rows.size() < kLowMm * mm || rows.start == 0 || rows.end == grey.rows) return grey;
  cv::Mat band;
  cv::transpose(ink_mask(grey.rowRange(rows)), band);
  return grey(rows, within_lines(line_rows(band, mm, kSideShare), mm));
}

// Whitens pieces that reach in from outside and are no letters of the row.
void take_off_edges(cv::Mat& grey, double mm) {
  cv::Mat labels;
  const cv::Mat ink = ink_mask(grey);
  const std::vector<cv::Rect> rects = rects_of(ink, labels);
  for (std::size_t i = 1; i < rects.size(); ++i) {
    const cv::Rect& rect = rects[i];
    const bool at_edge =
        rect.y <= 1 || rect.br().y >= grey.rows - 1 || rect.x <= 1 || rect.br().x >= grey.cols - 1;
    const bool speck = rect.width < 0.4 * mm && rect.height < 0.4 * mm;
    const bool flat = rect.height < 1.2 * mm && rect.width > 6 * mm;
    if (!speck && !flat && (!at_edge || rect.height > 0.5 * grey.rows)) continue;
    cv::Mat piece = labels(rect) == static_cast<int>(i);
    grey(rect).setTo(255, piece);
  }
}

// Fills what outlines enclose; what lies within an outline's hole is a counter and stays white.
cv::Mat filled_letters(const cv::Mat& grey, double broken) {
  cv::Mat ink;
  cv::threshold(grey, ink, 200, 255, cv::THRESH_BINARY_INV);
  cv::morphologyEx(ink, ink, cv::MORPH_CLOSE, bar(broken, broken));
  std::vector<std::vector<cv::Point>> outlines;
  std::vector<cv::Vec4i> family;
  cv::findContours(ink, outlines, family, cv::RETR_TREE, cv::CHAIN_APPROX_NONE);
  cv::Mat out(grey.size(), CV_8UC1, cv::Scalar(255));
  for (int pass = 0; pass < 2; ++pass)
    for (int i = 0; i < static_cast<int>(outlines.size()); ++i) {
      int depth = 0;
      for (int up = family[static_cast<std::size_t>(i)][3]; up >= 0;
           up = family[static_cast<std::size_t>(up)][3])
        ++depth;
      if (depth == 2 * pass) cv::drawContours(out, outlines, i, pass == 0 ? 0 : 255, cv::FILLED);
    }
  return out;
}

cv::Mat thick_ink_of(const cv::Mat& grey, double mm) {
  constexpr double kThickMm = 0.5;
  cv::Mat out;
  cv::morphologyEx(grey, out, cv::MORPH_CLOSE, bar(kThickMm * mm, kThickMm * mm));
  return out;
}

// The ink and a margin, enlarged or reduced to a height at which the engine reads best.
cv::Mat of_good_height(const cv::Mat& grey) {
  constexpr double kHeightPx = 64, kMargin = 12;
  std::vector<cv::Point> points;
  cv::findNonZero(ink_mask(grey), points);
  if (points.empty()) return {};
  cv::Mat out = grey(cv::boundingRect(points)).clone();
  const double scale = kHeightPx / out.rows;
  cv::resize(out, out, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
  cv::copyMakeBorder(out, out, kMargin, kMargin, kMargin, kMargin, cv::BORDER_CONSTANT, 255);
  return out;
}

std::string text_of_lines(const std::vector<Line>& lines) {
  std::string out;
  for (const Line& line : lines)
    for (const Word& word : line.words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

double mean_confidence(const std::vector<Line>& lines) {
  double sum = 0, count = 0;
  for (const Line& line : lines)
    for (const Word& word : line.words) sum += word.confidence, ++count;
  return count > 0 ? sum / count : 0;
}

struct StampReading {
  std::string printed;
  double confidence = 0;
};

// The words beside one another, each as wide as it has bytes.
std::vector<Word> words_of(const StampReading& read, const Box& box) {
  std::vector<Word> out;
  std::istringstream printed(read.printed);
  const double byte = box.width() / double(read.printed.size());
  for (std::string text; printed >> text;) {
    const double left = out.empty() ? box.left : out.back().box.right + byte;
    Word word;
    word.text = word.ocr_text = text;
    word.box = {left, box.top, left + byte * double(text.size()), box.bottom};
    word.confidence = read.confidence;
    out.push_back(std::move(word));
  }
  return out;
}

// The place reaching further along its rows, by so many of its lengths on either side.
StampPlace widened(const StampPlace& place, double left, double right) {
  const double lean = place.degrees * std::numbers::pi / 180;
  const double cosine = std::cos(lean), sine = std::sin(lean);
  const Affine level{cosine, sine, 0, -sine, cosine, 0};
  std::vector<Point> turned;
  for (const Point& corner : place.corners) turned.push_back(level.apply(corner.x, corner.y));
  Box box = around(turned);
  const double length = box.width();
  box.left -= left * length;
  box.right += right * length;
  const Affine back = level.inverse();
  return {{back.apply(box.left, box.top), back.apply(box.right, box.top),
           back.apply(box.right, box.bottom), back.apply(box.left, box.bottom)},
          place.degrees,
          place.ink};
}

struct PlaceReading {
  StampReading stamp;
  bool begins = false;
};

PlaceReading read_cuts(Recognizer& recognizer, const StampWording& wording, const Head& head,
                       const Image& lighter, const StampPlace& place) {
  using enum StampCut;
  PlaceReading out;
  for (const StampCut cut : {Plain, Filled, Mended, Thick}) {
    if (place.ink != StampInk::All && cut == Thick) break;
    const Image picture = level_picture(head, lighter, place, cut);
    if (picture.empty()) continue;
    const Box box{0, 0, double(picture.width), double(picture.height)};
    const std::vector<Line> lines = recognizer.recognize(picture, box, Segmentation::Line);
    const StampText text = wording(text_of_lines(lines));
    out.begins = out.begins || text.begins;
    if (text.printed.empty() || text.confidence <= out.stamp.confidence) continue;
    out.stamp = {text.printed, std::max(text.confidence, mean_confidence(lines))};
    constexpr double kSure = 0.9;
    if (text.confidence >= kSure) break;
  }
  return out;
}

// The stamp of a place, and the place where all of it stands. Large letters stand far apart, so
// that a place may be that of a stamp's first word or of its last.
std::pair<StampReading, StampPlace> read_place(Recognizer& recognizer, const StampWording& wording,
                                               const Head& head, const Image& lighter,
                                               const StampPlace& place) {
  constexpr double kWider = 1.6;  // the longest last word to its first
  const PlaceReading read = read_cuts(recognizer, wording, head, lighter, place);
  const bool one_word = read.stamp.printed.find(' ') == std::string::npos;
  if (!read.begins && (read.stamp.printed.empty() || !one_word)) return {read.stamp, place};
  const StampPlace wide =
      widened(place, read.stamp.printed.empty() ? 0 : kWider, read.begins ? kWider : 0);
  const StampReading whole = read_cuts(recognizer, wording, head, lighter, wide).stamp;
  if (whole.printed.size() > read.stamp.printed.size()) return {whole, wide};
  return {read.stamp, place};
}

// Takes the stamp's ink off the image, its components and rules. Coloured ink goes without the
// print beneath; of black ink what reaches out of the stamp by more than half is print.
void take_off(const StampPlace& place, const Image& lighter, Preprocessed& page) {
  std::vector<cv::Point> hull;
  for (const Point& corner : place.corners)
    hull.push_back({static_cast<int>(corner.x), static_cast<int>(corner.y)});
  cv::Mat gone = cv::Mat::zeros(page.head.ink.height, page.head.ink.width, CV_8UC1);
  cv::fillConvexPoly(gone, hull, 255);
  const double mm = page.image.dpi / 25.4;
  constexpr double kBeyondMm = 1.6;  // the frame's own thickness, and how far off it was found
  cv::dilate(gone, gone, bar(kBeyondMm * mm, kBeyondMm * mm));
  const cv::Mat inside = gone.clone();
  const auto is_inside = [&](const Box& box) {
    const int x = static_cast<int>(box.center_x()), y = static_cast<int>(box.center_y());
    return x >= 0 && y >= 0 && x < inside.cols && y < inside.rows &&
           inside.at<std::uint8_t>(y, x) != 0;
  };
  const auto within_page = [&](const Box& box) {
    return cv::Rect(cv::Point(int(box.left), int(box.top)),
                    cv::Point(int(std::ceil(box.right)), int(std::ceil(box.bottom)))) &
           cv::Rect(0, 0, gone.cols, gone.rows);
  };
  if (place.ink != StampInk::All) {
    const auto [picture, corner] = found_in(page.head, lighter, place.ink);
    cv::Mat stamped = cv::Mat::zeros(gone.size(), CV_8UC1);
    cv::Mat near = view_of(picture) < 215;
    cv::dilate(near, near, bar(0.3 * mm, 0.3 * mm));
    near.copyTo(stamped(
        within_page({corner.x, corner.y, corner.x + picture.width, corner.y + picture.height})));
    cv::bitwise_and(gone, stamped, gone);
  } else {
    for (const Box& box : page.components)
      if (!is_inside(box)) gone(within_page(box)).setTo(0);
  }
  const cv::Mat dark = view_of(page.head.ink) < 150;
  std::erase_if(page.components, [&](const Box& box) {
    if (!is_inside(box)) return false;
    const cv::Rect rect = within_page(box);
    cv::Mat stamped;
    cv::bitwise_and(dark(rect), gone(rect), stamped);
    return 2 * cv::countNonZero(stamped) >= cv::countNonZero(dark(rect));
  });
  view_of(page.image).rowRange(0, gone.rows).setTo(255, gone);
  Rules& rules = page.rules;
  for (std::vector<Box>* drawn :
       {&rules.horizontal, &rules.vertical, &rules.horizontal_pieces, &rules.vertical_pieces,
        &rules.horizontal_scraps, &rules.vertical_scraps})
    std::erase_if(*drawn, is_inside);
}

}  // namespace

Image level_picture(const Head& head, const Image& lighter, const StampPlace& place, StampCut cut) {
  const double mm = head.ink.dpi / 25.4;
  const cv::Mat level = turned_level(found_in(head, lighter, place.ink), place);
  cv::Mat out = within_frame(level, mm).clone();
  if (cut == StampCut::Thick) out = thick_ink_of(out, mm);
  take_off_edges(out, mm);
  if (cut == StampCut::Filled) out = filled_letters(out, 0.35 * mm);
  if (cut == StampCut::Mended) out = filled_letters(out, 0.55 * mm);
  return image_of(of_good_height(out), head.ink.dpi);
}

std::vector<Block> take_off_slanted_stamps(Recognizer& recognizer, const StampWording& wording,
                                           Preprocessed& page) {
  std::vector<Block> out;
  const auto [lighter, places] = find_stamp_places(page.head);
  for (const StampPlace& place : places) {
    const Box box = around(place.corners);
    if (std::any_of(out.begin(), out.end(), [&](const Block& stamp) {
          return stamp.box.holds_middle_of(box) || box.holds_middle_of(stamp.box);
        }))
      continue;
    const auto [read, whole] = read_place(recognizer, wording, page.head, lighter, place);
    if (read.printed.empty()) continue;
    const Box whole_box = around(whole.corners);
    out.push_back({BlockKind::UrgencyStamp, whole_box, {{whole_box, words_of(read, whole_box)}}});
    take_off(whole, lighter, page);
  }
  return out;
}

}  // namespace vanban::ocr
