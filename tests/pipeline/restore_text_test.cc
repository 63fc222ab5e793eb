#include "pipeline/restore_text.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "diacritics/text/text.h"
#include "ocr/document/error.h"
#include "pipeline/record/schema.h"
#include "pipeline/run.h"
#include "tests/pipeline/made_model.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::json;

const diacritics::Restorer& restorer() {
  static const diacritics::Restorer made(diacritics::LanguageModel::from_bytes(made_model()));
  return made;
}

struct Result {
  std::string out;
  RestoreReport report;
};

Result run(const std::string& text, const RestoreTextOptions& options = {}) {
  std::istringstream in(text);
  Result result;
  result.report = restore_text(
      in, [&](std::string_view bytes) { result.out += bytes; }, restorer(), options);
  return result;
}

std::string restored(const std::string& text, TextSource from = TextSource::Auto) {
  return run(text, {.from = from}).out;
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

// Letter by letter without its marks; case is kept.
std::string stripped(const std::string& text) {
  std::u32string letters = diacritics::to_code_points(diacritics::to_nfc(text));
  for (char32_t& c : letters) c = diacritics::base_letter(c);
  return diacritics::to_utf8(letters);
}

const std::string kRight =
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập tự do hạnh phúc\n\n"
    "BÁO CÁO\n"
    "Kết quả thực hiện nhiệm vụ trọng tâm năm 2025\n\n"
    "Thực hiện Kế hoạch số 18/KH-UBND ngày 08/7/2025 của Ủy ban nhân dân huyện về cải cách\n"
    "hành chính, Ủy ban nhân dân xã báo cáo kết quả giải quyết hồ sơ của người dân.\n";

// As kRight in fonts of the time before Unicode, and in Viqr.
const std::string kTcvn3 =
    "Thùc hiÖn KÕ ho¹ch cña Uû ban nh©n d©n huyÖn vÒ c¶i c¸ch hµnh chÝnh, b¸o c¸o kÕt qu¶ gi¶i "
    "quyÕt hå s¬ cña ng\xC2\xADêi d©n.\n";
const std::string kVni =
    "Thöïc hieän Keá hoaïch cuûa Uûy ban nhaân daân huyeän veà caûi caùch haønh chính, baùo caùo "
    "keát quaû giaûi quyeát hoà sô cuûa ngöôøi daân.\n";

// ---- The text around the words

TEST_CASE("nothing and white space come out as they are") {
  const std::string text = GENERATE(values<std::string>(
      {"", "\n", " ", "\r\n\r\n", "\f\f\n", "\t \v \u00A0 \u3000\u2003", "\uFEFF", "\uFEFF\n"}));
  CAPTURE(text);
  CHECK(restored(text) == text);
  CHECK(restored(text, TextSource::Stripped) == text);
  CHECK(restored(text, TextSource::Ocr) == text);
}

TEST_CASE("white space between words stays byte for byte") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"bao cao", "báo cáo"},
      {"bao", "báo"},
      {"  bao\t cao  ", "  báo\t cáo  "},
      {"bao cao\r\nket qua\r\n", "báo cáo\r\nkết quả\r\n"},
      {"bao cao\n\n\n\fket qua", "báo cáo\n\n\n\fkết quả"},
      {"\fbao cao\f\fket qua\f", "\fbáo cáo\f\fkết quả\f"},
      {"bao\u00A0cao\u2009ket\u3000qua\u2028ho so", "báo\u00A0cáo\u2009kết\u3000quả\u2028hồ sơ"},
      {"ket qua\rho so\vbao cao", "kết quả\rhồ sơ\vbáo cáo"},
      {"\uFEFFbao cao\n", "\uFEFFbáo cáo\n"},
  }));
  CAPTURE(text);
  CHECK(restored(text, TextSource::Stripped) == expected);
  // Where the blocks end does not matter to it.
  for (std::size_t block = 16; block < 24; ++block)
    CHECK(stripped(run(text, {.from = TextSource::Stripped, .block_bytes = block}).out) == text);
}

