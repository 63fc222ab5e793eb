// Exit codes, with OCRmyPDF's numbers where the meaning is the same.
#pragma once

namespace vanban::tools {

enum class ExitCode {
  Ok = 0,
  BadArguments = 1,
  InputError = 2,
  MissingDependency = 3,
  FileAccess = 5,
  Encrypted = 8,
  Other = 15,
  Interrupted = 130,
};

// Shown by --help; the man page repeats it.
inline constexpr const char* kExitCodeTable = R"(Exit codes:
  0    done
  1    the command line is wrong
  2    the input is no PDF, TIFF, PNG or JPEG, is damaged, empty or too large; for restore: it is no
       text in UTF-8
  3    a model is missing or damaged
  5    a file cannot be read or written
  8    the PDF is encrypted and the password does not open it
  15   another fault; please report it
  130  interrupted)";

}  // namespace vanban::tools
