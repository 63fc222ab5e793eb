// The help in the language of the person who asks.
#pragma once

#include <string>

namespace vanban::tools {

// Whether the environment (LC_ALL, LC_MESSAGES, LANG, the first that is set) asks for Vietnamese.
bool asks_for_vietnamese();

// A line of the help in Vietnamese, by tools/help_vi.tsv; what has no entry there stays English.
std::string in_vietnamese(const std::string& line);

}  // namespace vanban::tools
