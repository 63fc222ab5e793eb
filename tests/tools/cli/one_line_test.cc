#include "tools/cli/one_line.h"

#include <catch2/catch.hpp>

namespace vanban::tools {
namespace {

TEST_CASE("nothing in a line ends it, steers a terminal or turns the writing round") {
  const auto [text, line] = GENERATE(table<std::string, std::string>({
      {"Số: 67/BC-UBND, trang 1", "Số: 67/BC-UBND, trang 1"},
      {"a\nvanban: all is well\x1b[31m.pdf", "a\\nvanban: all is well\\x1b[31m.pdf"},
      {"a\r\tb\x7f", "a\\x0d\\x09b\\x7f"},
      {"a\xc2\x9b"
       "31m",
       "a\\x9b31m"},
      {"fdp.\xe2\x80\xae"
       "exe",
       "fdp.\\u{202e}exe"},
      {"bad\xff.png", "bad\xef\xbf\xbd.png"},
      {"", ""},
  }));
  CHECK(one_line(text) == line);
}

}  // namespace
}  // namespace vanban::tools
