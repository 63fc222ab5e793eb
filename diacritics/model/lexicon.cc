#include "diacritics/model/lexicon.h"

#include <algorithm>
#include <array>
#include <map>

#include "diacritics/text/syllable_shape.h"
#include "diacritics/text/text.h"

namespace vanban::diacritics {

namespace {

// No syllable is longer than 7 letters, and few words of other languages are longer than this.
constexpr std::size_t kLettersMax = 24;

}  // namespace

Lexicon::Lexicon(const LanguageModel& model) : syllable_(model.word_count(), false) {
  std::vector<std::pair<std::u32string, WordId>> words;
  for (WordId id = kEnd + 1; id < model.word_count(); ++id) {
    const std::string_view word = model.word(id);
    std::u32string letters = to_code_points(word);
    if (letters.size() > kLettersMax || !std::all_of(letters.begin(), letters.end(), is_letter))
      continue;
    syllable_[id] = is_syllable_shape(word);
    const std::string stripped = fold(word);
    by_stripped_[stripped].push_back(id);  // ids rise as frequency falls
    if (syllable_[id]) stripped_syllables_.insert(stripped);
    words.emplace_back(std::move(letters), id);
  }
  std::sort(words.begin(), words.end());
  std::map<char32_t, std::uint16_t> index;
  const auto index_of = [&](char32_t letter) {
    const auto [entry, added] = index.emplace(letter, static_cast<std::uint16_t>(letters_.size()));
    if (added) letters_.push_back(letter);
    return entry->second;
  };
  nodes_.push_back({});
  std::vector<std::uint32_t> path{0};  // nodes from the root to the last word's end
  const auto close = [&](std::size_t depth) {
    for (; path.size() > depth; path.pop_back())
      nodes_[path.back()].next = static_cast<std::uint32_t>(nodes_.size());
  };
  std::u32string last;
  for (const auto& [letters, id] : words) {
    const auto common = static_cast<std::size_t>(
        std::mismatch(letters.begin(), letters.end(), last.begin(), last.end()).first -
        letters.begin());
    close(common + 1);
    for (std::size_t i = common; i < letters.size(); ++i) {
      path.push_back(static_cast<std::uint32_t>(nodes_.size()));
      nodes_.push_back({index_of(letters[i]), index_of(to_upper(letters[i]))});
    }
    nodes_[path.back()].word = id;
    last = letters;
  }
  close(0);
}

const std::vector<WordId>& Lexicon::with_marks(std::string_view stripped) const {
  static const std::vector<WordId> kNone;
  const auto found = by_stripped_.find(std::string(stripped));
  return found == by_stripped_.end() ? kNone : found->second;
}

bool Lexicon::is_stripped_syllable(std::string_view stripped) const {
  return stripped_syllables_.contains(std::string(stripped));
}

LetterChannel Lexicon::letters_of(const Channel& channel) const {
  LetterChannel out;
  out.channel = &channel;
  out.letters = letters_;
  for (const char32_t letter : letters_) out.deletion.push_back(channel.deletion(letter));
  for (const char32_t observed : channel.observed_characters()) {
    std::vector<float>& row = out.substitution[observed];
    for (const char32_t letter : letters_) row.push_back(channel.substitution(letter, observed));
  }
  for (const char32_t first : letters_)
    for (const char32_t second : letters_) {
      out.pair_begin.push_back(static_cast<std::uint32_t>(out.pairs.size()));
      const std::vector<Channel::PairReading>& pairs = channel.readings_of_pair(first, second);
      out.pairs.insert(out.pairs.end(), pairs.begin(), pairs.end());
    }
  out.pair_begin.push_back(static_cast<std::uint32_t>(out.pairs.size()));
  return out;
}

// Walks through the trie for one observed word. At each node stands, for every length of the
// observed word's beginning, the least cost of reading the letters so far as that beginning.
struct Lexicon::Walk {
  using Column = std::array<float, kLettersMax + 1>;

  const Lexicon& lexicon;
  const LetterChannel& letters;
  std::u32string_view observed;
  std::array<const float*, kLettersMax> substitution{};    // rows by letter
  std::array<std::vector<float>, kLettersMax> widening{};  // the same; empty where none is known
  std::array<float, kLettersMax> insertion{};
  std::vector<std::vector<float>> strangers{};  // rows of characters that were never observed

  Walk(const Lexicon& of, const LetterChannel& channel, std::u32string_view word)
      : lexicon(of), letters(channel), observed(word) {
    strangers.reserve(observed.size());
    for (std::size_t j = 0; j < observed.size(); ++j) {
      insertion[j] = channel.channel->insertion(observed[j]);
      const auto row = channel.substitution.find(observed[j]);
      if (row != channel.substitution.end()) {
        substitution[j] = row->second.data();
      } else {
        strangers.emplace_back();
        for (const char32_t letter : channel.letters)
          strangers.back().push_back(channel.channel->substitution(letter, observed[j]));
        substitution[j] = strangers.back().data();
      }
      if (j + 1 == observed.size()) continue;
      bool any = false;
      for (const char32_t letter : channel.letters) {
        widening[j].push_back(channel.channel->widening(letter, observed[j], observed[j + 1]));
        any = any || widening[j].back() < Channel::kNever;
      }
      if (!any) widening[j].clear();
    }
  }

