#include "diacritics/text/text.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

namespace vanban::diacritics {
namespace {

// The replacement character, as UTF-8.
const std::string kReplacement = "\xEF\xBF\xBD";

// Text of Vietnamese letters in pieces (base letter, combining marks in any order), punctuation,
// other scripts, and now and then a byte that is no UTF-8.
std::string random_text(std::mt19937& random) {
  constexpr std::array kPieces{
      "a",      "e",      "i",      "o",  "u", "y",      "A",      "E",      "O",       "U",
      "đ",      "Đ",      "b",      "ng", "Q", "\u0300", "\u0301", "\u0303", "\u0309",  "\u0323",
      "\u0302", "\u0306", "\u031B", "ấ",  "Ệ", "ữ",      "Ơ",      "ß",      "Ω",       "é",
      " ",      "\t",     ".",      "/",  "7", "\u00A0", "漢",     "\xFF",   "\xE1\xBB"};
  std::uniform_int_distribution<std::size_t> piece(0, kPieces.size() - 1);
  std::uniform_int_distribution<int> length(0, 12);
  std::string out;
  for (int i = length(random); i > 0; --i) out += kPieces.at(piece(random));
  return out;
}

TEST_CASE("to_nfc composes letter and marks, in whatever order they come") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {" ", " "},
      {"Số 12", "Số 12"},
      {"Vie\u0323\u0302t", "Vi\u1EC7t"},
      {"Vie\u0302\u0323t", "Vi\u1EC7t"},
      {"Vi\u00EA\u0323t", "Vi\u1EC7t"},
      {"u\u031B\u0303", "\u1EEF"},
      {"\u01B0\u0303", "\u1EEF"},
      {"\u0110a\u0306\u0301c", "Đắc"},
      // Compatibility forms are other characters and stay.
      {"\uFB01", "\uFB01"},
  }));
  CAPTURE(input);
  CHECK(to_nfc(input) == expected);
}

TEST_CASE("what is no UTF-8 becomes the replacement character, the rest stays") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"\xFF", kReplacement},
      {"B\x80"
       "áo",
       "B" + kReplacement + "áo"},
      // "Việt" cut in the middle of a letter.
      {"Vi\xE1\xBB", "Vi" + kReplacement},
      {"a\xC3 b", "a" + kReplacement + " b"},
  }));
  CAPTURE(input);
  CHECK(to_nfc(input) == expected);
  CHECK(to_lower(input).find(kReplacement) != std::string::npos);
  CHECK(fold(input).find(kReplacement) != std::string::npos);
}

TEST_CASE("a zero byte inside the text does not end it") {
  const std::string input("a\0Ế", 5);
  CHECK(to_nfc(input) == input);
  CHECK(to_lower(input) == std::string("a\0ế", 5));
}

TEST_CASE("characters that no Vietnamese text has become those they stand for") {
  CHECK(with_usual_characters("\u00D0ức") == "Đức");
  CHECK(with_usual_characters("30\u20442020") == "30/2020");
  CHECK(with_usual_characters("\u0178 tế") == "Y tế");
  CHECK(with_usual_characters("(\u00A1)") == "(i)");
  CHECK(with_usual_characters("\u00A1") == "\u00A1");  // any stroke
}

TEST_CASE("codes that stand for no character are dropped and counted") {
  const auto [text, expected, count] = GENERATE(table<std::string, std::string, int>({
      {"", "", 0},
      {"Số 5, Đức 🙂", "Số 5, Đức 🙂", 0},
      {"\x12\x19", "", 2},
      {"Cộng\x03 hòa\u0085", "Cộng hòa", 2},
      {"\uF0B7Điều", "Điều", 1},
      {"a\uFFFFb\u0378", "ab", 2},
      {"m\uFFFDt", "m\uFFFDt", 1},
      {"\xFF", "\uFFFD", 1},
  }));
  CAPTURE(text);
  CHECK(without_meaningless(text) == expected);
  CHECK(count_meaningless(text) == count);
}

