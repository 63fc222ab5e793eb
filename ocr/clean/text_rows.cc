#include "ocr/clean/text_rows.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numeric>

namespace vanban::ocr {
namespace {

// Sizes in heights of the taller of two neighbours.
constexpr double kGapMax = 1.3;       // between letters of two words
constexpr double kOverlapMin = 0.45;  // of their heights
constexpr double kHeightRatioMax = 2.2;

bool neighbours(const Box& left, const Box& right) {
  const double taller = std::max(left.height(), right.height());
  const double lower = std::min(left.height(), right.height());
  const double overlap = std::min(left.bottom, right.bottom) - std::max(left.top, right.top);
  const double gap = right.left - left.right;
  return gap < kGapMax * taller && overlap > kOverlapMin * lower &&
         taller < kHeightRatioMax * lower;
}

// Letters this far to the right join no row that ends in `last`.
double reach_of(const Box& last) { return last.right + kGapMax * kHeightRatioMax * last.height(); }

using Row = std::vector<Box>;

}  // namespace

std::vector<Row> chain_text_rows(std::vector<Box> ink, std::size_t fewest) {
  std::stable_sort(ink.begin(), ink.end(),
                   [](const Box& a, const Box& b) { return a.left < b.left; });
  std::vector<Row> rows;
  std::vector<std::size_t> open;  // rows that a letter to come may still join
  for (const Box& letter : ink) {
    std::erase_if(open, [&](std::size_t row) { return reach_of(rows[row].back()) < letter.left; });
    Row* home = nullptr;
    double best = 0;
    for (const std::size_t row : open) {
      const Box& last = rows[row].back();
      if (!neighbours(last, letter)) continue;
      const double distance = std::abs(last.center_y() - letter.center_y());
      if (home == nullptr || distance < best) {
        home = &rows[row];
        best = distance;
      }
    }
    if (home == nullptr) {
      open.push_back(rows.size());
      home = &rows.emplace_back();
    }
    home->push_back(letter);
  }
  std::erase_if(rows, [&](const Row& row) { return row.size() < fewest; });
  return rows;
}

std::vector<Box> find_text_rows(const std::vector<Box>& ink) {
  std::vector<Box> boxes;
  for (const Row& row : chain_text_rows(ink)) {
    Box box;
    for (const Box& letter : row) box = united(box, letter);
    boxes.push_back(box);
  }
  std::stable_sort(boxes.begin(), boxes.end(),
                   [](const Box& a, const Box& b) { return a.center_y() < b.center_y(); });
  return boxes;
}

bool is_even_row(const std::vector<Box>& marks) {
  constexpr std::size_t kFewest = 3;
  constexpr double kLetterMin = 0.45;  // of the row's higher letters; less are marks and stops
  // Shares of the letters, and in heights how far from the line their feet stand; of some letters
  // that reach below it, and of those that are cut off or touch others.
  constexpr double kOnLine = 0.6, kNearLine = 0.85, kFootMax = 0.14, kTailMax = 0.45;
  std::vector<double> heights;
  for (const Box& mark : marks) heights.push_back(mark.height());
  if (heights.size() < kFewest) return false;
  std::sort(heights.begin(), heights.end());
  const double high = heights[heights.size() * 3 / 4];
  std::vector<Box> letters;
  std::copy_if(marks.begin(), marks.end(), std::back_inserter(letters), [&](const Box& mark) {
    return mark.height() >= kLetterMin * high && mark.height() < 1.8 * high;
  });
  if (letters.size() < kFewest) return false;
  // The line's slope is the median of those between letters far apart.
  std::sort(letters.begin(), letters.end(),
            [](const Box& a, const Box& b) { return a.left < b.left; });
  const std::size_t half = letters.size() / 2;
  std::vector<double> slopes;
  for (std::size_t i = 0; i + half < letters.size(); ++i)
    if (const double run = letters[i + half].center_x() - letters[i].center_x(); run > 0)
      slopes.push_back((letters[i + half].bottom - letters[i].bottom) / run);
  const double slope = slopes.empty() ? 0 : median(std::move(slopes));
  constexpr double kSteepest = 0.12;  // 7 degrees: stamps are set by hand
  if (std::abs(slope) > kSteepest) return false;
  std::vector<double> feet;
  for (const Box& letter : letters) feet.push_back(letter.bottom - slope * letter.center_x());
  const double line = median(feet);
  const auto share = [&](double above, double below) {
    return double(std::count_if(feet.begin(), feet.end(),
                                [&](double foot) {
                                  return foot > line - above * high && foot < line + below * high;
                                })) /
           double(feet.size());
  };
  return share(kFootMax, kFootMax) >= kOnLine && share(kFootMax, kTailMax) >= kNearLine;
}

bool rows_run_down(const std::vector<Box>& ink) {
  // On plain pages the one is ten times as long as the other; letters of a turned table's lines,
  // one below another, make rows as well.
  constexpr double kLonger = 1.4;
  constexpr std::size_t kFewestRows = 3;
  const auto length_of = [](const std::vector<Box>& rows) {
    return std::accumulate(rows.begin(), rows.end(), 0.0,
                           [](double sum, const Box& row) { return sum + row.width(); });
  };
  std::vector<Box> turned;
  for (const Box& box : ink) turned.push_back({box.top, box.left, box.bottom, box.right});
  const std::vector<Box> down = find_text_rows(turned);
  return down.size() >= kFewestRows && length_of(down) > kLonger * length_of(find_text_rows(ink));
}

}  // namespace vanban::ocr
