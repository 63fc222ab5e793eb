#include "pipeline/shards/run_shard.h"

#include <unistd.h>

#include <catch2/catch.hpp>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "pipeline/record/secret.h"
#include "pipeline/shards/journal.h"
#include "pipeline/shards/shard_files.h"
#include "pipeline/shards/withheld_list.h"
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
    documents +=
        run_shard(options, {shard, 3, {}, made.folder / "scratch", made.folder / "withheld"})
            .batch.documents;
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
  const ShardResult result =
      run_shard(options, {1, 1, {}, made.folder / "scratch", made.folder / "withheld"});
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

TEST_CASE("a document that brought down three workers is set aside") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("b.pdf", "pages=1 b");
  made.plan(1);
  fs::create_directories(shards_folder(made.folder / "out"));
  const auto line = [](const std::string& event) {
    return R"({"time":"2026-01-01T00:00:00.000Z","event":")" + event +
           R"(","path":"a.pdf"})"
           "\n";
  };
  const auto place = [&](int run) {
    return shards_folder(made.folder / "out") /
           ("00001.100" + std::to_string(run) + "-far-7.events.jsonl");
  };
  const auto killed = [&] {
    return killed_workers(journal_files(made.folder / "out", 1)).at("a.pdf");
  };
  // Runs of another machine: in one a worker crashed and the next went down with the run.
  tests::write(place(1), line("document_begins") + line("worker_crashed"));
  CHECK(killed() == 2);
  SECTION("two are no reason yet") { CHECK(made.run(1).batch.counts.done == 2); }
  SECTION("three are") {
    tests::write(place(2), line("document_begins"));
    CHECK(killed() == 3);
    CHECK(made.run(1).batch.counts.done == 1);
    CHECK(published(made, 1, "a.pdf").code == "killed_workers");
    CHECK(published(made, 1, "a.pdf").message == "it brought down 3 workers");
    CHECK(made.run(1).batch.documents == 0);
    // Who asks for it has it read.
    CHECK(made.run(1, Redo::Failed).batch.counts.done == 2);
  }
}

// All that stands in a folder of results: names of files and their bytes.
std::string all_of_results(const MadeShards& made) {
  std::string out;
  for (const auto& [name, bytes] : made.folder.content())
    if (name.starts_with("out/")) out += name + bytes;
  return out;
}

TEST_CASE("the name of a file with a mark of secrecy stays on the machine that found it") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("palace.pdf", "secret=1");
  made.scan("twin-of-palace.pdf", "secret=1");
  made.plan(1);
  const ShardResult first = made.run(1);
  CHECK(first.batch.counts.done == 1);
  CHECK(first.batch.counts.failed == 1);
  const std::string sha256 = ocr::sha256_hex("secret=1");
  const LedgerEntry entry = published(made, 1, withheld_name(sha256));
  CHECK(entry.code == kSecret);
  CHECK(entry.sha256 == sha256);
  CHECK(entry.bytes == 0);
  CHECK(entry.message == withheld_message("Mật", machine_name()));
  CHECK(fs::exists(record_file(made.folder / "out", withheld_name(sha256))));
  CHECK_FALSE(fs::exists(record_file(made.folder / "out", "palace")));
  CHECK(all_of_results(made).find("palace") == std::string::npos);
  for (const std::string& note : made.notes) CHECK(note.find("palace") == std::string::npos);
  // Here both are known, and to nobody else.
  const fs::path list = withheld_list(made.folder / "withheld");
  CHECK((fs::status(list).permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  std::string lines;
  for (const char* path : {"palace.pdf", "twin-of-palace.pdf"})
    lines += R"({"inputs":")" + fs::canonical(made.folder / "in").string() + R"(","path":")" +
             path + R"(","sha256":")" + sha256 +
             R"(","secrecy":"Mật"})"
             "\n";
  CHECK(tests::read(list) == lines);

  SECTION("another machine reads it no more, and gets to know no name") {
    CHECK(made.run(1, Redo::Nothing, "elsewhere").batch.documents == 0);
    CHECK_FALSE(fs::exists(withheld_list(made.folder / "elsewhere")));
    CHECK(published(made, 1, withheld_name(sha256)).message == entry.message);
  }
  SECTION("who asks for it has it read again") {
    CHECK(made.run(1, Redo::Failed).batch.documents == 1);
    CHECK(tests::read(list) == lines);
    CHECK(all_of_results(made).find("palace") == std::string::npos);
  }
}

TEST_CASE("names of files with a mark of secrecy are kept in a folder of one's own alone") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.plan(1);
  fs::create_directory(made.folder / "withheld");
  fs::permissions(made.folder / "withheld", fs::perms::all);
  CHECK_THROWS_WITH(made.run(1), Catch::Contains("no folder of yours alone"));
  fs::remove(made.folder / "withheld");
  fs::create_directory_symlink(made.folder / "in", made.folder / "withheld");
  CHECK_THROWS_WITH(made.run(1), Catch::Contains("no folder of yours alone"));
}

TEST_CASE("where nothing can be written, what was done until then is published") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("b.pdf", "full");
  made.plan(1);
  CHECK_THROWS_AS(made.run(1), Error);
  CHECK(published(made, 1, "a.pdf").state == DocumentState::Done);
  CHECK(published(made, 1, "b.pdf").state == DocumentState::Waiting);
  CHECK(killed_workers(journal_files(made.folder / "out", 1)).empty());
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
