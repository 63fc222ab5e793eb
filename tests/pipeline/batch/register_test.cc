#include "pipeline/batch/register.h"

#include <catch2/catch.hpp>

#include "pipeline/batch/run_batch.h"
#include "pipeline/run.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/made_summary.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

void finish(Ledger& ledger, const std::string& summary, DocumentState state = DocumentState::Done) {
  LedgerEntry entry = *ledger.next();
  entry.state = state;
  entry.sha256 = "sha of " + entry.path.substr(0, 1);
  entry.summary = summary;
  if (state == DocumentState::Failed) {
    entry.code = "damaged";
    entry.message = "it is damaged";
  }
  ledger.finish(entry);
}

Ledger made_ledger(const tests::Folder& folder) {
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add({{"a.pdf", 1, 1}, {"a2.pdf", 1, 1}, {"b.pdf", 1, 1}},
             [](const LedgerEntry&) { return false; });
  finish(ledger, summaries_to_json({tests::made_summary("067")}));
  finish(ledger, summaries_to_json({tests::made_summary("=1+1")}));
  finish(ledger, "", DocumentState::Failed);
  return ledger;
}

TEST_CASE("a register comes back as it was written, the same bytes each time") {
  const tests::Folder folder;
  Ledger ledger = made_ledger(folder);
  const auto file = folder / GENERATE(std::string("r.csv"), std::string("r.xlsx"));
  CAPTURE(file);
  write_register(ledger, file);
  const std::string bytes = tests::read(file);
  write_register(ledger, file);
  CHECK(tests::read(file) == bytes);
  CHECK(folder.content().size() == 2 + (fs::exists(folder / "ledger.sqlite-wal") ? 2u : 0u));

  const std::vector<RegisterRow> rows = read_register(file);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].path == "a.pdf");
  CHECK(rows[0].first_page == 1);
  CHECK(rows[0].fields.at("number") == "067");
  CHECK(rows[1].fields.at("number") == "=1+1");
  CHECK(rows[0].fields.at("subject") == "Kết quả \"sáu tháng\", năm 2025");
  CHECK(rows[0].fields.at("recipients") == "- Như trên; Lưu: VT");
  CHECK(rows[0].fields.at("place") == std::nullopt);
  const CorrectionReport report = correct_from_register(ledger, folder.path(), file);
  CHECK(report.values == 0);
  CHECK(report.problems.empty());
}

TEST_CASE("the CSV register opens right in table programs") {
  const tests::Folder folder;
  Ledger ledger = made_ledger(folder);
  write_register(ledger, folder / "r.csv");
  const std::string csv = tests::read(folder / "r.csv");
  CHECK_THAT(csv,
             Catch::StartsWith("\xEF\xBB\xBF\"Tệp\",\"Từ trang\",\"Đến trang\",\"Số văn bản\""));
  CHECK_THAT(csv, Catch::Contains("\"'=1+1\""));
  CHECK_THAT(csv, Catch::Contains("\"Kết quả \"\"sáu tháng\"\", năm 2025\""));
  CHECK_THAT(csv, Catch::Contains("\"Cần xem lại\",\"Số văn bản\",\"\"\r\n"));
  CHECK_THAT(csv, Catch::EndsWith("\"a.pdf\"\r\n"));
}

TEST_CASE("what to review is said in Vietnamese") {
  Summary summary = tests::made_summary();
  summary.failed_checks = {"symbol_type: BC / KH", "new_check: a / b"};
  summary.pages.push_back({3, "ocr", std::nullopt, 0, 0, {"page_given_up"}});
  CHECK(what_to_review(summary) ==
        "Số văn bản; mâu thuẫn giữa ký hiệu và tên loại (BC / KH); mâu thuẫn new_check: a / b; "
        "trang 3 chưa đọc được");
}

TEST_CASE("a row of the JSON lines has all fields") {
  const tests::Folder folder;
  Ledger ledger = made_ledger(folder);
  write_register(ledger, folder / "r.jsonl");
  const std::string lines = tests::read(folder / "r.jsonl");
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
  CHECK_THAT(lines, Catch::StartsWith("{\"path\":\"a.pdf\",\"record\":\"records/a.json\""));
  CHECK_THAT(lines,
             Catch::Contains("\"number\":{\"value\":\"067\",\"confidence\":0.7,\"doubtful\":true"));
}

