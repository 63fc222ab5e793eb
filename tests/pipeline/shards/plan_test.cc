#include "pipeline/shards/plan.h"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

// As much of a PDF as says how many pages it has.
std::string pdf_of_pages(int pages, const std::string& end = "") {
  std::string kids, out = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n";
  for (int i = 0; i < pages; ++i) kids += std::to_string(i + 3) + " 0 R ";
  out += "2 0 obj\n<< /Type /Pages /Kids [" + kids + "] /Count " + std::to_string(pages) +
         " >>\nendobj\n";
  for (int i = 0; i < pages; ++i)
    out += std::to_string(i + 3) +
           " 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>\nendobj\n";
  return out + "trailer\n<< /Root 1 0 R >>\n%%EOF\n" + end;
}

Plan plan_of(const tests::Folder& folder, int shards) {
  return make_plan(folder / "in", shards, {}, nullptr);
}

TEST_CASE("scans are counted in a sandbox") {
  const tests::Folder folder;
  folder.file("in/a.pdf", pdf_of_pages(2));
  const auto with = [&](SandboxMode mode) {
    return make_plan(folder / "in", 1, {"", mode}, nullptr);
  };
  if (sandbox_support().is_whole())
    CHECK(with(SandboxMode::Require).lists == with(SandboxMode::Off).lists);
  else
    CHECK_THROWS_AS(with(SandboxMode::Require), Error);
}

TEST_CASE("a plan has each file once, and shards with the same number of pages") {
  const tests::Folder folder;
  // 12 + 8 + 4 * 2 + 2 pages: two shards of 15.
  folder.file("in/a.pdf", pdf_of_pages(12));
  folder.file("in/x/b.pdf", pdf_of_pages(8));
  for (const char* name : {"in/c.pdf", "in/d.pdf", "in/e.pdf", "in/f.pdf", "in/g.pdf"})
    folder.file(name, pdf_of_pages(2, name));
  const Plan plan = plan_of(folder, 2);
  REQUIRE(plan.head.totals.size() == 2);
  CHECK(plan.head.totals[0].pages + plan.head.totals[1].pages == 30);
  CHECK(std::abs(plan.head.totals[0].pages - plan.head.totals[1].pages) <= 2);
  std::set<std::string> paths;
  for (const auto& list : plan.lists) {
    CHECK(std::is_sorted(list.begin(), list.end(),
                         [](const auto& a, const auto& b) { return a.path < b.path; }));
    for (const PlannedFile& file : list) paths.insert(file.path);
  }
  CHECK(paths ==
        std::set<std::string>{"a.pdf", "c.pdf", "d.pdf", "e.pdf", "f.pdf", "g.pdf", "x/b.pdf"});
  CHECK(plan.lists[0][0] ==
        PlannedFile{"a.pdf", "a", pdf_of_pages(12).size(), ocr::sha256_hex(pdf_of_pages(12)), 12});
}

TEST_CASE("the same files give the same plan, others another") {
  const tests::Folder folder;
  folder.file("in/a.pdf", pdf_of_pages(3));
  folder.file("in/b.pdf", pdf_of_pages(2));
  write_plan(plan_of(folder, 2), folder / "plan");
  write_plan(plan_of(folder, 2), folder / "again");
  for (const char* name : {"plan.json", "00001.jsonl", "00002.jsonl"})
    CHECK(tests::read(folder / "plan" / name) == tests::read(folder / "again" / name));
  CHECK_NOTHROW(write_plan(plan_of(folder, 2), folder / "plan"));
  folder.file("in/b.pdf", pdf_of_pages(2, "more"));
  CHECK_THROWS_WITH(write_plan(plan_of(folder, 2), folder / "plan"),
                    Catch::Contains("another plan"));
}

TEST_CASE("what cannot be counted is planned by its bytes") {
  const tests::Folder folder;
  folder.file("in/damaged.pdf", "%PDF-1.4\nnothing follows\n");
  folder.file("in/empty.pdf", "");
  folder.file("in/good.pdf", pdf_of_pages(2));
  const Plan plan = plan_of(folder, 1);
  REQUIRE(plan.lists[0].size() == 3);
  CHECK(plan.lists[0][0].pages == 0);
  CHECK(plan.lists[0][0].sha256 == ocr::sha256_hex("%PDF-1.4\nnothing follows\n"));
  CHECK(plan.lists[0][1].sha256 == ocr::sha256_hex(""));
  CHECK(plan.lists[0][2].pages == 2);
}

TEST_CASE("a plan comes back as it was written, whatever its files are called") {
  const tests::Folder folder;
  folder.file("in/kế hoạch \"1\".pdf", pdf_of_pages(1));
  folder.file("in/no\xffutf.pdf", pdf_of_pages(1, "other"));
  const Plan plan = plan_of(folder, 1);
  write_plan(plan, folder / "plan");
  CHECK(read_shard(folder / "plan", 1) == plan.lists[0]);
  const PlanHead head = read_plan_head(folder / "plan");
  CHECK(head.id == plan.head.id);
  CHECK(head.totals == plan.head.totals);
  CHECK(head.inputs == std::filesystem::canonical(folder / "in").string());
}

TEST_CASE("what is no plan is refused") {
  const tests::Folder folder;
  const std::string json = GENERATE("", "{}", "[]", R"({"plan_version": 2})",
                                    R"({"plan_version": 1, "inputs": "/x", "shards": 0})",
                                    R"({"plan_version": 1, "inputs": "/x", "shards": "many"})");
  folder.file("plan/plan.json", json);
  CHECK_THROWS_AS(read_plan_head(folder / "plan"), Error);
  CHECK_THROWS_AS(read_plan_head(folder / "nowhere"), Error);
  folder.file("in/a.pdf");
  CHECK_THROWS_AS(plan_of(folder, 0), std::invalid_argument);
}

TEST_CASE("without a plan each path has its shard, and all shards have some") {
  std::set<int> shards;
  for (int i = 0; i < 1000; ++i)
    shards.insert(shard_of_path("box/" + std::to_string(i) + ".pdf", 7));
  CHECK(shards == std::set<int>{1, 2, 3, 4, 5, 6, 7});
  CHECK(shard_of_path("a.pdf", 1) == 1);
}

}  // namespace
}  // namespace vanban::pipeline
