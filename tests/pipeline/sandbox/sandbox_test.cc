// Processes that misbehave, each thing once without a sandbox, which shows that it would be done,
// and once within.
#include "pipeline/sandbox/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <functional>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "ocr/document/error.h"
#include "pipeline/batch/process.h"
#include "pipeline/output_file.h"
#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

// Whether it could be done.
using Deed = std::function<bool()>;

bool can_read(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  char byte = 0;
  const bool done = file >= 0 && ::read(file, &byte, 1) == 1;
  if (file >= 0) ::close(file);
  return done;
}

bool can_write(const fs::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  const bool done = file >= 0 && ::write(file, "x", 1) == 1;
  if (file >= 0) ::close(file);
  return done;
}

// A server of the test that listens.
class Server {
 public:
  Server() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    address_.sin_family = AF_INET;
    address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address_), sizeof address_);
    ::listen(socket_, 1);
    socklen_t size = sizeof address_;
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address_), &size);
  }
  ~Server() { ::close(socket_); }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  bool can_be_reached() const {
    const int own = ::socket(AF_INET, SOCK_STREAM, 0);
    return own >= 0 &&
           ::connect(own, reinterpret_cast<const sockaddr*>(&address_), sizeof address_) == 0;
  }

 private:
  int socket_;
  sockaddr_in address_{};
};

bool can_fork() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  return child > 0 && ::waitpid(child, nullptr, 0) == child;
}

bool can_spawn() {
  pid_t child = 0;
  char name[] = "true";
  char* arguments[]{name, nullptr};
  return ::posix_spawn(&child, "/bin/true", nullptr, nullptr, arguments, nullptr) == 0;
}

// Replaces itself where it can: it then ends before it tells that it could not.
bool can_exec() {
  ::execl("/bin/true", "true", nullptr);
  return false;
}

bool can_start_thread() {
  bool ran = false;
  std::thread([&] { ran = true; }).join();
  return ran;
}

struct Told {
  std::string answer;  // "y" or "n"; empty where it ended before
};

Told tried(const SandboxPlan& plan, SandboxMode mode, const Deed& deed) {
  ChildProcess process([&](MessageSocket& socket) {
    enter_sandbox(plan, mode);
    socket.send({static_cast<std::uint8_t>(deed() ? 'y' : 'n')});
  });
  const auto answer = process.socket().wait();
  return {answer ? std::string(answer->begin(), answer->end()) : ""};
}

struct Places {
  tests::Folder folder;
  SandboxPlan plan;
  Places() {
    folder.file("scans/a.pdf", "scan");
    folder.file("data/model", "model");
    folder.file("data/key", "key");
    folder.file("out/records/a.json", "record");
    folder.file("out/ledger.sqlite", "ledger");
    plan = {{folder / "scans", folder / "data/model", folder / "not-there"},
            {folder / "out/records"}};
  }
};

TEST_CASE("a process that misbehaves is refused each time") {
  const Places at;
  const Server server;
  const SandboxSupport support = sandbox_support();
  const bool files = support.landlock > 0, calls = support.seccomp;
  const pid_t parent = ::getpid();
  const struct {
    std::string what;
    Deed deed;
    bool refused;  // where the kernel can
  } deeds[]{
      {"opens /etc/passwd", [] { return can_read("/etc/passwd"); }, files},
      {"reads a file beside its own", [&] { return can_read(at.folder / "data/key"); }, files},
      {"reads the ledger", [&] { return can_read(at.folder / "out/ledger.sqlite"); }, files},
      {"writes beside its folder", [&] { return can_write(at.folder / "out/new"); }, files},
      {"writes into the ledger", [&] { return can_write(at.folder / "out/ledger.sqlite"); }, files},
      {"writes into a scan", [&] { return can_write(at.folder / "scans/a.pdf"); }, files},
      {"removes a scan", [&] { return ::unlink((at.folder / "scans/a.pdf").c_str()) == 0; }, files},
      {"moves its result away",
       [&] {
         return ::rename((at.folder / "out/records/a.json").c_str(),
                         (at.folder / "out/away").c_str()) == 0;
       },
       files},
      {"connects", [&] { return server.can_be_reached(); }, calls},
      {"opens a local socket", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; }, calls},
      {"forks", can_fork, calls},
      {"starts a program", can_spawn, calls},
      {"signals its parent", [&] { return ::kill(parent, 0) == 0; }, calls},
  };
  for (const auto& [what, deed, refused] : deeds) {
    CAPTURE(what);
    if (!refused) WARN("this kernel cannot refuse a process that " << what);
    CHECK(tried(at.plan, SandboxMode::Auto, deed).answer == (refused ? "n" : "y"));
  }
  // Each would have been done otherwise; the last scan and record are gone then.
  for (const auto& [what, deed, refused] : deeds) {
    CAPTURE(what);
    CHECK(tried(at.plan, SandboxMode::Off, deed).answer == "y");
  }
}

