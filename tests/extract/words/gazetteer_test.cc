#include "extract/words/gazetteer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <string>

namespace vanban::extract {
namespace {

Date day(int year, int month, int of_month) { return *date_of(year, month, of_month); }

bool has_kind(const std::string& name, const std::string& kind) {
  const auto units = units_named(name);
  return std::any_of(units.begin(), units.end(),
                     [&](const Unit& unit) { return unit.kind == kind; });
}

TEST_CASE("units are found by their names, in any case and with either placement of tones") {
  for (const char* name : {"Kiên Giang", "KIÊN GIANG", "Hòa Bình", "Hoà Bình", "Ba Đình"})
    CHECK_FALSE(units_named(name).empty());
  CHECK(has_kind("Kiên Giang", "tỉnh"));
  CHECK(has_kind("hoà bình", "tỉnh"));
  // The first and the last of the list.
  CHECK(has_kind("A Bung", "xã"));
  CHECK(has_kind("Ứng Hòa", "xã"));
}

TEST_CASE("marks count, and names that are none are not found") {
  for (const char* name : {"Kien Giang", "", "Kiên", "Kiên Giang Giang", "zzz"})
    CHECK(units_named(name).empty());
}

TEST_CASE("the unit that a body is named after") {
  const auto [agency, kind, name] = GENERATE(table<std::string, std::string, std::string>({
      {"ỦY BAN NHÂN DÂN XÃ CHÍ MINH", "xã", "chí minh"},
      {"UBND TỈNH KIÊN GIANG", "tỉnh", "kiên giang"},
      {"UBND THỊ XÃ SƠN TÂY", "thị xã", "sơn tây"},
      {"HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", "thành phố", "hải phòng"},
  }));
  const auto unit = unit_in(agency);
  REQUIRE(unit);
  CHECK(unit->kind == kind);
  CHECK(unit->name == name);
  CHECK_FALSE(unit_in("BỘ Y TẾ"));
  CHECK_FALSE(unit_in("SỞ NỘI VỤ TỈNH"));
}

TEST_CASE("districts and merged provinces were gone on 1 July 2025") {
  CHECK(existed({"tỉnh", "kiên giang"}, day(2025, 6, 30)) == true);
  CHECK(existed({"tỉnh", "kiên giang"}, day(2025, 7, 1)) == false);
  CHECK(existed({"huyện", "an phú"}, day(2025, 7, 1)) == false);
  CHECK(existed({"tỉnh", "nghệ an"}, day(2026, 1, 1)) == true);
  CHECK(existed({"xã", "chí minh"}, day(2025, 7, 25)) == true);
  CHECK(existed({"xã", "không có"}, day(2025, 7, 25)) == std::nullopt);
}

TEST_CASE("a place lies in its province") {
  CHECK(lies_in("Rạch Giá", {"tỉnh", "kiên giang"}) == true);
  CHECK(lies_in("Hà Nội", {"tỉnh", "kiên giang"}) == false);
  CHECK(lies_in("Không Có", {"tỉnh", "kiên giang"}) == std::nullopt);
}

}  // namespace
}  // namespace vanban::extract
