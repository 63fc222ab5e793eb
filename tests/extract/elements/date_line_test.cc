// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/date_line.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using Value = std::optional<std::string>;

TEST_CASE("place and date of the date line") {
  const auto [line, place, date] = GENERATE(table<std::string, Value, Value>({
      {"Hà Nội, ngày 09 tháng 10 năm 2025", "Hà Nội", "2025-10-09"},
      {"Thanh Lương Hạ, ngày 1 tháng 2 năm 2024", "Thanh Lương Hạ", "2024-02-01"},
      {"TP. Hồ Chí Minh, ngày 30 tháng 4 năm 2025.", "TP. Hồ Chí Minh", "2025-04-30"},
      {"Hà Nội, ngay 09 thang 10 nam 2025", "Hà Nội", "2025-10-09"},  // marks lost
      {"Hà Nội, ngày09 tháng10 năm2025", "Hà Nội", "2025-10-09"},     // spaces lost
      {"Hà Nội, ngày 1 6 tháng 9 năm 2025", "Hà Nội", "2025-09-16"},  // a space too many
      {"Hà Nội, ngày 29 tháng 02 năm 2024", "Hà Nội", "2024-02-29"},  // leap year
      {"Hà nội, ngày 09 tháng 10 năm 2025", "Hà nội", "2025-10-09"},
      {"Bà Rịa - Vũng Tàu, ngày 9 tháng 10 năm 2025", "Bà Rịa - Vũng Tàu", "2025-10-09"},
      {"Hà Nội, ngày 09/10/2025", "Hà Nội", "2025-10-09"},
      {"Hà Nội, ngày 09-10-2025", "Hà Nội", "2025-10-09"},
      {"Hà Nội, 9.10.2025", "Hà Nội", "2025-10-09"},
      {"Ngày 09 tháng 10 năm 2025", {}, "2025-10-09"},  // without a place
      {"ngày 09/10/2025", {}, "2025-10-09"},
  }));
  CAPTURE(line);
  FirstPage page;
  page.date = line;
  const Record record = page.record();
  CHECK(record.place.value == place);
  CHECK(record.date.value == date);
}

TEST_CASE("place and date on two lines") {
  const auto [first, second] = GENERATE(table<std::string, std::string>({
      {"Thanh Lương Hạ, ngày 30 tháng 7", "năm 2025"},
      {"Thanh Lương Hạ, ngày 30", "tháng 7 năm 2025"},
      {"Thanh Lương Hạ, ngày", "30 tháng 7 năm 2025"},
      {"Thanh Lương Hạ,", "ngày 30 tháng 7 năm 2025"},
      {"Thanh Lương Hạ,", "ngày 30/7/2025"},
      {"Thanh Lương Hạ", "ngày 30 tháng 7 năm 2025"},
  }));
  CAPTURE(first);
  FirstPage page;
  page.date = first;
  ocr::Document document = page.document();
  document.pages[0].blocks[1].lines.push_back(made_line(second, 90));
  const Record record = extract(document);
  CHECK(record.place.value == Value("Thanh Lương Hạ"));
  CHECK(record.date.value == Value("2025-07-30"));
  CHECK(record.date_parts.day.value == Value("30"));
}

TEST_CASE("a place before which something stands may have lost its beginning") {
  FirstPage page;
  page.date = "Soạn tại xã Sông Thương, ngày 30 tháng 7 năm 2025";
  const Field place = page.record().place;
  CHECK(place.value == Value("Sông Thương"));
  CHECK(place.evidence.confidence < 0.9);
}

TEST_CASE("a date that is seen and not understood is illegible") {
  FirstPage page;
  page.date = "Thanh Lương Hạ, ngày 07 năm 2022";
  const Record record = page.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Illegible);
  CHECK(record.date.needs_review);
  CHECK(record.date.evidence.raw == "ngày 07 năm 2022");
  CHECK(record.place.value == Value("Thanh Lương Hạ"));
}

TEST_CASE("figures of a sentence are no date line") {
  FirstPage page;
  page.date = "";
  page.text = {"Theo báo cáo, ngày 30/7/2025 có mưa,", "đến hết ngày 30/7/2025 thì tạnh."};
  CHECK_FALSE(page.record().date.value);
}

TEST_CASE("days that do not exist are no date, and the parts tell what was read") {
  const auto [line, day, month, year] = GENERATE(table<std::string, Value, Value, Value>({
      {"Hà Nội, ngày 29 tháng 02 năm 2025", "29", "02", "2025"},
      {"Hà Nội, ngày 31 tháng 4 năm 2025", "31", "4", "2025"},
      {"Hà Nội, ngày 32 tháng 4 năm 2025", {}, "4", "2025"},
      {"Hà Nội, ngày 3 tháng 13 năm 2025", "3", {}, "2025"},
      {"Hà Nội, ngày 3 tháng 4 năm 25", "3", "4", {}},
      {"Hà Nội, ngày 3o tháng 4 năm 2025", {}, "4", "2025"},
  }));
  CAPTURE(line);
  FirstPage page;
  page.date = line;
  const Record record = page.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Illegible);
  CHECK(record.date_parts.day.value == day);
  CHECK(record.date_parts.month.value == month);
  CHECK(record.date_parts.year.value == year);
  CHECK(record.date.evidence.raw.starts_with("ngày"));
}

TEST_CASE("a day that was hardly read keeps the other parts") {
  ocr::Document document = FirstPage().document();
  ocr::Line& line = document.pages[0].blocks[1].lines[2];
  for (ocr::Word& word : line.words)
    if (word.text == "30") word.confidence = 0.5;
  const Record record = extract(document);
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Illegible);
  CHECK_FALSE(record.date_parts.day.value);
  CHECK(record.date_parts.month.value == Value("7"));
  CHECK(record.date_parts.year.value == Value("2025"));
  CHECK(record.date.evidence.raw == "ngày 30 tháng 7 năm 2025");
  CHECK(record.place.value == Value("Thanh Lương Hạ"));
}

TEST_CASE("a day left open is blank in a text layer; on a scan ink may be there") {
  const auto [route, reason] = GENERATE(table<ocr::Route, Reason>(
      {{ocr::Route::TextLayer, Reason::Blank}, {ocr::Route::Ocr, Reason::Illegible}}));
  FirstPage page;
  page.date = "Thanh Lương Hạ, ngày tháng 7 năm 2025";
  page.route = route;
  const Record record = page.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == reason);
  CHECK(record.date_parts.month.value == Value("7"));
  CHECK(record.date_parts.year.value == Value("2025"));
}

TEST_CASE("a date that the text cites is not the document's") {
  FirstPage page;
  page.date = "";
  page.text = {"Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;",
               "theo Tờ trình ngày 04 tháng 8 năm 2025, Sở báo cáo:"};
  const Record record = page.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Absent);
  CHECK_FALSE(record.place.value);
  CHECK_FALSE(record.date_parts.year.value);
}

TEST_CASE("the agencies' names put the marks of the place right, on a scan alone") {
  const auto [route, place] = GENERATE(table<ocr::Route, Value>(
      {{ocr::Route::Ocr, "Thanh Lương Hạ"}, {ocr::Route::TextLayer, "Thanh Luơng Ha"}}));
  FirstPage page;
  page.date = "Thanh Luơng Ha, ngày 30 tháng 7 năm 2025";
  page.route = route;
  CHECK(page.record().place.value == place);
}

}  // namespace
}  // namespace vanban::extract