TEST_CASE("to_lower knows the Vietnamese capitals") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"ỦY BAN NHÂN DÂN", "ủy ban nhân dân"},
      {"ĐƯỜNG", "đường"},
      {"ĂÂÊÔƠƯ", "ăâêôơư"},
      {"67/BC-UBND", "67/bc-ubnd"},
      {"đã nhỏ", "đã nhỏ"},
      {"ỨNG DỤNG", "ứng dụng"},
  }));
  CAPTURE(input);
  CHECK(to_lower(input) == expected);
}

TEST_CASE("to_upper is the way back") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"ủy ban nhân dân", "ỦY BAN NHÂN DÂN"},
      {"đường", "ĐƯỜNG"},
      {"ăâêôơư", "ĂÂÊÔƠƯ"},
      {"67/bc-ubnd", "67/BC-UBND"},
      {"ĐÃ LỚN", "ĐÃ LỚN"},
  }));
  CAPTURE(input);
  CHECK(to_upper(input) == expected);
}

TEST_CASE("to_sentence raises the first letter of the text alone") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"BÁO CÁO", "Báo cáo"},
      {"đề án", "Đề án"},
      {"- ĐỀ ÁN", "- Đề án"},
      {"“ỨNG phó”", "“Ứng phó”"},
      {"123", "123"},
      {"E\u0302 CHE\u0302\u0301", "Ê chế"},
  }));
  CAPTURE(input);
  CHECK(to_sentence(input) == expected);
}

TEST_CASE("fold takes marks and case away") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {" \t", " \t"},
      {"Đường", "duong"},
      {"đĐ", "dd"},
      {"ĐẮK LẮK", "dak lak"},
      {"Số: 67/QĐ-UBND", "so: 67/qd-ubnd"},
      {"Thừa Thiên – Huế", "thua thien – hue"},
      {"u\u031B\u0303", "u"},
      {"khuỷu tay", "khuyu tay"},
  }));
  CAPTURE(input);
  CHECK(fold(input) == expected);
}

TEST_CASE("fold knows every vowel with every tone, in both cases") {
  struct Vowel {
    std::string letter, folded;
  };
  const std::vector<Vowel> vowels{{"a", "a"}, {"ă", "a"}, {"â", "a"}, {"e", "e"},
                                  {"ê", "e"}, {"i", "i"}, {"o", "o"}, {"ô", "o"},
                                  {"ơ", "o"}, {"u", "u"}, {"ư", "u"}, {"y", "y"}};
  for (const Vowel& vowel : vowels) {
    for (const std::string tone : {"", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}) {
      const std::string letter = to_nfc(vowel.letter + tone);
      CAPTURE(letter);
      // Vietnamese letters are one code point each.
      CHECK(count_code_points(letter) == 1);
      CHECK(fold(letter) == vowel.folded);
      CHECK(fold(to_upper(letter)) == vowel.folded);
      CHECK(to_upper(letter) != letter);
      CHECK(to_lower(to_upper(letter)) == letter);
    }
  }
}

TEST_CASE("the tone of a closing oa, oe, uy goes to the first vowel") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"hoà", "hòa"},
      {"hoá", "hóa"},
      {"hoả", "hỏa"},
      {"hoã", "hõa"},
      {"hoạ", "họa"},
      {"khoẻ", "khỏe"},
      {"khoẹ", "khọe"},
      {"thuỷ", "thủy"},
      {"luỹ", "lũy"},
      {"uỷ", "ủy"},
      {"HOÀ", "HÒA"},
      {"Hoà", "Hòa"},
      {"UỶ", "ỦY"},
      {"tho\u0309a", "thỏa"},
  }));
  CAPTURE(input);
  CHECK(to_nfc(with_old_tone_place(input)) == expected);
}

