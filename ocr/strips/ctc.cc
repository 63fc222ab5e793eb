#include "ocr/strips/ctc.h"

#include <algorithm>

namespace vanban::ocr {

namespace {

// The beginnings that a search has come to, each one sign longer than another.
class Beginnings {
 public:
  static constexpr int kRoot = 0, kNone = -1;

  int last_sign(int beginning) const { return at(beginning).sign; }
  std::size_t length(int beginning) const { return at(beginning).length; }
  // Where the search keeps a beginning in the column at hand; kNone: nowhere.
  int& place(int beginning) { return nodes_[static_cast<std::size_t>(beginning)].place; }

  // The beginning longer by a sign; kNone where the search has not come to it.
  int find(int beginning, int sign) const {
    int longer = at(beginning).first_longer;
    while (longer != kNone && at(longer).sign != sign) longer = at(longer).next_longer;
    return longer;
  }
  int add(int beginning, int sign) {
    const int longer = static_cast<int>(nodes_.size());
    nodes_.push_back({.shorter = beginning,
                      .sign = sign,
                      .length = length(beginning) + 1,
                      .next_longer = at(beginning).first_longer});
    nodes_[static_cast<std::size_t>(beginning)].first_longer = longer;
    return longer;
  }
  Signs signs(int beginning) const {
    Signs out(length(beginning));
    for (auto sign = out.rbegin(); sign != out.rend(); ++sign) {
      *sign = last_sign(beginning);
      beginning = at(beginning).shorter;
    }
    return out;
  }

 private:
  struct Node {
    int shorter = kNone, sign = kNone;
    std::size_t length = 0;
    int first_longer = kNone, next_longer = kNone;
    int place = kNone;
  };
  const Node& at(int beginning) const { return nodes_[static_cast<std::size_t>(beginning)]; }

  std::vector<Node> nodes_{Node{}};
};

// Of a beginning the shares of the ways that end in nothing and in its last sign.
struct Reached {
  int beginning = Beginnings::kRoot;
  double nothing = 0, sign = 0;
  double all() const { return nothing + sign; }
};

}  // namespace

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
  // What is less likely in a column leads nowhere.
  constexpr double kShareMin = 1e-4;
  Beginnings beginnings;
  std::vector<Reached> reached{{Beginnings::kRoot, 1, 0}}, next;
  std::vector<int> kinds;
  for (std::size_t t = 0; t < columns.columns(); ++t) {
    kinds.clear();
    for (int kind = 0; kind < static_cast<int>(columns.classes); ++kind)
      if (kind != columns.nothing && columns.at(t, kind) >= kShareMin) kinds.push_back(kind);
    next.clear();
    double least = 1;
    for (const Reached& from : reached) {
      const int last = beginnings.last_sign(from.beginning);
      Reached& same = next.emplace_back(from);
      same.nothing = from.all() * columns.at(t, columns.nothing);
      same.sign = last == Beginnings::kNone ? 0 : from.sign * columns.at(t, last);
      beginnings.place(from.beginning) = static_cast<int>(next.size()) - 1;
      least = std::min(least, same.all());
    }
    // A new beginning has one way to it, so that what is no likelier than the least of enough
    // others is not among the best.
    if (reached.size() < beam) least = 0;
    for (const Reached& from : reached) {
      if (beginnings.length(from.beginning) == signs_max) continue;
      for (const int kind : kinds) {
        // The same sign again is another one only after nothing.
        const bool again = beginnings.last_sign(from.beginning) == kind;
        const double share = (again ? from.nothing : from.all()) * columns.at(t, kind);
        int longer = beginnings.find(from.beginning, kind);
        if (longer != Beginnings::kNone && beginnings.place(longer) != Beginnings::kNone) {
          next[static_cast<std::size_t>(beginnings.place(longer))].sign += share;
          continue;
        }
        if (share <= least) continue;
        if (longer == Beginnings::kNone) longer = beginnings.add(from.beginning, kind);
        next.push_back({longer, 0, share});
      }
    }
    for (const Reached& from : reached) beginnings.place(from.beginning) = Beginnings::kNone;
    const auto better = [](const Reached& a, const Reached& b) { return a.all() > b.all(); };
    const std::size_t kept = std::min(beam, next.size());
    std::partial_sort(next.begin(), next.begin() + std::ptrdiff_t(kept), next.end(), better);
    next.resize(kept);
    std::swap(reached, next);
  }
  std::vector<std::pair<Signs, double>> out;
  for (const Reached& end : reached) out.emplace_back(beginnings.signs(end.beginning), end.all());
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
