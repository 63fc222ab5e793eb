#include "diacritics/text/syllables.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "diacritics/text/error.h"
#include "diacritics/text/text.h"
#include "embedded_syllables.h"

namespace vanban::diacritics {
namespace {

constexpr double kUnknownLog10 = -7;

std::string key_of(std::string_view word) {
  return with_old_tone_place(to_lower(to_nfc(trim_punctuation(word))));
}

// Whether a word says something about the language: two letters or more and nothing else, not an
// abbreviation in capitals such as UBND.
bool is_judged(std::string_view word) {
  const LetterCount letters = count_letters(word);
  if (letters.all < 2 || static_cast<std::size_t>(letters.all) != count_code_points(to_nfc(word)))
    return false;
  return letters.upper < letters.all || letters.marked > 0;
}

// Words without which no English is written, and which an engine does not make of Vietnamese.
bool is_english_function_word(std::string_view word) {
  static const std::unordered_set<std::string> kWords{
      "the",   "of",    "and",  "in",    "for",  "is",  "on",     "that", "by",   "this",
      "with",  "are",   "from", "be",    "have", "has", "been",   "was",  "were", "will",
      "shall", "which", "its",  "their", "they", "not", "should", "must"};
  return kWords.contains(to_lower(word));
}

}  // namespace

SyllableTable::SyllableTable(std::string_view tsv) {
  double total = 0;
  while (!tsv.empty()) {
    const std::size_t end = tsv.find('\n');
    const std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(end == std::string_view::npos ? tsv.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    std::uint64_t count = 0;
    const std::string_view number = tab == std::string_view::npos ? "" : line.substr(tab + 1);
    const auto [rest, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (error != std::errc() || rest != number.data() + number.size() || count == 0 || tab == 0)
      throw DataError("syllable table: not a syllable and a count: " + std::string(line));
    if (!log10_probability_.emplace(line.substr(0, tab), double(count)).second)
      throw DataError("syllable table: twice the same syllable: " + std::string(line));
    folded_.insert(fold(line.substr(0, tab)));
    total += static_cast<double>(count);
  }
  if (log10_probability_.empty()) throw DataError("syllable table: empty");
  for (auto& [syllable, value] : log10_probability_) value = std::log10(value / total);
}

double SyllableTable::log10_probability(std::string_view word) const {
  const auto found = log10_probability_.find(key_of(word));
  return found == log10_probability_.end() ? kUnknownLog10 : found->second;
}

bool SyllableTable::contains(std::string_view word) const {
  return log10_probability_.contains(key_of(word));
}

bool SyllableTable::contains_folded(std::string_view word) const {
  return folded_.contains(fold(trim_punctuation(word)));
}

std::string_view SyllableTable::built_in_tsv() { return embedded::syllables(); }
std::string_view SyllableTable::built_in_sha256() { return VANBAN_SYLLABLES_SHA256; }

const SyllableTable& SyllableTable::built_in() {
  static const SyllableTable table(built_in_tsv());
  return table;
}

Plausibility judge(const SyllableTable& table, const std::vector<std::string>& words) {
  Plausibility out;
  int known = 0, marked = 0, english = 0;
  double sum = 0;
  for (const std::string& raw : words) {
    const std::string_view word = trim_punctuation(raw);
    if (!is_judged(word)) continue;
    ++out.syllables;
    known += table.contains(word) ? 1 : 0;
    marked += count_letters(word).marked > 0 ? 1 : 0;
    sum += table.log10_probability(word);
    english += is_english_function_word(word) ? 1 : 0;
  }
  if (out.syllables == 0) return out;
  out.known_share = double(known) / out.syllables;
  out.marked_share = double(marked) / out.syllables;
  out.mean_log10_probability = sum / out.syllables;
  out.english_share = double(english) / out.syllables;
  return out;
}

bool Plausibility::english() const {
  // English prose has 0.25 to 0.4, its headings and tables less; misread Vietnamese has none.
  constexpr double kEnglishMin = 0.12;
  return english_share >= kEnglishMin;
}

bool Plausibility::plausible() const {
  // Right layers, lists of names and signature stamps among them, lie above -3.2; layers without
  // marks or with wrong ones below -5.1.
  constexpr double kMeanMin = -4.1;
  // Right layers have 0.92 and more, wrong ones 0.62 and less; names and foreign words cost some.
  constexpr double kKnownMin = 0.82;
  // Syllables of names and titles alone can be had without a mark; a text cannot.
  constexpr double kMarkedMin = 0.25;
  return syllables > 0 && mean_log10_probability >= kMeanMin && known_share >= kKnownMin &&
         marked_share >= kMarkedMin;
}

}  // namespace vanban::diacritics
