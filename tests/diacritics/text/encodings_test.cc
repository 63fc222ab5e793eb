#include "diacritics/text/encodings.h"

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "diacritics/text/text.h"
#include "tests/diacritics/text/vowels.h"

namespace vanban::diacritics {
namespace {

const std::string kReplacement = "\xEF\xBF\xBD";

constexpr std::array kEncodings{Encoding::Unicode, Encoding::Decomposed, Encoding::Tcvn3,
                                Encoding::Vni,     Encoding::Viqr,       Encoding::Windows1258};

// ---- Encoders

// kVowels in TCVN3, with the soft hyphen for ư.
const std::array<Row, 12> kTcvn3Vowels{{{"a", "µ", "¸", "¶", "·", "¹"},
                                        {"¨", "»", "¾", "¼", "½", "Æ"},
                                        {"©", "Ç", "Ê", "È", "É", "Ë"},
                                        {"e", "Ì", "Ð", "Î", "Ï", "Ñ"},
                                        {"ª", "Ò", "Õ", "Ó", "Ô", "Ö"},
                                        {"i", "×", "Ý", "Ø", "Ü", "Þ"},
                                        {"o", "ß", "ã", "á", "â", "ä"},
                                        {"«", "å", "è", "æ", "ç", "é"},
                                        {"¬", "ê", "í", "ë", "ì", "î"},
                                        {"u", "ï", "ó", "ñ", "ò", "ô"},
                                        {"\u00AD", "õ", "ø", "ö", "÷", "ù"},
                                        {"y", "ú", "ý", "û", "ü", "þ"}}};

const std::array<Row, 12> kVniVowels{{{"a", "aø", "aù", "aû", "aõ", "aï"},
                                      {"aê", "aè", "aé", "aú", "aü", "aë"},
                                      {"aâ", "aà", "aá", "aå", "aã", "aä"},
                                      {"e", "eø", "eù", "eû", "eõ", "eï"},
                                      {"eâ", "eà", "eá", "eå", "eã", "eä"},
                                      {"i", "ì", "í", "æ", "ó", "ò"},
                                      {"o", "oø", "où", "oû", "oõ", "oï"},
                                      {"oâ", "oà", "oá", "oå", "oã", "oä"},
                                      {"ô", "ôø", "ôù", "ôû", "ôõ", "ôï"},
                                      {"u", "uø", "uù", "uû", "uõ", "uï"},
                                      {"ö", "öø", "öù", "öû", "öõ", "öï"},
                                      {"y", "yø", "yù", "yû", "yõ", "î"}}};

// By letter, then by tone.
const std::array<std::string, 12> kViqrLetters{"a", "a(", "a^", "e", "e^", "i",
                                               "o", "o^", "o+", "u", "u+", "y"};
const Row kViqrTones{"", "`", "'", "?", "~", "."};

// As windows-1252 shows it: ă â ê ô ơ ư, and the tones.
const std::array<std::string, 12> kWindows1258Letters{"a", "ã", "â", "e", "ê", "i",
                                                      "o", "ô", "õ", "u", "ý", "y"};
const Row kWindows1258Tones{"", "Ì", "ì", "Ò", "Þ", "ò"};

// Letter -> what the encoding has for it.
using Alphabet = std::map<std::string, std::string>;

// Capitals of the encoding are those of windows-1252's letters.
void add_capitals(Alphabet& alphabet) {
  const Alphabet small = alphabet;
  for (const auto& [letter, code] : small) alphabet.emplace(to_upper(letter), to_upper(code));
}

Alphabet tcvn3_alphabet() {
  Alphabet out{{"đ", "®"}, {"Đ", "§"}, {"Ă", "¡"}, {"Â", "¢"},
               {"Ê", "£"}, {"Ô", "¤"}, {"Ơ", "¥"}, {"Ư", "¦"}};
  for (std::size_t v = 0; v < kVowels.size(); ++v)
    for (std::size_t t = 0; t < 6; ++t) out.emplace(kVowels.at(v).at(t), kTcvn3Vowels.at(v).at(t));
  return out;
}

Alphabet vni_alphabet() {
  Alphabet out{{"đ", "ñ"}};
  for (std::size_t v = 0; v < kVowels.size(); ++v)
    for (std::size_t t = 0; t < 6; ++t) out.emplace(kVowels.at(v).at(t), kVniVowels.at(v).at(t));
  add_capitals(out);
  return out;
}

Alphabet viqr_alphabet() {
  Alphabet out{{"đ", "dd"}};
  for (std::size_t v = 0; v < kVowels.size(); ++v)
    for (std::size_t t = 0; t < 6; ++t)
      out.emplace(kVowels.at(v).at(t), kViqrLetters.at(v) + kViqrTones.at(t));
  add_capitals(out);
  return out;
}

Alphabet windows_1258_alphabet() {
  Alphabet out{{"đ", "ð"}, {"Đ", "Ð"}};
  for (std::size_t v = 0; v < kVowels.size(); ++v) {
    for (std::size_t t = 0; t < 6; ++t) {
      const std::string& letter = kVowels.at(v).at(t);
      out.emplace(letter, kWindows1258Letters.at(v) + kWindows1258Tones.at(t));
      // The tones have no capitals.
      out.emplace(to_upper(letter), to_upper(kWindows1258Letters.at(v)) + kWindows1258Tones.at(t));
    }
  }
  return out;
}

Alphabet decomposed_alphabet() {
  Alphabet out;
  const Row tones{"", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"};
  for (std::size_t v = 0; v < kVowels.size(); ++v)
    for (std::size_t t = 0; t < 6; ++t)
      out.emplace(kVowels.at(v).at(t), kVowels.at(v).at(0) + tones.at(t));
  add_capitals(out);
  return out;
}

const Alphabet& alphabet_of(Encoding encoding) {
  static const std::map<Encoding, Alphabet> alphabets{
      {Encoding::Unicode, {}},
      {Encoding::Decomposed, decomposed_alphabet()},
      {Encoding::Tcvn3, tcvn3_alphabet()},
      {Encoding::Vni, vni_alphabet()},
      {Encoding::Viqr, viqr_alphabet()},
      {Encoding::Windows1258, windows_1258_alphabet()},
  };
  return alphabets.at(encoding);
}

std::vector<std::string> characters_of(const std::string& text) {
  std::vector<std::string> out;
  for (const char c : text) {
    if (out.empty() || (static_cast<unsigned char>(c) & 0xC0) != 0x80) out.emplace_back();
    out.back() += c;
  }
  return out;
}

std::string encode(const std::string& text, Encoding to) {
  const Alphabet& alphabet = alphabet_of(to);
  std::string out;
  for (const std::string& character : characters_of(to_nfc(text))) {
    const auto found = alphabet.find(character);
    out += found == alphabet.end() ? character : found->second;
  }
  return out;
}

// The 67 small letters that ASCII does not have.
std::vector<std::string> marked_letters() {
  std::vector<std::string> out{"đ"};
  for (const Row& row : kVowels)
    for (const std::string& letter : row)
      if (letter.size() > 1) out.push_back(letter);
  return out;
}

// ---- Decoding

TEST_CASE("every letter of the alphabet comes back") {
  REQUIRE(marked_letters().size() == 67);
  const Encoding encoding = GENERATE(from_range(kEncodings));
  CAPTURE(name_of(encoding));
  for (const std::string& letter : marked_letters()) {
    // đ stands at the beginning of a syllable, a vowel inside.
    const std::string small = letter == "đ" ? "đan" : "t" + letter + "n", large = to_upper(small);
    CAPTURE(small);
    CHECK(decode(encode(small, encoding), encoding) == Decoded{small, 0});
    if (encoding == Encoding::Tcvn3) {
      // Capitals with tones are small letters in another font.
      CHECK(decode_tcvn3_capitals(encode(small, encoding)) == Decoded{large, 0});
    } else {
      CHECK(decode(encode(large, encoding), encoding) == Decoded{large, 0});
    }
  }
}

TEST_CASE("the whole alphabet in one word comes back") {
  const Encoding encoding =
      GENERATE(Encoding::Decomposed, Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258);
  std::string alphabet;
  for (const std::string& letter : marked_letters()) alphabet += letter;
  CHECK(decode(encode(alphabet, encoding), encoding).text == alphabet);
}

TEST_CASE("TCVN3 words") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {" ", " "},
      {"Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"},
      {"§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"},
      {"ñy ban nh©n d©n", "ủy ban nhân dân"},
      {"Quèc héi", "Quốc hội"},
      {"NghÞ ®Þnh", "Nghị định"},
      {"Th«ng t\u00AD", "Thông tư"},
      {"h\u00ADíng dÉn", "hướng dẫn"},
      {"quyÕt ®Þnh", "quyết định"},
      {"c¨n cø", "căn cứ"},
      {"chÝnh phñ", "chính phủ"},
      {"tr\u00ADëng", "trưởng"},
      {"xö lý", "xử lý"},
      {"khiÓn", "khiển"},
      {"ng\u00ADêi", "người"},
      {"Sè: 12/2005/Q§-UBND", "Số: 12/2005/QĐ-UBND"},
      {"¡n, ¢n, £, ¤ng, ¥n, ¦u", "Ăn, Ân, Ê, Ông, Ơn, Ưu"},
      // The Greek mu for the micro sign, and the bullet operator for the middle dot.
      {"l\u03BCm", "làm"},
      {"x\u2219", "xã"},
      // Punctuation of windows-1252, as its characters and as Latin-1's control characters.
      {"“x· héi” – ®Þnh…", "“xã hội” – định…"},
      {"\u0093x· héi\u0094 \u0096 ®Þnh\u0085", "“xã hội” – định…"},
      // What is right already stays, what has no letter as well.
      {"ừ ậ đ 漢", "ừ ậ đ 漢"},
      {"30°", "30°"},
  }));
  CAPTURE(input);
  CHECK(decode(input, Encoding::Tcvn3) == Decoded{expected, 0});
}

