#include "diacritics/restore.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <future>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/model/model_builder.h"
#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "tests/pipeline/made_model.h"

namespace vanban::diacritics {

// For what Catch2 says of a failure.
std::ostream& operator<<(std::ostream& out, Damage damage) {
  constexpr const char* kNames[]{"None", "Stripped", "Garbled", "Doubtful"};
  return out << kNames[static_cast<int>(damage)];
}

namespace {

constexpr Damage kDamages[]{Damage::None, Damage::Stripped, Damage::Garbled, Damage::Doubtful};

// ---- Models

// Knows the phrases of administrative texts and little else.
const Restorer& restorer() {
  static const Restorer made(LanguageModel::from_bytes(pipeline::made_model()));
  return made;
}

// As restorer(), and words that stand in the very same places, so that nothing but the words around
// or what was read can tell them apart: ma and má, tác and tám. "văn bản" and "kết bạn" are as
// frequent as one another. Knows the labels of lists.
const Restorer& twins() {
  static const Restorer made = [] {
    ModelBuilder builder({.min_count_syllable = 1, .min_count_other = 1});
    for (const std::string_view before : {"của", "và", "các", "theo", "tỉnh", "huyện"})
      for (const std::string_view after : {"ngày", "tháng", "năm", "đề nghị", "quy định"})
        for (const std::string_view word : {"ma", "má", "tác", "tám", "văn bản", "kết bạn"})
          builder.add_line(std::string(before) + ' ' + std::string(word) + ' ' + std::string(after),
                           1);
    for (const char* line : {"các thành viên", "của thành viên", "các địa phương", "của địa phương",
                             "theo địa phương", "các lĩnh vực", "của lĩnh vực", "theo lĩnh vực",
                             "năm lĩnh vực", "ủy ban nhân dân", "cộng hòa xã hội", "a) báo cáo",
                             "b) báo cáo", "c) báo cáo", "d) báo cáo", "đ) báo cáo", "e) báo cáo"})
      builder.add_line(line, 1);
    return Restorer(LanguageModel::from_bytes(compact(builder.build())));
  }();
  return made;
}

// The model that vanban comes with. It is built anew now and then: what is asked of it here, any
// good model of administrative Vietnamese knows.
const Restorer& vietnamese() {
  static const Restorer opened(
      LanguageModel::open(VANBAN_SOURCE_DIR "/diacritics/data/vietnamese.model"));
  return opened;
}

// ---- Words

// Lines and words as they are parted in the text.
std::vector<ReadWord> words_of(const std::string& text) {
  std::vector<ReadWord> words;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    bool first = true;
    for (const std::string& word : split_words(text.substr(begin, end - begin))) {
      words.push_back({word, first});
      first = false;
    }
    begin = end + 1;
  }
  return words;
}

std::string text_of(const std::vector<RestoredWord>& words) {
  std::string out;
  for (const RestoredWord& word : words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

std::string restored(const std::string& text, Damage damage, const Restorer& with = restorer(),
                     const RestoreOptions& options = {}) {
  return text_of(with.restore(words_of(text), damage, options));
}

std::string stripped(const std::string& text) {
  std::u32string letters = to_code_points(text);
  for (char32_t& c : letters) c = base_letter(c);
  return to_utf8(letters);
}

bool same(const std::vector<RestoredWord>& a, const std::vector<RestoredWord>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const RestoredWord& x, const RestoredWord& y) {
                      return x.first == y.first && x.count == y.count && x.text == y.text &&
                             x.restored == y.restored && x.probability == y.probability &&
                             x.alternatives == y.alternatives;
                    });
}

// What the header promises of any words.
void check_promises(const std::vector<ReadWord>& read, const std::vector<RestoredWord>& words) {
  // Posteriors are sums of many floats.
  constexpr double kRounding = 1e-3;
  std::size_t next = 0;
  bool whole = true, normal = true, marked_restored = true, probable = true, ordered = true,
       distinct = true, summed = true;
  for (const RestoredWord& word : words) {
    whole = whole && word.first == next && word.count > 0;
    next = word.first + word.count;
    if (next > read.size()) break;
    normal = normal && to_nfc(word.text) == word.text;
    marked_restored =
        marked_restored && word.restored == (word.count > 1 || word.text != read[word.first].text);
    probable = probable && word.probability >= 0 && word.probability <= 1;
    double sum = word.probability, last = 1;
    for (const Alternative& alternative : word.alternatives) {
      normal = normal && to_nfc(alternative.text) == alternative.text;
      probable = probable && alternative.probability >= 0 && alternative.probability <= 1;
      ordered = ordered && alternative.probability <= last;
      distinct = distinct && alternative.text != word.text;
      sum += last = alternative.probability;
    }
    summed = summed && sum <= 1 + kRounding;
    if (!(whole && normal && marked_restored && probable && ordered && distinct && summed)) {
      CAPTURE(read[word.first].text, word.text, word.probability, sum);
      for (const Alternative& alternative : word.alternatives)
        UNSCOPED_INFO(alternative.text << ' ' << alternative.probability);
      FAIL_CHECK("a promise is broken");
      break;
    }
  }
  CHECK(whole);
  CHECK(next == read.size());
  CHECK(normal);
  CHECK(marked_restored);
  CHECK(probable);
  CHECK(ordered);
  CHECK(distinct);
  CHECK(summed);
}

using Random = std::mt19937;

// Not std::uniform_int_distribution, which is not the same everywhere.
std::size_t below(Random& random, std::size_t bound) { return random() % bound; }

const std::string& any_of(const std::vector<std::string>& of, Random& random) {
  return of[below(random, of.size())];
}

// Syllables of the language, as the table that vanban was built with has them.
const std::vector<std::string>& syllables() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> out;
    std::string_view tsv = SyllableTable::built_in_tsv();
    while (!tsv.empty()) {
      const std::string_view line = tsv.substr(0, tsv.find('\n'));
      tsv.remove_prefix(std::min(tsv.size(), line.size() + 1));
      if (!line.empty() && line.front() != '#') out.emplace_back(line.substr(0, line.find('\t')));
    }
    return out;
  }();
  return all;
}

