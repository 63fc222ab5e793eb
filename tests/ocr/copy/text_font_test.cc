#include "ocr/copy/text_font.h"

#include <catch2/catch.hpp>
#include <set>

namespace vanban::ocr {
namespace {

TEST_CASE("the font is a TrueType file") {
  CHECK(text_font().substr(0, 4) == std::string_view("\0\1\0\0", 4));
}

TEST_CASE("every glyph has a box") {
  const auto number = [](std::size_t at, std::size_t size) {
    std::size_t out = 0;
    for (std::size_t i = at; i < at + size; ++i)
      out = out << 8 | static_cast<unsigned char>(text_font()[i]);
    return out;
  };
  std::size_t glyf = 0, loca = 0;
  for (std::size_t entry = 12; entry < 12 + 16 * number(4, 2); entry += 16) {
    if (text_font().substr(entry, 4) == "glyf") glyf = number(entry + 8, 4);
    if (text_font().substr(entry, 4) == "loca") loca = number(entry + 8, 4);
  }
  REQUIRE(glyf > 0);
  // Offsets are halved. Then: contours, and the least and the greatest x and y.
  for (const std::size_t glyph : {std::size_t{1}, std::size_t(text_font_first_spare())}) {
    const std::size_t at = glyf + 2 * number(loca + 2 * glyph, 2);
    CHECK(number(at + 2, 2) == 0);
    CHECK(number(at + 4, 2) == std::size_t(0x10000 + kTextFontDescent));
    CHECK(number(at + 6, 2) == kTextFontAdvance);
    CHECK(number(at + 8, 2) == kTextFontAscent);
  }
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
