#include "pipeline/batch/ledger.h"

#include <sqlite3.h>

#include <chrono>
#include <string>
#include <thread>

#include <catch2/catch.hpp>

#include "pipeline/record/secret.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/never.h"

namespace vanban::pipeline {
namespace {

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
    ledger.add(files({"c.pdf", "a.pdf", "b.pdf"}), tests::kNever);
    ledger.add(files({"c.pdf", "a.pdf", "b.pdf"}), tests::kNever);
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

TEST_CASE("a ledger that another holds is waited for") {
  const tests::Folder folder;
  const std::string file = (folder / "ledger.sqlite").string();
  Ledger ledger = Ledger::open(file);
  sqlite3* other = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &other) == SQLITE_OK);
  REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
  std::thread holder([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
  });
  const auto begun = std::chrono::steady_clock::now();
  CHECK_NOTHROW(ledger.add(files({"a.pdf"}), tests::kNever));
  CHECK(std::chrono::steady_clock::now() - begun > std::chrono::milliseconds(200));
  holder.join();
  sqlite3_close(other);
  CHECK(ledger.counts().waiting == 1);
}

TEST_CASE("an input that changed is noted where it was read and read where it was not") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"done.pdf", "failed.pdf", "waiting.pdf"}), tests::kNever);
  finish(ledger, *ledger.next(), DocumentState::Done);
  finish(ledger, *ledger.next(), DocumentState::Failed);
  SECTION("other bytes") {
    ledger.add(files({"done.pdf", "failed.pdf", "waiting.pdf"}, 2), tests::kNever);
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

TEST_CASE("files that are gone or set aside are not read and count no longer") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a", "b", "c", "d"}), tests::kNever);
  finish(ledger, *ledger.next(), DocumentState::Done);
  finish(ledger, *ledger.next(), DocumentState::Failed);
  ledger.mark_gone(files({"a", "b", "d"}));
  CHECK(ledger.counts().gone == 1);
  CHECK(ledger.set_aside("b"));
  CHECK_FALSE(ledger.set_aside("none"));
  CHECK(ledger.counts().failed == 0);
  CHECK(ledger.counts().aside == 1);
  CHECK(ledger.counts().all() == 2);
  ledger.redo(Redo::All, "", "");
  CHECK(ledger.next()->path == "a");
  CHECK(ledger.next()->path == "d");
  CHECK_FALSE(ledger.next());
  // Back again; the other stays aside until it changes.
  ledger.mark_gone(files({"a", "b", "c", "d"}));
  CHECK(ledger.next()->path == "c");
  CHECK_FALSE(ledger.next());
  ledger.add(files({"b"}, 2), tests::kNever);
  CHECK(ledger.next()->path == "b");
}

TEST_CASE("documents are read again as asked") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a", "b", "c", "d"}), tests::kNever);
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

TEST_CASE("of a withheld file nothing is left but hash and message, until it is read again") {
  const tests::Folder folder;
  const std::string sha256(64, 'a');
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a", "b"}), tests::kNever);
  LedgerEntry entry = *ledger.next();
  entry.sha256 = sha256;
  entry.message = "why";
  entry.version = "1";
  entry.settings = "set";
  ledger.withhold(entry);
  CHECK_FALSE(ledger.find("a"));
  CHECK(ledger.is_withheld(sha256));
  CHECK_FALSE(ledger.is_withheld(std::string(64, 'b')));
  CHECK(ledger.withheld() == std::map<std::string, int>{{"why", 1}});
  const LedgerEntry known = *ledger.find(withheld_name(sha256));
  CHECK(known.bytes == 0);
  CHECK(known.state == DocumentState::Failed);
  // It is no input, so it cannot be gone.
  ledger.mark_gone(files({"b"}));
  CHECK(ledger.counts().gone == 0);
  CHECK(ledger.counts().failed == 1);
  SECTION("as asked") {
    const auto [redo, version, stays] = GENERATE(table<Redo, std::string, bool>({
        {Redo::Nothing, "2", true},
        {Redo::Unreachable, "2", true},
        {Redo::Changed, "1", true},
        {Redo::Changed, "2", false},
        {Redo::Failed, "1", false},
        {Redo::All, "1", false},
    }));
    ledger.redo(redo, version, "set");
    CHECK(ledger.is_withheld(sha256) == stays);
    CHECK(ledger.next()->path == "b");
  }
  SECTION("by another machine, and the other way round") {
    Ledger other = Ledger::open(folder / "other.sqlite");
    other.add(files({"a"}), tests::kNever);
    finish(other, *other.next(), DocumentState::Done, sha256);
    other.save_copy(folder / "read", folder / ".");
    ledger.save_copy(folder / "withheld", folder / ".");
    CHECK(ledger.absorb(folder / "read") == 1);
    CHECK_FALSE(ledger.is_withheld(sha256));
    CHECK(ledger.find("a"));
    other.absorb(folder / "withheld");
    CHECK(other.is_withheld(sha256));
    CHECK_FALSE(other.find("a"));
    CHECK(other.summary("a").empty());
  }
}

