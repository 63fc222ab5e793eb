#include "pipeline/shards/withheld_list.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include "ocr/document/error.h"
#include "pipeline/output_file.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

std::string line_of(const WithheldFile& file) {
  const nlohmann::ordered_json line{{"inputs", file.inputs},
                                    {"path", file.path},
                                    {"sha256", file.sha256},
                                    {"secrecy", file.mark}};
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

bool has_line(const fs::path& list, const std::string& line) {
  std::ifstream in(list, std::ios::binary);
  for (std::string known; std::getline(in, known);)
    if (known == line) return true;
  return false;
}

}  // namespace

fs::path usual_withheld_folder() { return "/var/tmp/vanban-" + std::to_string(::geteuid()); }

fs::path withheld_list(const fs::path& folder) { return folder / "withheld.jsonl"; }

void require_withheld_folder(const fs::path& folder) {
  constexpr mode_t kOwnerAlone = 0700, kOthersWrite = 0022;
  struct stat known {};
  const bool made = ::mkdir(folder.c_str(), kOwnerAlone) == 0;
  if (!made && errno != EEXIST)
    throw Error(ErrorKind::Access, "cannot make the folder " + folder.string() + ": " +
                                       std::strerror(errno) + "; choose another with --withheld");
  // Whoever made it could have it lead elsewhere.
  if (::lstat(folder.c_str(), &known) != 0 || !S_ISDIR(known.st_mode) ||
      known.st_uid != ::geteuid() || (known.st_mode & kOthersWrite) != 0)
    throw Error(ErrorKind::Access, folder.string() +
                                       " is no folder of yours alone; choose another with "
                                       "--withheld");
}

void add_withheld(const fs::path& folder, const WithheldFile& file) {
  const fs::path list = withheld_list(folder);
  const std::string line = line_of(file);
  if (has_line(list, line)) return;
  // Shards on the same machine may write to it at the same time: a line is one call.
  const int descriptor =
      ::open(list.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  const std::string whole = line + '\n';
  const bool written =
      descriptor >= 0 &&
      ::write(descriptor, whole.data(), whole.size()) == static_cast<ssize_t>(whole.size()) &&
      ::fdatasync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!written)
    throw OutputError("cannot write " + list.string() + ": " + std::strerror(error),
                      kind_of_output_error(error));
}

}  // namespace vanban::pipeline
