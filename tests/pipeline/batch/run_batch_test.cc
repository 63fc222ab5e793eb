// With workers that do what a test wants; see fake_worker.cc.
#include "pipeline/batch/run_batch.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <filesystem>

#include <catch2/catch.hpp>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "ocr/document/error.h"
#include "pipeline/output_file.h"
#include "tests/folder.h"
#include "tests/pipeline/made_model.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

// A folder of orders, and what a run makes of it.
class Batch {
 public:
  Batch() {
    options.inputs = folder / "in";
    options.outputs = folder / "out";
    options.worker_command = {VANBAN_FAKE_WORKER};
    options.settings.memory_bytes = 0;
    tests::write(folder / "model", made_model());
    options.settings.model = (folder / "model").string();
    options.on_note = [this](const std::string& text) { notes.push_back(text); };
    options.on_event = [this](const std::string& line) {
      events.push_back(nlohmann::json::parse(line));
    };
    options.interrupts = &interrupts;
    fs::create_directories(options.inputs);
  }

  void scan(const std::string& name, const std::string& orders) const {
    folder.file("in/" + name, orders);
  }
  BatchResult run() const { return run_batch(options); }
  std::string record(const std::string& stem) const {
    return tests::read(record_file(options.outputs, stem));
  }
  bool has_record(const std::string& stem) const {
    return fs::exists(record_file(options.outputs, stem));
  }
  LedgerEntry entry(const std::string& path) const {
    return *Ledger::open_existing(ledger_file(options.outputs)).find(path);
  }
  int count(const std::string& event) const {
    return static_cast<int>(std::count_if(
        events.begin(), events.end(), [&](const auto& one) { return one.at("event") == event; }));
  }

  tests::Folder folder;
  BatchOptions options;
  std::vector<std::string> notes;
  std::vector<nlohmann::json> events;
  std::atomic<int> interrupts{0};
};

TEST_CASE("every scan becomes a record, and a second run has nothing to do") {
  Batch batch;
  batch.options.jobs = 2;
  for (const char* name : {"a.pdf", "x/b.pdf", "x/y/c.tif"})
    batch.scan(name, std::string("pages=2 ") + name);
  const BatchResult result = batch.run();
  CHECK(result.end == BatchEnd::Complete);
  CHECK(result.counts.done == 3);
  CHECK(batch.record("x/y/c") == "page1\npage2\n");
  CHECK(batch.count("page") == 6);
  CHECK(batch.run().documents == 0);
  batch.scan("d.pdf", "");
  CHECK(batch.run().documents == 1);
  CHECK(batch.run().counts.done == 4);
}

TEST_CASE("a damaged file is set aside and stops nothing; trying again would not help") {
  Batch batch;
  batch.scan("a.pdf", "damaged");
  batch.scan("b.pdf", "pages=1");
  const BatchResult result = batch.run();
  CHECK(result.counts.done == 1);
  CHECK(result.counts.failed == 1);
  CHECK(batch.entry("a.pdf").code == "damaged");
  CHECK(batch.entry("a.pdf").attempts == 1);
  CHECK_FALSE(batch.has_record("a"));
  CHECK(batch.run().documents == 0);
  batch.scan("a.pdf", "pages=2");
  CHECK(batch.run().counts.failed == 0);
}

TEST_CASE("a file that is taken away or set aside fails no longer") {
  Batch batch;
  batch.scan("a.pdf", "damaged");
  batch.scan("x/b.pdf", "damaged");
  batch.scan("c.pdf", "pages=1");
  CHECK(batch.run().counts.failed == 2);
  fs::remove(batch.options.inputs / "a.pdf");
  CHECK(batch.run().counts.failed == 1);
  CHECK(batch.run().counts.gone == 1);
  batch.notes.clear();
  batch.options.set_aside = {"./x/b.pdf", "none.pdf"};
  const BatchResult result = batch.run();
  CHECK(result.counts.failed == 0);
  CHECK(result.counts.aside == 1);
  CHECK(std::any_of(batch.notes.begin(), batch.notes.end(), [](const std::string& note) {
    return note.starts_with("none.pdf is no scan of this batch");
  }));
  batch.options.set_aside.clear();
  CHECK(batch.run().counts.aside == 1);
  // Until it changes.
  batch.scan("x/b.pdf", "pages=2");
  CHECK(batch.run().counts.done == 2);
}

