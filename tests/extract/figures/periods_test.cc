#include "extract/figures/periods.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

using Kind = Period::Kind;

// The periods of a line, in a document of 25 July 2025.
std::vector<Period> periods(const std::string& line) {
  const ReadDocument read(line);
  std::vector<Period> out;
  for (const PlacedPeriod& placed : find_periods(read.text, "2025-07-25"))
    out.push_back(placed.period);
  return out;
}

TEST_CASE("periods and their days") {
  const auto [line, kind, start, end, as_of] =
      GENERATE(table<std::string, Kind, std::string, std::string, std::string>({
          {"Tính đến hết tháng 7/2025, xã có", Kind::AsOf, "", "", "2025-07-31"},
          {"Đến ngày 15/6/2025 xã có", Kind::AsOf, "", "", "2025-06-15"},
          {"Từ 1/7/2025 đến nay, xã có", Kind::Since, "2025-07-01", "", ""},
          {"Từ ngày 01/7/2025 đến 16/9/2025, xã", Kind::Interval, "2025-07-01", "2025-09-16", ""},
          {"Hiện nay xã có", Kind::AsOfDocument, "", "", "2025-07-25"},
          {"Trong năm 2024 xã có", Kind::Interval, "2024-01-01", "2024-12-31", ""},
          {"Quý II/2025 xã có", Kind::Interval, "2025-04-01", "2025-06-30", ""},
          {"Tháng 2 năm 2024 xã có", Kind::Interval, "2024-02-01", "2024-02-29", ""},
          {"6 tháng đầu năm 2025 xã có", Kind::Interval, "2025-01-01", "2025-06-30", ""},
          {"6 tháng cuối năm 2025 xã có", Kind::Interval, "2025-07-01", "2025-12-31", ""},
          {"Giai đoạn 2021-2025 xã có", Kind::Interval, "2021-01-01", "2025-12-31", ""},
          {"Ngày 3 tháng 7 năm 2025 xã có", Kind::AsOf, "", "", "2025-07-03"},
      }));
  CAPTURE(line);
  const auto found = periods(line);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == kind);
  CHECK(found[0].start == start);
  CHECK(found[0].end == end);
  CHECK(found[0].as_of == as_of);
}

TEST_CASE("words that are half of others are no period") {
  for (const char* line : {"Xã thực hiện tốt", "Con đến trường", "Máy có từ tính", "Có 5 năm tuổi"})
    CHECK(periods(line).empty());
}

TEST_CASE("days that do not exist are none") {
  CHECK(periods("Ngày 31/2/2025 xã có").empty());
  CHECK(periods("Tháng 13/2025 xã có").empty());
}

}  // namespace
}  // namespace vanban::extract
