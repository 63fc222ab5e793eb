#include "ocr/clean/page_bend.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace vanban::ocr {
namespace {

using Row = std::vector<Box>;

// A row of fewer letters, or shorter in heights of a letter, says little of its direction.
constexpr std::size_t kFewestLetters = 8;
constexpr double kShortestRow = 8;
// Rows and letters below which the shape could be chance.
constexpr std::size_t kFewestRows = 5;
constexpr std::size_t kFewestPoints = 100;
// No page holds more; noise does.
constexpr std::size_t kMostRows = 400;

// Letters that stand on the line leave it by less, in letter heights; descenders by more.
constexpr double kOnLine = 0.12;
// Letters whose feet leave the shape by more (median, pixels, and letter heights on top) are no
// print: pixels are whole, and handwriting leaves it by twice as much.
constexpr double kMisfitPixels = 0.25, kMisfitMax = 0.02;

constexpr std::size_t kTerms = 8;

// Feet of one row's letters.
struct Feet {
  std::vector<Point> points;  // in the bend's lengths
  std::vector<double> weights;
  double level = 0;
};

std::array<double, kTerms> terms(double x, double level) {
  std::array<double, kTerms> out{};
  double power = 1;
  for (std::size_t m = 0; m < kTerms / 2; ++m) {
    power *= x;
    out[2 * m] = power;
    out[2 * m + 1] = power * level;
  }
  return out;
}

double dot(const std::array<double, kTerms>& a, const std::array<double, kTerms>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < kTerms; ++i) sum += a[i] * b[i];
  return sum;
}

using Matrix = std::array<std::array<double, kTerms>, kTerms>;

// Gauss-Jordan with row pivots; the matrix is positive definite by its damping.
std::array<double, kTerms> solve(Matrix a, std::array<double, kTerms> b) {
  for (std::size_t i = 0; i < kTerms; ++i) {
    std::size_t pivot = i;
    for (std::size_t j = i + 1; j < kTerms; ++j)
      if (std::abs(a[j][i]) > std::abs(a[pivot][i])) pivot = j;
    std::swap(a[i], a[pivot]);
    std::swap(b[i], b[pivot]);
    for (std::size_t j = 0; j < kTerms; ++j) {
      if (j == i) continue;
      const double factor = a[j][i] / a[i][i];
      for (std::size_t k = i; k < kTerms; ++k) a[j][k] -= factor * a[i][k];
      b[j] -= factor * b[i];
    }
  }
  for (std::size_t i = 0; i < kTerms; ++i) b[i] /= a[i][i];
  return b;
}

double letter_height(const Row& row) {
  std::vector<double> heights;
  for (const Box& letter : row) heights.push_back(letter.height());
  return median(std::move(heights));
}

// Rows long enough to tell a direction, of print of the page's common size.
std::vector<const Row*> telling_rows(const std::vector<Row>& rows, double& height) {
  std::vector<double> heights;
  for (const Row& row : rows)
    if (row.size() >= kFewestLetters)
      for (const Box& letter : row) heights.push_back(letter.height());
  height = median(std::move(heights));
  std::vector<const Row*> out;
  for (const Row& row : rows) {
    if (row.size() < kFewestLetters) continue;
    const double own = letter_height(row);
    const double length = row.back().right - row.front().left;
    if (own > 0.5 * height && own < 2 * height && length > kShortestRow * height)
      out.push_back(&row);
  }
  return out;
}

void set_frame(PageBend& bend, const std::vector<const Row*>& rows) {
  Box around;
  for (const Row* row : rows)
    for (const Box& letter : *row) around = united(around, letter);
  bend.center_x = around.center_x();
  bend.center_y = around.center_y();
  bend.unit = std::max(around.width() / 2, 1.0);
  bend.left = -1;
  bend.right = 1;
  bend.top = -around.height() / 2 / bend.unit;
  bend.bottom = -bend.top;
}

Feet feet_of(const Row& row, const PageBend& bend) {
  const double height = letter_height(row);
  Feet out;
  std::vector<double> levels;
  for (const Box& letter : row) {
    if (letter.height() < 0.6 * height || letter.height() > 1.7 * height) continue;
    out.points.push_back({(letter.center_x() - bend.center_x) / bend.unit,
                          (letter.bottom - bend.center_y) / bend.unit});
    levels.push_back(out.points.back().y);
  }
  out.weights.assign(out.points.size(), 1);
  out.level = median(std::move(levels));
  return out;
}

double misfit(const Feet& row, std::size_t i, const PageBend& bend) {
  const auto& [x, y] = row.points[i];
  return y - row.level - dot(bend.rise, terms(x, row.level));
}

