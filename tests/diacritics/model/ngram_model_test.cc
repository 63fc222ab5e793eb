#include "diacritics/model/ngram_model.h"

#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <locale>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "diacritics/text/error.h"

namespace vanban::diacritics {
namespace {

std::string written(const NgramModel& model) {
  std::ostringstream out;
  write_arpa(model, out);
  return out.str();
}

NgramModel read(const std::string& text) {
  std::istringstream in(text);
  return read_arpa(in);
}

void check_equal(const NgramModel& a, const NgramModel& b) {
  CHECK(a.words == b.words);
  CHECK(a.unigrams == b.unigrams);
  CHECK(a.bigrams == b.bigrams);
  CHECK(a.trigrams == b.trigrams);
}

const std::string kText = R"(\data\
ngram 1=5
ngram 2=4
ngram 3=2

\1-grams:
-1.5	<unk>
-99	<s>	-0.25
-0.75	</s>
-0.5	ủy	-0.125
-0.625	ban

\2-grams:
-0.375	<s> ủy	-0.0625
-1	ủy </s>
-0.1	ủy ban	0.5
-0.3	ban </s>

\3-grams:
-1e-05	<s> ủy ban
-0.2	ủy ban </s>

\end\
)";

NgramModel model_of_text() {
  NgramModel model;
  model.words = {"<unk>", "<s>", "</s>", "ủy", "ban"};
  model.unigrams = {{-1.5F, 0}, {-99, -0.25F}, {-0.75F, 0}, {-0.5F, -0.125F}, {-0.625F, 0}};
  model.bigrams = {
      {kBegin, 3, -0.375F, -0.0625F}, {3, kEnd, -1, 0}, {3, 4, -0.1F, 0.5F}, {4, kEnd, -0.3F, 0}};
  model.trigrams = {{kBegin, 3, 4, -1e-5F}, {3, 4, kEnd, -0.2F}};
  return model;
}

TEST_CASE("a model as text, and the text as a model") {
  CHECK(written(model_of_text()) == kText);
  check_equal(read(kText), model_of_text());
}

TEST_CASE("text of other programs is read: another order, blanks, no blank lines, more back-offs") {
  check_equal(read("\r\n"
                   "\\data\\\r\n"
                   "ngram  1= 5\nngram 2 =4\nngram 3=2\n"
                   "\\1-grams:\n"
                   "-0.5 ủy -0.125\n"
                   "0\t<s>\t-0.25\n"
                   "-0.75\t</s>\t0\n"
                   "-1.5 <unk>   0\n"
                   "-0.625\tban\n"
                   "\\2-grams:\n"
                   "-0.3\tban </s>\n"
                   "-0.1\tủy ban\t0.5\n"
                   "  -1\tủy\t</s>\t0  \n"
                   "-0.375\t<s> ủy\t-0.0625\n"
                   "\\3-grams:\n"
                   "-0.2\tủy ban </s>\n"
                   "-0.00001\t<s> ủy ban\n"
                   "\\end\\"),
              model_of_text());
}

TEST_CASE("a vocabulary without any n-gram comes back") {
  NgramModel model;
  model.words = {"<unk>", "<s>", "</s>"};
  model.unigrams = {{-0.5F, 0}, {-99, 0}, {-0.25F, 0}};
  check_equal(read(written(model)), model);
}

// Any float that is no probability above 1, the smallest and greatest too.
float random_log10(std::mt19937& random) {
  for (;;) {
    const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    if (std::isfinite(value)) return -std::fabs(value);
  }
}

TEST_CASE("every table comes back as it was, to the last bit") {
  std::mt19937 random(20250102);
  NgramModel model;
  model.words = {"<unk>", "<s>", "</s>", "0", ",", "\\end\\", "\\1-grams:", "ngram", "-99"};
  while (model.words.size() < 40) model.words.push_back("từ" + std::to_string(model.words.size()));
  const auto count = static_cast<WordId>(model.words.size());
  for (WordId word = 0; word < count; ++word)
    model.unigrams.push_back({word == kBegin ? -99 : random_log10(random), random_log10(random)});
  for (WordId first = 0; first < count; ++first)
    for (WordId second = 0; second < count; ++second)
      if (random() % 3 == 0)
        model.bigrams.push_back({first, second, random_log10(random), random_log10(random)});
  for (const Bigram& bigram : model.bigrams)
    for (WordId third = 0; third < count; ++third)
      if (random() % 10 == 0)
        model.trigrams.push_back({bigram.first, bigram.second, third, random_log10(random)});
  const std::string text = written(model);
  const NgramModel back = read(text);
  CHECK(back.words == model.words);
  CHECK((back.unigrams == model.unigrams));
  CHECK((back.bigrams == model.bigrams));
  CHECK((back.trigrams == model.trigrams));
  CHECK((written(back) == text));
}

TEST_CASE("the stream's locale does not matter") {
  struct German : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\1"; }
  };
  const std::locale german(std::locale::classic(), new German);
  NgramModel model = model_of_text();
  while (model.words.size() < 1234) {
    model.words.push_back("từ" + std::to_string(model.words.size()));
    model.unigrams.push_back({-1234.5F, -0.5F});
  }
  std::ostringstream out;
  out.imbue(german);
  write_arpa(model, out);
  CHECK((out.str() == written(model)));
  std::istringstream in(out.str());
  in.imbue(german);
  CHECK((read_arpa(in).unigrams == model.unigrams));
}

