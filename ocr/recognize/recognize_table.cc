#include "ocr/recognize/recognize_table.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string_view>

namespace vanban::ocr {
namespace {

// Kept off a cell's edges, where its rules were.
constexpr double kInsetMm = 0.5;

// Marks that have less than this share of their ink this far from the sides are what is left of
// rules. Text keeps a millimetre from them, or crosses them with a part of a letter.
constexpr double kInnerShare = 0.2, kInnerMm = 1.0;

// What a broken rule leaves is no thicker and lies along a side, within this distance. Text keeps a
// millimetre from the sides, a dot below a letter may come nearer to the foot.
constexpr double kCrumbMm = 0.6, kBesideSideMm = 0.9, kBesideFootMm = 0.6;

// A mark whose larger side is shorter than this is a dot or a speck, in mm: a stop of 11 points has
// 0.5, a hyphen is 1.2 wide.
constexpr double kPrintMm = 0.7;

// Corners of broken rules: larger than this in letter heights, with less than this share inked;
// letters have a quarter.
constexpr double kJointSize = 1.2, kJointFill = 0.15;

// Specks further than this from any print are dirt, in letter heights; marks over a capital and
// stops are nearer.
constexpr double kMarkReach = 1.0;

// Ink that is no higher is one line, in letter heights: a capital with hook and dot has 2.2, two
// lines at single spacing 3.2.
constexpr double kOneLine = 2.7;

// Below this mean confidence a cell is read again in another way.
constexpr double kWeakReading = 0.75;

// A table is read as plain text too where this share of its ink is in no word, or its words are
// less sure than this.
constexpr double kUnreadShare = 0.25, kWeakTable = 0.5;

constexpr std::uint8_t kWhite = 255;

cv::Mat view(const Image& image) {
  return {image.height, image.width, CV_8UC1, const_cast<std::uint8_t*>(image.pixels.data())};
}

cv::Rect to_rect(const Box& box) {
  return {cv::Point(int(std::floor(box.left)), int(std::floor(box.top))),
          cv::Point(int(std::ceil(box.right)), int(std::ceil(box.bottom)))};
}

double letter_height(const std::vector<Box>& ink, double dpi) {
  if (ink.empty()) return 2.0 * dpi / 25.4;
  std::vector<double> heights;
  for (const Box& box : ink) heights.push_back(box.height());
  const auto middle = heights.begin() + std::ssize(heights) / 2;
  std::nth_element(heights.begin(), middle, heights.end());
  return *middle;
}

// What stands in one cell.
struct CellImage {
  Image image;               // white but for the cell's own ink
  double left = 0, top = 0;  // of the image on the page
  std::vector<Box> print;    // its marks larger than specks, in pixels of `image`
};

class TableReader {
 public:
  TableReader(Recognizer& recognizer, const Image& image, const Zone& zone)
      : recognizer_(recognizer),
        page_(view(image)),
        dpi_(image.dpi > 0 ? image.dpi : 300),
        zone_(zone),
        text_height_(letter_height(zone.ink, dpi_)),
        ink_(zone.grid.cells.size()) {
    measure_levels();
    for (const Box& mark : zone.ink) {
      if (is_joint(mark)) continue;
      const TableCell& cell = cell_at(zone.grid, mark.center_x(), mark.center_y());
      ink_[static_cast<std::size_t>(&cell - zone.grid.cells.data())].push_back(mark);
    }
  }

  Block read() {
    Block block{BlockKind::Table, zone_.box, {}, zone_.grid.cells};
    for (std::size_t i = 0; i < zone_.grid.cells.size(); ++i) {
      const TableCell& cell = zone_.grid.cells[i];
      std::vector<Word> words = read_cell(i);
      if (words.empty()) continue;
      if (block.lines.empty() || block.lines.back().row != cell.row) {
        block.lines.emplace_back();
        block.lines.back().row = cell.row;
      }
      Line& row = block.lines.back();
      for (Word& word : words) {
        word.column = cell.column;
        row.words.push_back(std::move(word));
      }
      row.box = box_of(row.words);
    }
    return block;
  }

