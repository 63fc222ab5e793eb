#include "extract/figures/indicators.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

// The figures of a document whose body has these lines.
std::vector<Indicator> figures(const std::vector<std::string>& lines) {
  return extract(made_body(lines)).indicators;
}

Indicator one(const std::vector<std::string>& lines) {
  const auto found = figures(lines);
  REQUIRE(found.size() == 1);
  return found.front();
}

TEST_CASE("a share and what it is a share of") {
  const Indicator share = one({"Hiện có 95,5% hộ dân dùng nước sạch."});
  CHECK(share.kind == IndicatorKind::Share);
  CHECK(share.percent->value == 95.5);
  CHECK_FALSE(share.value);
  CHECK(share.unit == "%");
  CHECK(share.subject.value == "hộ dân dùng nước sạch");
  CHECK(share.quote.raw == "Hiện có 95,5% hộ dân dùng nước sạch");
}

TEST_CASE("what stands before a share is its subject where a verb says so") {
  const Indicator share = one({"Tỷ lệ hộ dùng nước sạch đạt trên 90%."});
  CHECK(share.subject.value == "Tỷ lệ hộ dùng nước sạch");
  CHECK(share.comparison == Comparison::Greater);
  CHECK(share.comparison_raw == "trên");
}

TEST_CASE("a ratio and the share beside it are one figure") {
  const Indicator ratio = one({"Đã giải quyết 1.204/1.210 hồ sơ, đạt 99,5%."});
  CHECK(ratio.kind == IndicatorKind::Ratio);
  CHECK(ratio.numerator->value == 1204);
  CHECK(ratio.denominator->value == 1210);
  CHECK(ratio.percent->value == 99.5);
  CHECK(ratio.unit == "hồ sơ");
}

TEST_CASE("a ratio between two nouns") {
  const Indicator ratio = one({"Thành lập 12 tổ hòa giải/12 thôn."});
  CHECK(ratio.numerator->value == 12);
  CHECK(ratio.denominator->value == 12);
  CHECK(ratio.unit == "tổ hòa giải");
}

TEST_CASE("things that are listed are figures of their own") {
  const auto found = figures({"Trạm được cấp: 03 máy tính; 01 máy in và 12 ghế ngồi chờ."});
  REQUIRE(found.size() == 3);
  CHECK(found[0].unit == "máy tính");
  CHECK(found[1].unit == "máy in");
  CHECK(found[2].subject.value == "ghế ngồi chờ");
}

TEST_CASE("a label before a colon names the figure, whether it has a unit or not") {
  const Indicator people = one({"Dân số: 3.204 người."});
  CHECK(people.subject.value == "Dân số");
  CHECK(people.unit == "người");
  CHECK(people.quote.raw == "Dân số: 3.204 người");
  const Indicator rate = one({"- Tỷ lệ trẻ tiêm đủ 02 mũi: ≥ 95 %"});
  CHECK(rate.subject.value == "Tỷ lệ trẻ tiêm đủ 02 mũi");
  CHECK(rate.percent->value == 95);
  CHECK(rate.comparison == Comparison::AtLeast);
  const auto degrees = figures({"Cử 40 người đi học, trong đó: tiến sĩ: 02; thạc sĩ: 38."});
  REQUIRE(degrees.size() == 3);
  CHECK(degrees[1].subject.value == "tiến sĩ");
  CHECK(degrees[1].value->value == 2);
  CHECK(degrees[1].unit.empty());
  CHECK(degrees[2].quote.raw == "thạc sĩ: 38");
}

TEST_CASE("items of a list within a list stand under its head") {
  const auto found = figures({"Bồi dưỡng tiếng Khmer: bậc A: 12; bậc B: 5."});
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject.value == "Bồi dưỡng tiếng Khmer bậc A");
  CHECK(found[1].subject.value == "Bồi dưỡng tiếng Khmer bậc B");
}

