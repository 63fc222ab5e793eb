#include "pipeline/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "ocr/digest.h"
#include "ocr/document/error.h"

namespace vanban::pipeline {
namespace {

[[noreturn]] void fail(int error) {
  throw ocr::InputError(ErrorKind::NotReadable,
                        std::string("cannot be read: ") + std::strerror(error));
}

[[noreturn]] void fail_for_size() {
  throw ocr::InputError(ErrorKind::TooLarge, "The file is larger than 2 GiB");
}

// A batch does not wait for the other end of a pipe.
constexpr int kInput = O_RDONLY | O_CLOEXEC;
constexpr int kInputOfBatch = kInput | O_NOFOLLOW | O_NONBLOCK;

int open_below(const std::filesystem::path& root, const std::filesystem::path& file) {
  constexpr int kFolder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  int folder = ::open(root.c_str(), kFolder);
  if (folder < 0) fail(errno);
  for (const std::filesystem::path& part : file.parent_path()) {
    const OpenFile passed(folder);
    if (part == ".." || part == "/") fail(EINVAL);
    folder = ::openat(folder, part.c_str(), kFolder | O_NOFOLLOW);
    if (folder < 0) fail(errno);
  }
  const OpenFile passed(folder);
  if (file.filename() == "..") fail(EINVAL);
  const int descriptor = ::openat(folder, file.filename().c_str(), kInputOfBatch);
  if (descriptor < 0) fail(errno);
  return descriptor;
}

// A size; 0 of what has none.
std::size_t size_of(int descriptor, Links links) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail(errno);
  if (links == Links::Refuse && !S_ISREG(status.st_mode)) fail(EINVAL);
  const auto size = static_cast<std::uint64_t>(std::max<off_t>(0, status.st_size));
  if (size > kMostFileBytes) fail_for_size();
  return static_cast<std::size_t>(size);
}

// What has come; 0 at the end.
std::size_t read_some(int descriptor, char* to, std::size_t room) {
  while (true) {
    const ssize_t size = ::read(descriptor, to, room);
    if (size >= 0) return static_cast<std::size_t>(size);
    if (errno != EINTR) fail(errno);
  }
}

std::string read_whole(int descriptor, Links links) {
  // A pipe's size is not known, and a file may grow: more room than it takes, until nothing comes.
  constexpr std::size_t kRoom = 64 << 10;
  std::string bytes(size_of(descriptor, links) + 1, '\0');
  std::size_t size = 0;
  while (true) {
    if (size > kMostFileBytes) fail_for_size();
    if (size == bytes.size()) bytes.resize(size + std::max(kRoom, size / 2));
    const std::size_t more = read_some(descriptor, bytes.data() + size, bytes.size() - size);
    if (more == 0) break;
    size += more;
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string read_file(const std::filesystem::path& path, Links links) {
  const int descriptor = ::open(path.c_str(), links == Links::Refuse ? kInputOfBatch : kInput);
  if (descriptor < 0) fail(errno);
  const OpenFile file(descriptor);
  return read_whole(descriptor, links);
}

std::unique_ptr<OpenFile> open_file_below(const std::filesystem::path& root,
                                          const std::filesystem::path& file) {
  return std::make_unique<OpenFile>(open_below(root, file));
}

std::string read_file(const OpenFile& file) { return read_whole(file.descriptor(), Links::Refuse); }

std::string read_file_below(const std::filesystem::path& root, const std::filesystem::path& file) {
  return read_file(OpenFile(open_below(root, file)));
}

std::string hash_of_file_below(const std::filesystem::path& root,
                               const std::filesystem::path& file) {
  const OpenFile open(open_below(root, file));
  size_of(open.descriptor(), Links::Refuse);
  constexpr std::size_t kRoom = 1 << 20;
  std::string room(kRoom, '\0');
  ocr::Sha256 hash;
  std::uint64_t all = 0;
  while (const std::size_t size = read_some(open.descriptor(), room.data(), room.size())) {
    all += size;
    if (all > kMostFileBytes) fail_for_size();
    hash.add({room.data(), size});
  }
  return hash.hex();
}

}  // namespace vanban::pipeline
