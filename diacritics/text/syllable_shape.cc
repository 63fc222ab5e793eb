#include "diacritics/text/syllable_shape.h"

#include <algorithm>
#include <array>

#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

using Letters = std::string_view;

// Rimes as they are written after a consonant. Grouped by nucleus; what is not here no dictionary
// has, but for a handful of sound imitations and dialect words.
constexpr auto kRimes = std::to_array<Letters>({
    "a",   "ac",   "ach", "ai",   "am",  "an",   "ang", "anh",  "ao",  "ap",  "at",  "au",  "ay",
    "ăc",  "ăm",   "ăn",  "ăng",  "ăp",  "ăt",   "âc",  "âm",   "ân",  "âng", "âp",  "ât",  "âu",
    "ây",  "e",    "ec",  "em",   "en",  "eng",  "eo",  "ep",   "et",  "ê",   "êch", "êm",  "ên",
    "ênh", "êp",   "êt",  "êu",   "i",   "ia",   "ich", "im",   "in",  "inh", "ip",  "it",  "iu",
    "iêc", "iêm",  "iên", "iêng", "iêp", "iêt",  "iêu", "o",    "oc",  "oi",  "om",  "on",  "ong",
    "ooc", "oong", "op",  "ot",   "ô",   "ôc",   "ôi",  "ôm",   "ôn",  "ông", "ôp",  "ôt",  "ơ",
    "ơi",  "ơm",   "ơn",  "ơp",   "ơt",  "u",    "ua",  "uc",   "ui",  "um",  "un",  "ung", "up",
    "ut",  "uôc",  "uôi", "uôm",  "uôn", "uông", "uôt", "ư",    "ưa",  "ưc",  "ưi",  "ưm",  "ưn",
    "ưng", "ưt",   "ưu",  "ươc",  "ươi", "ươm",  "ươn", "ương", "ươp", "ươt", "ươu",
});

// Rimes that begin with a glide, written o or u.
constexpr auto kGlideRimes = std::to_array<Letters>({
    "oa",  "oac", "oach", "oai",  "oam",  "oan", "oang", "oanh", "oao",  "oap", "oat",
    "oay", "oăc", "oăm",  "oăn",  "oăng", "oăt", "oe",   "oem",  "oen",  "oeo", "oep",
    "oet", "uân", "uâng", "uât",  "uây",  "uê",  "uêch", "uên",  "uênh", "uêt", "uơ",
    "uy",  "uya", "uych", "uyên", "uyêt", "uyn", "uynh", "uyp",  "uyt",  "uyu",
});

// Rimes after qu, whose u is the glide.
constexpr auto kRimesAfterQu = std::to_array<Letters>({
    "a",  "ac", "ach", "ai",  "am", "an",  "ang", "anh", "ao",  "ap",  "at",  "au", "ay",
    "ăc", "ăm", "ăn",  "ăng", "ăp", "ăt",  "ân",  "âng", "ât",  "âu",  "ây",  "e",  "en",
    "eo", "et", "ê",   "êch", "ên", "ênh", "êt",  "êu",  "i",   "ich", "inh", "it", "ôc",
    "ơ",  "ơi", "ơn",  "ơt",  "y",  "ych", "ynh", "yt",  "yên", "yêt",
});

// Rimes without an onset that are spelt otherwise than after one: the sound i as y, iê as yê. Ya is
// the water in names of the Central Highlands, elsewhere written Ia.
constexpr auto kRimesOfY = std::to_array<Letters>({"y", "ya", "yêm", "yên", "yêng", "yêt", "yêu"});

// Before e, ê, i.
constexpr auto kFrontOnsets = std::to_array<Letters>({"gh", "k", "ngh"});
// Not before e, ê, i, y; c not before a glide either, where qu stands for it.
constexpr auto kBackOnsets = std::to_array<Letters>({"c", "g", "ng"});
// Before any rime without a glide: the labials and, of loan words, p.
constexpr auto kLabialOnsets = std::to_array<Letters>({"b", "m", "p", "ph", "v"});
// Before any rime.
constexpr auto kFreeOnsets = std::to_array<Letters>(
    {"ch", "d", "đ", "h", "kh", "l", "n", "nh", "r", "s", "t", "th", "tr", "x"});
