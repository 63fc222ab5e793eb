#include "diacritics/model/lattice.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace vanban::diacritics {
namespace {

using State = LanguageModel::State;

constexpr WordId kA = 3, kB = 4, kC = 5;
constexpr double kLn10 = 2.302585092994046;
constexpr float kFloatLn10 = 2.3025851F;

// Words by themselves: a has a probability of 0.1, b of 0.01, c of 0.001, an unknown word of 0.1.
NgramModel three_words() {
  NgramModel tables;
  tables.words = {"<unk>", "<s>", "</s>", "a", "b", "c"};
  tables.unigrams = {{-1, 0}, {-99, 0}, {-1, 0}, {-1, 0}, {-2, 0}, {-3, 0}};
  return tables;
}

LanguageModel model_of(const NgramModel& tables) {
  return LanguageModel::from_bytes(compact(tables));
}

// The model's probabilities as they are, and nothing dropped.
SearchOptions plain() {
  SearchOptions options;
  options.language_weight = 1;
  options.beam = 1'000'000;
  options.beam_width = 1e9;
  return options;
}

using Path = std::vector<std::pair<std::size_t, std::size_t>>;  // token and arc

Path path_of(const Search& found) {
  Path out;
  for (const Chosen& chosen : found.best) out.emplace_back(chosen.token, chosen.arc);
  return out;
}

// ---- Worked numbers

TEST_CASE("a lattice without tokens has one reading, which changes nothing") {
  const Search found = search(model_of(three_words()), {}, {kB, State::kNone}, {});
  CHECK(found.best.empty());
  CHECK(found.posterior.empty());
  CHECK(found.end == State{kB, State::kNone});
}

TEST_CASE("a token with one reading has that") {
  const LanguageModel model = model_of(three_words());
  const Search found = search(model, {{{{1, {kC}, 50, 0}}}, {}}, {}, {});
  CHECK(path_of(found) == Path{{0, 0}});
  CHECK(found.posterior == std::vector<std::vector<float>>{{1}});
  State state;
  model.score(state, kC);
  CHECK(found.end == state);
}

TEST_CASE("posteriors are the shares of what model and costs say") {
  struct Row {
    std::vector<Arc> arcs;
    double language_weight;
    std::vector<double> posterior;
  };
  const Row row = GENERATE(values<Row>({
      // 0.1 against 0.01
      {{{1, {kA}, 0, 0}, {1, {kB}, 0, 0}}, 1, {10. / 11, 1. / 11}},
      // 0.1 / 10 against 0.01
      {{{1, {kA}, kFloatLn10, 0}, {1, {kB}, 0, 0}}, 1, {0.5, 0.5}},
      // What speaks against all changes nothing; a bonus is a cost below 0.
      {{{1, {kA}, 30 + kFloatLn10, 0}, {1, {kB}, 30, 0}}, 1, {0.5, 0.5}},
      {{{1, {kA}, 0, 0}, {1, {kB}, -2 * kFloatLn10, 0}}, 1, {1. / 11, 10. / 11}},
      // Half weight: sqrt(0.0001) = 0.01 for b and b, sqrt(0.01) = 0.1 for b
      {{{1, {kB, kB}, 0, 0}, {1, {kB}, 0, 0}}, 0.5, {1. / 11, 10. / 11}},
      {{{1, {kA}, 0, 0}, {1, {kB}, 0, 0}}, 0, {0.5, 0.5}},
      // Equal arcs share: 0.1, 0.1, 0.001
      {{{1, {kA}, 0, 0}, {1, {kA}, 0, 1}, {1, {kC}, 0, 0}}, 1, {100. / 201, 100. / 201, 1. / 201}},
      // Two words in one token, 0.1 * 0.01, are as likely as c.
      {{{1, {kA, kB}, 0, 0}, {1, {kC}, 0, 0}}, 1, {0.5, 0.5}},
      // The model looks through: 1 against 0.1
      {{{1, {}, 0, 0}, {1, {kA}, 0, 0}}, 1, {10. / 11, 1. / 11}},
  }));
  CAPTURE(row.language_weight, row.posterior);
  SearchOptions options = plain();
  options.language_weight = row.language_weight;
  const Search found = search(model_of(three_words()), {{row.arcs}, {}}, {}, options);
  REQUIRE(found.posterior.size() == 1);
  REQUIRE(found.posterior[0].size() == row.posterior.size());
  for (std::size_t i = 0; i < row.posterior.size(); ++i)
    CHECK(found.posterior[0][i] == Approx(row.posterior[i]).margin(1e-5));
}

TEST_CASE("an unknown word costs more than the model says, whatever the model's weight") {
  SearchOptions options = plain();
  options.language_weight = GENERATE(0.5, 1.0);
  options.unknown_cost = std::log(4);
  // To the model a and an unknown word are alike.
  const Lattice lattice{{{{1, {kA}, 0, 0}, {1, {kUnknown}, 0, 0}}}, {}};
  const Search found = search(model_of(three_words()), lattice, {}, options);
  CHECK(found.posterior[0][0] == Approx(0.8).margin(1e-5));
  CHECK(found.posterior[0][1] == Approx(0.2).margin(1e-5));
}

TEST_CASE("a reading is judged by what stands before it") {
  NgramModel tables = three_words();
  tables.bigrams = {{kA, kC, -0.5F, 0}};
  const LanguageModel model = model_of(tables);
  const std::vector<Arc> b_or_c{{1, {kB}, 0, 0}, {1, {kC}, 0, 0}};
  Lattice lattice;
  State begin;
  SECTION("as the search's begin") {
    lattice.arcs = {b_or_c};
    begin = {kA, State::kNone};
  }
  SECTION("in the token before") { lattice.arcs = {{{1, {kA}, 0, 0}}, b_or_c}; }
  SECTION("with something between that the model looks through") {
    lattice.arcs = {{{1, {kA}, 0, 0}}, {{1, {}, 0, 0}}, b_or_c};
  }
  SECTION("in the same arc") { lattice.arcs = {{{1, {kA, kB}, 0, 0}, {1, {kA, kC}, 0, 0}}}; }
  const Search found = search(model, lattice, begin, plain());
  // P(b) = 10^-2, P(c | a) = 10^-0.5
  const double share = 1 / (1 + std::pow(10, -1.5));
  CHECK(found.best.back().arc == 1);
  CHECK(found.posterior.back()[1] == Approx(share).margin(1e-5));
  CHECK(found.posterior.back()[0] == Approx(1 - share).margin(1e-5));
  CHECK(found.end.word == kC);
}

TEST_CASE("what stands after a reading judges it too") {
  NgramModel tables = three_words();
  tables.bigrams = {{kB, kC, -0.5F, 0}};
  const Lattice lattice{{{{1, {kA}, 0, 0}, {1, {kB}, 0, 0}}, {{1, {kC}, 0, 0}}}, {}};
  const Search found = search(model_of(tables), lattice, {}, plain());
  // a c: 10^-1 10^-3; b c: 10^-2 10^-0.5
  const double share = 1 / (1 + std::pow(10, -1.5));
  CHECK(path_of(found) == Path{{0, 1}, {1, 0}});
  CHECK(found.posterior[0][1] == Approx(share).margin(1e-5));
  CHECK(found.posterior[1][0] == Approx(1).margin(1e-5));
}

TEST_CASE("a reading of several tokens stands against their readings one by one") {
  const LanguageModel model = model_of(three_words());
  // c over both: 10^-3; a, then a or b: 10^-2 and 10^-3.
  const Lattice lattice{{{{2, {kC}, 0, 0}, {1, {kA}, 0, 0}}, {{1, {kA}, 0, 0}, {1, {kB}, 0, 0}}},
                        {}};
  Search found = search(model, lattice, {}, plain());
  CHECK(path_of(found) == Path{{0, 1}, {1, 0}});
  CHECK(found.posterior[0][0] == Approx(1. / 12).margin(1e-5));
  CHECK(found.posterior[0][1] == Approx(11. / 12).margin(1e-5));
  CHECK(found.posterior[1][0] == Approx(10. / 12).margin(1e-5));
  CHECK(found.posterior[1][1] == Approx(1. / 12).margin(1e-5));

  Lattice cheaper = lattice;
  cheaper.arcs[0][0].cost = -2 * kFloatLn10;  // 10^-1
  found = search(model, cheaper, {}, plain());
  CHECK(path_of(found) == Path{{0, 0}});
  CHECK(found.end.word == kC);
}

TEST_CASE("no reading need begin at each token") {
  const Lattice lattice{{{{3, {kA}, 0, 0}}, {{1, {kB}, 0, 0}}, {{1, {kB}, 0, 0}}}, {}};
  const Search found = search(model_of(three_words()), lattice, {}, plain());
  CHECK(path_of(found) == Path{{0, 0}});
  CHECK(found.posterior == std::vector<std::vector<float>>{{1}, {0}, {0}});
}

TEST_CASE("where the text may break, the sum has both ways") {
  NgramModel tables = three_words();
  tables.bigrams = {
      {kBegin, kB, -3, 0}, {kBegin, kC, -1, 0}, {kA, kEnd, -1, 0}, {kA, kB, -2, 0}, {kA, kC, -4, 0},
  };
  const LanguageModel model = model_of(tables);
  Lattice lattice{{{{1, {kA}, 0, 0}}, {{1, {kB}, 0, 0}, {1, {kC}, 0, 0}}}, {}};
  SearchOptions options = plain();
  options.break_cost = kLn10;
  Search found = search(model, lattice, {}, options);
  // b: 10^-2, c: 10^-4
  CHECK(found.posterior[1][1] == Approx(0.0001 / 0.0101).margin(1e-5));

  lattice.may_break = {false, true};
  found = search(model, lattice, {}, options);
  // Anew: P(</s> | a) = 10^-1, the break 10^-1, P(b | <s>) = 10^-3, P(c | <s>) = 10^-1. Together
  // b: 10^-2 + 10^-5, c: 10^-4 + 10^-3.
  CHECK(found.posterior[1][1] == Approx(0.0011 / 0.01111).margin(1e-5));
  CHECK(found.posterior[0][0] == Approx(1).margin(1e-5));
  CHECK(path_of(found) == Path{{0, 0}, {1, 0}});

  options.break_cost = 0;
  options.language_weight = 2;
  found = search(model, lattice, {}, options);
  // All squared: b 10^-4 + 10^-8, c 10^-8 + 10^-4.
  CHECK(found.posterior[1][1] == Approx(0.5).margin(1e-5));
}

TEST_CASE("readings that fall behind are lost, though what follows would speak for them") {
  NgramModel tables = three_words();
  tables.bigrams = {{kB, kC, -0.5F, 0}};
  const LanguageModel model = model_of(tables);
  const Lattice lattice{{{{1, {kA}, 0, 0}, {1, {kB}, 0, 0}}, {{1, {kC}, 0, 0}}}, {}};
  SearchOptions options = plain();
  SECTION("a beam of one") { options.beam = 1; }
  // b is ln 10 = 2.303 behind a.
  SECTION("a narrow beam") { options.beam_width = 2.25; }
  const Search found = search(model, lattice, {}, options);
  CHECK(path_of(found) == Path{{0, 0}, {1, 0}});
  CHECK(found.posterior[0] == std::vector<float>{1, 0});

  options.beam = 2;
  options.beam_width = 2.35;
  CHECK(path_of(search(model, lattice, {}, options)) == Path{{0, 1}, {1, 0}});
}

TEST_CASE("a long text neither loses itself nor runs out of numbers") {
  constexpr std::size_t kLength = 2000;
  Lattice lattice;
  lattice.arcs.assign(kLength, {{1, {kB}, 40, 0}, {1, {kA}, 40, 0}});
  const Search found = search(model_of(three_words()), lattice, {}, plain());
  REQUIRE(found.best.size() == kLength);
  for (std::size_t token = 0; token < kLength; ++token) {
    CAPTURE(token);
    REQUIRE(found.best[token].token == token);
    REQUIRE(found.best[token].arc == 1);
    // The words know nothing of each other: 0.1 against 0.01 each time.
    REQUIRE(found.posterior[token][1] == Approx(10. / 11).margin(1e-4));
  }
}

// ---- All ways through a lattice, one by one

struct Way {
  Path path;
  double score = 0;
  State end;
};

class Enumeration {
 public:
  Enumeration(const LanguageModel& model, const Lattice& lattice, const SearchOptions& options)
      : model_(model), lattice_(lattice), options_(options) {}

