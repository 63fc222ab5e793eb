// Exit codes, with OCRmyPDF's numbers where the meaning is the same, and what leads to them.
#pragma once

#include <functional>
#include <string>

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
  Secret = 24,
  Interrupted = 130,
};

// Shown by --help; the man page repeats it.
inline constexpr const char* kExitCodeTable = R"(Exit codes:
  0    done
  1    the command line is wrong
  2    the input is no PDF, TIFF, PNG or JPEG, is damaged, empty or too large; for restore: it is no
       text in UTF-8; for validate: a record does not follow the schema
  3    a model is missing or damaged, or a sandbox that was required is not to be had
  5    a file cannot be read or written
  8    the PDF is encrypted and the password does not open it
  15   another fault; please report it
  20   batch: some files failed, lack pages or were stopped for a mark of secrecy; correct: some rows
       were left alone
  21   batch: no file could be read
  22   batch: ended by --max-failures
  23   batch, correct: another run is at work in the folder
  24   convert: the file bears a mark of secrecy; nothing but its hash and the mark was kept
  129  the terminal was closed
  130  interrupted
  141  what the output was piped to has ended
  143  terminated)";

// Runs an action; what it throws becomes one line of the log and an exit code. `subject` is what an
// error of the input is about, by the name that the caller gave it.
ExitCode guarded(const std::string& subject, const std::function<ExitCode()>& action);

}  // namespace vanban::tools