// A word as it may come: mostly a syllable, with or without its marks, in any case, between marks;
// or letters at random, figures, codes.
std::string any_word(Random& random) {
  static const std::vector<std::string> odd{"57-NQ/TW", "08/7/2025", "1.268",  "ubnd@a.gov.vn",
                                            "H5N1",     "a)",        "đ)",     "I.",
                                            "&",        "–",         "…",      "n{m",
                                            "cu?",      "tu’",       "QD-",    "(KH)",
                                            "\uFFFD",   "字",        "ngườ",   "i",
                                            "ß",        "İ",         "x",      "15km",
                                            "T&T",      "¢ac",       "000đ",   "\U0001F600",
                                            "\u0301",   "nhândân",   "BÁOCÁO", "''",
                                            "l.",       "...../",    "www.a",  "ÐÀO"};
  static const std::vector<std::string> before{"", "", "", "", "(", "“", "-", "1"},
      after{"", "", "", "", ",", ".", ";", ")", "/", "'", "?", "&"};
  if (below(random, 4) == 0) return any_of(odd, random);
  std::string word = any_of(syllables(), random);
  if (below(random, 2) == 0) word = stripped(word);
  if (below(random, 4) == 0) word = to_upper(word);
  if (below(random, 4) == 0) word = to_sentence(word);
  if (below(random, 4) == 0) {  // letters go and come
    std::u32string letters = to_code_points(word);
    letters[below(random, letters.size())] = U"aeioucdhnt{&1é"[below(random, 14)];
    word = to_utf8(letters);
  }
  return to_nfc(any_of(before, random) + word + any_of(after, random));
}

std::vector<ReadWord> any_words(Random& random, std::size_t count) {
  std::vector<ReadWord> words;
  for (std::size_t i = 0; i < count; ++i) {
    ReadWord word{any_word(random), below(random, 8) == 0};
    word.confidence = double(below(random, 101)) / 100;
    for (std::size_t other = below(random, 4); other > 0; --other)
      word.alternatives.push_back({any_word(random), double(below(random, 101)) / 100});
    if (below(random, 3) == 0) word.witness = any_word(random);
    words.push_back(std::move(word));
  }
  return words;
}

const std::string kRight =
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "Độc lập - Tự do - Hạnh phúc\n"
    "QUYẾT ĐỊNH\n"
    "Căn cứ Luật Tổ chức chính quyền địa phương;\n"
    "Xét đề nghị của Giám đốc Sở Tài chính, Ủy ban nhân dân tỉnh ban hành Quyết định phê duyệt\n"
    "kế hoạch thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2025 trên địa bàn tỉnh.\n"
    "Các cơ quan, đơn vị và cá nhân có liên quan chịu trách nhiệm thi hành Quyết định này.\n"
    "Văn phòng có trách nhiệm đôn đốc, kiểm tra việc thực hiện và báo cáo kết quả với Chủ tịch.\n";

// How many words of the two texts are not the same; all where they have not as many.
std::size_t differences(const std::string& a, const std::string& b) {
  const std::vector<std::string> x = split_words(a), y = split_words(b);
  if (x.size() != y.size()) return std::max(x.size(), y.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < x.size(); ++i) count += x[i] != y[i] ? 1 : 0;
  return count;
}

// ---- Nothing, little, too much

TEST_CASE("no words are no words") {
  for (const Damage damage : kDamages) CHECK(restorer().restore({}, damage).empty());
}

TEST_CASE("words in which nothing is to be read are kept") {
  for (const Damage damage : kDamages) {
    CAPTURE(damage);
    const std::vector<ReadWord> read{{"", true}, {"báo"}, {""}, {"cáo"}, {""}};
    const std::vector<RestoredWord> words = restorer().restore(read, damage);
    check_promises(read, words);
    REQUIRE(words.size() == 5);
    CHECK((words[1].text == "báo" && words[3].text == "cáo"));
    for (const std::size_t at : {0U, 2U, 4U})
      CHECK((words[at].text.empty() && words[at].first == at));
    CHECK(restorer().restore(std::vector<ReadWord>{{""}}, damage).size() == 1);
  }
}

TEST_CASE("what is no UTF-8 does not stop the words around it from being restored") {
  const std::string broken = GENERATE(
      values<std::string>({"\xFF", "\xC3", "b\xE1\xBB", "\xED\xA0\x80thuc", "\xF5\x80\x80\x80",
                           "\xC0\xAF", "ba\xFFo", "\xFF@\xFF.\xFF", "\x80)", "nh\xC3n"}));
  for (const Damage damage : {Damage::Stripped, Damage::Garbled}) {
    CAPTURE(broken, damage);
    std::vector<ReadWord> read = words_of("Uy ban nhan dan huyen x bao cao ket qua");
    read[5].text = broken;
    const std::vector<RestoredWord> words = restorer().restore(read, damage);
    REQUIRE(words.size() == read.size());
    CHECK(text_of({words.begin(), words.begin() + 5}) == "Ủy ban nhân dân huyện");
    CHECK(text_of({words.begin() + 6, words.end()}) == "báo cáo kết quả");
    CHECK(to_nfc(words[5].text) == words[5].text);
  }
  std::vector<ReadWord> read = words_of("báo cáo");
  read[1].confidence = 0.5;
  read[1].witness = broken;
  read[1].alternatives = {{broken, 0.5}};
  CHECK(text_of(restorer().restore(read, Damage::Doubtful)) == "báo cáo");
  read[1].text = broken;
  const std::vector<RestoredWord> words = restorer().restore(read, Damage::Doubtful);
  REQUIRE(words.size() == 2);
  CHECK(words[0].text == "báo");
}

TEST_CASE("a word of more letters than any stays, and does not hinder others") {
  const std::size_t letters = GENERATE(23U, 24U, 25U, 26U, 48U, 49U, 600U);
  std::string lengthy;
  for (std::size_t i = 0; i < letters; ++i) lengthy += "xqwzk"[i % 5];
  for (const Damage damage : {Damage::Stripped, Damage::Garbled, Damage::Doubtful}) {
    CAPTURE(letters, damage);
    const std::vector<ReadWord> read = words_of("báo cáo " + lengthy + " kết quả\n" + lengthy);
    const std::vector<RestoredWord> words = restorer().restore(read, damage);
    CHECK(text_of(words) == "báo cáo " + lengthy + " kết quả " + lengthy);
    check_promises(read, words);
  }
}

TEST_CASE("more words than are searched together lose and change none") {
  const Damage damage = GENERATE(Damage::None, Damage::Stripped, Damage::Garbled, Damage::Doubtful);
  // With lines, and as one line without end.
  const bool lines = GENERATE(true, false);
  CAPTURE(damage, lines);
  std::vector<ReadWord> read;
  while (read.size() < 9001) {
    for (const char* word : {"báo", "cáo", "kết", "quả", "thực", "hiện", "kế", "hoạch"})
      read.push_back({word, false, 0.9});
    if (lines) read[read.size() - 8].begins_line = true;
  }
  const std::vector<RestoredWord> words = restorer().restore(read, damage);
  REQUIRE(words.size() == read.size());
  std::size_t changed = 0, astray = 0;
  for (std::size_t i = 0; i < read.size(); ++i) {
    changed += words[i].text != read[i].text ? 1 : 0;
    astray += words[i].first != i || words[i].count != 1 ? 1 : 0;
  }
  CHECK(changed == 0);
  CHECK(astray == 0);
}