TEST_CASE("TCVN3's ư may come as a hyphen") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"Th«ng t- h-íng dÉn", "Thông tư hướng dẫn"},
      {"Bé T- ph¸p", "Bộ Tư pháp"},
      {"n-íc, ng-êi; (tr-ëng)", "nước, người; (trưởng)"},
      {"-u tiªn, -íc tÝnh", "ưu tiên, ước tính"},
      {"nh- sau:", "như sau:"},
      // Hyphens and dashes.
      {"§éc lËp - Tù do", "Độc lập - Tự do"},
      {"lËp-Tù", "lập-Tự"},
      {"57-NQ/TW", "57-NQ/TW"},
      {"12/Q§-UBND", "12/QĐ-UBND"},
      {"T-1, 2-t", "T-1, 2-t"},
      {"- ¸p dông", "- áp dụng"},
      {"-¸p dông", "-áp dụng"},
      {"--", "--"},
  }));
  CAPTURE(input);
  CHECK(decode(input, Encoding::Tcvn3).text == expected);
}

TEST_CASE("TCVN3 text of a capital font is in capitals") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"céng hoµ x· héi chñ nghÜa viÖt nam", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
      {"CéNG HOµ", "CỘNG HOÀ"},
      {"Q§-ubnd", "QĐ-UBND"},
  }));
  CAPTURE(input);
  CHECK(decode_tcvn3_capitals(input) == Decoded{expected, 0});
}

