// What a network says that reads a strip column by column, and the readings that follow from it
// (connectionist temporal classification: Graves et al., 2006).
#pragma once

#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace vanban::ocr {

// Of each column of a strip the shares of the classes, which sum to 1. One class stands for
// nothing: a column in which no sign begins or ends.
struct ColumnShares {
  std::size_t classes = 0;
  int nothing = 0;
  std::vector<float> shares;  // column by column

  std::size_t columns() const { return classes == 0 ? 0 : shares.size() / classes; }
  double at(std::size_t column, int kind) const {
    return shares[column * classes + static_cast<std::size_t>(kind)];
  }
};

using Signs = std::vector<int>;  // classes, none of them nothing

// The share of a reading among all ways of walking through the columns, [0, 1].
double share_of(const ColumnShares& columns, const Signs& signs);

// The likeliest readings, best first, by a search that keeps the `beam` best beginnings.
std::vector<std::pair<Signs, double>> likely_readings(const ColumnShares& columns, std::size_t beam,
                                                      std::size_t signs_max);

// ---- Of several looks at one strip

// The mean of a reading's shares; 0 without a look.
double mean_share_of(const std::vector<ColumnShares>& looks, const Signs& signs);

struct Beam {
  std::size_t width = 0;      // beginnings that are kept
  std::size_t readings = 0;   // that are taken of each look, at most
  std::size_t signs_max = 0;  // of a reading
};

// The likeliest readings of each look, in no order of likelihood.
std::set<Signs> likely_readings(const std::vector<ColumnShares>& looks, const Beam& beam);

}  // namespace vanban::ocr