TEST_CASE("words that are searched apart are read after one another all the same") {
  // The word in question is the first of the second search.
  const auto last_of = [](const std::string& before) {
    std::vector<ReadWord> read(3999, ReadWord{"cua"});
    read.push_back({before});
    read.push_back({"ban"});
    return twins().restore(read, Damage::Stripped).back().text;
  };
  CHECK(last_of("van") == "bản");
  CHECK(last_of("ket") == "bạn");
}

// ---- What holds for any words

TEST_CASE("whatever is read, words are complete, probabilities are some, and twice is the same") {
  const Damage damage = GENERATE(Damage::None, Damage::Stripped, Damage::Garbled, Damage::Doubtful);
  const bool old_place = GENERATE(true, false);
  CAPTURE(damage, old_place);
  Random random(11);
  for (int round = 0; round < 20; ++round) {
    const std::vector<ReadWord> read = any_words(random, 1 + below(random, 60));
    const RestoreOptions options{.old_tone_place = old_place};
    const std::vector<RestoredWord> words = restorer().restore(read, damage, options);
    check_promises(read, words);
    CHECK(same(words, restorer().restore(read, damage, options)));
  }
}

TEST_CASE("whatever is read, the model that vanban comes with keeps the same promises") {
  const Damage damage = GENERATE(Damage::Stripped, Damage::Garbled, Damage::Doubtful);
  CAPTURE(damage);
  Random random(12);
  for (int round = 0; round < 4; ++round) {
    const std::vector<ReadWord> read = any_words(random, 60);
    check_promises(read, vietnamese().restore(read, damage));
  }
}

TEST_CASE("what is right in garbled text stays, codes and tones as printed among it") {
  const std::string word =
      GENERATE(values<std::string>({"hoà", "hòa", "A4", "D20", "C5", "22a", "4G", "14m", "6m2",
                                    "1ha", "K8", "B0", "字", "Điều", "31.12.2025"}));
  const std::vector<ReadWord> read{{"cộng", true}, {word}, {"xã"}, {"hội"}};
  CAPTURE(word);
  const std::vector<RestoredWord> words = vietnamese().restore(read, Damage::Garbled);
  REQUIRE(words.size() == 4);
  CHECK(words[1].text == word);
  CHECK_FALSE(words[1].restored);
  for (const Alternative& alternative : words[1].alternatives) CHECK(alternative.text != word);
}

TEST_CASE("the Đ of a symbol is large however it was read") {
  const auto [read, expected] = GENERATE(table<std::string, std::string>({
      {"525/QD-UBND", "525/QĐ-UBND"},
      {"525/Qb-UBND", "525/QĐ-UBND"},
      {"525/QP-UBND;", "525/QĐ-UBND;"},
      {"12/NQ-HDND", "12/NQ-HĐND"},
      {"12/BC-UBND", "12/BC-UBND"},
  }));
  CAPTURE(read);
  const std::vector<ReadWord> words{{"Quyét", true}, {"dinh"}, {"s6"}, {read}, {"ngay"}};
  CHECK(vietnamese().restore(words, Damage::Garbled)[3].text == expected);
}

TEST_CASE("two words that were read as one are parted") {
  const std::vector<ReadWord> read{{"Uy", true}, {"ban"}, {"nhandan"}, {"huyén"}};
  const std::vector<RestoredWord> words = vietnamese().restore(read, Damage::Garbled);
  REQUIRE(words.size() == 4);
  CHECK(words[2].text == "nhân dân");
}

TEST_CASE("a Roman numeral at the beginning of a line is read as one") {
  const auto [read, expected] = GENERATE(table<std::string, std::string>(
      {{"Il.", "II."}, {"|V.", "IV."}, {"1V.", "IV."}, {"XI1.", "XII."}, {"IV.", "IV."}}));
  CAPTURE(read);
  CHECK(vietnamese().restore(std::vector<ReadWord>{{read, true}}, Damage::Garbled)[0].text ==
        expected);
}

TEST_CASE("a section's number is no Roman numeral") {
  const std::string label = GENERATE("V1.", "X1.5", "I1.2", "V1.TP.HCM", "11.", "ll.");
  CAPTURE(label);
  CHECK(vietnamese().restore(std::vector<ReadWord>{{label, true}}, Damage::Garbled)[0].text ==
        label);
}

TEST_CASE("what was a Roman numeral for all we know may still be what was read") {
  const RestoredWord word =
      vietnamese().restore(std::vector<ReadWord>{{"Il.", true}}, Damage::Garbled)[0];
  CHECK(word.restored);
  CHECK(word.probability < 1);
  REQUIRE(word.alternatives.size() == 1);
  CHECK(word.alternatives[0].text == "Il.");
}

TEST_CASE("capitals of one line do not make capitals of the next") {
  const std::vector<ReadWord> read{{"UBND", true}, {"TINH"},      {"SONG"},
                                   {"THUONG"},     {"So:", true}, {"67/BC-UBND"}};
  CHECK(vietnamese().restore(read, Damage::Garbled)[4].text == "Số:");
}

TEST_CASE("names of files, and letters at numbers, are not restored") {
  const std::string word =
      GENERATE("wikipedia.org/wiki/Ha_Noi", "danh_sach.xlsx", "ke-hoach.pdf", "D1", "4D", "3D");
  const Damage damage = GENERATE(Damage::Stripped, Damage::Garbled);
  CAPTURE(word, damage);
  const std::vector<ReadWord> read{{"ban", true}, {"do"}, {word}, {"cua"}, {"xa"}};
  CHECK(vietnamese().restore(read, damage)[2].text == word);
}

TEST_CASE("a word that no text has is not sure to be right") {
  const std::vector<ReadWord> read{{"da", true}, {"tgmkw"}, {"dung"}};
  const RestoredWord word = vietnamese().restore(read, Damage::Stripped)[1];
  CHECK(word.text == "tgmkw");
  CHECK(word.probability <= 0.5);
}

TEST_CASE("words of two lines are never joined, even where a line begins with nothing") {
  const std::vector<ReadWord> read{{"kế", true}, {"ho"}, {"", true}, {"ạch"}};
  for (const RestoredWord& word : restorer().restore(read, Damage::Garbled))
    CHECK(word.first + word.count <= (word.first < 2 ? 2U : 4U));
}