TEST_CASE("VNI words") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
      {"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
      {"Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"},
      {"UÛy ban nhaân daân", "Ủy ban nhân dân"},
      {"Caên cöù Nghò ñònh", "Căn cứ Nghị định"},
      {"höôùng daãn, ngöôøi, tröôûng", "hướng dẫn, người, trưởng"},
      {"quyeát ñònh xöû lyù kyû luaät", "quyết định xử lý kỷ luật"},
      {"chính, ñeïp, tæ, kîp", "chính, đẹp, tỉ, kỵp"},
      {"thuôû, ôû, ôn", "thuở, ở, ơn"},
      // Small marks after capitals.
      {"Aâm, Öùng, AÊn", "Âm, Ứng, Ăn"},
      // A mark that can follow no such letter, or none at all, is a character of its own.
      {"bù â 5ø", "bù â 5ø"},
      {"aùù", "áù"},
  }));
  CAPTURE(input);
  CHECK(decode(input, Encoding::Vni) == Decoded{expected, 0});
}

TEST_CASE("VIQR words") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
      {"DDo^.c la^.p - Tu+. do - Ha.nh phu'c", "Độc lập - Tự do - Hạnh phúc"},
      {"U?y ban nha^n da^n", "Ủy ban nhân dân"},
      {"ca(n cu+' quye^'t ddi.nh", "căn cứ quyết định"},
      {"Dda`, u*ng, ngu*o*`i", "Đà, ưng, người"},
      // Punctuation.
      {"nha^n da^n.", "nhân dân."},
      {"cu?a to^i.", "của tôi."},
      {"xa~. La`?", "xã. Là?"},
      {"Quo^'c gia.", "Quốc gia."},
      {"I. Chung", "I. Chung"},
      {"la. lu`ng", "lạ lùng"},
      {"y' kie^'n", "ý kiến"},
      // Escapes.
      {"la\\. xa~", "la. xã"},
      {"xa\\~", "xa~"},
      {"\\ddi", "ddi"},
      {"a\\\\b", "a\\b"},
      {"C:\\nha^n", "C:\\nhân"},
      // d inside a word, and of abbreviations.
      {"add ADD", "add ADD"},
      {"12/QDD-UBND, HDDND", "12/QĐ-UBND, HĐND"},
      {"(x^2)", "(x^2)"},
  }));
  CAPTURE(input);
  CHECK(decode(input, Encoding::Viqr) == Decoded{expected, 0});
}

