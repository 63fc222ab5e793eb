#include "pipeline/batch/keep_register.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "pipeline/batch/corrections.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/register.h"
#include "pipeline/record/schema.h"
#include "pipeline/run.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/never.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

void finish(Ledger& ledger, const std::string& summary) {
  LedgerEntry entry = *ledger.next();
  entry.state = DocumentState::Done;
  entry.sha256 = "sha of " + entry.path;
  entry.summary = summary;
  ledger.finish(entry);
}

struct Corrected {
  tests::Folder folder;
  Ledger ledger = Ledger::open(folder / "ledger.sqlite");

  Corrected() {
    folder.file("scans/thu.pdf");
    ledger.bind_to(folder / "scans");
    ledger.add({{"thu.pdf", 1, 1}}, tests::kNever);
    put_record(made_record());
  }

  static std::string made_record(const std::string& number = "12") {
    return extract_text({"thu.txt", "ỦY BAN NHÂN DÂN TỈNH SÔNG THƯƠNG\nSố: " + number +
                                        "/BC-UBND\nSông Thương, ngày 25 tháng 7 năm 2025\n"
                                        "BÁO CÁO\nKết quả sáu tháng\n"},
                        {})
        .record_json;
  }

  // As a reading of the next that waits would.
  void put_record(const std::string& record) {
    folder.file("records/thu.json", record);
    finish(ledger, summaries_to_json(summarize(record)));
  }

  void write(const fs::path& file) {
    write_register(ledger, folder.path(), file,
                   [&](const std::string& text) { notes += text + '\n'; });
  }
  fs::path written() {
    write(folder / "r.csv");
    return folder / "r.csv";
  }
  // In place of the one, in the register.
  void type(const fs::path& file, const std::string& from, const std::string& to) {
    std::string text = tests::read(file);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    tests::write(file, text.replace(at, from.size(), to));
  }
  std::string register_text() { return tests::read(folder / "r.csv"); }
  int files_like_register() {
    int out = 0;
    for (const auto& [name, bytes] : folder.content()) out += name.starts_with("r") ? 1 : 0;
    return out - 2;  // the folder of records and the record
  }

  std::string notes;

  CorrectionReport take_over(const fs::path& file) {
    return correct_from_register(ledger, folder.path(), file,
                                 [&](const std::string& text) { notes += text + '\n'; });
  }
  CorrectionReport correct(const std::string& csv) {
    folder.file("r.csv", csv);
    return take_over(folder / "r.csv");
  }
  Summary now(std::size_t document = 0) {
    return summaries_from_json(ledger.summary("thu.pdf")).at(document);
  }
};

TEST_CASE("what a person typed goes into record, ledger and the next register") {
  Corrected batch;
  // As a table program of a Vietnamese office saves it.
  const CorrectionReport report = batch.correct(
      "Tệp;Số văn bản;Ngày, tháng, năm văn bản;Ghi chú\nthu.pdf;13;26/07/2025;của tôi\n");
  CHECK(report.documents == 1);
  CHECK(report.values == 2);
  CHECK(report.refusals.empty());
  CHECK(batch.now().field("number").value == "13");
  CHECK(batch.now().field("number").source == "operator");
  CHECK(batch.now().field("date").value == "2025-07-26");
  CHECK(batch.now().field("code").value == "13/BC-UBND");
  CHECK(summarize(tests::read(batch.folder / "records/thu.json")).front().field("number").value ==
        "13");
  CHECK(batch.ledger.corrections("thu.pdf").size() == 2);
  batch.write(batch.folder / "next.csv");
  CHECK_THAT(tests::read(batch.folder / "next.csv"),
             Catch::Contains("\"13\",\"BC-UBND\",\"2025-07-26\""));
  CHECK(batch.correct(tests::read(batch.folder / "next.csv")).values == 0);
}

TEST_CASE("a copy that cannot follow is told of, where its title would be another") {
  Corrected batch;
  batch.folder.file("pdf/thu.pdf", "%PDF-1.7 that no one can open");
  batch.correct("Tệp,Địa danh\nthu.pdf,Sông Cầu\n");
  CHECK(batch.notes.empty());
  CHECK(batch.correct("Tệp,Số văn bản\nthu.pdf,13\n").values == 1);
  CHECK_THAT(batch.notes, Catch::Contains("pdf/thu.pdf keeps its title"));
  CHECK(batch.now().field("number").value == "13");
}

