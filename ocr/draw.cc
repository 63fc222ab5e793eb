#include "ocr/draw.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace vanban::ocr {
namespace {

// Enough to read the print on a screen.
constexpr double kDpiMax = 200;
// The page is paled to this share of its contrast, so that what is drawn stands out.
constexpr double kPageStrength = 0.65;
// Narrower pages get a wider canvas, so that their legend can be read.
constexpr int kWidthMin = 640;

using Colour = cv::Scalar;
Colour rgb(int red, int green, int blue) { return {double(blue), double(green), double(red)}; }

const Colour kWhite = rgb(255, 255, 255), kBlack = rgb(0, 0, 0);
const Colour kLine = rgb(120, 150, 200);
const Colour kCell = rgb(0, 140, 0);
const Colour kRestored = rgb(0, 60, 255);
const Colour kUnread = rgb(255, 0, 255);
// Of the words just below the limit, and of those that are hardly read at all.
const Colour kLittleDoubt = rgb(255, 250, 90), kMuchDoubt = rgb(255, 90, 90);
constexpr double kMuchDoubtBelow = 0.3;

Colour colour_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::HeaderLeft: return rgb(0, 128, 128);
    case BlockKind::HeaderRight: return rgb(128, 60, 180);
    case BlockKind::Title: return rgb(200, 90, 0);
    case BlockKind::Addressees: return rgb(150, 110, 0);
    case BlockKind::Body: return rgb(110, 110, 110);
    case BlockKind::Table: return rgb(0, 140, 0);
    case BlockKind::Recipients: return rgb(0, 120, 200);
    case BlockKind::Signature: return rgb(190, 0, 90);
    case BlockKind::FootAddress: return rgb(90, 90, 40);
    case BlockKind::PageNumber: return rgb(60, 60, 60);
    case BlockKind::ReceiptStamp: return rgb(200, 0, 0);
    case BlockKind::UrgencyStamp: return rgb(230, 60, 0);
    case BlockKind::DigitalSignature: return rgb(0, 90, 90);
  }
  return kBlack;
}

Colour mixed(const Colour& a, const Colour& b, double share_of_b) {
  return a * (1 - share_of_b) + b * share_of_b;
}

// Yellow to red as confidence falls.
Colour colour_of_doubt(double confidence) {
  const double doubt = (kDoubtfulBelow - confidence) / (kDoubtfulBelow - kMuchDoubtBelow);
  return mixed(kLittleDoubt, kMuchDoubt, std::clamp(doubt, 0.0, 1.0));
}

cv::Mat view(const Image& image) {
  return {image.height, image.width, image.channels == 3 ? CV_8UC3 : CV_8UC1,
          const_cast<std::uint8_t*>(image.pixels.data())};
}

Image to_image(const cv::Mat& bgr, double dpi) {
  Image out{bgr.cols, bgr.rows, 3, dpi, {}};
  out.pixels.resize(out.stride() * static_cast<std::size_t>(out.height));
  for (int y = 0; y < bgr.rows; ++y)
    std::copy_n(bgr.ptr(y), out.stride(), out.pixels.data() + out.stride() * std::size_t(y));
  return out;
}

int rounded(double value) { return static_cast<int>(std::lround(value)); }

// Pixels to PDF points, both of the page as displayed.
double points_per_pixel(const Page& page, const Image& raster) {
  return raster.dpi > 0 ? 72 / raster.dpi : page.width_pt / raster.width;
}

// PDF points of a page unit in the middle of the page.
double middle_scale(const Page& page) {
  const double x = page.width / 2, y = page.height / 2;
  const auto [x0, y0] = page.to_displayed.apply(x, y);
  const auto [x1, y1] = page.to_displayed.apply(x + 1, y);
  const auto [x2, y2] = page.to_displayed.apply(x, y + 1);
  return std::sqrt(std::abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)));
}

// The page as it was read but in colour and without repairs, `scale` pixels to a page unit.
cv::Mat straightened(const Page& page, const Image& raster, double scale) {
  cv::Mat colour = view(raster);
  if (raster.channels == 1) cv::cvtColor(colour, colour, cv::COLOR_GRAY2BGR);
  const double points = points_per_pixel(page, raster);
  cv::Mat out(std::max(1, rounded(page.height * scale)), std::max(1, rounded(page.width * scale)),
              CV_8UC3);
  // Some rows at a time: the map of all would be larger than both images.
  constexpr int kRows = 64;
  for (int top = 0; top < out.rows; top += kRows) {
    cv::Mat rows = out.rowRange(top, std::min(top + kRows, out.rows));
    cv::Mat map(rows.size(), CV_32FC2);
    for (int y = 0; y < map.rows; ++y)
      for (int x = 0; x < map.cols; ++x) {
        const auto [right, down] =
            page.to_displayed.apply((x + 0.5) / scale, (top + y + 0.5) / scale);
        map.at<cv::Vec2f>(y, x) = {static_cast<float>(right / points - 0.5),
                                   static_cast<float>(down / points - 0.5)};
      }
    cv::remap(colour, rows, map, {}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, kWhite);
  }
  return out;
}

