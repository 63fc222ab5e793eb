#include "diacritics/text/text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "diacritics/text/letter_table.h"
#include "diacritics/text/utf16.h"

namespace vanban::diacritics {
namespace {

// Grave, acute, tilde, hook above, dot below; breve and horn are no tones.
bool is_tone(char16_t c) {
  return std::u16string_view(u"\u0300\u0301\u0303\u0309\u0323").find(c) != std::u16string::npos;
}

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

bool is_meaningless(char32_t c) {
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_CONTROL_CHAR:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_UNASSIGNED: return true;
    default: return false;
  }
}

}  // namespace

std::string to_nfc(std::string_view text) {
  if (visit_simple(text, [](const LetterFacts&, std::size_t, std::size_t) {}))
    return std::string(text);
  return to_utf8(composed(to_utf16(text)));
}

std::string with_usual_characters(std::string_view text) {
  struct Usual {
    char16_t seen, meant;
  };
  // Vietnamese has no diaeresis; engines see one over an italic Y.
  constexpr std::array<Usual, 6> kUsual{{{u'\u00D0', u'Đ'},
                                         {u'\u00F0', u'đ'},
                                         {u'\u0189', u'Đ'},
                                         {u'\u0178', u'Y'},
                                         {u'\u00FF', u'y'},
                                         {u'\u2044', u'/'}}};
  std::u16string out = to_utf16(text);
  for (const auto [seen, meant] : kUsual) std::replace(out.begin(), out.end(), seen, meant);
  // Nor has it Spanish marks: an i whose dot and stem ran together. Alone it may be any stroke.
  if (out.size() > 1) std::replace(out.begin(), out.end(), u'\u00A1', u'i');
  return to_utf8(out);
}

std::string without_meaningless(std::string_view text) {
  std::u16string out;
  for_each_character(to_utf16(text), [&](char32_t c) {
    if (!is_meaningless(c)) append(c, out);
  });
  return to_utf8(out);
}

int count_meaningless(std::string_view text) {
  int count = 0;
  for_each_character(to_utf16(text),
                     [&](char32_t c) { count += is_meaningless(c) || c == kReplacement ? 1 : 0; });
  return count;
}

std::string to_lower(std::string_view text) {
  if (auto out = mapped(text, &LetterFacts::lower)) return std::move(*out);
  return to_utf8(lower_case(to_utf16(text)));
}

std::string to_upper(std::string_view text) {
  if (auto out = mapped(text, &LetterFacts::upper)) return std::move(*out);
  return to_utf8(upper_case(to_utf16(text)));
}

std::string to_sentence(std::string_view text) {
  bool first = true;
  std::u16string out;
  for_each_character(composed(to_utf16(text)), [&](char32_t c) {
    const auto character = static_cast<UChar32>(c);
    append(static_cast<char32_t>(first ? u_toupper(character) : u_tolower(character)), out);
    first = first && u_isalpha(character) == 0;
  });
  return to_utf8(out);
}

std::string fold(std::string_view text) {
  if (auto out = mapped(text, &LetterFacts::folded)) return std::move(*out);
  std::u16string out;
  for_each_character(decomposed(to_utf16(text)), [&](char32_t c) {
    if (is_mark(c)) return;
    const bool stroke = c == kSmallDStroke || c == kCapitalDStroke;
    append(stroke ? U'd' : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))), out);
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
  constexpr std::array<std::u16string_view, 3> kPairs{u"oa", u"oe", u"uy"};
  std::u16string parts = decomposed(to_utf16(word));
  const std::size_t length = parts.size();
  // Decomposed, the new placement ends in: first vowel, second vowel, tone mark.
  if (length < 3 || !is_tone(parts.back())) return std::string(word);
  const std::u16string vowels = lower_case(std::u16string_view(parts).substr(length - 3, 2));
  const bool after_q = length > 3 && u_tolower(parts[length - 4]) == u'q';
  if (after_q || std::find(kPairs.begin(), kPairs.end(), vowels) == kPairs.end())
    return std::string(word);
  std::swap(parts[length - 2], parts[length - 1]);
  return to_utf8(composed(parts));
}

std::string with_new_tone_place(std::string_view text) {
  std::u16string parts = decomposed(to_utf16(text));
  for (std::size_t i = 0; i + 2 < parts.size(); ++i) {
    // Decomposed, the old placement is: first vowel, tone mark, second vowel, no more letters.
    if (!is_tone(parts[i + 1])) continue;
    const auto a = static_cast<char16_t>(u_tolower(parts[i]));
    const auto b = static_cast<char16_t>(u_tolower(parts[i + 2]));
    const bool pair = (a == u'o' && (b == u'a' || b == u'e')) || (a == u'u' && b == u'y');
    const bool closes =
        i + 3 >= parts.size() || (u_isalpha(parts[i + 3]) == 0 && !is_mark(parts[i + 3]));
    if (!pair || !closes) continue;
    std::swap(parts[i + 1], parts[i + 2]);
    i += 2;
  }
  return to_utf8(composed(parts));
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
  for_each_character(decomposed(to_utf16(text)), [&](char32_t c) {
    if (is_mark(c)) {
      if (after_letter && !counted_mark) ++count.marked;
      counted_mark = true;
      return;
    }
    after_letter = u_isalpha(static_cast<UChar32>(c)) != 0;
    counted_mark = c == kSmallDStroke || c == kCapitalDStroke;
    if (!after_letter) return;
    ++count.all;
    count.upper += is_upper(c) ? 1 : 0;
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
  const std::u16string decoded = to_utf16(text);
  for (std::size_t at = 0; at < decoded.size();) {
    const char32_t c = next_character(decoded, at);
    if (u_isalpha(static_cast<UChar32>(c)) != 0) return is_upper(c);
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
  std::u16string word;
  for_each_character(to_utf16(text), [&](char32_t c) {
    if (u_isUWhiteSpace(static_cast<UChar32>(c)) == 0) {
      append(c, word);
    } else if (!word.empty()) {
      words.push_back(to_utf8(word));
      word.clear();
    }
  });
  if (!word.empty()) words.push_back(to_utf8(word));
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
  const std::u16string decoded = to_utf16(word);
  const std::u16string_view all = decoded;
  std::size_t from = 0, to = all.size();
  for (std::size_t at = 0; at < to && is_punctuation(next_character(all, at));) from = at;
  for (std::size_t at = to; at > from && is_punctuation(previous_character(all, at));) to = at;
  const std::size_t skipped = to_utf8(all.substr(0, from)).size();
  const std::size_t kept = to_utf8(all.substr(from, to - from)).size();
  return skipped + kept <= word.size() ? word.substr(skipped, kept) : word;
}

bool is_letter(char32_t c) {
  if (const LetterFacts* facts = simple_facts(c)) return facts->letter;
  return u_isalpha(static_cast<UChar32>(c)) != 0 || is_mark(c);
}
bool is_latin(char32_t c) {
  const UChar32 letter = static_cast<UChar32>(c);
  return is_mark(c) ||
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
  const std::u16string parts = decomposition_of(c);
  std::size_t at = 0;
  return parts.empty() ? c : next_character(parts, at);
}

int count_marks(char32_t c) {
  if (c < 0x80) return 0;
  if (c == kSmallDStroke || c == kCapitalDStroke) return 1;
  int parts = 0;
  for_each_character(decomposition_of(c), [&](char32_t) { ++parts; });
  return std::max(0, parts - 1);
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
