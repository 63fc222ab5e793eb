#include <algorithm>
#include <map>
#include <string_view>

#include "diacritics/readings/readings_builder.h"
#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

// Nats. Tuned on rendered pages (tools/learn_confusions) and on text of the corpus with its marks
// taken off; none of them is sharp.
constexpr float kUnchangedCost = 10;  // of a garbled word being no word that is known
constexpr float kUnchangedAbbreviationCost = 7;
constexpr float kTitleCost = 0.5F, kUpperCost = 0.3F;  // of reading small letters as capitals
constexpr float kLowerCost = 1.5F;       // of reading a first capital as a small letter
constexpr float kShortStrangerCost = 3;  // of a short word in small letters being no syllable
constexpr float kOddCaseCost = 4;        // of a word written otherwise than those around it
constexpr float kNoLabelCost = 3;        // of what looks like a misread Roman numeral being none
constexpr float kMarkKeptCost = 4;  // of a mark after a word being a mark and no part of a letter
constexpr float kSplitCost = 7, kJoinCost = 6;
constexpr float kSplitWindow = 4;      // a split or join may cost so much more than the word as one
constexpr float kSplitFrom = 8;        // words that are read cheaper than this are not split
constexpr float kFrequencyWeight = 1;  // of a word's frequency in choosing candidates
constexpr std::size_t kCandidatesMax = 32, kSplitCandidatesMax = 24;
constexpr std::size_t kJoinedLettersMax = 8, kSplitLettersMax = 16;

class GarbledBuilder : public ReadingsBuilder {
 public:
  GarbledBuilder(std::span<const ReadWord> words, const LanguageModel& model,
                 const Lexicon& lexicon, const LetterChannel& channel)
      : ReadingsBuilder(words, model, lexicon), channel_(channel) {}

 private:
  struct Found {
    WordId word = kUnknown;
    std::string text;
    float cost = 0;
  };
  struct Candidates {
    std::vector<Found> found;  // cheapest first
    bool abbreviation = false;
    float cheapest() const { return found.empty() ? Channel::kNever : found.front().cost; }
  };

  static bool is_mark(char32_t c) {
    constexpr std::u32string_view kMarks = U".,;:!?()[]{}<>\"'/\\|-_*~`+=^&%#•";
    return kMarks.find(c) != std::u32string_view::npos || (c >= 0x2010 && c <= 0x203A) ||
           c == U'«' || c == U'»' || c == U'°';
  }

  // Whether the mark stands for a letter: engines write n{m for năm, t& for tế.
  static bool stands_for_letter(std::u32string_view word, std::size_t at) {
    const char32_t c = word[at];
    if (at == 0 || !is_letter(word[at - 1])) return false;
    const char32_t next = at + 1 < word.size() ? word[at + 1] : 0;
    if (is_doubtful_mark(word[at]))
      return std::u32string_view(U"tiuorv").find(to_lower(base_letter(word[at - 1]))) !=
             std::u32string_view::npos;
    if (is_letter(next))
      return std::u32string_view(U"{([\\$|").find(c) != std::u32string_view::npos ||
             (c == U'&' && !is_upper(next));
    const bool ends =
        next == 0 || (at + 2 == word.size() &&
                      std::u32string_view(U".,;:").find(next) != std::u32string_view::npos);
    return ends && at <= 4 && std::u32string_view(U"&${\\#°").find(c) != std::u32string_view::npos;
  }

  // A Roman numeral with a full stop at the beginning of a line, I read as 1 (not after V or X,
  // where it may be one), l or |; its length, or 0 where the word is something else.
  std::size_t add_roman_label(std::size_t word, const std::u32string& text) {
    const std::size_t length = text.find_first_not_of(U"IVX1l|");
    if (length == 0 || length > 4 || length + 1 != text.size() || text[length] != U'.' ||
        !any_of(std::u32string_view(text).substr(0, length), is_upper))
      return 0;
    Part part;
    part.text = text.substr(0, length);
    part.word = word;
    for (const char32_t c : part.text) {
      const bool after_one = part.label.empty() || part.label.back() == U'I';
      part.label += c == U'l' || c == U'|' || (c == U'1' && after_one) ? U'I' : c;
    }
    if (part.label == part.text) part.label.clear();
    out_.parts.push_back(std::move(part));
    return length;
  }