TEST_CASE("a file with a mark of secrecy is set aside for a person and fails nothing") {
  Batch batch;
  batch.options.max_failures.number = 0;
  batch.scan("a.pdf", "secret");
  batch.scan("b.pdf", "pages=1");
  const BatchResult result = batch.run();
  CHECK(result.end == BatchEnd::Complete);
  CHECK(result.counts.done == 1);
  CHECK(result.counts.failed == 1);
  const LedgerEntry entry = batch.entry("a.pdf");
  CHECK(entry.code == "secret");
  CHECK_THAT(entry.message, Catch::Contains("\"Mật\""));
  CHECK(batch.record("a") == "a mark");
  Ledger ledger = Ledger::open_existing(ledger_file(batch.options.outputs));
  CHECK(ledger.summary("a.pdf").empty());
}

TEST_CASE("a worker cannot put words of its own into the ledger as a mark") {
  Batch batch;
  batch.scan("a.pdf", "secret=2");
  CHECK(batch.run().counts.failed == 1);
  CHECK(batch.entry("a.pdf").code == "crashed");
}

TEST_CASE("what was told of several documents is counted, with the first as example") {
  Batch batch;
  for (const char* name : {"a.pdf", "b.pdf", "c.pdf"})
    batch.scan(name, std::string(name) + (name[0] == 'c' ? "" : " signed"));
  const BatchResult result = batch.run();
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].documents == 2);
  CHECK(result.warnings[0].first == "a.pdf: it is signed");
  CHECK(batch.count("warning") == 2);
  CHECK(batch.run().warnings.empty());
}

TEST_CASE("a page beyond its time is left out, the others are kept and not read again") {
  Batch batch;
  batch.options.budgets.page_seconds = 0.3;
  batch.scan("a.pdf", "pages=3 hang=2");
  CHECK(batch.run().counts.partial == 1);
  CHECK(batch.record("a") ==
        "page1 again\npage_given_up: page 2 took more than the 0.3 s allowed (--page-seconds)\n"
        "page3\n");
  const LedgerEntry entry = batch.entry("a.pdf");
  CHECK(entry.code == "page_seconds");
  CHECK(entry.pages == 3);
  CHECK(entry.pages_unread == 1);
  CHECK(entry.doubts == 1);
}

TEST_CASE("of a document beyond its time what was read is kept") {
  Batch batch;
  batch.options.budgets.document_seconds = 0.5;
  batch.scan("a.pdf", "pages=9 slow=200");
  CHECK(batch.run().counts.partial == 1);
  CHECK_THAT(batch.record("a"), Catch::StartsWith("page1 again\n"));
  CHECK_THAT(batch.record("a"),
             Catch::EndsWith("page_given_up: the document took more than the 0.5 s allowed "
                             "(--document-seconds)\n"));
}

TEST_CASE("a worker that tells nothing is given one more chance") {
  Batch batch;
  batch.options.budgets.silence_seconds = 0.3;
  batch.scan("a.pdf", "mute");
  CHECK(batch.run().counts.failed == 1);
  CHECK(batch.entry("a.pdf").code == "silence_seconds");
  CHECK(batch.entry("a.pdf").attempts == 2);
}

TEST_CASE("a page that crashes its worker twice is left out") {
  Batch batch;
  batch.scan("a.pdf", "pages=3 crash=2");
  batch.scan("b.pdf", "pages=1");
  const BatchResult result = batch.run();
  CHECK(result.counts.partial == 1);
  CHECK(result.counts.done == 1);
  CHECK_THAT(batch.record("a"), Catch::Contains("page_given_up: the worker crashed on page 2"));
  CHECK(batch.count("worker_crashed") == 2);
}

TEST_CASE("a worker whose memory ran short serves no other document") {
  Batch batch;
  batch.scan("a.pdf", "pages=3 poison=2");
  batch.scan("b.pdf", "pages=1");
  batch.scan("c.pdf", "pages=1 spent");
  batch.scan("d.pdf", "pages=2");
  const BatchResult result = batch.run();
  CHECK(result.counts.done == 3);
  CHECK(result.counts.partial == 1);
  CHECK(batch.record("a") == "page1 again\npage_given_up: page 2: no memory\npage3\n");
  CHECK(batch.entry("a.pdf").code == "out_of_memory");
  CHECK(batch.entry("a.pdf").attempts == 3);
}

TEST_CASE("a worker that was killed once leaves no trace in the result") {
  Batch batch;
  batch.scan("a.pdf", "pages=3 stumble=3");
  CHECK(batch.run().counts.done == 1);
  CHECK(batch.record("a") == "page1 again\npage2 again\npage3\n");
  CHECK(batch.entry("a.pdf").attempts == 2);
}

