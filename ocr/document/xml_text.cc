#include "ocr/document/xml_text.h"

#include <cstddef>
#include <cstdint>

namespace vanban::ocr {
namespace {

struct Sequence {
  char32_t code = 0;
  std::size_t length = 0;  // bytes; 0 where they are no UTF-8
};

Sequence first_sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  if (byte(0) < 0x80) return {byte(0), 1};
  const std::size_t length = byte(0) >> 5 == 6    ? 2
                             : byte(0) >> 4 == 14 ? 3
                             : byte(0) >> 3 == 30 ? 4
                                                  : 0;
  if (length == 0 || length > text.size()) return {};
  char32_t code = byte(0) & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (byte(i) >> 6 != 2) return {};
    code = code << 6 | (byte(i) & 0x3fu);
  }
  constexpr char32_t kFirstOfLength[]{0, 0, 0x80, 0x800, 0x10000};
  if (code < kFirstOfLength[length] || code > 0x10ffff) return {};
  return {code, length};
}

bool is_xml_character(char32_t code) {
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code < 0xd800 || (code >= 0xe000 && code != 0xfffe && code != 0xffff);
}

}  // namespace

std::string xml_text(std::string_view text) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto [code, length] = first_sequence(text.substr(at));
    if (length == 0)
      out += kReplacement;
    else if (is_xml_character(code))
      out += text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace vanban::ocr
