#include "diacritics/model/model_builder.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/model/language_model.h"
#include "diacritics/text/error.h"

namespace vanban::diacritics {
namespace {

using Words = std::vector<std::string>;

struct Line {
  Words words;
  std::uint32_t weight = 1;
};
using Text = std::vector<Line>;

Words with_word(Words words, const std::string& word) {
  words.push_back(word);
  return words;
}
// All but the last; all but the first.
Words context_of(const Words& words) { return {words.begin(), words.end() - 1}; }
Words suffix_of(const Words& words) { return {words.begin() + 1, words.end()}; }

// ---- A slow builder to compare with

// Interpolated modified Kneser-Ney straight from Chen and Goodman, "An Empirical Study of Smoothing
// Techniques for Language Modeling" (1998), section 4: equations (21) to (26) in counts by maps of
// words.
class Reference {
 public:
  explicit Reference(const Text& text) {
    std::map<Words, double> raw3, raw_starts, starts;
    for (const Line& line : text) {
      Words sentence{"<s>"};
      sentence.insert(sentence.end(), line.words.begin(), line.words.end());
      sentence.push_back("</s>");
      for (const std::string& word : sentence)
        if (word != "<s>") vocabulary_.insert(word);
      for (std::size_t i = 0; i + 2 < sentence.size(); ++i) {
        const Words ngram(sentence.begin() + std::ptrdiff_t(i),
                          sentence.begin() + std::ptrdiff_t(i) + 3);
        counts_[3][ngram] += line.weight;
        raw3[ngram] += 1;
      }
      starts[{"<s>", line.words.front()}] += line.weight;
      raw_starts[{"<s>", line.words.front()}] += 1;
    }
    vocabulary_.insert("<unk>");
    // Below the highest order: how many words stand before; what begins a sentence has its count.
    for (const auto& [ngram, count] : counts_[3]) counts_[2][suffix_of(ngram)] += 1;
    std::map<Words, double> raw2 = counts_[2];
    counts_[2].insert(starts.begin(), starts.end());
    raw2.insert(raw_starts.begin(), raw_starts.end());
    for (const auto& [ngram, count] : counts_[2]) counts_[1][suffix_of(ngram)] += 1;
    set_discounts(1, counts_[1]);
    set_discounts(2, raw2);
    set_discounts(3, raw3);
    for (std::size_t order = 1; order <= 3; ++order) {
      for (const auto& [ngram, count] : counts_[order]) {
        total_[context_of(ngram)] += count;
        freed_[context_of(ngram)] += discount(order, count);
      }
    }
  }

  // P(last word | the words before).
  double prob(const Words& ngram) const {
    if (ngram.empty()) return 1 / double(vocabulary_.size());
    const Words context = context_of(ngram);
    const double lower = prob(suffix_of(ngram));
    if (!total_.contains(context)) return lower;
    const auto found = counts_[ngram.size()].find(ngram);
    const double count = found == counts_[ngram.size()].end() ? 0 : found->second;
    const double own = std::max(count - discount(ngram.size(), count), 0.0);
    return own / total_.at(context) + freed_.at(context) / total_.at(context) * lower;
  }
  // With all n-grams of an order that the text has.
  const std::map<Words, double>& counts(std::size_t order) const { return counts_[order]; }
  // What can be predicted: without <s>.
  const std::set<std::string>& vocabulary() const { return vocabulary_; }

 private:
  void set_discounts(std::size_t order, const std::map<Words, double>& counts) {
    std::array<double, 5> n{};  // how many n-grams have the count
    for (const auto& [ngram, count] : counts)
      if (count <= 4) ++n.at(static_cast<std::size_t>(count));
    const double y = n[1] / (n[1] + 2 * n[2]);
    discounts_[order][1] = std::clamp(1 - 2 * y * n[2] / n[1], 0.0, 1.0);
    discounts_[order][2] = std::clamp(2 - 3 * y * n[3] / n[2], 0.0, 2.0);
    discounts_[order][3] = std::clamp(3 - 4 * y * n[4] / n[3], 0.0, 3.0);
  }
  double discount(std::size_t order, double count) const {
    return discounts_[order][static_cast<std::size_t>(std::min(count, 3.0))];
  }

