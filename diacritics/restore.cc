#include "diacritics/restore.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "diacritics/model/lexicon.h"
#include "diacritics/readings/readings.h"
#include "diacritics/readings/spaces.h"
#include "diacritics/text/syllable_shape.h"
#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

// Words searched together; a document's memory reaches as far. Some ten pages.
constexpr std::size_t kWordsTogether = 4000;

// A document repeats its words: what the first search found elsewhere in it speaks for a candidate.
// The memory is mixed with the model's own expectation, worth so many words, and counts so much.
constexpr double kMemoryPrior = 5, kMemoryWeight = 0.4;
// The same for a word after the word before it.
constexpr double kPairMemoryPrior = 2, kPairMemoryWeight = 0.3;

// log10 P of a word after the one before it from which both are one name: Đà Nẵng.
constexpr double kFixedPair = -0.5;

// A reading that leads by less than this is no better than the next.
constexpr double kTie = 0.01;

// Probability from which a doubtful word is read as another: one with other marks, one with other
// letters. Of the latter, on real pages, those below were wrong more often than right.
constexpr double kOverruleMin = 0.6, kOverruleLettersMin = 0.9;
// The same for what may be a name, of which the model knows the common ones alone: of names of the
// mountains, drawn and read, 14 in 16 that it overruled with less were right.
constexpr double kOverruleNameMin = 0.99;

// Probability that a word is right whose spaces were put right; on real pages all were.
constexpr double kRespaced = 0.95;

// Probability that a word is right that looks like no other.
constexpr double kStranger = 0.5;

constexpr std::size_t kAlternativesMax = 3;
constexpr double kAlternativeMin = 0.005;  // probability of one worth naming
constexpr double kNegligible = 1e-6;       // probability of one not worth a look

// Lowers the cost of candidates that the document has elsewhere.
void remember(Readings& readings, const Search& first, const LanguageModel& model) {
  std::vector<std::vector<Arc>>& arcs = readings.lattice.arcs;
  const auto single = [](const Arc& arc) { return arc.words.size() == 1 && arc.span == 1; };
  struct PairHash {
    std::size_t operator()(const std::pair<std::u32string_view, WordId>& pair) const {
      return std::hash<std::u32string_view>()(pair.first) * 31 + pair.second;
    }
  };
  std::unordered_map<WordId, double> expected;
  std::unordered_map<std::pair<std::u32string_view, WordId>, double, PairHash> expected_pair;
  const auto before = [&](std::size_t token) {
    return token == 0 ? std::u32string_view() : std::u32string_view(readings.parts[token - 1].text);
  };
  for (std::size_t token = 0; token < arcs.size(); ++token)
    for (std::size_t i = 0; i < arcs[token].size(); ++i)
      if (single(arcs[token][i])) {
        expected[arcs[token][i].words[0]] += first.posterior[token][i];
        expected_pair[{before(token), arcs[token][i].words[0]}] += first.posterior[token][i];
      }
  for (std::size_t token = 0; token < arcs.size(); ++token) {
    if (arcs[token].size() < 2) continue;
    // What the rest of the document has of each candidate, and what the model expects.
    struct Known {
      double prior = 0, here = 0, pair = 0;
    };
    std::vector<Known> known(arcs[token].size());
    Known sum;
    for (std::size_t i = 0; i < arcs[token].size(); ++i) {
      const Arc& arc = arcs[token][i];
      if (!single(arc)) continue;
      // What this token itself has of the word, by whatever arc.
      double own = 0;
      bool counted = false;
      for (std::size_t j = 0; j < arcs[token].size(); ++j)
        if (single(arcs[token][j]) && arcs[token][j].words[0] == arc.words[0]) {
          own += first.posterior[token][j];
          counted = counted || j < i;
        }
      known[i].prior = std::pow(10, model.log10_unigram(arc.words[0]));
      known[i].here = std::max(0.0, expected[arc.words[0]] - own);
      known[i].pair = std::max(0.0, expected_pair[{before(token), arc.words[0]}] - own);
      if (counted) continue;
      sum.prior += known[i].prior;
      sum.here += known[i].here;
      sum.pair += known[i].pair;
    }
    for (std::size_t i = 0; i < arcs[token].size(); ++i) {
      if (!single(arcs[token][i])) continue;
      const double prior = known[i].prior / sum.prior;
      const double here = (known[i].here + kMemoryPrior * prior) / (sum.here + kMemoryPrior);
      const double pair = (known[i].pair + kPairMemoryPrior * here) / (sum.pair + kPairMemoryPrior);
      arcs[token][i].cost -= static_cast<float>(kMemoryWeight * std::log(here / prior) +
                                                kPairMemoryWeight * std::log(pair / here));
    }
  }
}

