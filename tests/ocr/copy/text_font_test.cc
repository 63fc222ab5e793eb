#include "ocr/copy/text_font.h"

#include <catch2/catch.hpp>
#include <set>

namespace vanban::ocr {
namespace {

TEST_CASE("the font is a TrueType file") {
  CHECK(text_font().substr(0, 4) == std::string_view("\0\1\0\0", 4));
}

TEST_CASE("every letter of Vietnamese has a glyph of its own") {
  std::set<int> glyphs;
  int letters = 0;
  for (const char32_t c : std::u32string_view(U"aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõó"
                                              U"ọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
                                              U"AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓ"
                                              U"ỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ"
                                              U"0123456789 .,;:-/()“”–")) {
    const auto glyph = text_font_glyph(c);
    REQUIRE(glyph);
    CHECK(*glyph > 0);  // 0 is for what is missing
    glyphs.insert(*glyph);
    ++letters;
  }
  CHECK(glyphs.size() == std::size_t(letters));
}

TEST_CASE("glyphs to spare come after those that are given") {
  CHECK_FALSE(text_font_glyph(U'\u4E2D'));
  CHECK_FALSE(text_font_glyph(U'\n'));
  CHECK(*text_font_glyph(U' ') == 1);
  CHECK(*text_font_glyph(U'\u2612') == text_font_first_spare() - 1);
}

}  // namespace
}  // namespace vanban::ocr
