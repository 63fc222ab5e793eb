// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/words/dates.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::extract {
namespace {

std::vector<std::string> found(const std::string& folded) {
  std::vector<std::string> out;
  for (const NamedDate& named : dates_in(folded)) out.push_back(iso(named.date));
  return out;
}
using Dates = std::vector<std::string>;

TEST_CASE("dates in figures and in words") {
  CHECK(found("ngay 24/04/2018") == Dates{"2018-04-24"});
  CHECK(found("24.4.2018 15:17") == Dates{"2018-04-24"});
  CHECK(found("ngay 24-04-2018,") == Dates{"2018-04-24"});
  CHECK(found("ngay 03 thang 7 nam 2025 cua") == Dates{"2025-07-03"});
  CHECK(found("tu 1/2/2024 den 29/02/2024") == Dates{"2024-02-01", "2024-02-29"});
  CHECK(found("ngay 1 / 2 / 2024") == Dates{"2024-02-01"});
}

TEST_CASE("what is no date") {
  for (const char* text :
       {"", "12", "12/", "12/13/2024", "30/02/2024", "31 thang 4 nam 2024", "1.2.3", "12/2024",
        "1/2/24", "1/2/1899", "so 30/2020/nd-cp", "123/4/2024"})
    CHECK(found(text).empty());
}

TEST_CASE("a found date knows its place") {
  const auto dates = dates_in("hop 01/7/2025.");
  REQUIRE(dates.size() == 1);
  CHECK(dates[0].begin == 4);
  CHECK(dates[0].end == 13);
}

TEST_CASE("the date that an ISO time begins with") {
  CHECK(date_of_iso("2018-04-24T15:17:45Z") == date_of(2018, 4, 24));
  CHECK_FALSE(date_of_iso("2018-04"));
  CHECK_FALSE(date_of_iso("2018-02-30"));
  CHECK_FALSE(date_of_iso("yesterday!"));
}

TEST_CASE("the calendar") {
  CHECK(date_of(2024, 2, 29));
  CHECK_FALSE(date_of(2025, 2, 29));
  CHECK_FALSE(date_of(2025, -1, 1));
  CHECK_FALSE(date_of(2025, 0, 1));
  CHECK_FALSE(date_of(2101, 1, 1));
}

TEST_CASE("days between two dates, over a leap day and backwards") {
  const auto days = [](const char* from, const char* to) {
    return days_between(date_of_iso(from).value(), date_of_iso(to).value());
  };
  CHECK(days("2024-02-28", "2024-03-01") == 2);
  CHECK(days("2025-02-28", "2025-03-01") == 1);
  CHECK(days("2025-01-01", "2024-12-31") == -1);
  CHECK(days("2025-01-01", "2025-01-01") == 0);
}

TEST_CASE("a date in ISO 8601 has four digits and twice two") {
  CHECK(iso(date_of(2024, 2, 9).value()) == "2024-02-09");
}

}  // namespace
}  // namespace vanban::extract