TEST_CASE("a tone that is in its place stays there") {
  const std::string word = GENERATE("", "a", "à", "hòa", "thủy", "quỳ", "quý", "QUÝ", "quỷ", "toán",
                                    "hoàn", "khoẻn", "thuyết", "quả", "của", "mía", "hoa", "uy",
                                    "nguyễn", "khuỷu", "huệ", "đoàn", "12", "oa.");
  CAPTURE(word);
  CHECK(with_old_tone_place(word) == word);
}

TEST_CASE("letters are counted, marked letters once") {
  struct Row {
    std::string text;
    LetterCount count;
  };
  const Row row = GENERATE(values<Row>({
      {"", {0, 0, 0}},
      {" 12/3.", {0, 0, 0}},
      {"UBND", {4, 4, 0}},
      {"Đường", {1, 5, 3}},  // Đ, ư, ờ
      {"Ấn", {1, 2, 1}},     // two marks, one letter
      {"A\u0302\u0301n", {1, 2, 1}},
      {"67/QĐ-UBND", {6, 6, 1}},
      {"\u0301", {0, 0, 0}},  // a mark alone is no letter
      {"7\u0301", {0, 0, 0}},
  }));
  CAPTURE(row.text);
  const LetterCount count = count_letters(row.text);
  CHECK(count.upper == row.count.upper);
  CHECK(count.all == row.count.all);
  CHECK(count.marked == row.count.marked);
}

TEST_CASE("is_upper wants letters, nearly all of them capitals") {
  const auto [text, expected] = GENERATE(table<std::string, bool>({
      {"", false},
      {"  ", false},
      {"2025", false},
      {"BÁO CÁO", true},
      {"QUYẾT ĐỊNH:", true},
      {"QUYE\u0302\u0301T", true},
      {"Báo cáo", false},
      {"báo cáo", false},
      {"ỦY BAN NHÂN DÂn", true},  // one letter read in the wrong case
      {"Đ", true},
      {"đ", false},
  }));
  CAPTURE(text);
  CHECK(is_upper(text) == expected);
}

TEST_CASE("starts_upper looks at the first letter, not the first character") {
  const auto [text, expected] = GENERATE(table<std::string, bool>({
      {"", false},
      {"12.", false},
      {"Đà", true},
      {"đà", false},
      {"(Ấn", true},
      {"1. ông", false},
      {"E\u0302m", true},
      {"\xFF", false},
  }));
  CAPTURE(text);
  CHECK(starts_upper(text) == expected);
}

TEST_CASE("code points are counted, not bytes") {
  const auto [text, expected] = GENERATE(table<std::string, std::size_t>({
      {"", 0},
      {"abc", 3},
      {"Việt", 4},
      {"Vie\u0323\u0302t", 6},
      {"漢\t𠀋", 3},
  }));
  CAPTURE(text);
  CHECK(count_code_points(text) == expected);
}

TEST_CASE("marks of a letter are counted, the stroke of đ with them") {
  for (const char32_t none : {U'a', U'Z', U'7', U'-', U'漢'}) CHECK(count_marks(none) == 0);
  for (const char32_t one : {U'đ', U'Đ', U'ê', U'Ê', U'ư', U'á', U'Ạ', U'ý'})
    CHECK(count_marks(one) == 1);
  for (const char32_t two : {U'ề', U'Ở', U'ậ', U'ự', U'Ẵ'}) CHECK(count_marks(two) == 2);
}

TEST_CASE("words are what white space parts, no-break space included") {
  struct Row {
    std::string text;
    std::vector<std::string> words;
  };
  const Row row = GENERATE(values<Row>({
      {"", {}},
      {" \t\n", {}},
      {"một", {"một"}},
      {"  hai  từ ", {"hai", "từ"}},
      {"ô\tbảng\ndòng", {"ô", "bảng", "dòng"}},
      {"dính\u00A0liền\u3000nhau", {"dính", "liền", "nhau"}},
      {"Số:67/BC-UBND", {"Số:67/BC-UBND"}},
  }));
  CAPTURE(row.text);
  CHECK(split_words(row.text) == row.words);
}