TEST_CASE("a worker that dies while it writes leaves nothing half") {
  Batch batch;
  batch.scan("a.pdf", "pages=1 die_writing");
  CHECK(batch.run().counts.done == 1);
  for (const auto& [name, bytes] : batch.folder.content())
    CHECK_THAT(name, !Catch::Contains(".vanban-"));
}

TEST_CASE("what crashes outside of pages fails after the second time") {
  Batch batch;
  batch.scan("a.pdf", "pages=2 crash_late");
  CHECK(batch.run().counts.failed == 1);
  CHECK(batch.entry("a.pdf").code == "crashed");
  CHECK_FALSE(batch.has_record("a"));
}

TEST_CASE("where nothing can be written the run ends and nothing is lost") {
  Batch batch;
  batch.scan("a.pdf", "pages=1");
  batch.scan("b.pdf", "full");
  batch.scan("c.pdf", "pages=1");
  try {
    batch.run();
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::Output);
  }
  CHECK(batch.entry("a.pdf").state == DocumentState::Done);
  CHECK(batch.entry("b.pdf").state == DocumentState::Waiting);
  batch.scan("b.pdf", "pages=2");
  CHECK(batch.run().counts.done == 3);
}

TEST_CASE("where no worker can be started the run ends and everything waits") {
  Batch batch;
  batch.options.worker_command = {"/no/such/program"};
  batch.scan("a.pdf", "pages=1");
  try {
    batch.run();
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::Engine);
    CHECK_THAT(error.what(), Catch::Contains("/no/such/program"));
  }
  batch.options.worker_command = {VANBAN_FAKE_WORKER};
  CHECK(batch.run().counts.done == 1);
}

TEST_CASE("one file whose results have no place does not end the run") {
  Batch batch;
  batch.scan("a.pdf", "nowhere");
  batch.scan("b.pdf", "pages=1");
  CHECK(batch.run().counts.done == 1);
  CHECK(batch.entry("a.pdf").code == "access");
}

TEST_CASE("a worker that tells what makes no sense is replaced") {
  const std::string order = GENERATE("lie", "babble");
  Batch batch;
  batch.scan("a.pdf", order);
  batch.scan("b.pdf", "pages=1");
  CHECK(batch.run().counts.done == 1);
  CHECK(batch.entry("a.pdf").code == "crashed");
}

TEST_CASE("an output folder that is removed meanwhile is told of") {
  Batch batch;
  batch.scan("a.pdf", "pages=2 slow=50");
  batch.scan("b.pdf", "pages=1");
  const auto tell = batch.options.on_event;
  batch.options.on_event = [&](const std::string& line) {
    if (nlohmann::json::parse(line).at("event") == "page") fs::remove_all(batch.options.outputs);
  };
  CHECK_THROWS_WITH(batch.run(), Catch::Contains("has been removed"));
}

TEST_CASE("files of killed processes go with the next run, those of others stay") {
  Batch batch;
  batch.scan("x/a.pdf", "pages=1");
  const std::string dead = "out/records/x/" + temporary_prefix(999999999) + "abcdef";
  const std::string alive = "out/records/x/" + temporary_prefix(::getpid()) + "abcdef";
  batch.folder.file(dead);
  batch.folder.file(alive);
  batch.run();
  CHECK_FALSE(fs::exists(batch.folder / dead));
  CHECK(fs::exists(batch.folder / alive));
}

TEST_CASE("too many failures end the run, the rest waits") {
  Batch batch;
  for (int i = 0; i < 9; ++i)
    batch.scan(std::to_string(i) + ".pdf", "damaged=" + std::to_string(i));
  batch.options.max_failures.number = 2;
  const BatchResult result = batch.run();
  CHECK(result.end == BatchEnd::TooManyFailures);
  CHECK(result.counts.failed == 3);
  CHECK(result.counts.waiting == 6);
}

TEST_CASE("a rate of failures is judged once there are enough documents") {
  Batch batch;
  for (int i = 10; i < 40; ++i)
    batch.scan(std::to_string(i) + ".pdf", "damaged=" + std::to_string(i));
  batch.options.max_failures.share = 0.5;
  const BatchResult result = batch.run();
  CHECK(result.end == BatchEnd::TooManyFailures);
  CHECK(result.counts.failed == 20);
}

