#include "extract/words/place_and_day.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

std::vector<std::string_view> views(const std::vector<std::string>& words) {
  return {words.begin(), words.end()};
}

TEST_CASE("a place reaches back over hyphens, small letters and the numbers of wards") {
  const auto [line, begin] = GENERATE(table<std::string, std::size_t>({
      {"Sông Thương,", 0},
      {"_ Sông Thương,", 1},
      {"Bà Rịa - Vũng Tàu,", 0},
      {"Phan Rang – Tháp Chàm,", 0},
      {"- Sông Thương,", 1},
      {"Hà nội,", 0},
      {"Thành phố Hồ Chí Minh,", 0},
      {"TP. Sông Thương,", 0},
      {"Phường 1,", 0},
      {"Số 1 Hồng Hà,", 2},
      {"Số: 15/BC-PNV Hà nội,", 2},
      {"V/v kiểm tra Hồng Hà,", 3},
      {"xã hồng hà,", 3},
      {"xã Hồng Hà,", 0},
      {"phường 3,", 0},
      {"Sông Thương ,", 0},
  }));
  CAPTURE(line);
  const std::vector<std::string> words = diacritics::split_words(line);
  CHECK(begin_of_place(views(words), words.size()) == begin);
}

TEST_CASE("days in figures") {
  struct Row {
    const char* line;
    std::size_t label, first;
  };
  const Row row = GENERATE(values<Row>({{"Hà Nội, ngày 05/9/2023", 2, 3},
                                        {"Hà Nội, ngày 05-9-2023.", 2, 3},
                                        {"Hà Nội, ngày 05.9.2023", 2, 3},
                                        {"Hà Nội, 05/9/2023", 2, 2},
                                        {"Hà Nội, ngày 05 / 9 / 2023", 2, 3},
                                        {"Hà Nội, ngày05/9/2023", 2, 2},
                                        {"Ngày 05/9/2023", 0, 1},
                                        {"05/9/2023", 0, 0}}));
  CAPTURE(row.line);
  const std::vector<std::string> words = diacritics::split_words(row.line);
  const auto day = day_in_figures(views(words));
  REQUIRE(day);
  CHECK(day->label == row.label);
  CHECK(day->first == row.first);
  CHECK(day->day == "05");
  CHECK(day->month == "9");
  CHECK(day->year == "2023");
}

TEST_CASE("other figures are no day") {
  for (const char* line : {"Số 05/9/2023", "Hà Nội, ngày 05/9/23", "Số: 15/2023/QĐ-UBND",
                           "Ngày 05/9/2023 của xã", "1.234.567", "Tel: 05-9-2023"}) {
    CAPTURE(line);
    const std::vector<std::string> words = diacritics::split_words(line);
    CHECK_FALSE(day_in_figures(views(words)));
  }
}

}  // namespace
}  // namespace vanban::extract
