#include "diacritics/model/language_model.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "diacritics/text/error.h"
#include "tests/folder.h"

namespace vanban::diacritics {
namespace {

namespace fs = std::filesystem;
using tests::Folder;

using State = LanguageModel::State;

// ---- A slow model to compare with

// P(w | u v) = the trigram's, or back-off(u v) P(w | v); one order lower the same.
class Reference {
 public:
  explicit Reference(const NgramModel& model) : unigrams_(model.unigrams) {
    for (const Bigram& n : model.bigrams) bigrams_[{n.first, n.second}] = n;
    for (const Trigram& n : model.trigrams) trigrams_[{n.first, n.second, n.third}] = n.log10_prob;
  }
  double score(WordId v, WordId w) const {
    const auto found = bigrams_.find({v, w});
    if (found != bigrams_.end()) return found->second.log10_prob;
    return double(unigrams_[v].log10_backoff) + double(unigrams_[w].log10_prob);
  }
  double score(WordId u, WordId v, WordId w) const {
    const auto found = trigrams_.find({u, v, w});
    if (found != trigrams_.end()) return found->second;
    const auto context = bigrams_.find({u, v});
    return (context == bigrams_.end() ? 0 : double(context->second.log10_backoff)) + score(v, w);
  }
  // Whether the model says anything of the two words together as a context.
  bool is_context(WordId u, WordId v) const {
    const auto next = trigrams_.lower_bound({u, v, 0});
    const auto found = bigrams_.find({u, v});
    return (found != bigrams_.end() && found->second.log10_backoff != 0) ||
           (next != trigrams_.end() && std::get<0>(next->first) == u &&
            std::get<1>(next->first) == v);
  }