TEST_CASE("an interrupt finishes what is open and leaves the rest") {
  Batch batch;
  for (int i = 0; i < 4; ++i)
    batch.scan(std::to_string(i) + ".pdf", "pages=3 slow=50 n=" + std::to_string(i));
  const auto tell = batch.options.on_event;
  batch.options.on_event = [&](const std::string& line) {
    tell(line);
    if (nlohmann::json::parse(line).at("event") == "page") batch.interrupts = 1;
  };
  const BatchResult result = batch.run();
  CHECK(result.end == BatchEnd::Interrupted);
  CHECK(result.counts.done == 1);
  CHECK(result.counts.waiting == 3);
  batch.interrupts = 0;
  batch.options.on_event = tell;
  CHECK(batch.run().counts.done == 4);
}

TEST_CASE("a run that goes on knows from its beginning how long it will take") {
  Batch batch;
  for (int i = 0; i < 4; ++i) batch.scan(std::to_string(i) + ".pdf", "n=" + std::to_string(i));
  batch.options.max_failures.number = 0;
  batch.scan("2.pdf", "damaged");
  std::vector<BatchProgress> told;
  batch.options.on_progress = [&](const BatchProgress& progress) { told.push_back(progress); };
  batch.run();
  REQUIRE_FALSE(told.empty());
  CHECK_FALSE(told.front().seconds_left);
  told.clear();
  batch.options.max_failures.number.reset();
  batch.run();
  REQUIRE_FALSE(told.empty());
  CHECK(told.front().documents == 0);
  CHECK(told.front().seconds_left);
}

TEST_CASE("a second interrupt abandons what is open") {
  Batch batch;
  batch.scan("a.pdf", "pages=3 hang=2");
  const auto tell = batch.options.on_event;
  batch.options.on_event = [&](const std::string& line) {
    if (nlohmann::json::parse(line).at("event") == "page") batch.interrupts = 2;
  };
  const BatchResult result = batch.run();
  CHECK(result.end == BatchEnd::Interrupted);
  CHECK(result.counts.waiting == 1);
  CHECK_FALSE(batch.has_record("a"));
}

TEST_CASE("a worker is replaced after so many pages") {
  Batch batch;
  batch.options.budgets.pages_per_worker = 2;
  for (int i = 0; i < 4; ++i)
    batch.scan(std::to_string(i) + ".pdf", "pages=2 n=" + std::to_string(i));
  CHECK(batch.run().counts.done == 4);
  CHECK(batch.count("worker_killed") == 0);
}

TEST_CASE("a second run in the same folder is refused") {
  Batch batch;
  batch.scan("a.pdf", "pages=1");
  fs::create_directories(batch.options.outputs);
  const auto lock = FolderLock::take(batch.options.outputs);
  CHECK_THROWS_AS(batch.run(), FolderBusy);
}

TEST_CASE("a run waits for who holds the folder for a moment") {
  Batch batch;
  batch.scan("a.pdf", "pages=1");
  fs::create_directories(batch.options.outputs);
  std::optional<FolderLock> lock = FolderLock::take(batch.options.outputs);
  REQUIRE(lock);
  std::thread holder([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    lock.reset();
  });
  CHECK(batch.run().counts.done == 1);
  holder.join();
}

TEST_CASE("folders that lie in one another are refused") {
  Batch batch;
  batch.options.outputs = batch.options.inputs / "out";
  CHECK_THROWS_AS(batch.run(), std::invalid_argument);
  CHECK_FALSE(fs::exists(batch.options.outputs));
  batch.options.outputs = batch.folder / "out";
  batch.options.inputs = batch.folder / "none";
  CHECK_THROWS_AS(batch.run(), std::invalid_argument);
}

TEST_CASE("other settings are noticed and read again where that is asked") {
  Batch batch;
  batch.scan("a.pdf", "pages=1");
  batch.run();
  batch.options.settings.page.max_megapixels = 50;
  CHECK(batch.run().documents == 0);
  REQUIRE(batch.notes.size() == 1);
  CHECK_THAT(batch.notes.front(), Catch::Contains("--redo changed"));
  batch.options.redo = Redo::Changed;
  CHECK(batch.run().documents == 1);
}

TEST_CASE("a watched folder is read when its files have stopped growing") {
  Batch batch;
  batch.options.watch = true;
  batch.options.settle_seconds = 0.2;
  batch.scan("a.pdf", "pages=1");
  int idle = 0;
  batch.options.on_idle = [&](Ledger& ledger) {
    if (ledger.counts().done == 1 && ++idle == 1) batch.scan("b.pdf", "pages=2");
    if (ledger.counts().done == 2) batch.interrupts = 1;
  };
  CHECK(batch.run().counts.done == 2);
}

}  // namespace
}  // namespace vanban::pipeline
