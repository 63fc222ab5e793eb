#include "ocr/recognize/spread.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "ocr/clean/text_rows.h"
#include "ocr/layout/layout.h"

namespace vanban::ocr {
namespace {

// The fold is looked for between these shares of the width: no scan lies farther off the middle.
constexpr double kFirst = 0.45, kLast = 0.55;

// What lies between two uprights, moved to the left by the first of them.
std::vector<Box> part_between(const std::vector<Box>& boxes, double left, double right) {
  std::vector<Box> out;
  for (Box box : boxes) {
    if (box.center_x() < left || box.center_x() >= right) continue;
    box.left -= left, box.right -= left;
    out.push_back(box);
  }
  return out;
}

LayoutInput sheet_between(const LayoutInput& input, double left, double right) {
  const auto part = [&](const std::vector<Box>& boxes) { return part_between(boxes, left, right); };
  return {right - left,
          input.height,
          input.text_height,
          part(input.ink),
          part(input.horizontal_rules),
          part(input.vertical_rules),
          part(input.horizontal_pieces),
          part(input.vertical_pieces),
          part(input.horizontal_scraps),
          part(input.vertical_scraps)};
}

void move_right(Zone& zone, double by) {
  const auto move = [&](Box& box) { box.left += by, box.right += by; };
  move(zone.box);
  if (!zone.grid.cells.empty()) move(zone.grid.box);
  for (TableCell& cell : zone.grid.cells)
    for (Point& corner : cell.corners) corner.x += by;
  for (Box& mark : zone.ink) move(mark);
}

// The middle of the widest strip near the middle that no row enters; none where none is as wide as
// two pages' margins leave at least.
std::optional<double> empty_strip(const std::vector<Box>& rows, double width) {
  constexpr double kNarrowest = 0.025;  // of the width: 1 cm of two A4 pages
  std::vector<std::pair<double, double>> taken;
  for (const Box& row : rows) taken.emplace_back(row.left, row.right);
  std::sort(taken.begin(), taken.end());
  double end = 0, widest = kNarrowest * width;
  std::optional<double> middle;
  for (const auto& [left, right] : taken) {
    const double at = (std::max(end, 0.0) + left) / 2;
    if (left - end > widest && at > kFirst * width && at < kLast * width)
      widest = left - end, middle = at;
    end = std::max(end, right);
  }
  return middle;
}

}  // namespace

std::optional<double> find_fold(const LayoutInput& input) {
  // Of the height; two A4 pages have 1.41, a single sheet on its side as well.
  constexpr double kLandscape = 1.15;
  constexpr std::size_t kFewestRows = 6;  // of a sheet
  // Of the height, that the rows of each sheet reach over: a signature beside recipients is lower.
  constexpr double kReach = 0.25;
  if (input.width < kLandscape * input.height) return {};
  const std::vector<Box> rows = find_text_rows(input.ink);
  const std::optional<double> fold = empty_strip(rows, input.width);
  if (!fold) return {};
  const bool ruled =
      std::any_of(input.horizontal_rules.begin(), input.horizontal_rules.end(),
                  [&](const Box& rule) { return rule.left < *fold && rule.right > *fold; });
  if (ruled) return {};
  for (const bool left : {true, false}) {
    Box sheet;
    std::size_t count = 0;
    for (const Box& row : rows)
      if ((row.center_x() < *fold) == left) sheet = united(sheet, row), ++count;
    if (count < kFewestRows || sheet.height() < kReach * input.height) return {};
  }
  return fold;
}

std::vector<Zone> find_zones_of_sheets(const LayoutInput& input) {
  const std::optional<double> fold = find_fold(input);
  if (!fold) return find_zones(input);
  std::vector<Zone> zones = find_zones(sheet_between(input, 0, *fold));
  for (Zone& zone : find_zones(sheet_between(input, *fold, input.width))) {
    move_right(zone, *fold);
    zones.push_back(std::move(zone));
  }
  return zones;
}

}  // namespace vanban::ocr