TEST_CASE("a word without end costs little time and stays") {
  const std::string endless(20'000, 'a');
  const std::vector<RestoredWord> words =
      restorer().restore(std::vector<ReadWord>{{endless, true}}, Damage::Garbled);
  REQUIRE(words.size() == 1);
  CHECK(words[0].text == endless);
}

TEST_CASE("no reading is named twice") {
  const Damage damage = GENERATE(Damage::Stripped, Damage::Garbled, Damage::Doubtful);
  const Restorer& with = GENERATE(true, false) ? vietnamese() : restorer();
  CAPTURE(damage);
  Random random(17);
  for (int round = 0; round < 10; ++round)
    for (const RestoredWord& word : with.restore(any_words(random, 60), damage)) {
      std::set<std::string> texts{word.text};
      for (const Alternative& alternative : word.alternatives) {
        CAPTURE(word.text, alternative.text);
        CHECK(texts.insert(alternative.text).second);
      }
    }
}

TEST_CASE("what is restored from letters without marks has the same letters without them") {
  const Restorer& with = GENERATE(true, false) ? vietnamese() : restorer();
  Random random(13);
  for (int round = 0; round < 10; ++round) {
    std::vector<ReadWord> read = any_words(random, 80);
    for (ReadWord& word : read) word.text = stripped(word.text);
    const std::vector<RestoredWord> words = with.restore(read, Damage::Stripped);
    REQUIRE(words.size() == read.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
      CAPTURE(words[i].text);
      CHECK(stripped(words[i].text) == read[i].text);
    }
  }
}

TEST_CASE("words that have marks keep them where marks are said to be lost") {
  Random random(14);
  for (int round = 0; round < 10; ++round) {
    const std::vector<ReadWord> read = any_words(random, 80);
    const std::vector<RestoredWord> words = restorer().restore(read, Damage::Stripped);
    REQUIRE(words.size() == read.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
      CAPTURE(read[i].text);
      if (std::string letters = stripped(read[i].text); letters != read[i].text)
        CHECK(stripped(words[i].text) == letters);
    }
  }
  for (const std::string text : {"bảo cào", "Ủy bàn nhẫn dần", "bão cạo"})
    CHECK(restored(text, Damage::Stripped) == text);
}

TEST_CASE("threads do not disturb one another") {
  Random random(15);
  const std::vector<ReadWord> read = any_words(random, 100);
  for (const Damage damage : {Damage::Stripped, Damage::Garbled, Damage::Doubtful}) {
    const auto run = [&] { return restorer().restore(read, damage); };
    std::future<std::vector<RestoredWord>> one = std::async(std::launch::async, run),
                                           two = std::async(std::launch::async, run);
    const std::vector<RestoredWord> expected = run();
    CHECK(same(one.get(), expected));
    CHECK(same(two.get(), expected));
  }
}

// ---- What stays

TEST_CASE("text that is right stays where nothing happened to it") {
  for (const std::string& text : {kRight, std::string("bao cao ngườ i nhân dânn 57-NQ/TW zz")})
    CHECK(differences(restored(text, Damage::None, vietnamese()), text) == 0);
  for (const RestoredWord& word : vietnamese().restore(words_of(kRight), Damage::None)) {
    CHECK_FALSE(word.restored);
    CHECK(word.probability == 1);
    CHECK(word.alternatives.empty());
  }
}

TEST_CASE("text that is right hardly changes whatever is said to have happened to it") {
  const Damage damage = GENERATE(Damage::Stripped, Damage::Garbled, Damage::Doubtful);
  CAPTURE(damage);
  std::vector<ReadWord> read = words_of(kRight);
  for (ReadWord& word : read) word.confidence = 0.9;
  const std::string text = text_of(vietnamese().restore(read, damage));
  CAPTURE(text);
  CHECK(differences(text, kRight) <= 1);
  // The small model knows the phrases only, and these quite.
  CHECK(restored("Ủy ban nhân dân huyện báo cáo kết quả thực hiện kế hoạch năm 2025", damage) ==
        "Ủy ban nhân dân huyện báo cáo kết quả thực hiện kế hoạch năm 2025");
}

// Whether a code is as it was read but for Đ in the place of what Đ may have become.
bool as_read(const std::string& text, const std::string& read, Damage damage) {
  if (damage == Damage::None || damage == Damage::Doubtful) return text == read;
  const auto with_d = [&](std::string code) {
    for (const std::string_view other : {"Đ", "DP", "BP", "P", "B"}) {
      for (std::size_t at = 0; (at = code.find(other, at)) != std::string::npos; ++at)
        code.replace(at, other.size(), "D");
      if (damage == Damage::Stripped) break;
    }
    return code;
  };
  return with_d(text) == with_d(read);
}

TEST_CASE("numbers, codes and addresses stay byte for byte") {
  const std::string word =
      GENERATE(values<std::string>({"1.268",
                                    "2025",
                                    "08/7/2025",
                                    "105,67%",
                                    "57-NQ/TW",
                                    "18/KH-UBND",
                                    "1234/UBND-VX",
                                    "01/2024/TT-BNV",
                                    "12/QD-UBND",
                                    "12/QĐ-TTg",
                                    "ubnd.xa@sample.gov.vn",
                                    "https://www.example.com/ho-so?so=1&nam=2025",
                                    "http://ho.so/bao-cao",
                                    "www.bao-cao.org",
                                    "baocao.vn",
                                    "0912.345.678",
                                    "H5N1",
                                    "4G",
                                    "***",
                                    "......",
                                    "______",
                                    "–",
                                    "(1)",
                                    "10%",
                                    "-",
                                    "2024-2025",
                                    "15h30",
                                    "+84",
                                    "II.",
                                    "\U0001F600"}));
  const Restorer& with = GENERATE(true, false) ? vietnamese() : restorer();
  for (const Damage damage : kDamages) {
    std::vector<ReadWord> read =
        words_of("Ủy ban nhân dân " + word + " báo cáo\n" + word + " kết quả\n" + word);
    for (ReadWord& each : read) {
      each.confidence = 0.6;
      each.alternatives = {{"báo", 0.3}};
      each.witness = "bao";
    }
    const std::vector<RestoredWord> words = with.restore(read, damage);
    REQUIRE(words.size() == read.size());
    for (const std::size_t at : {4U, 7U, 10U}) {
      CAPTURE(word, damage, words[at].text);
      CHECK(as_read(words[at].text, word, damage));
    }
  }
}

TEST_CASE("words of other languages stay") {
  const std::string word = GENERATE(values<std::string>(
      {"Microsoft", "Windows", "website", "project", "Facebook", "Jackson", "Washington",
       "software", "WINDOWS", "Düsseldorf", "Москва", "(Microsoft)"}));
  const Restorer& with = GENERATE(true, false) ? vietnamese() : restorer();
  for (const Damage damage : kDamages) {
    std::vector<ReadWord> read = words_of("kế hoạch " + word + " kết quả");
    for (ReadWord& each : read) each.confidence = 0.6;
    const std::vector<RestoredWord> words = with.restore(read, damage);
    CAPTURE(damage);
    REQUIRE(words.size() == read.size());
    CHECK(words[2].text == word);
    CHECK_FALSE(words[2].restored);
  }
}

// ---- Marks that were lost

TEST_CASE("the marks of what every office writes come back") {
  const std::string right = GENERATE(values<std::string>({
      "Cộng hòa xã hội chủ nghĩa Việt Nam",
      "Độc lập - Tự do - Hạnh phúc",
      "Căn cứ Luật Tổ chức chính quyền địa phương;",
      "Quyết định có hiệu lực thi hành kể từ ngày ký.",
      "Ủy ban nhân dân tỉnh báo cáo kết quả thực hiện nhiệm vụ năm 2025",
      "ỦY BAN NHÂN DÂN TỈNH",
      "Số: 57/QĐ-UBND",
  }));
  CHECK(restored(stripped(right), Damage::Stripped, vietnamese()) == right);
}

TEST_CASE("most marks of running text come back") {
  const std::string text = restored(stripped(kRight), Damage::Stripped, vietnamese());
  CAPTURE(text);
  CHECK(differences(text, kRight) <= split_words(kRight).size() / 10);
}

TEST_CASE("restored words are written as they were read") {
  const auto [read, expected] = GENERATE(table<std::string, std::string>({
      {"ke hoach bao cao", "kế hoạch báo cáo"},
      {"KE HOACH BAO CAO", "KẾ HOẠCH BÁO CÁO"},
      {"Ke Hoach Bao Cao", "Kế Hoạch Báo Cáo"},
      {"Ke hoach BAO CAO", "Kế hoạch BÁO CÁO"},
      {"(ke hoach) \"bao cao\".", "(kế hoạch) \"báo cáo\"."},
      {"1.ke hoach; -bao cao-", "1.kế hoạch; -báo cáo-"},
  }));
  CAPTURE(read);
  CHECK(restored(read, Damage::Stripped) == expected);
}

TEST_CASE("letters in mixed case keep theirs one by one") {
  CHECK(restored("ke hoACH bAO cao", Damage::Stripped) == "kế hoẠCH bÁO cáo");
}

TEST_CASE("a word that was restored says so, and how sure it is") {
  const std::vector<RestoredWord> words =
      restorer().restore(words_of("bao cao 2025 kết qua"), Damage::Stripped);
  REQUIRE(words.size() == 5);
  for (const std::size_t at : {0U, 1U, 4U}) {
    CHECK(words[at].restored);
    CHECK(words[at].probability > 0.9);
  }
  CHECK_FALSE(words[2].restored);
  CHECK(words[2].probability == 1);
  CHECK_FALSE(words[3].restored);
}

TEST_CASE("the tone of a restored word is where the caller wants it") {
  const auto [read, old_place, new_place] = GENERATE(table<std::string, std::string, std::string>({
      {"cong hoa xa hoi", "cộng hòa xã hội", "cộng hoà xã hội"},
      {"CONG HOA XA HOI", "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI"},
      {"Uy ban nhan dan (cong hoa),", "Ủy ban nhân dân (cộng hòa),", "Uỷ ban nhân dân (cộng hoà),"},
  }));
  CHECK(restored(read, Damage::Stripped) == old_place);
  CHECK(restored(read, Damage::Stripped, restorer(), {.old_tone_place = false}) == new_place);
}

TEST_CASE("the tone of other readings is in the same place") {
  std::size_t movable = 0;
  for (const char* text : {"hoa", "toa", "thuy", "hoe", "khoa", "Thuy Hoa"})
    for (const bool old_place : {true, false})
      for (const RestoredWord& word :
           vietnamese().restore(words_of(text), Damage::Stripped, {.old_tone_place = old_place}))
        for (const Alternative& other : word.alternatives) {
          CAPTURE(text, other.text);
          CHECK((old_place ? with_old_tone_place(other.text) : with_new_tone_place(other.text)) ==
                other.text);
          movable += with_old_tone_place(other.text) != with_new_tone_place(other.text) ? 1 : 0;
        }
  CHECK(movable > 0);
}

TEST_CASE("a word that was not restored keeps the place of its tone") {
  const bool old_place = GENERATE(true, false);
  const RestoreOptions options{.old_tone_place = old_place};
  for (const std::string text :
       {"cộng hòa xã hội", "cộng hoà xã hội", "Ủy ban nhân dân", "Uỷ ban nhân dân"}) {
    CAPTURE(text, old_place);
    CHECK(restored(text, Damage::None, restorer(), options) == text);
    CHECK(restored(text, Damage::Stripped, restorer(), options) == text);
    std::vector<ReadWord> read = words_of(text);
    for (ReadWord& word : read) word.confidence = 0.9;
    CHECK(text_of(restorer().restore(read, Damage::Doubtful, options)) == text);
  }
}

TEST_CASE("where readings are as likely as one another the text stays and the doubt is told") {
  for (const std::string text : {"cua ma ngay", "theo ma quy dinh", "huyen ma nam"}) {
    CAPTURE(text);
    const std::vector<RestoredWord> words = twins().restore(words_of(text), Damage::Stripped);
    REQUIRE(words.size() > 2);
    CHECK(words[1].text == "ma");
    CHECK_FALSE(words[1].restored);
    CHECK(words[1].probability < 0.6);
    REQUIRE_FALSE(words[1].alternatives.empty());
    CHECK(words[1].alternatives[0].text == "má");
    CHECK(words[1].alternatives[0].probability == Approx(words[1].probability).margin(0.02));
    // Of its neighbours there is no doubt.
    CHECK(words[0].probability > 0.9);
  }
}

TEST_CASE("the words of a document say what the others are") {
  const auto last_of = [](const std::string& phrase) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += phrase + '\n';
    return twins().restore(words_of(text + "ban"), Damage::Stripped).back().text;
  };
  CHECK(last_of("van ban") == "bản");
  CHECK(last_of("ket ban") == "bạn");
}

