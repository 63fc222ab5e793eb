#include "pipeline/page/trace.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

ocr::Line line() {
  ocr::Line out;
  for (const char* text : {"Báo", "cáo"}) {
    ocr::Word word;
    word.text = text;
    word.box = {10, 20, 40, 30};
    word.confidence = 0.5;
    out.words.push_back(word);
  }
  return out;
}

TEST_CASE("without a folder nothing is written") {
  const Trace trace({});
  CHECK_FALSE(trace.on());
  CHECK_NOTHROW(trace.words(1, "as-read", line().words));
  CHECK_NOTHROW(trace.image(1, "raster", {}));
  CHECK_NOTHROW(trace.text("a.json", "{}"));
}

TEST_CASE("each page and stage has a file of its own, in a folder that is made") {
  const tests::Folder folder;
  const Trace trace(folder / "a" / "b");
  CHECK(trace.on());
  trace.words(1, "text-layer", line().words);
  trace.lines(12, "signatures", {"một", "hai"});
  trace.lines(12, "nothing", {});
  trace.image(10'000, "raster", {1, 1, 1, 72, {0}});
  trace.text("record.json", "{}");
  const std::filesystem::path there = folder / "a" / "b";
  CHECK(tests::read(there / "p0001-text-layer.tsv") ==
        "10\t20\t40\t30\t0.5\tBáo\n10\t20\t40\t30\t0.5\tcáo\n");
  CHECK(tests::read(there / "p0012-signatures.tsv") == "một\nhai\n");
  CHECK_FALSE(std::filesystem::exists(there / "p0012-nothing.tsv"));
  CHECK(std::filesystem::exists(there / "p10000-raster.png"));
  CHECK(tests::read(there / "record.json") == "{}");
}

TEST_CASE("what was written can be taken back, and nothing else") {
  const tests::Folder folder;
  tests::write(folder / "own.txt", "mine");
  const Trace trace(folder.path());
  trace.words(1, "as-read", line().words);
  trace.image(1, "raster", {1, 1, 1, 72, {0}});
  trace.text("record.json", "{}");
  trace.discard();
  CHECK(folder.content() == std::map<std::string, std::string>{{"own.txt", "mine"}});
}

TEST_CASE("blocks are shown with their kinds and lines") {
  const tests::Folder folder;
  ocr::Block block;
  block.kind = ocr::BlockKind::Title;
  block.lines = {line()};
  Trace(folder.path()).blocks(1, "as-read", {block});
  CHECK(tests::read(folder / "p0001-as-read.tsv") ==
        "# title\n## Báo cáo\n10\t20\t40\t30\t0.5\tBáo\n10\t20\t40\t30\t0.5\tcáo\n");
}

TEST_CASE("a slot is shown with its readings") {
  const tests::Folder folder;
  ocr::Slot slot;
  slot.use = ocr::SlotUse::Day;
  slot.kind = ocr::SlotKind::Handwritten;
  slot.box = {1, 2, 3, 4};
  slot.engine_text = "l5";
  slot.engine_confidence = 0.25;
  slot.readings = {{"15", 0.75}};
  Trace(folder.path()).slot(3, slot, {1, 1, 1, 72, {0}});
  CHECK(tests::read(folder / "p0003-slot-day.tsv") ==
        "1\t2\t3\t4\thandwritten\tl5\t0.25\n15\t0.75\n");
  CHECK(std::filesystem::exists(folder / "p0003-slot-day.png"));
}

TEST_CASE("times are summed by page and stage, pages in order") {
  Timings timings;
  timings.add(2, "draw", 5);
  timings.add(1, "names", 1.5);
  timings.add(1, "draw", 2);
  timings.add(1, "names", 0.25);
  const std::vector<StageTime> rows = timings.rows();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].stage == "names");
  CHECK(rows[0].cpu_ms == 1.75);
  CHECK(rows[1].stage == "draw");
  CHECK(rows[1].page == 1);
  CHECK(rows[2].page == 2);
  CHECK(to_json(rows) ==
        "[\n  {\"page\": 1, \"stage\": \"names\", \"cpu_ms\": 1.75},"
        "\n  {\"page\": 1, \"stage\": \"draw\", \"cpu_ms\": 2.00},"
        "\n  {\"page\": 2, \"stage\": \"draw\", \"cpu_ms\": 5.00}\n]\n");
}

TEST_CASE("a stage that is timed gives what it would give, with a time or without") {
  Timings timings;
  CHECK(Trace({}, &timings).timed(3, "clean", [] { return 7; }) == 7);
  REQUIRE(timings.rows().size() == 1);
  CHECK(timings.rows()[0].cpu_ms >= 0);
  CHECK(Trace({}).timed(3, "clean", [] { return 7; }) == 7);
}

TEST_CASE("the time of a stage that fails is told, too") {
  Timings timings;
  CHECK_THROWS(Trace({}, &timings).timed(1, "draw", []() -> int { throw 5; }));
  CHECK(timings.rows().size() == 1);
}

}  // namespace
}  // namespace vanban::pipeline
