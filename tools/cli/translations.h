// The language of the person who is spoken to.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/messages.h"

namespace vanban::tools {

// The one that --language names on the line, where it names one.
std::optional<pipeline::Language> language_on(int argc, const char* const* argv);
// The one that the environment asks for (LC_ALL, LC_MESSAGES, LANG, the first that is set).
pipeline::Language language_of_environment();

// From here on people are spoken to in this one.
void speak(pipeline::Language language);
// A message of ours, or a line of the help (by tools/help_vi.tsv), in that language; what has no
// entry stays English.
std::string spoken(std::string_view message);
std::string spoken_help(const std::string& line);

}  // namespace vanban::tools