  void add_parts(std::size_t word) override {
    const std::u32string text = to_code_points(words_[word].text);
    const bool address = is_address(words_[word].text);
    const std::size_t first_part = out_.parts.size();
    std::size_t begin = words_[word].begins_line ? add_roman_label(word, text) : 0;
    while (begin < text.size()) {
      std::size_t end = begin + 1;
      const bool mark = is_mark(text[begin]) && !stands_for_letter(text, begin);
      while (!mark && end < text.size() && (!is_mark(text[end]) || stands_for_letter(text, end)))
        ++end;
      Part part;
      part.text = text.substr(begin, end - begin);
      part.word = word;
      part.address = address;
      part.letters =
          !mark && !address && any_of(part.text, is_letter_like) && !is_protected(part.text);
      if (part.text == U"&" && text.size() == 1) part.letters = true;
      out_.parts.push_back(std::move(part));
      begin = end;
    }
    end_word(word, first_part);
  }

  // Letters of another script; letters and digits mixed that are more likely a name, a number or a
  // measure than a misread word: 4G, H5N1, 22a, A4, D20, K8, 14m. Engines write other digits for
  // letters, 4 and 6 for vowels after a consonant: S6 for Số, 16p for lớp.
  static bool is_protected(std::u32string_view text) {
    const auto one_of = [](std::u32string_view set, char32_t c) { return set.find(c) != set.npos; };
    constexpr std::u32string_view kNeverLetters = U"23579";
    if (any_of(text, [](char32_t c) { return is_letter(c) && !is_latin(c); })) return true;
    if (!any_of(text, is_digit)) return false;
    if (case_of(text).upper > 1 || one_of(kNeverLetters, text.front())) return true;
    const std::size_t unit = text.find_first_not_of(U"0123456789");
    if (unit != text.npos && unit > 0)
      for (const std::u32string_view known :
           {U"m", U"m2", U"m3", U"km", U"km2", U"kg", U"g", U"ha", U"h", U"l", U"cm", U"mm", U"t"})
        if (text.substr(unit) == known) return true;
    if (!is_upper(text.front())) return is_digit(text.front()) && case_of(text).upper == 1;
    const std::u32string_view digits = text.substr(1);
    return std::all_of(digits.begin(), digits.end(), is_digit) &&
           (digits.size() > 1 || !one_of(U"46", digits[0]) || one_of(U"AEIOU", text.front()));
  }

  // No letter, but written for one: ¢ for c, đ or ở.
  static bool is_letter_like(char32_t c) {
    return is_letter(c) || std::u32string_view(U"¢£€©®¥$@").find(c) != std::u32string_view::npos;
  }

  // Whether two parts side by side around this one are capitals: then so is this, and it is no
  // abbreviation.
  bool among_capitals(std::size_t i) const {
    const auto capitals = [&](std::size_t at) {
      if (at >= out_.parts.size() || !out_.parts[at].letters || !on_one_line(i, at)) return false;
      const LetterCase letters = case_of(out_.parts[at].text);
      return letters.letters > 1 && letters.all_upper();
    };
    return (capitals(i - 1) && capitals(i + 1)) || (capitals(i - 1) && capitals(i - 2)) ||
           (capitals(i + 1) && capitals(i + 2));
  }

  // Where a part stands, as far as it matters for what it may be.
  enum class Place { Text, Capitals, Code };

  Place place_of(std::size_t i) const {
    return in_code(i) ? Place::Code : among_capitals(i) ? Place::Capitals : Place::Text;
  }

