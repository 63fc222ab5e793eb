#include "diacritics/text/tokens.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "diacritics/text/text.h"

namespace vanban::diacritics {
std::vector<Token> tokenize(std::string_view text) {
  std::vector<Token> tokens;
  const auto length = static_cast<int64_t>(text.size());
  for (int64_t at = 0; at < length;) {
    const int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(text.data(), at, length, c);
    if (u_isUWhiteSpace(c) != 0) continue;
    const auto is_of = [&c](bool (*kind)(char32_t)) {
      return c >= 0 && kind(static_cast<char32_t>(c));
    };
    const bool word = is_of(is_letter), number = is_of(is_digit);
    while ((word || number) && at < length) {
      int64_t next = at;
      U8_NEXT(text.data(), next, length, c);
      if (!is_of(word ? is_letter : is_digit)) break;
      at = next;
    }
    tokens.push_back({word     ? TokenKind::Word
                      : number ? TokenKind::Number
                               : TokenKind::Mark,
                      static_cast<std::size_t>(begin), static_cast<std::size_t>(at)});
  }
  return tokens;
}

std::string model_form(std::string_view text, const Token& token) {
  const std::string_view piece = text.substr(token.begin, token.end - token.begin);
  switch (token.kind) {
    case TokenKind::Number: return std::string(kNumberWord);
    case TokenKind::Mark:
      for (const std::string_view dash : {"‐", "‑", "‒", "–", "—", "―", "−"})
        if (piece == dash) return "-";
      if (piece == "…") return ".";
      return std::string_view(",.;:()-/%?!").find(piece) != std::string_view::npos
                 ? std::string(piece)
                 : std::string();
    case TokenKind::Word: break;
  }
  // Some letters compose only when they are small.
  return with_old_tone_place(to_nfc(to_lower(to_nfc(piece))));
}

}  // namespace vanban::diacritics
