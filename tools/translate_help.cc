#include "tools/translate_help.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <map>

#include "embedded_help_vi.h"

namespace vanban::tools {
namespace {

std::map<std::string, std::string, std::less<>> read_table() {
  std::map<std::string, std::string, std::less<>> out;
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

std::string translated(const std::string& text) {
  static const auto table = read_table();
  const auto found = table.find(text);
  return found == table.end() ? text : found->second;
}

std::string translated_lines(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += (at == 0 ? "" : "\n") + translated(text.substr(at, end - at));
    at = end + 1;
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

void translate_help(CLI::App& app) {
  const std::pair<const char*, const char*> labels[]{
      {"Usage", "Cách dùng"},    {"OPTIONS", "TÙY CHỌN"},  {"SUBCOMMAND", "LỆNH"},
      {"Positionals", "Đối số"}, {"REQUIRED", "BẮT BUỘC"}, {"Excludes", "Không dùng cùng"}};
  for (const auto& [label, text] : labels) app.get_formatter()->label(label, text);
  app.description(translated(app.get_description()));
  app.footer(translated_lines(app.get_footer()));
  for (CLI::Option* option : app.get_options()) {
    option->description(translated(option->get_description()));
    if (option->get_group() == "Options") option->group("Tùy chọn");
  }
  for (CLI::App* command : app.get_subcommands({})) {
    if (command->get_group() == "Subcommands") command->group("Các lệnh");
    translate_help(*command);
  }
}

}  // namespace vanban::tools