TEST_CASE("a process cannot become another program") {
  const Places at;
  CHECK(tried(at.plan, SandboxMode::Off, can_exec).answer.empty());
  if (sandbox_support().seccomp)
    CHECK(tried(at.plan, SandboxMode::Auto, can_exec).answer == "n");
  else
    WARN("this kernel cannot refuse new programs");
}

TEST_CASE("what reading needs is granted") {
  const Places at;
  const struct {
    std::string what;
    Deed deed;
  } deeds[]{
      {"reads a scan", [&] { return can_read(at.folder / "scans/a.pdf"); }},
      {"reads the model", [&] { return can_read(at.folder / "data/model"); }},
      {"sees how much memory it has", [] { return can_read("/proc/self/statm"); }},
      {"replaces a result",
       [&] {
         make_folders_below(at.folder / "out", "records/box");
         OutputFile file(at.folder / "out/records/box/b.json");
         file.write("result");
         file.commit();
         OutputFile again(at.folder / "out/records/a.json");
         again.write("result");
         again.commit();
         return can_read(at.folder / "out/records/box/b.json");
       }},
      {"removes a result",
       [&] { return ::unlink((at.folder / "out/records/a.json").c_str()) == 0; }},
      {"starts a thread", can_start_thread},
  };
  for (const auto& [what, deed] : deeds) {
    CAPTURE(what);
    CHECK(tried(at.plan, SandboxMode::Auto, deed).answer == "y");
  }
}

TEST_CASE("a process in a sandbox has limits, leaves no core and gains no rights") {
  const Places at;
  const auto is_limited = [](__rlimit_resource what) {
    rlimit now{};
    return ::getrlimit(what, &now) == 0 && now.rlim_max != RLIM_INFINITY;
  };
  CHECK(tried(at.plan, SandboxMode::Auto, [&] {
          rlimit core{1, 1};
          ::getrlimit(RLIMIT_CORE, &core);
          return core.rlim_max == 0 && is_limited(RLIMIT_FSIZE) && is_limited(RLIMIT_NOFILE) &&
                 is_limited(RLIMIT_CPU) && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                 ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
        }).answer == "y");
}

TEST_CASE("a sandbox that is required and not to be had is told of, with the next step") {
  for (const SandboxSupport lacking : {SandboxSupport{0, true}, SandboxSupport{5, false}}) {
    CHECK_NOTHROW(check_sandbox(SandboxMode::Auto, lacking));
    CHECK_NOTHROW(check_sandbox(SandboxMode::Off, lacking));
    try {
      check_sandbox(SandboxMode::Require, lacking);
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::Engine);
      CHECK_THAT(error.what(), Catch::Contains("--sandbox auto"));
    }
  }
  CHECK_NOTHROW(check_sandbox(SandboxMode::Require, {1, true}));
  CHECK(sandbox_level(SandboxMode::Auto, {7, true}) == "landlock 7, seccomp");
  CHECK(sandbox_level(SandboxMode::Auto, {0, false}) == "landlock none, no seccomp");
  CHECK(sandbox_level(SandboxMode::Off, {7, true}) == "off");
}

}  // namespace
}  // namespace vanban::pipeline