TEST_CASE("a register of another kind is refused before anything is done") {
  CHECK_THROWS_AS(check_register_name("register.ods"), std::invalid_argument);
  CHECK_THROWS_AS(check_register_name("register"), std::invalid_argument);
  const tests::Folder folder;
  CHECK_THROWS_AS(read_register(folder.file("x.csv", "a,b\n1,2\n")), std::invalid_argument);
  CHECK_THROWS_AS(read_register(folder.file("x.xlsx", "PK\3\4junk")), std::invalid_argument);
  CHECK_THROWS_AS(read_register(folder.file("y.csv", "")), std::invalid_argument);
  try {
    read_register(folder / "none.csv");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::Access);
  }
}

// ---- Corrections

struct Corrected {
  tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");

  Corrected() {
    ledger.add({{"thu.pdf", 1, 1}}, [](const LedgerEntry&) { return false; });
    const std::string record =
        extract_text({"thu.txt",
                      "TỈNH SÔNG THƯƠNG\nSố: 12/BC-UBND\nSông Thương, ngày 25 tháng 7 năm 2025\n"
                      "BÁO CÁO\nKết quả sáu tháng\n"},
                     {})
            .record_json;
    folder.file("records/thu.json", record);
    finish(ledger, summaries_to_json(summarize(record)));
  }

  CorrectionReport correct(const std::string& csv) {
    folder.file("r.csv", csv);
    return correct_from_register(ledger, folder.path(), folder / "r.csv");
  }
  Summary now() { return summaries_from_json(ledger.summary("thu.pdf")).front(); }
};

TEST_CASE("what a person typed goes into record, ledger and the next register") {
  Corrected batch;
  // As a table program of a Vietnamese office saves it.
  const CorrectionReport report = batch.correct(
      "Tệp;Số văn bản;Ngày, tháng, năm văn bản;Ghi chú\nthu.pdf;13;26/07/2025;của tôi\n");
  CHECK(report.documents == 1);
  CHECK(report.values == 2);
  CHECK(report.problems.empty());
  CHECK(batch.now().field("number").value == "13");
  CHECK(batch.now().field("number").source == "operator");
  CHECK(batch.now().field("date").value == "2025-07-26");
  CHECK(batch.now().field("code").value == "13/BC-UBND");
  CHECK(summarize(tests::read(batch.folder / "records/thu.json")).front().field("number").value ==
        "13");
  CHECK(batch.ledger.corrections("thu.pdf").size() == 2);
  write_register(batch.ledger, batch.folder / "next.csv");
  CHECK_THAT(tests::read(batch.folder / "next.csv"),
             Catch::Contains("\"13\",\"BC-UBND\",\"2025-07-26\""));
  CHECK(batch.correct(tests::read(batch.folder / "next.csv")).values == 0);
}

TEST_CASE("days are taken in the forms that table programs give them") {
  const auto [typed, day] =
      GENERATE(table<std::string, std::string>({{"2025-08-01", "2025-08-01"},
                                                {"1/8/2025", "2025-08-01"},
                                                {"01-08-2025", "2025-08-01"},
                                                {"45870", "2025-08-01"},
                                                {"29.2.2024", "2024-02-29"}}));
  CAPTURE(typed);
  Corrected batch;
  batch.correct("Tệp,\"Ngày, tháng, năm văn bản\"\nthu.pdf," + typed + "\n");
  CHECK(batch.now().field("date").value == day);
}

TEST_CASE("what cannot be taken is left alone, and that is said") {
  Corrected batch;
  const std::string before = tests::read(batch.folder / "records/thu.json");
  CHECK(batch.correct("Tệp,\"Ngày, tháng, năm văn bản\"\nthu.pdf,hôm qua\n").problems.size() == 1);
  CHECK(batch.correct("Tệp,\"Ngày, tháng, năm văn bản\"\nthu.pdf,30/02/2025\n").problems.size() ==
        1);
  CHECK(batch.correct("Tệp,Số văn bản\nother.pdf,5\n").problems.size() == 1);
  CHECK(tests::read(batch.folder / "records/thu.json") == before);
}

TEST_CASE("zeros that a table program drops and white space are no corrections") {
  Corrected batch;
  CHECK(batch.correct("Tệp,Số văn bản,Trích yếu nội dung\nthu.pdf,012,  Kết quả  sáu tháng \n")
            .values == 0);
}

TEST_CASE("an emptied cell says that the document has no such thing") {
  Corrected batch;
  CHECK(batch.correct("Tệp,Số văn bản\nthu.pdf,\n").values == 1);
  CHECK_FALSE(batch.now().field("number").value);
}

}  // namespace
}  // namespace vanban::pipeline
