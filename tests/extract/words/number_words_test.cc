#include "extract/words/number_words.h"

#include <catch2/catch.hpp>
#include <string>

namespace vanban::extract {
namespace {

TEST_CASE("numbers in words") {
  const auto [words, number] = GENERATE(table<std::string, double>({
      {"không", 0},
      {"bảy", 7},
      {"mười", 10},
      {"mười lăm", 15},
      {"hai mươi", 20},
      {"hai mươi mốt", 21},
      {"ba mươi tư", 34},
      {"một trăm linh năm", 105},
      {"một trăm lẻ năm", 105},
      {"một trăm mười", 110},
      {"chín trăm chín mươi chín", 999},
      {"hai nghìn", 2000},
      {"một ngàn hai trăm", 1200},
      {"Năm trăm triệu đồng", 500e6},
      {"một tỷ hai trăm triệu đồng chẵn", 1.2e9},
      {"hai trăm nghìn tỷ", 200e12},
      {"muoi lam", 15},
  }));
  CAPTURE(words);
  CHECK(number_in_words(words) == number);
}

TEST_CASE("other words are no number") {
  const std::string text = GENERATE(as<std::string>(), "", "đồng", "hai ba", "một nhà", "trăm",
                                    "linh năm", "sau đây là");
  CAPTURE(text);
  CHECK_FALSE(number_in_words(text));
}

}  // namespace
}  // namespace vanban::extract