TEST_CASE("days are taken in the forms that table programs give them") {
  const auto [typed, day] =
      GENERATE(table<std::string, std::string>({{"2025-08-01", "2025-08-01"},
                                                {"1/8/2025", "2025-08-01"},
                                                {"01-08-2025", "2025-08-01"},
                                                {"45870", "2025-08-01"},
                                                {"ngày 1 tháng 8 năm 2025", "2025-08-01"},
                                                {"Ngày 07 tháng 3 năm 2021", "2021-03-07"},
                                                {"29.2.2024", "2024-02-29"}}));
  CAPTURE(typed);
  Corrected batch;
  batch.correct("Tệp,\"Ngày, tháng, năm văn bản\"\nthu.pdf," + typed + "\n");
  CHECK(batch.now().field("date").value == day);
}

TEST_CASE("what cannot be taken is left alone, and that is said") {
  Corrected batch;
  const std::string before = tests::read(batch.folder / "records/thu.json");
  CHECK(batch.correct("Tệp,\"Ngày, tháng, năm văn bản\"\nthu.pdf,hôm qua\n").refusals.size() == 1);
  CHECK(batch.correct("Tệp,\"Ngày, tháng, năm văn bản\"\nthu.pdf,30/02/2025\n").refusals.size() ==
        1);
  CHECK(batch.correct("Tệp,Số văn bản\nother.pdf,5\n").refusals.size() == 1);
  CHECK(tests::read(batch.folder / "records/thu.json") == before);
}

TEST_CASE("zeros that a table program drops and white space are no corrections") {
  Corrected batch;
  batch.ledger.redo(Redo::All, "", "");
  batch.put_record(Corrected::made_record("012"));
  CHECK(batch.correct("Tệp,Số văn bản,Trích yếu nội dung\nthu.pdf,12,  Kết quả  sáu tháng \n")
            .values == 0);
}

TEST_CASE("an emptied cell says that the document has no such thing") {
  Corrected batch;
  CHECK(batch.correct("Tệp,Số văn bản\nthu.pdf,\n").values == 1);
  CHECK_FALSE(batch.now().field("number").value);
}

TEST_CASE("a register that cannot be read at all changes nothing") {
  Corrected batch;
  CHECK_THROWS_WITH(batch.correct("Tệp,Số văn bản\nthu.pdf,13\nthu.pdf,\"14"),
                    Catch::Contains("r.csv: it is cut off"));
  CHECK(batch.now().field("number").value == "12");
  CHECK_THROWS_AS(batch.take_over("none.csv"), Error);
}

TEST_CASE("rows are looked at before the first is put in, and refused one by one") {
  Corrected batch;
  const CorrectionReport report = batch.correct(
      "Tệp,Số văn bản,SHA-256\nthu.pdf,13,sha of "
      "thu.pdf\nother.pdf,5,\nthu.pdf,1,,3\nthu.pdf,14,\n");
  CHECK(report.values == 1);
  CHECK(batch.now().field("number").value == "13");
  REQUIRE(report.refusals.size() == 3);
  CHECK(report.refusals[0].where == "row 4 (thu.pdf)");
  CHECK(report.refusals[1].where == "row 3 (other.pdf)");
  CHECK(report.refusals[2].where == "row 5 (thu.pdf)");
  CHECK(batch.correct("Tệp,Số văn bản,SHA-256\nthu.pdf,15,sha of thu\n").refusals.size() == 1);
}

TEST_CASE("a doubtful value that was seen and is right needs no look any more") {
  Corrected batch;
  Json record = Json::parse(Corrected::made_record());
  Json& number = record["document"]["number"];
  number["confidence"] = 0.5;
  number["needs_review"] = true;
  record["checks"].push_back({{"id", "parts_total"},
                              {"ok", false},
                              {"paths", {"/indicators/0"}},
                              {"expected", "3"},
                              {"found", "4"}});
  batch.ledger.redo(Redo::All, "", "");
  batch.put_record(record.dump());
  const fs::path file = batch.written();
  REQUIRE(batch.now().doubts() == 2);
  CHECK_THAT(batch.register_text(), Catch::Contains("\"Cần xem lại\",\"Số văn bản; mâu thuẫn"));
  batch.type(file, "(4 / 3)\",\"\"", "(4 / 3)\",\"x\"");
  const CorrectionReport report = batch.take_over(file);
  CHECK(report.refusals.empty());
  CHECK(report.values == 0);
  CHECK(report.accepted == 2);
  REQUIRE(report.changes.size() == 2);
  CHECK(report.changes[0] == "thu.pdf, Số văn bản: \"12\" was seen and is right");
  CHECK(batch.now().doubts() == 0);
  const std::string after = tests::read(batch.folder / "records/thu.json");
  CHECK(schema_errors(after).empty());
  const Json seen = Json::parse(after).at("document").at("number");
  CHECK(seen.at("value") == "12");
  CHECK(seen.at("source") == "operator");
  CHECK(seen.at("reading").at("confidence") == 0.5);
  CHECK_FALSE(seen.contains("needs_review"));
  CHECK(batch.ledger.counts().to_review == 0);
  // The register follows, and nothing is kept beside it.
  CHECK(rewrite_registers(batch.ledger, batch.folder.path(), [&](const std::string& text) {
          batch.notes += text;
        }).size() == 1);
  CHECK(batch.notes.empty());
  CHECK_THAT(batch.register_text(), Catch::Contains("\"Đã sửa\",\"\",\"\""));
  CHECK(write_unplaced(batch.ledger, batch.folder.path()) == 0);
}

