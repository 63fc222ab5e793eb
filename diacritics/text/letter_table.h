// Facts of single characters, looked up: what nearly all texts are made of needs no closer
// analysis.
#pragma once

#include <string>
#include <string_view>

namespace vanban::diacritics {

struct LetterFacts {
  char32_t lower = 0, upper = 0;
  char32_t base = 0;    // without tone and letter marks, case kept
  char32_t folded = 0;  // the same in lower case
  bool letter = false, capital = false, space = false;
  bool marked = false;       // carries a Vietnamese mark, a stroke included
  bool punctuation = false;  // or no character that can be seen
  // Composed, no combining mark, one character in either case: a text of nothing else is composed
  // and can be taken character by character.
  bool simple = false;
};

// đ and Đ, which Unicode does not decompose.
inline constexpr char32_t kSmallDStroke = 0x111, kCapitalDStroke = 0x110;

inline constexpr char32_t kLetterTableEnd = 0x2070;

// Of any character, as LetterFacts has it.
bool is_punctuation(char32_t c);

// kLetterTableEnd of them, by their code points; of those that are not simple none need be right.
const LetterFacts* letter_table();

// Calls visit(facts, begin, end) for each character, with its bytes. False where a character is not
// simple or the bytes are no UTF-8; what was visited before does not count then.
template <typename Visit>
bool visit_simple(std::string_view text, Visit visit) {
  const LetterFacts* const table = letter_table();
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const auto follows = [&](std::size_t at) {
      return at < text.size() && (byte(at) & 0xC0) == 0x80;
    };
    char32_t c = byte(i);
    std::size_t size = 1;
    if (c >= 0xC2 && c < 0xE0 && follows(i + 1)) {
      c = (c & 0x1F) << 6 | (byte(i + 1) & 0x3F);
      size = 2;
    } else if (c >= 0xE0 && c < 0xF0 && follows(i + 1) && follows(i + 2)) {
      c = (c & 0x0F) << 12 | (byte(i + 1) & 0x3F) << 6 | (byte(i + 2) & 0x3F);
      size = 3;
      if (c < 0x800) return false;
    } else if (c >= 0x80) {
      return false;
    }
    if (c >= kLetterTableEnd) return false;
    const LetterFacts& facts = table[c];
    if (!facts.simple) return false;
    visit(facts, i, i + size);
    i += size;
  }
  return true;
}

void append_beyond_ascii(std::string& out, char32_t c);

inline void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80)
    out += static_cast<char>(c);
  else
    append_beyond_ascii(out, c);
}

}  // namespace vanban::diacritics
