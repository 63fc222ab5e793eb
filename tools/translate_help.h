// The help in the language of the person who asks.
#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace vanban::tools {

// Whether the environment (LC_ALL, LC_MESSAGES, LANG, the first that is set) asks for Vietnamese.
bool asks_for_vietnamese();

// Descriptions, footers and headings of a command and those below it, by tools/help_vi.tsv; what
// has no entry there stays English.
void translate_help(CLI::App& app);

}  // namespace vanban::tools