TEST_CASE("names of results never change and are never given twice") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a.pdf"}), tests::kNever);
  ledger.add(files({"a.pdf", "a.tif"}), tests::kNever);
  CHECK(ledger.find("a.pdf")->stem == "a");
  CHECK(ledger.find("a.tif")->stem == "a.tif");
}

TEST_CASE("files with the same bytes are found") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a", "b", "c"}), tests::kNever);
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

TEST_CASE("each document of a file has its own corrections, until they are in its record") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a"}), tests::kNever);
  ledger.correct("a", {{"number", "6", 1}});
  ledger.correct("a", {{"number", "7", 4}});
  CHECK(ledger.corrections("a") == std::vector<Correction>{{"number", "6", 1}, {"number", "7", 4}});
  CHECK(ledger.corrected_paths() == std::vector<std::string>{"a"});
  CHECK(ledger.paths_to_correct() == std::vector<std::string>{"a"});
  ledger.set_summary("a", "[]", 0, ledger.corrections("a"));
  CHECK(ledger.paths_to_correct().empty());
  ledger.correct("a", {{"number", "8", 1}});
  finish(ledger, *ledger.next(), DocumentState::Done, "one");
  CHECK(ledger.paths_to_correct().empty());
}

TEST_CASE("a file that moved keeps its corrections, a copy has none") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"old", "stays"}), tests::kNever);
  finish(ledger, *ledger.next(), DocumentState::Done, "one");
  finish(ledger, *ledger.next(), DocumentState::Done, "two");
  ledger.correct("old", {{"number", "6", 1}});
  ledger.correct("stays", {{"number", "7", 1}});
  const auto is_gone = [](const LedgerEntry& entry) { return entry.path == "old"; };
  ledger.inherit_corrections("new", "one", is_gone);
  ledger.inherit_corrections("copy", "two", is_gone);
  CHECK(ledger.corrections("new") == std::vector<Correction>{{"number", "6", 1}});
  CHECK(ledger.corrections("copy").empty());
}

TEST_CASE("a ledger of the format before is brought up, one of a later is refused") {
  const tests::Folder folder;
  const auto file = folder / "ledger.sqlite";
  const auto execute = [&](const char* sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
  };
  Ledger::open(file);
  execute(
      "ALTER TABLE documents DROP COLUMN apart;"
      "DROP TABLE corrections; DROP TABLE to_correct; DROP TABLE registers;"
      "DROP TABLE decisions; DROP TABLE before_decisions;"
      "CREATE TABLE corrections(path TEXT NOT NULL, field TEXT NOT NULL, value TEXT, corrected "
      "TEXT "
      "NOT NULL, PRIMARY KEY(path, field)) WITHOUT ROWID;"
      "INSERT INTO corrections VALUES('a', 'number', '6', '2026-01-01T00:00:00Z');"
      "PRAGMA user_version = 1;");
  {
    Ledger ledger = Ledger::open(file);
    CHECK(ledger.corrections("a") == std::vector<Correction>{{"number", "6", 0}});
    ledger.correct("a", {{"number", "7", 4}});
    CHECK(ledger.registers().empty());
  }
  execute(
      "ALTER TABLE documents DROP COLUMN apart; DROP TABLE decisions; DROP TABLE "
      "before_decisions; PRAGMA user_version = 2;");
  CHECK(Ledger::open(file).corrections("a").size() == 2);
  execute("PRAGMA user_version = 5;");
  CHECK_THROWS_WITH(Ledger::open(file), Catch::Contains("newer version"));
}

Decision decided(const std::string& field, const std::optional<std::string>& value) {
  Decision out;
  out.path = "a";
  out.correction = {field, value, 1};
  out.kind = value ? DecisionKind::Value : DecisionKind::Absent;
  out.who = "Lê Thị Bưởi";
  out.shown = "5";
  return out;
}