// One step of least squares: each row's own level is eliminated by taking its mean off.
void refine(PageBend& bend, const std::vector<Feet>& rows) {
  // Curves must be seen in many rows; a single bent row bends no page.
  constexpr double kDamping = 1e-3, kCurveDamping = 2e-2;
  Matrix normal{};
  std::array<double, kTerms> right{};
  for (const Feet& row : rows) {
    std::array<double, kTerms> mean{};
    double mean_y = 0, weight = 0;
    for (std::size_t i = 0; i < row.points.size(); ++i) {
      const std::array<double, kTerms> t = terms(row.points[i].x, row.level);
      for (std::size_t k = 0; k < kTerms; ++k) mean[k] += row.weights[i] * t[k];
      mean_y += row.weights[i] * row.points[i].y;
      weight += row.weights[i];
    }
    if (weight < 1) continue;
    for (double& value : mean) value /= weight;
    mean_y /= weight;
    for (std::size_t i = 0; i < row.points.size(); ++i) {
      std::array<double, kTerms> t = terms(row.points[i].x, row.level);
      for (std::size_t k = 0; k < kTerms; ++k) t[k] -= mean[k];
      const double y = row.points[i].y - mean_y;
      for (std::size_t j = 0; j < kTerms; ++j) {
        right[j] += row.weights[i] * t[j] * y;
        for (std::size_t k = 0; k < kTerms; ++k) normal[j][k] += row.weights[i] * t[j] * t[k];
      }
    }
  }
  for (std::size_t k = 0; k < kTerms; ++k) normal[k][k] += k < 2 ? kDamping : kCurveDamping;
  bend.rise = solve(normal, right);
}

// Puts each row at its best level and weighs its letters by how well they stand on it (Tukey's
// biweight). Gives the median misfit.
double weigh(const PageBend& bend, std::vector<Feet>& rows, double tolerance) {
  std::vector<double> misfits;
  for (Feet& row : rows) {
    std::vector<double> off;
    for (std::size_t i = 0; i < row.points.size(); ++i) off.push_back(misfit(row, i, bend));
    row.level += median(off);
    for (std::size_t i = 0; i < row.points.size(); ++i) {
      const double stray = misfit(row, i, bend);
      const double share = std::min(1.0, std::abs(stray) / tolerance);
      row.weights[i] = (1 - share * share) * (1 - share * share);
      misfits.push_back(std::abs(stray));
    }
  }
  return median(std::move(misfits));
}

// What the letters say of the bend: how far they lead their rows from straight and parallel, and
// how much better they stand on the bent rows than on straight ones.
void judge(PageBend& bend, std::vector<Feet> rows, double stray) {
  constexpr double kMost = 0.95;  // a few letters, and the best row by chance, do not count
  PageBend straight = bend;
  straight.rise = {};
  double xy = 0, xx = 0;
  const auto each = [&](auto use) {
    for (const Feet& row : rows)
      for (const auto& [x, y] : row.points) use(x, dot(bend.rise, terms(x, row.level)));
  };
  each([&](double x, double rise) {
    xy += x * rise;
    xx += x * x;
  });
  straight.rise[0] = xy / xx;
  std::vector<double> strays;
  each([&](double x, double rise) { strays.push_back(std::abs(rise - straight.rise[0] * x)); });
  const auto most = strays.begin() + static_cast<std::ptrdiff_t>(kMost * double(strays.size()));
  std::nth_element(strays.begin(), most, strays.end());
  bend.stray = *most * bend.unit / bend.letter_height;
  constexpr double kAnyTolerance = 1e9;
  bend.gain = weigh(straight, rows, kAnyTolerance) / std::max(stray, 1e-6);
}

// The rise where it is known; beyond the text rows go on straight.
double rise_at(const PageBend& bend, double x, double level) {
  const double inside = std::clamp(x, bend.left, bend.right);
  const double curve_level = std::clamp(level, bend.top, bend.bottom);
  double rise = 0, slope = 0, power = 1;
  for (std::size_t m = 0; m < kTerms / 2; ++m) {
    const double factor = bend.rise[2 * m] + bend.rise[2 * m + 1] * (m == 0 ? level : curve_level);
    slope += static_cast<double>(m + 1) * power * factor;
    power *= inside;
    rise += power * factor;
  }
  return rise + (x - inside) * slope;
}

}  // namespace

double PageBend::level_at(double x, double y) const {
  double level = y;
  constexpr int kSteps = 8;  // each makes the error some ten times smaller
  for (int step = 0; step < kSteps; ++step) level = y - rise_at(*this, x, level);
  return level;
}

