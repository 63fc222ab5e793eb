#include "diacritics/text/tokens.h"

#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

std::string_view piece(std::string_view text, const Token& token) {
  return text.substr(token.begin, token.end - token.begin);
}

// Each token as its text after the first letter of its kind: "w:xã", "n:12", "m:.".
std::vector<std::string> shown(std::string_view text) {
  std::vector<std::string> out;
  for (const Token& token : tokenize(text)) {
    const char* kind = token.kind == TokenKind::Word     ? "w:"
                       : token.kind == TokenKind::Number ? "n:"
                                                         : "m:";
    out.push_back(kind + std::string(piece(text, token)));
  }
  return out;
}

// What the model is told of the text; marks that it looks through are "".
std::vector<std::string> forms(std::string_view text) {
  std::vector<std::string> out;
  for (const Token& token : tokenize(text)) out.push_back(model_form(text, token));
  return out;
}

// Vietnamese letters whole and in parts, digits, marks, white space, bytes that are no UTF-8.
std::string random_text(std::mt19937& random) {
  constexpr std::array kPieces{"a",      "o",      "u",      "y",      "e",    "q",       "A",
                               "O",      "U",      "Đ",      "đ",      "ng",   "T",       "\u0300",
                               "\u0301", "\u0303", "\u0309", "\u0323", "ệ",    "\u0302",  "\u031B",
                               "Ữ",      "oà",     "7",      "40",     "٣",    " ",       "\t",
                               "\u00A0", "\u3000", ".",      "–",      "/",    "“",       "…",
                               "漢",     "🙂",   "\xFF",   "\x80",   "\xE1", "\xE1\xBB"};
  std::uniform_int_distribution<std::size_t> at(0, kPieces.size() - 1);
  std::string out;
  for (std::uint32_t i = random() % 14; i > 0; --i) out += kPieces.at(at(random));
  return out;
}

TEST_CASE("text is cut into words, numbers and marks") {
  struct Row {
    std::string text;
    std::vector<std::string> tokens;
  };
  const Row row = GENERATE(values<Row>({
      {"", {}},
      {" \t\n\u00A0\u3000", {}},
      {"xã", {"w:xã"}},
      {" xã\nấp ", {"w:xã", "w:ấp"}},
      {"12", {"n:12"}},
      {"12,5%", {"n:12", "m:,", "n:5", "m:%"}},
      {"m2", {"w:m", "n:2"}},
      {"67/QĐ-UBND", {"n:67", "m:/", "w:QĐ", "m:-", "w:UBND"}},
      // Marks are tokens of their own, however many stand together.
      {"...", {"m:.", "m:.", "m:."}},
      {"(“xã”)", {"m:(", "m:“", "w:xã", "m:”", "m:)"}},
      {"tỉnh…", {"w:tỉnh", "m:…"}},
      // NFD: the marks belong to the letter before.
      {"Vie\u0323\u0302t Nam", {"w:Vie\u0323\u0302t", "w:Nam"}},
      {"u\u031B\u0303", {"w:u\u031B\u0303"}},
      // A combining mark counts as a letter wherever it stands.
      {"\u0301", {"w:\u0301"}},
      {"7\u0301", {"n:7", "w:\u0301"}},
      // Other scripts; a fraction is no digit.
      {"漢字", {"w:漢字"}},
      {"٣٤", {"n:٣٤"}},
      {"½", {"m:½"}},
      {"a🙂b", {"w:a", "m:🙂", "w:b"}},
  }));
  CAPTURE(row.text);
  CHECK(shown(row.text) == row.tokens);
}

TEST_CASE("bytes that are no UTF-8 are marks and part what stands around them") {
  struct Row {
    std::string text;
    std::vector<std::string> tokens;
  };
  const Row row = GENERATE(values<Row>({
      {"\xFF", {"m:\xFF"}},
      {"\xFF\xFF", {"m:\xFF", "m:\xFF"}},
      {"x\x80y", {"w:x", "m:\x80", "w:y"}},
      {"1\xC3"
       "2",
       {"n:1", "m:\xC3", "n:2"}},
      // A letter cut short, in the middle and at the end.
      {"\xC3 a", {"m:\xC3", "w:a"}},
      {"vi\xC3", {"w:vi", "m:\xC3"}},
  }));
  CAPTURE(row.text);
  CHECK(shown(row.text) == row.tokens);
  for (const Token& token : tokenize(row.text))
    if (token.kind == TokenKind::Mark) CHECK(model_form(row.text, token).empty());
}

TEST_CASE("a zero byte inside a text does not end its tokens") {
  const std::string text("a\0b", 3);
  const std::vector<Token> tokens = tokenize(text);
  REQUIRE(tokens.size() == 3);
  CHECK(tokens[1].kind == TokenKind::Mark);
  CHECK(model_form(text, tokens[1]).empty());
  CHECK(piece(text, tokens[2]) == "b");
}