TEST_CASE("labels of a list run a, b, c, d, đ, e") {
  const Restorer& with = GENERATE(true, false) ? vietnamese() : twins();
  const std::vector<RestoredWord> words = with.restore(
      words_of("a) bao cao\nb) bao cao\nc) bao cao\nd) bao cao\nd) bao cao\ne) bao cao"),
      Damage::Stripped);
  REQUIRE(words.size() == 18);
  std::string labels;
  for (std::size_t i = 0; i < words.size(); i += 3) labels += words[i].text;
  CHECK(labels == "a)b)c)d)đ)e)");
  // A second list begins anew.
  CHECK(restored("d) bao cao\nd) bao cao\na) bao cao\nd) bao cao", Damage::Stripped, with) ==
        "d) báo cáo đ) báo cáo a) báo cáo d) báo cáo");
}

TEST_CASE("one letter before a bracket within a sentence is no label") {
  CHECK(restored("d) bao cao d) cua", Damage::Stripped, twins()) == "d) báo cáo d) của");
  CHECK(restored("d) bao cao\nd) cua", Damage::Stripped, twins()) == "d) báo cáo đ) của");
}

// ---- Words that were misread

TEST_CASE("words that an engine without Vietnamese misread are put right") {
  const auto [read, expected] = GENERATE(table<std::string, std::string>({
      {"Uy ban nhén dan huyén bao cdo két qua thuc hién nhiém vu",
       "Ủy ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ"},
      {"CONG HOA XA HOI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"},
      {"BAO CAO KET QUA", "BÁO CÁO KẾT QUẢ"},
      {"(bao cdo), két qua;", "(báo cáo), kết quả;"},
  }));
  const Restorer& with = GENERATE(true, false) ? vietnamese() : restorer();
  CHECK(restored(read, Damage::Garbled, with) == expected);
}