// What is drawn on, and how large a unit of the page is there.
class Canvas {
 public:
  Canvas(cv::Mat picture, double scale, double dpi)
      : picture_(std::move(picture)), scale_(scale), dpi_(dpi) {}

  int pixels(double mm) const { return std::max(1, rounded(mm * dpi_ / 25.4)); }
  cv::Mat& picture() { return picture_; }

  // Tints the paper; ink stays dark.
  void tint(const Box& box, const Colour& colour) {
    const cv::Rect area = rect(box) & all();
    if (area.empty()) return;
    cv::Mat part = picture_(area);
    cv::multiply(part, cv::Mat(part.size(), part.type(), colour), part, 1.0 / 255);
  }
  // Colours the ink; paper stays white.
  void colour_ink(const Box& box, const Colour& colour) {
    const cv::Rect area = rect(box) & all();
    if (!area.empty()) cv::max(picture_(area), colour, picture_(area));
  }
  void frame(const Box& box, const Colour& colour, int thickness) {
    cv::rectangle(picture_, rect(box), colour, thickness);
  }
  void underline(const Box& box, const Colour& colour) {
    const cv::Rect area = rect(box);
    cv::rectangle(picture_, {area.x, area.y + area.height, area.width, pixels(0.4)}, colour,
                  cv::FILLED);
  }
  // On a tab above the box's corner, or within where there is no room.
  void label(const Box& box, const std::string& text, const Colour& colour) {
    const double size = letter_size();
    int below = 0;
    const cv::Size words = cv::getTextSize(text, kFont, size, 1, &below);
    const int margin = pixels(0.4);
    const cv::Rect area = rect(box);
    cv::Rect tab(area.x, area.y - words.height - below - margin, words.width + 2 * margin,
                 words.height + below + margin);
    tab.y = std::max(0, tab.y);
    cv::rectangle(picture_, tab, colour, cv::FILLED);
    cv::putText(picture_, text, {tab.x + margin, tab.y + tab.height - below}, kFont, size, kWhite,
                1, cv::LINE_AA);
  }

  // The font is 22 pixels high at size 1; labels are as high as small print.
  double letter_size() const { return std::max(0.4, pixels(2) / 22.0); }

  static constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;

 private:
  cv::Rect all() const { return {0, 0, picture_.cols, picture_.rows}; }
  cv::Rect rect(const Box& box) const {
    const int left = rounded(box.left * scale_), top = rounded(box.top * scale_);
    return {left, top, std::max(1, rounded(box.right * scale_) - left),
            std::max(1, rounded(box.bottom * scale_) - top)};
  }

  cv::Mat picture_;
  double scale_, dpi_;
};

// The boxes of a table row's cells, as far as words fill them.
std::vector<Box> cells_of(const Line& row) {
  std::map<int, Box> by_column;
  for (const Word& word : row.words)
    by_column[word.column] = united(by_column[word.column], word.box);
  std::vector<Box> out;
  for (const auto& [column, box] : by_column) out.push_back(box);
  return out;
}

void draw_words(Canvas& canvas, const Line& line) {
  for (const Word& word : line.words) {
    if (word.confidence < kDoubtfulBelow) canvas.tint(word.box, colour_of_doubt(word.confidence));
    if (word.restored) canvas.underline(word.box, kRestored);
  }
}

// Tints before frames, so that a block does not veil another's frame where they overlap.
void draw_blocks(Canvas& canvas, const std::vector<Block>& blocks) {
  for (const Block& block : blocks)
    canvas.tint(block.box, mixed(kWhite, colour_of(block.kind), 0.12));
  for (const Block& block : blocks)
    for (const Line& line : block.lines) {
      draw_words(canvas, line);
      canvas.frame(line.box, kLine, 1);
      if (block.kind == BlockKind::Table)
        for (const Box& cell : cells_of(line)) canvas.frame(cell, kCell, 1);
    }
  int place = 0;
  for (const Block& block : blocks) {
    const Colour colour = colour_of(block.kind);
    canvas.frame(block.box, colour, canvas.pixels(0.4));
    canvas.label(block.box, std::to_string(++place) + " " + std::string(name_of(block.kind)),
                 colour);
  }
}

// ---- The legend

struct LegendItem {
  std::string text;
  enum class Mark { None, Frame, Fill, Underline } mark = Mark::None;
  Colour colour = kBlack;
};

std::string decimal(double value, int digits) { return fmt::format("{:.{}f}", value, digits); }

// The font has no others.
std::string ascii(std::string_view text) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out.empty() ? "none" : out;
}