  void run(Case written, float limit, std::vector<Candidate>& out) const {
    const std::size_t length = observed.size();
    std::array<Column, kLettersMax + 1> columns;
    std::array<float, kLettersMax + 1> least;  // of each column
    std::array<std::uint16_t, kLettersMax + 1> path{};
    std::array<std::uint32_t, kLettersMax + 1> until{};
    columns[0][0] = least[0] = 0;
    for (std::size_t j = 0; j < length; ++j) columns[0][j + 1] = columns[0][j] + insertion[j];
    std::size_t depth = 0;
    until[0] = static_cast<std::uint32_t>(lexicon.nodes_.size());
    for (std::uint32_t at = 1; at < lexicon.nodes_.size();) {
      while (at >= until[depth]) --depth;
      const Node& node = lexicon.nodes_[at];
      ++depth;
      until[depth] = node.next;
      path[depth] = written == Case::Upper || (written == Case::Title && depth == 1) ? node.capital
                                                                                     : node.small;
      least[depth] = extend(columns, path, depth);
      if (node.word != kUnknown && columns[depth][length] <= limit)
        out.push_back({node.word, written, columns[depth][length]});
      // A pair of letters may still be read from the column before.
      at = least[depth] > limit && least[depth - 1] > limit ? node.next : at + 1;
    }
  }

  // Fills the column of `depth`; its least cost.
  float extend(std::array<Column, kLettersMax + 1>& columns,
               const std::array<std::uint16_t, kLettersMax + 1>& path, std::size_t depth) const {
    const std::size_t length = observed.size();
    const std::size_t letter = path[depth];
    const Column& before = columns[depth - 1];
    Column& column = columns[depth];
    const float deletion = letters.deletion[letter];
    column[0] = before[0] + deletion;
    for (std::size_t j = 1; j <= length; ++j) {
      column[j] = std::min(before[j] + deletion, before[j - 1] + substitution[j - 1][letter]);
      if (j > 1 && !widening[j - 2].empty())
        column[j] = std::min(column[j], before[j - 2] + widening[j - 2][letter]);
    }
    if (depth > 1) {
      const Column& two_before = columns[depth - 2];
      const std::size_t both = path[depth - 1] * letters.letters.size() + letter;
      for (std::uint32_t at = letters.pair_begin[both]; at < letters.pair_begin[both + 1]; ++at) {
        const Channel::PairReading& pair = letters.pairs[at];
        const std::size_t taken = pair.second == 0 ? 1 : 2;
        for (std::size_t j = 0; j + taken <= length; ++j)
          if (observed[j] == pair.first && (taken == 1 || observed[j + 1] == pair.second))
            column[j + taken] = std::min(column[j + taken], two_before[j] + pair.cost);
      }
    }
    float least = column[0];
    for (std::size_t j = 1; j <= length; ++j) {
      column[j] = std::min(column[j], column[j - 1] + insertion[j - 1]);
      least = std::min(least, column[j]);
    }
    return least;
  }
};

std::vector<Candidate> Lexicon::misread_as(std::u32string_view observed,
                                           const LetterChannel& channel, const Limits& how) const {
  std::vector<Candidate> found;
  if (observed.empty() || observed.size() > kLettersMax) return found;
  const Walk walk(*this, channel, observed);
  const auto look = [&](float limit) {
    found.clear();
    if (how.lower) walk.run(Case::Lower, limit, found);
    if (how.title) walk.run(Case::Title, limit, found);
    if (how.upper) walk.run(Case::Upper, limit, found);
    float cheapest = Channel::kNever;
    for (const Candidate& candidate : found) cheapest = std::min(cheapest, candidate.cost);
    return cheapest;
  };
  // Small limits first: most words have a cheap candidate, and a low limit ends most walks early.
  constexpr float kFirstLimit = 4, kLimitStep = 5;
  float limit = std::min(kFirstLimit, how.cost_max);
  float cheapest = look(limit);
  for (; cheapest > limit && limit < how.cost_max; cheapest = look(limit))
    limit = std::min(limit + kLimitStep, how.cost_max);
  const float enough = std::min(cheapest + how.window, how.cost_max);
  if (!found.empty() && limit < enough) look(enough);
  std::erase_if(found, [&](const Candidate& candidate) { return candidate.cost > enough; });
  return found;
}

}  // namespace vanban::diacritics