TEST_CASE("white space is what Unicode has for it") {
  for (const char32_t c :
       U"\t\n\v\f\r \u0085\u00A0\u1680\u2000\u2006\u200A\u2028\u2029\u202F\u205F\u3000") {
    if (c == 0) continue;
    const std::string space = diacritics::to_utf8(std::u32string(1, c));
    CAPTURE(static_cast<int>(c));
    CHECK(run("a" + space + "b").report.words == 2);
  }
  for (const char32_t c : U"\u200B\u2060\uFEFF\u2010\u180E\u00AD_") {
    if (c == 0) continue;
    CAPTURE(static_cast<int>(c));
    CHECK(run("a" + diacritics::to_utf8(std::u32string(1, c)) + "b").report.words == 1);
  }
}

TEST_CASE("right Vietnamese comes out unchanged, decomposed as NFC") {
  CHECK(restored(kRight) == kRight);
  CHECK(run(kRight).report.from == "clean");
  CHECK(run(kRight).report.restored == 0);
  const std::string decomposed = "Báo cáo kết quả thực hiện nhiệm vụ";
  const std::string apart =
      "Ba\u0301o ca\u0301o ke\u0302\u0301t qua\u0309 thu\u031B\u0323c "
      "hie\u0323\u0302n nhie\u0323\u0302m vu\u0323";
  CHECK(restored(apart) == decomposed);
  CHECK(run(apart).report.encoding == "decomposed");
  CHECK(restored(apart, TextSource::Clean) == decomposed);
}

TEST_CASE("another language comes out unchanged") {
  const std::string text =
      "The quick brown fox jumps over the lazy dog while thirty engineers review the proposal.\n"
      "Nothing whatsoever should be changed by restoring this paragraph of English.\n";
  CHECK(restored(text) == text);
}

TEST_CASE("numbers, codes and addresses come out byte for byte") {
  const std::string word = GENERATE(
      values<std::string>({"1.268", "08/7/2025", "105,67%", "18/KH-UBND", "57-NQ/TW",
                           "ubnd.xa@sample.gov.vn", "https://www.example.com/ho-so?so=1&nam=2025",
                           "http://ho.so/bao-cao", "0912.345.678", "***", "......", "______"}));
  const TextSource from = GENERATE(TextSource::Auto, TextSource::Stripped, TextSource::Clean);
  CAPTURE(word);
  const std::string out = restored("bao cao " + word + " ket qua\n" + word, from);
  CHECK_THAT(out, Catch::Contains(" " + word + " ") && Catch::EndsWith("\n" + word));
}

// ---- Damage

TEST_CASE("lost marks come back, and nothing else is changed") {
  const std::string text = stripped(kRight);
  for (const TextSource from : {TextSource::Auto, TextSource::Stripped}) {
    const Result result = run(text, {.from = from});
    CHECK(stripped(result.out) == text);
    CHECK(diacritics::to_nfc(result.out) == result.out);
    CHECK_THAT(result.out, Catch::Contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA") &&
                               Catch::Contains("Ủy ban nhân dân huyện"));
    CHECK(result.report.from == "stripped");
    CHECK(result.report.restored > 30);
  }
}

TEST_CASE("marks taken off any text can be taken off again") {
  // Phrases in any order, case and company.
  std::uint32_t random = 7;
  const auto next = [&](std::uint32_t below) {
    random = random * 1664525 + 1013904223;
    return (random >> 16) % below;
  };
  const std::vector<std::string> between{" ",       "\n", ", ",     ". ", " - ", "\t",
                                         "\r\n",    "\f", " (",     ") ", "; ",  " 12/",
                                         " \u00A0", "/",  "\u201C", "x",  "-"};
  for (int text = 0; text < 40; ++text) {
    std::string right;
    for (int i = 0; i < 60; ++i) {
      std::string phrase(kModelPhrases[next(std::size(kModelPhrases))]);
      if (next(4) == 0) phrase = diacritics::to_upper(phrase);
      if (next(4) == 0) phrase = diacritics::to_sentence(phrase);
      right += phrase + between[next(static_cast<std::uint32_t>(between.size()))];
    }
    const std::string bare = stripped(right);
    const Result result = run(bare, {.from = TextSource::Stripped, .block_bytes = 64 + next(2000)});
    CHECK(stripped(result.out) == bare);
    CHECK(diacritics::to_nfc(result.out) == result.out);
  }
}

