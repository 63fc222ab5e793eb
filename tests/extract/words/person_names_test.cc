#include "extract/words/person_names.h"

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

TEST_CASE("names of all peoples are written with capitals, small letters and their apostrophes") {
  for (const char* name : {"Ksor Blơn", "Y Bhiăc Niê", "Lò Văn Ún", "Mùa A Vừ", "Siu Bình",
                           "Thạch Thị Sa Rây", "Krajăn Plin", "Quàng Văn Hương", "H'Hen Niê",
                           "K' Brểu", "K'Tem", "Trần Thị Hoa", "H’Bia Ksor", "Y-Thoan Ayun"}) {
    CAPTURE(name);
    CHECK(is_person_name(views(diacritics::split_words(name))));
  }
  for (const char* other : {"Ksor", "Trần Vzn Bình", "Nơi nhận: Như trên", "TRẦN THỊ HOA",
                            "Trần thị Hoa", "- Lưu: VT.", "Ông A B C D E G H"}) {
    CAPTURE(other);
    CHECK_FALSE(is_person_name(views(diacritics::split_words(other))));
  }
}

TEST_CASE("degrees and ranks before a name") {
  struct Row {
    const char* line;
    std::size_t degrees;
  };
  const Row row = GENERATE(values<Row>({{"TS. BS. Lê Thị Hồng", 2},
                                        {"PGS.TS. Lê Thị Hồng", 1},
                                        {"PGS.TS Lê Thị Hồng", 1},
                                        {"BS.CKII Lê Thị Hồng", 1},
                                        {"BS. CK II Lê Thị Hồng", 3},
                                        {"BSCK I. Lê Thị Hồng", 2},
                                        {"ThS Lê Thị Hồng", 1},
                                        {"Ths. Lê Thị Hồng", 1},
                                        {"Th.S Lê Thị Hồng", 1},
                                        {"Đại tá Lê Thị Hồng", 2},
                                        {"Thiếu Tướng, TS. Lê Thị Hồng", 3},
                                        {"Luật sư Lê Thị Hồng", 2},
                                        {"Kỹ sư Lê Thị Hồng", 2},
                                        {"Nhà giáo ưu tú Lê Thị Hồng", 4},
                                        {"Bác sĩ chuyên khoa II Lê Thị Hồng", 5},
                                        {"Lê Thị Hồng", 0},
                                        {"Tôn Thất Sĩ", 0}}));
  CAPTURE(row.line);
  const std::vector<std::string> words = diacritics::split_words(row.line);
  CHECK(count_degrees(views(words)) == row.degrees);
  CHECK(is_person_name(views(words)));
}

TEST_CASE("first words of names that few others bear") {
  for (const char* word : {"Ksor", "Y", "Lò", "H'Hen", "K’"}) CHECK(begins_minority_name(word));
  for (const char* word : {"Nguyễn", "Ngân", "'Hen"}) CHECK_FALSE(begins_minority_name(word));
}

}  // namespace
}  // namespace vanban::extract
