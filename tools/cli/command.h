// What a command of the program is: what it takes, and what it does.
#pragma once

#include <atomic>
#include <string>

#include "pipeline/messages.h"
#include "tools/cli/command_line.h"
#include "tools/cli/exit_code.h"

namespace vanban::tools {

// What every command is told beside its arguments.
struct Session {
  std::string program;  // as it was called
  bool quiet = false;
  pipeline::Language language = pipeline::Language::English;
  bool language_asked = false;  // on the command line, not by the environment alone
  // What the keyboard or the system asked: that the run ends, and how often.
  const std::atomic<bool>& cancelled;
  const std::atomic<int>& interrupts;
};

class Command {
 public:
  Command() = default;
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  virtual void describe(Arguments& arguments) = 0;
  // Throws what `guarded` makes an exit code of.
  virtual ExitCode run(const Session& session) = 0;
  // What errors of the input are about, by the name that the caller gave it.
  virtual std::string subject() const { return {}; }
};

}  // namespace vanban::tools
