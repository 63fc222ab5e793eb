#include "diacritics/model/lexicon.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/text/syllable_shape.h"
#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

// A model that knows these words, the most frequent first, and nothing of their neighbours.
LanguageModel model_of(const std::vector<std::string>& words) {
  NgramModel tables;
  tables.words = {"<unk>", "<s>", "</s>"};
  tables.words.insert(tables.words.end(), words.begin(), words.end());
  tables.unigrams.assign(tables.words.size(), {-2, 0});
  return LanguageModel::from_bytes(compact(tables));
}

std::vector<std::string> words_of(const LanguageModel& model, const std::vector<WordId>& ids) {
  std::vector<std::string> out;
  for (const WordId id : ids) out.emplace_back(model.word(id));
  return out;
}

std::u32string written(std::string_view word, Case how) {
  std::u32string out = to_code_points(word);
  for (std::size_t i = 0; i < out.size(); ++i)
    if (how == Case::Upper || (how == Case::Title && i == 0)) out[i] = to_upper(out[i]);
  return out;
}

// Candidates as they would be written, with their costs. Fails where one is there twice.
std::map<std::string, float> shown(const LanguageModel& model,
                                   const std::vector<Candidate>& candidates) {
  std::map<std::string, float> out;
  for (const Candidate& candidate : candidates) {
    const std::string text = to_utf8(written(model.word(candidate.word), candidate.written));
    CHECK(out.emplace(text, candidate.cost).second);
  }
  return out;
}

// ---- Words by their letters

const std::vector<std::string> kWords{"của", "ban", "bàn", "bán", "kw",      "cua",
                                      "đỏ",  "do",  "độ",  "0",   ",",       "a-b",
                                      "bản", "t1",  "hòa", "usb", "internet"};

TEST_CASE("words are found without their marks, the most frequent first") {
  const LanguageModel model = model_of(kWords);
  const Lexicon lexicon(model);
  struct Row {
    std::string stripped;
    std::vector<std::string> words;
  };
  const Row row = GENERATE(values<Row>({
      {"ban", {"ban", "bàn", "bán", "bản"}},
      {"cua", {"của", "cua"}},
      {"do", {"đỏ", "do", "độ"}},
      {"hoa", {"hòa"}},
      {"usb", {"usb"}},
      {"", {}},
      {"b", {}},
      {"bann", {}},
      // Keys are as fold() makes them.
      {"bàn", {}},
      {"Ban", {}},
      {"\xFF", {}},
      // What is not of letters is no word to be restored.
      {"0", {}},
      {",", {}},
      {"a-b", {}},
      {"t1", {}},
      {"<s>", {}},
      {"<unk>", {}},
  }));
  CAPTURE(row.stripped);
  CHECK(words_of(model, lexicon.with_marks(row.stripped)) == row.words);
}

TEST_CASE("syllables are told from strangers") {
  const LanguageModel model = model_of(kWords);
  const Lexicon lexicon(model);
  const auto [word, expected] = GENERATE(table<std::string, bool>({
      {"của", true},
      {"ban", true},
      {"đỏ", true},
      {"hòa", true},
      {"usb", false},
      {"kw", false},
      {"internet", false},
      {"0", false},
      {"a-b", false},
      {"<unk>", false},
      {"<s>", false},
      {"</s>", false},
  }));
  CAPTURE(word);
  REQUIRE(model.word(model.id_of(word)) == word);
  CHECK(lexicon.is_syllable(model.id_of(word)) == expected);
}

TEST_CASE("letters are those of a syllable where some syllable of the vocabulary has them") {
  const Lexicon lexicon(model_of({"của", "usb", "độ", "mặt"}));
  const auto [stripped, expected] = GENERATE(table<std::string, bool>({
      {"cua", true},
      {"do", true},
      {"mat", true},
      {"của", false},
      {"usb", false},
      {"ban", false},  // a syllable, but none of the vocabulary
      {"", false},
  }));
  CAPTURE(stripped);
  CHECK(lexicon.is_stripped_syllable(stripped) == expected);
}

// ---- Words by what they were read as: worked numbers

constexpr const char* kTable =
    "a\ta\t0\n"
    "a\to\t3\n"
    "b\tb\t0.5\n"
    "B\tB\t0.25\n"
    "B\t8\t1\n"
    "n\tn\t0\n"
    "n\tu\t2\n"
    "N\tN\t0\n"
    "A\tA\t0\n"
    "à\ta\t1\n"
    "à\tà\t0.5\n"
    "r\tr\t0\n"
    "m\tm\t0\n"
    "m\trn\t2.5\n"
    "rn\tm\t1.5\n"
    "an\tem\t4\n"
    "n\t\t5\n"
    "\t'\t1.25\n";

