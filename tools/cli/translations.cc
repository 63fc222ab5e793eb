#include "tools/cli/translations.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string_view>

#include "embedded_help_vi.h"

namespace vanban::tools {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

Table read_table() {
  Table out;
  std::string_view text = embedded::help_vi();
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t tab = line.find('\t');
    if (!line.starts_with('#') && tab != std::string_view::npos)
      out.emplace(line.substr(0, tab), line.substr(tab + 1));
  }
  return out;
}

pipeline::Language& language() {
  static pipeline::Language language = pipeline::Language::English;
  return language;
}

}  // namespace

std::optional<pipeline::Language> language_on(int argc, const char* const* argv) {
  constexpr std::string_view kOption = "--language";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == kOption && i + 1 < argc) return pipeline::language_named(argv[i + 1]);
    if (word.starts_with(kOption) && word.substr(kOption.size()).starts_with('='))
      return pipeline::language_named(word.substr(kOption.size() + 1));
  }
  return std::nullopt;
}

pipeline::Language language_of_environment() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("vi") ? pipeline::Language::Vietnamese
                                                       : pipeline::Language::English;
  return pipeline::Language::English;
}

void speak(pipeline::Language chosen) { language() = chosen; }

std::string spoken(std::string_view message) { return in_language(language(), message); }

std::string spoken_help(const std::string& line) {
  static const Table table = read_table();
  const auto found = language() == pipeline::Language::Vietnamese ? table.find(line) : table.end();
  return found == table.end() ? line : found->second;
}

}  // namespace vanban::tools
