#include "tools/cli/exit_code.h"

#include <fmt/core.h>

#include <array>
#include <exception>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <string_view>

#include "ocr/document/error.h"
#include "tools/cli/log.h"

namespace vanban::tools {
namespace {

struct Consequence {
  ErrorKind kind;
  ExitCode code;
  bool names_subject = false;    // the message does not say which file
  std::string_view next_step{};  // behind a message that does not say it
};

// Internal last: it stands for a kind that is not here.
constexpr std::array kConsequences{
    Consequence{ErrorKind::NotReadable, ExitCode::FileAccess, true},
    Consequence{ErrorKind::Unsupported, ExitCode::InputError, true},
    Consequence{ErrorKind::Damaged, ExitCode::InputError, true,
                "; scan it again or ask for another copy"},
    Consequence{ErrorKind::Encrypted, ExitCode::Encrypted, true},
    Consequence{ErrorKind::Secret, ExitCode::Secret, true},
    Consequence{ErrorKind::Empty, ExitCode::InputError, true},
    Consequence{ErrorKind::TooLarge, ExitCode::InputError, true},
    Consequence{ErrorKind::OutOfMemory, ExitCode::InputError, true},
    Consequence{ErrorKind::Engine, ExitCode::MissingDependency},
    Consequence{ErrorKind::Output, ExitCode::FileAccess, false,
                "; choose another place or make room"},
    Consequence{ErrorKind::Access, ExitCode::FileAccess},
    Consequence{ErrorKind::Ledger, ExitCode::FileAccess},
    Consequence{ErrorKind::Busy, ExitCode::FolderBusy},
    Consequence{ErrorKind::Usage, ExitCode::BadArguments},
    Consequence{ErrorKind::Interrupted, ExitCode::Interrupted, false, "; no file was written"},
    Consequence{ErrorKind::Internal, ExitCode::Other, true, "; please report this with the file"}};

struct ExitCodeRow {
  int code;
  std::string_view commands;  // that alone have it, parted by ", "; empty: all
  std::string_view meaning;
};

constexpr std::array kExitCodes{
    ExitCodeRow{0, "", "done"},
    ExitCodeRow{1, "", "the command line is wrong"},
    ExitCodeRow{2, "convert, explain, inspect",
                "the input is no PDF, TIFF, PNG or JPEG, is damaged, empty or too large"},
    ExitCodeRow{2, "extract, restore", "the input is no text in UTF-8"},
    ExitCodeRow{2, "validate", "a record does not follow the schema"},
    ExitCodeRow{3, "convert, batch, explain, inspect, restore", "a model is missing or damaged"},
    ExitCodeRow{3, "convert, batch, plan, explain, inspect",
                "a sandbox that was required is not to be had"},
    ExitCodeRow{3, "doctor", "something that is needed is missing"},
    ExitCodeRow{5, "", "a file cannot be read or written"},
    ExitCodeRow{8, "convert, explain, inspect",
                "the PDF is encrypted and the password does not open it"},
    ExitCodeRow{15, "", "another fault; please report it"},
    ExitCodeRow{20, "batch, merge",
                "some files failed, lack pages or were stopped for a mark of secrecy"},
    ExitCodeRow{20, "correct", "some rows were left alone"},
    ExitCodeRow{20, "learn", "some of what was ticked was refused"},
    ExitCodeRow{21, "batch, merge", "no file could be read"},
    ExitCodeRow{22, "batch", "ended by --max-failures"},
    ExitCodeRow{23, "batch, correct, merge", "another run is at work in the folder"},
    ExitCodeRow{24, "batch",
                "of a shard: some files could not be reached; the same again may help"},
    ExitCodeRow{24, "merge", "some files have not been read yet"},
    ExitCodeRow{
        25, "batch",
        "of a shard: some files ran out of time or memory, or the disk is full; with more of "
        "it they may be read"},
    ExitCodeRow{26, "convert, extract",
                "the file bears a mark of secrecy; nothing but its hash and the mark was kept"},
    ExitCodeRow{26, "explain, inspect",
                "the file bears a mark of secrecy; nothing of it was shown"},
    ExitCodeRow{129, "", "the terminal was closed"},
    ExitCodeRow{130, "", "interrupted"},
    ExitCodeRow{141, "", "what the output was piped to has ended"},
    ExitCodeRow{143, "", "terminated"}};

bool has(std::string_view commands, std::string_view command) {
  return commands.empty() ||
         fmt::format(", {},", commands).find(fmt::format(" {},", command)) != std::string::npos;
}

ExitCode end_with(ErrorKind kind, const std::string& subject, const char* what) {
  for (const Consequence& one : kConsequences) {
    if (one.kind != kind && one.kind != ErrorKind::Internal) continue;
    log_error(fmt::format("{}{}{}", one.names_subject ? subject + ": " : "", what, one.next_step));
    return one.code;
  }
  return ExitCode::Other;
}

}  // namespace

std::string exit_code_table(std::string_view command) {
  std::string out = "Exit codes:";
  for (const ExitCodeRow& row : kExitCodes)
    if (command.empty())
      out += fmt::format("\n  {:<4} {}{}{}", row.code, row.commands,
                         row.commands.empty() ? "" : ": ", row.meaning);
    else if (has(row.commands, command))
      out += fmt::format("\n  {:<4} {}", row.code, row.meaning);
  return out;
}

ExitCode guarded(const std::string& subject, const std::function<ExitCode()>& action) {
  try {
    return action();
  } catch (const Error& error) {
    return end_with(error.kind(), subject, error.what());
  } catch (const std::invalid_argument& error) {
    return end_with(ErrorKind::Usage, subject, error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    return end_with(ErrorKind::Access, subject, error.what());
  } catch (const std::bad_alloc&) {
    return end_with(ErrorKind::OutOfMemory, subject, "it takes more memory than there is");
  } catch (const std::exception& error) {
    return end_with(ErrorKind::Internal, subject, error.what());
  }
}

}  // namespace vanban::tools
