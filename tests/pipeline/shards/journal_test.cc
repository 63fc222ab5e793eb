#include "pipeline/shards/journal.h"

#include <catch2/catch.hpp>

#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

std::string line(int second, const std::string& event, const std::string& path = "") {
  return R"({"time":"2026-01-01T00:00:)" + std::string(second < 10 ? "0" : "") +
         std::to_string(second) + R"(.000Z","event":")" + event + '"' +
         (path.empty() ? "" : R"(,"path":")" + path + '"') + "}";
}

TEST_CASE("whatever brought down a worker is blamed, until it is finished") {
  const tests::Folder folder;
  const auto killed =
      folder.file("1", line(1, "document_begins", "a") + '\n' + line(2, "document_begins", "b") +
                           '\n' + line(3, "document_ends", "a") + '\n');
  const auto cut_off = folder.file(
      "2", line(1, "document_begins", "b") + '\n' + line(2, "document_ends", "b").substr(0, 40));
  const auto stopped =
      folder.file("3", line(1, "document_begins", "b") + '\n' + line(2, "run_stops") + '\n');
  const auto ended = folder.file(
      "4", line(1, "document_begins", "b") + '\n' + line(2, "run_ends") + "\nnonsense\n[]\n");
  CHECK(killed_workers({killed, cut_off, stopped, ended}) == std::map<std::string, int>{{"b", 2}});
  // A run that went on by itself counts as many as went down in it.
  const auto crashes = folder.file(
      "5", line(1, "document_begins", "b") + '\n' + line(2, "worker_crashed", "b") + '\n' +
               line(3, "worker_killed", "b") + '\n' + line(4, "run_stops") + '\n');
  CHECK(killed_workers({crashes}) == std::map<std::string, int>{{"b", 2}});
  CHECK(killed_workers({killed, crashes}) == std::map<std::string, int>{{"b", 3}});
  const auto finished = folder.file("6", line(1, "document_ends", "b") + '\n');
  CHECK(killed_workers({killed, crashes, finished}).empty());
}

TEST_CASE("what a journal is to forget stands in it no more") {
  const tests::Folder folder;
  Journal journal(folder / "1");
  journal.write(line(1, "document_begins", "a"));
  journal.write(line(2, "document_begins", "b"));
  journal.write(line(3, "page", "a"));
  const std::size_t before = tests::read(folder / "1").size();
  journal.forget("a");
  journal.write(line(4, "document_withheld"));
  const std::string after = tests::read(folder / "1");
  CHECK(after.find("\"a\"") == std::string::npos);
  CHECK(after.size() == before + line(4, "document_withheld").size() + 1);
  std::string all;
  merge_journals({folder / "1"}, [&](std::string_view one) { all += one; });
  CHECK(all == line(2, "document_begins", "b") + '\n' + line(4, "document_withheld") + '\n');
}

TEST_CASE("a run that ends by itself blames nobody") {
  const tests::Folder folder;
  {
    Journal journal(folder / "journal");
    journal.write(line(1, "document_begins", "a"));
    journal.stop();
  }
  CHECK(killed_workers({folder / "journal"}).empty());
  CHECK(tests::read(folder / "journal") ==
        line(1, "document_begins", "a") + '\n' + line(1, "run_stops") + '\n');
}

TEST_CASE("journals become one in the order of time") {
  const tests::Folder folder;
  // Longer than what is read at once, and one that is cut off.
  const std::string longer = line(3, std::string(100'000, 'x'));
  const auto a = folder.file("a", line(1, "one") + '\n' + longer + '\n' + line(5, "five") + '\n');
  const auto b = folder.file("b", line(2, "two") + '\n' + line(3, "three") + "\n{\"time");
  const auto none = folder.file("c", "");
  std::string all;
  merge_journals({a, b, none}, [&](std::string_view one) { all += one; });
  CHECK(all == line(1, "one") + '\n' + line(2, "two") + '\n' + longer + '\n' + line(3, "three") +
                   '\n' + line(5, "five") + '\n');
}

}  // namespace
}  // namespace vanban::pipeline
