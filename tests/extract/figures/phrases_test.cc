#include "extract/figures/phrases.h"

#include <catch2/catch.hpp>
#include <string>

#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

TEST_CASE("a single word is known by its marks, a longer phrase without them") {
  const auto [words, line, stands] = GENERATE(table<std::string, std::string, bool>({
      {"đến", "đến nay", true},
      {"đến", "Đến nay", true},
      {"đến", "đen nay", false},
      {"hoà", "hòa nhập", true},  // where the tone stands is a matter of taste
      {"trong đó", "trong đó có", true},
      {"trong đó", "trong do có", true},
      {"trong đó", "trong, đó có", false},
      {"trong đó", "trong", false},
  }));
  CAPTURE(words, line);
  const ReadDocument read(line);
  CHECK(Phrase(words).stands_at(read.text, 0) == stands);
}

TEST_CASE("a phrase ends before a place and does not begin before the text") {
  const ReadDocument read("xã hiện có năm thôn");
  CHECK(Phrase("hiện có").ends_at(read.text, 3));
  CHECK_FALSE(Phrase("hiện có").ends_at(read.text, 2));
  CHECK_FALSE(Phrase("hiện có").ends_at(read.text, 1));
}

TEST_CASE("of several phrases the longest counts") {
  const Phrases phrases{"còn", "xuống", "xuống còn"};
  const ReadDocument read("giảm xuống còn ba");
  CHECK(phrases.at(read.text, 0, 4) == 0);
  CHECK(phrases.at(read.text, 1, 4) == 2);
  CHECK(phrases.at(read.text, 1, 2) == 1);  // none reaches past the end
  CHECK(phrases.at(read.text, 2, 4) == 1);
  CHECK(phrases.before(read.text, 3, 0) == 2);
  CHECK(phrases.before(read.text, 3, 2) == 1);  // nor before the beginning
  CHECK(phrases.before(read.text, 1, 0) == 0);
}

TEST_CASE("a phrase stands within a range as a whole or not at all") {
  const Phrases phrases{"trong đó"};
  const ReadDocument read("có hai xã trong đó một");
  CHECK(phrases.within(read.text, {0, 6}));
  CHECK(phrases.within(read.text, {3, 5}));
  CHECK_FALSE(phrases.within(read.text, {0, 4}));
  CHECK_FALSE(phrases.within(read.text, {4, 6}));
}

}  // namespace
}  // namespace vanban::extract
