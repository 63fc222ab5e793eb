#include "diacritics/model/model_builder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <span>
#include <unordered_map>

#include "diacritics/text/error.h"
#include "diacritics/text/syllable_shape.h"
#include "diacritics/text/text.h"
#include "diacritics/text/tokens.h"

namespace vanban::diacritics {
namespace {

// n-grams as sortable integers. 21 bits a word: two million words.
constexpr int kIdBits = 21;
constexpr std::uint64_t kIdMask = (std::uint64_t{1} << kIdBits) - 1;

std::uint64_t key_of(WordId first, WordId second, WordId third = 0) {
  return std::uint64_t{first} << 2 * kIdBits | std::uint64_t{second} << kIdBits | third;
}
WordId first_of(std::uint64_t key) { return static_cast<WordId>(key >> 2 * kIdBits); }
WordId second_of(std::uint64_t key) { return static_cast<WordId>(key >> kIdBits & kIdMask); }
WordId third_of(std::uint64_t key) { return static_cast<WordId>(key & kIdMask); }

struct Counted {
  std::uint64_t key = 0;
  std::uint64_t weighted = 0;  // each occurrence as often as its text counts
  std::uint64_t adjusted = 0;  // what Kneser-Ney estimates from
  std::uint64_t raw = 0;       // the same without weights, for the discounts
};

// Entries of equal key added up; sorted by key.
void add_up(std::vector<Counted>& counts) {
  std::sort(counts.begin(), counts.end(),
            [](const Counted& a, const Counted& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (kept > 0 && counts[kept - 1].key == counts[i].key) {
      counts[kept - 1].weighted += counts[i].weighted;
      counts[kept - 1].adjusted += counts[i].adjusted;
      counts[kept - 1].raw += counts[i].raw;
    } else {
      counts[kept++] = counts[i];
    }
  }
  counts.resize(kept);
}

// D1, D2 and D3+ of equation (26) in Chen and Goodman, from how many n-grams have the counts 1
// to 4.
class Discounts {
 public:
  Discounts(const std::vector<Counted>& counts, const char* order) {
    std::array<double, 5> with_count{};
    for (const Counted& counted : counts)
      if (counted.raw <= 4) ++with_count[counted.raw];
    for (std::size_t n = 1; n <= 4; ++n)
      if (with_count[n] == 0)
        throw DataError(std::string("too little text to estimate the discounts of ") + order);
    const double y = with_count[1] / (with_count[1] + 2 * with_count[2]);
    for (std::size_t n = 1; n <= 3; ++n) {
      const double discount = double(n) - double(n + 1) * y * with_count[n + 1] / with_count[n];
      discount_[n] = std::clamp(discount, 0.0, double(n));
    }
  }
  double of(std::uint64_t count) const { return discount_[std::min<std::uint64_t>(count, 3)]; }

 private:
  std::array<double, 4> discount_{};
};

// The children of one context: its n-grams, side by side.
template <typename Visit>
void for_each_context(std::span<const Counted> counts, int context_bits, Visit visit) {
  for (std::size_t begin = 0; begin < counts.size();) {
    std::size_t end = begin;
    while (end < counts.size() &&
           counts[end].key >> context_bits == counts[begin].key >> context_bits)
      ++end;
    visit(begin, end);
    begin = end;
  }
}

// Bigrams found by their words.
class BigramIndex {
 public:
  BigramIndex(const std::vector<Bigram>& bigrams, std::size_t word_count)
      : bigrams_(bigrams), begin_(word_count + 1) {
    for (const Bigram& bigram : bigrams) ++begin_[bigram.first + 1];
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  }
  // Throws std::out_of_range when there is none: every trigram's parts are bigrams.
  std::size_t at(WordId first, WordId second) const {
    const auto from = bigrams_.begin() + static_cast<std::ptrdiff_t>(begin_[first]);
    const auto to = bigrams_.begin() + static_cast<std::ptrdiff_t>(begin_[first + 1]);
    const auto found = std::lower_bound(
        from, to, second, [](const Bigram& bigram, WordId word) { return bigram.second < word; });
    if (found == to || found->second != second) throw std::out_of_range("no such bigram");
    return static_cast<std::size_t>(found - bigrams_.begin());
  }

 private:
  const std::vector<Bigram>& bigrams_;
  std::vector<std::size_t> begin_;
};

float log10_float(double value) { return static_cast<float>(std::log10(value)); }

// ---- Counts of the lower orders

// Below the highest order an n-gram counts once for every word met before it; at the beginning of a
// sentence, where nothing is, as often as it occurs.
std::vector<Counted> count_bigrams(const std::vector<Counted>& trigrams,
                                   const std::vector<Counted>& sentence_starts) {
  std::vector<Counted> bigrams;
  bigrams.reserve(trigrams.size());
  for (const Counted& trigram : trigrams)
    bigrams.push_back(
        {trigram.key & ((std::uint64_t{1} << 2 * kIdBits) - 1), trigram.weighted, 1, 1});
  bigrams.insert(bigrams.end(), sentence_starts.begin(), sentence_starts.end());
  add_up(bigrams);
  return bigrams;
}

std::vector<Counted> count_unigrams(const std::vector<Counted>& bigrams) {
  std::vector<Counted> unigrams;
  for (const Counted& bigram : bigrams)
    unigrams.push_back({bigram.key & kIdMask, bigram.weighted, 1, 1});
  add_up(unigrams);
  return unigrams;
}

// ---- Probabilities, each order interpolated with the one below

// What the n-grams of one context count, and what the discounts free of that for the order below.
struct Mass {
  double total = 0, freed = 0;
};

Mass mass_of(std::span<const Counted> counts, const Discounts& discounts) {
  Mass mass;
  for (const Counted& counted : counts) {
    mass.total += double(counted.adjusted);
    mass.freed += discounts.of(counted.adjusted);
  }
  return mass;
}

double discounted(const Counted& counted, const Discounts& discounts) {
  return double(counted.adjusted) - discounts.of(counted.adjusted);
}

// By word.
std::vector<double> unigram_probabilities(const std::vector<Counted>& unigrams,
                                          const Discounts& discounts, std::size_t word_count) {
  const Mass mass = mass_of(unigrams, discounts);
  const double uniform = mass.freed / mass.total / double(word_count - 1);
  std::vector<double> out(word_count, uniform);
  out[kBegin] = 0;  // never predicted
  for (const Counted& word : unigrams) out[word.key] += discounted(word, discounts) / mass.total;
  return out;
}

// In the order of the bigrams.
std::vector<double> bigram_probabilities(std::span<const Counted> bigrams,
                                         const Discounts& discounts,
                                         const std::vector<double>& unigram_prob) {
  std::vector<double> out(bigrams.size());
  for_each_context(bigrams, kIdBits, [&](std::size_t begin, std::size_t end) {
    const Mass mass = mass_of(bigrams.subspan(begin, end - begin), discounts);
    for (std::size_t i = begin; i < end; ++i)
      out[i] = (discounted(bigrams[i], discounts) +
                mass.freed * unigram_prob[third_of(bigrams[i].key)]) /
               mass.total;
  });
  return out;
}

std::vector<Bigram> bigrams_of(const std::vector<Counted>& bigrams) {
  std::vector<Bigram> out;
  out.reserve(bigrams.size());
  for (const Counted& bigram : bigrams)
    out.push_back({second_of(bigram.key), third_of(bigram.key), 0, 0});
  return out;
}

// ---- What the model keeps

// Trigrams but for those that say little beyond their bigram. Returns which bigrams these need.
std::vector<bool> keep_trigrams(std::span<const Counted> trigrams, const Discounts& discounts,
                                const std::vector<Counted>& bigrams,
                                const std::vector<double>& bigram_prob, double prune,
                                NgramModel& model) {
  const std::vector<Bigram> all = bigrams_of(bigrams);
  const BigramIndex bigram_at(all, model.words.size());
  std::vector<bool> needed(bigrams.size(), false);
  for_each_context(trigrams, kIdBits, [&](std::size_t begin, std::size_t end) {
    const Mass mass = mass_of(trigrams.subspan(begin, end - begin), discounts);
    const WordId first = first_of(trigrams[begin].key), second = second_of(trigrams[begin].key);
    for (std::size_t i = begin; i < end; ++i) {
      const WordId third = third_of(trigrams[i].key);
      const std::size_t suffix = bigram_at.at(second, third);
      const double lower = mass.freed / mass.total * bigram_prob[suffix];
      const double prob = discounted(trigrams[i], discounts) / mass.total + lower;
      if (double(trigrams[i].weighted) * std::log10(prob / lower) < prune) continue;
      model.trigrams.push_back({first, second, third, log10_float(prob)});
      needed[bigram_at.at(first, second)] = true;
      needed[suffix] = true;
    }
  });
  return needed;
}

// Bigrams but for those that no trigram needs and that say little beyond their word.
void keep_bigrams(std::span<const Counted> bigrams, const Discounts& discounts,
                  const std::vector<double>& bigram_prob, const std::vector<double>& unigram_prob,
                  const std::vector<bool>& needed, double prune, NgramModel& model) {
  for_each_context(bigrams, kIdBits, [&](std::size_t begin, std::size_t end) {
    const Mass mass = mass_of(bigrams.subspan(begin, end - begin), discounts);
    for (std::size_t i = begin; i < end; ++i) {
      const WordId first = second_of(bigrams[i].key), second = third_of(bigrams[i].key);
      const double gain =
          std::log10(bigram_prob[i] * mass.total / (mass.freed * unigram_prob[second]));
      if (needed[i] || double(bigrams[i].weighted) * gain >= prune)
        model.bigrams.push_back({first, second, log10_float(bigram_prob[i]), 0});
    }
  });
}

void keep_unigrams(const std::vector<double>& unigram_prob, NgramModel& model) {
  model.unigrams.resize(unigram_prob.size());
  for (WordId word = 0; word < unigram_prob.size(); ++word)
    model.unigrams[word].log10_prob =
        word == kBegin ? kNeverPredicted : log10_float(unigram_prob[word]);
}

// ---- Back-off weights, for what was kept

// What is left for the words without an n-gram of their own, over what the lower order gives them.
double backoff_of(double kept, double kept_lower) {
  constexpr double kLeast = 1e-7;  // rounding may leave nothing, or less
  return std::max(1 - kept, kLeast) / std::max(1 - kept_lower, kLeast);
}

void set_backoffs(const std::vector<double>& unigram_prob, NgramModel& model) {
  const BigramIndex bigram_at(model.bigrams, model.words.size());
  for (auto begin = model.bigrams.begin(); begin != model.bigrams.end();) {
    double kept = 0, kept_lower = 0;
    auto end = begin;
    for (; end != model.bigrams.end() && end->first == begin->first; ++end) {
      kept += std::pow(10.0, end->log10_prob);
      kept_lower += unigram_prob[end->second];
    }
    model.unigrams[begin->first].log10_backoff = log10_float(backoff_of(kept, kept_lower));
    begin = end;
  }
  for (auto begin = model.trigrams.begin(); begin != model.trigrams.end();) {
    double kept = 0, kept_lower = 0;
    auto end = begin;
    for (;
         end != model.trigrams.end() && end->first == begin->first && end->second == begin->second;
         ++end) {
      kept += std::pow(10.0, end->log10_prob);
      kept_lower += std::pow(10.0, model.bigrams[bigram_at.at(end->second, end->third)].log10_prob);
    }
    model.bigrams[bigram_at.at(begin->first, begin->second)].log10_backoff =
        log10_float(backoff_of(kept, kept_lower));
    begin = end;
  }
}

}  // namespace

struct ModelBuilder::Impl {
  BuildOptions options;

