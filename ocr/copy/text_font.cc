#include "ocr/copy/text_font.h"

#include <array>
#include <utility>

// ELF: the file's bytes as they are, without a detour over source code.
__asm__(
    ".section .rodata\n"
    ".balign 16\n"
    "vanban_text_font_begin: .incbin \"" VANBAN_TEXT_FONT
    "\"\n"
    "vanban_text_font_end:\n"
    ".previous\n");
extern "C" const char vanban_text_font_begin[], vanban_text_font_end[];

namespace vanban::ocr {
namespace {

// The ranges of tools/make_text_font.py, in its order; glyph 0 stands for what is missing.
constexpr std::array<std::pair<char32_t, char32_t>, 13> kRanges{{{0x20, 0x7e},
                                                                 {0xa0, 0x17f},
                                                                 {0x180, 0x24f},
                                                                 {0x300, 0x36f},
                                                                 {0x370, 0x3ff},
                                                                 {0x1ea0, 0x1ef9},
                                                                 {0x2010, 0x205e},
                                                                 {0x20a0, 0x20bf},
                                                                 {0x2100, 0x214f},
                                                                 {0x2190, 0x21ff},
                                                                 {0x2200, 0x22ff},
                                                                 {0x25a0, 0x25ff},
                                                                 {0x2610, 0x2612}}};

}  // namespace

std::string_view text_font() {
  return {vanban_text_font_begin,
          static_cast<std::size_t>(vanban_text_font_end - vanban_text_font_begin)};
}

std::optional<int> text_font_glyph(char32_t code_point) {
  int glyph = 1;
  for (const auto& [first, last] : kRanges) {
    if (code_point >= first && code_point <= last)
      return glyph + static_cast<int>(code_point - first);
    glyph += static_cast<int>(last - first) + 1;
  }
  return std::nullopt;
}

int text_font_first_spare() {
  int glyph = 1;
  for (const auto& [first, last] : kRanges) glyph += static_cast<int>(last - first) + 1;
  return glyph;
}

}  // namespace vanban::ocr
