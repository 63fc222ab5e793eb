// What a run is in the midst of fails: every write once (EIO) or from there on (ENOSPC), see
// failing_disk.cc; its ledger; the clock, see jumping_clock.cc.
#include <fmt/core.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <string>

#include <catch2/catch.hpp>

#include "tests/folder.h"
#include "tests/pipeline/made_model.h"

namespace vanban {
namespace {

namespace fs = std::filesystem;

// A page that was read before the fault is not read again, of which the workers of these tests
// tell.
std::string without_again(std::string bytes) {
  constexpr std::string_view kAgain = " again";
  for (std::size_t at; (at = bytes.find(kAgain)) != std::string::npos;)
    bytes.erase(at, kAgain.size());
  return bytes;
}

class DisturbedBatch {
 public:
  DisturbedBatch() {
    folder.file("in/a.pdf", "pages=2");
    folder.file("in/box/b.pdf", "pages=1 doubts=1");
    tests::write(folder / "model", pipeline::made_model());
  }

  // Its exit code. `call`: of the writes, the one that fails; 0: none.
  int run(const std::string& out, int call = 0, int error = 0) const {
    tests::write(folder / "count", std::string(sizeof(int), '\0'));
    const std::string fault =
        fmt::format("FAILING_FOLDER={} FAILING_COUNT={} FAILING_CALL={} FAILING_ERROR={}{}",
                    (folder / out).string(), (folder / "count").string(), call, error,
                    error == EIO ? "" : " FAILING_ONWARD=1");
    return run_with(VANBAN_FAILING_DISK, fault, out);
  }

  // With a library before that of C, for the run and its workers.
  int run_with(const std::string& library, const std::string& variables,
               const std::string& out) const {
    fs::create_directories(folder / out);
    const std::string before =
        fmt::format("env ASAN_OPTIONS=detect_leaks=0:verify_asan_link_order=0 LD_PRELOAD={} {}",
                    library, variables);
    const std::string command =
        fmt::format("timeout 60 {0} {1} {2} {3} {4} {0} {5} 2> {6}", before, VANBAN_SMALL_BATCH,
                    (folder / "in").string(), (folder / out).string(), (folder / "model").string(),
                    VANBAN_FAKE_WORKER, (folder / "said").string());
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  int writes() const {
    const std::string bytes = tests::read(folder / "count");
    int out = 0;
    std::memcpy(&out, bytes.data(), sizeof out);
    return out;
  }

  std::string said() const { return tests::read(folder / "said"); }

  // All that came out, but the ledger, which has times in it, and the report, which tells how long
  // it took.
  std::map<std::string, std::string> results(const std::string& out) const {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder / out)) {
      const std::string name = entry.path().filename().string();
      if (!entry.is_regular_file() || name.starts_with("ledger.") || name == "report.html")
        continue;
      files[fs::relative(entry.path(), folder / out).string()] =
          without_again(tests::read(entry.path()));
    }
    return files;
  }

  tests::Folder folder;
};

// Of the writes every so many-th fails in turn, from `first` on.
void disturb(int first, int step) {
  const int error = GENERATE(EIO, ENOSPC);
  CAPTURE(error);
  const DisturbedBatch batch;
  REQUIRE(batch.run("out") == 0);
  const auto undisturbed = batch.results("out");
  REQUIRE(undisturbed.contains("records/box/b.json"));
  REQUIRE(undisturbed.contains("register.xlsx"));
  const int writes = batch.writes();
  REQUIRE(writes > 20);
  for (int call = first; call <= writes; call += step) {
    CAPTURE(call, writes);
    const std::string out = fmt::format("out-{}", call);
    const int code = batch.run(out, call, error);
    CAPTURE(batch.said());
    // By itself: done in spite of it, or with a word.
    CHECK((code == 0 || (code < 4 && !batch.said().empty())));
    for (const auto& [name, bytes] : batch.results(out)) {
      CAPTURE(name);
      if (undisturbed.contains(name)) CHECK(bytes == undisturbed.at(name));
    }
    const int again = batch.run(out);
    CAPTURE(batch.said());
    CHECK(again == 0);
    CHECK(batch.results(out) == undisturbed);
    fs::remove_all(batch.folder / out);
  }
}

TEST_CASE("when a write fails nothing is torn, and the next run ends as if none had") {
  disturb(3, 12);
}

TEST_CASE("where nothing at all can be written the run says so, and nothing is lost") {
  const DisturbedBatch batch;
  CHECK(batch.run("out", 1, EROFS) == 3);
  CHECK_THAT(batch.said(), Catch::Contains((batch.folder / "out").string()));
  CHECK(batch.results("out").empty());
  CHECK(batch.run("out") == 0);
}

TEST_CASE("a ledger that was damaged is told of and left for a person") {
  const DisturbedBatch batch;
  REQUIRE(batch.run("out") == 0);
  const fs::path ledger = batch.folder / "out/ledger.sqlite";
  std::string bytes = tests::read(ledger);
  for (std::size_t at = 4096; at < bytes.size(); at += 3) bytes[at] = '?';
  tests::write(ledger, bytes);
  CHECK(batch.run("out") == 3);
  CHECK_THAT(batch.said(), Catch::Contains("ledger"));
  CHECK(tests::read(ledger) == bytes);
}

TEST_CASE("a clock that jumps changes no result") {
  const DisturbedBatch batch;
  REQUIRE(batch.run("out") == 0);
  CHECK(batch.run_with(VANBAN_JUMPING_CLOCK, "", "jumped") == 0);
  CHECK(batch.results("jumped") == batch.results("out"));
}

// Takes minutes: pipeline_batch_tests "[every write]"
TEST_CASE("whichever write fails nothing is torn, and the next run ends as if none had",
          "[.][every write]") {
  disturb(1, 1);
}

}  // namespace
}  // namespace vanban