TEST_CASE("punctuation goes at the ends and stays inside") {
  const auto [word, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"...", ""},
      {"./.", ""},
      {"(hòa),", "hòa"},
      {"“Hòa”", "Hòa"},
      {"xã;", "xã"},
      {"– Ấp", "Ấp"},
      {"+7", "7"},
      {"1.500", "1.500"},
      {"KH-UBND", "KH-UBND"},
      {"đ/c:", "đ/c"},
      {"(e\u0302)", "e\u0302"},
      {" xã ", "xã"},
  }));
  CAPTURE(word);
  CHECK(trim_punctuation(word) == expected);
}

TEST_CASE("on random text the functions keep their promises") {
  std::mt19937 random(20250101);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = random_text(random);
    CAPTURE(round, text);
    const std::string nfc = to_nfc(text), folded = fold(text);
    REQUIRE(to_nfc(nfc) == nfc);
    REQUIRE(fold(folded) == folded);
    REQUIRE(fold(nfc) == folded);
    REQUIRE(fold(to_lower(text)) == folded);
    REQUIRE(to_lower(to_lower(text)) == to_lower(text));
    REQUIRE(count_letters(folded).upper == 0);
    REQUIRE(count_letters(folded).marked == 0);
    REQUIRE(count_letters(nfc).all == count_letters(text).all);

    // Words hold no white space and, joined, all the rest.
    std::string joined;
    for (const std::string& word : split_words(text)) {
      REQUIRE_FALSE(word.empty());
      REQUIRE(split_words(word) == std::vector<std::string>{word});
      joined += word;
    }
    REQUIRE(split_words(joined).size() <= 1);

    const std::string_view trimmed = trim_punctuation(nfc);
    REQUIRE(trim_punctuation(trimmed) == trimmed);
    REQUIRE(nfc.find(trimmed) != std::string::npos);
  }
}

TEST_CASE("moving the tone changes neither letters nor marks") {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const std::string word = to_nfc(random_text(random));
    const std::string moved = with_old_tone_place(word);
    CAPTURE(round, word, moved);
    REQUIRE(fold(moved) == fold(word));
    REQUIRE(with_old_tone_place(moved) == moved);
    REQUIRE(count_letters(moved).upper == count_letters(word).upper);
  }
}

// Characters that no table has are taken the long way; what stands beside one comes out the same.
TEST_CASE("looked up or analysed, a text comes out the same") {
  const std::string other = "漢";
  const auto check = [&](const std::string& text) {
    CAPTURE(text);
    CHECK(to_lower(text + other) == to_lower(text) + other);
    CHECK(to_upper(text + other) == to_upper(text) + other);
    CHECK(fold(text + other) == fold(text) + other);
    CHECK(to_nfc(text + other) == to_nfc(text) + other);
    CHECK(to_sentence(text + other) == to_sentence(text) + other);
    const LetterCount alone = count_letters(text), beside = count_letters(text + other);
    CHECK(beside.all == alone.all + 1);
    CHECK(beside.upper == alone.upper);
    CHECK(beside.marked == alone.marked);
    CHECK(with_old_tone_place(other + text) == other + with_old_tone_place(text));
    std::vector<std::string> words = split_words(text);
    words.push_back(other);
    CHECK(split_words(text + ' ' + other) == words);
    if (alone.all > 0) CHECK(starts_upper(text + other) == starts_upper(text));
    CHECK(to_utf8(to_code_points(to_nfc(text))) == to_nfc(text));
  };
  for (char32_t c = 1; c < 0x2100; ++c) {
    // Alone at the end of a word, a sigma has another small form.
    if (c == 0x3A3) continue;
    const std::string text = to_utf8(std::u32string(1, c));
    check(text);
    const bool trimmed = trim_punctuation(text).empty();
    CAPTURE(c);
    CHECK(trim_punctuation(text + other + text) == (trimmed ? other : text + other + text));
  }
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string text = random_text(random);
    if (to_nfc(text) == text) check(text);
  }
}

}  // namespace
}  // namespace vanban::diacritics