// Before y, which the spelling of Chinese words and names has for i.
constexpr auto kOnsetsOfY = std::to_array<Letters>({"h", "k", "l", "m", "s", "t", "th", "v"});

// Loan words and names with a glide where Vietnamese has none.
constexpr auto kLoanWords =
    std::to_array<Letters>({"boa", "buýt", "gioan", "gioăng", "moay", "phuy", "voan"});

constexpr auto kTones =
    std::to_array<Letters>({"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"});
// Of kTones, those that a closing c, ch, p, t leaves.
constexpr auto kStopTones = std::to_array<Letters>({"\u0301", "\u0323"});

constexpr auto kMarkedVowels = std::to_array<Letters>({"ă", "â", "ê", "ô", "ơ", "ư"});

// Whether the array has them.
template <std::size_t N>
bool is_of(const std::array<Letters, N>& array, Letters letters) {
  return std::find(array.begin(), array.end(), letters) != array.end();
}

bool begins_front(Letters rime) {
  return rime.starts_with('e') || rime.starts_with("ê") || rime.starts_with('i');
}

bool is_stopped(Letters rime) {
  return rime.ends_with('c') || rime.ends_with("ch") || rime.ends_with('p') || rime.ends_with('t');
}

// Bytes of the rime that stand before the tone, which is a combining mark: it goes on the marked
// vowel, on the last of two (ươ); else on the nucleus, which follows the glide, except that the old
// placement has it on the glide of an open oa, oe, uy.
std::size_t tone_place(Letters rime) {
  for (std::size_t end = rime.size(); end > 1; --end)
    if (is_of(kMarkedVowels, rime.substr(end - 2, 2))) return end;
  if (rime == "oa" || rime == "oe" || rime == "uy") return 1;
  const bool glide = rime.starts_with("oa") || rime.starts_with("oe") || rime.starts_with("uy");
  return glide || rime.starts_with("oo") ? 2 : 1;
}

void add_tones(Letters onset, Letters rime, std::vector<std::string>& out) {
  const std::size_t place = tone_place(rime);
  for (const Letters tone : kTones) {
    if (is_stopped(rime) && !is_of(kStopTones, tone)) continue;
    out.push_back(to_nfc(std::string(onset) + std::string(rime.substr(0, place)) +
                         std::string(tone) + std::string(rime.substr(place))));
  }
}

// gi before a rime; where the rime's own first letter is i, both are one.
void add_after_gi(Letters rime, std::vector<std::string>& out) {
  if (rime.starts_with('i') && rime != "ia") {
    add_tones("g", rime, out);
  } else if (!rime.starts_with('i') && (!rime.starts_with("ê") || rime == "ê")) {
    // With ê only the open rime: giêng is gi and iêng.
    add_tones("gi", rime, out);
  }
}

std::vector<std::string> generated() {
  std::vector<std::string> out;
  for (const Letters rime : kRimes) {
    for (const Letters onset : begins_front(rime) ? kFrontOnsets : kBackOnsets)
      add_tones(onset, rime, out);
    for (const Letters onset : kLabialOnsets) add_tones(onset, rime, out);
    for (const Letters onset : kFreeOnsets) add_tones(onset, rime, out);
    add_after_gi(rime, out);
    if (!rime.starts_with("iê")) add_tones("", rime, out);
  }
  for (const Letters rime : kGlideRimes) {
    add_tones("", rime, out);
    add_tones("g", rime, out);
    add_tones("ng", rime, out);
    for (const Letters onset : kFreeOnsets) add_tones(onset, rime, out);
  }
  for (const Letters rime : kRimesAfterQu) add_tones("qu", rime, out);
  for (const Letters rime : kRimesOfY) add_tones("", rime, out);
  for (const Letters onset : kOnsetsOfY) add_tones(onset, "y", out);
  out.insert(out.end(), kLoanWords.begin(), kLoanWords.end());

  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

const std::vector<std::string>& table() {
  static const std::vector<std::string> syllables = generated();
  return syllables;
}

}  // namespace

bool is_syllable_shape(std::string_view word) {
  return std::binary_search(table().begin(), table().end(), with_old_tone_place(to_lower(word)));
}

std::vector<std::string> all_syllables() { return table(); }

}  // namespace vanban::diacritics
