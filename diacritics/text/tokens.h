// Cuts text into the tokens that the language model counts: words of letters, numbers, marks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::diacritics {

enum class TokenKind {
  Word,    // a run of letters with their combining marks
  Number,  // a run of digits
  Mark,    // one character that is neither, and no white space
};

struct Token {
  TokenKind kind = TokenKind::Word;
  std::size_t begin = 0, end = 0;  // bytes in the text, end exclusive
};

// UTF-8; a sequence that is none counts as one mark.
std::vector<Token> tokenize(std::string_view text);

// All numbers are one word to the model.
inline constexpr std::string_view kNumberWord = "0";

// The form in which the model knows a token: words in lower case, NFC, with the old tone placement;
// numbers as kNumberWord; the marks that part phrases as themselves, hyphens and dashes as "-".
// Empty for every other mark: the model looks through it.
std::string model_form(std::string_view text, const Token& token);

}  // namespace vanban::diacritics
