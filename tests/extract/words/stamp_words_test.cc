#include "extract/words/stamp_words.h"

#include <string>

#include <catch2/catch.hpp>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

TEST_CASE("urgency stamps stand alone on their line") {
  const auto [line, expected] = GENERATE(table<std::string, std::string>({
      {"HỎA TỐC", "Hỏa tốc"},
      {"HOẢ TỐC", "Hỏa tốc"},
      {"* HỎA TỐC *", "Hỏa tốc"},
      {"HỎA TỐC HẸN GIỜ", "Hỏa tốc"},
      {"THƯỢNG KHẨN", "Thượng khẩn"},
      {"KHẨN", "Khẩn"},
      {"[KHẨN]", "Khẩn"},
      {"Ì HỎA TỐC", "Hỏa tốc"},  // the frame of the stamp
      {"1 HỎA TỐC l", "Hỏa tốc"},
      {"VÀ HỎA TỐC", ""},
      {"", ""},
      {"12", ""},
      {"KHẨN TRƯƠNG", ""},
      {"Công văn hỏa tốc", ""},
      {"MẬT", ""},
      {"MẬT - HỎA TỐC", "Hỏa tốc"},
      {"H Ỏ A  T Ố C", "Hỏa tốc"},
  }));
  CAPTURE(line);
  CHECK(urgency_of(diacritics::fold(line)) == expected);
}

TEST_CASE("a stamp is known by its words though a letter is misread") {
  const auto [line, expected] = GENERATE(table<std::string, std::string>({
      {"HỎA TỐC", "HỎA TỐC"},
      {"HOA TỌC", "HỎA TỐC"},
      {"| HÓATÔC |", "HỎA TỐC"},
      {"HQA TOC", "HỎA TỐC"},
      {"HỎA TỐC HẸN GIỞ", "HỎA TỐC HẸN GIỜ"},
      {"THUONG KHAN", "THƯỢNG KHẨN"},
      {"TÓI MẬT", "TỐI MẬT"},
      {"[ MẬT ]", "MẬT"},
      {"HỎA Tốc", "HỎA TỐC"},
      {"LƯU HÀNH NỘI BỘ", ""},
      {"hỏa tốc", ""},
      {"ï mát", ""},
      {"TO1 MẬT", "TỐI MẬT"},
      {"THƯỢNG (GIẢN", "THƯỢNG KHẨN"},
      {"THUYỆT MẬY", "TUYỆT MẬT"},
      {"TUYỂN SINH", ""},
      {"MỒA TỐC uiậU @#", "HỎA TỐC"},
      {"HỎA TỐC gửi các cơ quan", ""},
      {"THƯỢNG", ""},
      {"KHÁNH", ""},
      {"BÍ MẬT", ""},
      {"HÒA BÌNH", ""},
      {"MẶC", ""},
      {"", ""},
  }));
  CAPTURE(line);
  CHECK(stamp_words_like(line).printed == expected);
}

TEST_CASE("a stamp is exact where each letter was read, and may have begun") {
  CHECK(stamp_words_like("HỎA TỐC").exact);
  CHECK_FALSE(stamp_words_like("HQA TỐC").exact);
  CHECK(stamp_words_like("THƯỢNG").begins);
  CHECK_FALSE(stamp_words_like("Thượng").begins);
  CHECK_FALSE(stamp_words_like("KHẨN").begins);
  CHECK_FALSE(stamp_words_like("THƯƠNG MẠI").begins);
}

TEST_CASE("a mark of secrecy is a line of capitals, or what a form asks for") {
  const auto [line, expected] = GENERATE(table<std::string, std::string>({
      {"MẬT", "Mật"},
      {"TỐI MẬT", "Tối mật"},
      {"TUYỆT MẬT", "Tuyệt mật"},
      {"| MẬT |", "Mật"},
      {"[TỐI MẬT]", "Tối mật"},
      {"Ì MẬT I", "Mật"},  // the frame of the stamp
      {"M Ậ T", "Mật"},
      {"T U Y Ệ T  M Ậ T", "Tuyệt mật"},
      {"MẬT - HỎA TỐC", "Mật"},
      {"HỎA TỐC/TỐI MẬT", "Tối mật"},
      {"THƯỢNG KHẨN MẬT", "Mật"},
      {"Độ mật: Mật", "Mật"},
      {"ĐỘ MẬT: TUYỆT MẬT", "Tuyệt mật"},
      {"- Mức độ mật : tối mật", "Tối mật"},
      {"Độ mật (nếu có): Mật.", "Mật"},
      {"Độ mật: Thường", ""},
      {"Độ mật: ........", ""},
      {"Độ mật của tài liệu: Mật", ""},
      {"Độ mật: Mật, Tối mật, Tuyệt mật", ""},
      {"Độ khẩn: Hỏa tốc", ""},
      {"Mật", ""},
      {"mật", ""},
      {"BÍ MẬT", ""},
      {"BẢO MẬT", ""},
      {"MẬT ONG", ""},
      {"Mật ong rừng", ""},
      {"MẬT KHẨU", ""},
      {"BẢO VỆ BÍ MẬT NHÀ NƯỚC", ""},
      {"TÀI LIỆU MẬT", ""},
      {"KHẨN", ""},
      {"", ""},
  }));
  CAPTURE(line);
  CHECK(secrecy_of(line) == expected);
}

TEST_CASE("papers are named by their mark") {
  const auto [line, expected] = GENERATE(table<std::string, std::string>({
      {"TÀI LIỆU MẬT", "Mật"},
      {"TÀI LIỆU TUYỆT MẬT", "Tuyệt mật"},
      {"VĂN BẢN TỐI MẬT", "Tối mật"},
      {"Tài liệu mật", ""},
      {"TÀI LIỆU BÍ MẬT", ""},
      {"TÀI LIỆU", ""},
      {"MẬT", ""},
  }));
  CAPTURE(line);
  CHECK(secrecy_of_papers(line) == expected);
}

}  // namespace
}  // namespace vanban::extract