TEST_CASE("what was read gives the words that it may have been, with their costs") {
  const LanguageModel model = model_of({"ban", "bàn", "bam", "barn", "ba", "bác"});
  const Lexicon lexicon(model);
  const Channel channel(kTable);
  const LetterChannel letters = lexicon.letters_of(channel);
  struct Row {
    std::u32string observed;
    std::map<std::string, float> words;
  };
  // An edit that the table does not have costs 7 or more, but for á read as a.
  const Row row = GENERATE(values<Row>({
      {U"ban", {{"ban", 0.5F}, {"bàn", 0.5F + 1}}},
      {U"bàn", {{"bàn", 0.5F + 0.5F}}},
      {U"bau", {{"ban", 0.5F + 2}, {"bàn", 0.5F + 1 + 2}}},
      {U"bam", {{"bam", 0.5F}, {"barn", 0.5F + 1.5F}}},   // rn read as one
      {U"barn", {{"barn", 0.5F}, {"bam", 0.5F + 2.5F}}},  // m read as two
      {U"bem", {{"ban", 0.5F + 4}}},                      // two read as two others
      {U"ba", {{"ba", 0.5F}, {"ban", 0.5F + 5}}},         // bàn would cost 6.5, too much
      {U"b'an", {{"ban", 0.5F + 1.25F}, {"bàn", 0.5F + 1.25F + 1}}},
      {U"'ba'", {{"ba", 0.5F + 2.5F}, {"ban", 0.5F + 2.5F + 5}}},
  }));
  CAPTURE(to_utf8(row.observed));
  Lexicon::Limits how;
  how.window = 5.25F;
  CHECK(shown(model, lexicon.misread_as(row.observed, letters, how)) == row.words);
}

TEST_CASE("the ways of writing are tried that were asked for") {
  const LanguageModel model = model_of({"ban", "bàn"});
  const Lexicon lexicon(model);
  const Channel channel(kTable);
  const LetterChannel letters = lexicon.letters_of(channel);
  struct Row {
    std::u32string observed;
    Lexicon::Limits how;
    std::map<std::string, float> words;
  };
  const Row row = GENERATE(values<Row>({
      {U"ban", {true, false, false, 3, 22}, {{"ban", 0.5F}, {"bàn", 1.5F}}},
      {U"8an", {false, true, false, 3, 22}, {{"Ban", 1}, {"Bàn", 2}}},
      {U"8an", {true, true, true, 3, 22}, {{"Ban", 1}, {"Bàn", 2}}},
      {U"BAN", {false, false, true, 3, 22}, {{"BAN", 0.25F}}},
      {U"BAN", {true, true, true, 3, 22}, {{"BAN", 0.25F}}},
      {U"BAN", {true, true, false, 3, 4}, {}},
      {U"ban", {false, false, false, 3, 22}, {}},
  }));
  CAPTURE(to_utf8(row.observed), row.how.lower, row.how.title, row.how.upper);
  CHECK(shown(model, lexicon.misread_as(row.observed, letters, row.how)) == row.words);
}

TEST_CASE("candidates are kept to the window, and to the most that one may cost") {
  const LanguageModel model = model_of({"ban", "bàn"});
  const Lexicon lexicon(model);
  const Channel channel(kTable);
  const LetterChannel letters = lexicon.letters_of(channel);
  struct Row {
    float window, cost_max;
    std::set<std::string> words;
  };
  // For "bau" ban costs 2.5 and bàn 3.5. The bounds themselves are inside.
  const Row row = GENERATE(values<Row>({
      {8, 22, {"ban", "bàn"}},
      {1, 22, {"ban", "bàn"}},
      {0.9F, 22, {"ban"}},
      {0, 22, {"ban"}},
      {8, 3.5F, {"ban", "bàn"}},
      {8, 3.4F, {"ban"}},
      {8, 2.5F, {"ban"}},
      {8, 2.4F, {}},
      {8, 0, {}},
  }));
  CAPTURE(row.window, row.cost_max);
  std::set<std::string> words;
  for (const auto& [word, cost] :
       shown(model,
             lexicon.misread_as(U"bau", letters, {true, false, false, row.window, row.cost_max})))
    words.insert(word);
  CHECK(words == row.words);
}

