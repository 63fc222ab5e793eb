#include "extract/words/agency_names.h"

#include <catch2/catch.hpp>
#include <string>

#include "diacritics/text/text.h"

namespace vanban::extract {
namespace {

TEST_CASE("lines that begin a body's name are told from its second line") {
  const auto [line, expected] = GENERATE(table<std::string, bool>({
      {"ỦY BAN NHÂN DÂN", true},
      {"UBND TỈNH SÔNG THƯƠNG", true},
      {"HỘI ĐỒNG NHÂN DÂN", true},
      {"SỞ NỘI VỤ", true},
      {"BỘ TÀI CHÍNH", true},
      {"CỤC THUẾ TỈNH", true},
      {"TRƯỜNG TIỂU HỌC BẾN HẠC", true},
      {"TRUNG TÂM Y TẾ", true},
      {"BỆNH VIỆN ĐA KHOA", true},
      {"CÔNG TY TNHH BẾN HẠC", true},
      {"ĐẢNG ỦY XÃ", true},
      {"BAN CHẤP HÀNH", true},
      {"PHÒNG KINH TẾ", true},
      {"- SỞ NỘI VỤ", true},
      {"BỘ-Y TẾ", true},
      {"", false},
      {"  ", false},
      {"12", false},
      {"XÃ THANH LƯƠNG HẠ", false},
      {"TỈNH SÔNG THƯƠNG", false},
      {"HUYỆN BẾN HẠC", false},
      {"QUẬN BẾN HẠC", false},
      {"Số: 67/BC-UBND", false},
      {"VÀ ĐÀO TẠO", false},
      {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", false},
      {"Độc lập - Tự do - Hạnh phúc", false},
  }));
  CAPTURE(line);
  CHECK(begins_agency(diacritics::fold(line)) == expected);
}

TEST_CASE("a line of a body's name goes on with the one above it or begins another") {
  const auto [above, line, joint] = GENERATE(table<std::string, std::string, NameJoint>({
      {"ỦY BAN NHÂN DÂN", "XÃ THANH LƯƠNG HẠ", NameJoint::GoesOn},
      {"UBND TỈNH SÔNG THƯƠNG", "SỞ NỘI VỤ", NameJoint::Begins},
      {"SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG", NameJoint::GoesOn},
      {"UBND TỈNH", "SÔNG THƯƠNG", NameJoint::GoesOn},
      {"VĂN PHÒNG UBND TỈNH", "TRUNG TÂM LƯU TRỮ", NameJoint::Begins},
      {"BAN CHẤP HÀNH", "ĐẢNG BỘ TỈNH SÔNG THƯƠNG", NameJoint::GoesOn},
      {"THƯỜNG TRỰC HỘI ĐỒNG", "NHÂN DÂN TỈNH SÔNG THƯƠNG", NameJoint::GoesOn},
      {"BAN CHỈ HUY", "PHÒNG THỦ DÂN SỰ", NameJoint::GoesOn},
      {"TRUNG TÂM TRỢ GIÚP PHÁP LÝ", "NHÀ NƯỚC", NameJoint::GoesOn},
      {"PHÒNG TÀI CHÍNH -", "KẾ HOẠCH", NameJoint::GoesOn},
      {"CỤC QUẢN LÝ KHÁM,", "CHỮA BỆNH", NameJoint::GoesOn},
      {"ĐẢNG ỦY XÃ THANH LƯƠNG HẠ", "CHI BỘ BẢN LẦY", NameJoint::Begins},
      {"SỞ VĂN HÓA VÀ THỂ THAO", "BẢO TÀNG TỈNH", NameJoint::Begins},
      {"TỈNH ỦY SÔNG THƯƠNG", "TỈNH ĐOÀN", NameJoint::Begins},
      {"NGÂN HÀNG NHÀ NƯỚC", "CHI NHÁNH KHU VỰC 4", NameJoint::GoesOn},
      {"TRƯỜNG TIỂU HỌC", "LƯƠNG KHẮC THUẦN", NameJoint::Unknown},
  }));
  CAPTURE(above, line);
  CHECK(joint_of(diacritics::fold(above), diacritics::fold(line)) == joint);
}

TEST_CASE("names that are whole as they stand") {
  const auto [name, whole] = GENERATE(table<std::string, bool>({{"UBND TỈNH SÔNG THƯƠNG", true},
                                                                {"UBND TỈNH", false},
                                                                {"SỞ Y TẾ", true},
                                                                {"SỞ NÔNG NGHIỆP VÀ", false},
                                                                {"ỦY BAN NHÂN DÂN", false},
                                                                {"TRƯỜNG TIỂU HỌC", false}}));
  CAPTURE(name);
  CHECK(is_whole_agency(diacritics::fold(name)) == whole);
}

}  // namespace
}  // namespace vanban::extract
