#include "pipeline/batch/process.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>
#include <system_error>

#include <catch2/catch.hpp>

#include "pipeline/input_file.h"
#include "pipeline/sandbox/sandbox.h"
#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

struct Pair {
  int ends[2] = {-1, -1};
  Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0); }
};

TEST_CASE("messages arrive whole and in order, whatever their length") {
  const Pair pair;
  MessageSocket here(pair.ends[0]), there(pair.ends[1]);
  const Bytes empty, small{1, 2, 3}, large(100'000, 7);
  for (const Bytes& message : {empty, small, large, small}) CHECK(here.send(message));
  CHECK(there.wait() == empty);
  CHECK(there.wait() == small);
  bool gone = false;
  CHECK(there.receive(gone) == std::vector<Bytes>{large, small});
  CHECK(there.receive(gone).empty());
  CHECK_FALSE(gone);
}

TEST_CASE("an open file goes along with its message, and only to who waits for it") {
  const tests::Folder folder;
  folder.file("a", "of a");
  folder.file("b", "of b");
  const Pair pair;
  MessageSocket here(pair.ends[0]), there(pair.ends[1]);
  CHECK(here.send(Bytes(100'000, 1), open_file_below(folder.path(), "a")->descriptor()));
  CHECK(there.wait() == Bytes(100'000, 1));
  CHECK(read_file(OpenFile(there.take_open_file())) == "of a");
  CHECK(there.take_open_file() == -1);
  CHECK(here.send({2}));
  CHECK(there.wait() == Bytes{2});
  CHECK(there.take_open_file() == -1);
  CHECK(here.send({3}, open_file_below(folder.path(), "b")->descriptor()));
  bool gone = false;
  CHECK(there.receive(gone) == std::vector<Bytes>{{3}});
  CHECK(there.take_open_file() == -1);
}

TEST_CASE("what is cut off is no message") {
  const Pair pair;
  MessageSocket there(pair.ends[1]);
  {
    MessageSocket here(pair.ends[0]);
    here.send({1});
    const char half[]{9, 0, 0, 0, 1};
    REQUIRE(::send(pair.ends[0], half, sizeof half, 0) == 5);
  }
  bool gone = false;
  CHECK(there.receive(gone) == std::vector<Bytes>{{1}});
  CHECK(gone);
  CHECK_FALSE(there.wait());
  CHECK_FALSE(there.send({1}));
}

TEST_CASE("a message that is longer than any may be ends the talk before it is waited for") {
  const auto [size, is_too_long] = GENERATE(
      table<std::size_t, bool>({{kMostMessageBytes, false}, {kMostMessageBytes + 1, true}}));
  CAPTURE(size);
  const Pair pair;
  MessageSocket there(pair.ends[1]);
  std::array<char, 4> head{};
  for (std::size_t i = 0; i < head.size(); ++i) head[i] = static_cast<char>(size >> (8 * i));
  REQUIRE(::send(pair.ends[0], head.data(), head.size(), 0) == 4);
  bool gone = false;
  CHECK(there.receive(gone).empty());
  CHECK(gone == is_too_long);
  if (is_too_long) CHECK_FALSE(there.wait());
  ::close(pair.ends[0]);
}

TEST_CASE("a process that the system does not let start is told of") {
  ChildProcess process([](MessageSocket& socket) {
    // Within it no process can be made.
    enter_sandbox({}, SandboxMode::Auto);
    std::string told = "started";
    try {
      ChildProcess another([](MessageSocket&) {});
    } catch (const std::system_error& error) {
      told = error.what();
    }
    socket.send({told.begin(), told.end()});
  });
  const auto told = process.socket().wait();
  REQUIRE(told);
  if (sandbox_support().seccomp)
    CHECK_THAT(std::string(told->begin(), told->end()),
               Catch::StartsWith("cannot start a process"));
  else
    WARN("this kernel cannot keep a process from making others");
}

TEST_CASE("it is told how a process ended") {
  {
    ChildProcess process({"/bin/sh", "-c", "exit 7"});
    const Ending ending = process.wait();
    CHECK(ending.exit_code == 7);
    CHECK(ending.signal == 0);
  }
  ChildProcess process({"/bin/sleep", "100"});
  const Ending ending = process.kill();
  CHECK(ending.exit_code == -1);
  CHECK(ending.signal == SIGKILL);
  CHECK_THROWS_AS(ChildProcess({"/no/such/program"}), std::system_error);
}

TEST_CASE("what a process says to standard error is lost") {
  const tests::Folder folder;
  const int own = ::dup(STDERR_FILENO);
  const int file = ::open((folder / "err").c_str(), O_WRONLY | O_CREAT, 0600);
  ::dup2(file, STDERR_FILENO);
  ChildProcess process({"/bin/sh", "-c", "echo noise >&2; printf '\\001\\000\\000\\000x' >&3"});
  const auto heard = process.socket().wait();
  ::dup2(own, STDERR_FILENO);
  ::close(own);
  ::close(file);
  CHECK(heard == Bytes{'x'});
  CHECK(tests::read(folder / "err").empty());
}

TEST_CASE("a process finds the other end of the socket, and one thread for its engines") {
  ChildProcess process({"/bin/sh", "-c", "printf '\\001\\000\\000\\000%s' $OMP_THREAD_LIMIT >&3"});
  CHECK(process.socket().wait() == Bytes{'1'});
  CHECK_FALSE(process.socket().wait());
}

}  // namespace
}  // namespace vanban::pipeline
