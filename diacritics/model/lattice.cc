#include "diacritics/model/lattice.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vanban::diacritics {
namespace {

constexpr double kImpossible = -std::numeric_limits<double>::infinity();

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == kImpossible ? a : a + std::log1p(std::exp(b - a));
}

// A reading of all tokens before one, as far as the model can tell it from others.
struct Node {
  LanguageModel::State state;
  double best = kImpossible;     // ln of the likeliest way here
  double forward = kImpossible;  // ln of the sum of all ways here
  double backward = kImpossible;
  std::uint32_t best_edge = 0;
};

struct Edge {
  std::uint32_t from_token = 0, from_node = 0, arc = 0, to_node = 0;
  float score = 0;
};

// The nodes before one token. Few enough that looking through them beats hashing.
struct Column {
  std::vector<Node> nodes;
  std::vector<Edge> edges;    // that end here
  double best = kImpossible;  // of the nodes so far

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

// What is read up to each token, and how, with the beam and the model at hand.
class BeamSearch {
 public:
  BeamSearch(const LanguageModel& model, const Lattice& lattice, LanguageModel::State begin,
             const SearchOptions& options)
      : model_(model), lattice_(lattice), options_(options), columns_(lattice.arcs.size() + 1) {
    columns_[0].nodes.push_back({begin, 0, 0});
  }

  Search run() {
    for (std::size_t token = 0; token < lattice_.arcs.size(); ++token) advance(token);
    Search out;
    trace_back(out);
    add_posteriors(out);
    return out;
  }

 private:
  double language_score(LanguageModel::State& state, WordId word) const {
    constexpr double kLn10 = 2.302585092994046;
    return model_.score(state, word) * kLn10 * options_.language_weight;
  }

  float score(LanguageModel::State& state, const Arc& arc) const {
    double sum = 0;
    for (const WordId word : arc.words) {
      sum += language_score(state, word);
      if (word == kUnknown) sum -= options_.unknown_cost;
    }
    return static_cast<float>(sum - arc.cost);
  }

  // The nodes of a column that are kept, the best first; what is far behind them cannot come back.
  std::vector<std::uint32_t> kept_of(const Column& column) const {
    std::vector<std::uint32_t> order(column.nodes.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto better = [&](std::uint32_t a, std::uint32_t b) {
      return column.nodes[a].best != column.nodes[b].best
                 ? column.nodes[a].best > column.nodes[b].best
                 : a < b;
    };
    const std::size_t kept =
        std::min<std::size_t>(order.size(), static_cast<std::size_t>(options_.beam));
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      better);
    order.resize(kept);
    return order;
  }

  // Goes along all arcs that begin at the token.
  void advance(std::size_t token) {
    const std::vector<std::uint32_t> order = kept_of(columns_[token]);
    if (order.empty()) return;  // inside a reading of several tokens
    const double least = columns_[token].nodes[order.front()].best - options_.beam_width;
    for (const std::uint32_t from : order) {
      if (columns_[token].nodes[from].best < least) break;
      advance(token, from);
    }
  }

  void advance(std::size_t token, std::uint32_t from) {
    const Node node = columns_[token].nodes[from];
    const bool breaks = token < lattice_.may_break.size() && lattice_.may_break[token];
    float break_score = 0;
    if (breaks) {
      LanguageModel::State ended = node.state;
      break_score = static_cast<float>(language_score(ended, kEnd) - options_.break_cost);
    }
    const std::vector<Arc>& arcs = lattice_.arcs[token];
    for (std::uint32_t arc = 0; arc < arcs.size(); ++arc) {
      Column& to = columns_[token + arcs[arc].span];
      const auto too_far = [&](double gain) {
        return node.best + gain < to.best - options_.beam_width;
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

  // The likeliest reading, from its last token to its first.
  void trace_back(Search& out) const {
    const std::size_t length = lattice_.arcs.size();
    const std::vector<Node>& nodes = columns_[length].nodes;
    std::uint32_t last = 0;
    for (std::uint32_t i = 0; i < nodes.size(); ++i)
      if (nodes[i].best > nodes[last].best) last = i;
    out.end = nodes[last].state;
    for (std::size_t token = length; token > 0;) {
      const Edge& edge = columns_[token].edges[columns_[token].nodes[last].best_edge];
      out.best.push_back({edge.from_token, edge.arc});
      token = edge.from_token;
      last = edge.from_node;
    }
    std::reverse(out.best.begin(), out.best.end());
  }

  // The share of all readings that goes along each arc.
  void add_posteriors(Search& out) {
    const std::size_t length = lattice_.arcs.size();
    out.posterior.resize(length);
    for (std::size_t token = 0; token < length; ++token)
      out.posterior[token].assign(lattice_.arcs[token].size(), 0);
    double total = kImpossible;
    for (Node& node : columns_[length].nodes) {
      node.backward = 0;
      total = log_add(total, node.forward);
    }
    for (std::size_t token = length; token > 0; --token) {
      for (const Edge& edge : columns_[token].edges) {
        const double backward = columns_[token].nodes[edge.to_node].backward;
        if (backward == kImpossible) continue;
        Node& from = columns_[edge.from_token].nodes[edge.from_node];
        from.backward = log_add(from.backward, edge.score + backward);
        out.posterior[edge.from_token][edge.arc] +=
            static_cast<float>(std::exp(from.forward + edge.score + backward - total));
      }
    }
  }

  const LanguageModel& model_;
  const Lattice& lattice_;
  const SearchOptions& options_;
  std::vector<Column> columns_;  // before each token, and after the last
};

}  // namespace

Search search(const LanguageModel& model, const Lattice& lattice, LanguageModel::State begin,
              const SearchOptions& options) {
  return BeamSearch(model, lattice, begin, options).run();
}

}  // namespace vanban::diacritics
