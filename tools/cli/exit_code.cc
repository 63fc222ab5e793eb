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
    Consequence{ErrorKind::Damaged, ExitCode::InputError, true},
    Consequence{ErrorKind::Encrypted, ExitCode::Encrypted, true},
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

ExitCode end_with(ErrorKind kind, const std::string& subject, const char* what) {
  for (const Consequence& one : kConsequences) {
    if (one.kind != kind && one.kind != ErrorKind::Internal) continue;
    log_error(fmt::format("{}{}{}", one.names_subject ? subject + ": " : "", what, one.next_step));
    return one.code;
  }
  return ExitCode::Other;
}

}  // namespace

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