TEST_CASE("the tone of restored words is where the caller wants it") {
  CHECK(run("cong hoa xa hoi", {.from = TextSource::Stripped}).out == "cộng hòa xã hội");
  CHECK(run("cong hoa xa hoi", {.from = TextSource::Stripped, .old_tone_place = false}).out ==
        "cộng hoà xã hội");
  // Words that were not restored keep theirs.
  for (const bool old_place : {true, false})
    for (const TextSource from : {TextSource::Auto, TextSource::Stripped, TextSource::Ocr}) {
      const std::string text = GENERATE("cộng hòa xã hội", "cộng hoà, xã hội");
      const Result result = run(text, {.from = from, .old_tone_place = old_place});
      CAPTURE(text, old_place);
      CHECK(result.out == text);
      CHECK(result.report.restored == 0);
    }
}

TEST_CASE("misread words are put right") {
  const Result result = run("Uy ban nhén dan huyén bao cdo két qua", {.from = TextSource::Ocr});
  CHECK(result.out == "Ủy ban nhân dân huyện báo cáo kết quả");
  CHECK(result.report.from == "ocr");
}

TEST_CASE("old encodings are found out and decoded") {
  const std::string expected =
      "Thực hiện Kế hoạch của Uỷ ban nhân dân huyện về cải cách hành chính, báo cáo kết quả giải "
      "quyết hồ sơ của người dân.\n";
  const Result tcvn3 = run(kTcvn3);
  CHECK(tcvn3.out == expected);
  CHECK(tcvn3.report.from == "tcvn3");
  CHECK(tcvn3.report.encoding == "tcvn3");
  CHECK(tcvn3.report.restored == 0);
  CHECK(run(kTcvn3, {.from = TextSource::Tcvn3}).out == expected);
  const Result vni = run(kVni);
  CHECK(diacritics::with_new_tone_place(vni.out) == expected);
  CHECK(vni.report.from == "vni");
  // Told that it is right, it stays.
  CHECK(restored(kTcvn3, TextSource::Clean) == kTcvn3);
  // Two words are too few to find out.
  CHECK(restored("Céng hoµ") == "Céng hoµ");
  CHECK(restored("Céng hoµ", TextSource::Tcvn3) == "Cộng hoà");
  CHECK(restored("Co^.ng ho`a", TextSource::Viqr) == "Cộng hòa");
}

TEST_CASE("what nobody knows any more is counted") {
  CHECK(run("a\uFFFDb \uFFFD").report.lost == 2);
  CHECK(run("Céng\u0001 hoµ", {.from = TextSource::Tcvn3}).report.lost == 1);
  CHECK(run(kRight).report.lost == 0);
}

TEST_CASE("pages are judged by themselves, short ones with their block") {
  const std::string page = repeated(kRight, 2);
  const std::string text = page + "\f" + stripped(page) + "\fBao cao\f" + page;
  const Result result = run(text);
  CHECK(result.report.from == "mixed");
  CHECK_THAT(result.out, Catch::StartsWith(page + "\f") && Catch::EndsWith("\f" + page));
  CHECK(stripped(result.out) == stripped(text));
  const std::string second = result.out.substr(page.size() + 1, page.size());
  CHECK_THAT(second, Catch::Contains("Ủy ban nhân dân huyện"));
  // A page in an old encoding among others.
  CHECK_THAT(restored(page + "\f" + repeated(kTcvn3, 4) + "\f" + page),
             Catch::Contains("\fThực hiện Kế hoạch của Uỷ ban"));
}

// ---- Any size

TEST_CASE("a word that is too long to be one passes unchanged, the others are restored") {
  const std::string lengthy = repeated("bao", GENERATE(86U, 400U, 1500U));
  for (const TextSource from : {TextSource::Stripped, TextSource::Ocr}) {
    const std::size_t block = GENERATE(std::size_t{64}, std::size_t{1000}, std::size_t{1} << 18);
    const Result result =
        run("bao cao " + lengthy + " ket qua\n" + lengthy, {.from = from, .block_bytes = block});
    CHECK(result.out == "báo cáo " + lengthy + " kết quả\n" + lengthy);
  }
}

TEST_CASE("the end of a word that is cut is no word") {
  // 40 bytes of it are left for the second block.
  const std::string word = std::string(1000, 'x') + " bao";
  CHECK(run(word, {.from = TextSource::Stripped, .block_bytes = 992}).out ==
        std::string(1000, 'x') + " báo");
  const std::string bao = repeated("bao", 333);
  CHECK(run(bao, {.from = TextSource::Stripped, .block_bytes = 993}).out == bao);
}

