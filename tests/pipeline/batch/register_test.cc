#include "pipeline/batch/register.h"

#include <zip.h>
#include <algorithm>
#include <chrono>

#include <catch2/catch.hpp>

#include "pipeline/batch/read_register.h"
#include "pipeline/batch/report.h"
#include "pipeline/sheets/workbook.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/made_summary.h"
#include "tests/pipeline/batch/never.h"
#include "tests/pipeline/batch/register_bytes.h"
#include "tests/pipeline/endless_pdf.h"

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
  ledger.add({{"a.pdf", 1, 1}, {"a2.pdf", 1, 1}, {"b.pdf", 1, 1}}, tests::kNever);
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
  const std::string bytes = tests::register_bytes(ledger, file);
  CHECK(tests::register_bytes(ledger, file) == bytes);
  CHECK_FALSE(fs::exists(file));

  const std::vector<RegisterRow> rows = read_register(bytes).rows;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].path == "a.pdf");
  CHECK(rows[0].first_page == 1);
  CHECK(rows[0].fields.at("number") == "067");
  CHECK(rows[1].fields.at("number") == "=1+1");
  CHECK(rows[0].fields.at("subject") == "Kết quả \"sáu tháng\", năm 2025");
  CHECK(rows[0].fields.at("recipients") == "- Như trên; Lưu: VT");
  CHECK(rows[0].fields.at("place") == std::nullopt);
  CHECK(rows[0].sha256 == "sha of a");
  const Summary summary = summaries_from_json(ledger.summary("a.pdf")).front();
  CHECK(typed_into(rows[0], nullptr, summary).corrections.empty());
}

TEST_CASE("a register says which files are gone, set aside or replaced") {
  const tests::Folder folder;
  Ledger ledger = made_ledger(folder);
  ledger.add({{"a.pdf", 2, 2}, {"a2.pdf", 1, 1}, {"b.pdf", 1, 1}}, tests::kNever);
  CHECK_THAT(tests::register_bytes(ledger, "r.csv"),
             Catch::Contains("\"Tệp đã thay, chưa đọc lại\""));
  ledger.mark_gone({{"a2.pdf", 1, 1}, {"b.pdf", 1, 1}});
  CHECK_THAT(tests::register_bytes(ledger, "r.csv"), Catch::Contains("\"Không còn tệp\""));
  CHECK_THAT(tests::register_bytes(ledger, "r.jsonl"), Catch::Contains("\"gone\":true"));
  ledger.set_aside("a2.pdf");
  CHECK_THAT(tests::register_bytes(ledger, "r.csv"), Catch::Contains("\"Đã để riêng\""));
}

TEST_CASE("a workbook says of a doubtful value how sure it is and what else was read") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add({{"a.pdf", 1, 1}}, tests::kNever);
  Summary summary = tests::made_summary("67");
  for (SummaryField& field : summary.fields)
    if (field.name == "number") {
      field.page = 1;
      field.alternatives = {{"67", 0.7}, {"61", 0.2}};
    }
  finish(ledger, summaries_to_json({summary}));
  const std::vector<SheetCells> sheets =
      all_sheets(tests::register_bytes(ledger, folder / "r.xlsx"));
  CHECK(sheets.front().name == kDocumentsSheet);
  REQUIRE(sheets.back().rows.size() == 1);
  CHECK(sheets.back().rows[0] ==
        std::vector<std::string>{"D2", "Độ tin 70 %.\nCách đọc khác: 61 (20 %)\nTrang 1."});
}

// Of a part of a workbook.
std::string part_of(const std::string& bytes, const char* name) {
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  REQUIRE(archive != nullptr);
  zip_file_t* file = zip_fopen(archive, name, 0);
  std::string out(100'000, '\0');
  if (file != nullptr)
    out.resize(static_cast<std::size_t>(zip_fread(file, out.data(), out.size())));
  zip_discard(archive);
  return file == nullptr ? "" : out;
}

TEST_CASE("a workbook leads to scans and copies, and fits on paper") {
  const tests::Folder folder;
  folder.file("pdf/a.pdf");
  Ledger ledger = made_ledger(folder);
  fs::create_directories(folder / "in");
  ledger.bind_to(folder / "in");
  const std::string bytes = tests::register_bytes(ledger, folder / "r.xlsx");
  const std::string links = part_of(bytes, "xl/worksheets/_rels/sheet1.xml.rels");
  CHECK_THAT(links, Catch::Contains("Target=\"in/a.pdf\""));
  CHECK_THAT(links, Catch::Contains("Target=\"pdf/a.pdf\""));
  CHECK_THAT(links, !Catch::Contains("pdf/a2.pdf"));
  const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  CHECK_THAT(sheet, Catch::Contains("fitToHeight=\"0\""));
  // Recipients and the subject take more than one line.
  CHECK_THAT(sheet, Catch::Contains("customHeight=\"1\""));
}

TEST_CASE("the CSV register opens right in table programs") {
  const tests::Folder folder;
  Ledger ledger = made_ledger(folder);
  const std::string csv = tests::register_bytes(ledger, "r.csv");
  CHECK_THAT(csv,
             Catch::StartsWith("\xEF\xBB\xBF\"Tệp\",\"Từ trang\",\"Đến trang\",\"Số văn bản\""));
  CHECK_THAT(csv, Catch::Contains("\"'=1+1\""));
  CHECK_THAT(csv, Catch::Contains("\"Kết quả \"\"sáu tháng\"\", năm 2025\""));
  CHECK_THAT(csv,
             Catch::Contains("\"Cần xem lại\",\"Số văn bản\",\"\",\"\",\"\",\"sha of a\"\r\n"));
  CHECK_THAT(csv, Catch::EndsWith("\"a.pdf\",\"sha of a\"\r\n"));
}

// What no table program, browser or terminal is to see, within what it may.
const std::string kWithControls =
    "a\x01"
    "b\x1b[31mc\x07"
    "d\xff"
    "e\xc3";

bool has_controls(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') ||
           c == '\x7f';
  });
}