TEST_CASE("the model knows words in lower case, composed, with the old tone placement") {
  const auto [word, expected] = GENERATE(table<std::string, std::string>({
      {"xã", "xã"},
      {"ỦY", "ủy"},
      {"UỶ", "ủy"},
      {"Hoà", "hòa"},
      {"khoẻ", "khỏe"},
      {"quý", "quý"},
      {"ĐƯỜNG", "đường"},
      {"VIE\u0302\u0323T", "việt"},
      {"hoa\u0300", "hòa"},
      {"THUY\u0309", "thủy"},
      {"\u0301", "\u0301"},
      {"J\u030C", "\u01F0"},  // composes only when it is small
  }));
  CAPTURE(word);
  CHECK(forms(word) == std::vector<std::string>{expected});
}

TEST_CASE("to the model all numbers are one word") {
  const std::string number = GENERATE("0", "7", "2025", "0000", "٣٤");
  CAPTURE(number);
  CHECK(forms(number) == std::vector<std::string>{std::string(kNumberWord)});
}

TEST_CASE("the marks that part phrases stay, the model looks through all others") {
  const auto [mark, expected] = GENERATE(table<std::string, std::string>({
      {",", ","},      {".", "."},      {";", ";"},      {":", ":"},      {"(", "("},
      {")", ")"},      {"-", "-"},      {"/", "/"},      {"%", "%"},      {"?", "?"},
      {"!", "!"},      {"–", "-"},      {"—", "-"},      {"…", "."},      {"\"", ""},
      {"“", ""},       {"'", ""},       {"’", ""},       {"+", ""},       {"=", ""},
      {"*", ""},       {"&", ""},       {"@", ""},       {"#", ""},       {"<", ""},
      {"[", ""},       {"_", ""},       {"•", ""},       {"½", ""},       {"🙂", ""},
      {"₫", ""},       {"\uFF0C", ""},  {"\u00AD", ""},  {"\u2010", "-"}, {"\u2011", "-"},
      {"\u2012", "-"}, {"\u2015", "-"}, {"\u2212", "-"},
  }));
  CAPTURE(mark);
  CHECK(forms(mark) == std::vector<std::string>{expected});
}

TEST_CASE("a token's form is that of its own bytes") {
  const std::string text = "Số 67, HOÀ – 2";
  CHECK(forms(text) == std::vector<std::string>{"số", "0", ",", "hòa", "-", "0"});
}

TEST_CASE("on random text tokens leave out nothing but white space") {
  std::mt19937 random(20250201);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random);
    CAPTURE(round, text);
    std::size_t end = 0;
    for (const Token& token : tokenize(text)) {
      REQUIRE(token.begin >= end);
      REQUIRE(token.end > token.begin);
      REQUIRE(split_words(text.substr(end, token.begin - end)).empty());
      REQUIRE(split_words(piece(text, token)).size() == 1);
      end = token.end;
    }
    REQUIRE(end <= text.size());
    REQUIRE(split_words(text.substr(end)).empty());
  }
}

TEST_CASE("on random text runs are as long as can be, and of one kind") {
  std::mt19937 random(20250202);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random);
    CAPTURE(round, text);
    Token last;
    for (const Token& token : tokenize(text)) {
      const bool touches = last.end > 0 && token.begin == last.end;
      if (token.kind != TokenKind::Mark) REQUIRE_FALSE((touches && token.kind == last.kind));
      last = token;
      const std::u32string characters = to_code_points(piece(text, token));
      if (token.kind == TokenKind::Mark) {
        // What is no UTF-8 may show as one or more replacement characters.
        REQUIRE((characters.size() == 1 || characters.front() == U'\uFFFD'));
        REQUIRE_FALSE((is_letter(characters[0]) || is_digit(characters[0])));
        continue;
      }
      for (const char32_t c : characters)
        REQUIRE((token.kind == TokenKind::Word ? is_letter(c) : is_digit(c)));
    }
  }
}

TEST_CASE("on random text forms are words to the model again, whatever the normal form and case") {
  std::mt19937 random(20250203);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random);
    CAPTURE(round, text);
    for (const Token& token : tokenize(text)) {
      const std::string form = model_form(text, token);
      if (form.empty()) {
        REQUIRE(token.kind == TokenKind::Mark);
        continue;
      }
      REQUIRE(to_nfc(form) == form);
      REQUIRE(to_lower(form) == form);
      REQUIRE(forms(form) == std::vector<std::string>{form});
      REQUIRE(forms(to_upper(form)) == std::vector<std::string>{form});
    }
    // With bytes that are no UTF-8 the normal form is another text.
    const std::string nfc = to_nfc(text);
    if (nfc.find("\uFFFD") == std::string::npos) REQUIRE(forms(nfc) == forms(text));
  }
}

}  // namespace
}  // namespace vanban::diacritics
