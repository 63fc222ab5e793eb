#include "extract/checks/check_figures.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

std::vector<Check> of_kind(const std::vector<Check>& checks, const std::string& id) {
  std::vector<Check> out;
  std::copy_if(checks.begin(), checks.end(), std::back_inserter(out),
               [&](const Check& check) { return check.id == id; });
  return out;
}

// What is said of a body's lines.
std::vector<Check> of_body(const Texts& lines, const std::string& id) {
  const ReadDocument read(made_body(lines));
  return of_kind(check_figures(read.text, extract(read.document)), id);
}

TEST_CASE("a ratio is its percentage, rounded or cut off") {
  const auto [line, holds] = GENERATE(table<std::string, bool>({
      {"Giải quyết 1.204/1.210 hồ sơ, đạt 99,5%.", true},
      {"Giải quyết 2/3 hồ sơ, đạt 66,6%.", true},
      {"Giải quyết 2/3 hồ sơ, đạt 66,7%.", true},
      {"Giải quyết 2/3 hồ sơ, đạt 76,7%.", false},
  }));
  CAPTURE(line);
  const auto checks = of_body({line}, "ratio_percent");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == holds);
}

TEST_CASE("parts make the whole") {
  const auto [line, holds] = GENERATE(table<std::string, bool>({
      {"Tiếp nhận 50 hồ sơ, trong đó 30 hồ sơ trực tuyến, 20 hồ sơ trực tiếp.", true},
      {"Tiếp nhận 50 hồ sơ, trong đó 30 hồ sơ trực tuyến, 25 hồ sơ trực tiếp.", false},
  }));
  const auto checks = of_body({line}, "parts_total");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == holds);
}

TEST_CASE("what comes after the parts is none of them") {
  const auto checks = of_body(
      {"Tiếp nhận 50 hồ sơ, trong đó 30 hồ sơ trực tuyến, 20 hồ sơ trực tiếp, 45 hồ sơ đúng hạn."},
      "parts_total");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == true);
  CHECK(checks[0].paths.size() == 3);
  CHECK(of_body({"Có 80 hồ sơ, tăng 9 hồ sơ, trong đó 50 hồ sơ trực tuyến, 30 hồ sơ trực tiếp."},
                "parts_total")
            .empty());
}

TEST_CASE("parts that are fewer than the whole say nothing") {
  CHECK(
      of_body({"Tiếp nhận 50 hồ sơ, trong đó 30 hồ sơ trực tuyến, 5 hồ sơ quá hạn."}, "parts_total")
          .empty());
}

TEST_CASE("digits and words say the same number") {
  const auto [line, holds] = GENERATE(table<std::string, bool>({
      {"Trả lời trong 15 (mười lăm) ngày.", true},
      {"Trả lời trong 15 (mười năm) ngày.", true},
      {"Trả lời trong 15 (mười) ngày.", false},
      {"Hỗ trợ 500.000 đồng (năm trăm nghìn đồng) mỗi hộ.", true},
      {"Số tiền: 1.200.000 đồng (Bằng chữ: Một triệu hai trăm nghìn đồng).", true},
      {"Số tiền: 1.200.001 đồng (Bằng chữ: Một triệu hai trăm nghìn đồng).", false},
      {"Số tiền: 1.200.001đ (bằng chữ: Một triệu hai trăm nghìn đồng chẵn).", false},
      {"Số tiền: 1.200.000VNĐ (Viết bằng chữ: Một triệu hai trăm nghìn đồng).", true},
      {"Số tiền: 1,200,000 đồng (Bằng chữ: Một triệu hai trăm nghìn đồng).", true},
      {"Số tiền: 1.200.001 đồng. Bằng chữ: Một triệu hai trăm nghìn đồng.", false},
  }));
  CAPTURE(line);
  const auto checks = of_body({line}, "digits_words");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == holds);
}

TEST_CASE("a paragraph stands once") {
  const std::string line =
      "Thành lập Tổ hỗ trợ người dân nộp hồ sơ trực tuyến tại bộ phận một cửa của xã.";
  CHECK(of_body({line}, "duplicated_paragraph")[0].holds == true);
  const std::string other =
      "Duy trì hoạt động của tổ vào thứ Hai, thứ Tư và thứ Sáu hằng tuần tại hội trường thôn.";
  CHECK(of_body({line, line}, "duplicated_paragraph")[0].holds == false);
  CHECK(of_body({line, other, line, other}, "duplicated_paragraph")[0].holds == false);
  // One alone, further down.
  CHECK(of_body({line, other, line}, "duplicated_paragraph")[0].holds == true);
}

