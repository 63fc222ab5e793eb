#include "diacritics/text/text.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "diacritics/text/letter_table.h"

namespace vanban::diacritics {
namespace {

constexpr UChar32 kSmallDStroke = 0x111, kCapitalDStroke = 0x110;

icu::UnicodeString from_utf8(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
}

std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

const icu::Normalizer2& normalizer(bool compose) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* found =
      compose ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU's normalisation data is missing");
  return *found;
}

icu::UnicodeString normalized(const icu::UnicodeString& text, bool compose) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out = normalizer(compose).normalize(text, status);
  if (U_FAILURE(status) != 0) throw std::runtime_error("ICU could not normalise a text");
  return out;
}

template <typename Visit>
void for_each_code_point(const icu::UnicodeString& text, Visit visit) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) visit(text.char32At(i));
}

// Grave, acute, tilde, hook above, dot below; breve and horn are no tones.
bool is_tone(char16_t c) {
  return std::u16string_view(u"\u0300\u0301\u0303\u0309\u0323").find(c) != std::u16string::npos;
}

bool is_mark(UChar32 c) { return u_charType(c) == U_NON_SPACING_MARK; }

// Nothing of a character that is not simple.
const LetterFacts* simple_facts(char32_t c) {
  if (c >= kLetterTableEnd) return nullptr;
  const LetterFacts& facts = letter_table()[c];
  return facts.simple ? &facts : nullptr;
}

// Each character replaced by one of its facts; empty where one is not simple.
std::optional<std::string> mapped(std::string_view text, char32_t LetterFacts::*fact) {
  std::string out;
  out.reserve(text.size());
  const auto add = [&](const LetterFacts& facts, std::size_t, std::size_t) {
    append_utf8(out, facts.*fact);
  };
  if (!visit_simple(text, add)) return std::nullopt;
  return out;
}

}  // namespace

std::string to_nfc(std::string_view text) {
  if (visit_simple(text, [](const LetterFacts&, std::size_t, std::size_t) {}))
    return std::string(text);
  return to_utf8(normalized(from_utf8(text), true));
}

std::string with_usual_characters(std::string_view text) {
  icu::UnicodeString out = from_utf8(text);
  out.findAndReplace(icu::UnicodeString(UChar32{0xD0}), icu::UnicodeString(kCapitalDStroke));
  out.findAndReplace(icu::UnicodeString(UChar32{0xF0}), icu::UnicodeString(kSmallDStroke));
  out.findAndReplace(icu::UnicodeString(UChar32{0x189}), icu::UnicodeString(kCapitalDStroke));
  // Vietnamese has no diaeresis; engines see one over an italic Y.
  out.findAndReplace(icu::UnicodeString(UChar32{0x178}), icu::UnicodeString(u'Y'));
  out.findAndReplace(icu::UnicodeString(UChar32{0xFF}), icu::UnicodeString(u'y'));
  out.findAndReplace(icu::UnicodeString(UChar32{0x2044}), icu::UnicodeString(u'/'));
  // Nor has it Spanish marks: an i whose dot and stem ran together. Alone it may be any stroke.
  if (out.countChar32() > 1)
    out.findAndReplace(icu::UnicodeString(UChar32{0xA1}), icu::UnicodeString(u'i'));
  return to_utf8(out);
}

std::string to_lower(std::string_view text) {
  if (auto out = mapped(text, &LetterFacts::lower)) return std::move(*out);
  return to_utf8(from_utf8(text).toLower(icu::Locale::getRoot()));
}

std::string to_upper(std::string_view text) {
  if (auto out = mapped(text, &LetterFacts::upper)) return std::move(*out);
  return to_utf8(from_utf8(text).toUpper(icu::Locale::getRoot()));
}

std::string to_sentence(std::string_view text) {
  bool first = true;
  icu::UnicodeString out;
  for_each_code_point(normalized(from_utf8(text), true), [&](UChar32 c) {
    out.append(first ? u_toupper(c) : u_tolower(c));
    first = first && u_isalpha(c) == 0;
  });
  return to_utf8(out);
}

std::string fold(std::string_view text) {
  if (auto out = mapped(text, &LetterFacts::folded)) return std::move(*out);
  icu::UnicodeString out;
  for_each_code_point(normalized(from_utf8(text), false), [&](UChar32 c) {
    if (is_mark(c)) return;
    out.append(c == kSmallDStroke || c == kCapitalDStroke ? UChar32{'d'} : u_tolower(c));
  });
  return to_utf8(out);
}