  // Whether the part is a piece of a document's symbol: BC-UBND, QD/TW.
  bool in_code(std::size_t i) const {
    const auto joins = [&](std::size_t at) {
      return at < out_.parts.size() && out_.parts[at].word == out_.parts[i].word &&
             (out_.parts[at].text == U"/" || out_.parts[at].text == U"-");
    };
    const LetterCase letters = case_of(out_.parts[i].text);
    const auto is_body = [&](std::size_t at) {
      if (at >= out_.parts.size() || out_.parts[at].word != out_.parts[i].word) return false;
      const LetterCase body = case_of(out_.parts[at].text);
      return body.letters > 1 && body.all_upper();
    };
    // Qb-UBND: one capital is enough before the body that issues.
    const bool capitals =
        letters.upper > 1 || (letters.first_upper && letters.letters == 2 && is_body(i + 2));
    return capitals && letters.upper + 1 >= letters.letters && (joins(i - 1) || joins(i + 1));
  }

  const Candidates& candidates(const std::u32string& text, Place place) {
    const auto [entry, added] = known_.try_emplace({text, place});
    if (added) entry->second = find_candidates(text, place, Lexicon::Limits().cost_max);
    return entry->second;
  }

  Candidates find_candidates(const std::u32string& text, Place place, float cost_max) {
    const bool capitals = place == Place::Capitals;
    std::vector<Candidate> found =
        lexicon_.misread_as(text, channel_, limits_of(text, capitals, cost_max));
    weigh_case(text, capitals, found);
    Candidates out;
    out.abbreviation =
        place == Place::Code || (!capitals && is_mostly_upper(case_of(text)) &&
                                 !lexicon_.is_stripped_syllable(fold(to_utf8(text))));
    // Capitals that are no syllable are an abbreviation, and nothing but its Đ can be misread:
    // there are too many that the lexicon does not know.
    if (out.abbreviation)
      std::erase_if(found, [&](const Candidate& candidate) {
        return lexicon_.is_syllable(candidate.word) ||
               !differs_in_d_only(to_code_points(model_.word(candidate.word)), lower_of(text));
      });
    for (const Candidate& candidate : likeliest(found)) {
      const std::string_view word = model_.word(candidate.word);
      const bool like = out.abbreviation && count_code_points(word) == text.size();
      out.found.push_back(
          {candidate.word,
           like ? symbol_written_like(word, text) : written(word, candidate.written),
           candidate.cost});
    }
    if (ends_in_doubtful_mark(text)) add_without_mark(text, place, out);
    return out;
  }

  static bool is_mostly_upper(const LetterCase& letters) {
    return letters.upper >= 2 && letters.upper * 10 >= letters.letters * 8;
  }

  // The ways of writing that a text may be, and the most that a candidate may cost.
  static Lexicon::Limits limits_of(const std::u32string& text, bool capitals, float cost_max) {
    const LetterCase letters = case_of(text);
    Lexicon::Limits how;
    how.cost_max = std::min(cost_max, how.cost_max);
    how.upper = (letters.upper >= 2 && letters.upper * 2 >= letters.letters) ||
                (letters.upper == 1 && (text.size() == 1 || capitals));
    how.title = letters.first_upper || !is_letter(text.front());
    how.lower = !is_mostly_upper(letters) || text.size() <= 2;
    return how;
  }

  void weigh_case(const std::u32string& text, bool capitals, std::vector<Candidate>& found) const {
    const bool first_upper = case_of(text).first_upper;
    for (Candidate& candidate : found) {
      const Case how = candidate.written;
      const bool syllable = lexicon_.is_syllable(candidate.word);
      candidate.cost += how == Case::Title   ? kTitleCost
                        : how == Case::Upper ? kUpperCost
                        : first_upper        ? kLowerCost
                                             : 0;
      // Strangers of a few small letters are mostly what is left of a syllable: sb for số.
      if (how == Case::Lower && text.size() <= 3 && !syllable) candidate.cost += kShortStrangerCost;
      // Words of two letters hardly show whether they are all capitals; their neighbours do.
      if (capitals ? how != Case::Upper : how == Case::Upper && text.size() == 2 && syllable)
        candidate.cost += kOddCaseCost;
    }
  }