TEST_CASE("one word that was read as two is joined") {
  const std::vector<ReadWord> read = words_of("ké ho ach thuc hi én nhiém vu");
  const std::vector<RestoredWord> words = restorer().restore(read, Damage::Garbled);
  check_promises(read, words);
  CHECK(text_of(words) == "kế hoạch thực hiện nhiệm vụ");
  REQUIRE(words.size() == 6);
  CHECK(words[1].first == 1);
  CHECK(words[1].count == 2);
  CHECK(words[1].restored);
  CHECK(words[3].first == 4);
  CHECK(words[3].count == 2);
  CHECK(words[4].first == 6);
  CHECK(words[4].count == 1);
}

TEST_CASE("words are not joined across lines or marks, nor where only marks were lost") {
  const auto counts = [](const std::string& text, Damage damage) {
    std::vector<ReadWord> read = words_of(text);
    for (ReadWord& word : read) word.confidence = 0.5;
    return restorer().restore(read, damage).size();
  };
  CHECK(counts("ké ho\nach thuc hi\nén nhiém vu", Damage::Garbled) == 8);
  CHECK(counts("ké ho, ach thuc hi (én nhiém vu", Damage::Garbled) == 8);
  CHECK(counts("ké ho ach thuc hi én nhiém vu", Damage::Doubtful) == 8);
  CHECK(counts("ke ho ach thuc hi en nhiem vu", Damage::Stripped) == 8);
}

TEST_CASE("two words that were read as one are parted by a space") {
  const std::vector<RestoredWord> words =
      restorer().restore(words_of("Uy ban nhandan huyén, (nhandan),"), Damage::Garbled);
  REQUIRE(words.size() == 5);
  CHECK(words[2].text == "nhân dân");
  CHECK(words[2].count == 1);
  CHECK(words[2].restored);
  CHECK(words[4].text == "(nhân dân),");
}

TEST_CASE("Roman numerals that head a line are put right") {
  const auto [read, expected] = GENERATE(table<std::string, std::string>({
      {"I.", "I."},
      {"Il.", "II."},
      {"I1l.", "III."},
  }));
  CHECK(restored(read + " kết quả", Damage::Garbled) == expected + " kết quả");
}

// ---- Words that the engine doubts

ReadWord doubted(const std::string& text, double confidence,
                 std::vector<Alternative> alternatives = {}, const std::string& witness = "") {
  return {text, false, confidence, std::move(alternatives), witness};
}

// The second word between two that are sure, once decided.
RestoredWord decided(const ReadWord& word, const std::string& before, const std::string& after,
                     const Restorer& with = restorer()) {
  const std::vector<ReadWord> read{doubted(before, 0.99), word, doubted(after, 0.99)};
  const std::vector<RestoredWord> words = with.restore(read, Damage::Doubtful);
  check_promises(read, words);
  REQUIRE(words.size() == 3);
  CHECK((words[0].text == before && words[2].text == after));
  CHECK_FALSE((words[0].restored || words[2].restored));
  return words[1];
}

TEST_CASE("what the engine is sure of stays, whatever speaks against it") {
  for (const double confidence : {0.985, 0.99, 1.0}) {
    CAPTURE(confidence);
    const RestoredWord word =
        decided(doubted("nhản", confidence, {{"nhân", 0.9}}, "nhân"), "ban", "dân");
    CHECK(word.text == "nhản");
    CHECK(word.alternatives.empty());
  }
  // The same, doubted.
  CHECK(decided(doubted("nhản", 0.5, {{"nhân", 0.9}}, "nhân"), "ban", "dân").text == "nhân");
}

TEST_CASE("faint marks are given back against an engine that is nearly sure") {
  CHECK(decided(doubted("nhan", 0.9), "ban", "dân", twins()).text == "nhân");
  // Not against one that could not be surer, nor where the words around say nothing.
  CHECK(decided(doubted("nhan", 0.98), "ban", "dân", twins()).text == "nhan");
  CHECK(decided(doubted("ma", 0.9), "của", "ngày", twins()).text == "ma");
}

TEST_CASE("of capitals among small letters, an abbreviation, only the stroke of Đ is given back") {
  CHECK(decided(doubted("NHAN", 0.9), "ban", "dân", twins()).text == "NHAN");
  CHECK(decided(doubted("NHAN", 0.9), "BAN", "DÂN", twins()).text == "NHÂN");
  CHECK(decided(doubted("TU", 0.9), "giáo", "ngày", vietnamese()).text == "TU");
  CHECK(decided(doubted("QD", 0.6), "theo", "số", vietnamese()).text == "QĐ");
}

