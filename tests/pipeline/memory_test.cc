#include "pipeline/memory.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>

namespace vanban::pipeline {
namespace {

TEST_CASE("a refused allocation is known for want of memory, a missing file is not") {
  const bool refused = GENERATE(true, false);
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{std::uint64_t{1} << 30, std::uint64_t{1} << 30};
    ::setrlimit(RLIMIT_DATA, &limit);
    begin_watching_memory();
    void* volatile got = std::malloc(refused ? std::size_t{2} << 30 : 1000);
    std::free(got);
    ::_exit(memory_ran_short() ? 1 : 0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == (refused ? 1 : 0));
}

}  // namespace
}  // namespace vanban::pipeline