  // A word as written in the text, seen once or many times.
  struct Form {
    WordId word = 0;  // into `words`
    bool capital = false;
    bool ignored = false;  // a mark that the model looks through
  };
  struct WordCounts {
    std::string text;
    std::uint64_t weighted = 0, raw = 0;
    std::uint64_t inside = 0, inside_capital = 0;  // where no sentence begins
  };
  std::unordered_map<std::string, Form> forms;
  std::unordered_map<std::string, WordId> word_ids;
  std::vector<WordCounts> words;

  struct Sentence {
    std::size_t begin = 0;
    std::uint32_t weight = 1;
  };
  std::vector<Sentence> sentences;
  std::vector<WordId> stream;

  const Form& form_of(std::string_view line, const Token& token);
  std::vector<WordId> choose_vocabulary(NgramModel& model) const;
  std::vector<Counted> count_trigrams(const std::vector<WordId>& new_id,
                                      std::vector<Counted>& sentence_starts) const;
};

const ModelBuilder::Impl::Form& ModelBuilder::Impl::form_of(std::string_view line,
                                                            const Token& token) {
  const std::string raw(token.kind == TokenKind::Number
                            ? kNumberWord
                            : line.substr(token.begin, token.end - token.begin));
  const auto known = forms.find(raw);
  if (known != forms.end()) return known->second;
  Form form;
  std::string text = model_form(line, token);
  form.ignored = text.empty();
  if (!form.ignored) {
    const auto [entry, added] = word_ids.emplace(text, static_cast<WordId>(words.size()));
    if (added) words.push_back({std::move(text)});
    form.word = entry->second;
    const LetterCount letters = count_letters(raw);
    form.capital = starts_upper(raw) && (letters.upper == 1 || letters.all > letters.upper);
  }
  return forms.emplace(std::move(raw), form).first->second;
}

ModelBuilder::ModelBuilder(const BuildOptions& options) : impl_(std::make_unique<Impl>()) {
  impl_->options = options;
}
ModelBuilder::~ModelBuilder() = default;
ModelBuilder::ModelBuilder(ModelBuilder&&) noexcept = default;
ModelBuilder& ModelBuilder::operator=(ModelBuilder&&) noexcept = default;

void ModelBuilder::add_line(std::string_view line, std::uint32_t weight) {
  const std::size_t begin = impl_->stream.size();
  bool inside = false;
  for (const Token& token : tokenize(line)) {
    const Impl::Form& form = impl_->form_of(line, token);
    if (form.ignored) continue;
    Impl::WordCounts& word = impl_->words[form.word];
    word.weighted += weight;
    ++word.raw;
    if (token.kind == TokenKind::Word && inside) {
      ++word.inside;
      word.inside_capital += form.capital ? 1 : 0;
    }
    inside = token.kind == TokenKind::Word || word.text == "," || word.text == "0";
    impl_->stream.push_back(form.word);
  }
  if (impl_->stream.size() > begin) impl_->sentences.push_back({begin, weight});
}

// Fills in the model's words; returns for every word seen its id there.
std::vector<WordId> ModelBuilder::Impl::choose_vocabulary(NgramModel& model) const {
  std::vector<WordId> kept;
  for (WordId word = 0; word < words.size(); ++word) {
    const bool syllable = is_syllable_shape(words[word].text);
    const bool letters = count_letters(words[word].text).all > 0;
    const std::uint64_t least = !letters   ? 1
                                : syllable ? options.min_count_syllable
                                           : options.min_count_other;
    if (words[word].weighted >= least) kept.push_back(word);
  }
  std::sort(kept.begin(), kept.end(), [&](WordId a, WordId b) {
    return words[a].weighted != words[b].weighted ? words[a].weighted > words[b].weighted
                                                  : words[a].text < words[b].text;
  });
  model.words = {"<unk>", "<s>", "</s>"};
  model.capital_share.assign(3, 0);
  std::vector<WordId> new_id(words.size(), kUnknown);
  for (const WordId word : kept) {
    new_id[word] = static_cast<WordId>(model.words.size());
    model.words.push_back(words[word].text);
    // Two more that are in lower case, so that rare words say little.
    model.capital_share.push_back(
        static_cast<float>(double(words[word].inside_capital) / double(words[word].inside + 2)));
  }
  if (model.words.size() > kIdMask) throw DataError("too many words for a model");
  return new_id;
}

std::vector<Counted> ModelBuilder::Impl::count_trigrams(
    const std::vector<WordId>& new_id, std::vector<Counted>& sentence_starts) const {
  // Sorted one weight at a time as bare keys, which takes a quarter of the memory.
  std::map<std::uint32_t, std::vector<std::uint64_t>> keys, starts;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const std::size_t end = i + 1 < sentences.size() ? sentences[i + 1].begin : stream.size();
    std::vector<std::uint64_t>& out = keys[sentences[i].weight];
    WordId first = kBegin, second = new_id[stream[sentences[i].begin]];
    starts[sentences[i].weight].push_back(key_of(first, second) >> kIdBits);
    for (std::size_t at = sentences[i].begin + 1; at <= end; ++at) {
      const WordId third = at < end ? new_id[stream[at]] : kEnd;
      out.push_back(key_of(first, second, third));
      first = second;
      second = third;
    }
  }
  const auto counted = [](std::map<std::uint32_t, std::vector<std::uint64_t>>& by_weight) {
    std::vector<Counted> out;
    for (auto& [weight, list] : by_weight) {
      std::sort(list.begin(), list.end());
      for (std::size_t begin = 0; begin < list.size();) {
        std::size_t end = begin;
        while (end < list.size() && list[end] == list[begin]) ++end;
        const std::uint64_t n = end - begin;
        out.push_back({list[begin], n * weight, n * weight, n});
        begin = end;
      }
      list = {};
    }
    add_up(out);
    return out;
  };
  sentence_starts = counted(starts);
  return counted(keys);
}

NgramModel ModelBuilder::build() {
  NgramModel model;
  const std::vector<WordId> new_id = impl_->choose_vocabulary(model);
  std::vector<Counted> sentence_starts;
  std::vector<Counted> trigrams = impl_->count_trigrams(new_id, sentence_starts);
  const BuildOptions options = impl_->options;
  impl_ = std::make_unique<Impl>(Impl{options, {}, {}, {}, {}, {}});

  std::vector<Counted> bigrams = count_bigrams(trigrams, sentence_starts);
  const std::vector<Counted> unigrams = count_unigrams(bigrams);
  const Discounts discount1(unigrams, "words"), discount2(bigrams, "bigrams"),
      discount3(trigrams, "trigrams");

  const std::vector<double> unigram_prob =
      unigram_probabilities(unigrams, discount1, model.words.size());
  const std::vector<double> bigram_prob = bigram_probabilities(bigrams, discount2, unigram_prob);
  const std::vector<bool> needed =
      keep_trigrams(trigrams, discount3, bigrams, bigram_prob, options.prune_trigrams, model);
  trigrams = {};
  keep_bigrams(bigrams, discount2, bigram_prob, unigram_prob, needed, options.prune_bigrams, model);
  bigrams = {};
  keep_unigrams(unigram_prob, model);
  set_backoffs(unigram_prob, model);
  return model;
}

}  // namespace vanban::diacritics
