#include "pipeline/batch/ledger.h"

#include <catch2/catch.hpp>

#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

const auto kNeverSame = [](const LedgerEntry&) { return false; };

std::vector<InputFile> files(const std::vector<std::string>& paths, std::int64_t time = 1) {
  std::vector<InputFile> out;
  for (const std::string& path : paths) out.push_back({path, 10, time});
  return out;
}

void finish(Ledger& ledger, LedgerEntry entry, DocumentState state,
            const std::string& sha256 = "s") {
  entry.state = state;
  entry.sha256 = sha256;
  entry.version = "1";
  entry.settings = "set";
  entry.pages = 2;
  entry.doubts = state == DocumentState::Done ? 0 : 1;
  entry.summary = "summary of " + entry.path;
  ledger.finish(entry);
}

TEST_CASE("documents are taken by path, each once, and what is finished outlives the process") {
  const tests::Folder folder;
  {
    Ledger ledger = Ledger::open(folder / "ledger.sqlite");
    ledger.add(files({"c.pdf", "a.pdf", "b.pdf"}), kNeverSame);
    ledger.add(files({"c.pdf", "a.pdf", "b.pdf"}), kNeverSame);
    CHECK(ledger.counts().waiting == 3);
    const auto first = ledger.next(), second = ledger.next();
    CHECK(first->path == "a.pdf");
    CHECK(first->stem == "a");
    CHECK(second->path == "b.pdf");
    finish(ledger, *first, DocumentState::Done);
  }
  Ledger ledger = Ledger::open_existing(folder / "ledger.sqlite");
  const LedgerCounts counts = ledger.counts();
  CHECK(counts.done == 1);
  CHECK(counts.running == 1);
  CHECK(counts.waiting == 1);
  CHECK(counts.pages == 2);
  CHECK(ledger.summary("a.pdf") == "summary of a.pdf");
  const std::vector<LedgerEntry> open = ledger.take_back_running();
  REQUIRE(open.size() == 1);
  CHECK(open[0].path == "b.pdf");
  CHECK(ledger.next()->path == "b.pdf");
  CHECK(ledger.next()->path == "c.pdf");
  CHECK_FALSE(ledger.next());
}

TEST_CASE("an input that changed is noted where it was read and read where it was not") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"done.pdf", "failed.pdf", "waiting.pdf"}), kNeverSame);
  finish(ledger, *ledger.next(), DocumentState::Done);
  finish(ledger, *ledger.next(), DocumentState::Failed);
  SECTION("other bytes") {
    ledger.add(files({"done.pdf", "failed.pdf", "waiting.pdf"}, 2), kNeverSame);
    CHECK(ledger.find("done.pdf")->changed);
    CHECK(ledger.find("done.pdf")->state == DocumentState::Done);
    CHECK(ledger.find("failed.pdf")->state == DocumentState::Waiting);
    CHECK(ledger.redo(Redo::Changed, "1", "set") == 1);
    CHECK(ledger.find("done.pdf")->state == DocumentState::Waiting);
  }
  SECTION("another time alone") {
    ledger.add(files({"done.pdf"}, 2), [](const LedgerEntry&) { return true; });
    CHECK_FALSE(ledger.find("done.pdf")->changed);
    CHECK(ledger.redo(Redo::Changed, "1", "set") == 0);
  }
}

TEST_CASE("documents are read again as asked") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a", "b", "c", "d"}), kNeverSame);
  for (const DocumentState state :
       {DocumentState::Done, DocumentState::Partial, DocumentState::Failed})
    finish(ledger, *ledger.next(), state);
  CHECK(ledger.redo(Redo::Nothing, "1", "set") == 0);
  CHECK(ledger.count_otherwise_read("1", "set") == 0);
  CHECK(ledger.count_otherwise_read("2", "set") == 2);
  SECTION("failed") {
    CHECK(ledger.redo(Redo::Failed, "1", "set") == 2);
    CHECK(ledger.counts().waiting == 3);
  }
  SECTION("by another version") { CHECK(ledger.redo(Redo::Changed, "2", "set") == 3); }
  SECTION("with other settings") { CHECK(ledger.redo(Redo::Changed, "1", "other") == 3); }
  SECTION("all") {
    ledger.redo(Redo::All, "1", "set");
    CHECK(ledger.counts().waiting == 4);
  }
}

TEST_CASE("names of results never change and are never given twice") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a.pdf"}), kNeverSame);
  ledger.add(files({"a.pdf", "a.tif"}), kNeverSame);
  CHECK(ledger.find("a.pdf")->stem == "a");
  CHECK(ledger.find("a.tif")->stem == "a.tif");
}

TEST_CASE("files with the same bytes are found") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a", "b", "c"}), kNeverSame);
  finish(ledger, *ledger.next(), DocumentState::Done, "one");
  finish(ledger, *ledger.next(), DocumentState::Done, "two");
  finish(ledger, *ledger.next(), DocumentState::Done, "one");
  CHECK(ledger.same_bytes() == std::vector<std::vector<std::string>>{{"a", "c"}});
  CHECK(ledger.read_before("one", "1", "set")->path == "a");
  CHECK_FALSE(ledger.read_before("one", "2", "set"));
  CHECK_FALSE(ledger.read_before("none", "1", "set"));
}

TEST_CASE("the last correction of a field counts") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.correct("a", {{"number", "6"}, {"urgency", std::nullopt}});
  ledger.correct("a", {{"number", "7"}});
  CHECK(ledger.corrections("a") ==
        std::vector<Correction>{{"number", "7"}, {"urgency", std::nullopt}});
  CHECK(ledger.corrections("b").empty());
}

TEST_CASE("a ledger is of one folder of scans") {
  const tests::Folder folder;
  folder.file("one/x");
  folder.file("two/x");
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.bind_to(folder / "one");
  CHECK_NOTHROW(ledger.bind_to(folder / "one"));
  CHECK_THROWS_AS(ledger.bind_to(folder / "two"), LedgerError);
}

TEST_CASE("what is no ledger is refused and left as it is") {
  const tests::Folder folder;
  CHECK_THROWS_AS(Ledger::open_existing(folder / "none.sqlite"), LedgerError);
  CHECK(folder.content().empty());
  const std::string junk(5000, 'x');
  folder.file("junk.sqlite", junk);
  CHECK_THROWS_AS(Ledger::open(folder / "junk.sqlite"), LedgerError);
  CHECK(tests::read(folder / "junk.sqlite") == junk);
}

TEST_CASE("one holds the lock at a time") {
  const tests::Folder folder;
  {
    const auto lock = FolderLock::take(folder.path());
    REQUIRE(lock);
    CHECK_FALSE(FolderLock::take(folder.path()));
  }
  CHECK(FolderLock::take(folder.path()));
  CHECK_THROWS_AS(FolderLock::take(folder / "none"), LedgerError);
}

}  // namespace
}  // namespace vanban::pipeline
