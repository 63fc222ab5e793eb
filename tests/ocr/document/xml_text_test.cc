#include "ocr/document/xml_text.h"

#include <catch2/catch.hpp>
#include <string>

namespace vanban::ocr {
namespace {

TEST_CASE("text for XML has no character that XML forbids") {
  const auto [text, expected] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"Ủy ban <&>", "Ủy ban <&>"},
      {"a\tb\r\nc", "a\tb\r\nc"},
      {std::string("a\0b", 3), "ab"},
      {"\x12Số\x19 5\x1f", "Số 5"},
      {"\x7f\xc2\x85🙂", "\x7f\xc2\x85🙂"},
      {"\xef\xbf\xbe\xef\xbf\xbfx\xef\xbf\xbd", "x\xef\xbf\xbd"},
      {"\xed\xa0\x80x", "x"},
      {"\xe1\xbb", "\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xff\xc0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
      {"\xf7\xbf\xbf\xbf", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
  }));
  CAPTURE(text);
  CHECK(xml_text(text) == expected);
}

}  // namespace
}  // namespace vanban::ocr