 private:
  std::vector<Unigram> unigrams_;
  std::map<std::pair<WordId, WordId>, Bigram> bigrams_;
  std::map<std::tuple<WordId, WordId, WordId>, float> trigrams_;
};

struct Shape {
  WordId words = 30;
  std::uint32_t bigrams_in_100 = 20, trigrams_in_100 = 20;
  // Log10 probabilities and back-off weights are evenly spread over so many values.
  std::uint32_t values = 64;
};

// Values lie between this and 0.
constexpr double kLeast = -6;

NgramModel random_model(const Shape& shape, std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto value = [&] {
    return static_cast<float>(kLeast * double(random() % shape.values) / shape.values);
  };
  NgramModel model;
  model.words = {"<unk>", "<s>", "</s>"};
  while (model.words.size() < shape.words)
    model.words.push_back("từ" + std::to_string(model.words.size()));
  for (WordId word = 0; word < shape.words; ++word) {
    model.unigrams.push_back({word == kBegin ? -99 : value(), word == kEnd ? 0 : value()});
    model.capital_share.push_back(static_cast<float>(word) / static_cast<float>(shape.words));
  }
  std::set<std::pair<WordId, WordId>> pairs;
  for (WordId first = 0; first < shape.words; ++first) {
    for (WordId second = 0; second < shape.words; ++second) {
      if (first == kEnd || second == kBegin || random() % 100 >= shape.bigrams_in_100) continue;
      model.bigrams.push_back({first, second, value(), random() % 2 == 0 ? 0 : value()});
      pairs.emplace(first, second);
    }
  }
  for (const Bigram& bigram : model.bigrams)
    for (WordId third = 0; third < shape.words; ++third)
      if (pairs.contains({bigram.second, third}) && random() % 100 < shape.trigrams_in_100)
        model.trigrams.push_back({bigram.first, bigram.second, third, value()});
  return model;
}

// Scores sentences of random words by both; the greatest difference.
double greatest_difference(const LanguageModel& model, const Reference& reference, int rounds) {
  std::mt19937 random(5);
  double greatest = 0;
  for (int round = 0; round < rounds; ++round) {
    State state;
    WordId u = kUnknown, v = kBegin;
    for (int i = 0; i < 12; ++i) {
      const auto w = random() % 8 == 0 ? model.id_of("no such word")
                                       : static_cast<WordId>(random() % model.word_count());
      const double expected = i == 0 ? reference.score(v, w) : reference.score(u, v, w);
      greatest = std::max(greatest, std::fabs(model.score(state, w) - expected));
      u = v;
      v = w;
    }
  }
  return greatest;
}

// ---- Files

// Why the bytes are no model, from both ways to load them; empty where they are one.
std::string refusal(const std::string& bytes, const Folder& folder) {
  std::string first, second;
  try {
    LanguageModel::from_bytes(bytes);
  } catch (const DataError& error) {
    first = error.what();
  }
  try {
    LanguageModel::open(folder.file("model", bytes));
  } catch (const DataError& error) {
    second = error.what();
  }
  CHECK(first == second);
  return first;
}

// ---- Scores

TEST_CASE("a sentence scores as the sum by hand") {
  NgramModel tables;
  tables.words = {"<unk>", "<s>", "</s>", "ủy", "ban", "xã"};
  tables.unigrams = {{-2, 0},      {-99, -0.5F},     {-1.5F, 0},
                     {-1, -0.25F}, {-1.25F, -0.75F}, {-1.75F, 0}};
  tables.bigrams = {{kBegin, 3, -0.5F, -0.125F}, {3, 4, -0.25F, -0.375F}, {4, kEnd, -1, 0}};
  tables.trigrams = {{kBegin, 3, 4, -0.0625F}};
  const LanguageModel model = LanguageModel::from_bytes(compact(tables));
  State state;
  CHECK(model.score(state, model.id_of("ủy")) == -0.5);      // <s> ủy
  CHECK(model.score(state, model.id_of("ban")) == -0.0625);  // <s> ủy ban
  // No "ban xã": back-off of "ủy ban", back-off of "ban", "xã".
  CHECK(model.score(state, model.id_of("xã")) == -0.375 - 0.75 - 1.75);
  // "ban xã" and "xã" are no contexts.
  CHECK(model.score(state, model.id_of("phường")) == -2);
  CHECK(model.score(state, kEnd) == -1.5);

  state = {};
  CHECK(model.score(state, model.id_of("ban")) == -0.5 - 1.25);
  CHECK(model.score(state, kEnd) == -1);  // ban </s>, for "<s> ban" is no bigram
}

TEST_CASE("where each value has a bin of its own, scores are those of the tables") {
  const Shape shape = GENERATE(values<Shape>({
      {30, 20, 20, 64},
      {30, 20, 20, 1},  // every value 0, back-off weights too
      {30, 20, 20, 2},
      {4, 100, 100, 50},
      {30, 0, 0, 64},
      {30, 30, 0, 64},
      {100, 5, 50, 64},
      {257, 2, 50, 64},
  }));
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    CAPTURE(shape.words, shape.bigrams_in_100, shape.trigrams_in_100, shape.values, seed);
    const NgramModel tables = random_model(shape, seed);
    const LanguageModel model = LanguageModel::from_bytes(compact(tables));
    CHECK(greatest_difference(model, Reference(tables), 300) < 1e-12);
  }
}

TEST_CASE("where values share bins, scores are those of the tables to half a bin each") {
  const NgramModel tables = random_model({60, 40, 30, 100'000}, 4);
  REQUIRE(tables.bigrams.size() > 1000);
  REQUIRE(tables.trigrams.size() > 8000);
  const LanguageModel model = LanguageModel::from_bytes(compact(tables));
  // Of values from -6 to 0 half a bin is 0.012 for bigrams, 0.024 for back-off, 0.047 for trigrams;
  // random values do not lie quite evenly, so twice that. No score adds up more than two quantised
  // values, of which none is a trigram's.
  const double difference = greatest_difference(model, Reference(tables), 2000);
  CHECK(difference < 0.1);
  CHECK(difference > 1e-6);
}

TEST_CASE("a vocabulary of three words, with and without n-grams, is a model") {
  NgramModel tables;
  tables.words = {"<unk>", "<s>", "</s>"};
  tables.unigrams = {{-0.5F, 0}, {-99, -0.25F}, {-0.75F, 0}};
  const LanguageModel bare = LanguageModel::from_bytes(compact(tables));
  State state;
  CHECK(bare.score(state, kEnd) == -1);
  tables.bigrams = {{kUnknown, kEnd, -1, 0}, {kBegin, kUnknown, -0.125F, -0.5F}};
  tables.trigrams = {{kBegin, kUnknown, kEnd, -0.375F}};
  const LanguageModel model = LanguageModel::from_bytes(compact(tables));
  CHECK(greatest_difference(model, Reference(tables), 100) < 1e-12);
}

TEST_CASE("a context whose back-off weight is exactly 0 keeps its trigrams") {
  NgramModel tables;
  tables.words = {"<unk>", "<s>", "</s>", "ủy", "ban"};
  tables.unigrams = {{-2, 0}, {-99, -0.5F}, {-1.5F, 0}, {-1, -0.25F}, {-1.25F, -0.75F}};
  tables.bigrams = {{kBegin, 3, -0.5F, 0}, {3, 4, -0.25F, -0.375F}};
  tables.trigrams = {{kBegin, 3, 4, -0.0625F}};
  const LanguageModel model = LanguageModel::from_bytes(compact(tables));
  State state;
  model.score(state, 3);
  CHECK(model.score(state, 4) == -0.0625);
  CHECK(greatest_difference(model, Reference(tables), 100) < 1e-12);
}

// ---- States

TEST_CASE("histories that the model cannot tell apart have equal states") {
  const NgramModel tables = random_model({}, 6);
  const Reference reference(tables);
  const LanguageModel model = LanguageModel::from_bytes(compact(tables));
  const auto count = static_cast<WordId>(model.word_count());
  for (WordId u = 0; u < count; ++u) {
    for (WordId v = 0; v < count; ++v) {
      CAPTURE(u, v);
      State state{u, State::kNone};
      model.score(state, v);
      REQUIRE(state.word == v);
      REQUIRE((state == State{v, State::kNone}) == !reference.is_context(u, v));
      // What came before u does not matter.
      State longer;
      model.score(longer, u);
      model.score(longer, v);
      REQUIRE(longer == state);
    }
  }
}

TEST_CASE("equal states give equal scores ever after") {
  const LanguageModel model = LanguageModel::from_bytes(compact(random_model({}, 7)));
  const auto count = static_cast<WordId>(model.word_count());
  std::mt19937 random(8);
  std::map<std::pair<WordId, std::uint32_t>, std::vector<double>> scores_of;
  State state;
  for (int round = 0; round < 3000; ++round) {
    std::vector<double> scores;
    for (WordId word = 0; word < count; ++word) {
      State next = state;
      scores.push_back(model.score(next, word));
    }
    const auto [known, added] = scores_of.emplace(std::pair(state.word, state.bigram), scores);
    REQUIRE(known->second == scores);
    model.score(state, static_cast<WordId>(random() % count));
  }
}

// ---- What else it knows

TEST_CASE("words have their numbers, probabilities and capitals") {
  const NgramModel tables = random_model({}, 9);
  const LanguageModel model = LanguageModel::from_bytes(compact(tables));
  REQUIRE(model.word_count() == tables.words.size());
  for (WordId id = 0; id < model.word_count(); ++id) {
    CAPTURE(id);
    CHECK(model.word(id) == tables.words[id]);
    CHECK(model.id_of(tables.words[id]) == id);
    CHECK(model.log10_unigram(id) == double(tables.unigrams[id].log10_prob));
    CHECK(model.capital_share(id) == Approx(tables.capital_share[id]).margin(0.002));
  }
  CHECK(model.id_of("") == kUnknown);
  CHECK(model.id_of("từ") == kUnknown);
}

TEST_CASE("capitals that are not known count as none") {
  NgramModel tables = random_model({}, 9);
  tables.capital_share.clear();
  const LanguageModel model = LanguageModel::from_bytes(compact(tables));
  for (WordId id = 0; id < model.word_count(); ++id) CHECK(model.capital_share(id) == 0);
}

TEST_CASE("the content's hash tells models apart") {
  const std::string bytes = compact(random_model({}, 1));
  const std::string hash = LanguageModel::from_bytes(bytes).content_hash();
  CHECK(hash.size() == 16);
  CHECK(hash.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(compact(random_model({}, 1)) == bytes);
  CHECK(LanguageModel::from_bytes(compact(random_model({}, 2))).content_hash() != hash);
}

TEST_CASE("a model that is moved still works") {
  const NgramModel tables = random_model({}, 1);
  LanguageModel first = LanguageModel::from_bytes(compact(tables));
  LanguageModel second = LanguageModel::from_bytes(compact(random_model({}, 2)));
  second = std::move(first);
  const LanguageModel third = std::move(second);
  CHECK(greatest_difference(third, Reference(tables), 100) < 1e-12);
}

TEST_CASE("trigrams without their bigrams, or out of order, make no model") {
  NgramModel tables = random_model({}, 1);
  SECTION("no context") {
    const Trigram gone = tables.trigrams.front();
    std::erase_if(tables.bigrams, [&](const Bigram& n) {
      return n.first == gone.first && n.second == gone.second;
    });
  }
  SECTION("no suffix") {
    const Trigram gone = tables.trigrams.back();
    std::erase_if(tables.bigrams, [&](const Bigram& n) {
      return n.first == gone.second && n.second == gone.third;
    });
  }
  SECTION("out of order") { std::reverse(tables.trigrams.begin(), tables.trigrams.end()); }
  CHECK_THROWS_AS(compact(tables), DataError);
}

// ---- Files

TEST_CASE("a model from a file scores as one from memory") {
  const Folder folder;
  const NgramModel tables = random_model({}, 1);
  const LanguageModel model = LanguageModel::open(folder.file("model", compact(tables)));
  CHECK(greatest_difference(model, Reference(tables), 300) < 1e-12);
  CHECK(model.content_hash() == LanguageModel::from_bytes(compact(tables)).content_hash());
  // The file may go while the model is used.
  fs::remove(folder / "model");
  CHECK(greatest_difference(model, Reference(tables), 300) < 1e-12);
}

TEST_CASE("no byte of a model can change unseen") {
  const Folder folder;
  const std::string bytes = compact(random_model({8, 40, 40, 100}, 1));
  REQUIRE(refusal(bytes, folder).empty());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (const int flipped : {1, 0x80, 0xFF}) {
      CAPTURE(at, flipped);
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ flipped);
      REQUIRE_THROWS_AS(LanguageModel::from_bytes(damaged), DataError);
    }
  }
}

TEST_CASE("a model that is cut, or has more after it, is refused") {
  const Folder folder;
  const std::string bytes = compact(random_model({8, 40, 40, 100}, 1));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    CAPTURE(length);
    REQUIRE_THROWS_AS(LanguageModel::from_bytes(bytes.substr(0, length)), DataError);
  }
  for (const std::size_t length :
       {std::size_t{0}, std::size_t{7}, std::size_t{100}, bytes.size() / 2, bytes.size() - 1}) {
    CAPTURE(length);
    CHECK_THAT(refusal(bytes.substr(0, length), folder), Catch::Contains("tools/build_model"));
  }
  CHECK_THAT(refusal(bytes + '\0', folder), Catch::Contains("cut or too long"));
  CHECK_THAT(refusal(bytes + bytes, folder), Catch::Contains("cut or too long"));
}

TEST_CASE("what is another file, or of another version, is told so") {
  const Folder folder;
  std::string bytes = compact(random_model({8, 40, 40, 100}, 1));
  SECTION("another file") {
    bytes.replace(0, 8, "%PDF-1.7");
    CHECK_THAT(refusal(bytes, folder), Catch::Contains("not a language model of vanban"));
  }
  SECTION("another version") {
    // After the eight letters that every version begins with.
    const std::uint32_t other = 4711;
    std::memcpy(bytes.data() + 8, &other, sizeof other);
    CHECK_THAT(refusal(bytes, folder),
               Catch::Contains("format version 4711, this program reads version " +
                               std::to_string(LanguageModel::kFormatVersion)) &&
                   Catch::Contains("tools/build_model"));
  }
}

TEST_CASE("a file that cannot be read is named") {
  const Folder folder;
  const fs::path missing = folder / "không có";
  CHECK_THROWS_WITH(LanguageModel::open(missing), Catch::Contains(missing.string()));
  CHECK_THROWS_AS(LanguageModel::open(missing), DataError);
  CHECK_THROWS_AS(LanguageModel::open(folder / ""), DataError);
  CHECK_THROWS_AS(LanguageModel::open(""), DataError);
}

}  // namespace
}  // namespace vanban::diacritics
