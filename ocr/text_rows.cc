#include "ocr/text_rows.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace vanban::ocr {
namespace {

// Sizes in heights of the taller of two neighbours.
constexpr double kGapMax = 1.3;       // between letters of two words
constexpr double kOverlapMin = 0.45;  // of their heights
constexpr double kHeightRatioMax = 2.2;

constexpr std::size_t kFewestLetters = 4;

bool neighbours(const Box& left, const Box& right) {
  const double taller = std::max(left.height(), right.height());
  const double lower = std::min(left.height(), right.height());
  const double overlap = std::min(left.bottom, right.bottom) - std::max(left.top, right.top);
  const double gap = right.left - left.right;
  return gap < kGapMax * taller && overlap > kOverlapMin * lower &&
         taller < kHeightRatioMax * lower;
}

struct Row {
  Box box;
  Box last;  // the letter furthest to the right
  std::size_t letters = 0;
};

}  // namespace

std::vector<Box> find_text_rows(const std::vector<Box>& ink) {
  std::vector<Box> letters = ink;
  std::sort(letters.begin(), letters.end(),
            [](const Box& a, const Box& b) { return a.left < b.left; });
  std::vector<Row> rows;
  for (const Box& letter : letters) {
    Row* home = nullptr;
    double best = 0;
    for (Row& row : rows) {
      if (!neighbours(row.last, letter)) continue;
      const double distance = std::abs(row.last.center_y() - letter.center_y());
      if (home == nullptr || distance < best) {
        home = &row;
        best = distance;
      }
    }
    if (home == nullptr) home = &rows.emplace_back();
    home->box = united(home->box, letter);
    home->last = letter;
    ++home->letters;
  }
  std::erase_if(rows, [](const Row& row) { return row.letters < kFewestLetters; });
  std::vector<Box> boxes;
  for (const Row& row : rows) boxes.push_back(row.box);
  std::sort(boxes.begin(), boxes.end(),
            [](const Box& a, const Box& b) { return a.center_y() < b.center_y(); });
  return boxes;
}

bool rows_run_down(const std::vector<Box>& ink) {
  constexpr double kMuchLonger = 3;  // on upright and turned pages alike it is more than 10
  constexpr std::size_t kFewestRows = 5;
  const auto length_of = [](const std::vector<Box>& rows) {
    return std::accumulate(rows.begin(), rows.end(), 0.0,
                           [](double sum, const Box& row) { return sum + row.width(); });
  };
  std::vector<Box> turned;
  for (const Box& box : ink) turned.push_back({box.top, box.left, box.bottom, box.right});
  const std::vector<Box> down = find_text_rows(turned);
  return down.size() >= kFewestRows &&
         length_of(down) > kMuchLonger * length_of(find_text_rows(ink));
}

}  // namespace vanban::ocr
