#include "pipeline/batch/report.h"

#include <catch2/catch.hpp>

#include "pipeline/batch/summary.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/made_summary.h"
#include "tests/pipeline/batch/never.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++out;
  return out;
}

// The report of two files with the same bytes, whose number is doubtful.
std::string made_report(const tests::Folder& folder) {
  const std::string scan = tests::read(fs::path(VANBAN_SOURCE_DIR) / "samples/ke-hoach-so.pdf");
  folder.file("in/hồ sơ/a.pdf", scan);
  folder.file("in/hồ sơ/b.pdf", scan);
  folder.file("out/pdf/hồ sơ/a.pdf");
  Ledger ledger = Ledger::open(folder / "out/ledger.sqlite");
  ledger.bind_to(folder / "in");
  ledger.add({{"hồ sơ/a.pdf", 1, 1}, {"hồ sơ/b.pdf", 1, 1}}, tests::kNever);
  Summary summary = tests::made_summary("67");
  for (SummaryField& field : summary.fields)
    if (field.name == "number") {
      field.page = 1;
      field.box = {60, 60, 100, 15};
      field.alternatives = {{"67", 0.7}, {"61", 0.2}};
    }
  summary.doubtful_figures = {{"số hộ", "12 hộ", "có 12 hộ", 1, 0.4}};
  summary.figures = 3;
  for (int i = 0; i < 2; ++i) {
    LedgerEntry entry = *ledger.next();
    entry.state = DocumentState::Done;
    entry.sha256 = "the same";
    entry.summary = summaries_to_json({summary});
    entry.doubts = 1;
    ledger.finish(entry);
  }
  write_report(ledger, folder / "out");
  return tests::read(report_file(folder / "out"));
}

TEST_CASE("a report leads to scan, copy and record, and shows what is doubtful") {
  const tests::Folder folder;
  const std::string report = made_report(folder);
  CHECK_THAT(report, Catch::Contains("href=\"../in/h%E1%BB%93%20s%C6%A1/a.pdf\""));
  CHECK_THAT(report, Catch::Contains("href=\"pdf/h%E1%BB%93%20s%C6%A1/a.pdf\""));
  CHECK_THAT(report, Catch::Contains("href=\"records/h%E1%BB%93%20s%C6%A1/a.json\""));
  CHECK_THAT(report, Catch::Contains("61 (20 %)"));
  // The number's picture and that of the page.
  CHECK(count(report, "data:image/png;base64,") == 2);
  CHECK_THAT(report, Catch::Contains("1 trong 3 số liệu"));
}

TEST_CASE("the same file is looked at once") {
  const tests::Folder folder;
  const std::string report = made_report(folder);
  CHECK(count(report, "class=\"review\"") == 1);
  CHECK_THAT(report, Catch::Contains("Tệp giống hệt nhau"));
  CHECK_THAT(report, !Catch::Contains("Trùng số"));
}

}  // namespace
}  // namespace vanban::pipeline
