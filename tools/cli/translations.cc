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

}  // namespace

bool asks_for_vietnamese() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return std::string_view(value).starts_with("vi");
  return false;
}

std::string in_vietnamese(const std::string& line) {
  static const Table table = read_table();
  const auto found = table.find(line);
  return found == table.end() ? line : found->second;
}

}  // namespace vanban::tools
