#include "extract/figures/counted.h"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "diacritics/text/text.h"
#include "extract/figures/phrases.h"
#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

TEST_CASE("the longest name of the list counts") {
  const auto [line, name, words] = GENERATE(table<std::string, std::string, std::size_t>({
      {"máy tính xách tay mới", "máy tính xách tay", 4},
      {"Màn hình hiển thị", "màn hình", 2},
      {"phản ánh, kiến nghị về đất", "phản ánh, kiến nghị", 4},
      {"hồ sơ/tháng tại xã", "hồ sơ/tháng", 2},
      {"TTHC đạt", "TTHC", 1},
      {"hoà bình", "", 0},
      {"của xã", "", 0},
  }));
  CAPTURE(line);
  const ReadDocument read(line);
  const Counted counted = counted_at(read.text, 0, read.text.tokens.size());
  CHECK(counted.name == name);
  CHECK(counted.words == words);
}

TEST_CASE("a mark ends a name") {
  const ReadDocument read("máy, tính");
  CHECK(counted_at(read.text, 0, 2).name == "máy");
}

TEST_CASE("the list has each name once, composed and in small letters but for abbreviations") {
  std::set<std::string> seen;
  for (const std::string& noun : counted_nouns()) {
    CAPTURE(noun);
    CHECK(seen.insert(diacritics::to_lower(noun)).second);
    CHECK(diacritics::to_nfc(noun) == noun);
    for (const std::string& word : diacritics::split_words(noun)) {
      const auto letters = diacritics::count_letters(word);
      const bool small = letters.upper == 0;
      CHECK((small || letters.all <= 6));
    }
  }
}

TEST_CASE("phrases of one word need their marks, longer ones do not") {
  const ReadDocument read("den đến tinh den het");
  CHECK_FALSE(Phrase("đến").stands_at(read.text, 0));
  CHECK(Phrase("đến").stands_at(read.text, 1));
  CHECK(Phrase("tính đến hết").stands_at(read.text, 2));
  CHECK(Phrase("tính đến hết").ends_at(read.text, 5));
  const Phrases phrases{"tính", "tính đến"};
  CHECK(phrases.at(read.text, 2, 5) == 2);
  CHECK(phrases.before(read.text, 4, 0) == 2);
  CHECK_FALSE(phrases.within(read.text, {0, 2}));
}

}  // namespace
}  // namespace vanban::extract
