// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/figures/quantities.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "diacritics/text/text.h"
#include "tests/extract/read_document.h"

namespace vanban::extract {
namespace {

using Number = std::optional<double>;

// The first word of a line with a digit, and the quantity that begins there.
struct First {
  explicit First(const std::string& line) : read(line), sentence(read.text.sentences[0].tokens) {
    std::size_t at = 0;
    while (!diacritics::has_digit(read.text.tokens[at].text)) ++at;
    quantity = quantity_at(read.text, at, sentence);
  }
  Compared sign() const { return compared(read.text, quantity.value(), sentence); }
  bool says_something() const { return measures(read.text, quantity.value(), sign(), sentence); }

  ReadDocument read;
  TokenRange sentence;
  std::optional<Quantity> quantity;
};

TEST_CASE("numbers and what they count") {
  struct Row {
    std::string line;
    Number value, value_to, denominator, percent;
    std::string unit;
  };
  const Row row = GENERATE(values<Row>({
      {"Có 5 hộ nghèo", 5, {}, {}, {}, "hộ nghèo"},
      {"Có 17/40 máy tính cũ", 17, {}, 40, {}, "máy tính"},
      {"Chi 1,5 triệu đồng", 1.5, {}, {}, {}, "triệu đồng"},
      {"Thu 500đ mỗi vé", 500, {}, {}, {}, "đồng"},
      {"Trồng 15ha rừng", 15, {}, {}, {}, "ha"},
      {"Đạt 99,88% kế hoạch", {}, {}, {}, 99.88, ""},
      {"Đạt 50 % kế hoạch", {}, {}, {}, 50, ""},
      {"Sinh thô 0,05‰ mỗi năm", 0.05, {}, {}, {}, "‰"},
      {"Cử 30 cán bộ đi học, chiếm 75% số dự tuyển (30/40)", 30, {}, 40, 75, "cán bộ"},
      {"Trúng tuyển 158/309 người dự thi (Š1,13%)", 158, {}, 309, 51.13, "người"},
      {"Trúng tuyển 158/309 người dự thi (Š2,13%)", 158, {}, 309, {}, "người"},
      {"Có 99 xã đạt chuẩn năm 2017, đạt 68,28%", 99, {}, {}, 68.28, "xã"},
      {"Xong 51 tỷ, ước giải ngân đạt 100%", 51, {}, {}, {}, "tỷ"},
      {"Xếp hạng 7/34 tỉnh thành", 7, {}, 34, {}, "tỉnh thành"},
      {"Đứng thứ 7 trên tổng số 34 tỉnh", 7, {}, 34, {}, "tỉnh"},
      {"Tại 22 xã, phường, đặc khu", 22, {}, {}, {}, "xã, phường, đặc khu"},
      {"Mở lớp may 20 học viên, lớp nấu ăn 30 học viên", 20, {}, {}, {}, "học viên"},
      {"Cử 40 lượt giáo viên đi học", 40, {}, {}, {}, "lượt giáo viên"},
      {"Giảm từ 5 bước còn 3 bước", 5, 3, {}, {}, "bước"},
      {"Mất 5 - 7 ngày làm việc", 5, 7, {}, {}, "ngày làm việc"},
      {"Giải quyết 1.204/1.210 hồ sơ, đạt 99,5%", 1204, {}, 1210, 99.5, "hồ sơ"},
      {"Giải quyết 40 hồ sơ (80%)", 40, {}, {}, 80, "hồ sơ"},
      {"Xã có 70 tổ công nghệ số cộng đồng/70 tổ dân phố", 70, {}, 70, {}, ""},
      // The next number is another quantity's.
      {"Có 5 hồ sơ, 3 hồ sơ đạt 60%", 5, {}, {}, {}, "hồ sơ"},
      // Before a word that is no noun stands no number, but what follows a list does.
      {"Có 5 của xã", 5, {}, {}, {}, ""},
  }));
  CAPTURE(row.line);
  const First first(row.line);
  REQUIRE(first.quantity);
  CHECK(first.quantity->value == row.value);
  CHECK(first.quantity->value_to == row.value_to);
  CHECK(first.quantity->denominator == row.denominator);
  CHECK(first.quantity->percent == row.percent);
  CHECK(first.quantity->unit_name == row.unit);
}

TEST_CASE("a unit that the list does not know is two plain words or an abbreviation") {
  const auto [line, unit] = GENERATE(table<std::string, std::string>({
      {"Có 5 chậu lan hồ điệp", "chậu lan"},
      {"Có 5 HTX mới", "HTX"},
      {"Có 5 chậu, lan", ""},
      {"Có 5 chậu và lan", ""},
      {"Có 5 (chậu lan)", ""},
  }));
  CAPTURE(line);
  const First first(line);
  REQUIRE(first.quantity);
  CHECK(text_of(first.read.text, first.quantity->unit) == unit);
  CHECK(first.quantity->unit_name.empty());
}

TEST_CASE("what is no number begins no quantity") {
  const std::string line =
      GENERATE("Số 12a", "Tháng 7/2025 xã có", "Mã H58 của xã", "Có 3| hộ", "Có 1.5.2 hộ");
  CAPTURE(line);
  CHECK_FALSE(First(line).quantity);
}

TEST_CASE("words before a number, or after it, say how it is meant") {
  const auto [line, comparison, raw] = GENERATE(table<std::string, Comparison, std::string>({
      {"Xã có 5 hộ", Comparison::Equal, ""},
      {"Xã đạt 5 hộ", Comparison::Equal, "đạt"},
      {"Xã có trên 5 hộ", Comparison::Greater, "trên"},
      {"Trên 5 hộ", Comparison::Greater, "Trên"},
      {"Xã có dưới 5 hộ", Comparison::Less, "dưới"},
      {"Tỷ suất sinh < 5 ‰", Comparison::Less, "<"},
      {"Tỷ lệ tiêm ≥ 5 %", Comparison::AtLeast, "≥"},
      {"Xã có tối thiểu 5 hộ", Comparison::AtLeast, "tối thiểu"},
      {"Xã có không quá 5 hộ", Comparison::AtMost, "không quá"},
      {"Xã có khoảng 5 hộ", Comparison::About, "khoảng"},
      {"Xã có gần 5 hộ", Comparison::NearlyUpTo, "gần"},
      {"Xã có 5 hộ trở lên", Comparison::AtLeast, "trở lên"},
      {"Xã có 5 hộ trở xuống", Comparison::AtMost, "trở xuống"},
      {"Tối thiểu mỗi dịch vụ phát sinh 1.000 hồ sơ", Comparison::AtLeast, "Tối thiểu"},
      // A mark parts it from the number.
      {"Đạt mức tối thiểu, mỗi dịch vụ phát sinh 1.000 hồ sơ", Comparison::Equal, ""},
  }));
  CAPTURE(line);
  const Compared sign = First(line).sign();
  CHECK(sign.comparison == comparison);
  CHECK(sign.raw == raw);
}

TEST_CASE("a quantity measures something, or it is a label, an age, a level or a time") {
  const auto [line, measured] = GENERATE(table<std::string, bool>({
      {"Xã có 5 hộ nghèo", true},
      {"Xã đạt 95% kế hoạch", true},
      {"Xã đạt trên 95% kế hoạch", true},
      {"Giải quyết 2/3, đạt 66,7%", true},
      {"Làm thí điểm 5 mô hình", true},
      {"Giữ ở mức 5 %", true},
      {"Ca mắc giảm 02 so với cùng kỳ", true},
      {"Số mô hình tăng từ 12 lên 15", true},
      {"Vốn tăng từ 2019 đến 2025", false},
      {"Học từ 7 đến 11", false},
      {"Theo khoản 5 điều này", false},
      {"Thôn 5 hộ nghèo", false},
      {"Tiêm cho trẻ dưới 5 tuổi", false},
      {"Chính quyền địa phương 02 cấp", false},
      {"Xã có 5 của huyện", false},
      // A time that is said of something, or one in which something else is said.
      {"Dự án kéo dài 5 năm", true},
      {"Dự án chậm 4 ngày", true},
      {"Xã trong 5 năm qua", false},
      {"Tổng kết 5 năm thực hiện", false},
  }));
  CAPTURE(line);
  CHECK(First(line).says_something() == measured);
}

}  // namespace
}  // namespace vanban::extract
