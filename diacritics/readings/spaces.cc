#include "diacritics/readings/spaces.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "diacritics/readings/readings_builder.h"
#include "diacritics/text/syllable_shape.h"
#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "diacritics/text/tokens.h"

namespace vanban::diacritics {
namespace {

// log10; the rarest syllable that is believed to have been run together with another or broken.
constexpr double kRarestSyllable = -5;
// log10 P of the second of two words that were run together after the first, and how much likelier
// it is than with the parting anywhere else.
constexpr double kFollowsMin = -3, kPartingLead = 1;
// log10 P of a broken word after those before it, or of the next after it, and how much likelier it
// is than its pieces. A word less counts for some 2 of them.
constexpr double kJoinedMin = -3, kNextMin = -1.5, kJoiningGain = 4;
// Share of capitals from which a word is mostly part of a name.
constexpr double kNameShare = 0.5;
// A word that the texts of the model have more often than this is one, whatever language it is of.
constexpr double kForeignWord = -6.5;

// A word of letters alone, between marks.
struct Core {
  std::string before, after;  // the marks
  std::u32string letters;
};

// As the model and the table of syllables have it.
std::string lower_form(std::u32string_view letters) {
  return with_old_tone_place(to_lower(to_utf8(letters)));
}

std::optional<Core> core_of(const std::string& text) {
  const std::vector<Token> tokens = tokenize(text);
  const auto is_word = [](const Token& token) { return token.kind == TokenKind::Word; };
  const auto word = std::find_if(tokens.begin(), tokens.end(), is_word);
  const auto is_other = [&](const Token& token) {
    return token.kind == TokenKind::Number || (is_word(token) && token.begin != word->begin);
  };
  if (word == tokens.end() || std::any_of(tokens.begin(), tokens.end(), is_other)) return {};
  return Core{text.substr(0, word->begin), text.substr(word->end),
              to_code_points(text.substr(word->begin, word->end - word->begin))};
}

bool is_lower(std::u32string_view letters) { return case_of(letters).upper == 0; }

// What an engine writes for one word: capitals, or small letters behind the first.
bool is_one_case(std::u32string_view letters) {
  return case_of(letters).all_upper() || is_lower(letters.substr(1));
}

class Spaces {
 public:
  Spaces(std::span<const ReadWord> words, const LanguageModel& model)
      : words_(words), model_(model), syllables_(SyllableTable::built_in()) {}

  std::vector<Respaced> run() {
    std::vector<Respaced> out;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (is_address(words_[i].text)) continue;
      const std::optional<Core> core = core_of(words_[i].text);
      if (!core) continue;
      if (const std::string joined = joined_with_next(i, *core); !joined.empty()) {
        out.push_back({i, 2, joined});
        ++i;
      } else if (const std::string parted = parted_in_two(i, *core); !parted.empty()) {
        out.push_back({i, 1, parted});
      }
    }
    return out;
  }

 private:
  bool is_usual(const std::string& lower) const {
    return syllables_.log10_probability(lower) >= kRarestSyllable;
  }

  // Neither a syllable nor one letter that may be a word.
  bool is_no_word(const Core& core) const {
    if (core.letters.size() == 1)
      return std::u32string_view(U"aeiouyăâêôơư").find(to_lower(base_letter(core.letters[0]))) ==
             std::u32string_view::npos;
    return !syllables_.contains(lower_form(core.letters));
  }

  // What the model remembers of the two words before.
  LanguageModel::State state_before(std::size_t word) const {
    LanguageModel::State state;
    for (std::size_t at = word > 1 ? word - 2 : 0; at < word; ++at)
      for (const Token& token : tokenize(words_[at].text))
        if (const std::string form = model_form(words_[at].text, token); !form.empty())
          model_.score(state, model_.id_of(form));
    return state;
  }

  double score(LanguageModel::State& state, const std::string& lower) const {
    return model_.score(state, model_.id_of(lower));
  }

