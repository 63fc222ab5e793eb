#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "diacritics/readings/readings_builder.h"
#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

// Nats. Tuned on rendered pages (tools/learn_confusions) and on text of the corpus with its marks
// taken off; none of them is sharp.
constexpr double kSureWord = 0.985;     // confidence of one that is not questioned
constexpr float kOtherLettersCost = 1;  // of a reading that changes more than marks
constexpr float kVariantCost = 0.5;     // of a reading that the engine does not name itself
// Of one that only has more marks, and of one whose i was read as ỉ: faint marks are what scans
// lose, a blurred dot looks like a hook, and the engine is no less sure there.
constexpr float kFadedCost = -2, kBlurredDotCost = -5;
constexpr float kWitnessWeight = 0.5F, kWitnessCostMax = 12;

// Whether the letters read are those of `word` but for what `differ` allows.
template <typename Differ>
bool same_but_for(std::u32string_view read, std::u32string_view word, Differ differ) {
  return std::equal(read.begin(), read.end(), word.begin(), word.end(),
                    [&](char32_t a, char32_t b) { return a == b || differ(a, b); });
}

// That the engine names `read` and not `word`, on top of what its confidence and channel say.
float variant_cost(std::u32string_view read, std::u32string_view word) {
  const auto faded = [](char32_t a, char32_t b) {
    return base_letter(a) == base_letter(b) && base_letter(a) != U'd' &&
           count_marks(a) < count_marks(b);
  };
  const auto blurred = [](char32_t a, char32_t b) { return a == U'ỉ' && b == U'i'; };
  if (same_but_for(read, word, faded)) return kFadedCost;
  return same_but_for(read, word, blurred) ? kBlurredDotCost : kVariantCost;
}

// Words of an engine that knows Vietnamese. What it is sure of stays; of what it doubts only the
// letters between the marks at both ends are in question.
class DoubtfulBuilder : public ReadingsBuilder {
 public:
  DoubtfulBuilder(std::span<const ReadWord> words, const LanguageModel& model,
                  const Lexicon& lexicon, const Channel& vietnamese, const Channel& english)
      : ReadingsBuilder(words, model, lexicon), vietnamese_(vietnamese), english_(english) {}

 private:
  void add_parts(std::size_t word) override {
    const std::string& text = words_[word].text;
    const bool address = is_address(text);
    const std::vector<Token> tokens = tokenize(text);
    const auto letters = std::count_if(tokens.begin(), tokens.end(), [](const Token& token) {
      return token.kind == TokenKind::Word;
    });
    const auto numbers = std::count_if(tokens.begin(), tokens.end(), [](const Token& token) {
      return token.kind == TokenKind::Number;
    });
    const std::size_t first_part = out_.parts.size();
    for (const Token& token : tokens) {
      Part part = part_of(word, token);
      part.letters = token.kind == TokenKind::Word;
      // Codes, numbers with units and addresses have several; nothing in them is guessed at.
      part.address = address;
      part.settled =
          address || letters != 1 || numbers != 0 || words_[word].confidence >= kSureWord;
      out_.parts.push_back(std::move(part));
    }
    end_word(word, first_part);
  }

  // Words as the model knows them, and what speaks against each: the engine, then the witness.
  using Costs = std::map<std::string, float>;

  void add_arcs(std::size_t i) override {
    const Part& part = out_.parts[i];
    const ReadWord& word = words_[part.word];
    const std::string bare = with_old_tone_place(to_lower(to_utf8(part.text)));
    // Not a number counts as no confidence.
    const double confidence = word.confidence > 0.02 ? std::min(word.confidence, 0.98) : 0.02;
    Costs costs;
    costs[bare] = -static_cast<float>(std::log(confidence));
    if (is_question(part, bare)) {
      const auto add = [&](const std::string& candidate, double cost) {
        if (candidate == bare || model_.id_of(candidate) == kUnknown ||
            count_code_points(candidate) < 2)
          return;
        const auto total = static_cast<float>(cost - std::log(1 - confidence));
        const auto [entry, added] = costs.emplace(candidate, total);
        if (!added) entry->second = std::min(entry->second, total);
      };
      add_engines_alternatives(part, bare, add);
      add_other_marks(i, bare, add);
      weigh_witness(word.witness, costs);
    }
    for (const auto& [candidate, cost] : costs) {
      if (candidate == bare)
        add_unchanged(part, out_.lattice.arcs[i], cost);
      else
        add_candidate(part, candidate, cost, out_.lattice.arcs[i]);
    }
  }