TEST_CASE("items of a list may end with their numbers") {
  const auto found = figures({"Giao 71 học viên, gồm: may dân dụng 42; hàn hơi 25; nề 04."});
  REQUIRE(found.size() == 4);
  CHECK(found[1].subject.value == "may dân dụng");
  CHECK(found[2].value->value == 25);
  CHECK(found[3].subject.value == "nề");
  // Names, and what identifies.
  CHECK(figures({"Gồm: xã Bình An 1; xã Bình An 2."}).empty());
  CHECK(figures({"Gồm: Bình An 1; Bình An 2; Bình An 3."}).empty());
  CHECK(figures({"Điện thoại: 0912345678; Fax: 38123456."}).empty());
  CHECK(figures({"Triển khai tại các khu vực ven sông 3."}).empty());
}

TEST_CASE("an aim in brackets is a figure of its own") {
  const auto found = figures({"Tỷ lệ hồ sơ số hóa đạt 62,5% (chỉ tiêu đề ra là tối thiểu 60%)."});
  REQUIRE(found.size() == 2);
  CHECK(found[0].status == IndicatorStatus::Actual);
  CHECK(found[1].status == IndicatorStatus::Target);
  CHECK(found[1].percent->value == 60);
  CHECK(found[1].comparison == Comparison::AtLeast);
  CHECK(found[1].subject.value == "Tỷ lệ hồ sơ số hóa");
}

TEST_CASE("what something changed by is said of it") {
  const auto found = figures({"Toàn xã ghi nhận 45 ca mắc, giảm 12 ca so với cùng kỳ."});
  REQUIRE(found.size() == 2);
  CHECK(found[1].value->value == 12);
  CHECK(found[1].subject.value == found[0].subject.value);
}

TEST_CASE("a rank and a score are no shares") {
  const auto found = figures({"Xã đạt 83,5/100 điểm, xếp hạng 7/34 xã."});
  REQUIRE(found.size() == 2);
  CHECK(found[0].numerator->value == 83.5);
  CHECK(found[0].unit == "điểm");
  CHECK(found[1].denominator->value == 34);
}

TEST_CASE("a plan that is the ground of a report makes its figures no aims") {
  CHECK(one({"Căn cứ chỉ tiêu được giao, xã tiếp nhận 40 hồ sơ."}).status ==
        IndicatorStatus::Actual);
  CHECK(one({"Điều chỉnh tăng dự toán chi văn hóa với kinh phí là 139 triệu đồng."}).status ==
        IndicatorStatus::Actual);
}

TEST_CASE("two numbers in one bracket for two periods are two figures") {
  const auto found =
      figures({"Số ca mắc trong tháng/lũy kế từ đầu năm như sau: Tả (0/0), sởi đức (7/29)."});
  REQUIRE(found.size() == 4);
  CHECK(found[2].value->value == 7);
  CHECK_FALSE(found[2].denominator);
  CHECK(found[2].subject.value == "sởi đức - Số ca mắc trong tháng");
  CHECK(found[3].value->value == 29);
  CHECK(found[3].subject.value == "sởi đức - lũy kế từ đầu năm");
  CHECK(found[3].quote.raw == "sởi đức (7/29)");
}

TEST_CASE("a rule states nothing of the world") {
  CHECK(figures({"Trường hợp dưới 95% thì tiêu chí này đạt 0 điểm."}).empty());
}

TEST_CASE("a count in a list may have its share in brackets") {
  const Indicator figure = one({"+ Hoàn thành tốt nhiệm vụ 25 (43,1%)."});
  CHECK(figure.value->value == 25);
  CHECK(figure.percent->value == 43.1);
  CHECK(figure.status == IndicatorStatus::Actual);
}

TEST_CASE("a figure whose subject is not beside it asks for a look") {
  const auto found = figures({"Số ca mắc là 45 ca, giảm 12 ca so với cùng kỳ."});
  REQUIRE(found.size() == 2);
  CHECK(found[0].confidence >= kReviewBelow);
  CHECK(found[1].confidence < kReviewBelow);
  CHECK(one({"Có 12 hộ dân."}).confidence < kReviewBelow);
  CHECK(one({"Có 12 hộ dân dùng nước giếng."}).confidence >= kReviewBelow);
}

TEST_CASE("money is of what it is spent on") {
  CHECK(one({"Tăng chi văn hóa, với kinh phí là 139 triệu đồng."}).subject.value ==
        "Tăng chi văn hóa");
}

TEST_CASE("a quote goes on to the end of its clause") {
  CHECK(one({"Xã tiếp nhận 40 phiếu khảo sát để cải tiến công việc, hiện đang tổng hợp."})
            .quote.raw == "Xã tiếp nhận 40 phiếu khảo sát để cải tiến công việc");
}

