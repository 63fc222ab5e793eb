// The font of the invisible text layer, which travels inside the program. Its glyphs have a box
// and nothing in it.
#pragma once

#include <optional>
#include <string_view>

namespace vanban::ocr {

std::string_view text_font();  // TrueType, made by tools/make_text_font.py

// In thousandths of an em. All glyphs are equally wide.
inline constexpr int kTextFontAdvance = 500, kTextFontAscent = 620, kTextFontDescent = -60;

// The glyph of a code point; none where the font has none of its own for it.
std::optional<int> text_font_glyph(char32_t code_point);
// Glyphs `first` to `first + count - 1` stand for no code point: a document may give them one.
inline constexpr int kTextFontSpareCount = 512;
int text_font_first_spare();

}  // namespace vanban::ocr