  std::array<std::map<Words, double>, 4> counts_;
  std::array<std::array<double, 4>, 4> discounts_{};
  std::map<Words, double> total_, freed_;
  std::set<std::string> vocabulary_;
};

// ---- Texts

// Syllables, a foreign word, marks that the model counts; frequent ones first. Each word likes some
// others after it, so that trigrams are met again. Then words that follow one to four others,
// without which there are no discounts.
Text random_text(std::uint32_t seed, std::size_t lines) {
  const Words words{"ủy",  "ban", "nhân",  "dân",  "tỉnh", ",",    "xã",   "0",   "báo",  "cáo",
                    "kế",  "an",  "hoạch", "số",   "về",   "việc", "thực", "của", "hiện", "covid",
                    "các", "và",  "được",  "ngày", "năm",  "(",    ")",    "đã",  "kính", "gửi"};
  const Words rare{"đất", "đá", "sông", "suối", "núi", "rừng", "biển", "hồ"};
  std::mt19937 random(seed);
  // Low numbers are more frequent.
  const auto low = [&](std::size_t end) { return std::min(random() % end, random() % end); };
  Text text(lines);
  for (Line& line : text) {
    std::size_t word = low(words.size());
    for (std::size_t left = 1 + low(12); left > 0; --left) {
      line.words.push_back(words[word]);
      word = random() % 3 == 0 ? low(words.size()) : (word * 7 + low(4)) % words.size();
    }
  }
  for (std::size_t i = 0; i < rare.size(); ++i)
    for (std::size_t before = 0; before <= i / 2; ++before)
      text.insert(text.end(), 2, {{words[before], rare[i]}, 1});
  return text;
}

std::string joined(const Words& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

BuildOptions keep_all_words() {
  BuildOptions options;
  options.min_count_syllable = options.min_count_other = 1;
  return options;
}

NgramModel build(const Text& text, const BuildOptions& options = keep_all_words()) {
  ModelBuilder builder(options);
  for (const Line& line : text) builder.add_line(joined(line.words), line.weight);
  return builder.build();
}

// ---- A model's tables by their words

class Tables {
 public:
  explicit Tables(const NgramModel& model) : words_(model.words) {
    for (WordId word = 0; word < words_.size(); ++word) {
      prob_[{words_[word]}] = std::pow(10.0, model.unigrams[word].log10_prob);
      backoff_[{words_[word]}] = std::pow(10.0, model.unigrams[word].log10_backoff);
    }
    for (const Bigram& n : model.bigrams) {
      prob_[{words_[n.first], words_[n.second]}] = std::pow(10.0, n.log10_prob);
      backoff_[{words_[n.first], words_[n.second]}] = std::pow(10.0, n.log10_backoff);
    }
    for (const Trigram& n : model.trigrams)
      prob_[{words_[n.first], words_[n.second], words_[n.third]}] = std::pow(10.0, n.log10_prob);
  }
  // P(last word | the words before), backing off.
  double prob(const Words& ngram) const {
    const auto found = prob_.find(ngram);
    if (found != prob_.end()) return found->second;
    const auto backoff = backoff_.find(context_of(ngram));
    return (backoff == backoff_.end() ? 1 : backoff->second) * prob(suffix_of(ngram));
  }
  bool has(const Words& ngram) const { return prob_.contains(ngram); }
  const std::map<Words, double>& stored() const { return prob_; }

 private:
  Words words_;
  std::map<Words, double> prob_, backoff_;
};

// The greatest distance from 1 of the sum over all words, of all contexts of two words and one.
double greatest_sum_error(const NgramModel& model) {
  const Tables tables(model);
  Words predicted = model.words;
  std::erase(predicted, "<s>");
  std::vector<Words> contexts{{}};
  for (const std::string& second : model.words) {
    contexts.push_back({second});
    for (const std::string& first : model.words) contexts.push_back({first, second});
  }
  double greatest = 0;
  for (const Words& context : contexts) {
    double sum = 0;
    for (const std::string& word : predicted) sum += tables.prob(with_word(context, word));
    greatest = std::max(greatest, std::fabs(sum - 1));
  }
  return greatest;
}

// Every trigram's first and last two words are a bigram.
void check_closed(const NgramModel& model) {
  const Tables tables(model);
  for (const Trigram& n : model.trigrams) {
    const std::string &first = model.words[n.first], &second = model.words[n.second],
                      &third = model.words[n.third];
    CAPTURE(first, second, third);
    REQUIRE(tables.has({first, second}));
    REQUIRE(tables.has({second, third}));
  }
}

// ---- Probabilities

void check_against_reference(const Text& text, const NgramModel& model) {
  const Reference reference(text);
  const Tables tables(model);
  REQUIRE(reference.vocabulary().size() + 1 == model.words.size());
  CHECK(model.bigrams.size() == reference.counts(2).size());
  CHECK(model.trigrams.size() == reference.counts(3).size());
  for (const auto& [ngram, prob] : tables.stored()) {
    if (ngram == Words{"<s>"}) continue;
    CAPTURE(ngram);
    REQUIRE(prob == Approx(reference.prob(ngram)).epsilon(1e-6));
  }
  // What is not stored comes from lower orders, by the back-off weights. These are never 0, as they
  // are by the formulas after a context whose n-grams have no discount.
  for (const std::string& first : model.words) {
    for (const std::string& second : model.words) {
      for (const std::string& third : reference.vocabulary()) {
        CAPTURE(first, second, third);
        REQUIRE(tables.prob({first, second, third}) ==
                Approx(reference.prob({first, second, third})).epsilon(1e-4).margin(1e-7));
      }
    }
  }
}

TEST_CASE("probabilities are those of interpolated modified Kneser-Ney") {
  const std::uint32_t seed = GENERATE(1, 2, 3);
  CAPTURE(seed);
  const Text text = random_text(seed, 300);
  check_against_reference(text, build(text));
}

TEST_CASE("weights count lines several times, but discounts come from single lines") {
  Text text = random_text(4, 300);
  for (std::size_t i = 0; i < text.size(); ++i)
    text[i].weight = static_cast<std::uint32_t>(1 + i % 4);
  check_against_reference(text, build(text));
}

TEST_CASE("a line of weight 3 is as three lines, but for the discounts") {
  const Text text = random_text(5, 300);
  Text weighted = text, repeated = text;
  for (std::size_t i = 0; i < 40; ++i) {
    weighted[i].weight = 3;
    for (int copy = 0; copy < 2; ++copy) repeated.push_back(text[i]);
  }
  const NgramModel one = build(weighted), other = build(repeated);
  // Counts rule which words there are and in which order; which n-grams, the text.
  CHECK(one.words == other.words);
  CHECK(one.capital_share == other.capital_share);
  REQUIRE(one.bigrams.size() == other.bigrams.size());
  REQUIRE(one.trigrams.size() == other.trigrams.size());
  // Words are counted by the bigrams they close, so weights do not reach them.
  CHECK(one.words.size() == one.unigrams.size());
  for (std::size_t word = 0; word < one.unigrams.size(); ++word)
    CHECK(one.unigrams[word].log10_prob == other.unigrams[word].log10_prob);
}

TEST_CASE("all weights alike change no order of words, and minimum counts go by weight") {
  Text text = random_text(6, 300);
  text.push_back({{"nghị", "quyết"}, 1});
  text.push_back({{"pandemic"}, 1});
  BuildOptions options;
  options.min_count_syllable = 2;
  options.min_count_other = 3;
  const auto knows = [&](const std::string& word) {
    const NgramModel model = build(text, options);
    return std::find(model.words.begin(), model.words.end(), word) != model.words.end();
  };
  CHECK_FALSE(knows("nghị"));
  CHECK_FALSE(knows("pandemic"));
  for (Line& line : text) line.weight = 2;
  CHECK(knows("nghị"));
  CHECK_FALSE(knows("pandemic"));
  for (Line& line : text) line.weight = 3;
  CHECK(knows("pandemic"));
}

TEST_CASE("rare words are <unk>, and marks never") {
  Text text = random_text(7, 300);
  text.push_back({{"nghị", "!", "quyết"}, 1});
  BuildOptions options;
  options.min_count_syllable = options.min_count_other = 2;
  const NgramModel model = build(text, options);
  for (Line& line : text)
    for (std::string& word : line.words)
      if (word == "nghị" || word == "quyết") word = "<unk>";
  CHECK(std::count(model.words.begin(), model.words.end(), "!") == 1);
  CHECK(std::count(model.words.begin(), model.words.end(), "nghị") == 0);
  check_against_reference(text, model);
}

TEST_CASE("words stand by falling count, ties in byte order, after the three that always are") {
  Text text = random_text(8, 300);
  text.push_back({{"ý", "ghi"}, 1});
  const NgramModel model = build(text);
  std::map<std::string, std::uint64_t> counts;
  for (const Line& line : text)
    for (const std::string& word : line.words) counts[word] += line.weight;
  REQUIRE(model.words.size() == counts.size() + 3);
  CHECK(Words(model.words.begin(), model.words.begin() + 3) == Words{"<unk>", "<s>", "</s>"});
  for (std::size_t i = 4; i < model.words.size(); ++i) {
    const std::string &before = model.words[i - 1], &word = model.words[i];
    CAPTURE(before, word);
    CHECK((counts[before] > counts[word] || (counts[before] == counts[word] && before < word)));
  }
}

TEST_CASE("tables are sorted, each n-gram once, and <s> is never predicted") {
  const NgramModel model = build(random_text(9, 300));
  CHECK(std::is_sorted(model.bigrams.begin(), model.bigrams.end(), [](auto& a, auto& b) {
    return std::pair(a.first, a.second) <= std::pair(b.first, b.second);
  }));
  CHECK(std::is_sorted(model.trigrams.begin(), model.trigrams.end(), [](auto& a, auto& b) {
    return std::tuple(a.first, a.second, a.third) <= std::tuple(b.first, b.second, b.third);
  }));
  CHECK(model.unigrams[kBegin].log10_prob == -99);
  for (const Bigram& n : model.bigrams) REQUIRE(n.second != kBegin);
  for (const Trigram& n : model.trigrams) REQUIRE((n.second != kBegin && n.third != kBegin));
  check_closed(model);
}

TEST_CASE("capitals count inside sentences, and rare words say little") {
  Text text = random_text(10, 300);
  const auto add = [&](const std::string& line, int times) {
    for (int i = 0; i < times; ++i) text.push_back({{line}, 1});
  };
  add("Vinh", 5);  // begins the sentence: not counted
  add("ở Vinh", 6);
  add("ở vinh", 2);
  add("ở . Vinh", 7);  // and so after a full stop
  add("Ở", 4);
  const NgramModel model = build(text);
  const auto share_of = [&](const std::string& word) {
    const auto at = std::find(model.words.begin(), model.words.end(), word);
    REQUIRE(at != model.words.end());
    return model.capital_share[static_cast<std::size_t>(at - model.words.begin())];
  };
  CHECK(share_of("vinh") == Approx(6.0 / (6 + 2 + 2)));
  CHECK(share_of("ở") == 0);
  CHECK(model.capital_share.size() == model.words.size());
}

// ---- Sums

TEST_CASE("after every context probabilities sum to 1, pruned or not") {
  const double bigrams = GENERATE(0.0, 0.5, 2.0, 1e9), trigrams = GENERATE(0.0, 0.5, 2.0, 1e9);
  CAPTURE(bigrams, trigrams);
  BuildOptions options = keep_all_words();
  options.prune_bigrams = bigrams;
  options.prune_trigrams = trigrams;
  Text text = random_text(11, 200);
  for (std::size_t i = 0; i < text.size(); ++i) text[i].weight = 1 + i % 3 / 2;
  CHECK(greatest_sum_error(build(text, options)) < 2e-5);
}

// Text of so few words that after some contexts nothing is left for others.
Text dense_text(std::uint32_t seed) {
  const Words words{"ba", "ca", "da", "wa", "za", "ja", "fa", "sha", "pha"};
  std::mt19937 random(seed);
  Text text(8 + seed % 50);
  for (Line& line : text)
    for (std::size_t left = 1 + random() % 4; left > 0; --left)
      line.words.push_back(words[random() % 4 == 0 ? random() % words.size() : random() % 2]);
  return text;
}

// What is met once is <unk>.
Text without_single_words(Text text) {
  std::map<std::string, int> counts;
  for (const Line& line : text)
    for (const std::string& word : line.words) ++counts[word];
  for (Line& line : text)
    for (std::string& word : line.words)
      if (counts[word] == 1) word = "<unk>";
  return text;
}

// Contexts of two words, with trigrams, whose back-off weight is exactly 1.
std::size_t contexts_without_backoff(const NgramModel& model) {
  std::set<std::pair<WordId, WordId>> contexts;
  for (const Trigram& n : model.trigrams) contexts.emplace(n.first, n.second);
  std::size_t count = 0;
  for (const Bigram& n : model.bigrams)
    if (n.log10_backoff == 0 && contexts.contains({n.first, n.second})) ++count;
  return count;
}

TEST_CASE(
    "where nothing is left to back off to, sums and the compact form are right all the same") {
  BuildOptions options;
  options.min_count_syllable = options.min_count_other = 2;
  std::size_t met = 0;
  for (std::uint32_t seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    const Text text = dense_text(seed);
    NgramModel model;
    try {
      model = build(text, options);
    } catch (const DataError&) {
      continue;  // too little text
    }
    met += contexts_without_backoff(model);
    REQUIRE(greatest_sum_error(model) < 1e-5);
    if (model.trigrams.size() > 64) continue;  // then some share a bin
    const Reference reference(without_single_words(text));
    const LanguageModel compacted = LanguageModel::from_bytes(compact(model));
    for (const Trigram& n : model.trigrams) {
      LanguageModel::State state{n.first, LanguageModel::State::kNone};
      compacted.score(state, n.second);
      const Words words{model.words[n.first], model.words[n.second], model.words[n.third]};
      CAPTURE(words);
      REQUIRE(std::pow(10.0, compacted.score(state, n.third)) ==
              Approx(reference.prob(words)).epsilon(1e-5));
    }
  }
  // Else the test shows nothing.
  CHECK(met > 0);
}

// ---- Pruning

TEST_CASE("pruning takes n-grams out, the more the higher, and changes none that stay") {
  const Text text = random_text(12, 300);
  const Tables whole(build(text));
  std::size_t bigrams = 1'000'000, trigrams = 1'000'000;
  for (const double threshold : {0.0, 0.2, 0.5, 1.0, 2.0, 5.0, 1e9}) {
    CAPTURE(threshold);
    BuildOptions options = keep_all_words();
    options.prune_bigrams = options.prune_trigrams = threshold;
    const NgramModel model = build(text, options);
    CHECK(model.bigrams.size() <= bigrams);
    CHECK(model.trigrams.size() <= trigrams);
    if (threshold >= 1) {
      CHECK(model.bigrams.size() < bigrams);
      CHECK(model.trigrams.size() < trigrams);
    }
    bigrams = model.bigrams.size();
    trigrams = model.trigrams.size();
    check_closed(model);
    const Tables tables(model);
    for (const auto& [ngram, prob] : tables.stored()) {
      CAPTURE(ngram);
      REQUIRE(whole.has(ngram));
      REQUIRE(prob == whole.prob(ngram));
    }
  }
  CHECK(bigrams == 0);
  CHECK(trigrams == 0);
}

TEST_CASE("bigrams that trigrams need stay, however little they say") {
  BuildOptions options = keep_all_words();
  options.prune_bigrams = 1e9;
  const Text text = random_text(13, 300);
  const NgramModel model = build(text, options);
  CHECK(model.trigrams.size() == build(text).trigrams.size());
  check_closed(model);
}

TEST_CASE("a trigram goes when the text loses less by it than the threshold") {
  const Text text = random_text(14, 300);
  const Reference reference(text);
  const double threshold = 1.5;
  BuildOptions options = keep_all_words();
  options.prune_trigrams = threshold;
  const Tables tables(build(text, options));
  for (const auto& [ngram, count] : reference.counts(3)) {
    // Without its own count, it would have what the bigram leaves it; a word that never follows
    // shows the share.
    const Words context = context_of(ngram);
    const double share =
        reference.prob(with_word(context, "<unk>")) / reference.prob({ngram[1], "<unk>"});
    const double loss =
        count * std::log10(reference.prob(ngram) / (share * reference.prob(suffix_of(ngram))));
    CAPTURE(ngram, loss);
    if (std::fabs(loss - threshold) > 1e-9) REQUIRE(tables.has(ngram) == (loss > threshold));
  }
}

// ---- Faults and sameness

TEST_CASE("too little text is refused") {
  for (const Text& text : {Text{}, Text{{{""}, 1}}, Text{{{"“", "”"}, 1}}, Text{{{"ủy", "ban"}, 1}},
                           Text(50, Line{{"ủy", "ban", "nhân", "dân"}, 1}),
                           // Many lines by weight only.
                           Text{{{"ủy", "ban", "ban"}, 1000}}})
    CHECK_THROWS_AS(build(text), DataError);
  CHECK_THROWS_WITH(build({}), Catch::Contains("too little text"));
}

TEST_CASE("empty lines and marks that the model looks through change nothing") {
  const Text text = random_text(15, 200);
  Text more{{{""}, 1}, {{" \t"}, 3}, {{"“”"}, 1}};
  for (const Line& line : text) {
    more.push_back({{"“"}, 1});
    for (const std::string& word : line.words) more.back().words.push_back(word + "”");
    more.push_back({{""}, 7});
  }
  CHECK((compact(build(more)) == compact(build(text))));
}

TEST_CASE("the same text gives the same bytes, in whatever order its lines come") {
  Text text = random_text(16, 300);
  for (std::size_t i = 0; i < text.size(); ++i)
    text[i].weight = static_cast<std::uint32_t>(1 + i % 3);
  BuildOptions options = keep_all_words();
  options.prune_bigrams = options.prune_trigrams = 0.5;
  const std::string bytes = compact(build(text, options));
  CHECK((compact(build(text, options)) == bytes));
  std::mt19937 random(17);
  std::shuffle(text.begin(), text.end(), random);
  CHECK((compact(build(text, options)) == bytes));
}

}  // namespace
}  // namespace vanban::diacritics