TEST_CASE("where nothing was read, or there are no words, there are no candidates") {
  const Lexicon lexicon(model_of({"a"})), empty(model_of({})), unlettered(model_of({"0", "-"}));
  const Channel& channel = Channel::english();
  CHECK(lexicon.misread_as(U"", lexicon.letters_of(channel), {}).empty());
  CHECK(empty.misread_as(U"a", empty.letters_of(channel), {}).empty());
  CHECK(empty.with_marks("a").empty());
  CHECK(unlettered.misread_as(U"0", unlettered.letters_of(channel), {}).empty());
}

TEST_CASE("the longest words that are looked for have 24 letters") {
  const std::string longest(24, 'n'), longer(25, 'n');
  const LanguageModel model = model_of({longest, longer});
  const Lexicon lexicon(model);
  const Channel channel("n\tn\t0\n");
  const LetterChannel letters = lexicon.letters_of(channel);
  CHECK(shown(model, lexicon.misread_as(to_code_points(longest), letters, {})) ==
        std::map<std::string, float>{{longest, 0}});
  CHECK(lexicon.misread_as(to_code_points(longer), letters, {}).empty());
}

TEST_CASE("a channel's table for the lexicon says what the channel says") {
  const Lexicon lexicon(model_of({"ban", "rỡ", "đm"}));
  const Channel channel(kTable);
  const LetterChannel table = lexicon.letters_of(channel);
  const std::set<char32_t> letters(table.letters.begin(), table.letters.end());
  CHECK(letters == std::set<char32_t>{U'b', U'a', U'n', U'r', U'ỡ', U'đ', U'm',  //
                                      U'B', U'A', U'N', U'R', U'Ỡ', U'Đ', U'M'});
  const std::size_t count = table.letters.size();
  REQUIRE(count == letters.size());
  REQUIRE(table.deletion.size() == count);
  REQUIRE(table.pair_begin.size() == count * count + 1);
  CHECK(table.pairs.size() == 2);  // rn and an
  for (std::size_t i = 0; i < count; ++i) {
    CAPTURE(to_utf8({&table.letters[i], 1}));
    CHECK(table.deletion[i] == channel.deletion(table.letters[i]));
    for (const auto& [observed, row] : table.substitution)
      CHECK(row.at(i) == channel.substitution(table.letters[i], observed));
    for (std::size_t j = 0; j < count; ++j) {
      const std::uint32_t begin = table.pair_begin[i * count + j];
      CHECK(table.pair_begin[i * count + j + 1] - begin ==
            channel.readings_of_pair(table.letters[i], table.letters[j]).size());
    }
  }
}

// ---- Against looking at every word

// What every word of the vocabulary costs, in the ways of writing that are asked for.
std::map<std::pair<WordId, Case>, float> all_costs(const LanguageModel& model,
                                                   const Channel& channel,
                                                   std::u32string_view observed,
                                                   const Lexicon::Limits& how) {
  std::map<std::pair<WordId, Case>, float> out;
  for (const auto& [asked, way] :
       {std::pair(how.lower, Case::Lower), {how.title, Case::Title}, {how.upper, Case::Upper}})
    for (WordId word = kEnd + 1; asked && word < model.word_count(); ++word)
      out[{word, way}] = channel.cost(written(model.word(word), way), observed);
  return out;
}

// Sums may be rounded otherwise.
constexpr float kRounding = 1e-3F;

void compare(const std::vector<Candidate>& found, std::map<std::pair<WordId, Case>, float> expected,
             const Lexicon::Limits& how) {
  float cheapest = Channel::kNever;
  for (const auto& [key, cost] : expected) cheapest = std::min(cheapest, cost);
  const float most = std::min(cheapest + how.window, how.cost_max);
  for (const Candidate& candidate : found) {
    CAPTURE(candidate.word, static_cast<int>(candidate.written));
    const auto entry = expected.find({candidate.word, candidate.written});
    REQUIRE(entry != expected.end());
    REQUIRE(candidate.cost == Approx(entry->second).margin(kRounding));
    REQUIRE(candidate.cost <= most + kRounding);
    expected.erase(entry);  // once is enough
  }
  for (const auto& [key, cost] : expected) {
    CAPTURE(key.first, static_cast<int>(key.second), cost, most);
    REQUIRE(cost > most - kRounding);
  }
  REQUIRE((!found.empty() || cheapest > how.cost_max - kRounding));
}