  // Of each word the cheapest way of writing it, and of these the likeliest few, cheapest first.
  std::vector<Candidate> likeliest(const std::vector<Candidate>& found) const {
    std::map<WordId, Candidate> by_word;
    for (const Candidate& candidate : found) {
      const auto [entry, added] = by_word.emplace(candidate.word, candidate);
      if (!added && candidate.cost < entry->second.cost) entry->second = candidate;
    }
    std::vector<Candidate> out;
    for (const auto& [word, candidate] : by_word) out.push_back(candidate);
    const auto rank = [&](const Candidate& candidate) {
      return candidate.cost -
             kFrequencyWeight * 2.3026F * static_cast<float>(model_.log10_unigram(candidate.word));
    };
    std::sort(out.begin(), out.end(),
              [&](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
    if (out.size() > kCandidatesMax) out.resize(kCandidatesMax);
    std::sort(out.begin(), out.end(), [](const Candidate& a, const Candidate& b) {
      return a.cost != b.cost ? a.cost < b.cost : a.word < b.word;
    });
    return out;
  }

  // Symbols have no small đ: Qb is QĐ.
  static std::string symbol_written_like(std::string_view word, std::u32string_view pattern) {
    std::u32string letters = to_code_points(written_like(word, pattern));
    std::replace(letters.begin(), letters.end(), U'đ', U'Đ');
    return to_utf8(letters);
  }

  // A horn or hook is often read as a mark after the letter: tu’ for tư, cu? for cử. It may as well
  // be a mark.
  static bool ends_in_doubtful_mark(std::u32string_view text) {
    return text.size() > 1 && is_doubtful_mark(text.back());
  }
  static bool is_doubtful_mark(char32_t c) {
    return c == U'\'' || c == U'’' || c == U'‘' || c == U'?';
  }

  void add_without_mark(const std::u32string& text, Place place, Candidates& out) {
    const std::string mark = to_utf8(text.substr(text.size() - 1));
    const Candidates& bare = candidates(text.substr(0, text.size() - 1), place);
    for (std::size_t i = 0; i < std::min(bare.found.size(), kCandidatesMax / 2); ++i)
      out.found.push_back(
          {bare.found[i].word, bare.found[i].text + mark, bare.found[i].cost + kMarkKeptCost});
    std::stable_sort(out.found.begin(), out.found.end(),
                     [](const Found& a, const Found& b) { return a.cost < b.cost; });
  }

  // Whether `word` is `read` with Đ in the place of D, P, B, DP or BP, and the same letters
  // otherwise.
  static bool differs_in_d_only(std::u32string_view word, std::u32string_view read) {
    std::size_t j = 0;
    for (std::size_t i = 0; i < word.size(); ++i, ++j) {
      if (j >= read.size()) return false;
      if (word[i] == U'đ') {
        if (std::u32string_view(U"đdpb").find(read[j]) == std::u32string_view::npos) return false;
        if (j + 1 < read.size() && read[j + 1] == U'p' && word.size() < read.size()) ++j;
      } else if (base_letter(word[i]) != base_letter(read[j])) {
        return false;
      }
    }
    return j == read.size();
  }

  void add_arcs(std::size_t i) override {
    const Part& part = out_.parts[i];
    std::vector<Arc>& arcs = out_.lattice.arcs[i];
    if (!part.letters) {
      add_unchanged(part, arcs, part.label.empty() ? 0 : kNoLabelCost);
      if (!part.label.empty()) {
        arcs.push_back(arcs.front());
        arcs.back().cost = 0;
        arcs.back().label = reading(to_utf8(part.label));
      }
      return;
    }
    const Candidates& whole = candidates(part.text, place_of(i));
    const float unchanged_cost = whole.abbreviation ? kUnchangedAbbreviationCost : kUnchangedCost;
    const std::string as_read = to_utf8(part.text);
    const WordId same_word = model_.id_of(with_old_tone_place(to_lower(as_read)));
    bool has_unchanged = false;
    for (const Found& found : whole.found) {
      Arc arc;
      arc.words = {found.word};
      arc.cost = found.cost + capital_cost(part, found);
      // The tone stays where it was printed.
      const bool unchanged = found.word == same_word &&
                             with_new_tone_place(found.text) == with_new_tone_place(as_read);
      if (unchanged) arc.cost = std::min(arc.cost, unchanged_cost);
      has_unchanged = has_unchanged || unchanged;
      arc.label = reading(unchanged ? as_read : found.text);
      arcs.push_back(std::move(arc));
    }
    if (!has_unchanged) {
      add_unchanged(part, arcs, unchanged_cost);
      arcs.back().words = {same_word};
    }
    if (part.text.size() >= 5 && part.text.size() <= kSplitLettersMax &&
        whole.cheapest() > kSplitFrom)
      add_splits(part, whole.cheapest() + kSplitWindow, arcs);
    add_join(i, whole.cheapest(), arcs);
  }

  float capital_cost(const Part& part, const Found& found) const {
    const LetterCase letters = case_of(to_code_points(found.text));
    return letters.upper > 1 ? 0
                             : ReadingsBuilder::capital_cost(found.word, letters.upper == 1, part);
  }

  bool is_whole_syllable(const Found& found) const {
    return lexicon_.is_syllable(found.word) && model_.word(found.word).size() > 1;
  }

  void add_splits(const Part& part, float cost_max, std::vector<Arc>& arcs) {
    for (std::size_t at = 2; at + 2 <= part.text.size(); ++at) {
      const Candidates& left = candidates(part.text.substr(0, at), Place::Text);
      const Candidates& right = candidates(part.text.substr(at), Place::Text);
      for (std::size_t a = 0; a < std::min(left.found.size(), kSplitCandidatesMax); ++a)
        for (std::size_t b = 0; b < std::min(right.found.size(), kSplitCandidatesMax); ++b) {
          const Found &first = left.found[a], &second = right.found[b];
          const float cost = first.cost + second.cost + kSplitCost;
          if (cost >= cost_max || !is_whole_syllable(first) || !is_whole_syllable(second)) continue;
          Arc arc;
          arc.words = {first.word, second.word};
          arc.cost = cost;
          arc.label = reading(first.text + ' ' + second.text);
          arcs.push_back(std::move(arc));
        }
    }
  }

  // With the next part, where only a space stands between them.
  void add_join(std::size_t i, float cheapest, std::vector<Arc>& arcs) {
    if (i + 1 == out_.parts.size()) return;
    const Part &part = out_.parts[i], &next = out_.parts[i + 1];
    if (!part.ends_word || !next.begins_word || !next.letters || next.begins_line ||
        any_of(part.text, is_digit) || any_of(next.text, is_digit) ||
        part.text.size() + next.text.size() > kJoinedLettersMax)
      return;
    const float apart = cheapest + candidates(next.text, place_of(i + 1)).cheapest();
    // Most words are read well enough apart: no need to look.
    const float cost_max = apart + kSplitWindow - kJoinCost;
    if (cost_max <= 0) return;
    for (const Found& found : find_candidates(part.text + next.text, Place::Text, cost_max).found) {
      if (!lexicon_.is_syllable(found.word) || found.cost >= cost_max) continue;
      Arc arc;
      arc.span = 2;
      arc.words = {found.word};
      arc.cost = found.cost + kJoinCost;
      arc.label = reading(found.text);
      arcs.push_back(std::move(arc));
    }
  }

  const LetterChannel& channel_;
  std::map<std::pair<std::u32string, Place>, Candidates> known_;
};

}  // namespace

Readings garbled_readings(std::span<const ReadWord> words, const LanguageModel& model,
                          const Lexicon& lexicon, const LetterChannel& channel) {
  return GarbledBuilder(words, model, lexicon, channel).build();
}

}  // namespace vanban::diacritics
