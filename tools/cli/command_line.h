// What the command line of a program may say, and what it said: one description, from which parsing
// and help both follow. Values go straight into the variables that are given, which must stay where
// they are. Knows nothing of what the commands do.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vanban::tools {

enum class Need { Optional, Required };

// Both ends are allowed.
struct Range {
  double least, most;
};

// The arguments of a program, or of one of its commands. Names are as they are written,
// "-o,--output".
class Arguments {
 public:
  Arguments() = default;
  virtual ~Arguments() = default;
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // By its place on the line; `name` is for the help.
  virtual void positional(const std::string& name, std::string& value, const std::string& help,
                          Need need) = 0;
  // One or more.
  virtual void positionals(const std::string& name, std::vector<std::string>& values,
                           const std::string& help) = 0;

  virtual void option(const std::string& names, std::string& value, const std::string& help,
                      Need need = Need::Optional) = 0;
  // May be given more than once.
  virtual void option(const std::string& names, std::vector<std::string>& values,
                      const std::string& help) = 0;
  virtual void option(const std::string& names, int& value, const std::string& help,
                      Range range) = 0;
  virtual void option(const std::string& names, double& value, const std::string& help,
                      Range range) = 0;
  // More than zero.
  virtual void positive(const std::string& names, double& value, const std::string& help) = 0;
  virtual void flag(const std::string& names, bool& value, const std::string& help) = 0;
  // At most one of the two, both flags.
  virtual void excludes(const std::string& name, const std::string& other) = 0;

  // One of some words, each with the value that it stands for.
  template <typename Value>
  void choice(const std::string& names, Value& value, const std::string& help,
              std::vector<std::pair<std::string, Value>> words) {
    std::vector<std::string> texts;
    for (const auto& [word, meaning] : words) texts.push_back(word);
    choose(names, texts, help, [&value, words = std::move(words)](std::size_t chosen) {
      value = words[chosen].second;
    });
  }

  // Behind the options: what else there is to know, and examples.
  virtual void footer(const std::string& text) = 0;

 private:
  virtual void choose(const std::string& names, const std::vector<std::string>& words,
                      const std::string& help, std::function<void(std::size_t)> take) = 0;
};

class CommandLine {
 public:
  // `version`: what --version prints; empty: there is no such option.
  CommandLine(const std::string& program, const std::string& what, const std::string& version);
  ~CommandLine();

  // Those that stand before or behind every command.
  Arguments& common();
  // Hidden commands are not in the help.
  Arguments& add_command(const std::string& name, const std::string& what, bool hidden = false);

  // `translated` gives a line of the help in the reader's language, or as it is.
  void translate(const std::function<std::string(const std::string&)>& translated);

  // Fills in the variables. Nothing where the program shall go on; else its exit code: 0 after
  // printing help or version, 1 after saying on standard error what is wrong.
  std::optional<int> parse(int argc, const char* const* argv);
  // The command that was named; empty where there are none.
  std::string command() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace vanban::tools
