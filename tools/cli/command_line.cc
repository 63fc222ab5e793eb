#include "tools/cli/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>

#include "tools/cli/exit_code.h"
#include "tools/cli/one_line.h"

namespace vanban::tools {
namespace {

class AppArguments : public Arguments {
 public:
  explicit AppArguments(CLI::App& app) : app_(app) {}

  void positional(const std::string& name, std::string& value, const std::string& help,
                  Need need) override {
    app_.add_option(name, value, help)->required(need == Need::Required);
  }
  void positionals(const std::string& name, std::vector<std::string>& values,
                   const std::string& help) override {
    app_.add_option(name, values, help)->required();
  }
  void option(const std::string& names, std::string& value, const std::string& help,
              Need need) override {
    app_.add_option(names, value, help)->required(need == Need::Required);
  }
  void option(const std::string& names, std::vector<std::string>& values,
              const std::string& help) override {
    app_.add_option(names, values, help);
  }
  void option(const std::string& names, int& value, const std::string& help, Range range) override {
    app_.add_option(names, value, help)
        ->check(CLI::Range(static_cast<int>(range.least), static_cast<int>(range.most)));
  }
  void option(const std::string& names, double& value, const std::string& help,
              Range range) override {
    app_.add_option(names, value, help)->check(CLI::Range(range.least, range.most));
  }
  void positive(const std::string& names, double& value, const std::string& help) override {
    app_.add_option(names, value, help)->check(CLI::PositiveNumber);
  }
  void flag(const std::string& names, bool& value, const std::string& help) override {
    app_.add_flag(names, value, help);
  }
  void excludes(const std::string& name, const std::string& other) override {
    app_.get_option(name)->excludes(app_.get_option(other));
  }
  void footer(const std::string& text) override { app_.footer(text); }

 private:
  void choose(const std::string& names, const std::vector<std::string>& words,
              const std::string& help, std::function<void(std::size_t)> take) override {
    std::string alternatives;
    for (const std::string& word : words) alternatives += (alternatives.empty() ? "" : "|") + word;
    app_.add_option_function<std::string>(
            names,
            [words, take = std::move(take)](const std::string& word) {
              take(static_cast<std::size_t>(std::find(words.begin(), words.end(), word) -
                                            words.begin()));
            },
            help)
        ->check(CLI::IsMember(words).description(""))
        ->type_name(alternatives);
  }

  CLI::App& app_;
};

std::string translated_lines(const std::string& text,
                             const std::function<std::string(const std::string&)>& translated) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += (at == 0 ? "" : "\n") + translated(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// The headings that CLI11 itself writes, and those of its groups.
constexpr std::pair<const char*, const char*> kLabels[]{
    {"Usage", "Cách dùng"},    {"OPTIONS", "TÙY CHỌN"},  {"SUBCOMMAND", "LỆNH"},
    {"Positionals", "Đối số"}, {"REQUIRED", "BẮT BUỘC"}, {"Excludes", "Không dùng cùng"}};

void translate_app(CLI::App& app,
                   const std::function<std::string(const std::string&)>& translated) {
  for (const auto& [label, text] : kLabels) app.get_formatter()->label(label, text);
  app.description(translated(app.get_description()));
  app.footer(translated_lines(app.get_footer(), translated));
  for (CLI::Option* option : app.get_options()) {
    option->description(translated(option->get_description()));
    if (option->get_group() == "Options") option->group("Tùy chọn");
  }
  for (CLI::App* command : app.get_subcommands({})) {
    if (command->get_group() == "Subcommands") command->group("Các lệnh");
    translate_app(*command, translated);
  }
}

}  // namespace

struct CommandLine::Impl {
  Impl(const std::string& program, const std::string& what) : app(what, program) {}

  CLI::App app;
  AppArguments common{app};
  std::vector<std::unique_ptr<AppArguments>> commands;
};

CommandLine::CommandLine(const std::string& program, const std::string& what,
                         const std::string& version)
    : impl_(std::make_unique<Impl>(program, what)) {
  if (!version.empty()) impl_->app.set_version_flag("--version", version);
}

CommandLine::~CommandLine() = default;

Arguments& CommandLine::common() { return impl_->common; }

Arguments& CommandLine::add_command(const std::string& name, const std::string& what, bool hidden) {
  impl_->app.require_subcommand(1);
  impl_->app.fallthrough();
  CLI::App* command = impl_->app.add_subcommand(name, what);
  if (hidden) command->group("");
  return *impl_->commands.emplace_back(std::make_unique<AppArguments>(*command));
}

void CommandLine::translate(const std::function<std::string(const std::string&)>& translated) {
  translate_app(impl_->app, translated);
}

std::optional<int> CommandLine::parse(int argc, const char* const* argv) {
  try {
    impl_->app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return impl_->app.exit(error);  // --help, --version
    const std::string program = impl_->app.get_name();
    std::fprintf(stderr, "%s: %s; see '%s --help'\n", program.c_str(),
                 one_line(error.what()).c_str(), program.c_str());
    return static_cast<int>(ExitCode::BadArguments);
  }
  return std::nullopt;
}

std::string CommandLine::command() const {
  const auto named = impl_->app.get_subcommands();
  return named.empty() ? "" : named.front()->get_name();
}

}  // namespace vanban::tools
