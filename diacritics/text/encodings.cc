#include "diacritics/text/encodings.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/text/syllable_shape.h"
#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "diacritics/text/utf16.h"

namespace vanban::diacritics {
namespace {

constexpr char16_t kGrave = 0x300, kAcute = 0x301, kCircumflex = 0x302, kTilde = 0x303,
                   kBreve = 0x306, kHookAbove = 0x309, kHorn = 0x31B, kDotBelow = 0x323;

// ---- Bytes

// Windows-1252 from 0x80 to 0x9F; 0 where it has nothing.
constexpr std::array<char16_t, 32> kWindows1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_lost(char16_t c) {
  if (c == kReplacement || c == 0x7F) return true;
  if (c < 0x20) return u_isUWhiteSpace(c) == 0;
  return c >= 0x80 && c < 0xA0 && kWindows1252.at(c - std::size_t{0x80}) == 0;
}

// The character that windows-1252 has for the byte which the character stands for: of Latin-1's
// control characters, and of those that come for the same glyph.
char16_t as_windows_1252(char16_t c) {
  constexpr char16_t kMicro = 0xB5, kMu = 0x3BC, kMiddleDot = 0xB7, kBulletOperator = 0x2219;
  if (c >= 0x80 && c < 0xA0) return kWindows1252.at(c - std::size_t{0x80});
  if (c == kMu) return kMicro;
  if (c == kBulletOperator) return kMiddleDot;
  return c;
}

// The text with U+FFFD for what is lost and, otherwise, the characters of windows-1252.
std::u16string as_windows_1252(std::u16string_view text, int& lost) {
  std::u16string out;
  for (const char16_t c : text) {
    if (is_lost(c)) ++lost;
    out += is_lost(c) ? kReplacement : as_windows_1252(c);
  }
  return out;
}

// ---- TCVN3

// The letters of 0xA1 to 0xFE; a space where the encoding has none, and the character stays.
constexpr std::u16string_view kTcvn3 =
    u"ĂÂÊÔƠƯĐăâêôơưđ "   // A1-AF
    u"     àảãáạ ằẳẵắ "  // B0-BF
    u"      ặầẩẫấậè ẻẽ"  // C0-CF
    u"éẹềểễếệìỉ   ĩíịò"  // D0-DF
    u" ỏõóọồổỗốộờởỡớợù"  // E0-EF
    u" ủũúụừửữứựỳỷỹýỵ";  // F0-FE
static_assert(kTcvn3.size() == 0xFE - 0xA0);

char16_t tcvn3_letter(char16_t c) {
  if (c <= 0xA0 || c > 0xFE) return c;
  const char16_t letter = kTcvn3.at(c - std::size_t{0xA1});
  return letter == u' ' ? c : letter;
}

// The run of letters and hyphens with ư for each hyphen, if that is a known syllable.
std::optional<std::u16string> with_horned_u(std::u16string_view run) {
  if (run.find(u'-') == std::u16string_view::npos) return std::nullopt;
  std::u16string horned(run);
  std::replace(horned.begin(), horned.end(), u'-', u'ư');
  const std::string word = to_utf8(horned);
  if (word == "ư" || !SyllableTable::built_in().contains(word) || !is_syllable_shape(word))
    return std::nullopt;
  return horned;
}

std::u16string decode_tcvn3(std::u16string_view text) {
  std::u16string out, run;
  bool after_digit = false;  // the run
  const auto end_run = [&](bool before_digit) {
    // What touches a figure is a code: "T-1".
    const bool word = !after_digit && !before_digit;
    out += word ? with_horned_u(run).value_or(run) : run;
    run.clear();
  };
  for (const char16_t byte : text) {
    const char16_t c = tcvn3_letter(byte);
    if (c == u'-' || u_isalpha(c) != 0) {
      run += c;
      continue;
    }
    end_run(u_isdigit(c) != 0);
    out += c;
    after_digit = u_isdigit(c) != 0;
  }
  end_run(false);
  return out;
}

// ---- VNI

// What stands after a vowel, in small letters.
struct VniMarks {
  char16_t code;
  std::u16string_view letters, marks;  // the letters that it can follow, the marks it is for
};

constexpr std::u16string_view kToneVowels = u"aeouyơư", kCircumflexVowels = u"aeo";

constexpr std::array<VniMarks, 17> kVniMarks{{
    {u'ù', kToneVowels, u"\u0301"},
    {u'ø', kToneVowels, u"\u0300"},
    {u'û', kToneVowels, u"\u0309"},
    {u'õ', kToneVowels, u"\u0303"},
    {u'ï', kToneVowels, u"\u0323"},
    {u'â', kCircumflexVowels, u"\u0302"},
    {u'á', kCircumflexVowels, u"\u0302\u0301"},
    {u'à', kCircumflexVowels, u"\u0302\u0300"},
    {u'å', kCircumflexVowels, u"\u0302\u0309"},
    {u'ã', kCircumflexVowels, u"\u0302\u0303"},
    {u'ä', kCircumflexVowels, u"\u0302\u0323"},
    {u'ê', u"a", u"\u0306"},
    {u'é', u"a", u"\u0306\u0301"},
    {u'è', u"a", u"\u0306\u0300"},
    {u'ú', u"a", u"\u0306\u0309"},
    {u'ü', u"a", u"\u0306\u0303"},
    {u'ë', u"a", u"\u0306\u0323"},
}};

// Letters that have a code of their own, small.
constexpr std::u16string_view kVniCodes = u"ñôöíìæóòî", kVniLetters = u"đơưíìỉĩịỵ";
static_assert(kVniCodes.size() == kVniLetters.size());

char16_t vni_letter(char16_t c) {
  const auto small = static_cast<char16_t>(u_tolower(c));
  const std::size_t at = kVniCodes.find(small);
  if (at == std::u16string_view::npos) return c;
  const char16_t letter = kVniLetters.at(at);
  return small == c ? letter : static_cast<char16_t>(u_toupper(letter));
}

// The marks that the character is for after that letter, the letter decoded; empty if none.
std::u16string_view vni_marks(char16_t letter, char16_t c) {
  const auto small_letter = static_cast<char16_t>(u_tolower(letter));
  const auto small = static_cast<char16_t>(u_tolower(c));
  for (const VniMarks& row : kVniMarks)
    if (row.code == small && row.letters.find(small_letter) != std::u16string_view::npos)
      return row.marks;
  return {};
}

std::u16string decode_vni(std::u16string_view text) {
  std::u16string out;
  char16_t letter = 0;  // that marks may follow
  for (const char16_t c : text) {
    const std::u16string_view marks = letter == 0 ? std::u16string_view() : vni_marks(letter, c);
    if (!marks.empty()) {
      out += marks;
      letter = 0;
    } else {
      letter = vni_letter(c);
      out += letter;
    }
  }
  return out;
}

// ---- Windows-1258

// What it has where windows-1252 has another character.
char16_t windows_1258_character(char16_t c) {
  constexpr std::u16string_view kSeen = u"ÃÌÐÒÕÝÞãìðòõýþ",
                                kMeant = u"Ă\u0300Đ\u0309ƠƯ\u0303ă\u0301đ\u0323ơư₫";
  static_assert(kSeen.size() == kMeant.size());
  const std::size_t at = kSeen.find(c);
  return at == std::u16string_view::npos ? c : kMeant.at(at);
}

// ---- VIQR

// The mark that the character is for after that letter; 0 if none.
char16_t viqr_letter_mark(char16_t letter, char16_t c) {
  switch (c) {
    case u'(': return letter == u'a' ? kBreve : u'\0';
    case u'^': return letter == u'a' || letter == u'e' || letter == u'o' ? kCircumflex : u'\0';
    case u'+':
    case u'*': return letter == u'o' || letter == u'u' ? kHorn : u'\0';
    default: return u'\0';
  }
}

char16_t viqr_tone(char16_t c) {
  switch (c) {
    case u'\'': return kAcute;
    case u'`': return kGrave;
    case u'?': return kHookAbove;
    case u'~': return kTilde;
    case u'.': return kDotBelow;
    default: return u'\0';
  }
}

bool is_viqr_vowel(char16_t small) {
  return std::u16string_view(u"aeiouy").find(small) != std::u16string_view::npos;
}

// Whether `c` is punctuation as often as a tone.
bool is_punctuation_tone(char16_t c) { return c == u'.' || c == u'?' || c == u'\''; }

// Whether the tone that would end the word is none: "I.", or only without it the word is a syllable
// or, for all but the apostrophe, which hardly ends words otherwise, a known one.
bool is_viqr_punctuation(const std::u16string& letters, char16_t tone) {
  if (letters.size() == 1 && tone == kDotBelow) return true;
  const std::u16string toned = letters + tone;
  const std::string with = to_nfc(to_utf8(toned)), without = to_nfc(to_utf8(letters));
  const SyllableTable& table = SyllableTable::built_in();
  return (is_syllable_shape(without) && !is_syllable_shape(with)) ||
         (tone != kAcute && table.contains(without) && !table.contains(with));
}

// Whether dd after these letters of the word is đ: at its beginning, or among the consonants of an
// abbreviation ("HDDND", not "ADD").
bool is_viqr_d_stroke(std::u16string_view word, char16_t d) {
  if (word.empty()) return true;
  const char16_t last = word.back();
  return d == u'D' && u_isupper(last) != 0 &&
         !is_viqr_vowel(static_cast<char16_t>(u_tolower(last)));
}

std::u16string decode_viqr(std::u16string_view text) {
  constexpr std::u16string_view kEscaped = u"(^+*'`?~.dD\\";
  std::u16string out, word;  // word: letters and marks since the last other character
  const auto end_word = [&] {
    out += word;
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t c = text[i];
    const char16_t next = i + 1 < text.size() ? text[i + 1] : u'\0';
    if (c == u'\\' && kEscaped.find(next) != std::u16string_view::npos) {
      end_word();
      out += next;
      ++i;
      continue;
    }
    if (u_isalpha(c) == 0) {
      end_word();
      out += c;
      continue;
    }
    if (u_tolower(c) == u'd' && u_tolower(next) == u'd' && is_viqr_d_stroke(word, c)) {
      word += c == u'd' ? u'đ' : u'Đ';
      ++i;
      continue;
    }
    word += c;
    const auto small = static_cast<char16_t>(u_tolower(c));
    if (!is_viqr_vowel(small)) continue;
    if (const char16_t mark = viqr_letter_mark(small, next); mark != 0) {
      word += mark;
      ++i;
    }
    const char16_t after = i + 1 < text.size() ? text[i + 1] : u'\0';
    const char16_t tone = viqr_tone(after);
    if (tone == 0) continue;
    const bool ends = i + 2 >= text.size() || u_isalpha(text[i + 2]) == 0;
    if (ends && is_punctuation_tone(after) && is_viqr_punctuation(word, tone)) continue;
    word += tone;
    ++i;
  }
  end_word();
  return out;
}

// ---- Detection

constexpr std::array kOldEncodings{Encoding::Tcvn3, Encoding::Vni, Encoding::Viqr,
                                   Encoding::Windows1258};

bool has_combining_marks(std::string_view text) {
  constexpr std::array kMarks{kGrave, kAcute,     kCircumflex, kTilde,
                              kBreve, kHookAbove, kHorn,       kDotBelow};
  const std::u16string decoded = to_utf16(text);
  return std::find_first_of(decoded.begin(), decoded.end(), kMarks.begin(), kMarks.end()) !=
         decoded.end();
}

// How probable the words are when decoded, as judge() has it; empty where they are not plausible,
// or too few words are better for it to go by.
std::optional<double> decoded_log10_probability(const std::vector<std::string>& words,
                                                Encoding from) {
  // Four: in two or three words of another language letters can fall into place by chance.
  constexpr int kGainedMin = 4;
  // Spoilt words speak for right text; in old text they are the odd foreign name.
  constexpr int kGainedPerSpoilt = 5;
  const SyllableTable& table = SyllableTable::built_in();
  int gained = 0, spoilt = 0;
  std::vector<std::string> decoded;
  for (const std::string& word : words) {
    decoded.push_back(decode(word, from).text);
    if (decoded.back() == word) continue;
    const bool was_known = table.contains(word), is_known = table.contains(decoded.back());
    gained += is_known && !was_known ? 1 : 0;
    spoilt += was_known && !is_known ? 1 : 0;
  }
  if (gained < kGainedMin || gained < spoilt * kGainedPerSpoilt) return std::nullopt;
  const Plausibility plausibility = judge(table, decoded);
  if (!plausibility.plausible()) return std::nullopt;
  return plausibility.mean_log10_probability;
}

}  // namespace

std::string_view name_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::Unicode: return "unicode";
    case Encoding::Decomposed: return "decomposed";
    case Encoding::Tcvn3: return "tcvn3";
    case Encoding::Vni: return "vni";
    case Encoding::Viqr: return "viqr";
    case Encoding::Windows1258: return "windows-1258";
  }
  return "unicode";
}