  std::string joined_with_next(std::size_t i, const Core& core) const {
    if (i + 1 == words_.size() || words_[i + 1].begins_line || !core.after.empty()) return {};
    const std::optional<Core> next = core_of(words_[i + 1].text);
    if (!next || !next->before.empty() || (!is_no_word(core) && !is_no_word(*next))) return {};
    const Core whole{core.before, next->after, core.letters + next->letters};
    const std::string word = lower_form(whole.letters);
    // A capital before small letters may be an initial.
    const bool initial = core.letters.size() == 1 && is_upper(core.letters[0]) &&
                         !case_of(next->letters).all_upper();
    if (!is_one_case(whole.letters) || initial || !is_usual(word) || !is_syllable_shape(word))
      return {};
    LanguageModel::State as_one = state_before(i), as_two = as_one;
    const double joined = score(as_one, word);
    double gain =
        joined - score(as_two, lower_form(core.letters)) - score(as_two, lower_form(next->letters));
    bool fits = joined >= kJoinedMin;
    if (whole.after.empty() && i + 2 < words_.size() && !words_[i + 2].begins_line)
      if (const std::optional<Core> third = core_of(words_[i + 2].text)) {
        const double follows = score(as_one, lower_form(third->letters));
        gain += follows - score(as_two, lower_form(third->letters));
        fits = fits || follows >= kNextMin;
      }
    if (!fits || gain < kJoiningGain) return {};
    return whole.before + to_utf8(whole.letters) + whole.after;
  }

  struct Parting {
    std::u32string left, right;
    double score = 0, follows = 0;  // log10 P of both, of the second
  };

  std::string parted_in_two(std::size_t i, const Core& core) const {
    const std::string lower = lower_form(core.letters);
    const WordId known = model_.id_of(lower);
    if (core.letters.size() < 4 || syllables_.contains(lower) || is_syllable_shape(lower) ||
        (known != kUnknown && model_.log10_unigram(known) > kForeignWord))
      return {};
    std::vector<Parting> partings;
    for (std::size_t at = 2; at + 2 <= core.letters.size(); ++at) {
      Parting parting{core.letters.substr(0, at), core.letters.substr(at)};
      const std::string first = lower_form(parting.left), second = lower_form(parting.right);
      if (!is_usual(first) || !is_usual(second)) continue;
      LanguageModel::State state = state_before(i);
      parting.score = score(state, first);
      parting.follows = score(state, second);
      parting.score += parting.follows;
      partings.push_back(std::move(parting));
    }
    std::stable_sort(partings.begin(), partings.end(),
                     [](const Parting& a, const Parting& b) { return a.score > b.score; });
    if (partings.empty() || !is_sure(i, partings.front()) ||
        (partings.size() > 1 && partings[0].score - partings[1].score < kPartingLead))
      return {};
    return core.before + to_utf8(partings[0].left) + ' ' + to_utf8(partings[0].right) + core.after;
  }

  bool is_sure(std::size_t i, const Parting& parting) const {
    const auto& [left, right, sum, follows] = parting;
    const std::string first = lower_form(left), second = lower_form(right);
    const bool one_case = is_one_case(left) && is_one_case(right) &&
                          case_of(left).all_upper() == case_of(right).all_upper();
    // "Hànội": a capital within a line, or words that mostly have one.
    const bool name =
        is_lower(right) &&
        (is_name(second) || (is_upper(left.front()) && (is_name(first) || !begins_sentence(i))));
    return one_case && !name && !is_loan(first, second) && follows >= kFollowsMin;
  }

  bool is_name(const std::string& lower) const {
    return model_.capital_share(model_.id_of(lower)) > kNameShare;
  }

  bool begins_sentence(std::size_t i) const {
    constexpr std::string_view kEnds = ".:;!?)-";
    return i == 0 || words_[i].begins_line || words_[i - 1].text.empty() ||
           kEnds.find(words_[i - 1].text.back()) != std::string_view::npos;
  }

  // Words of other languages have no tone, and open syllables: balô, ximăng, internet.
  static bool is_loan(const std::string& first, const std::string& second) {
    const auto has_tone = [](const std::string& syllable) {
      const std::u32string letters = to_code_points(syllable);
      return std::any_of(letters.begin(), letters.end(), is_toned);
    };
    const bool open = std::string_view("aeiouy").find(fold(first).back()) != std::string_view::npos;
    const bool marked = first + second != fold(first + second);
    return !has_tone(first) && !has_tone(second) && (open || !marked);
  }
  static bool is_toned(char32_t c) {
    return count_marks(c) >
           (std::u32string_view(U"ăâđêôơư").find(c) == std::u32string_view::npos ? 0 : 1);
  }

  std::span<const ReadWord> words_;
  const LanguageModel& model_;
  const SyllableTable& syllables_;
};

}  // namespace

std::vector<Respaced> find_misplaced_spaces(std::span<const ReadWord> words,
                                            const LanguageModel& model) {
  return Spaces(words, model).run();
}

}  // namespace vanban::diacritics