// Small letters with a digit among or after them, as engines write: d6i, s6. Not m2.
bool is_misread_shape(std::string_view word) {
  const std::u32string text = to_code_points(word);
  if (text.size() < 2 || !is_letter(text[0]) || is_upper(text[0])) return false;
  if (text[0] == U'm' || text[0] == U'k') return false;
  bool digit = false;
  for (const char32_t c : text) {
    if (!is_digit(c) && (!is_letter(c) || is_upper(c))) return false;
    digit = digit || is_digit(c);
  }
  return digit;
}

RestoredWord unchanged(std::size_t index, const ReadWord& word) {
  RestoredWord out;
  out.first = index;
  out.text = word.text;
  return out;
}

// Puts together the words that the search chose from their parts.
class Assembly {
 public:
  Assembly(std::span<const ReadWord> words, const Readings& readings, const Search& found,
           const LanguageModel& model, Damage damage, const RestoreOptions& options)
      : words_(words),
        readings_(readings),
        found_(found),
        model_(model),
        damage_(damage),
        options_(options) {}

  std::vector<RestoredWord> run() {
    for (std::size_t begin = 0; begin < found_.best.size();) {
      std::size_t end = begin + 1;
      while (!last_part(found_.best[end - 1]).ends_word) ++end;
      add({found_.best.data() + begin, end - begin});
      begin = end;
    }
    add_unread(words_.size());
    return std::move(out_);
  }

 private:
  const Arc& arc_of(const Chosen& chosen) const {
    return readings_.lattice.arcs[chosen.token][chosen.arc];
  }
  const Part& last_part(const Chosen& chosen) const {
    return readings_.parts[chosen.token + arc_of(chosen).span - 1];
  }
  double posterior_of(const Chosen& chosen) const {
    return std::min(1.0F, found_.posterior[chosen.token][chosen.arc]);
  }
  const std::string& text_of(const Chosen& chosen) const {
    return readings_.readings[arc_of(chosen).label].text;
  }

  // A reading of some parts, by whatever arcs say it.
  struct Rival {
    std::string text;
    double probability = 0;
  };

  // Readings of the same parts, likeliest first; the one chosen and the parts as they stand are
  // among them, however unlikely.
  std::vector<Rival> rivals_of(const Chosen& chosen) const {
    std::vector<Rival> rivals;
    const std::string unchanged = to_utf8(readings_.parts[chosen.token].text);
    const std::vector<Arc>& arcs = readings_.lattice.arcs[chosen.token];
    for (std::size_t arc = 0; arc < arcs.size(); ++arc) {
      const Chosen other{chosen.token, arc};
      if (arcs[arc].span != arc_of(chosen).span) continue;
      const double probability = posterior_of(other);
      if (probability < kNegligible && arc != chosen.arc && text_of(other) != unchanged) continue;
      const auto same = std::find_if(rivals.begin(), rivals.end(), [&](const Rival& rival) {
        return rival.text == text_of(other);
      });
      if (same == rivals.end())
        rivals.push_back({text_of(other), probability});
      else
        same->probability = std::min(1.0, same->probability + probability);
    }
    std::stable_sort(rivals.begin(), rivals.end(),
                     [](const Rival& a, const Rival& b) { return a.probability > b.probability; });
    return rivals;
  }

  // The likeliest reading of the part by itself, which is right more often than that of the
  // likeliest sentence; the part as it stands where no reading leads.
  Rival decide(const Chosen& chosen, const std::vector<Rival>& rivals) const {
    if (arc_of(chosen).span > 1)
      return *std::find_if(rivals.begin(), rivals.end(),
                           [&](const Rival& rival) { return rival.text == text_of(chosen); });
    const std::string unchanged = to_utf8(readings_.parts[chosen.token].text);
    const Rival& best = rivals.front();
    const double least =
        best.probability < lead_needed(chosen.token, best, unchanged) ? 0 : best.probability - kTie;
    for (const Rival& rival : rivals)
      if (rival.probability > least && rival.text == unchanged) return rival;
    return best;
  }

  // A word in small letters that no text has, where nothing else was to be read.
  bool is_stranger(const Chosen& chosen) const {
    const Part& part = readings_.parts[chosen.token];
    return damage_ == Damage::Stripped && part.letters && part.text.size() > 1 &&
           !is_upper(part.text[0]) && arc_of(chosen).words == std::vector<WordId>{kUnknown};
  }