  bool is_question(const Part& part, const std::string& bare) const {
    // Strangers with a capital are names and abbreviations.
    return part.letters && !part.settled && part.text.size() > 1 &&
           (model_.id_of(bare) != kUnknown || case_of(part.text).upper == 0 ||
            lexicon_.is_stripped_syllable(fold(bare)));
  }

  void add_engines_alternatives(const Part& part, const std::string& bare, const auto& add) const {
    for (const Alternative& alternative : words_[part.word].alternatives) {
      const std::string other = letters_between_marks(alternative.text);
      if (other.empty()) continue;
      const bool same_letters = fold(other) == fold(bare);
      // The letters of an abbreviation are not to be guessed from the words around.
      if (!same_letters && case_of(part.text).all_upper()) continue;
      add(other, -std::log(std::clamp(alternative.probability, 1e-4, 1.0)) +
                     (same_letters ? 0 : kOtherLettersCost));
    }
  }

  void add_other_marks(std::size_t i, const std::string& bare, const auto& add) const {
    const std::u32string& text = out_.parts[i].text;
    const std::u32string observed = lower_of(text);
    const bool abbreviation = case_of(text).all_upper() && among_small_letters(i);
    for (const WordId id : lexicon_.with_marks(fold(bare))) {
      const std::u32string candidate = to_code_points(model_.word(id));
      // TU is the party's committee of a province, TƯ the central one.
      if (abbreviation && !same_but_for(observed, candidate, is_lost_stroke)) continue;
      add(std::string(model_.word(id)),
          vietnamese_.cost(candidate, observed) + variant_cost(observed, candidate));
    }
  }

  void add_candidate(const Part& part, const std::string& candidate, float cost,
                     std::vector<Arc>& arcs) {
    const LetterCase letters = case_of(part.text);
    Arc arc;
    arc.cost = cost;
    arc.words = {model_.id_of(candidate)};
    arc.label = reading(count_code_points(candidate) == part.text.size()
                            ? written_like(candidate, part.text)
                        : letters.all_upper() ? to_upper(candidate)
                        : letters.first_upper ? written(candidate, Case::Title)
                                              : candidate);
    arcs.push_back(std::move(arc));
  }

  static bool is_lost_stroke(char32_t read, char32_t letter) {
    return read == U'd' && letter == U'đ';
  }

  // Whether no part beside this one is written in capitals: then, if it is, it is an abbreviation.
  bool among_small_letters(std::size_t i) const {
    const auto letters_at = [&](std::size_t at) {
      return at < out_.parts.size() && out_.parts[at].letters && on_one_line(i, at)
                 ? case_of(out_.parts[at].text)
                 : LetterCase();
    };
    const LetterCase before = letters_at(i - 1), after = letters_at(i + 1);
    return before.letters + after.letters > 1 && !before.all_upper() && !after.all_upper();
  }

  void weigh_witness(const std::string& witness, std::map<std::string, float>& costs) const {
    const std::string seen = letters_between_marks(witness);
    if (seen.empty()) return;
    const std::u32string observed = to_code_points(seen);
    for (auto& [candidate, cost] : costs)
      cost += kWitnessWeight *
              std::min(english_.cost(to_code_points(candidate), observed), kWitnessCostMax);
  }

  // The letters of a word that has them in one piece, in lower case; or nothing.
  static std::string letters_between_marks(const std::string& text) {
    std::string letters;
    for (const Token& token : tokenize(text)) {
      if (token.kind == TokenKind::Mark) continue;
      if (token.kind == TokenKind::Number || !letters.empty()) return {};
      letters = model_form(text, token);
    }
    return letters;
  }

  const Channel& vietnamese_;
  const Channel& english_;
};

}  // namespace

Readings doubtful_readings(std::span<const ReadWord> words, const LanguageModel& model,
                           const Lexicon& lexicon, const Channel& vietnamese,
                           const Channel& english) {
  return DoubtfulBuilder(words, model, lexicon, vietnamese, english).build();
}

}  // namespace vanban::diacritics