 private:
  // Grey level halfway between the table's print and its paper, and that of the paper.
  void measure_levels() {
    const cv::Rect area = to_rect(zone_.box) & cv::Rect(0, 0, page_.cols, page_.rows);
    if (area.empty()) return;
    cv::Mat light;
    const double level =
        cv::threshold(page_(area), light, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    constexpr double kDarkest = 90, kLightest = 200;  // an empty table has no print to go by
    ink_level_ = std::clamp(level, kDarkest, kLightest);
    constexpr double kWhitePaper = 240;
    if (const double paper = cv::mean(page_(area), light)[0]; paper < kWhitePaper)
      paper_ = std::max(paper, kLightest);
  }

  // Whether a mark is a corner of broken rules: large, and mostly empty.
  bool is_joint(const Box& mark) const {
    const cv::Rect area = to_rect(mark) & cv::Rect(0, 0, page_.cols, page_.rows);
    return std::min(mark.width(), mark.height()) > kJointSize * text_height_ &&
           cv::countNonZero(page_(area) < ink_level_) < kJointFill * area.area();
  }

  // The cell's inside, and of each mark on its edges all or nothing.
  CellImage cut(std::size_t index) const {
    const TableCell& cell = zone_.grid.cells[index];
    Box around = cell.box();
    for (const Box& mark : ink_[index]) around = united(around, mark);
    const cv::Rect rect = to_rect(around) & cv::Rect(0, 0, page_.cols, page_.rows);
    CellImage out;
    out.left = rect.x;
    out.top = rect.y;
    if (rect.empty()) return out;
    cv::Mat inside = cv::Mat::zeros(rect.size(), CV_8U);
    std::vector<cv::Point> outline;
    for (const Point& corner : cell.corners)
      outline.emplace_back(int(std::lround(corner.x)) - rect.x,
                           int(std::lround(corner.y)) - rect.y);
    cv::fillConvexPoly(inside, outline, 255);
    const auto shrunk = [&](double by_mm) {
      const int by = std::max(1, int(std::lround(by_mm * dpi_ / 25.4)));
      cv::Mat inner;
      cv::erode(inside, inner, cv::Mat::ones(2 * by + 1, 2 * by + 1, CV_8U), {-1, -1}, 1,
                cv::BORDER_CONSTANT, cv::Scalar(0));
      return inner;
    };
    const cv::Mat inner = shrunk(kInnerMm);
    inside = shrunk(kInsetMm);
    const cv::Mat dark = page_(rect) < ink_level_;
    const auto is_print = [&](const Box& mark) {
      const cv::Rect area = (to_rect(mark) - rect.tl()) & cv::Rect(0, 0, rect.width, rect.height);
      const int all = cv::countNonZero(dark(area));
      return cv::countNonZero(dark(area) & inner(area)) >= kInnerShare * all;
    };
    const auto fill = [&](const Box& mark, int value) {
      cv::Rect area = to_rect(mark) - rect.tl();
      area = cv::Rect(area.x - 1, area.y - 1, area.width + 2, area.height + 2);
      area &= cv::Rect(0, 0, rect.width, rect.height);
      if (!area.empty()) inside(area).setTo(value);
    };
    for (std::size_t other = 0; other < ink_.size(); ++other)
      if (other != index)
        for (const Box& mark : ink_[other])
          if (mark.left < around.right && mark.right > around.left && mark.top < around.bottom &&
              mark.bottom > around.top)
            fill(mark, 0);
    for (const Box& mark : ink_[index])
      if (is_print(mark)) fill(mark, 255);

    cv::Mat own(rect.size(), CV_8U, cv::Scalar(kWhite));
    // Paper as white as what is left out, lest its edge be taken for print.
    cv::Mat whitened;
    page_(rect).convertTo(whitened, CV_8U, kWhite / paper_);
    whitened.copyTo(own, inside);
    out.print = clean(own, cell, {out.left, out.top});
    out.image = {own.cols, own.rows, 1, dpi_, {}};
    out.image.pixels.assign(own.datastart, own.dataend);
    return out;
  }

  // Whether a mark is what is left of a rule.
  bool is_crumb(const Box& mark, const TableCell& cell) const {
    const double mm = dpi_ / 25.4;
    const auto& [top_left, top_right, bottom_right, bottom_left] = cell.corners;
    const auto along = [](const Point& from, const Point& to, double at, bool level) {
      const double length = level ? to.x - from.x : to.y - from.y;
      const double share = length > 0 ? (at - (level ? from.x : from.y)) / length : 0;
      return level ? from.y + share * (to.y - from.y) : from.x + share * (to.x - from.x);
    };
    const double x = mark.center_x(), y = mark.center_y();
    const double side = std::min(std::abs(x - along(top_left, bottom_left, y, false)),
                                 std::abs(x - along(top_right, bottom_right, y, false)));
    const double foot = std::min(std::abs(y - along(top_left, top_right, x, true)),
                                 std::abs(y - along(bottom_left, bottom_right, x, true)));
    return (mark.width() <= kCrumbMm * mm && side < kBesideSideMm * mm) ||
           (mark.height() <= kCrumbMm * mm && mark.width() > 1.5 * mark.height() &&
            foot < kBesideFootMm * mm);
  }

  // Wipes off crumbs of rules and specks that stand alone; returns the marks that are larger.
  std::vector<Box> clean(cv::Mat& own, const TableCell& cell, Point corner) const {
    cv::Mat labels, stats, centroids;
    const cv::Mat dark = own < ink_level_;
    const int count = cv::connectedComponentsWithStats(dark, labels, stats, centroids, 8, CV_32S);
    const double print_min = kPrintMm * dpi_ / 25.4;
    const auto wipe = [&](const Box& mark) {
      const cv::Rect around(int(mark.left) - 1, int(mark.top) - 1, int(mark.width()) + 2,
                            int(mark.height()) + 2);
      own(around & cv::Rect(0, 0, own.cols, own.rows)).setTo(kWhite);
    };
    std::vector<Box> print, specks;
    for (int i = 1; i < count; ++i) {
      const double left = stats.at<int>(i, cv::CC_STAT_LEFT);
      const double top = stats.at<int>(i, cv::CC_STAT_TOP);
      const Box box{left, top, left + stats.at<int>(i, cv::CC_STAT_WIDTH),
                    top + stats.at<int>(i, cv::CC_STAT_HEIGHT)};
      const Box on_page{box.left + corner.x, box.top + corner.y, box.right + corner.x,
                        box.bottom + corner.y};
      if (is_crumb(on_page, cell))
        wipe(box);
      else
        (std::max(box.width(), box.height()) >= print_min ? print : specks).push_back(box);
    }
    const double reach = kMarkReach * text_height_;
    for (const Box& speck : specks) {
      const bool near = std::any_of(print.begin(), print.end(), [&](const Box& mark) {
        return speck.left < mark.right + reach && mark.left < speck.right + reach &&
               speck.top < mark.bottom + reach && mark.top < speck.bottom + reach;
      });
      if (!near) wipe(speck);
    }
    return print;
  }

  // Words in pixels of the page, in reading order.
  std::vector<Word> read_cell(std::size_t index) {
    const CellImage cell = cut(index);
    if (cell.print.empty()) return {};
    Box around;
    for (const Box& mark : cell.print) around = united(around, mark);
    std::vector<Word> words;
    if (is_dash(cell.print)) {
      words.push_back({"-", "-", around, kDashConfidence});
    } else {
      const double room = 0.5 * text_height_;
      const Box region{around.left - room, around.top - room, around.right + room,
                       around.bottom + room};
      const bool one_line = around.height() <= kOneLine * text_height_;
      words = read(cell.image, region, one_line ? Segmentation::Line : Segmentation::Block);
      if (mean_confidence(words) < kWeakReading) {
        std::vector<Word> again =
            read(cell.image, region, one_line ? Segmentation::Block : Segmentation::Column);
        if (mean_confidence(again) > mean_confidence(words)) words = std::move(again);
      }
    }
    if (words.size() == 1) words[0].text = in_case(words[0].text, around.height());
    for (Word& word : words)
      word.box = {word.box.left + cell.left, word.box.top + cell.top, word.box.right + cell.left,
                  word.box.bottom + cell.top};
    return words;
  }

  std::vector<Word> read(const Image& image, const Box& region, Segmentation segmentation) {
    std::vector<Word> words;
    for (Line& line : recognizer_.recognize(image, region, segmentation))
      std::move(line.words.begin(), line.words.end(), std::back_inserter(words));
    return words;
  }

  // A letter that looks alike in both cases, in the case that its height tells: a lone "x" ticks a
  // cell. The median letter is higher than a small "x" and lower than a capital.
  std::string in_case(const std::string& text, double height) const {
    constexpr std::string_view kAlike = "COSVWXZ";
    const std::string_view bare(text);
    if (bare.size() != 1 || kAlike.find(bare[0]) == kAlike.npos || height > 1.05 * text_height_)
      return text;
    return {static_cast<char>(bare[0] - 'A' + 'a')};
  }

  // A lone short level stroke stands for nothing to report; the engine takes it for dirt.
  static constexpr double kDashConfidence = 0.9;
  bool is_dash(const std::vector<Box>& print) const {
    return print.size() == 1 && print[0].width() > 1.8 * print[0].height() &&
           print[0].height() < 0.4 * text_height_ && print[0].width() < 2 * text_height_;
  }

  Recognizer& recognizer_;
  cv::Mat page_;
  double dpi_;
  const Zone& zone_;
  double text_height_;
  std::vector<std::vector<Box>> ink_;  // marks whose middles lie in each cell
  double ink_level_ = 128, paper_ = kWhite;
};

double unread_share(const std::vector<Box>& ink, const std::vector<Word>& words) {
  if (ink.empty()) return 0;
  const auto unread = std::count_if(ink.begin(), ink.end(), [&](const Box& mark) {
    return std::none_of(words.begin(), words.end(),
                        [&](const Word& word) { return word.box.holds_middle_of(mark); });
  });
  return static_cast<double>(unread) / static_cast<double>(ink.size());
}

}  // namespace

Block recognize_table(Recognizer& recognizer, const Image& image, const Zone& zone) {
  const Block table = TableReader(recognizer, image, zone).read();
  const std::vector<Word> words = words_of({table});
  const double unread = unread_share(zone.ink, words), confidence = mean_confidence(words);
  if (unread <= kUnreadShare && confidence >= kWeakTable) return table;
  Block plain{BlockKind::Body, zone.box,
              recognizer.recognize(image, zone.box, Segmentation::Column)};
  const std::vector<Word> plain_words = words_of({plain});
  // Better is what covers more of the ink as surely.
  const bool better = (1 - unread_share(zone.ink, plain_words)) * mean_confidence(plain_words) >
                      (1 - unread) * confidence;
  return better ? plain : table;
}

}  // namespace vanban::ocr
