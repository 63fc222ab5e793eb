#include "diacritics/model/lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vanban::diacritics {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kNever ? a : a + std::log1p(std::exp(b - a));
}

// A reading of all tokens before one, as far as the model can tell it from others.
struct Node {
  LanguageModel::State state;
  double best = kNever;     // ln of the likeliest way here
  double forward = kNever;  // ln of the sum of all ways here
  double backward = kNever;
  std::uint32_t best_edge = 0;
};

struct Edge {
  std::uint32_t from_token = 0, from_node = 0, arc = 0, to_node = 0;
  float score = 0;
};

// The nodes before one token. Few enough that looking through them beats hashing.
struct Column {
  std::vector<Node> nodes;
  std::vector<Edge> edges;  // that end here
  double best = kNever;     // of the nodes so far

  std::uint32_t node_at(const LanguageModel::State& state) {
    for (std::uint32_t i = 0; i < nodes.size(); ++i)
      if (nodes[i].state == state) return i;
    nodes.push_back({state});
    return static_cast<std::uint32_t>(nodes.size() - 1);
  }
  void add(const LanguageModel::State& state, const Edge& edge, const Node& from) {
    Edge ending = edge;
    ending.to_node = node_at(state);
    Node& to = nodes[ending.to_node];
    if (from.best + edge.score > to.best) {
      to.best = from.best + edge.score;
      to.best_edge = static_cast<std::uint32_t>(edges.size());
    }
    best = std::max(best, to.best);
    to.forward = log_add(to.forward, from.forward + edge.score);
    edges.push_back(ending);
  }
};

}  // namespace

Search search(const LanguageModel& model, const Lattice& lattice, LanguageModel::State begin,
              const SearchOptions& options) {
  constexpr double kLn10 = 2.302585092994046;
  const std::size_t length = lattice.arcs.size();
  std::vector<Column> columns(length + 1);
  columns[0].nodes.push_back({begin, 0, 0});

  const auto score = [&](LanguageModel::State& state, const Arc& arc) {
    double sum = 0;
    for (const WordId word : arc.words) {
      sum += model.score(state, word) * kLn10 * options.language_weight;
      if (word == kUnknown) sum -= options.unknown_cost;
    }
    return static_cast<float>(sum - arc.cost);
  };

  for (std::size_t token = 0; token < length; ++token) {
    const Column& column = columns[token];
    // The best first; what is far behind them cannot come back.
    std::vector<std::uint32_t> order(column.nodes.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
      return column.nodes[a].best != column.nodes[b].best
                 ? column.nodes[a].best > column.nodes[b].best
                 : a < b;
    };
    const std::size_t kept =
        std::min<std::size_t>(order.size(), static_cast<std::size_t>(options.beam));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      better);
    order.resize(kept);
    if (order.empty()) continue;  // inside a reading of several tokens
    const double least = column.nodes[order.front()].best - options.beam_width;
    const bool breaks = token < lattice.may_break.size() && lattice.may_break[token];
    for (const std::uint32_t from : order) {
      if (columns[token].nodes[from].best < least) break;
      const Node node = columns[token].nodes[from];
      float break_score = 0;
      if (breaks) {
        LanguageModel::State ended = node.state;
        break_score = static_cast<float>(
            model.score(ended, kEnd) * kLn10 * options.language_weight - options.break_cost);
      }
      const std::vector<Arc>& arcs = lattice.arcs[token];
      for (std::uint32_t arc = 0; arc < arcs.size(); ++arc) {
        Column& to = columns[token + arcs[arc].span];
        const auto too_far = [&](double gain) {
          return node.best + gain < to.best - options.beam_width;
        };
        // The model can only make it worse.
        if (too_far(-arcs[arc].cost)) continue;
        Edge edge{static_cast<std::uint32_t>(token), from, arc};
        LanguageModel::State state = node.state;
        edge.score = score(state, arcs[arc]);
        if (!too_far(edge.score)) to.add(state, edge, node);
        if (!breaks || arcs[arc].words.empty()) continue;
        state = {};
        edge.score = score(state, arcs[arc]) + break_score;
        if (!too_far(edge.score)) to.add(state, edge, node);
      }
    }
  }

  Search out;
  out.posterior.resize(length);
  for (std::size_t token = 0; token < length; ++token)
    out.posterior[token].assign(lattice.arcs[token].size(), 0);

  double total = kNever;
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < columns[length].nodes.size(); ++i) {
    Node& node = columns[length].nodes[i];
    node.backward = 0;
    total = log_add(total, node.forward);
    if (node.best > columns[length].nodes[last].best) last = i;
  }
  out.end = columns[length].nodes[last].state;
  for (std::size_t token = length; token > 0;) {
    const Edge& edge = columns[token].edges[columns[token].nodes[last].best_edge];
    out.best.push_back({edge.from_token, edge.arc});
    token = edge.from_token;
    last = edge.from_node;
  }
  std::reverse(out.best.begin(), out.best.end());

  for (std::size_t token = length; token > 0; --token) {
    for (const Edge& edge : columns[token].edges) {
      const double backward = columns[token].nodes[edge.to_node].backward;
      if (backward == kNever) continue;
      Node& from = columns[edge.from_token].nodes[edge.from_node];
      from.backward = log_add(from.backward, edge.score + backward);
      out.posterior[edge.from_token][edge.arc] +=
          static_cast<float>(std::exp(from.forward + edge.score + backward - total));
    }
  }
  return out;
}

}  // namespace vanban::diacritics
