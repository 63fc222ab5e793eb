#include "diacritics/model/channel.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "diacritics/text/error.h"
#include "diacritics/text/text.h"

namespace vanban::diacritics {
namespace {

// ---- A slow channel to compare with

// Tries every way to cut both texts into pieces.
float cheapest(const Channel& channel, std::u32string_view truth, std::u32string_view observed) {
  if (truth.empty() && observed.empty()) return 0;
  float best = Channel::kNever;
  const auto take = [&](std::size_t i, std::size_t j, float cost) {
    best = std::min(best, cost + cheapest(channel, truth.substr(i), observed.substr(j)));
  };
  if (!truth.empty()) take(1, 0, channel.deletion(truth[0]));
  if (!observed.empty()) take(0, 1, channel.insertion(observed[0]));
  if (!truth.empty() && !observed.empty()) take(1, 1, channel.substitution(truth[0], observed[0]));
  if (!truth.empty() && observed.size() > 1)
    take(1, 2, channel.widening(truth[0], observed[0], observed[1]));
  if (truth.size() < 2) return best;
  for (const Channel::PairReading& pair : channel.readings_of_pair(truth[0], truth[1])) {
    std::u32string read{pair.first};
    if (pair.second != 0) read += pair.second;
    if (observed.substr(0, read.size()) == read) take(2, read.size(), pair.cost);
  }
  return best;
}

// Up to `longest` letters of a, b, c.
std::u32string random_word(std::mt19937& random, std::uint32_t longest) {
  std::u32string out;
  for (std::uint32_t i = random() % (longest + 1); i > 0; --i)
    out += static_cast<char32_t>(U'a' + random() % 3);
  return out;
}

// Edits of a, b and c, of every kind and each at most once.
std::string random_table(std::mt19937& random) {
  std::string out;
  std::set<std::pair<std::u32string, std::u32string>> known;
  for (int row = 0; row < 25; ++row) {
    const std::u32string truth = random_word(random, 2), observed = random_word(random, 2);
    if (truth.empty() && observed.size() != 1) continue;
    if (truth.size() == 2 && observed.empty()) continue;
    if (!known.emplace(truth, observed).second) continue;
    out +=
        to_utf8(truth) + '\t' + to_utf8(observed) + '\t' + std::to_string(random() % 12) + ".5\n";
  }
  return out;
}

// ---- Tables

TEST_CASE("edits cost what the table says") {
  const Channel channel(
      "# true, observed, cost\n"
      "@split\t\t6.5\n"
      "@join\t\t7.25\n"
      "\n"
      "ạ\ta\t0.5\n"
      "ạ\t\t4\n"
      "\t'\t5\n"
      "m\trn\t2.5\n"
      "rn\tm\t3\n"
      "rn\tni\t3.5\n"
      "0\tO\t0");  // the last line may lack its end
  CHECK(channel.split_cost() == 6.5F);
  CHECK(channel.join_cost() == 7.25F);
  CHECK(channel.substitution(U'ạ', U'a') == 0.5F);
  CHECK(channel.substitution(U'0', U'O') == 0);
  CHECK(channel.deletion(U'ạ') == 4);
  CHECK(channel.insertion(U'\'') == 5);
  CHECK(channel.widening(U'm', U'r', U'n') == 2.5F);
  const std::vector<Channel::PairReading>& pairs = channel.readings_of_pair(U'r', U'n');
  REQUIRE(pairs.size() == 2);
  CHECK((pairs[0].first == U'm' && pairs[0].second == 0 && pairs[0].cost == 3));
  CHECK((pairs[1].first == U'n' && pairs[1].second == U'i' && pairs[1].cost == 3.5F));
  CHECK(channel.readings_of_pair(U'n', U'r').empty());
  CHECK(channel.readings_of_pair(U'm', U'r').empty());
}

TEST_CASE("observed characters come sorted, each once") {
  CHECK(Channel("").observed_characters().empty());
  CHECK(Channel("x\tệ\t1\na\tc\t1\na\ta\t1\nb\tc\t1\n").observed_characters() ==
        std::vector<char32_t>{U'a', U'c', U'ệ'});
}

TEST_CASE("the highest characters do not get in each other's way") {
  const Channel channel("\U0010FFFF\t\U0010FFFE\t1\n\U0010FFFE\t\U0010FFFF\t2\n");
  CHECK(channel.substitution(U'\U0010FFFF', U'\U0010FFFE') == 1);
  CHECK(channel.substitution(U'\U0010FFFE', U'\U0010FFFF') == 2);
  CHECK(channel.observed_characters() == std::vector<char32_t>{U'\U0010FFFE', U'\U0010FFFF'});
}

TEST_CASE("a line that is no edit is refused and shown") {
  const std::string line =
      GENERATE("a", "a\tb", "a\t1", "a\tb\t", "a\tb\tx", "a\tb\t1x", "a\tb\t 1", "a\tb\t1 ",
               "a\tb\t-1", "a\tb\tnan", "a\tb\t1,5", "a\tb\t1e99", "a\tb\t1\t2", "a\tb\t1\r",
               "abc\ta\t1", "a\tabc\t1", "\t\t1", " # no comment", "@split\t\t-1", "@join\tx");
  CAPTURE(line);
  CHECK_THROWS_AS(Channel(line), DataError);
  CHECK_THROWS_WITH(Channel("a\ta\t1\n" + line + "\nb\tb\t1\n"), Catch::Contains(line));
}

TEST_CASE("what was never seen is dear") {
  const Channel channel("a\ta\t0.25\na\tb\t2\nb\tb\t1\n");
  // More than anything seen of the same character.
  CHECK(channel.substitution(U'a', U'c') > 2);
  CHECK(channel.deletion(U'a') > 2);
  CHECK(channel.insertion(U'a') > 2);
  CHECK(channel.widening(U'a', U'b', U'b') == Channel::kNever);
  CHECK(channel.readings_of_pair(U'a', U'b').empty());
}

TEST_CASE("strangers are likely themselves, then a letter of the same base, then another") {
  const Channel channel(GENERATE("", "x\tx\t1\n"));
  const auto cost = [&](char32_t observed) { return channel.substitution(U'ậ', observed); };
  const std::u32string nearer = U"ậaAbB";
  for (std::size_t i = 0; i + 1 < nearer.size(); ++i) {
    CAPTURE(i);
    CHECK(cost(nearer[i]) < cost(nearer[i + 1]));
  }
  CHECK(cost(U'a') == cost(U'ẵ'));
  CHECK(cost(U'ậ') > 0);
  CHECK(channel.substitution(U'đ', U'd') < channel.substitution(U'đ', U'D'));
  CHECK(channel.substitution(U'Đ', U'D') == channel.substitution(U'đ', U'd'));
  CHECK(channel.substitution(U'7', U'7') < channel.substitution(U'7', U'1'));
  CHECK(channel.deletion(U'ậ') < Channel::kNever);
}

// ---- The cost of words

TEST_CASE("a word costs the sum of its cheapest edits") {
  const Channel channel(
      "a\ta\t0.25\n"
      "a\tb\t2\n"
      "r\tr\t0.5\n"
      "r\t\t4\n"
      "n\tn\t0.5\n"
      "m\tm\t0.125\n"
      "m\trn\t3\n"
      "rn\tm\t1\n"
      "đa\tdi\t0.75\n"
      "aa\tbb\t6\n"
      "\t'\t1.75\n");
  struct Row {
    std::u32string truth, observed;
    float cost;
  };
  const Row row = GENERATE(values<Row>({
      {U"", U"", 0},
      {U"a", U"a", 0.25F},
      {U"aa", U"ab", 0.25F + 2},
      {U"rn", U"rn", 0.5F + 0.5F},
      {U"rn", U"m", 1},       // the pair as one
      {U"m", U"rn", 3},       // one as two
      {U"đa", U"di", 0.75F},  // the pair as two
      {U"arna", U"ama", 0.25F + 1 + 0.25F},
      {U"rnrn", U"mm", 1 + 1},
      {U"rnm", U"mrn", 1 + 3},
      {U"mrn", U"rnm", 3 + 1},
      {U"ra", U"a", 4 + 0.25F},
      {U"rr", U"", 4 + 4},
      {U"", U"''", 1.75F + 1.75F},
      {U"a", U"'a'", 1.75F + 0.25F + 1.75F},
      {U"rn", U"m'", 1 + 1.75F},  // an insertion after a pair
      {U"rn", U"r'n", 0.5F + 1.75F + 0.5F},
      {U"rm", U"m", 4 + 0.125F},
      {U"aa", U"bb", 2 + 2},  // the pair is known, and dearer than its letters
  }));
  CAPTURE(to_utf8(row.truth), to_utf8(row.observed));
  CHECK(channel.cost(row.truth, row.observed) == row.cost);
}

TEST_CASE("without any table, what stays as it is costs least") {
  const Channel channel("");
  const std::u32string word = U"đường";
  const float same = channel.cost(word, word);
  CHECK(same == 5 * channel.substitution(U'n', U'n'));
  CHECK(channel.cost(word, U"dường") ==
        same - channel.substitution(U'đ', U'đ') + channel.substitution(U'đ', U'd'));
  CHECK(channel.cost(word, U"") == 5 * channel.deletion(U'n'));
  CHECK(channel.cost(U"", U"xy") == channel.insertion(U'x') + channel.insertion(U'y'));
}

TEST_CASE("on random tables the cost is that of the cheapest of all alignments") {
  std::mt19937 random(1);
  for (int round = 0; round < 60; ++round) {
    const std::string table = random_table(random);
    const Channel channel(table);
    for (int word = 0; word < 12; ++word) {
      const std::u32string truth = random_word(random, 4), observed = random_word(random, 4);
      CAPTURE(table, to_utf8(truth), to_utf8(observed));
      // The costs of the table and of what it does not know are halves: sums are exact.
      REQUIRE(channel.cost(truth, observed) == cheapest(channel, truth, observed));
    }
  }
}

// ---- The tables that the program has

struct Edit {
  std::u32string truth, observed;
  float cost = 0;
};

struct Table {
  std::vector<Edit> edits;
  std::map<std::string, float> rates;  // @split and @join
  std::string damage;                  // lines that are neither
};

// Read once more, by other means.
Table read_table(const std::string& name) {
  std::ifstream file(VANBAN_SOURCE_DIR "/diacritics/data/" + name);
  if (!file) throw std::runtime_error("cannot read " + name);
  Table out;
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find('\t'), last = line.rfind('\t');
    const bool comment = line.starts_with('#');
    // A number sign as true text would be taken for a comment.
    if (comment == (first != std::string::npos) || (!comment && first == last)) out.damage += line;
    if (comment || first == last) continue;
    const std::string left = line.substr(0, first);
    const float cost = std::strtof(line.c_str() + last + 1, nullptr);
    if (left.size() > 1 && left[0] == '@') {
      out.rates[left] = cost;
      continue;
    }
    const std::string right = line.substr(first + 1, last - first - 1);
    if (to_nfc(left) != left || to_nfc(right) != right) out.damage += line;
    out.edits.push_back({to_code_points(left), to_code_points(right), cost});
  }
  return out;
}

float cost_of(const Channel& channel, const Edit& edit) {
  const std::u32string &truth = edit.truth, &observed = edit.observed;
  if (truth.empty()) return channel.insertion(observed.at(0));
  if (truth.size() == 2) {
    for (const Channel::PairReading& pair : channel.readings_of_pair(truth[0], truth[1])) {
      std::u32string read{pair.first};
      if (pair.second != 0) read += pair.second;
      if (read == observed) return pair.cost;
    }
    return Channel::kNever;
  }
  if (observed.empty()) return channel.deletion(truth.at(0));
  if (observed.size() == 1) return channel.substitution(truth.at(0), observed[0]);
  return channel.widening(truth.at(0), observed.at(0), observed.at(1));
}

struct BuiltIn {
  std::string file;
  const Channel* channel = nullptr;
};

BuiltIn built_in() {
  return GENERATE(values<BuiltIn>({
      {"confusions-eng.tsv", &Channel::english()},
      {"confusions-vie.tsv", &Channel::vietnamese()},
  }));
}

TEST_CASE("the program's tables are NFC, sorted and unique, their costs sound") {
  const BuiltIn table = built_in();
  CAPTURE(table.file);
  const Table text = read_table(table.file);
  CHECK(text.damage.empty());
  CHECK(text.edits.size() > 1000);
  for (std::size_t i = 0; i < text.edits.size(); ++i) {
    const Edit& edit = text.edits[i];
    CAPTURE(i, to_utf8(edit.truth), to_utf8(edit.observed));
    REQUIRE(std::isfinite(edit.cost));
    REQUIRE(edit.cost >= 0);
    REQUIRE(edit.truth.size() + edit.observed.size() > 0);
    if (i == 0) continue;
    const Edit& before = text.edits[i - 1];
    REQUIRE(std::pair(before.truth, before.observed) < std::pair(edit.truth, edit.observed));
  }
}

TEST_CASE("the program has its tables row by row") {
  const BuiltIn table = built_in();
  CAPTURE(table.file);
  Table text = read_table(table.file);
  for (const Edit& edit : text.edits) {
    CAPTURE(to_utf8(edit.truth), to_utf8(edit.observed));
    REQUIRE(cost_of(*table.channel, edit) == edit.cost);
  }
  CHECK(text.rates.size() == 2);
  CHECK(table.channel->split_cost() == text.rates.at("@split"));
  CHECK(table.channel->join_cost() == text.rates.at("@join"));
}

TEST_CASE("what one true text becomes has no more than all the probability") {
  const BuiltIn table = built_in();
  CAPTURE(table.file);
  std::map<std::u32string, double> mass;
  for (const Edit& edit : read_table(table.file).edits)
    mass[edit.truth] += std::exp(-double(edit.cost));
  // Costs have two decimals, so a probability may be too great by a factor of exp(0.005).
  for (const auto& [truth, sum] : mass) {
    CAPTURE(to_utf8(truth));
    REQUIRE(sum <= std::exp(0.005) + 1e-6);
    REQUIRE(sum > 0);
  }
}

TEST_CASE("an edit that the program's tables do not have is as dear as any that they have") {
  const BuiltIn table = built_in();
  const Channel& channel = *table.channel;
  CAPTURE(table.file);
  constexpr char32_t kNobody = U'\U0010FFFF';
  for (const Edit& edit : read_table(table.file).edits) {
    CAPTURE(to_utf8(edit.truth), to_utf8(edit.observed));
    REQUIRE(channel.insertion(kNobody) >= edit.cost);
    if (edit.truth.size() == 1) REQUIRE(channel.substitution(edit.truth[0], kNobody) >= edit.cost);
  }
}

TEST_CASE("the engines keep plain letters and differ in the marked ones") {
  const Channel &english = Channel::english(), &vietnamese = Channel::vietnamese();
  for (const char32_t letter : std::u32string(U"abcdeghiklmnopqrstuvxyABCDEGHKLMNOPQRSTUVXY")) {
    CAPTURE(to_utf8(std::u32string{letter}));
    // More likely itself than not: ln 2.
    CHECK(english.substitution(letter, letter) < 0.69F);
    CHECK(vietnamese.substitution(letter, letter) < 0.69F);
  }
  // Letters that the English model does not have.
  for (const char32_t letter : std::u32string(U"ăđơưạảấầậắặệịọốộớờợụứữựỳĐ")) {
    CAPTURE(to_utf8(std::u32string{letter}));
    CHECK(vietnamese.substitution(letter, letter) < 0.69F);
    CHECK(english.substitution(letter, letter) > 5);
  }
  CHECK(english.cost(U"đường", U"duong") < vietnamese.cost(U"đường", U"duong"));
}

}  // namespace
}  // namespace vanban::diacritics
