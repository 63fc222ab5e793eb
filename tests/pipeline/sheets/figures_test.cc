#include "pipeline/sheets/figures.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "pipeline/run.h"
#include "pipeline/sheets/workbook.h"
#include "tests/folder.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::json;

std::string report_record() {
  return extract_text({"bc.txt",
                       "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
                       "TỈNH SÔNG THƯƠNG\tĐộc lập - Tự do - Hạnh phúc\n"
                       "Số: 67/BC-UBND\tSông Thương, ngày 25 tháng 7 năm 2025\n"
                       "BÁO CÁO\nKết quả sáu tháng\n"
                       "I. KẾT QUẢ\n"
                       "1. Có 88/112 xã đạt chuẩn, chiếm 78,6%. Mục tiêu đến hết năm 2025 có 100 "
                       "xã đạt chuẩn.\n"},
                      {})
      .record_json;
}

TEST_CASE("figures are a row each, with their document and place") {
  std::istringstream lines(figures_bytes("f.jsonl", report_record(), "nam/bc.txt"));
  std::vector<Json> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(Json::parse(line));
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("code") == "67/BC-UBND");
  CHECK(rows[0].at("date") == "2025-07-25");
  CHECK(rows[0].at("section") == "I. KẾT QUẢ > 1");
  CHECK(rows[0].at("subject") == "xã đạt chuẩn");
  CHECK(rows[0].at("value") == 88);
  CHECK(rows[0].at("denominator") == 112);
  CHECK(rows[0].at("percent") == 78.6);
  CHECK(rows[0].at("status") == "actual");
  CHECK(rows[0].at("needs_review") == false);
  CHECK(rows[0].at("file") == "nam/bc.txt");
  CHECK(rows[1].at("value") == 100);
  CHECK(rows[1].at("status") == "target");
  CHECK(rows[1].at("period_end") == "2025-12-31");
  CHECK(rows[1].at("quote") == "Mục tiêu đến hết năm 2025 có 100 xã đạt chuẩn");
}

TEST_CASE("a person reads figures in Vietnamese, and sees what is doubtful") {
  Json record = Json::parse(report_record());
  record.at("indicators").at(0)["confidence"] = 0.5;
  // A share without a count.
  record.at("indicators").at(1)["value"] = nullptr;
  record.at("indicators").at(1)["percent"] = Json{{"value", 12.5}};
  const std::string csv = figures_bytes("f.csv", record.dump(), "bc.txt");
  CHECK_THAT(csv, Catch::StartsWith("\xEF\xBB\xBF\"Số ký hiệu\",\"Ngày văn bản\""));
  CHECK_THAT(csv, Catch::Contains("\"thực hiện\",\"1\",\"Có 88/112 xã đạt chuẩn, chiếm "
                                  "78,6%\",\"0.5\",\"x\",\"bc.txt\"\r\n"));
  CHECK_THAT(csv, Catch::Contains("\"12.5\",\"%\""));
}

TEST_CASE("a workbook of figures is the same each time and comes back") {
  const tests::Folder folder;
  const auto file = folder / "f.xlsx";
  const std::string bytes = figures_bytes(file, '[' + report_record() + ']', "bc.txt");
  CHECK(bytes == figures_bytes(file, '[' + report_record() + ']', "bc.txt"));
  const auto cells = all_sheets(bytes).front().rows;
  REQUIRE(cells.size() == 3);
  CHECK(cells[1][6] == "88");
  CHECK(cells[2][14] == "mục tiêu");
  CHECK(folder.content().empty());
}

}  // namespace
}  // namespace vanban::pipeline
