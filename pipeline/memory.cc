#include "pipeline/memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <fstream>

namespace vanban::pipeline {
namespace {

// Bytes of the process's own data, which RLIMIT_DATA counts; 0 where they cannot be told.
std::uint64_t data_bytes() {
  std::ifstream in("/proc/self/statm");
  std::uint64_t size = 0, resident = 0, shared = 0, text = 0, library = 0, data = 0;
  in >> size >> resident >> shared >> text >> library >> data;
  return in ? data * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace

void begin_watching_memory() { errno = 0; }

bool memory_ran_short() {
  // malloc says so, and what gives up because of it seldom calls what says otherwise.
  if (errno == ENOMEM) return true;
  rlimit limit{};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return false;
  return data_bytes() > limit.rlim_cur / 8 * 7;
}

}  // namespace vanban::pipeline