Point PageBend::image_point(double u, double v) const {
  double x = u, y = v;
  constexpr int kSteps = 8;
  for (int step = 0; step < kSteps; ++step) {
    x = u + y * (lean + spread * u);
    y = v + rise_at(*this, x, v);
  }
  return {x, y};
}

std::optional<PageBend> fit_rows(const std::vector<Row>& rows) {
  PageBend bend;
  const std::vector<const Row*> telling = telling_rows(rows, bend.letter_height);
  if (telling.size() < kFewestRows || telling.size() > kMostRows) return std::nullopt;
  set_frame(bend, telling);
  std::vector<Feet> feet;
  std::size_t points = 0;
  for (const Row* row : telling) {
    feet.push_back(feet_of(*row, bend));
    points += feet.back().points.size();
  }
  if (points < kFewestPoints) return std::nullopt;
  // First all letters count, then ever more only those that stand on their row.
  const double height = bend.letter_height / bend.unit;
  double stray = 0;
  for (const double tolerance : {4.0, 2.0, 1.0, 0.6, 0.4, 3 * kOnLine, 3 * kOnLine}) {
    refine(bend, feet);
    stray = weigh(bend, feet, tolerance * height);
  }
  if (stray * bend.unit > kMisfitPixels + kMisfitMax * bend.letter_height) return std::nullopt;
  judge(bend, std::move(feet), stray);
  bend.lean = -bend.rise[0];
  return bend;
}

std::vector<SideLine> find_margins(const std::vector<Row>& rows, const PageBend& bend) {
  constexpr double kSteepestLean = 0.35;
  constexpr std::size_t kFewestEnds = 6;
  constexpr double kShortestMargin = 0.25;  // of the text's height
  const double tolerance = 0.35 * bend.letter_height / bend.unit;
  double height = 0;
  const std::vector<const Row*> telling = telling_rows(rows, height);
  const auto margin = [&](auto end_of) -> std::optional<SideLine> {
    std::vector<Point> ends;
    for (const Row* row : telling) ends.push_back(end_of(*row));
    SideLine best;
    std::vector<Point> on_best;
    for (std::size_t i = 0; i < ends.size(); ++i)
      for (std::size_t j = i + 1; j < ends.size(); ++j) {
        const double down = ends[j].y - ends[i].y;
        if (std::abs(down) < kShortestMargin * (bend.bottom - bend.top)) continue;
        SideLine line{0, (ends[j].x - ends[i].x) / down};
        if (std::abs(line.slope) > kSteepestLean) continue;
        line.at = ends[i].x - line.slope * ends[i].y;
        std::vector<Point> on_line;
        for (const auto& [x, y] : ends)
          if (std::abs(x - line.at - line.slope * y) < tolerance) on_line.push_back({x, y});
        if (on_line.size() > on_best.size()) {
          best = line;
          on_best = std::move(on_line);
        }
      }
    if (on_best.size() < kFewestEnds) return std::nullopt;
    double n = 0, sx = 0, sy = 0, syy = 0, sxy = 0;
    for (const auto& [x, y] : on_best) {
      n += 1;
      sx += x;
      sy += y;
      syy += y * y;
      sxy += x * y;
    }
    best.slope = (n * sxy - sx * sy) / (n * syy - sy * sy);
    best.at = (sx - best.slope * sy) / n;
    return best;
  };
  const auto place = [&](double x, double y) {
    return Point{(x - bend.center_x) / bend.unit, (y - bend.center_y) / bend.unit};
  };
  std::vector<SideLine> out;
  if (const auto line =
          margin([&](const Row& row) { return place(row.front().left, row.front().bottom); }))
    out.push_back(*line);
  if (const auto line =
          margin([&](const Row& row) { return place(row.back().right, row.back().bottom); }))
    out.push_back(*line);
  return out;
}

void fit_sides(PageBend& bend, const std::vector<SideLine>& lines) {
  bend.lean = -bend.rise[0];
  bend.spread = 0;
  if (lines.empty()) return;
  double n = 0, sx = 0, ss = 0, sxx = 0, sxs = 0;
  for (const SideLine& line : lines) {
    n += 1;
    sx += line.at;
    ss += line.slope;
    sxx += line.at * line.at;
    sxs += line.at * line.slope;
  }
  // Lines close to one another say nothing of how they run together.
  constexpr double kDamping = 0.02;
  bend.spread = (sxs - sx * ss / n) / (sxx - sx * sx / n + kDamping);
  bend.lean = (ss - bend.spread * sx) / n;
}

double sides_stray(const PageBend& bend) {
  double out = 0;
  for (const double at : {bend.left, bend.right})
    out = std::max(out, std::abs(bend.bottom * (bend.lean + bend.spread * at + bend.rise[0])));
  return out * bend.unit / bend.letter_height;
}

}  // namespace vanban::ocr
