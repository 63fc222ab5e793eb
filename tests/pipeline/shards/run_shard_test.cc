#include "pipeline/shards/run_shard.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "ocr/document/error.h"
#include "pipeline/shards/journal.h"
#include "pipeline/shards/shard_files.h"
#include "tests/pipeline/shards/made_shards.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using tests::MadeShards;

LedgerEntry published(const MadeShards& made, int shard, const std::string& path) {
  return *Ledger::open_copy(published_ledger(made.folder / "out", shard)).find(path);
}

TEST_CASE("a shard reads its own files to the names that a batch of all gives") {
  MadeShards made;
  for (const char* name : {"a.pdf", "a.tif", "x/b.pdf", "x/c.pdf", "d.pdf"})
    made.scan(name, std::string("pages=2 ") + name);
  made.plan(2);
  CHECK(made.run(1).batch.counts.done + made.run(2).batch.counts.done == 5);
  made.run_whole("whole");
  CHECK(made.records("out") == made.records("whole"));
  CHECK(made.records("out").contains("/records/a.tif.json"));
  // Nothing is left on the machine's disk, nor is there a ledger of all yet.
  CHECK(fs::is_empty(made.folder / "scratch"));
  CHECK_FALSE(fs::exists(ledger_file(made.folder / "out")));
}

TEST_CASE("a shard that was read has nothing to do, and makes again what is gone") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("b.pdf", "pages=1 b");
  made.plan(1);
  CHECK(made.run(1).batch.documents == 2);
  CHECK(made.run(1).batch.documents == 0);
  const auto records = made.records("out");
  fs::remove(record_file(made.folder / "out", "b"));
  CHECK(made.run(1).batch.documents == 1);
  CHECK(made.records("out") == records);
}

TEST_CASE("without a plan all parts together are all files") {
  MadeShards made;
  for (int i = 0; i < 9; ++i) made.scan(std::to_string(i) + ".pdf", std::to_string(i));
  int documents = 0;
  for (int shard = 1; shard <= 3; ++shard) {
    BatchOptions options = made.options("out");
    options.inputs = made.folder / "in";
    documents += run_shard(options, {shard, 3, {}, made.folder / "scratch"}).batch.documents;
  }
  CHECK(documents == 9);
  made.run_whole("whole");
  CHECK(made.records("out") == made.records("whole"));
}

TEST_CASE("without a plan a folder that cannot be read may be read another time") {
  if (::geteuid() == 0) {
    WARN("left out: the superuser reads every folder");
    return;
  }
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("box/b.pdf", "pages=1");
  fs::permissions(made.folder / "in/box", fs::perms::none);
  BatchOptions options = made.options("out");
  options.inputs = made.folder / "in";
  const ShardResult result = run_shard(options, {1, 1, {}, made.folder / "scratch"});
  fs::permissions(made.folder / "in/box", fs::perms::owner_all);
  CHECK(result.batch.unread_folders == 1);
  CHECK(result.fault == Fault::Transient);
}

TEST_CASE("faults are told apart by what can be done about them") {
  const auto [orders, fault] = GENERATE(table<std::string, Fault>({
      {"pages=1", Fault::None},
      {"damaged", Fault::Permanent},
      {"crash_late", Fault::Permanent},
      {"pages=3 poison=2", Fault::Resource},
      {"nowhere", Fault::Transient},
  }));
  CAPTURE(orders);
  MadeShards made;
  made.scan("a.pdf", orders);
  made.scan("b.pdf", "pages=1");
  made.plan(1);
  CHECK(made.run(1).fault == fault);
  CHECK(fault_of("page_seconds") == Fault::Resource);
}

TEST_CASE("what could not be reached is tried again, what is damaged is not") {
  MadeShards made;
  made.scan("a.pdf", "damaged");
  made.scan("b.pdf", "nowhere");
  made.plan(1);
  CHECK(made.run(1).batch.failed == 2);
  made.scan("b.pdf", "pages=1");
  const ShardResult again = made.run(1);
  CHECK(again.batch.documents == 1);
  CHECK(again.batch.counts.done == 1);
  CHECK(made.notes.back().find("not what they were when the plan was made") != std::string::npos);
}

TEST_CASE("a document that was open when three runs were killed is set aside") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("b.pdf", "pages=1 b");
  made.plan(1);
  fs::create_directories(shards_folder(made.folder / "out"));
  for (int i = 1; i <= 3; ++i) {
    // Runs of another machine that was switched off.
    tests::write(shards_folder(made.folder / "out") /
                     ("00001.100" + std::to_string(i) + "-far-7.events.jsonl"),
                 R"({"time":"2026-01-01T00:00:00.000Z","event":"document_begins","path":"a.pdf"})"
                 "\n");
    if (i < 3) CHECK(killed_runs(journal_files(made.folder / "out", 1)).at("a.pdf") == i);
  }
  CHECK(made.run(1).batch.counts.done == 1);
  CHECK(published(made, 1, "a.pdf").code == "killed_runs");
  CHECK(published(made, 1, "a.pdf").message == "it was open each time when 3 runs were killed");
  CHECK(made.run(1).batch.documents == 0);
  // Who asks for it has it read.
  CHECK(made.run(1, Redo::Failed).batch.counts.done == 2);
}

TEST_CASE("where nothing can be written, what was done until then is published") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("b.pdf", "full");
  made.plan(1);
  CHECK_THROWS_AS(made.run(1), Error);
  CHECK(published(made, 1, "a.pdf").state == DocumentState::Done);
  CHECK(published(made, 1, "b.pdf").state == DocumentState::Waiting);
  CHECK(killed_runs(journal_files(made.folder / "out", 1)).empty());
}

TEST_CASE("results of another plan, and shards that are not, are refused") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.plan(1);
  CHECK_THROWS_AS(made.run(2), std::invalid_argument);
  made.run(1);
  fs::remove_all(made.folder / "plan");
  made.scan("b.pdf", "pages=1");
  made.plan(1);
  CHECK_THROWS_WITH(made.run(1), Catch::Contains("another plan"));
}

}  // namespace
}  // namespace vanban::pipeline
