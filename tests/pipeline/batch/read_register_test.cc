#include "pipeline/batch/read_register.h"

#include <zip.h>

#include <catch2/catch.hpp>

#include "pipeline/sheets/sheet_writer.h"
#include "tests/folder.h"
#include "tests/pipeline/batch/made_summary.h"

namespace vanban::pipeline {
namespace {

const std::string kHeads = "Tệp,Từ trang,Số văn bản,Trích yếu nội dung,SHA-256\n";

TEST_CASE("a register of another kind is refused") {
  CHECK_THROWS_AS(read_register("a,b\n1,2\n"), std::invalid_argument);
  CHECK_THROWS_AS(read_register("PK\3\4junk"), std::invalid_argument);
  CHECK_THROWS_AS(read_register(""), std::invalid_argument);
}

TEST_CASE("wherever a CSV is cut off, no value is lost or invented") {
  // Cut after each byte, the whole first row or none of it is taken, and nothing of a row in part.
  const std::string whole = kHeads + "a.pdf,1,\"67\",\"Kết quả, \"\"sáu\"\" tháng\",abc\n" +
                            "b.pdf,1,68,\"Kế hoạch\nnăm 2025\",def\n";
  const Register all = read_register(whole);
  REQUIRE(all.rows.size() == 2);
  CHECK(all.refusals.empty());
  for (std::size_t size = kHeads.size(); size < whole.size(); ++size) {
    CAPTURE(size);
    Register cut;
    try {
      cut = read_register(whole.substr(0, size));
    } catch (const std::invalid_argument&) {
      continue;
    }
    for (const RegisterRow& row : cut.rows) {
      const RegisterRow* was = row_of(all, row.path, row.first_page);
      REQUIRE(was != nullptr);
      CHECK(row.fields == was->fields);
    }
    CHECK(cut.rows.size() + cut.refusals.size() <= 2);
  }
}

TEST_CASE("a row that is too short is refused where hashes tell what belongs to a row") {
  const Register read = read_register(kHeads +
                                      "a.pdf,1,67,Kết quả,abc\nb.pdf,1,68\n"
                                      "c.pdf,1,69,Kết quả,abc\n");
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[1].path == "c.pdf");
  REQUIRE(read.refusals.size() == 1);
  CHECK(text_of(read.refusals[0]) == "row 3 (b.pdf): the row is not whole (3 cells under 5 heads)");
  CHECK_THROWS_WITH(read_register("Tệp,Từ trang,Số văn bản\na.pdf,1,67\nb.pdf,1\n"),
                    Catch::Contains("row 3 (b.pdf) is not whole (2 cells under 3 heads)"));
}

TEST_CASE("a row without an end is refused, those before it are taken") {
  const Register read = read_register(kHeads + "a.pdf,1,67,Kết quả,abc\nb.pdf,1,\"68");
  REQUIRE(read.rows.size() == 1);
  REQUIRE(read.refusals.size() == 1);
  CHECK_THAT(text_of(read.refusals[0]), Catch::Contains("the file is cut off in it"));
}

TEST_CASE("a row with a cell too many is not whole") {
  const Register read = read_register(kHeads +
                                      "a.pdf,1,67,Kết quả, một,abc\n"
                                      "b.pdf,1,68,Kết quả, sáu tháng,def\n"
                                      ",1,69,Kế hoạch,abc\n"
                                      "c.pdf,1,70,Kế hoạch,abc,,\n"
                                      ",,,,\n");
  REQUIRE(read.rows.size() == 1);
  CHECK(read.rows[0].path == "c.pdf");
  CHECK(read.rows[0].number == 5);
  REQUIRE(read.refusals.size() == 3);
  CHECK(text_of(read.refusals[0]) == "row 2 (a.pdf): the row is not whole (6 cells under 5 heads)");
  CHECK(read.refusals[1].where == "row 3 (b.pdf)");
  CHECK(read.refusals[2].why == "it names no file");
  CHECK(read_register(kHeads + "a.pdf,một,67,Kết quả,abc\n").refusals.size() == 1);
}

RegisterRow only_row(const std::string& cells) { return read_register(kHeads + cells).rows.at(0); }

// A workbook of one sheet.
std::string workbook_of(const std::string& strings, const std::string& rows) {
  const tests::Folder folder;
  const std::string file = (folder / "book.xlsx").string();
  const std::string shared = "<sst>" + strings + "</sst>";
  const std::string sheet = "<worksheet><sheetData>" + rows + "</sheetData></worksheet>";
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE, nullptr);
  REQUIRE(archive != nullptr);
  const auto add = [&](const char* name, const std::string& bytes) {
    zip_file_add(archive, name, zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
  };
  add("xl/sharedStrings.xml", shared);
  add("xl/worksheets/sheet1.xml", sheet);
  REQUIRE(zip_close(archive) == 0);
  return tests::read(file);
}

const std::string kSheetHeads =
    "<row><c t=\"inlineStr\"><is><t>Tệp</t></is></c>"
    "<c t=\"inlineStr\"><is><t>Số văn bản</t></is></c></row>";

TEST_CASE("runs of a cell are one text, runs within them nothing, however deep they lie") {
  std::string nested;
  for (int i = 0; i < 200'000; ++i) nested += "<r>";
  nested += "<t>3</t>";
  for (int i = 0; i < 200'000; ++i) nested += "</r>";
  const Register read = read_register(
      workbook_of("<si><r><t>6</t></r><r><t>7</t></r></si><si>" + nested + "</si>",
                  kSheetHeads + "<row><c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c></row>" +
                      "<row><c t=\"inlineStr\"><is><t>a_x0041_.pdf</t></is></c>"
                      "<c t=\"s\"><v>0</v></c></row>"));
  REQUIRE(read.rows.size() == 1);
  CHECK(read.rows[0].path == "aA.pdf");
  CHECK(read.rows[0].fields.at("number") == "67");
}

TEST_CASE("a workbook of cells far to the right takes no more memory than a register") {
  std::string rows = kSheetHeads;
  for (int i = 0; i < 1000; ++i) rows += "<row><c r=\"XFD1\"><v>1</v></c></row>";
  CHECK_THROWS_WITH(read_register(workbook_of("", rows)), Catch::Contains("too many cells"));
}

TEST_CASE("the sheet of documents is known by its name, wherever it stands") {
  const tests::Folder folder;
  const auto writer = make_sheet_writer(folder / "r.xlsx");
  writer->begin_sheet("Của tôi", {{"Việc", 10, ""}});
  writer->add_row({text_cell("hỏi lại")});
  writer->begin_sheet("Văn bản", {{"Tệp", 10, ""}, {"Số văn bản", 10, ""}});
  writer->add_row({text_cell("a.pdf"), text_cell("67")});
  const Register read = read_register(writer->finish());
  REQUIRE(read.rows.size() == 1);
  CHECK(read.rows[0].fields.at("number") == "67");
  CHECK(read.beside == std::vector<std::vector<std::string>>{{"Việc"}, {"hỏi lại"}});
}

TEST_CASE("zeros that a table program took off are not typed, zeros that were put there are") {
  const Summary now = tests::made_summary("067");
  const RegisterRow before = only_row("a.pdf,1,067,Kết quả,abc\n");
  CHECK(typed_into(only_row("a.pdf,1,67,Kết quả,abc\n"), &before, now).corrections.empty());
  CHECK(typed_into(only_row("a.pdf,1,0067,Kết quả,abc\n"), &before, now).corrections.size() == 1);
}

TEST_CASE("a formula that was never worked out is no value") {
  const Summary now = tests::made_summary("67");
  const RegisterRow before = only_row("a.pdf,1,67,Kết quả,abc\n");
  const Typed typed = typed_into(only_row("a.pdf,1,=6+1,Kết quả,abc\n"), &before, now);
  CHECK(typed.corrections.empty());
  CHECK(typed.refusals.size() == 1);
}

TEST_CASE("a code is no number") {
  const Summary now = tests::made_summary("67");
  const auto typed = [&](const std::string& number) {
    return typed_into(only_row("a.pdf,1," + number + ",Kết quả,abc\n"), nullptr, now);
  };
  for (const char* number : {"045/BC", "45-BC", "BC", "/"}) {
    CAPTURE(number);
    CHECK(typed(number).refusals.size() == 1);
  }
  for (const char* number : {"045", "12a", "31-2", "3176B"}) {
    CAPTURE(number);
    CHECK(typed(number).refusals.empty());
  }
}

// The row of the made summary, marked as seen.
Typed marked(const std::string& number, const std::string& mark, Summary now) {
  const Register read =
      read_register("Tệp,Số văn bản,\"Đã xem, đúng\"\na.pdf," + number + "," + mark + "\n");
  const Register before = read_register("Tệp,Số văn bản,\"Đã xem, đúng\"\na.pdf,67,\n");
  return typed_into(read.rows.at(0), &before.rows.at(0), now);
}

TEST_CASE("a mark accepts what is doubtful and the row shows") {
  Summary now = tests::made_summary("67");
  const std::vector<Correction> same{{"number", "67", 0}};
  CHECK(marked("67", "x", now).corrections == same);
  CHECK(marked("67", "Đúng", now).corrections == same);
  CHECK(marked("67", "Số văn bản", now).corrections == same);
  CHECK(marked("67", "Trích yếu nội dung", now).corrections.empty());
  CHECK(marked("67", "", now).corrections.empty());
  // What was typed beside the mark is a correction like any other.
  CHECK(marked("68", "x", now).corrections == std::vector<Correction>{{"number", "68", 0}});
  const Typed no_mark = marked("67", "hỏi lại", now);
  CHECK(no_mark.corrections.empty());
  REQUIRE(no_mark.refusals.size() == 1);
  CHECK(no_mark.refusals[0].why == "it is no mark");
  // The reading has changed since: nobody has seen it.
  CHECK(marked("67", "x", tests::made_summary("70")).corrections.empty());
  now.failed_checks = {"symbol_type: BC / KH", "ratio_percent: 1 / 2"};
  CHECK(marked("67", "x", now).corrections.back() ==
        Correction{"accepted_checks", "symbol_type: BC / KH\nratio_percent: 1 / 2", 0});
}

TEST_CASE("only what differs from the register as it was written was typed") {
  const Summary now = tests::made_summary("70");
  const RegisterRow before = only_row("a.pdf,1,67,Kết quả,abc\n");
  // The record was read anew since; nobody typed anything.
  CHECK(typed_into(before, &before, now).corrections.empty());
  const RegisterRow typed = only_row("a.pdf,1,68,Kết quả,abc\n");
  CHECK(typed_into(typed, &before, now).corrections ==
        std::vector<Correction>{{"number", "68", 1}});
  // Without it, all that differs from the record.
  CHECK(typed_into(typed, nullptr, now).corrections.size() == 2);
}

TEST_CASE("what somebody typed elsewhere is not typed over") {
  Summary now = tests::made_summary("70");
  for (SummaryField& field : now.fields)
    if (field.name == "number") field.source = kOperator;
  const RegisterRow before = only_row("a.pdf,1,67,Kết quả,abc\n");
  const Typed clash = typed_into(only_row("a.pdf,1,68,Kết quả,abc\n"), &before, now);
  CHECK(clash.corrections.empty());
  REQUIRE(clash.refusals.size() == 1);
  CHECK_THAT(text_of(clash.refusals[0]), Catch::Contains("\"68\" here, \"70\" there"));
  // Where the register shows it, a person has seen it and may change it.
  const RegisterRow seen = only_row("a.pdf,1,70,Kết quả,abc\n");
  CHECK(typed_into(only_row("a.pdf,1,68,Kết quả,abc\n"), &seen, now).corrections.size() == 1);
}

TEST_CASE("words in places of one's own are noticed") {
  const std::string heads = "Tệp,Số văn bản,Cần xem lại,Ghi chú\n";
  const Register before = read_register(heads + "a.pdf,67,Số văn bản,\n");
  CHECK_FALSE(says_more(read_register(heads + "a.pdf,68,Số văn bản,\n"), before));
  CHECK_FALSE(says_more(read_register(heads + "a.pdf,68,,\n"), before));
  CHECK(says_more(read_register(heads + "a.pdf,67,Số văn bản,hỏi lại\n"), before));
  CHECK(says_more(read_register(heads + "a.pdf,67,đã xem,\n"), before));
  // A column that stands twice, one without a head, a hash or page that somebody wrote over.
  CHECK(says_more(read_register("Tệp,Số văn bản,Số văn bản\na.pdf,67,68\n"), before));
  CHECK(says_more(read_register("Tệp,Số văn bản,,Ghi chú\na.pdf,67,68,\n"), before));
  CHECK(says_more(read_register("Tệp,Số văn bản,SHA-256\na.pdf,67,đã xem\n"), before));
}

}  // namespace
}  // namespace vanban::pipeline