std::vector<LegendItem> facts_of(const Page& page) {
  const std::vector<Word> words = words_of(page.blocks);
  const auto doubtful = std::count_if(words.begin(), words.end(), [](const Word& word) {
    return word.confidence < kDoubtfulBelow;
  });
  const auto restored =
      std::count_if(words.begin(), words.end(), [](const Word& word) { return word.restored; });
  std::vector<std::string> codes;
  for (const Warning& warning : page.warnings) codes.push_back(warning.code);
  std::vector<LegendItem> items{
      {"page " + std::to_string(page.number)},
      {"route: " + std::string(name_of(page.route))},
      {"scan: " + (page.dpi > 0 ? decimal(page.dpi, 0) + " dpi" : std::string("none"))},
      {"turned: " + std::to_string(page.rotation_degrees) + " deg"},
      {"skew: " + decimal(page.skew_degrees, 2) + " deg"},
      {"words: " + std::to_string(words.size()) + ", doubtful " + std::to_string(doubtful) +
       ", restored " + std::to_string(restored)},
      {"unread marks: " + std::to_string(page.unread_ink.size())},
      {"mean confidence: " + (words.empty() ? "none" : decimal(mean_confidence(words), 3))},
      {"preprocess: " + joined(page.preprocess)}};
  if (!codes.empty()) items.push_back({"warnings: " + joined(codes)});
  return items;
}

std::vector<LegendItem> marks_of(const Page& page) {
  using Mark = LegendItem::Mark;
  std::vector<LegendItem> items;
  std::set<BlockKind> kinds;
  for (const Block& block : page.blocks) kinds.insert(block.kind);
  for (const BlockKind kind : kinds)
    items.push_back({std::string(name_of(kind)), Mark::Frame, colour_of(kind)});
  items.push_back({"line", Mark::Frame, kLine});
  items.push_back({"below " + decimal(kDoubtfulBelow, 1), Mark::Fill, kLittleDoubt});
  items.push_back({"below " + decimal(kMuchDoubtBelow, 1), Mark::Fill, kMuchDoubt});
  items.push_back({"restored", Mark::Underline, kRestored});
  items.push_back({"unread", Mark::Fill, kUnread});
  return items;
}

void draw_mark(cv::Mat& picture, const cv::Rect& area, const LegendItem& item) {
  switch (item.mark) {
    case LegendItem::Mark::None: break;
    case LegendItem::Mark::Frame: cv::rectangle(picture, area, item.colour, 2); break;
    case LegendItem::Mark::Fill: cv::rectangle(picture, area, item.colour, cv::FILLED); break;
    case LegendItem::Mark::Underline:
      cv::line(picture, {area.x, area.br().y}, area.br(), item.colour, 2);
      break;
  }
}

// Items from left to right, as many to a row as there is room for.
cv::Mat legend(const Page& page, int width, double letter_size) {
  const int em = rounded(22 * letter_size), row_height = 2 * em;
  struct Placed {
    LegendItem item;
    int x, row;
  };
  std::vector<Placed> placed;
  int row = 0;
  for (const std::vector<LegendItem>& group : {facts_of(page), marks_of(page)}) {
    int x = em;
    for (const LegendItem& item : group) {
      const int mark = item.mark == LegendItem::Mark::None ? 0 : 2 * em;
      const int words =
          cv::getTextSize(ascii(item.text), Canvas::kFont, letter_size, 1, nullptr).width;
      if (x > em && x + mark + words > width - em) {
        x = em;
        ++row;
      }
      placed.push_back({item, x, row});
      x += mark + words + 2 * em;
    }
    ++row;
  }
  cv::Mat out(row * row_height + em, width, CV_8UC3, kWhite);
  cv::line(out, {0, 0}, {width, 0}, kBlack, 2);
  for (const Placed& p : placed) {
    const int baseline = p.row * row_height + row_height;
    draw_mark(out, {p.x, baseline - em, rounded(1.5 * em), em}, p.item);
    const int mark = p.item.mark == LegendItem::Mark::None ? 0 : 2 * em;
    cv::putText(out, ascii(p.item.text), {p.x + mark, baseline}, Canvas::kFont, letter_size, kBlack,
                1, cv::LINE_AA);
  }
  return out;
}

}  // namespace

Image draw_page(const Page& page, const Image& raster) {
  const double points_per_unit = middle_scale(page);
  const double dpi = std::min(kDpiMax, 72 / points_per_pixel(page, raster));
  const double scale = dpi * points_per_unit / 72;
  cv::Mat pale;
  straightened(page, raster, scale).convertTo(pale, -1, kPageStrength, 255 * (1 - kPageStrength));

  Canvas canvas(pale, scale, dpi);
  draw_blocks(canvas, page.blocks);
  for (const Box& mark : page.unread_ink) canvas.colour_ink(mark, kUnread);

  const cv::Mat& drawn = canvas.picture();
  const cv::Mat foot = legend(page, std::max(drawn.cols, kWidthMin), canvas.letter_size());
  cv::Mat out(drawn.rows + foot.rows, foot.cols, CV_8UC3, kWhite);
  drawn.copyTo(out(cv::Rect(0, 0, drawn.cols, drawn.rows)));
  foot.copyTo(out(cv::Rect(0, drawn.rows, foot.cols, foot.rows)));
  return to_image(out, dpi);
}

}  // namespace vanban::ocr