  std::vector<Way> run(State begin) {
    go_on(0, {{}, 0, begin});
    return std::move(ways_);
  }

 private:
  double say(State& state, WordId word) const {
    return model_.score(state, word) * kLn10 * options_.language_weight;
  }
  void go_on(std::size_t token, const Way& way) {
    if (token == lattice_.arcs.size()) {
      ways_.push_back(way);
      return;
    }
    for (std::size_t arc = 0; arc < lattice_.arcs[token].size(); ++arc) take(token, arc, way);
    if (token >= lattice_.may_break.size() || !lattice_.may_break[token]) return;
    Way anew = way;
    anew.score += say(anew.end, kEnd) - options_.break_cost;
    anew.end = {};
    for (std::size_t arc = 0; arc < lattice_.arcs[token].size(); ++arc) take(token, arc, anew);
  }
  void take(std::size_t token, std::size_t arc, Way way) {
    const Arc& taken = lattice_.arcs[token][arc];
    for (const WordId word : taken.words) {
      way.score += say(way.end, word);
      if (word == kUnknown) way.score -= options_.unknown_cost;
    }
    way.score -= double(taken.cost);
    way.path.emplace_back(token, arc);
    go_on(token + taken.span, way);
  }

  const LanguageModel& model_;
  const Lattice& lattice_;
  const SearchOptions& options_;
  std::vector<Way> ways_;
};

std::vector<std::vector<double>> posteriors_of(const Lattice& lattice,
                                               const std::vector<Way>& ways) {
  std::vector<std::vector<double>> sums;
  for (const std::vector<Arc>& arcs : lattice.arcs) sums.emplace_back(arcs.size(), 0);
  double total = 0;
  for (const Way& way : ways) {
    total += std::exp(way.score);
    for (const auto& [token, arc] : way.path) sums[token][arc] += std::exp(way.score);
  }
  for (std::vector<double>& row : sums)
    for (double& sum : row) sum /= total;
  return sums;
}

// Six words, half of all bigrams and trigrams.
LanguageModel random_model(std::mt19937& random) {
  const auto value = [&] { return -static_cast<float>(random() % 16) / 8; };
  NgramModel tables;
  tables.words = {"<unk>", "<s>", "</s>", "a", "b", "c"};
  for (WordId word = 0; word < 6; ++word)
    tables.unigrams.push_back({word == kBegin ? -99 : value(), word == kEnd ? 0 : value()});
  std::set<std::pair<WordId, WordId>> known;
  for (WordId first = 0; first < 6; ++first)
    for (WordId second = 0; second < 6; ++second) {
      if (first == kEnd || second == kBegin || random() % 2 == 0) continue;
      tables.bigrams.push_back({first, second, value(), value()});
      known.emplace(first, second);
    }
  for (const auto& [first, second] : known)
    for (WordId third = 0; third < 6; ++third)
      if (known.contains({second, third}) && random() % 2 == 0)
        tables.trigrams.push_back({first, second, third, value()});
  return model_of(tables);
}

Arc random_arc(std::mt19937& random, std::uint32_t longest, bool may_be_silent) {
  Arc arc;
  arc.span = 1 + (random() % 3 == 0 ? random() % longest : 0);
  const std::uint32_t least = may_be_silent ? 0 : 1;
  for (std::uint32_t n = least + random() % (3 - least); n > 0; --n)
    arc.words.push_back(std::vector<WordId>{kUnknown, kA, kB, kC}[random() % 4]);
  arc.cost = static_cast<float>(random() % 10'000) / 2'000 - 1;
  return arc;
}

Lattice random_lattice(std::mt19937& random) {
  Lattice lattice;
  lattice.arcs.resize(1 + random() % 5);
  lattice.may_break.resize(lattice.arcs.size());
  for (std::size_t token = 0; token < lattice.arcs.size(); ++token) {
    lattice.may_break[token] = random() % 3 == 0;
    const auto longest = static_cast<std::uint32_t>(lattice.arcs.size() - token);
    for (std::uint32_t n = 1 + random() % 3; n > 0; --n)
      lattice.arcs[token].push_back(random_arc(random, longest, !lattice.may_break[token]));
  }
  return lattice;
}

SearchOptions random_options(std::mt19937& random) {
  SearchOptions options = plain();
  options.language_weight = 0.25 * double(1 + random() % 6);
  options.unknown_cost = 0.5 * double(random() % 6);
  options.break_cost = 0.5 * double(random() % 6);
  return options;
}

State random_state(std::mt19937& random, const LanguageModel& model) {
  State state;
  for (std::uint32_t n = random() % 3; n > 0; --n) model.score(state, kA + random() % 3);
  return state;
}

const Way& best_of(const std::vector<Way>& ways) {
  return *std::max_element(ways.begin(), ways.end(),
                           [](const Way& a, const Way& b) { return a.score < b.score; });
}

// The likeliest way through these arcs, breaks or not. Null where they are no way through.
const Way* likeliest_along(const Path& path, const std::vector<Way>& ways) {
  const Way* best = nullptr;
  for (const Way& way : ways)
    if (way.path == path && (best == nullptr || way.score > best->score)) best = &way;
  return best;
}

TEST_CASE("a beam that drops nothing finds what trying all ways finds") {
  std::mt19937 random(3);
  for (int round = 0; round < 400; ++round) {
    const LanguageModel model = random_model(random);
    const Lattice lattice = random_lattice(random);
    const SearchOptions options = random_options(random);
    const State begin = random_state(random, model);
    CAPTURE(round);
    const std::vector<Way> ways = Enumeration(model, lattice, options).run(begin);
    const Search found = search(model, lattice, begin, options);

    const Way* chosen = likeliest_along(path_of(found), ways);
    REQUIRE(chosen != nullptr);
    REQUIRE(chosen->score == Approx(best_of(ways).score).margin(1e-4));
    REQUIRE(found.end == chosen->end);
    const std::vector<std::vector<double>> expected = posteriors_of(lattice, ways);
    REQUIRE(found.posterior.size() == expected.size());
    for (std::size_t token = 0; token < expected.size(); ++token) {
      REQUIRE(found.posterior[token].size() == expected[token].size());
      for (std::size_t arc = 0; arc < expected[token].size(); ++arc)
        REQUIRE(found.posterior[token][arc] == Approx(expected[token][arc]).margin(1e-4));
    }
  }
}

TEST_CASE("any beam finds a way through, and its posteriors read each token once") {
  std::mt19937 random(4);
  for (int round = 0; round < 400; ++round) {
    const LanguageModel model = random_model(random);
    const Lattice lattice = random_lattice(random);
    SearchOptions options = random_options(random);
    options.beam = 1 + static_cast<int>(random() % 3);
    options.beam_width = double(random() % 4);
    CAPTURE(round, options.beam, options.beam_width);
    const std::vector<Way> ways = Enumeration(model, lattice, options).run({});
    const Search found = search(model, lattice, {}, options);
    REQUIRE(likeliest_along(path_of(found), ways) != nullptr);

    std::vector<double> read(lattice.arcs.size(), 0);
    for (std::size_t token = 0; token < lattice.arcs.size(); ++token)
      for (std::size_t arc = 0; arc < lattice.arcs[token].size(); ++arc) {
        const float posterior = found.posterior[token][arc];
        REQUIRE(posterior >= 0);
        for (std::size_t at = token; at < token + lattice.arcs[token][arc].span; ++at)
          read[at] += double(posterior);
      }
    for (const double sum : read) REQUIRE(sum == Approx(1).margin(1e-4));
  }
}

}  // namespace
}  // namespace vanban::diacritics
