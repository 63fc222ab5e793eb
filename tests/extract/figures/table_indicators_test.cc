#include "extract/figures/table_indicators.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::extract {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// A table without spanning cells; the first row names the columns.
Record record_of(const Rows& rows) {
  Table table;
  table.pages = {1};
  table.columns = static_cast<int>(rows[0].size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    table.rows.emplace_back();
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      Cell cell;
      cell.text = rows[r][c];
      cell.page = 1;
      cell.column = static_cast<int>(c);
      cell.header = r == 0;
      if (!cell.text.empty()) cell.confidence = 0.9;
      table.rows.back().push_back(cell);
    }
  }
  Record record;
  record.tables = {table};
  return record;
}

std::vector<Indicator> figures(const Rows& rows) {
  return find_table_indicators({}, record_of(rows));
}

TEST_CASE("a cell is named by its row and its column") {
  const auto found = figures({{"TT", "Chỉ tiêu", "Đơn vị", "Kế hoạch", "Thực hiện"},
                              {"1", "Số giường bệnh", "Giường", "1.250", "1.300"}});
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject.value == "Số giường bệnh - Kế hoạch");
  CHECK(found[0].value->value == 1250);
  CHECK(found[0].unit == "giường");
  CHECK(found[0].unit_raw == "Giường");
  CHECK(found[0].status == IndicatorStatus::Target);
  CHECK(found[1].status == IndicatorStatus::Actual);
  CHECK(found[1].cell->row == 1);
  CHECK(found[1].cell->column == 4);
}

TEST_CASE("the unit of a column stands in its head") {
  const auto found = figures({{"Chỉ tiêu", "Đơn vị", "Diện tích (ha)", "So với kế hoạch (%)"},
                              {"Lúa", "xã", "12,5", "101,3"}});
  REQUIRE(found.size() == 2);
  CHECK(found[0].unit == "ha");
  CHECK(found[1].kind == IndicatorKind::Share);
  CHECK(found[1].percent->value == 101.3);
  CHECK(found[1].status == IndicatorStatus::Actual);
}

TEST_CASE("a head may end with its sign, or have more beside it") {
  for (const char* head : {"Tỷ lệ %", "Tỷ lệ (%)", "So sánh (%4)"})
    CHECK(figures({{"Nội dung", head}, {"Máy in", "12,5"}})[0].unit == "%");
}

TEST_CASE("the unit is what the head counts") {
  const auto found = figures({{"Xã", "Điểm số", "Thứ hạng", "Số lượng hồ sơ đã nhận", "Tỷ lệ đạt"},
                              {"Bình An", "83,1/100", "6/34", "1.204", "98,5"}});
  REQUIRE(found.size() == 4);
  CHECK(found[0].unit == "điểm");
  CHECK(found[1].unit == "hạng");
  CHECK(found[1].denominator->value == 34);
  CHECK(found[2].unit == "hồ sơ");
  CHECK(found[3].percent->value == 98.5);
}

TEST_CASE("a ratio with its share in brackets is one figure") {
  const auto found = figures(
      {{"Thủ tục", "Số hồ sơ đã hỗ trợ/Tổng số hồ sơ"}, {"Đăng ký khai sinh", "150/200 (75%)"}});
  REQUIRE(found.size() == 1);
  CHECK(found[0].numerator->value == 150);
  CHECK(found[0].percent->value == 75);
  CHECK(found[0].unit == "hồ sơ");
}

TEST_CASE("a row whose head is a text of its own asks for a look") {
  std::string head = "Đăng ký";
  for (int i = 0; i < 25; ++i) head += " đất";
  const auto found = figures({{"Thủ tục", "Số hồ sơ"}, {head, "12"}, {"Khai sinh", "14"}});
  REQUIRE(found.size() == 2);
  CHECK(found[0].confidence < kReviewBelow);
  CHECK(found[1].confidence >= kReviewBelow);
}

TEST_CASE("a first column that counts up numbers the rows, whatever its head") {
  CHECK(figures({{"và Â z", "Nội dung", "Số lượng"}, {"1", "Máy in", "7"}, {"2", "Máy quét", "9"}})
            .size() == 2);
}

TEST_CASE("a dash, an empty cell, a note and a number of order state nothing") {
  CHECK(figures({{"STT", "Nội dung", "Số lượng", "Ghi chú"},
                 {"1", "Máy in", "-", "2"},
                 {"2", "Máy quét", "", ""}})
            .empty());
}

TEST_CASE("columns that identify their rows state nothing") {
  CHECK(figures({{"TT", "Họ và tên", "Năm sinh", "Số điện thoại"},
                 {"1", "Trần Văn An", "1980", "0912345678"}})
            .empty());
}

TEST_CASE("the sign of a footnote is no part of a number") {
  const auto found = figures({{"Nội dung", "Số lượng"}, {"Máy in", "12*"}, {"Máy quét", "7 (1)"}});
  REQUIRE(found.size() == 2);
  CHECK(found[0].value->value == 12);
  CHECK(found[1].value->value == 7);
}

TEST_CASE("a misread or a missing number does not make figures of the others") {
  CHECK(figures({{"In)", "Nội dung", "Số lượng"},
                 {"1", "Nạo vét ao", "20"},
                 {"l", "Sửa chữa cầu", "30"},
                 {"3", "Trồng cây", "40"},
                 {"4", "Chỉnh trang chợ", "50"}})
            .size() == 4);
  CHECK(figures({{"Số hộ", "Nội dung"}, {"20", "Nạo vét ao"}, {"31", "Sửa chữa cầu"}}).size() == 2);
}

TEST_CASE("a comma read as a slash is put right by the other numbers of its column") {
  const auto found = figures(
      {{"Nội dung", "Tỷ lệ (%)"}, {"A", "99,4"}, {"Bờ", "101,5"}, {"Cờ", "104,8"}, {"Dờ", "92/1"}});
  REQUIRE(found.size() == 4);
  REQUIRE(found[3].percent);
  CHECK(found[3].percent->value == 92.1);
  CHECK(found[3].percent->evidence.source == FieldSource::OcrRestored);
  CHECK(found[3].percent->evidence.raw == "92/1");
}

TEST_CASE("a table that does not name its columns states nothing") {
  Record record = record_of({{"Máy in", "12"}, {"Máy quét", "7"}});
  for (auto& row : record.tables[0].rows)
    for (Cell& cell : row) cell.header = false;
  CHECK(find_table_indicators({}, record).empty());
}

}  // namespace
}  // namespace vanban::extract
