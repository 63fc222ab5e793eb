#include "pipeline/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "ocr/document/error.h"

namespace vanban::pipeline {
namespace {

struct FileCloser {
  int descriptor;
  ~FileCloser() { ::close(descriptor); }
};

[[noreturn]] void fail(int error) {
  throw ocr::InputError(ErrorKind::NotReadable,
                        std::string("cannot be read: ") + std::strerror(error));
}

}  // namespace

std::string read_file(const std::filesystem::path& path, Links links) {
  // Waiting for the other end of a pipe is what its user wants, but not a batch.
  const int more = links == Links::Refuse ? O_NOFOLLOW | O_NONBLOCK : 0;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | more);
  if (descriptor < 0) fail(errno);
  const FileCloser closer{descriptor};
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail(errno);
  if (links == Links::Refuse && !S_ISREG(status.st_mode)) fail(EINVAL);
  // A pipe's size is not known, and a file may grow: more room than it takes, until nothing comes.
  constexpr std::size_t kRoom = 64 << 10;
  std::string bytes(static_cast<std::size_t>(std::max<off_t>(0, status.st_size)) + 1, '\0');
  std::size_t size = 0;
  while (true) {
    if (size == bytes.size()) bytes.resize(size + std::max(kRoom, size / 2));
    const ssize_t read = ::read(descriptor, bytes.data() + size, bytes.size() - size);
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) fail(errno);
    if (read == 0) break;
    size += static_cast<std::size_t>(read);
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace vanban::pipeline