TEST_CASE("windows-1258 words") {
  const auto [input, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"Viêòt", "Việt"},
      {"Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"},
      {"Ðôòc lâòp - Týò do - Haònh phuìc", "Độc lập - Tự do - Hạnh phúc"},
      {"cãn cýì, hýõìng dâÞn", "căn cứ, hướng dẫn"},
      {"ÝÒ ÐÕ Ã", "Ử ĐƠ Ă"},
      // The letters that Western alphabets have with the same mark.
      {"hà cá chê ôn ù ú é è", "hà cá chê ôn ù ú é è"},
      {"5 þ", "5 ₫"},
  }));
  CAPTURE(input);
  CHECK(decode(input, Encoding::Windows1258) == Decoded{expected, 0});
}

TEST_CASE("decomposed letters are composed, in any equivalent order") {
  const std::string input = GENERATE("Vie\u0302\u0323t", "Vie\u0323\u0302t", "Vi\u00EA\u0323t",
                                     "Vi\u1EB9\u0302t", "Vi\u1EC7t");
  CAPTURE(input);
  CHECK(decode(input, Encoding::Decomposed) == Decoded{"Việt", 0});
  CHECK(decode(input, Encoding::Unicode) == Decoded{"Việt", 0});
}

TEST_CASE("what is lost is shown and counted") {
  struct Case {
    Encoding encoding;
    std::string input;
    Decoded expected;
  };
  const Case row = GENERATE(values<Case>({
      {Encoding::Unicode, "x\xFF", {"x" + kReplacement, 1}},
      {Encoding::Decomposed, "\xC3 " + kReplacement, {kReplacement + " " + kReplacement, 2}},
      {Encoding::Viqr, "Vie^.\x80t", {"Việ" + kReplacement + "t", 1}},
      {Encoding::Tcvn3, "Vi\xFFt", {"Vi" + kReplacement + "t", 1}},
      // Control characters, but for white space; 0x81 is one that windows-1252 has nothing for.
      {Encoding::Tcvn3, "h\x01i \u0081", {"h" + kReplacement + "i " + kReplacement, 2}},
      {Encoding::Vni, "oä\tx\r\n\f\x7F", {"ộ\tx\r\n\f" + kReplacement, 1}},
      {Encoding::Windows1258, "\u008Dê\u008E", {kReplacement + "êŽ", 1}},
      {Encoding::Unicode, "a\u0001", {"a\u0001", 0}},
  }));
  CAPTURE(name_of(row.encoding), row.input);
  CHECK(decode(row.input, row.encoding).text == row.expected.text);
  CHECK(decode(row.input, row.encoding).lost == row.expected.lost);
}