TEST_CASE("a hook over an i gives way where it may be a blurred dot") {
  CHECK(decided(doubted("chỉ", 0.95), "toán", "ngân", vietnamese()).text == "chi");
  CHECK(decided(doubted("chỉ", 0.95), "định", "tiêu", vietnamese()).text == "chỉ");
  CHECK(decided(doubted("chỉ", 0.95), "và", "đạo", vietnamese()).text == "chỉ");
  // An acute is no dot.
  CHECK(decided(doubted("chí", 0.95), "toán", "ngân", vietnamese()).text == "chí");
  CHECK(decided(doubted("chỉ", 0.99), "toán", "ngân", vietnamese()).text == "chỉ");
}

TEST_CASE("a doubted word that fits the words around it stays") {
  const double confidence = GENERATE(0.3, 0.6, 0.9);
  CAPTURE(confidence);
  CHECK(decided(doubted("nhân", confidence), "ban", "dân").text == "nhân");
  CHECK(decided(doubted("nhân", confidence, {{"nhăn", 0.3}, {"nhãn", 0.2}}), "ban", "dân").text ==
        "nhân");
}

TEST_CASE("of what the engine offers the words around choose") {
  // Without the engine's word for it only marks are in question.
  CHECK(decided(doubted("hyện", 0.4), "các", "năm").text == "hyện");
  const RestoredWord word =
      decided(doubted("hyện", 0.4, {{"huyệm", 0.3}, {"huyện", 0.3}}), "các", "năm");
  CHECK(word.text == "huyện");
  CHECK(word.restored);
  CHECK(word.probability > 0.6);
  // Marks around the word and its case stay.
  CHECK(decided(doubted("(hyện),", 0.4, {{"(huyện),", 0.4}}), "các", "năm").text == "(huyện),");
  CHECK(decided(doubted("“Nhản”", 0.4), "ban", "dân").text == "“Nhân”");
  CHECK(decided(doubted("NHẢN", 0.4), "BAN", "DÂN").text == "NHÂN");
}

TEST_CASE("a stranger with a capital is a name, and stays") {
  CHECK(decided(doubted("Hyện", 0.4, {{"huyện", 0.3}}), "các", "năm").text == "Hyện");
}

TEST_CASE("a rare name is not made a common one, unless the engine saw that too") {
  const auto [name, confidence, before, after] =
      GENERATE(table<std::string, double, std::string, std::string>({
          {"Mỷ", 0.7, "Thị", "trú"},
          {"Mỷ,", 0.5, "Thị", "trú"},
          {"Châm", 0.6, "Rơ", "Bình"},
          {"Kháo", 0.5, "Trà", "ngày"},
      }));
  CAPTURE(name);
  const RestoredWord word = decided(doubted(name, confidence), before, after, vietnamese());
  CHECK(word.text == name);
  // The doubt is told.
  REQUIRE_FALSE(word.alternatives.empty());
  CHECK(word.probability < confidence);
  CHECK(decided(doubted("Mỷ", 0.4, {{"Mỹ", 0.6}}), "Thị", "trú", vietnamese()).text == "Mỹ");
  // A name that every text has, a capital alone, and what is no syllable.
  CHECK(decided(doubted("Năng", 0.6), "Đà", "ngày", vietnamese()).text == "Nẵng");
  CHECK(decided(doubted("Đảo", 0.6), "và", "tạo", vietnamese()).text == "Đào");
  CHECK(decided(doubted("Quôc", 0.6), "Tổ", "Việt", vietnamese()).text == "Quốc");
}

TEST_CASE("what an engine that garbles read in the same place decides between equals") {
  const auto text_of_twin = [](const std::string& witness) {
    return decided(doubted("tám", 0.5, {{"tác", 0.5}}, witness), "của", "ngày", twins()).text;
  };
  CHECK(text_of_twin("") == "tám");
  CHECK(text_of_twin("tam") == "tám");
  CHECK(text_of_twin("tac") == "tác");
  CHECK(text_of_twin("(tac),") == "tác");
  // What is no single word is no witness.
  CHECK(text_of_twin("tac ta") == "tám");
  CHECK(text_of_twin("tac1") == "tám");
  CHECK(text_of_twin("12") == "tám");
}

TEST_CASE("where a doubted word is as likely as another it stays, and the other is told") {
  const RestoredWord word = decided(doubted("má", 0.5, {{"ma", 0.5}}), "của", "ngày", twins());
  CHECK(word.text == "má");
  CHECK(word.probability < 0.95);
  REQUIRE_FALSE(word.alternatives.empty());
  CHECK(word.alternatives[0].text == "ma");
}

TEST_CASE("a doubted word gives way to one that is much likelier, not to one that leads") {
  std::size_t behind = 0, overruled = 0;
  for (double confidence = 0.5; confidence < 0.985; confidence += 0.01) {
    CAPTURE(confidence);
    const RestoredWord word =
        decided(doubted("tám", confidence, {{"tác", 0.5}}, "tac"), "của", "ngày", twins());
    if (word.restored) {
      CHECK(word.text == "tác");
      CHECK(word.probability > 0.55);
      ++overruled;
    } else if (!word.alternatives.empty() && word.alternatives[0].probability > word.probability) {
      ++behind;
    }
  }
  CHECK(overruled > 0);
  CHECK(behind > 0);
}

TEST_CASE("nothing is guessed of codes, numbers and abbreviations that the engine doubts") {
  const auto [read, offered] = GENERATE(table<std::string, std::string>({
      {"57-NQ/TW", "57-NQ/TU"},
      {"2025", "2026"},
      {"KH-UBND", "KH-huyện"},
      {"TTHC", "các"},
      {"15km", "15năm"},
      {"a@b.vn", "năm"},
      {"...", "năm"},
      {"m", "và"},
  }));
  CAPTURE(read);
  const RestoredWord word = decided(doubted(read, 0.1, {{offered, 0.9}}, offered), "các", "năm");
  CHECK(word.text == read);
  CHECK_FALSE(word.restored);
}

TEST_CASE("words that the engine doubts are neither joined nor parted") {
  Random random(16);
  for (int round = 0; round < 10; ++round) {
    const std::vector<ReadWord> read = any_words(random, 60);
    CHECK(restorer().restore(read, Damage::Doubtful).size() == read.size());
  }
}

TEST_CASE("words whose spaces are put right are told to be restored") {
  const std::vector<RestoredWord> words =
      vietnamese().respace(words_of("KẾ HO ẠCH\nVềviệc triển khai"));
  REQUIRE(words.size() == 2);
  CHECK((words[0].first == 1 && words[0].count == 2 && words[0].text == "HOẠCH"));
  CHECK((words[1].first == 3 && words[1].count == 1 && words[1].text == "Về việc"));
  for (const RestoredWord& word : words) CHECK((word.restored && word.probability < 1));
}