  // Whether the part is a syllable with a capital beside another word with one, as in the names of
  // people and villages. Abbreviations have more of them.
  bool may_be_name(std::size_t token) const {
    const std::vector<Part>& parts = readings_.parts;
    const auto titled = [](const Part& part) {
      return part.letters && is_upper(part.text.front()) &&
             (part.text.size() == 1 || !is_upper(part.text[1]));
    };
    const Part& part = parts[token];
    if (!titled(part) || part.text.size() < 2 || !is_syllable_shape(to_utf8(part.text)))
      return false;
    const bool after = token > 0 && !part.begins_line && titled(parts[token - 1]);
    const bool before =
        token + 1 < parts.size() && !parts[token + 1].begins_line && titled(parts[token + 1]);
    return after || before;
  }

  // Whether the engine, or the second one, rather has the other reading.
  bool is_seen(std::size_t token, const Rival& best) const {
    const ReadWord& word = words_[readings_.parts[token].word];
    return std::any_of(
        word.alternatives.begin(), word.alternatives.end(), [&](const Alternative& seen) {
          return trim_punctuation(seen.text) == best.text && seen.probability > word.confidence;
        });
  }

  bool is_fixed_pair(std::size_t token, const Rival& best) const {
    if (token == 0 || readings_.parts[token].begins_line) return false;
    const auto id_of = [&](std::string_view text) {
      return model_.id_of(with_old_tone_place(to_lower(text)));
    };
    LanguageModel::State state;
    model_.score(state, id_of(to_utf8(readings_.parts[token - 1].text)));
    return model_.score(state, id_of(best.text)) >= kFixedPair;
  }

  // What a good engine saw needs more than a lead to be taken for something else.
  double lead_needed(std::size_t token, const Rival& best, const std::string& unchanged) const {
    if (damage_ != Damage::Doubtful) return 0;
    if (may_be_name(token) && !is_seen(token, best) && !is_fixed_pair(token, best))
      return kOverruleNameMin;
    return fold(best.text) == fold(unchanged) ? kOverruleMin : kOverruleLettersMin;
  }

  void add(std::span<const Chosen> chosen) {
    const std::size_t first = readings_.parts[chosen.front().token].word;
    add_unread(first);
    RestoredWord word;
    word.first = first;
    word.count = last_part(chosen.back()).word - first + 1;
    struct Other {
      std::size_t prefix = 0, length = 0;  // what it replaces, in the word's text
      std::string text;
      double probability = 0;  // against the reading chosen
    };
    std::vector<Other> others;
    for (const Chosen& best : chosen) {
      const std::vector<Rival> rivals = rivals_of(best);
      const Rival decided = decide(best, rivals);
      const double probability = std::max(decided.probability, kNegligible);
      for (const Rival& rival : rivals)
        if (rival.text != decided.text && rival.probability >= kAlternativeMin)
          others.push_back(
              {word.text.size(), decided.text.size(), rival.text, rival.probability / probability});
      word.text += decided.text;
      word.probability *= probability;
      if (is_stranger(best)) word.probability *= kStranger;
    }
    for (const Other& other : others) {
      std::string text = word.text;
      text.replace(other.prefix, other.length, other.text);
      word.alternatives.push_back({placed(text), word.probability * other.probability});
    }
    std::stable_sort(
        word.alternatives.begin(), word.alternatives.end(),
        [](const Alternative& a, const Alternative& b) { return a.probability > b.probability; });
    const std::string& read = words_[first].text;
    word.restored = word.count > 1 || word.text != read;
    if (word.restored) word.text = placed(word.text);
    // Another place of the tone is no restoration: both are right.
    const auto is_utf8 = [&] { return to_utf8(to_code_points(read)) == read; };
    if (word.restored && word.count == 1 &&
        with_new_tone_place(word.text) == with_new_tone_place(read) && is_utf8()) {
      word.text = read;
      word.restored = false;
    }
    std::erase_if(word.alternatives,
                  [&](const Alternative& other) { return other.text == word.text; });
    if (word.alternatives.size() > kAlternativesMax) word.alternatives.resize(kAlternativesMax);
    out_.push_back(std::move(word));
  }

  std::string placed(const std::string& text) const {
    return options_.old_tone_place ? text : with_new_tone_place(text);
  }

  // Words in which nothing was to be read.
  void add_unread(std::size_t until) {
    for (std::size_t word = out_.empty() ? 0 : out_.back().first + out_.back().count; word < until;
         ++word)
      out_.push_back(unchanged(word, words_[word]));
  }

