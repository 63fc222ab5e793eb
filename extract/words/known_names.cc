#include "extract/words/known_names.h"

#include <algorithm>
#include <map>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "embedded_known_names.h"

namespace vanban::extract {
namespace {

using diacritics::fold;
using diacritics::split_words;
using diacritics::to_lower;
using diacritics::with_old_tone_place;

std::vector<std::string> read_names() {
  std::vector<std::string> names;
  std::string_view text = embedded::known_names();
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.front() != '#') names.emplace_back(line);
  }
  return names;
}

struct Name {
  std::vector<std::string> folded;  // syllables without marks and punctuation
  std::vector<std::string> syllables;
};

std::string bare(std::string_view word) { return std::string(diacritics::trim_punctuation(word)); }

// Names by their first folded syllable, longest first.
const std::map<std::string, std::vector<Name>>& names_by_head() {
  static const auto index = [] {
    std::map<std::string, std::vector<Name>> out;
    for (const std::string& text : known_names()) {
      Name name;
      for (const std::string& word : split_words(text)) {
        name.syllables.push_back(bare(word));
        name.folded.push_back(fold(name.syllables.back()));
      }
      out[name.folded.front()].push_back(std::move(name));
    }
    for (auto& [head, names] : out)
      std::stable_sort(names.begin(), names.end(), [](const Name& a, const Name& b) {
        return a.folded.size() > b.folded.size();
      });
    return out;
  }();
  return index;
}

// The syllable in the case of the word it replaces.
std::string in_case_of(const std::string& word, const std::string& syllable) {
  const auto letters = diacritics::count_letters(word);
  if (letters.upper == letters.all && letters.all > 1) return diacritics::to_upper(syllable);
  if (diacritics::starts_upper(word))
    return letters.all == 1 ? diacritics::to_upper(syllable) : diacritics::to_sentence(syllable);
  return syllable;
}

void take_marks(std::string& word, const std::string& syllable) {
  const std::string inner = bare(word);
  if (with_old_tone_place(to_lower(inner)) == with_old_tone_place(syllable)) return;
  const std::size_t at = word.find(inner);
  word.replace(at, inner.size(), in_case_of(inner, syllable));
}

// Words that make a body of the party or of staff of the "bộ" behind them.
bool is_party_body(std::string_view folded) {
  return folded == "chi" || folded == "dang" || folded == "can";
}

}  // namespace

const std::vector<std::string>& known_names() {
  static const std::vector<std::string> names = read_names();
  return names;
}

bool is_known_name(std::string_view text) {
  const std::string key = with_old_tone_place(to_lower(text));
  return std::any_of(known_names().begin(), known_names().end(),
                     [&](const std::string& name) { return with_old_tone_place(name) == key; });
}

std::vector<std::string> with_known_marks(std::vector<std::string> words) {
  std::vector<std::string> folded;
  for (const std::string& word : words) folded.push_back(fold(bare(word)));
  for (std::size_t i = 0; i < words.size();) {
    std::size_t length = 1;
    const auto names = names_by_head().find(folded[i]);
    if (names != names_by_head().end()) {
      for (const Name& name : names->second) {
        if (i + name.folded.size() > words.size() ||
            !std::equal(name.folded.begin(), name.folded.end(),
                        folded.begin() + static_cast<std::ptrdiff_t>(i)))
          continue;
        // "CHI BỘ TRƯỜNG MẦM NON" names no minister.
        if (name.syllables.front() == "bộ" && i > 0 && is_party_body(folded[i - 1])) continue;
        length = name.folded.size();
        for (std::size_t k = 0; k < length; ++k) take_marks(words[i + k], name.syllables[k]);
        break;
      }
    }
    i += length;
  }
  return words;
}

std::string with_known_marks(std::string_view text) {
  std::string out;
  for (const std::string& word : with_known_marks(split_words(text))) {
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

bool marks_plain_syllable(std::string_view read, std::string_view known) {
  const std::vector<std::string> before = split_words(read), after = split_words(known);
  if (before.size() != after.size()) return false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::string plain = to_lower(bare(before[i]));
    if (before[i] != after[i] && plain == fold(plain) &&
        diacritics::SyllableTable::built_in().contains(plain))
      return true;
  }
  return false;
}

}  // namespace vanban::extract