TEST_CASE("a line of any length is restored like lines") {
  const std::string line = repeated("bao cao ket qua thuc hien ke hoach ", 2000);
  const Result result = run(line, {.from = TextSource::Stripped, .block_bytes = 1000});
  CHECK(result.out == repeated("báo cáo kết quả thực hiện kế hoạch ", 2000));
  CHECK(result.report.words == 16000);
}

TEST_CASE("letters with their marks are not parted between blocks") {
  const std::string letter =
      GENERATE(values<std::string>({"ế", "e\u0302\u0301", "a\u0323\u0306", "\u1100\u1161\u11A8",
                                    "字", "\U0001F600", "ก\u0E33"}));
  const std::string text = repeated(letter, 200);
  for (std::size_t block = 64; block < 72; ++block) {
    CAPTURE(letter, block);
    CHECK(run(text, {.from = TextSource::Clean, .block_bytes = block}).out ==
          diacritics::to_nfc(text));
  }
}

TEST_CASE("the size of the blocks does not matter to right text") {
  const std::string text = repeated(kRight, 20);
  for (const std::size_t block : {300, 777, 4096})
    CHECK(run(text, {.block_bytes = block}).out == text);
}

// ---- What is no text

TEST_CASE("what is no UTF-8 is refused with its place, and nothing is written") {
  struct Row {
    std::string text, place;
  };
  const Row row = GENERATE(values<Row>({
      {"\xC3", "byte 0, line 1"},
      {"a\nb\xC3", "byte 3, line 2"},
      {"a\xC3(", "byte 1, line 1"},
      {"\xE1\xBA", "byte 0, line 1"},
      {"\n\n\xE1\xBA\n", "byte 2, line 3"},
      {"\x80", "byte 0, line 1"},
      {"\xC0\x80", "byte 0, line 1"},  // longer than needed
      {"\xE0\x80\x80", "byte 0, line 1"},
      {"\xF0\x80\x80\x80", "byte 0, line 1"},
      {"\xED\xA0\x80", "byte 0, line 1"},      // a surrogate
      {"\xF4\x90\x80\x80", "byte 0, line 1"},  // above U+10FFFF
      {"\xF8\x88\x80\x80\x80", "byte 0, line 1"},
      {"\xFF\xFE"
       "a",
       "byte 0, line 1"},
      {"\uFEFF\xFF", "byte 3, line 1"},
      {std::string("a\0b", 3), "NUL character at byte 1, line 1"},
      {std::string("\n\0", 2), "NUL character at byte 1, line 2"},
  }));
  // Alone, after many blocks, and across the pieces in which the file is read.
  const std::size_t before =
      GENERATE(std::size_t{0}, std::size_t{300000}, std::size_t{65535}, std::size_t{65534});
  std::istringstream in(std::string(before, 'a') + row.text);
  std::string out, message;
  try {
    restore_text(
        in, [&](std::string_view bytes) { out += bytes; }, restorer());
  } catch (const ocr::InputError& error) {
    message = error.what();
  }
  CAPTURE(row.place, before);
  CHECK(out.empty());
  if (before == 0)
    CHECK_THAT(message, Catch::Contains(row.place));
  else
    CHECK_THAT(
        message,
        Catch::Contains(" at byte " + std::to_string(before + std::stoul(row.place.substr(
                                                                  row.place.find("byte ") + 5)))));
}

TEST_CASE("letters that lie across the pieces in which the file is read are UTF-8") {
  const std::size_t before = GENERATE(65532U, 65533U, 65534U, 65535U, 131071U);
  const std::string text = std::string(before, '\n') + "\U0001F600ế\n";
  CHECK(restored(text) == text);
}

TEST_CASE("a run can be interrupted") {
  std::atomic<bool> cancelled{true};
  RestoreTextOptions options;
  options.cancelled = &cancelled;
  CHECK_THROWS_AS(run("bao cao", options), Interrupted);
}

// ---- JSON

Json parsed(const std::string& text) {
  CAPTURE(text);
  CHECK(schema_errors(text, restored_schema()) == std::vector<std::string>{});
  return Json::parse(text);
}

