#include "pipeline/output_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace vanban::pipeline {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, int error) {
  throw OutputError("cannot write " + path.string() + ": " + std::strerror(error),
                    kind_of_output_error(error));
}

// A file without a name, which goes with its process; -1 where the file system knows none.
int open_nameless(const std::filesystem::path& folder) {
  // By this it gets its name.
  if (::access("/proc/self/fd", X_OK) != 0) return -1;
  return ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

// Gives it a name that is still free. False where the system does not let it.
bool give_name(int descriptor, std::string& name) {
  const std::string own = "/proc/self/fd/" + std::to_string(descriptor);
  const std::string beginning = name;
  constexpr int kMostTries = 1000;
  for (int i = 0; i < kMostTries; ++i) {
    name = beginning + std::to_string(i);
    if (::linkat(AT_FDCWD, own.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0)
      return true;
    if (errno != EEXIST) return false;
  }
  return false;
}

void write_all(int descriptor, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Where a chain of symbolic links leads, whether or not anything is there.
std::filesystem::path followed(std::filesystem::path path) {
  constexpr int kMostLinks = 40;
  std::error_code ignored;
  for (int links = 0; std::filesystem::is_symlink(path, ignored); ++links) {
    if (links == kMostLinks) fail(path, ELOOP);
    path = path.parent_path() / std::filesystem::read_symlink(path, ignored);
  }
  return path;
}

// The permissions of the file that is replaced, or those that an ordinary new one would get.
mode_t mode_for(const std::filesystem::path& path) {
  struct stat replaced {};
  if (::stat(path.c_str(), &replaced) == 0) return replaced.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

// Numbers of processes say nothing of those of other machines, which may write to the same folder.
std::string mark_of_this_machine() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return '@' + std::string(name.data()) + '-';
}

}  // namespace

OutputFile::OutputFile(const std::filesystem::path& path) : path_(followed(path)) {
  if (path_.filename().empty()) fail(path_, path_.empty() ? ENOENT : EISDIR);
  std::error_code ignored;
  const auto status = std::filesystem::status(path_, ignored);
  if (std::filesystem::is_directory(status)) fail(path_, EISDIR);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail(path_, errno);
    return;
  }
  // A file that may not be written must not be replaced either.
  if (std::filesystem::exists(status) && ::access(path_.c_str(), W_OK) != 0) fail(path_, errno);
  descriptor_ = open_nameless(path_.parent_path());
  nameless_ = descriptor_ >= 0;
  if (nameless_) return;
  // A name of its own, for the file's may be as long as names can be.
  std::string name = (path_.parent_path() / (temporary_prefix(::getpid()) + "XXXXXX")).string();
  descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail(path_, errno);
  temporary_ = name;
}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void OutputFile::write(std::string_view bytes) { write_all(descriptor_, bytes, path_); }

std::string OutputFile::written(std::uint64_t at, std::size_t most) const {
  if (temporary_.empty() && !nameless_) return "";
  std::string out(most, '\0');
  const ssize_t count = ::pread(descriptor_, out.data(), most, static_cast<off_t>(at));
  if (count < 0) fail(path_, errno);
  out.resize(static_cast<std::size_t>(count));
  return out;
}

void OutputFile::commit() {
  if (temporary_.empty() && !nameless_) return;
  const mode_t mode = private_ ? S_IRUSR | S_IWUSR : mode_for(path_);
  if (::fchmod(descriptor_, mode) != 0 || ::fsync(descriptor_) != 0) fail(path_, errno);
  if (nameless_) {
    std::string name = (path_.parent_path() / temporary_prefix(::getpid())).string();
    if (!give_name(descriptor_, name)) fail(path_, errno);
    temporary_ = name;
    nameless_ = false;
  }
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_, errno);
  temporary_.clear();
  // The new name itself must outlive a power cut.
  const std::filesystem::path parent = path_.has_parent_path() ? path_.parent_path() : ".";
  if (const int dir = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); dir >= 0) {
    ::fsync(dir);
    ::close(dir);
  }
}

ErrorKind kind_of_output_error(int error) {
  const bool of_all = error == ENOSPC || error == EDQUOT || error == EROFS || error == EIO;
  return of_all ? ErrorKind::Output : ErrorKind::Access;
}

void remove_leftovers_of_the_dead(const std::filesystem::path& folder) {
  static constexpr std::string_view kPrefix = ".vanban-";
  std::error_code ignored;
  std::vector<std::filesystem::path> leftovers;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    char* end = nullptr;
    const long process = std::strtol(name.c_str() + kPrefix.size(), &end, 10);
    const bool is_ours = process > 0 && std::string(end).starts_with(mark_of_this_machine());
    if (is_ours && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH)
      leftovers.push_back(entry.path());
  }
  for (const auto& path : leftovers) std::filesystem::remove(path, ignored);
}

void make_folders_below(const std::filesystem::path& root, const std::filesystem::path& relative) {
  // Only passed through: within a sandbox not all of them may be listed.
  constexpr int kFolder = O_PATH | O_DIRECTORY | O_CLOEXEC;
  int folder = ::open(root.c_str(), kFolder);
  if (folder < 0) fail(root, errno);
  std::filesystem::path reached = root;
  for (const std::filesystem::path& part : relative) {
    reached /= part;
    int error = part == ".." || part == "/" ? EINVAL : 0;
    if (error == 0 && ::mkdirat(folder, part.c_str(), 0777) != 0 && errno != EEXIST) error = errno;
    const int next = error == 0 ? ::openat(folder, part.c_str(), kFolder | O_NOFOLLOW) : -1;
    if (error == 0 && next < 0) error = errno;
    ::close(folder);
    if (error != 0) fail(reached, error);
    folder = next;
  }
  ::close(folder);
}

std::string temporary_prefix(int process) {
  return ".vanban-" + std::to_string(process) + mark_of_this_machine();
}

void write_stdout(std::string_view bytes) { write_all(STDOUT_FILENO, bytes, "standard output"); }

}  // namespace vanban::pipeline