TEST_CASE("a register in which something was refused is left to be put right") {
  Corrected batch;
  const fs::path file = batch.written();
  batch.type(file, "2025-07-25", "mai");
  CHECK(batch.take_over(file).refusals.size() == 1);
  CHECK(rewrite_registers(batch.ledger, batch.folder.path(), {}).empty());
  CHECK_THAT(batch.register_text(), Catch::Contains("mai"));
}

TEST_CASE("every document of a file can be corrected") {
  Corrected batch;
  Json first = Json::parse(Corrected::made_record("1")), second = first;
  second["source"]["pages"] = Json::array({3, 4});
  batch.ledger.redo(Redo::All, "", "");
  batch.put_record(Json::array({first, second}).dump());
  const CorrectionReport report = batch.correct(
      "Tệp,Từ trang,Số văn bản\nthu.pdf,1,11\nthu.pdf,3,33\nthu.pdf,2,22\nthu.pdf,,44\n");
  CHECK(report.values == 2);
  REQUIRE(report.refusals.size() == 2);
  CHECK(report.refusals[0].why == "no document of the file begins on that page");
  CHECK(batch.now(0).field("number").value == "11");
  CHECK(batch.now(1).field("number").value == "33");
  CHECK(record_file_errors(tests::read(batch.folder / "records/thu.json")).empty());
  // A later reading has them too.
  const Json again = Json::parse(
      corrected_record(Json::array({first, second}).dump(), batch.ledger.corrections("thu.pdf")));
  CHECK(again[1].at("document").at("code").at("value") == "33/BC-UBND");
}

TEST_CASE("a register that somebody typed into is taken over before it is written again") {
  Corrected batch;
  const fs::path file = batch.written();
  batch.write(file);
  CHECK(batch.notes.empty());
  batch.type(file, "\"12\",", "\"13\",");
  batch.write(file);
  CHECK_THAT(batch.notes, Catch::Contains("1 values of 1 documents were taken over"));
  CHECK_THAT(batch.register_text(), Catch::Contains("\"13\",\"BC-UBND\""));
  CHECK(batch.now().field("number").source == "operator");
  CHECK(batch.files_like_register() == 1);
  // Taken back again.
  batch.type(file, "\"13\",", "\"12\",");
  batch.write(file);
  CHECK(batch.now().field("number").value == "12");
}

TEST_CASE("a reading that changed since is not taken for somebody's word") {
  Corrected batch;
  const fs::path file = batch.written();
  batch.type(file, "Kết quả sáu tháng", "Kết quả 6 tháng");
  batch.ledger.redo(Redo::All, "", "");
  batch.put_record(Corrected::made_record("19"));
  batch.write(file);
  CHECK(batch.now().field("number").value == "19");
  CHECK(batch.now().field("number").source != "operator");
  CHECK(batch.now().field("subject").value == "Kết quả 6 tháng");
}

TEST_CASE("what cannot be taken over is kept beside under a dated name") {
  Corrected batch;
  const fs::path file = batch.written();
  const auto [from, to] = GENERATE(table<std::string, std::string>({
      {"2025-07-25", "mai"},                          // no date
      {"\"thu.pdf\"", "\"none.pdf\""},                // no such file
      {"\"Đạt\"", "\"đã xem\""},                      // nobody's place to write
      {"\"sha of thu.pdf\"", "\"sha\",\"hỏi lại\""},  // a cell too many
      {"\"Tệp\"", "\"Tập tin\""},                     // no register any more
  }));
  CAPTURE(to);
  batch.type(file, from, to);
  const std::string typed = tests::read(file);
  batch.write(file);
  CHECK_THAT(batch.notes, Catch::Contains("it is kept as"));
  CHECK(batch.files_like_register() == 2);
  bool kept = false;
  for (const auto& [name, bytes] : batch.folder.content())
    kept = kept || (bytes == typed && name.starts_with("r-20") && name.ends_with(".csv"));
  CHECK(kept);
  CHECK_THAT(batch.register_text(), Catch::Contains("\"thu.pdf\""));
  // Once: it is not kept again.
  batch.notes.clear();
  batch.write(file);
  CHECK(batch.notes.empty());
}

