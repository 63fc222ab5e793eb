#include "diacritics/text/utf16.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::diacritics {
namespace {

TEST_CASE("text comes back from UTF-16 as it went") {
  const std::string text =
      GENERATE(values<std::string>({"", "abc", "Ủy ban nhân dân", "đ", "€", "\U0001F600 và 𝄞"}));
  CAPTURE(text);
  CHECK(to_utf8(to_utf16(text)) == text);
}

TEST_CASE("what is no UTF-8 becomes U+FFFD") {
  CHECK(to_utf16("a\xff"
                 "b") == u"a\uFFFDb");
  CHECK(to_utf16("\xe1\xbb") == u"\uFFFD");              // the beginning of a letter
  CHECK(to_utf16("\xed\xa0\x80").find(u'\uFFFD') == 0);  // a surrogate
  const char16_t alone[] = {u'a', 0xD800, u'b'};
  CHECK(to_utf8(std::u16string_view(alone, 3)) == "a\uFFFDb");
}

TEST_CASE("marks are composed with their letters and parted from them") {
  CHECK(composed(u"e\u0302\u0301") == u"ế");
  CHECK(composed(u"e\u0323\u0302") == u"ệ");
  CHECK(decomposed(u"ế") == u"e\u0302\u0301");
  CHECK(decomposed(u"ệ") == u"e\u0323\u0302");  // below comes before above
  CHECK(composed(u"đ") == u"đ");
  CHECK(decomposed(u"đ") == u"đ");
  CHECK(composed(u"").empty());
}

TEST_CASE("case changes whole texts, by the letters around where these count") {
  CHECK(lower_case(u"ỦY BAN Đ") == u"ủy ban đ");
  CHECK(upper_case(u"ủy ban ß") == u"ỦY BAN SS");
  CHECK(lower_case(u"ΟΔΟΣ") == u"οδος");
}

TEST_CASE("characters beyond 16 bits are one") {
  const std::u16string text = u"a\U0001F600ế";
  std::vector<char32_t> seen;
  for_each_character(text, [&](char32_t c) { seen.push_back(c); });
  CHECK(seen == std::vector<char32_t>{U'a', U'\U0001F600', U'ế'});
  std::size_t at = text.size();
  CHECK(previous_character(text, at) == U'ế');
  CHECK(previous_character(text, at) == U'\U0001F600');
  CHECK(at == 1);
  std::u16string again;
  for (const char32_t c : seen) append(c, again);
  CHECK(again == text);
}

TEST_CASE("a character is known by what it is composed of") {
  CHECK(decomposition_of(U'ế') == u"e\u0302\u0301");
  CHECK(decomposition_of(U'e').empty());
  CHECK(decomposition_of(U'đ').empty());
  CHECK(stays_when_composed(U'ế'));
  CHECK_FALSE(stays_when_composed(U'\u0301'));
  CHECK_FALSE(stays_when_composed(U'\u212B'));  // the sign of the ångström, which becomes Å
  CHECK(is_mark(U'\u0323'));
  CHECK_FALSE(is_mark(U'^'));
}

}  // namespace
}  // namespace vanban::diacritics
