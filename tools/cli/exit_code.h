// Exit codes, with OCRmyPDF's numbers where the meaning is the same, and what leads to them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace vanban::tools {

enum class ExitCode {
  Ok = 0,
  BadArguments = 1,
  InputError = 2,
  MissingDependency = 3,
  FileAccess = 5,
  Encrypted = 8,
  Other = 15,
  SomeFailed = 20,
  NoneDone = 21,
  TooManyFailures = 22,
  FolderBusy = 23,
  // Of a shard, for what runs many: what can be done about it. Else as of a batch.
  TryAgain = 24,
  NeedsMore = 25,
  Secret = 26,
  Interrupted = 130,
};

// For the help, the codes that a command may end with; of no command all, with the commands that
// alone have them. The man page repeats it.
std::string exit_code_table(std::string_view command = {});

// Runs an action; what it throws becomes one line of the log and an exit code. `subject` is what an
// error of the input is about, by the name that the caller gave it.
ExitCode guarded(const std::string& subject, const std::function<ExitCode()>& action);

}  // namespace vanban::tools
