#include "tools/cli/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "tools/cli/exit_code.h"
#include "tools/cli/nearest.h"
#include "tools/cli/one_line.h"
#include "tools/cli/translations.h"

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
    // CLI11's own names the largest number that there is.
    app_.add_option(names, value, help)
        ->check(CLI::Validator(
            [](const std::string& text) {
              return std::atof(text.c_str()) > 0 ? std::string()
                                                 : "Value " + text + " is not more than 0";
            },
            "POSITIVE"));
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

// The names of the options of a program or a command, as they are written.
std::vector<std::string> names_of_options(const CLI::App& app) {
  std::vector<std::string> out;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) out.push_back("--" + name);
  return out;
}

std::string unknown(const char* what, const std::string& name,
                    const std::vector<std::string>& known) {
  const std::string meant = nearest(name, known);
  return std::string("there is no ") + what + ' ' + name +
         (meant.empty() ? "" : "; the nearest is " + meant);
}

}  // namespace

struct CommandLine::Impl {
  Impl(const std::string& program, const std::string& what) : app(what, program) {}

  CLI::App app;
  AppArguments common{app};
  std::vector<std::unique_ptr<AppArguments>> commands;

  std::string misspelt(int argc, const char* const* argv) const;
};

// What is wrong with the first command or option of the line that there is not; empty where there
// are all.
std::string CommandLine::Impl::misspelt(int argc, const char* const* argv) const {
  const CLI::App* command = nullptr;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--") break;
    if (word.size() > 1 && word.front() == '-') {
      // Short ones may stand together.
      const std::string name = word.starts_with("--") ? word.substr(0, word.find('='))  //
                                                      : word.substr(0, 2);
      const CLI::Option* option = app.get_option_no_throw(name);
      if (option == nullptr && command != nullptr) option = command->get_option_no_throw(name);
      if (option == nullptr) {
        std::vector<std::string> known = names_of_options(app);
        if (command != nullptr)
          for (std::string& other : names_of_options(*command)) known.push_back(std::move(other));
        return unknown("option", name, known);
      }
      if (option->get_items_expected_max() > 0 && word.find('=') == word.npos) ++i;  // its value
    } else if (command == nullptr) {
      std::vector<std::string> names;
      for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; })) {
        if (one->get_name() == word) command = one;
        if (!one->get_group().empty()) names.push_back(one->get_name());
      }
      if (command == nullptr) return unknown("command", word, names);
    }
  }
  return {};
}

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
    const std::string program = impl_->app.get_name(), named = command();
    std::string what = impl_->misspelt(argc, argv);
    if (what.empty()) what = error.what();
    const std::string help = program + (named.empty() ? "" : ' ' + named) + " --help";
    std::fprintf(stderr, "%s: %s\n", program.c_str(),
                 one_line(spoken(what + "; see '" + help + '\'')).c_str());
    return static_cast<int>(ExitCode::BadArguments);
  }
  return std::nullopt;
}

std::string CommandLine::command() const {
  const auto named = impl_->app.get_subcommands();
  return named.empty() ? "" : named.front()->get_name();
}

}  // namespace vanban::tools