TEST_CASE("no control characters and no bytes that are no UTF-8 get into registers and reports") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add({{"a.pdf", 1, 1}}, tests::kNever);
  ledger.bind_to(folder.path());
  finish(ledger, summaries_to_json({tests::made_summary(kWithControls)}));
  for (const char* name : {"r.csv", "r.jsonl"}) {
    const std::string bytes = tests::register_bytes(ledger, name);
    CAPTURE(name, bytes);
    CHECK_FALSE(has_controls(bytes));
    CHECK(bytes.find('\xff') == std::string::npos);
  }
  // A workbook that says what it must not is none for those who read it.
  const std::vector<RegisterRow> rows =
      read_register(tests::register_bytes(ledger, folder / "r.xlsx")).rows;
  REQUIRE(rows.size() == 1);
  const std::string number = rows[0].fields.at("number").value_or("");
  CHECK_THAT(number, Catch::StartsWith("a") && Catch::Contains("b"));
  CHECK_FALSE(has_controls(number));
  write_report(ledger, folder.path());
  CHECK_FALSE(has_controls(tests::read(folder / "report.html")));
}

TEST_CASE("a picture that takes too long is left out of the report") {
  const tests::Folder folder;
  folder.file("in/a.pdf", tests::endless_pdf());
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add({{"a.pdf", 1, 1}}, tests::kNever);
  ledger.bind_to(folder / "in");
  finish(ledger, summaries_to_json({tests::made_summary()}));
  const auto begun = std::chrono::steady_clock::now();
  write_report(ledger, folder.path());
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(15));
  const std::string html = tests::read(folder / "report.html");
  CHECK_THAT(html, Catch::Contains("a.pdf") && !Catch::Contains("<img"));
}

TEST_CASE("of a document with a mark of secrecy the report has no picture") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.add({{"a.pdf", 1, 1}}, tests::kNever);
  ledger.bind_to(folder.path());
  Summary summary = tests::made_summary();
  for (SummaryField& field : summary.fields)
    if (field.name == "secrecy") field.value = "Mật";
  finish(ledger, summaries_to_json({summary}));
  write_report(ledger, folder.path());
  CHECK_THAT(tests::read(folder / "report.html"), !Catch::Contains("<figure"));
}

TEST_CASE(
    "of very many documents the report has the most doubtful ones, and how many more there are") {
  const tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");
  ledger.bind_to(folder.path());
  std::vector<InputFile> files;
  for (int i = 1000; i < 2100; ++i) files.push_back({std::to_string(i) + ".pdf", 1, 1});
  ledger.add(files, tests::kNever);
  for (int i = 0; i < 1100; ++i) {
    Summary summary = tests::made_summary();
    summary.failed_checks.assign(static_cast<std::size_t>(i % 7), "symbol_type: BC / KH");
    summary.pages.clear();
    LedgerEntry entry = *ledger.next();
    entry.state = DocumentState::Done;
    entry.sha256 = entry.path;
    entry.summary = summaries_to_json({summary});
    ledger.finish(entry);
  }
  write_report(ledger, folder.path());
  const std::string html = tests::read(folder / "report.html");
  const std::string head = "<h3>";
  std::vector<std::string> shown;
  for (std::size_t at = html.find(head); at != html.npos; at = html.find(head, at + 1))
    shown.push_back(html.substr(html.find("\">", at) + 2, 8));
  REQUIRE(shown.size() == 500);
  // 157 of each number of doubts, then 29 of the next; among equals by path.
  CHECK(shown[0] == "1006.pdf");
  CHECK(shown[1] == "1013.pdf");
  CHECK(shown[157] == "1005.pdf");
  CHECK(shown[471] == "1003.pdf");
  CHECK(shown[499] == "1199.pdf");
  CHECK_THAT(html, Catch::Contains("và 600 văn bản nữa"));
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
  const std::string lines = tests::register_bytes(ledger, "r.jsonl");
  CHECK(std::count(lines.begin(), lines.end(), '\n') == 2);
  CHECK_THAT(lines, Catch::StartsWith("{\"path\":\"a.pdf\",\"record\":\"records/a.json\""));
  CHECK_THAT(lines,
             Catch::Contains("\"number\":{\"value\":\"067\",\"confidence\":0.7,\"doubtful\":true"));
}

TEST_CASE("a register of another kind is refused before anything is done") {
  CHECK_THROWS_AS(check_register_name("register.ods"), std::invalid_argument);
  CHECK_THROWS_AS(check_register_name("register"), std::invalid_argument);
}

}  // namespace
}  // namespace vanban::pipeline