TEST_CASE("JSON says of each word what was read and what it is") {
  const Result result =
      run("\uFEFF\n Bao  cao 2025,\r\n\nKết \f qua", {.from = TextSource::Stripped, .json = true});
  const Json json = parsed(result.out);
  CHECK(json["model"] == restorer().model().content_hash());
  CHECK(json["from"] == "stripped");
  CHECK(json["encoding"] == "unicode");
  CHECK(json["lost"] == 0);
  const Json& tokens = json["tokens"];
  REQUIRE(tokens.size() == 5);
  struct Row {
    std::string read, text, state;
    int line;
  };
  const std::vector<Row> rows{{"Bao", "Báo", "restored", 2},
                              {"cao", "cáo", "restored", 2},
                              {"2025,", "2025,", "seen", 2},
                              {"Kết", "Kết", "seen", 4},
                              {"qua", "quả", "restored", 4}};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CAPTURE(i);
    CHECK(tokens[i]["read"] == rows[i].read);
    CHECK(tokens[i]["text"] == rows[i].text);
    CHECK(tokens[i]["state"] == rows[i].state);
    CHECK(tokens[i]["line"] == rows[i].line);
  }
  CHECK(tokens[2]["probability"] == 1);
  // One token a line, keys in this order.
  CHECK_THAT(result.out,
             Catch::Contains("\n  {\"read\":\"Bao\",\"text\":\"Báo\",\"state\":") &&
                 Catch::StartsWith("{\n \"schema_version\": \"1.0.0\",\n \"model\": ") &&
                 Catch::EndsWith("}\n ]\n}\n"));
}

TEST_CASE("JSON is valid for any text") {
  const std::string text = GENERATE_COPY(values<std::string>(
      {"", " \n", "a", "\"\\\b\x1F\x7F{}[]", "\uFEFF", "a\uFFFDb", kRight, stripped(kRight), kTcvn3,
       kVni, repeated("x", 100000), kRight + "\f" + stripped(repeated(kRight, 3))}));
  const TextSource from = GENERATE(TextSource::Auto, TextSource::Stripped, TextSource::Ocr,
                                   TextSource::Clean, TextSource::Tcvn3, TextSource::Viqr);
  const std::size_t block = GENERATE(std::size_t{1} << 18, std::size_t{500});
  const RestoreTextOptions plain{.from = from, .block_bytes = block};
  RestoreTextOptions options = plain;
  options.json = true;
  const Result result = run(text, options);
  const Json json = parsed(result.out);
  CHECK(json["from"] == result.report.from);
  CHECK(json["encoding"] == result.report.encoding);
  CHECK(json["lost"] == result.report.lost);
  // The same words as in the text.
  std::string words, expected;
  for (const Json& token : json["tokens"]) words += token["text"].get<std::string>() + ' ';
  for (const std::string& word : diacritics::split_words(run(text, plain).out))
    expected += word + ' ';
  if (block > text.size() && !text.starts_with("\uFEFF")) CHECK(words == expected);
}

TEST_CASE("a decoded word was seen, in the letters of its encoding") {
  const Json json =
      parsed(run("Céng hoµ x· héi\u0001", {.from = TextSource::Tcvn3, .json = true}).out);
  CHECK(json["lost"] == 1);
  CHECK(json["encoding"] == "tcvn3");
  CHECK(json["tokens"][0]["read"] == "Céng");
  CHECK(json["tokens"][0]["text"] == "Cộng");
  CHECK(json["tokens"][0]["state"] == "seen");
}

TEST_CASE("alternatives are likeliest first") {
  const Json json = parsed(run(stripped(kRight), {.from = TextSource::Stripped, .json = true}).out);
  std::size_t alternatives = 0;
  for (const Json& token : json["tokens"]) {
    double last = 1;
    for (const Json& other : token["alternatives"]) {
      ++alternatives;
      CHECK(other["probability"] <= last);
      CHECK(other["text"] != token["text"]);
      last = other["probability"];
    }
  }
  CHECK(alternatives > 0);
}

TEST_CASE("words that were one are one token, one that was two is one with a space") {
  const Json json = parsed(
      run("thuc hien ke hoachnhiem vu tro ng tam", {.from = TextSource::Ocr, .json = true}).out);
  std::string text, read;
  for (const Json& token : json["tokens"]) {
    text += token["text"].get<std::string>() + ' ';
    read += token["read"].get<std::string>() + ' ';
  }
  CHECK(read == "thuc hien ke hoachnhiem vu tro ng tam ");
  CHECK(text == "thực hiện kế hoạch nhiệm vụ trọng tâm ");
}

}  // namespace
}  // namespace vanban::pipeline
