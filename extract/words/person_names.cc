#include "extract/words/person_names.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

// Abbreviations, folded, without their dots; "Th.S" and "CK.II" are of two parts.
constexpr std::array<std::string_view, 43> kDegreeParts{
    "gs",     "pgs",   "ts",    "tskh", "ths", "th",   "s",    "bs",   "bsck", "bscki", "bsckii",
    "bsck1",  "bsck2", "bsnt",  "ck",   "cki", "ckii", "ck1",  "ck2",  "ds",   "dsck",  "dscki",
    "dsckii", "dsck1", "dsck2", "ks",   "kts", "cn",   "cndd", "ls",   "ngut", "ngnd",  "nsut",
    "nsnd",   "ttut",  "ttnd",  "i",    "ii",  "dr",   "nnut", "nnnd", "dd",   "bsgd"};

// Degrees and ranks in words, folded, the longer before those that they begin with.
constexpr std::array<std::string_view, 42> kDegreeWords{"nha giao uu tu",
                                                        "nha giao nhan dan",
                                                        "thay thuoc uu tu",
                                                        "thay thuoc nhan dan",
                                                        "nghe si uu tu",
                                                        "nghe si nhan dan",
                                                        "nghe nhan uu tu",
                                                        "nghe nhan nhan dan",
                                                        "pho giao su",
                                                        "giao su",
                                                        "tien si khoa hoc",
                                                        "tien si",
                                                        "tien sy",
                                                        "thac si",
                                                        "thac sy",
                                                        "bac si",
                                                        "bac sy",
                                                        "duoc si",
                                                        "duoc sy",
                                                        "chuyen khoa i",
                                                        "chuyen khoa ii",
                                                        "chuyen khoa cap i",
                                                        "chuyen khoa cap ii",
                                                        "ky su",
                                                        "ki su",
                                                        "kien truc su",
                                                        "cu nhan",
                                                        "luat su",
                                                        "dai tuong",
                                                        "thuong tuong",
                                                        "trung tuong",
                                                        "thieu tuong",
                                                        "dai ta",
                                                        "thuong ta",
                                                        "trung ta",
                                                        "thieu ta",
                                                        "dai uy",
                                                        "thuong uy",
                                                        "trung uy",
                                                        "thieu uy",
                                                        "do doc",
                                                        "hoa thuong"};

// First words of names of the Tày, Thái, Mường, H'Mông, Dao, Khmer, Chăm, Gia Rai, Ê Đê, Ba Na,
// Cơ Ho, Mnông, Ra Glai, Cơ Tu and others that few others bear, lower case; none that others have
// for a second name ("Thị", "Bá"): a seal may have hidden the first.
constexpr std::array<std::string_view, 85> kMinorityFirst{
    "a",        "y",      "k",      "h",        "rơ",      "ksor",   "siu",    "rmah",  "rcom",
    "rơchâm",   "rah",    "nay",    "kpă",      "kpuih",   "hiao",   "niê",    "mlô",   "ayun",
    "êban",     "êya",    "kbuôr",  "ênuôl",    "adrơng",  "byă",    "bkrông", "bdap",  "ktla",
    "hđơk",     "hmok",   "hwing",  "krông",    "knul",    "cil",    "krajăn", "kră",   "bon",
    "bonniêng", "dagout", "lơ",     "lơmu",     "liêng",   "pang",   "păng",   "cơ",    "rơông",
    "ndu",      "nrong",  "điểu",   "chamaléa", "katơr",   "pinăng", "mấu",    "pupur", "tain",
    "alăng",    "bríu",   "bhling", "bling",    "pơloong", "zơrâm",  "zơ",     "coor",  "arất",
    "avô",      "riah",   "hốih",   "tơngôl",   "lò",      "quàng",  "cà",     "tòng",  "lường",
    "điêu",     "mùa",    "vừ",     "thào",     "giàng",   "hạng",   "hờ",     "lầu",   "má",
    "mào",      "sùng",   "chẩu",   "tẩn"};

bool is_apostrophe(char32_t c) { return c == U'\'' || c == U'’' || c == U'‘' || c == U'`'; }

bool is_vowel(char32_t c) {
  return std::u32string_view(U"aeiouy").find(diacritics::to_lower(diacritics::base_letter(c))) !=
         std::u32string_view::npos;
}

// A capital and small letters, a vowel among them.
bool is_capitalised(std::u32string_view letters) {
  return !letters.empty() && diacritics::is_upper(letters.front()) &&
         std::all_of(
             letters.begin() + 1, letters.end(),
             [](char32_t c) { return diacritics::is_letter(c) && !diacritics::is_upper(c); }) &&
         std::any_of(letters.begin(), letters.end(), is_vowel);
}

