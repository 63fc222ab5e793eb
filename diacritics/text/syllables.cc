#include "diacritics/text/syllables.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>

#include "diacritics/text/error.h"
#include "diacritics/text/syllable_shape.h"
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

// ă đ ĩ ũ ơ ư, and two marks on one letter: engines and fonts without Vietnamese do not have them.
bool has_vietnamese_letter(std::string_view word) {
  constexpr std::u32string_view kLetters = U"ăđĩũơưĂĐĨŨƠƯ";
  const std::u32string text = to_code_points(to_nfc(word));
  return std::any_of(text.begin(), text.end(), [&](char32_t c) {
    return (c >= U'Ạ' && c <= U'ỹ') || kLetters.find(c) != kLetters.npos;
  });
}

// Whether the word has a marked letter of Vietnamese that an English engine does not write: é it
// does.
bool has_mark_beside_acute_e(std::string_view word) {
  constexpr std::u32string_view kLetters = U"àáâãèêìíòóôõùúýÀÁÂÃÈÊÌÍÒÓÔÕÙÚÝ";
  const std::u32string text = to_code_points(to_nfc(word));
  return has_vietnamese_letter(word) || std::any_of(text.begin(), text.end(), [&](char32_t c) {
           return kLetters.find(c) != kLetters.npos;
         });
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

bool is_right_vietnamese(const SyllableTable& table, const std::vector<std::string>& words) {
  if (judge(table, words).plausible()) return true;
  // Of all words. Right pages and lists have 0.1 and more, what engines without Vietnamese made of
  // them 0.01 and less. A few names may have other marks alone.
  constexpr double kVietnameseMin = 0.05;
  // Of the small words, each counted once: a list says "bản" or "plei" on each line. Right pages
  // have 0.03 and less, wrong marks 0.17, lost letters 0.26 and more; one may be of another
  // language.
  constexpr double kMisspeltMax = 0.05;
  constexpr int kForeign = 1;
  // Of the small words too: fewer have marks where they were lost. A few words do not tell.
  constexpr double kMarkedMin = 0.25;
  constexpr std::size_t kFew = 3;
  int judged = 0, vietnamese = 0, marked = 0;
  std::set<std::string> small;
  for (const std::string& raw : words) {
    const std::string_view word = trim_punctuation(raw);
    if (!is_judged(word)) continue;
    ++judged;
    vietnamese += has_vietnamese_letter(word) ? 1 : 0;
    marked += has_mark_beside_acute_e(word) ? 1 : 0;
    if (!starts_upper(word)) small.insert(to_nfc(word));
  }
  if ((small.empty() ? marked : vietnamese) < std::max(1.0, kVietnameseMin * judged)) return false;
  const auto misspelt = std::count_if(
      small.begin(), small.end(), [](const std::string& word) { return !is_syllable_shape(word); });
  const auto count = static_cast<double>(small.size());
  return static_cast<double>(misspelt) <= kForeign + kMisspeltMax * count &&
         (small.size() <= kFew ||
          judge(table, {small.begin(), small.end()}).marked_share >= kMarkedMin);
}

}  // namespace vanban::diacritics