TEST_CASE("numbers with units of measure and money") {
  CHECK(one({"Kinh phí ước khoảng 1,5 triệu đồng."}).value->value == 1.5);
  CHECK(one({"Kinh phí ước khoảng 1,5 triệu đồng."}).kind == IndicatorKind::Money);
  CHECK(one({"Kinh phí ước khoảng 1,5 triệu đồng."}).status == IndicatorStatus::Estimate);
  CHECK(one({"Diện tích gieo trồng là 35ha."}).unit == "ha");
  CHECK(one({"Tiếp nhận 240 hồ sơ/tháng trong kỳ."}).unit == "hồ sơ/tháng");
}

TEST_CASE("a change goes from one number to another") {
  const Indicator change = one({"Thủ tục giảm từ 5 bước còn 3 bước."});
  CHECK(change.kind == IndicatorKind::Change);
  CHECK(change.value->value == 5);
  CHECK(change.value_to->value == 3);
  CHECK(change.unit == "bước");
}

TEST_CASE("a span of time counts only where it is what is said") {
  CHECK(one({"Nhiều máy đã sử dụng trên 7 năm."}).kind == IndicatorKind::Duration);
  CHECK(figures({"Trong 6 tháng đầu năm, xã tổ chức tập huấn."}).empty());
}

TEST_CASE("comparators") {
  const auto [text, comparison] = GENERATE(table<std::string, Comparison>({
      {"Xã có 15 thôn.", Comparison::Equal},
      {"Xã có hơn 15 thôn.", Comparison::Greater},
      {"Xã có gần 15 thôn.", Comparison::NearlyUpTo},
      {"Xã có khoảng 15 thôn.", Comparison::About},
      {"Xã có tối thiểu 15 thôn.", Comparison::AtLeast},
      {"Xã có không quá 15 thôn.", Comparison::AtMost},
      {"Xã có dưới 15 thôn.", Comparison::Less},
  }));
  CHECK(one({text}).comparison == comparison);
}

TEST_CASE("what is asked for is a target") {
  CHECK(one({"Phấn đấu 100% thôn có nhà văn hóa."}).status == IndicatorStatus::Target);
  CHECK(one({"Đã có 100% thôn có nhà văn hóa."}).status == IndicatorStatus::Actual);
}

TEST_CASE("a period holds for its paragraph") {
  const auto found = figures({"Từ 01/7/2025 đến nay, xã tiếp nhận 40 hồ sơ. Giải quyết 38 hồ sơ."});
  REQUIRE(found.size() == 2);
  REQUIRE(found[1].period);
  CHECK(found[1].period->kind == Period::Kind::Since);
  CHECK(found[1].period->start == "2025-07-01");
}

TEST_CASE("numbers that measure nothing") {
  const std::string text =
      GENERATE(as<std::string>(), "Thực hiện Kế hoạch số 36/KH-UBND ngày 13/8/2025 của xã.",
               "Theo khoản 2 Điều 15 của quy chế.", "Mô hình chính quyền địa phương 02 cấp.",
               "Gọi Tổng đài 1022 thành phố.", "Theo tiêu chuẩn ISO 9001:2015 tại xã.",
               "Giai đoạn 2025 - 2030 trên địa bàn.", "1. Về hạ tầng số",
               "Trẻ em dưới 5 tuổi được tiêm chủng.",
               "Dịch vụ tăng lên 10 rét.",  // rõ rệt
               "Việc này 14 vé hạ tầng.",   // là về
               "Tại 13 các cơ quan đó.",    // là các
               "Có 16p tập huấn cho xã.");  // lớp
  CHECK(figures({text}).empty());
}

TEST_CASE("a count that a heading repeats is no second figure") {
  const auto found = figures({"Kế hoạch giao cho xã có 8 nhiệm vụ chung.",
                              "1. Kết quả thực hiện 8 nhiệm vụ chung:", "Đã làm xong phần lớn."});
  CHECK(found.size() == 1);
}

TEST_CASE("a figure knows its section") {
  const Indicator figure = one({"I. Kết quả", "Xã có 15 thôn."});
  CHECK(figure.section == 0);
}

}  // namespace
}  // namespace vanban::extract