std::string with_old_tone_place(std::string_view word) {
  // Nearly all words have other vowels at their end.
  const LetterFacts *last = nullptr, *before = nullptr;
  const auto note = [&](const LetterFacts& facts, std::size_t, std::size_t) {
    before = std::exchange(last, &facts);
  };
  if (visit_simple(word, note) &&
      (before == nullptr || !last->marked || (before->folded != U'o' && before->folded != U'u')))
    return std::string(word);
  constexpr std::array<const char16_t*, 3> kPairs{u"oa", u"oe", u"uy"};
  const icu::UnicodeString decomposed = normalized(from_utf8(word), false);
  const int32_t length = decomposed.length();
  // Decomposed, the new placement ends in: first vowel, second vowel, tone mark.
  if (length < 3) return std::string(word);
  const char16_t tone = decomposed.charAt(length - 1);
  if (!is_tone(tone)) return std::string(word);
  icu::UnicodeString vowels = decomposed.tempSubString(length - 3, 2);
  vowels.toLower(icu::Locale::getRoot());
  const bool after_q = length > 3 && u_tolower(decomposed.charAt(length - 4)) == u'q';
  for (const char16_t* pair : kPairs) {
    if (vowels != pair || after_q) continue;
    icu::UnicodeString moved = decomposed;
    moved.truncate(length - 1);
    moved.insert(length - 2, tone);
    return to_utf8(normalized(moved, true));
  }
  return std::string(word);
}

std::string with_new_tone_place(std::string_view text) {
  const icu::UnicodeString decomposed = normalized(from_utf8(text), false);
  icu::UnicodeString out;
  for (int32_t i = 0; i < decomposed.length(); ++i) {
    const char16_t first = decomposed.charAt(i);
    out.append(first);
    // Decomposed, the old placement is: first vowel, tone mark, second vowel, no more letters.
    if (i + 2 >= decomposed.length() || !is_tone(decomposed.charAt(i + 1))) continue;
    const auto a = static_cast<char16_t>(u_tolower(first));
    const auto b = static_cast<char16_t>(u_tolower(decomposed.charAt(i + 2)));
    const bool pair = (a == u'o' && (b == u'a' || b == u'e')) || (a == u'u' && b == u'y');
    const bool closes = i + 3 >= decomposed.length() || (u_isalpha(decomposed.charAt(i + 3)) == 0 &&
                                                         !is_mark(decomposed.charAt(i + 3)));
    if (!pair || !closes) continue;
    out.append(decomposed.charAt(i + 2));
    out.append(decomposed.charAt(i + 1));
    i += 2;
  }
  return to_utf8(normalized(out, true));
}

LetterCount count_letters(std::string_view text) {
  LetterCount count;
  const auto add = [&](const LetterFacts& facts, std::size_t, std::size_t) {
    count.all += facts.letter ? 1 : 0;
    count.upper += facts.letter && facts.capital ? 1 : 0;
    count.marked += facts.letter && facts.marked ? 1 : 0;
  };
  if (visit_simple(text, add)) return count;
  count = {};
  bool after_letter = false, counted_mark = false;
  for_each_code_point(normalized(from_utf8(text), false), [&](UChar32 c) {
    if (is_mark(c)) {
      if (after_letter && !counted_mark) ++count.marked;
      counted_mark = true;
      return;
    }
    after_letter = u_isalpha(c) != 0;
    counted_mark = c == kSmallDStroke || c == kCapitalDStroke;
    if (!after_letter) return;
    ++count.all;
    count.upper += u_isupper(c) != 0 ? 1 : 0;
    count.marked += counted_mark ? 1 : 0;
  });
  return count;
}

bool is_upper(std::string_view text) {
  const LetterCount count = count_letters(text);
  return count.all > 0 && count.upper * 10 >= count.all * 8;
}