TEST_CASE("a file that this batch has not written is never written over") {
  Corrected batch;
  const std::string name = GENERATE(std::string("r.csv"), std::string("r.jsonl"));
  const std::string foreign = "Tệp,Số văn bản\nthu.pdf,99\n";
  batch.folder.file(name, foreign);
  batch.write(batch.folder / name);
  CHECK(batch.now().field("number").value == "12");
  bool kept = false;
  for (const auto& [file, bytes] : batch.folder.content()) kept = kept || bytes == foreign;
  CHECK(kept);
}

TEST_CASE("what is saved from an editor that shows an earlier version does not bring that back") {
  Corrected batch;
  const fs::path file = batch.written();
  const std::string open_in_editor = batch.register_text();
  batch.type(file, "Kết quả sáu tháng", "Kết quả 6 tháng");
  batch.write(file);
  tests::write(file, open_in_editor);
  batch.type(file, "\"12\",", "\"13\",");
  batch.write(file);
  CHECK(batch.now().field("number").value == "13");
  CHECK(batch.now().field("subject").value == "Kết quả 6 tháng");
}

TEST_CASE("what correct took over is no change when the register is written") {
  Corrected batch;
  const fs::path file = batch.written();
  batch.type(file, "\"12\",", "\"13\",");
  CHECK(batch.take_over(file).values == 1);
  CHECK(batch.take_over(file).values == 0);
  // And once more in the same file, back to what was read.
  batch.type(file, "\"13\",", "\"12\",");
  CHECK(batch.take_over(file).values == 1);
  CHECK(batch.now().field("number").value == "12");
  batch.write(file);
  CHECK(batch.notes.empty());
}

TEST_CASE("an earlier version in the register's place is no change, and is kept") {
  Corrected batch;
  const fs::path file = batch.written();
  const std::string earlier = batch.register_text();
  batch.type(file, "\"12\",", "\"13\",");
  batch.write(file);
  batch.notes.clear();
  tests::write(file, earlier);
  batch.write(file);
  CHECK(batch.now().field("number").value == "13");
  CHECK_THAT(batch.notes, Catch::Contains("earlier version"));
  CHECK(batch.files_like_register() == 2);
}

void remember(Corrected& batch, const std::string& name, const std::string& sha256) {
  const std::string bytes = batch.register_text();
  batch.ledger.remember_register(
      name, sha256, false,
      {bytes.size(), [&](std::uint64_t at, std::size_t most) { return bytes.substr(at, most); }},
      8);
}

TEST_CASE("a register whose writing was cut short is known by what it was before or after") {
  Corrected batch;
  const fs::path file = batch.written();
  // A killed process meant to write another in its place.
  const std::string name = fs::canonical(file).string();
  remember(batch, name, "other");
  batch.write(file);
  CHECK(batch.notes.empty());
  remember(batch, name, "another");
  batch.type(file, "\"12\",", "\"13\",");
  batch.write(file);
  CHECK(batch.now().field("number").value == "13");
  CHECK(batch.files_like_register() == 1);
}

TEST_CASE("an old copy of a register does not bring back what it shows") {
  Corrected batch;
  const fs::path file = batch.written();
  const std::string copy = batch.register_text();
  batch.type(file, "\"12\",", "\"13\",");
  batch.write(file);
  batch.folder.file("copy.csv", copy);
  batch.type(batch.folder / "copy.csv", "Kết quả sáu tháng", "Kết quả 6 tháng");
  const CorrectionReport report = batch.take_over(batch.folder / "copy.csv");
  CHECK(report.values == 1);
  CHECK(batch.now().field("number").value == "13");
  CHECK(batch.now().field("subject").value == "Kết quả 6 tháng");
}

TEST_CASE("corrections that a killed process left in the ledger alone are put into the record") {
  Corrected batch;
  batch.ledger.correct("thu.pdf", {{"number", "13", 1}});
  CHECK(batch.now().field("number").value == "12");
  finish_corrections(batch.ledger, batch.folder.path(), [](const std::string&) {});
  CHECK(batch.now().field("number").value == "13");
  CHECK(batch.ledger.paths_to_correct().empty());
}

TEST_CASE("what was typed of a document that has no record now lies in a file") {
  Corrected batch;
  batch.correct("Tệp,Số văn bản\nthu.pdf,13\n");
  CHECK(write_unplaced(batch.ledger, batch.folder.path()) == 0);
  CHECK_FALSE(fs::exists(unplaced_file(batch.folder.path())));
  batch.ledger.redo(Redo::All, "", "");
  LedgerEntry entry = *batch.ledger.next();
  entry.state = DocumentState::Failed;
  batch.ledger.finish(entry);
  CHECK(write_unplaced(batch.ledger, batch.folder.path()) == 1);
  CHECK_THAT(tests::read(unplaced_file(batch.folder.path())),
             Catch::EndsWith("\"thu.pdf\",\"1\",\"Số văn bản\",\"13\"\r\n"));
}

}  // namespace
}  // namespace vanban::pipeline
