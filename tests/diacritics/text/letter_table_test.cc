#include "diacritics/text/letter_table.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

namespace vanban::diacritics {
namespace {

TEST_CASE("Vietnamese letters are known with their case, base and marks") {
  const LetterFacts& facts = letter_table()[U'Ế'];
  CHECK(facts.simple);
  CHECK(facts.letter);
  CHECK(facts.capital);
  CHECK(facts.marked);
  CHECK(facts.lower == U'ế');
  CHECK(facts.upper == U'Ế');
  CHECK(facts.base == U'E');
  CHECK(facts.folded == U'e');
  const LetterFacts& stroke = letter_table()[U'Đ'];
  CHECK(stroke.marked);
  CHECK(stroke.base == U'D');
  CHECK(stroke.folded == U'd');
  CHECK_FALSE(letter_table()[U'e'].marked);
}

TEST_CASE("characters that need a closer look are not simple") {
  // A combining mark, a letter that becomes two, one that depends on its neighbours, one that is
  // put otherwise when composed.
  for (const char32_t c : {U'\u0301', U'ß', U'Σ', U'\u0340', U'\0'}) {
    CAPTURE(static_cast<unsigned>(c));
    CHECK_FALSE(letter_table()[c].simple);
  }
}

TEST_CASE("punctuation is what is no letter, no figure and no space that can be seen") {
  for (const char32_t c : {U',', U'.', U'–', U'“', U'+', U'^'}) CHECK(is_punctuation(c));
  for (const char32_t c : {U'a', U'ế', U'7'}) CHECK_FALSE(is_punctuation(c));
  CHECK(letter_table()[U','].punctuation);
  CHECK_FALSE(letter_table()[U'ế'].punctuation);
}

TEST_CASE("a simple text is visited character by character, with its bytes") {
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::string lower;
  const bool simple =
      visit_simple("Bộ – Y", [&](const LetterFacts& facts, std::size_t begin, std::size_t end) {
        places.emplace_back(begin, end);
        append_utf8(lower, facts.lower);
      });
  CHECK(simple);
  CHECK(lower == "bộ – y");
  CHECK(places == std::vector<std::pair<std::size_t, std::size_t>>{
                      {0, 1}, {1, 4}, {4, 5}, {5, 8}, {8, 9}, {9, 10}});
}

TEST_CASE("a text that is not simple is not visited to its end") {
  const std::string text = GENERATE(values<std::string>({
      "e\u0302",       // parted
      "a\xff",         // no UTF-8
      "\xc0\xaf",      // a slash in two bytes
      "\xe1\xbb",      // cut off
      "\U0001F600",    // beyond the table
      "\xe0\x80\x80",  // longer than need be
  }));
  CAPTURE(text);
  CHECK_FALSE(visit_simple(text, [](const LetterFacts&, std::size_t, std::size_t) {}));
}

}  // namespace
}  // namespace vanban::diacritics