TEST_CASE("a figure is compared as it is printed, to ten digits") {
  const auto checks = of_body({"Giải quyết 2/3 hồ sơ, đạt 76,7%."}, "ratio_percent");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].expected == "66.66666667");
  CHECK(checks[0].found == "76.7");
  CHECK(checks[0].paths == Texts{"/indicators/0"});
}

TEST_CASE("a share of nothing says nothing") {
  CHECK(of_body({"Giải quyết 0/0 hồ sơ, đạt 0%."}, "ratio_percent").empty());
}

TEST_CASE("a paragraph that stands again is told with its first words and both pages") {
  const std::string line =
      "Thành lập Tổ hỗ trợ người dân nộp hồ sơ trực tuyến tại bộ phận một cửa của xã.";
  const ReadDocument read(
      made_document({made_page(1, {made_block(ocr::BlockKind::Body, {line})}),
                     made_page(2, {made_block(ocr::BlockKind::Body, {line})})}));
  const auto checks = of_kind(check_figures(read.text, {}), "duplicated_paragraph");
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].paths == Texts{"/text/pages/0", "/text/pages/1"});
  CHECK(checks[0].found == "Thành lập Tổ hỗ trợ người dân nộp hồ sơ trực tuyến");
  // Short ones may well be repeated.
  CHECK(of_body({"Các đơn vị thực hiện.", "Các đơn vị thực hiện."}, "duplicated_paragraph")[0]
            .holds == true);
}

// ---- tables

// The cells of a column "Số hồ sơ" by the heads of their rows, and the table that they stand in.
struct Column {
  struct Row {
    std::string label, head, value;
  };
  std::vector<Row> rows;

  Record record() const {
    Record out;
    Table table;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Cell label;
      label.text = rows[i].label;
      table.rows.push_back({label});
      Indicator figure;
      MeasuredNumber number;
      number.value = std::stod(rows[i].value);
      number.evidence.raw = rows[i].value;
      figure.value = number;
      figure.cell = CellPlace{0, i, 1, rows[i].head, "Số hồ sơ"};
      out.indicators.push_back(figure);
    }
    out.tables = {table};
    return out;
  }
  std::vector<Check> checks() const { return of_kind(check_figures({}, record()), "table_total"); }
};

TEST_CASE("the last row of a column is the sum of those above it") {
  const auto [total, holds] = GENERATE(table<std::string, bool>({{"30", true}, {"31", false}}));
  const Column column{
      {{"1", "Thôn Đông", "10"}, {"2", "Thôn Tây", "20"}, {"", "Tổng cộng", total}}};
  const auto checks = column.checks();
  REQUIRE(checks.size() == 1);
  // Two whole numbers, each maybe rounded: they may be off by one together.
  CHECK(checks[0].holds == true);
  CHECK(checks[0].expected == "30");
  CHECK(checks[0].found == total);
  CHECK(checks[0].paths == Texts{"/indicators/2", "/tables/0"});
}

TEST_CASE("a sum that fails names the rows as well, as any of them may be misread") {
  const Column column{{{"1", "Thôn Đông", "10"}, {"2", "Thôn Tây", "26"}, {"", "Tổng cộng", "30"}}};
  const auto checks = column.checks();
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == false);
  CHECK(checks[0].paths == Texts{"/indicators/2", "/tables/0", "/indicators/0", "/indicators/1"});
}

TEST_CASE("rows that group others are summed instead of their parts") {
  const Column column{{{"I", "Khối xã", "30"},
                       {"1", "Thôn Đông", "10"},
                       {"2", "Thôn Tây", "20"},
                       {"II", "Khối phường", "40"},
                       {"", "Tổng số", "70"}}};
  const auto checks = column.checks();
  REQUIRE(checks.size() == 1);
  CHECK(checks[0].holds == true);
  CHECK(checks[0].expected == "70");
}

TEST_CASE("groups and parts that cannot be told apart say nothing") {
  const Column column{{{"I", "Khối xã", "30"}, {"1", "Thôn Đông", "10"}, {"", "Tổng số", "99"}}};
  CHECK(column.checks().empty());
}

TEST_CASE("a single row has no total") {
  const Column column{{{"1", "Thôn Đông", "10"}, {"", "Tổng số", "10"}}};
  CHECK(column.checks().empty());
}

}  // namespace
}  // namespace vanban::extract
