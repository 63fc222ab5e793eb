// The commands. A new one is a row of the table in commands.cc and a file beside it; its Vietnamese
// help and the man page are written by hand.
#pragma once

#include <memory>
#include <span>

#include "tools/cli/command.h"

namespace vanban::tools {

struct CommandRow {
  const char* name;
  const char* what;
  std::unique_ptr<Command> (*make)();
  bool hidden = false;  // nobody's command: programs of ours call it
  // How many interrupts it answers itself, before the system ends it.
  int interrupts_answered = 1;
};

// In the order of the help.
std::span<const CommandRow> commands();

std::unique_ptr<Command> make_batch();
std::unique_ptr<Command> make_convert();
std::unique_ptr<Command> make_correct();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_explain();
std::unique_ptr<Command> make_extract();
std::unique_ptr<Command> make_inspect();
std::unique_ptr<Command> make_merge();
std::unique_ptr<Command> make_plan_command();
std::unique_ptr<Command> make_report();
std::unique_ptr<Command> make_restore();
std::unique_ptr<Command> make_review();
std::unique_ptr<Command> make_learn();
std::unique_ptr<Command> make_status();
std::unique_ptr<Command> make_validate();
std::unique_ptr<Command> make_worker();

}  // namespace vanban::tools