// What is wrong with the text; empty where nothing is.
std::string fault_of(const std::string& text) {
  try {
    read(text);
    return "";
  } catch (const DataError& error) {
    return error.what();
  }
}

// The text with `from` changed into `to`.
std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("a damaged text is refused with the line of the fault") {
  struct Row {
    std::string from, to;
    int line;
    std::string words;
  };
  const Row row = GENERATE(values<Row>({
      // The head.
      {"\\data\\", "data", 1, "\\data\\"},
      {"\\data\\\n", "", 1, "\\data\\"},
      {"ngram 1=5", "ngram 1=five", 2, "ngram 1="},
      {"ngram 1=5", "ngram 1=-5", 2, "ngram 1="},
      {"ngram 1=5", "ngram 1=5x", 2, "ngram 1="},
      {"ngram 1=5\n", "", 2, "ngram 1="},
      {"ngram 3=2\n", "", 5, "ngram 3="},
      {"ngram 3=2\n", "ngram 3=2\nngram 4=1\n", 5, "the order is 3"},
      // Sections.
      {"\\1-grams:\n", "", 6, "\\1-grams:"},
      {"\\2-grams:\n", "", 13, "\\2-grams:"},
      {"\\3-grams:\n", "", 19, "\\3-grams:"},
      {"\\end\\\n", "", 23, "\\end\\"},
      {"\\2-grams:", "\\3-grams:", 13, "\\2-grams:"},
      // Counts.
      {"1=5", "1=6", 13, "\\1-grams: has 5 lines, not 6"},
      {"1=5", "1=4", 11, "no more 1-grams"},
      {"2=4", "2=5", 19, "\\2-grams: has 4 lines, not 5"},
      {"2=4", "2=3", 17, "no more 2-grams"},
      {"3=2", "3=99999999999", 23, "has 2 lines"},
      {"3=2", "3=1", 21, "no more 3-grams"},
      {"3=2", "3=0", 20, "no more 3-grams"},
      // Words and contexts.
      {"-1.5\t<unk>", "-1.5\tunk", 11, "without <unk>"},
      {"-99\t<s>\t-0.25\n", "-99\ts\t-0.25\n", 11, "without <s>"},
      {"<s> ủy\t", "<s> xã\t", 14, "\"xã\" is not among the words"},
      {"-0.3\tban", "-0.3\tBan", 17, "\"Ban\" is not among the words"},
      {"ủy ban </s>", "ủy ban phường", 21, "\"phường\""},
      {"-0.2\tủy ban", "-0.2\tban ủy", 21, "the context \"ban ủy\""},
      // Once each.
      {"-0.625\tban", "-0.625\tủy", 11, "\"ủy\" stands here again"},
      {"-0.625\tban", "-0.625\t<unk>", 11, "\"<unk>\" stands here again"},
      {"-0.3\tban </s>", "-0.3\tủy </s>", 17, "again"},
      {"-0.2\tủy ban </s>", "-0.2\t<s> ủy ban", 21, "again"},
      // Numbers.
      {"-1.5\t", "minus\t", 7, "\"minus\" is not a number"},
      {"-1.5\t", "nan\t", 7, "\"nan\" is not a number"},
      {"-1.5\t", "-inf\t", 7, "\"-inf\" is not a number"},
      {"-1.5\t", "-1,5\t", 7, "\"-1,5\" is not a number"},
      {"-1.5\t", "-1e99\t", 7, "\"-1e99\" is not a number"},
      {"-1.5\t", "1.5\t", 7, "above 1"},
      {"\t-0.125", "\t0.125.0", 10, "\"0.125.0\" is not a number"},
      {"-0.2\tủy", "0x1\tủy", 21, "\"0x1\" is not a number"},
      // Fields.
      {"-1.5\t<unk>", "-1.5", 7, "fields"},
      {"-1.5\t<unk>", "-1.5\t<unk>\t0\t0", 7, "fields"},
      {"-0.3\tban </s>", "-0.3\tban", 17, "fields"},
      {"-0.2\tủy ban </s>", "-0.2\tủy ban </s>\t-0.1", 21, "fields"},
  }));
  CAPTURE(row.from, row.to);
  CHECK_THAT(fault_of(changed(kText, row.from, row.to)),
             Catch::StartsWith("ARPA: line " + std::to_string(row.line) + ": ") &&
                 Catch::Contains(row.words));
}

TEST_CASE("an empty text is refused, and one cut anywhere") {
  const auto [blank, line] =
      GENERATE(table<std::string, int>({{"", 1}, {"\n", 2}, {" \n\t\r\n", 3}}));
  CHECK(fault_of(blank) ==
        "ARPA: line " + std::to_string(line) + ": the text ends here, without \\data\\");
  // All but the line's end that closes it.
  for (std::size_t length = 0; length + 1 < kText.size(); ++length) {
    CAPTURE(length);
    CHECK_THROWS_AS(read(kText.substr(0, length)), DataError);
  }
}

}  // namespace
}  // namespace vanban::diacritics