bool starts_upper(std::string_view text) {
  const LetterFacts* first = nullptr;
  const auto note = [&](const LetterFacts& facts, std::size_t, std::size_t) {
    if (first == nullptr && facts.letter) first = &facts;
  };
  if (visit_simple(text, note)) return first != nullptr && first->capital;
  const icu::UnicodeString decoded = from_utf8(text);
  for (int32_t i = 0; i < decoded.length(); i = decoded.moveIndex32(i, 1)) {
    const UChar32 c = decoded.char32At(i);
    if (u_isalpha(c) != 0) return u_isupper(c) != 0;
  }
  return false;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  bool within = false;
  const auto add = [&](const LetterFacts& facts, std::size_t begin, std::size_t end) {
    if (!facts.space && !within) words.emplace_back();
    if (!facts.space) words.back().append(text.substr(begin, end - begin));
    within = !facts.space;
  };
  if (visit_simple(text, add)) return words;
  words.clear();
  icu::UnicodeString word;
  for_each_code_point(from_utf8(text), [&](UChar32 c) {
    if (u_isUWhiteSpace(c) == 0) {
      word.append(c);
    } else if (!word.isEmpty()) {
      words.push_back(to_utf8(word));
      word.remove();
    }
  });
  if (!word.isEmpty()) words.push_back(to_utf8(word));
  return words;
}

std::string_view trim_punctuation(std::string_view word) {
  std::size_t begin = word.size(), end = 0;
  const auto note = [&](const LetterFacts& facts, std::size_t first, std::size_t past) {
    if (facts.punctuation) return;
    begin = std::min(begin, first);
    end = past;
  };
  if (visit_simple(word, note))
    return begin < end ? word.substr(begin, end - begin) : word.substr(word.size());
  const icu::UnicodeString decoded = from_utf8(word);
  const auto is_punctuation = [](UChar32 c) {
    return u_ispunct(c) != 0 || u_isgraph(c) == 0 || u_charType(c) == U_MATH_SYMBOL ||
           u_charType(c) == U_MODIFIER_SYMBOL;
  };
  int32_t from = 0, to = decoded.length();
  while (from < to && is_punctuation(decoded.char32At(from))) from = decoded.moveIndex32(from, 1);
  while (to > from) {
    const int32_t last = decoded.moveIndex32(to, -1);
    if (!is_punctuation(decoded.char32At(last))) break;
    to = last;
  }
  const std::size_t skipped = to_utf8(decoded.tempSubString(0, from)).size();
  const std::size_t kept = to_utf8(decoded.tempSubString(from, to - from)).size();
  return skipped + kept <= word.size() ? word.substr(skipped, kept) : word;
}

bool is_letter(char32_t c) {
  if (const LetterFacts* facts = simple_facts(c)) return facts->letter;
  return u_isalpha(static_cast<UChar32>(c)) != 0 || is_mark(static_cast<UChar32>(c));
}
bool is_latin(char32_t c) {
  const UChar32 letter = static_cast<UChar32>(c);
  return is_mark(letter) ||
         (u_isalpha(letter) != 0 && u_getIntPropertyValue(letter, UCHAR_SCRIPT) == USCRIPT_LATIN);
}
bool is_digit(char32_t c) { return u_isdigit(static_cast<UChar32>(c)) != 0; }
bool is_upper(char32_t c) { return u_isupper(static_cast<UChar32>(c)) != 0; }
char32_t to_lower(char32_t c) {
  if (const LetterFacts* facts = simple_facts(c)) return facts->lower;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}
char32_t to_upper(char32_t c) { return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))); }

char32_t base_letter(char32_t c) {
  if (const LetterFacts* facts = simple_facts(c)) return facts->base;
  UChar32 letter = static_cast<UChar32>(c);
  icu::UnicodeString decomposed;
  if (normalizer(false).getDecomposition(letter, decomposed) != 0) letter = decomposed.char32At(0);
  return static_cast<char32_t>(letter);
}

int count_marks(char32_t c) {
  if (c < 0x80) return 0;
  if (c == kSmallDStroke || c == kCapitalDStroke) return 1;
  icu::UnicodeString decomposed;
  const bool composed =
      normalizer(false).getDecomposition(static_cast<UChar32>(c), decomposed) != 0;
  return composed ? decomposed.countChar32() - 1 : 0;
}

void append_code_points(std::string_view text, std::u32string& out) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t i = 0; i < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes, i, size, c);
    out += static_cast<char32_t>(c);
  }
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  append_code_points(text, out);
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    // What is no character becomes U+FFFD.
    const bool valid = c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    append_utf8(out, valid ? c : U'\uFFFD');
  }
  return out;
}

}  // namespace vanban::diacritics
