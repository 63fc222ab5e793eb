// Text that came from files, names and other programs, as a log or a terminal can show it.
#pragma once

#include <string>
#include <string_view>

namespace vanban::tools {

// The text as one line: characters that end a line, steer a terminal or turn the direction of
// writing become "\n", "\x1b" or "\u{202e}", bytes that are no UTF-8 U+FFFD. Nothing in it can pass
// for another line, or for a command to the terminal.
std::string one_line(std::string_view text);

}  // namespace vanban::tools
