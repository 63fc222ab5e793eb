#include "ocr/strips/ctc.h"

#include <algorithm>
#include <map>

namespace vanban::ocr {

double share_of(const ColumnShares& columns, const Signs& signs) {
  if (columns.columns() == 0) return signs.empty() ? 1 : 0;
  // States: nothing, sign, nothing, sign, ..., nothing.
  const std::size_t states = 2 * signs.size() + 1;
  const auto class_of = [&](std::size_t state) {
    return state % 2 == 0 ? columns.nothing : signs[state / 2];
  };
  std::vector<double> now(states), next(states);
  now[0] = columns.at(0, columns.nothing);
  if (states > 1) now[1] = columns.at(0, class_of(1));
  for (std::size_t t = 1; t < columns.columns(); ++t) {
    for (std::size_t s = 0; s < states; ++s) {
      double sum = now[s];
      if (s >= 1) sum += now[s - 1];
      if (s >= 2 && s % 2 == 1 && class_of(s) != class_of(s - 2)) sum += now[s - 2];
      next[s] = sum * columns.at(t, class_of(s));
    }
    std::swap(now, next);
  }
  return now[states - 1] + (states > 1 ? now[states - 2] : 0);
}

std::vector<std::pair<Signs, double>> likely_readings(const ColumnShares& columns, std::size_t beam,
                                                      std::size_t signs_max) {
  // Of a beginning the shares of the ways that end in nothing and in its last sign.
  struct Shares {
    double nothing = 0, sign = 0;
    double all() const { return nothing + sign; }
  };
  // What is less likely in a column leads nowhere.
  constexpr double kShareMin = 1e-4;
  std::vector<std::pair<Signs, Shares>> beams{{{}, {1, 0}}};
  for (std::size_t t = 0; t < columns.columns(); ++t) {
    std::map<Signs, Shares> next;
    for (const auto& [signs, shares] : beams) {
      Shares& same = next[signs];
      same.nothing += shares.all() * columns.at(t, columns.nothing);
      if (!signs.empty()) same.sign += shares.sign * columns.at(t, signs.back());
      if (signs.size() == signs_max) continue;
      for (int kind = 0; kind < static_cast<int>(columns.classes); ++kind) {
        const double share = columns.at(t, kind);
        if (kind == columns.nothing || share < kShareMin) continue;
        // The same sign again is another one only after nothing.
        const bool again = !signs.empty() && signs.back() == kind;
        Signs longer = signs;
        longer.push_back(kind);
        next[std::move(longer)].sign += (again ? shares.nothing : shares.all()) * share;
      }
    }
    beams.assign(next.begin(), next.end());
    const auto better = [](const auto& a, const auto& b) {
      return a.second.all() > b.second.all();
    };
    const auto kept = beams.begin() + std::ptrdiff_t(std::min(beam, beams.size()));
    std::partial_sort(beams.begin(), kept, beams.end(), better);
    beams.erase(kept, beams.end());
  }
  std::vector<std::pair<Signs, double>> out;
  for (auto& [signs, shares] : beams) out.emplace_back(std::move(signs), shares.all());
  return out;
}

double mean_share_of(const std::vector<ColumnShares>& looks, const Signs& signs) {
  if (looks.empty()) return 0;
  double sum = 0;
  for (const ColumnShares& columns : looks) sum += share_of(columns, signs);
  return sum / double(looks.size());
}

std::set<Signs> likely_readings(const std::vector<ColumnShares>& looks, const Beam& beam) {
  std::set<Signs> out;
  for (const ColumnShares& columns : looks) {
    auto likely = likely_readings(columns, beam.width, beam.signs_max);
    if (likely.size() > beam.readings) likely.resize(beam.readings);
    for (auto& [signs, share] : likely) out.insert(std::move(signs));
  }
  return out;
}

}  // namespace vanban::ocr