bool is_degree_abbreviation(std::string_view word) {
  const std::string folded = diacritics::fold(word);
  std::string_view rest = folded;
  // A comma parts degrees as well: "TS, BS. Lê Thị Hồng".
  while (!rest.empty() && (rest.back() == '.' || rest.back() == ',')) rest.remove_suffix(1);
  if (rest.empty() || !diacritics::starts_upper(word)) return false;
  // "I" and "Th" alone are none.
  if (rest.find('.') == rest.npos && (rest == "th" || rest == "s" || rest == "i" || rest == "dd"))
    return false;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of(".-/"), rest.size());
    const std::string_view part = rest.substr(0, end);
    if (std::find(kDegreeParts.begin(), kDegreeParts.end(), part) == kDegreeParts.end())
      return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return true;
}

// How many words a degree in words takes at the beginning; 0 where there is none.
std::size_t words_of_degree(std::span<const std::string_view> words) {
  for (const std::string_view degree : kDegreeWords) {
    const std::vector<std::string> parts = diacritics::split_words(degree);
    const bool stands =
        parts.size() <= words.size() &&
        std::equal(parts.begin(), parts.end(), words.begin(),
                   [](const std::string& part, std::string_view word) {
                     return diacritics::fold(diacritics::trim_punctuation(word)) == part;
                   });
    if (stands) return parts.size();
  }
  return 0;
}

}  // namespace

bool is_name_word(std::string_view word) {
  const std::u32string letters = diacritics::to_code_points(word);
  const auto mark = std::find_if(letters.begin(), letters.end(), is_apostrophe);
  const auto at = static_cast<std::size_t>(mark - letters.begin());
  if (mark == letters.end()) {
    // "Sa-Rây", "Y-Bhiăc"
    const std::size_t hyphen = letters.find(U'-');
    const std::u32string_view all = letters;
    return hyphen == std::u32string::npos
               ? is_capitalised(all)
               : is_capitalised(all.substr(0, hyphen)) && is_capitalised(all.substr(hyphen + 1));
  }
  // "H'Hen", "K'Brểu", "K'" before a word of its own.
  constexpr std::size_t kBeforeMark = 2;  // letters
  if (at == 0 || at > kBeforeMark || !diacritics::is_upper(letters.front())) return false;
  const std::u32string_view rest = std::u32string_view(letters).substr(at + 1);
  return rest.empty() || is_capitalised(rest) ||
         std::all_of(rest.begin(), rest.end(), [](char32_t c) {
           return diacritics::is_letter(c) && !diacritics::is_upper(c);
         });
}

bool is_name_by_itself(std::string_view word) {
  const std::u32string letters = diacritics::to_code_points(word);
  const auto mark = std::find_if(letters.begin(), letters.end(), is_apostrophe);
  return mark != letters.end() && mark + 1 != letters.end() && is_name_word(word);
}

std::size_t count_degrees(std::span<const std::string_view> words) {
  std::size_t count = 0;
  while (count < words.size()) {
    std::size_t step = words_of_degree(words.subspan(count));
    // Written in capitals as well, but not like a name: "Th.S", "ThS"; "Ds" no one is called.
    if (step == 0 && is_degree_abbreviation(words[count])) step = 1;
    // "BSCK I": the grade stands apart.
    if (step == 0 && count > 0 && (words[count] == "I" || words[count] == "I.")) step = 1;
    // "TS - BS"
    if (step == 0 && count > 0 && (words[count] == "-" || words[count] == "–")) step = 1;
    if (step == 0) break;
    count += step;
  }
  return count;
}

bool is_person_name(std::span<const std::string_view> words) {
  const auto name = words.subspan(count_degrees(words));
  if (name.size() == 1) return is_name_by_itself(name.front());
  return name.size() >= kNameWordsMin && name.size() <= kNameWordsMax &&
         std::all_of(name.begin(), name.end(), is_name_word);
}

bool begins_minority_name(std::string_view word) {
  const std::string lower = diacritics::to_lower(word);
  const std::u32string letters = diacritics::to_code_points(lower);
  constexpr std::size_t kBeforeMark = 2;
  const auto mark = std::find_if(letters.begin(), letters.end(), is_apostrophe);
  if (mark != letters.end()) {
    const auto at = static_cast<std::size_t>(mark - letters.begin());
    return at > 0 && at <= kBeforeMark;
  }
  return std::find(kMinorityFirst.begin(), kMinorityFirst.end(), lower) != kMinorityFirst.end();
}

}  // namespace vanban::extract
