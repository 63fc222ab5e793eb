#include "pipeline/shards/merge.h"

#include <catch2/catch.hpp>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/report.h"
#include "pipeline/record/secret.h"
#include "pipeline/shards/shard_files.h"
#include "tests/pipeline/batch/register_bytes.h"
#include "tests/pipeline/shards/made_shards.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using tests::MadeShards;

std::string register_of(const MadeShards& made, const std::string& outputs) {
  Ledger ledger = Ledger::open_existing(ledger_file(made.folder / outputs));
  return tests::register_bytes(ledger, "register.csv");
}

TEST_CASE("what the shards read makes the ledger and the register of one batch") {
  MadeShards made;
  for (int i = 0; i < 7; ++i)
    made.scan(std::to_string(i) + ".pdf",
              i == 3 ? "damaged"
                     : "pages=" + std::to_string(i % 3 + 1) + " doubts=1 " + std::to_string(i));
  made.plan(3);
  for (const int shard : {2, 3, 1}) made.run(shard);
  CHECK_FALSE(is_merged(made.folder / "out"));
  const MergeResult result = merge_shards(made.folder / "out");
  CHECK(result.missing.empty());
  CHECK(result.taken_over == 7);
  CHECK(result.counts.done == 6);
  CHECK(result.counts.failed == 1);
  CHECK(result.ways == 1);
  CHECK(is_merged(made.folder / "out"));
  made.run_whole("whole");
  CHECK(register_of(made, "out") == register_of(made, "whole"));
  // As one batch it has nothing left to do.
  CHECK(made.run_whole("out").documents == 0);
}

TEST_CASE("merging once more changes nothing, and goes on from where it was") {
  MadeShards made;
  made.scan("a.pdf", "pages=1 a");
  made.scan("b.pdf", "pages=1 b");
  made.plan(2);
  made.run(1);
  const MergeResult first = merge_shards(made.folder / "out");
  REQUIRE(first.missing.size() == 1);
  CHECK(first.missing[0].number == 2);
  CHECK_FALSE(first.missing[0].begun);
  CHECK(first.missing[0].files == 1);
  CHECK(counts_of(shards_standing(made.folder / "out")).waiting == 1);
  CHECK(merge_shards(made.folder / "out").taken_over == 0);
  made.run(2);
  CHECK(merge_shards(made.folder / "out").taken_over == 1);
  CHECK(merge_shards(made.folder / "out").missing.empty());
}

TEST_CASE("what a person corrected stays when shards are merged again") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.plan(1);
  made.run(1);
  merge_shards(made.folder / "out");
  {
    Ledger ledger = Ledger::open_existing(ledger_file(made.folder / "out"));
    ledger.correct("a.pdf", {{"number", "68", 0}});
    ledger.set_summary("a.pdf", "[]", 0, ledger.corrections("a.pdf"));
  }
  merge_shards(made.folder / "out");
  Ledger ledger = Ledger::open_existing(ledger_file(made.folder / "out"));
  CHECK(ledger.corrections("a.pdf").size() == 1);
  CHECK(ledger.summary("a.pdf") == "[]");
  CHECK(ledger.paths_to_correct().empty());
}

TEST_CASE("a record that is gone is told of, and its document waits") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.plan(1);
  made.run(1);
  fs::remove(record_file(made.folder / "out", "a"));
  const MergeResult result = merge_shards(made.folder / "out");
  CHECK(result.without_record == std::vector<std::string>{"a.pdf"});
  CHECK(result.counts.waiting == 1);
}

TEST_CASE("of withheld files merging tells how many there are, of what mark and where") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.scan("palace.pdf", "secret=1");
  made.scan("villa.pdf", "secret=1 ");
  made.plan(2);
  made.run(1);
  made.run(2);
  const std::map<std::string, int> withheld{{withheld_message("Mật", machine_name()), 2}};
  CHECK(withheld_of(shards_standing(made.folder / "out")) == withheld);
  const MergeResult result = merge_shards(made.folder / "out");
  CHECK(result.withheld == withheld);
  CHECK(result.counts.failed == 2);
  CHECK(result.without_record.empty());
  Ledger ledger = Ledger::open_existing(ledger_file(made.folder / "out"));
  write_report(ledger, made.folder / "out");
  tests::write(made.folder / "out/register.csv", tests::register_bytes(ledger, "register.csv"));
  tests::write(made.folder / "out/register.jsonl", tests::register_bytes(ledger, "register.jsonl"));
  for (const auto& [name, bytes] : made.folder.content())
    if (name.starts_with("out/")) {
      CAPTURE(name);
      CHECK((name + bytes).find("palace") == std::string::npos);
      CHECK((name + bytes).find("villa") == std::string::npos);
    }
  CHECK_THAT(tests::read(report_file(made.folder / "out")),
             Catch::Contains(withheld_name(ocr::sha256_hex("secret=1"))));
  CHECK_THAT(tests::read(made.folder / "out/events.jsonl"),
             Catch::Contains("document_withheld") && Catch::Contains(machine_name()));
  // A batch over the same scans leaves them alone.
  CHECK(made.run_whole("out").documents == 0);
  CHECK(ledger.withheld() == withheld);
  CHECK(ledger.counts().all() == 3);
}

TEST_CASE("a shard whose ledger cannot be used counts as not begun") {
  MadeShards made;
  made.scan("a.pdf", "pages=1");
  made.plan(1);
  made.run(1);
  tests::write(published_ledger(made.folder / "out", 1), "no ledger");
  REQUIRE(shards_standing(made.folder / "out").size() == 1);
  CHECK_FALSE(shards_standing(made.folder / "out")[0].begun);
  CHECK(made.run(1).batch.documents == 1);
  CHECK(shards_standing(made.folder / "out")[0].complete());
}

TEST_CASE("a folder without results of shards is refused") {
  MadeShards made;
  CHECK_THROWS_AS(shards_standing(made.folder / "in"), Error);
}

TEST_CASE("events of all shards are one list in the order of time") {
  MadeShards made;
  made.scan("a.pdf", "pages=1 a");
  made.scan("b.pdf", "pages=1 b");
  made.plan(2);
  made.run(2);
  made.run(1);
  merge_shards(made.folder / "out");
  const std::string events = tests::read(made.folder / "out/events.jsonl");
  CHECK(events.find("b.pdf") < events.find("a.pdf"));
  CHECK(events.ends_with("}\n"));
}

}  // namespace
}  // namespace vanban::pipeline