TEST_CASE("ASCII without marks is the same in all encodings") {
  const std::string text = "Trung tam 12/KH, (a) b; 50% ABC xyz";
  for (const Encoding encoding : kEncodings) CHECK(decode(text, encoding) == Decoded{text, 0});
}

TEST_CASE("whatever comes, the result is NFC") {
  constexpr std::array kPieces{"a",      "o",      "u",      "d",  "DD",   "t",  "^",    ".",
                               "'",      "\\",     "-",      "ù",  "â",    "ö",  "ñ",    "\u00AD",
                               "\u0323", "\u0302", " ",      "¸",  "Þ",    "\t", "\xFF", "ệ",
                               "7",      "\u0085", "\u0081", "𠀋", "\x01", "+"};
  std::mt19937 random(5);
  std::uniform_int_distribution<std::size_t> piece(0, kPieces.size() - 1);
  std::uniform_int_distribution<int> length(0, 10);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = length(random); i > 0; --i) text += kPieces.at(piece(random));
    for (const Encoding encoding : kEncodings) {
      CAPTURE(round, text, name_of(encoding));
      const Decoded decoded = decode(text, encoding);
      REQUIRE(to_nfc(decoded.text) == decoded.text);
      REQUIRE((decoded.lost > 0) == (decoded.text.find(kReplacement) != std::string::npos));
    }
    REQUIRE(detect_encoding(text) == Encoding::Unicode);
  }
}

TEST_CASE("each encoding has a name of its own") {
  CHECK(name_of(Encoding::Unicode) == "unicode");
  CHECK(name_of(Encoding::Decomposed) == "decomposed");
  CHECK(name_of(Encoding::Tcvn3) == "tcvn3");
  CHECK(name_of(Encoding::Vni) == "vni");
  CHECK(name_of(Encoding::Viqr) == "viqr");
  CHECK(name_of(Encoding::Windows1258) == "windows-1258");
}

// ---- Detection

const std::vector<std::string>& right_texts() {
  static const std::vector<std::string> texts{
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
      "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh về việc rà soát hồ sơ lưu trữ, Phòng Nội vụ đề "
      "nghị các đơn vị báo cáo kết quả trước ngày 15 tháng 9 năm 2005.",
      "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003; Xét đề "
      "nghị của Giám đốc Sở Tài chính tại Tờ trình số 45/TTr-STC.",
      "Quyết định này có hiệu lực kể từ ngày ký. Các ông Chánh Văn phòng, thủ trưởng các cơ quan "
      "có liên quan chịu trách nhiệm thi hành Quyết định này.",
      "Nơi nhận: Như Điều 3; Thường trực Tỉnh ủy; Đoàn đại biểu Quốc hội; Lưu: Văn thư, hồ sơ vụ "
      "việc.",
  };
  return texts;
}

TEST_CASE("text in an old encoding is recognised and brought back") {
  const Encoding encoding = GENERATE(Encoding::Decomposed, Encoding::Tcvn3, Encoding::Vni,
                                     Encoding::Viqr, Encoding::Windows1258);
  for (const std::string& right : right_texts()) {
    // TCVN3 has no capitals with tones.
    const std::string text = encoding == Encoding::Tcvn3 ? to_lower(right) : right;
    const std::string encoded = encode(text, encoding);
    CAPTURE(encoded);
    CHECK(name_of(detect_encoding(encoded)) == name_of(encoding));
    CHECK(decode(encoded, encoding) == Decoded{text, 0});
  }
}

