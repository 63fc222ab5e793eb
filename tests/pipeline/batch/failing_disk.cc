// A disk on which something fails, to be put before the C library (LD_PRELOAD): of the calls that
// write to files below FAILING_FOLDER the one numbered FAILING_CALL, counted from 1 over all
// processes, fails with FAILING_ERROR, an errno; with FAILING_ONWARD all behind it as well.
// FAILING_COUNT is the file that they count in, four bytes.
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>

namespace {

struct Disk {
  std::string folder;
  int call = 0, error = 0;
  bool onward = false;
  std::atomic<int>* count = nullptr;
};

int number_in(const char* variable) {
  const char* text = ::getenv(variable);
  return text == nullptr ? 0 : std::atoi(text);
}

Disk disk_of_environment() {
  Disk out;
  const char* folder = ::getenv("FAILING_FOLDER");
  const char* count = ::getenv("FAILING_COUNT");
  if (folder == nullptr || count == nullptr) return out;
  const int file = ::open(count, O_RDWR | O_CLOEXEC);
  if (file < 0) return out;
  void* shared = ::mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  if (shared == MAP_FAILED) return out;
  out = {folder, number_in("FAILING_CALL"), number_in("FAILING_ERROR"),
         ::getenv("FAILING_ONWARD") != nullptr, static_cast<std::atomic<int>*>(shared)};
  return out;
}

// Before main, and so before what the program may still open is limited.
const Disk disk = disk_of_environment();

bool fails_at(std::string_view place) {
  if (disk.count == nullptr || !place.starts_with(disk.folder)) return false;
  const int now = ++*disk.count;
  if (now != disk.call && !(disk.onward && disk.call > 0 && now > disk.call)) return false;
  errno = disk.error;
  return true;
}

bool fails(int descriptor) {
  if (disk.count == nullptr) return false;
  const std::string own = "/proc/self/fd/" + std::to_string(descriptor);
  std::array<char, 4096> place{};
  const ssize_t size = ::readlink(own.c_str(), place.data(), place.size());
  return size > 0 && fails_at({place.data(), static_cast<std::size_t>(size)});
}

template <typename Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int descriptor, const void* bytes, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  return fails(descriptor) ? -1 : real(descriptor, bytes, size);
}

ssize_t writev(int descriptor, const struct iovec* parts, int count) {
  static const auto real = next<ssize_t (*)(int, const struct iovec*, int)>("writev");
  return fails(descriptor) ? -1 : real(descriptor, parts, count);
}

ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return fails(descriptor) ? -1 : real(descriptor, bytes, size, at);
}

int fsync(int descriptor) {
  static const auto real = next<int (*)(int)>("fsync");
  return fails(descriptor) ? -1 : real(descriptor);
}

int fdatasync(int descriptor) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return fails(descriptor) ? -1 : real(descriptor);
}

int ftruncate64(int descriptor, off64_t size) noexcept {
  static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
  return fails(descriptor) ? -1 : real(descriptor, size);
}

int rename(const char* from, const char* to) noexcept {
  static const auto real = next<int (*)(const char*, const char*)>("rename");
  return fails_at(to) ? -1 : real(from, to);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) noexcept {
  static const auto real = next<int (*)(int, const char*, int, const char*, int)>("linkat");
  return fails_at(to) ? -1 : real(from_folder, from, to_folder, to, flags);
}

int mkdirat(int folder, const char* name, mode_t mode) noexcept {
  static const auto real = next<int (*)(int, const char*, mode_t)>("mkdirat");
  return fails(folder) ? -1 : real(folder, name, mode);
}
}