TEST_CASE("a decision is kept with who and when, corrects at once and can be taken back") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a"}), tests::kNever);
  // There is no record to decide about yet.
  CHECK_FALSE(ledger.decide(decided("number", "6"), "{}", 0));
  finish(ledger, *ledger.next(), DocumentState::Done, "one");
  ledger.correct("a", {{"number", "4", 1}});
  REQUIRE(ledger.decide(decided("number", "6"), "as read", 0));
  CHECK(ledger.corrections("a") == std::vector<Correction>{{"number", "6", 1}});
  CHECK(ledger.paths_to_correct() == std::vector<std::string>{"a"});
  CHECK(ledger.record_before_decisions("a") == "as read");
  const std::vector<Decision> all = ledger.decisions();
  REQUIRE(all.size() == 1);
  CHECK(all[0].who == "Lê Thị Bưởi");
  CHECK(all[0].shown == "5");
  CHECK(all[0].made.size() == std::string("2026-01-01T00:00:00Z").size());

  // Who does not know of it cannot write over it.
  CHECK_FALSE(ledger.decide(decided("number", "7"), "later", 0));
  REQUIRE(ledger.decide(decided("urgency", std::nullopt), "later", all[0].id));
  CHECK(ledger.record_before_decisions("a") == "as read");
  const long long last = ledger.decisions("a").back().id;
  CHECK_FALSE(ledger.undo(all[0], "another", all[0].id));
  REQUIRE(ledger.undo(all[0], "another", last));
  CHECK(ledger.corrections("a") ==
        std::vector<Correction>{{"number", "4", 1}, {"urgency", std::nullopt, 1}});
  CHECK_FALSE(ledger.can_undo(ledger.decisions("a").front()));
  const Decision urgency = ledger.decisions("a")[1];
  REQUIRE(ledger.undo(urgency, "another", ledger.decisions("a").back().id));
  CHECK(ledger.corrections("a") == std::vector<Correction>{{"number", "4", 1}});
}

TEST_CASE("what was decided about an earlier reading cannot be taken back") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add(files({"a"}), tests::kNever);
  finish(ledger, *ledger.next(), DocumentState::Done, "one");
  REQUIRE(ledger.decide(decided("number", "6"), "as read", 0));
  ledger.redo(Redo::All, "", "");
  finish(ledger, *ledger.next(), DocumentState::Done, "one");
  CHECK(ledger.record_before_decisions("a").empty());
  const Decision first = ledger.decisions("a").front();
  CHECK_FALSE(ledger.can_undo(first));
  REQUIRE(ledger.decide(decided("number", "7"), "read anew", first.id));
  CHECK_FALSE(ledger.can_undo(first));
  CHECK(ledger.corrections("a") == std::vector<Correction>{{"number", "7", 1}});
}

TEST_CASE("a correction that came while a record was written is still to be put into it") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.correct("a", {{"number", "6", 1}});
  const std::vector<Correction> contained = ledger.corrections("a");
  ledger.correct("a", {{"number", "7", 1}});
  ledger.set_summary("a", "[]", 0, contained);
  CHECK(ledger.paths_to_correct() == std::vector<std::string>{"a"});
}

TEST_CASE("of a register the last ones stay known, the newest first") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  const std::string bytes("a\0b", 3);
  // A few at a time, as from a file.
  const ByteSource source{bytes.size(), [&](std::uint64_t at, std::size_t most) {
                            return bytes.substr(at, std::min<std::size_t>(most, 2));
                          }};
  for (const char* hash : {"1", "2", "3", "1"})
    ledger.remember_register("r", hash, false, source, 2);
  ledger.remember_register("s", "4", true, {}, 2);
  const std::vector<KnownRegister> known = ledger.registers("r");
  REQUIRE(known.size() == 2);
  CHECK(known[0].sha256 == "1");
  CHECK(known[0].has_bytes);
  CHECK(ledger.bytes_of_register(known[0]) == bytes);
  CHECK_FALSE(ledger.registers("s")[0].has_bytes);
  CHECK(known[1].sha256 == "3");
  CHECK_FALSE(known[0].in_place);
  ledger.register_is_in_place("r", "1");
  CHECK(ledger.registers("r")[0].in_place);
  CHECK(ledger.registers().size() == 3);
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

TEST_CASE("the language of sheets is kept, the first one unless another is asked for") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  CHECK(ledger.language() == Language::English);
  ledger.keep_language(Language::Vietnamese, false);
  ledger.keep_language(Language::English, false);
  CHECK(ledger.language() == Language::Vietnamese);
  ledger.keep_language(Language::English, true);
  CHECK(ledger.language() == Language::English);
}

TEST_CASE("the pace is that of the last runs together") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  CHECK(ledger.pace(2).documents == 0);
  for (const auto& [jobs, seconds] : {std::pair{1, 100.0}, {2, 10.0}, {4, 5.0}}) {
    const long long run = ledger.begin_run(jobs, "1");
    ledger.count_in_run(run, 3, seconds / 2);
    ledger.count_in_run(run, 3, seconds);
  }
  CHECK(ledger.pace(1).documents == 2);
  CHECK(ledger.pace(1).job_seconds == 20);
  CHECK(ledger.pace(2).documents == 4);
  CHECK(ledger.pace(2).job_seconds == 40);
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
