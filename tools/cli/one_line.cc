#include "tools/cli/one_line.h"

#include <fmt/core.h>

#include "diacritics/text/text.h"

namespace vanban::tools {
namespace {

bool steers(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200e && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

std::string escaped(char32_t c) {
  if (c == '\n') return "\\n";
  if (c < 0x100) return fmt::format("\\x{:02x}", static_cast<unsigned>(c));
  return fmt::format("\\u{{{:04x}}}", static_cast<unsigned>(c));
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out;
  for (const char32_t c : diacritics::to_code_points(text))
    out += steers(c) ? escaped(c) : diacritics::to_utf8(std::u32string_view(&c, 1));
  return out;
}

}  // namespace vanban::tools