Lexicon::Limits random_search(std::mt19937& random) {
  Lexicon::Limits how;
  how.lower = random() % 4 != 0;
  how.title = random() % 2 == 0;
  how.upper = random() % 2 == 0;
  how.window = std::vector<float>{0, 2.5F, 8, 20}[random() % 4];
  how.cost_max = std::vector<float>{3, 8, 14, 22}[random() % 4];
  return how;
}

std::u32string random_text(std::mt19937& random, const std::u32string& letters,
                           std::uint32_t longest) {
  std::u32string out;
  for (std::uint32_t i = random() % (longest + 1); i > 0; --i)
    out += letters[random() % letters.size()];
  return out;
}

// Edits of all kinds between few letters in both cases, so that many ways lead to each word.
std::string random_table(std::mt19937& random) {
  std::set<std::pair<std::u32string, std::u32string>> known;
  std::string out;
  for (int row = 0; row < 80; ++row) {
    const std::u32string truth = random_text(random, U"abàABÀ", 2);
    const std::u32string observed = random_text(random, U"abàAB1", 2);
    if (truth.size() != 1 && observed.size() + truth.size() < 3 && !truth.empty()) continue;
    if (truth.empty() && observed.size() != 1) continue;
    if (known.emplace(truth, observed).second)
      out += to_utf8(truth) + '\t' + to_utf8(observed) + '\t' +
             std::to_string(double(random() % 100) / 10) + '\n';
  }
  return out;
}

TEST_CASE("among words of few letters none is missed, with channels of all sorts") {
  std::mt19937 random(11);
  for (int round = 0; round < 40; ++round) {
    std::set<std::string> words;
    while (words.size() < 60) words.insert(to_utf8(random_text(random, U"abà", 5)));
    words.erase("");
    const LanguageModel model = model_of({words.begin(), words.end()});
    const Lexicon lexicon(model);
    const std::string table = random_table(random);
    const Channel channel(table);
    const LetterChannel letters = lexicon.letters_of(channel);
    for (int word = 0; word < 10; ++word) {
      const std::u32string observed = U"a" + random_text(random, U"abàAB1?", 5);
      const Lexicon::Limits how = random_search(random);
      CAPTURE(table, to_utf8(observed), how.window, how.cost_max);
      compare(lexicon.misread_as(observed, letters, how), all_costs(model, channel, observed, how),
              how);
    }
  }
}

// A word as some engine may have read it, or worse.
std::u32string garbled(std::mt19937& random, std::u32string word,
                       const std::vector<char32_t>& characters) {
  for (std::uint32_t edits = random() % 3; edits > 0 && !word.empty(); --edits) {
    const std::size_t at = random() % word.size();
    const char32_t other = characters[random() % characters.size()];
    switch (random() % 4) {
      case 0: word.erase(at, 1); break;
      case 1: word.insert(at, 1, other); break;
      case 2: word[at] = base_letter(word[at]); break;
      default: word[at] = other;
    }
  }
  return word;
}

TEST_CASE("among Vietnamese syllables none is missed, with the program's channels") {
  std::mt19937 random(12);
  const std::vector<std::string> syllables = all_syllables();
  std::set<std::string> words{"km", "internet", "ubnd", "đm"};
  while (words.size() < 200) words.insert(syllables[random() % syllables.size()]);
  const LanguageModel model = model_of({words.begin(), words.end()});
  const Lexicon lexicon(model);
  for (const Channel* channel : {&Channel::english(), &Channel::vietnamese()}) {
    const LetterChannel letters = lexicon.letters_of(*channel);
    const std::vector<char32_t> characters = channel->observed_characters();
    for (int round = 0; round < 30; ++round) {
      const auto id = static_cast<WordId>(kEnd + 1 + random() % words.size());
      const Case how_written = std::vector{Case::Lower, Case::Title, Case::Upper}[random() % 3];
      const std::u32string observed =
          garbled(random, written(model.word(id), how_written), characters);
      if (observed.empty()) continue;
      const Lexicon::Limits how = random_search(random);
      CAPTURE(to_utf8(observed), how.lower, how.title, how.upper, how.window, how.cost_max);
      compare(lexicon.misread_as(observed, letters, how), all_costs(model, *channel, observed, how),
              how);
    }
  }
}

}  // namespace
}  // namespace vanban::diacritics