// ---- What happened

TEST_CASE("what happened to a text is seen") {
  const auto [text, damage] = GENERATE(table<std::string, Damage>({
      {"", Damage::None},
      {"-", Damage::None},
      {"... ... ...", Damage::None},
      {"1.268 105,67% 08/7/2025 2.345 99 1,5", Damage::None},
      {"57-NQ/TW 18/KH-UBND", Damage::None},
      {kRight, Damage::None},
      {"Nguyễn Văn An\nTrần Thị Bình\nLê Hoàng Nam\nPhạm Minh Đức\nVũ Thị Hương", Damage::None},
      {"STT Họ và tên Năm sinh\n1 Nguyễn Văn An 1980\n2 Trần Thị Bình 1975", Damage::None},
      {"The quick brown fox jumps over the lazy dog while thirty engineers review the proposal",
       Damage::None},
      {"Le Conseil municipal approuve le budget primitif pour l'exercice suivant", Damage::None},
      {"Con đường khúc khuỷu, ngoằn ngoèo; bước chân khấp khểnh, dáng vẻ loắt choắt, lụ khụ, lòa "
       "xòa",
       Damage::None},
      {stripped(kRight), Damage::Stripped},
      {to_upper(stripped(kRight)), Damage::Stripped},
      {"Uy ban nhan dan huyen bao cao ket qua", Damage::Stripped},
      {"Nguyen Van An\nTran Thi Binh\nLe Hoang Nam\nPham Minh Duc\nVu Thi Huong", Damage::Stripped},
      {"Uy ban nhén dan huyén bao cdo két qua thuc hién nhiém vu phat trién kinh té",
       Damage::Garbled},
      {"CONG HOA XA HOI CHU NGHIA VIET NAM\nDéc lap - Ty do - Hanh phic\nCan ctr Luat Té chirc "
       "chinh quyén dia phuong; Xét dé nghi cua Giam déc S& Tai chinh",
       Damage::Garbled},
      // A signature's right words do not make the page right.
      {"Ký bởi: Sở Nội vụ\nUy ban nhén dan huyén bao cdo két qua thuc hién nhiém vu phat trién "
       "kinh té",
       Damage::Garbled},
      {"Ký bởi: Sở Nội vụ\nUy ban nhan dan huyen bao cao ket qua thuc hien nhiem vu phat trien "
       "kinh te",
       Damage::Garbled},
      {"Nguyén Van An\nTran Thi Binh\nLé Hoang Nam\nPham Minh Dirc\nVü Thi Hirong",
       Damage::Garbled},
      // Marks, but not the right ones.
      {"Thưc hiẻn kê hoach kiêm trà cõng tãc vàn thứ, lưú trừ nám 2025, đoán kiêm trá cùa huyẽn đá "
       "lám",
       Damage::Garbled},
  }));
  CAPTURE(text);
  CHECK(detect_damage(words_of(text)) == damage);
}

// A list of people of one people, of as many lines as asked for: names as they are given there,
// which no other text has, with villages or without.
std::string list_of_names(Random& random, std::size_t lines) {
  struct People {
    std::vector<std::string> families, given;
  };
  static const std::vector<People> peoples{
      {{"Lò Văn", "Quàng Thị", "Cà Thị", "Tòng Văn"}, {"Ún", "Pánh", "Ỏm", "Hặc", "Lả", "Chựa"}},
      {{"Giàng A", "Vừ A", "Sùng Thị", "Thào A"}, {"Sử", "Pao", "Mỷ", "Dơ", "Chớ", "Khua", "Lử"}},
      {{"Y", "H'"}, {"Bhiăc Niê", "Wăn Êban", "Krông Ayŭn", "Drap Kbuôr", "Bliă Hđơk"}},
      {{"Ksor", "Siu", "Rơ Châm", "Kpă", "Rcom"}, {"Blơn", "Bình", "H'Bia", "Thul", "Kơn", "Tơ"}},
      {{"Thạch Thị", "Kim", "Sơn", "Danh"}, {"Sa Rây", "Sô Phi", "Đa Ra", "Sóc Kha", "Mô Ni"}},
      {{"A", "Y", "Đinh"}, {"Blưt", "Hmưk", "Byưm", "Yơ", "Krới", "Hyưh", "Thuĩh"}},
      {{"Krajăn", "Cil", "Kơ Să", "Liêng Jrang"}, {"Plin", "Brôi", "Múp", "Ngoal", "Tham"}},
  };
  static const std::vector<std::string> villages{"",
                                                 "",
                                                 ", bản Nậm Pửng",
                                                 ", bản Sín Chải",
                                                 ", plei Tơ Ver",
                                                 ", sóc Trà Kháo",
                                                 ", buôn Ea Mđroh",
                                                 ", làng Plei Ngol",
                                                 ", thôn Tà Pạ",
                                                 ", phum Bưng Chụm"};
  const People& people = peoples[below(random, peoples.size())];
  const bool numbered = below(random, 2) == 0, placed = below(random, 2) == 0;
  std::string out;
  for (std::size_t i = 0; i < lines; ++i) {
    const std::string number = numbered ? std::to_string(i + 1) + ". " : "";
    const std::string name = any_of(people.families, random) + ' ' + any_of(people.given, random);
    out += number + (below(random, 8) == 0 ? to_upper(name) : name) +
           (placed ? any_of(villages, random) : "") + '\n';
  }
  return out;
}

TEST_CASE("names of any people are right as they stand") {
  Random random(21);
  for (int round = 0; round < 400; ++round) {
    const std::size_t lines = std::vector<std::size_t>{2, 3, 5, 12, 60}[below(random, 5)];
    const std::string ordinary[]{"", "DANH SÁCH HỘ NGHÈO\n", kRight};
    const std::string text = ordinary[below(random, 3)] + list_of_names(random, lines);
    CAPTURE(text);
    REQUIRE(detect_damage(words_of(text)) == Damage::None);
  }
}

TEST_CASE("without words nothing happened") {
  CHECK(detect_damage({}) == Damage::None);
  CHECK(detect_damage(std::vector<ReadWord>{{""}, {"\xFF"}, {"\xE1\xBB"}}) == Damage::None);
}

TEST_CASE("where words begin a line, and what is said of them, does not tell what happened") {
  std::vector<ReadWord> read = words_of(stripped(kRight));
  for (ReadWord& word : read) {
    word.begins_line = !word.begins_line;
    word.confidence = 0;
    word.witness = "báo";
  }
  CHECK(detect_damage(read) == Damage::Stripped);
}

}  // namespace
}  // namespace vanban::diacritics