Decoded decode(std::string_view text, Encoding from) {
  Decoded out;
  std::u16string decoded = to_utf16(text);
  const bool eight_bit =
      from == Encoding::Tcvn3 || from == Encoding::Vni || from == Encoding::Windows1258;
  if (eight_bit) {
    decoded = as_windows_1252(decoded, out.lost);
  } else {
    out.lost = static_cast<int>(std::count(decoded.begin(), decoded.end(), kReplacement));
  }
  switch (from) {
    case Encoding::Unicode:
    case Encoding::Decomposed: break;
    case Encoding::Tcvn3: decoded = decode_tcvn3(decoded); break;
    case Encoding::Vni: decoded = decode_vni(decoded); break;
    case Encoding::Viqr: decoded = decode_viqr(decoded); break;
    case Encoding::Windows1258:
      for (char16_t& c : decoded) c = windows_1258_character(c);
      break;
  }
  out.text = to_nfc(to_utf8(decoded));
  return out;
}

Decoded decode_tcvn3_capitals(std::string_view text) {
  Decoded out = decode(text, Encoding::Tcvn3);
  out.text = to_upper(out.text);
  return out;
}

Encoding detect_encoding(std::string_view text) {
  const std::vector<std::string> words = split_words(text);
  if (judge(SyllableTable::built_in(), words).plausible())
    return has_combining_marks(text) ? Encoding::Decomposed : Encoding::Unicode;
  Encoding best = Encoding::Unicode;
  double best_log10_probability = 0;
  for (const Encoding encoding : kOldEncodings) {
    const std::optional<double> found = decoded_log10_probability(words, encoding);
    if (!found || (best != Encoding::Unicode && *found <= best_log10_probability)) continue;
    best = encoding;
    best_log10_probability = *found;
  }
  return best;
}

}  // namespace vanban::diacritics