TEST_CASE("TCVN3 with hyphens for ư, or without it, is recognised") {
  std::string right;
  for (const std::string& text : right_texts()) right += to_lower(text) + '\n';
  const std::string encoded = encode(right, Encoding::Tcvn3);
  const std::string instead = GENERATE("-", "");
  std::string text = encoded;
  for (std::size_t at = 0; (at = text.find("\u00AD")) != std::string::npos;)
    text.replace(at, 2, instead);
  CAPTURE(text);
  CHECK(name_of(detect_encoding(text)) == "tcvn3");
  CHECK((decode(text, Encoding::Tcvn3).text == right) == (instead == "-"));
}

TEST_CASE("some characters that are lost do not hide the encoding") {
  CHECK(detect_encoding("Céng hoµ x· h\xFFi chñ nghÜa ViÖt Nam, §éc lËp, Tù do, H¹nh ph\x01\x63") ==
        Encoding::Tcvn3);
}

TEST_CASE("right Vietnamese is Unicode, with or without marks") {
  for (const std::string& text : right_texts()) {
    CAPTURE(text);
    CHECK(name_of(detect_encoding(text)) == "unicode");
    CHECK(name_of(detect_encoding(to_upper(text))) == "unicode");
    CHECK(name_of(detect_encoding(fold(text))) == "unicode");
    CHECK(name_of(detect_encoding(to_upper(fold(text)))) == "unicode");
  }
}

TEST_CASE("what is not surely in an old encoding is Unicode") {
  const std::string text = GENERATE(
      "", "   ", "\n\t", "\xFF\xFE", "\xC3",
      // Too little to go by.
      "Céng", "hoµ x·", "Vieät Nam",
      // Other languages.
      "The committee shall review the annual report and submit its findings to the chairman before "
      "the end of the fiscal year. Didn't we go? No. So do I.",
      "Céleste a réservé l'hôtel à côté de la forêt, où l'été dernier les élèves étaient allés; "
      "ça coûtait déjà très cher.",
      "Die Prüfung der Bücher müßte über die Jahre größere Beträge ergeben, schön wäre es.",
      "El señor Núñez volvió a España mañana; ¿qué pasó después con la niña?", "Tình hình",
      // Figures and codes.
      "1.250.000 48.750.000 12/3/2025 30° ½ ¼ 100 m² ±5 %",
      "QĐ-UBND KH-SYT 57-NQ/TW A-1 T-2 TT-BTC 12/2025/NĐ-CP §5 §6 ©2024 ®",
      // An English engine's reading of Vietnamese.
      "Thuc hién Nghi quyét s6 57-NQ/TW ngay 22/12/2024 cua B6 Chinh tri vé d6t pha phat trién "
      "khoa hoc, c6ng nghé, d6i m6i sang tao va chuyén d6i s6 qu6c gia",
      "CQNG HOA XA HQI CHU NGHIA VIỆT NAM DOc lap - Ty do - Hanh phtic UY BAN NHAN DAN",
      "Can c&f Luat T6 chirc chinh quyén dia phuong; theo dé nghi ciia Giam d6c Sé Y té tai To "
      "trinh s6 45/TTr-SYT",
      // UTF-8 taken for windows-1252.
      "Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam Äá»™c láº­p Tá»± do Háº¡nh phÃºc");
  CAPTURE(text);
  CHECK(name_of(detect_encoding(text)) == "unicode");
}

TEST_CASE("a foreign name does not make right text an old encoding") {
  CHECK(detect_encoding("Ông François Lefèvre, bà Zoë Müller và ông José Núñez dự lễ ký kết tại "
                        "khách sạn Hôtel de l'Opéra, Hà Nội") == Encoding::Unicode);
}

}  // namespace
}  // namespace vanban::diacritics