  std::span<const ReadWord> words_;
  const Readings& readings_;
  const Search& found_;
  const LanguageModel& model_;
  Damage damage_;
  const RestoreOptions& options_;
  std::vector<RestoredWord> out_;
};

}  // namespace

struct Restorer::Impl {
  LanguageModel model;
  Lexicon lexicon;
  LetterChannel english;

  explicit Impl(LanguageModel given)
      : model(std::move(given)), lexicon(model), english(lexicon.letters_of(Channel::english())) {}

  Readings readings_of(std::span<const ReadWord> words, Damage damage) const {
    switch (damage) {
      case Damage::Stripped: return stripped_readings(words, model, lexicon);
      case Damage::Doubtful:
        return doubtful_readings(words, model, lexicon, Channel::vietnamese(), Channel::english());
      case Damage::None:
      case Damage::Garbled: break;
    }
    return garbled_readings(words, model, lexicon, english);
  }
};

Restorer::Restorer(LanguageModel model) : impl_(std::make_unique<Impl>(std::move(model))) {}
Restorer::~Restorer() = default;
Restorer::Restorer(Restorer&&) noexcept = default;
Restorer& Restorer::operator=(Restorer&&) noexcept = default;

const LanguageModel& Restorer::model() const { return impl_->model; }

std::vector<RestoredWord> Restorer::restore(std::span<const ReadWord> words, Damage damage,
                                            const RestoreOptions& options) const {
  std::vector<RestoredWord> out;
  LanguageModel::State state;
  for (std::size_t begin = 0; begin < words.size();) {
    std::size_t end = std::min(words.size(), begin + kWordsTogether);
    // Rather at a line's end than within a line.
    for (std::size_t at = end; end < words.size() && at > begin + kWordsTogether / 2; --at)
      if (words[at].begins_line) {
        end = at;
        break;
      }
    const std::span<const ReadWord> together = words.subspan(begin, end - begin);
    if (damage == Damage::None) {
      for (std::size_t i = begin; i < end; ++i) out.push_back(unchanged(i, words[i]));
    } else {
      Readings readings = impl_->readings_of(together, damage);
      remember(readings, search(impl_->model, readings.lattice, state, {}), impl_->model);
      const Search found = search(impl_->model, readings.lattice, state, {});
      state = found.end;
      for (RestoredWord& word :
           Assembly(together, readings, found, impl_->model, damage, options).run()) {
        word.first += begin;
        out.push_back(std::move(word));
      }
    }
    begin = end;
  }
  return out;
}

std::vector<RestoredWord> Restorer::respace(std::span<const ReadWord> words) const {
  std::vector<RestoredWord> out;
  for (Respaced& respaced : find_misplaced_spaces(words, impl_->model))
    out.push_back({respaced.first, respaced.count, std::move(respaced.text), true, kRespaced, {}});
  return out;
}

Damage detect_damage(std::span<const ReadWord> words) {
  const SyllableTable& table = SyllableTable::built_in();
  std::vector<std::string> texts;
  int letters = 0, marked = 0, syllables = 0, judged = 0, misread = 0;
  for (const ReadWord& word : words) {
    texts.push_back(word.text);
    const std::string_view bare = trim_punctuation(word.text);
    const LetterCount count = count_letters(bare);
    letters += count.all;
    marked += count.marked;
    if (is_misread_shape(bare)) ++misread;
    if (count.all < 2 || static_cast<std::size_t>(count.all) != count_code_points(bare)) continue;
    const bool syllable = table.contains_folded(bare);
    // Abbreviations say nothing.
    if (!syllable && count.upper == count.all) continue;
    ++judged;
    syllables += syllable ? 1 : 0;
    misread += !syllable && count.upper == 0 ? 1 : 0;
  }
  if (judged == 0 || is_right_vietnamese(table, texts)) return Damage::None;
  // Stripped text is made of syllables, but for names and foreign words, and has no mark at all;
  // what an engine misread has some marks, mostly wrong ones, small letters that make no syllable,
  // and digits among letters. Text of which few words are syllables even without their marks is
  // another language.
  constexpr double kSyllablesStripped = 0.9, kSyllablesGarbled = 0.5, kMarkedStripped = 0.005,
                   kMisreadStripped = 0.03;
  if (marked < kMarkedStripped * letters && syllables >= kSyllablesStripped * judged &&
      misread <= kMisreadStripped * judged)
    return Damage::Stripped;
  return syllables >= kSyllablesGarbled * judged ? Damage::Garbled : Damage::None;
}

}  // namespace vanban::diacritics
