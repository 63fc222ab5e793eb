// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/type_and_subject.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using Value = std::optional<std::string>;

TEST_CASE("the printed type, one misread letter or its marks put right") {
  const auto [title, value, source] = GENERATE(table<std::string, Value, FieldSource>({
      {"QUYẾT ĐỊNH", "Quyết định", FieldSource::Ocr},
      {"TỜ TRÌNH", "Tờ trình", FieldSource::Ocr},
      {"KE HOACH", "Kế hoạch", FieldSource::OcrRestored},
      {"THÔNG BÀO", "Thông báo", FieldSource::OcrRestored},
      {"QUYẾT ĐỊNN", "Quyết định", FieldSource::OcrRestored},
      {"QUYẾT ĐỊNH:", "Quyết định", FieldSource::Ocr},
      {"ĐIỀU LỆ", "Điều lệ", FieldSource::Ocr},
      {"CHƯƠNG TRÌNH PHỐI HỢP", "Chương trình phối hợp", FieldSource::Ocr},
      {"GIẤY CHỨNG NHẬN", "Giấy chứng nhận", FieldSource::Ocr},
  }));
  CAPTURE(title);
  FirstPage page;
  page.left.back() = "Số: 142/X1-UBND";
  page.title[0] = title;
  const Record record = page.record();
  CHECK(record.type.value == value);
  CHECK(record.type.evidence.source == source);
}

TEST_CASE("a type may be followed by its subject on one line") {
  const auto [title, type, subject] = GENERATE(table<Texts, Value, Value>({
      {{"KẾ HOẠCH thành lập Tổ công tác", "năm 2025"},
       "Kế hoạch",
       "thành lập Tổ công tác năm 2025"},
      {{"TỜ TRÌNH VỀ VIỆC XIN KINH PHÍ", "NĂM 2025"}, "Tờ trình", "VỀ VIỆC XIN KINH PHÍ NĂM 2025"},
      {{"CHƯƠNG TRÌNH PHỐI HỢP giữa hai sở"}, "Chương trình phối hợp", "giữa hai sở"},
  }));
  CAPTURE(*type);
  FirstPage page;
  page.title = title;
  const Record record = page.record();
  CHECK(record.type.value == type);
  CHECK(record.subject.value == subject);
}

TEST_CASE("a document that the text names is no title") {
  FirstPage page;
  page.title = {"NGHỊ QUYẾT số 12 của Đảng ủy xã"};
  CHECK(page.record().subject.value == std::nullopt);
}

TEST_CASE("a subject goes on with the date or article of what it cites") {
  FirstPage page;
  page.title = {"BÁO CÁO", "KẾT QUẢ THEO CÔNG VĂN SỐ 12/UBND-NV", "NGÀY 02/8/2022 CỦA TỈNH"};
  CHECK(page.record().subject.value ==
        Value("KẾT QUẢ THEO CÔNG VĂN SỐ 12/UBND-NV NGÀY 02/8/2022 CỦA TỈNH"));
  page.title = {"BÁO CÁO", "Kết quả quy định tại khoản 2", "Điều 15 Nghị định số 60/2021/NĐ-CP"};
  CHECK(page.record().subject.value ==
        Value("Kết quả quy định tại khoản 2 Điều 15 Nghị định số 60/2021/NĐ-CP"));
}

TEST_CASE("without a printed type the symbol tells it, as a conclusion") {
  FirstPage page;
  page.left.back() = "Số: 142/TB-UBND";
  page.title = {};
  const Record record = page.record();
  CHECK(record.type.value == Value("Thông báo"));
  CHECK(record.type.evidence.source == FieldSource::Inferred);
}

TEST_CASE("a letter whose symbol begins like a type stays a letter, and asks for a look") {
  FirstPage page = letter();
  page.left[2] = "Số: 12/TTr-NV";
  const Record record = page.record();
  CHECK(record.type.value == Value("Công văn"));
  CHECK(record.type.needs_review);
}

TEST_CASE("a heading in the text of a letter is no type") {
  FirstPage page = letter();
  page.text = {"Kính gửi: Công ty Khai thác thủy lợi.", "DANH SÁCH", "Những hồ đã đầy nước:"};
  CHECK(page.record().type.value == Value("Công văn"));
}

TEST_CASE("a subject keeps its dashes, and goes on in codes and numerals") {
  FirstPage page;
  page.route = ocr::Route::TextLayer;
  page.title = {"KẾ HOẠCH", "Đón khách của Hội đồng Thi đua -", "Khen thưởng theo Nghị định số",
                "45/2020/NĐ-CP"};
  CHECK(page.record().subject.value ==
        Value("Đón khách của Hội đồng Thi đua - Khen thưởng theo Nghị định số 45/2020/NĐ-CP"));
  FirstPage about = letter();
  about.route = ocr::Route::TextLayer;
  about.left = {"SỞ NÔNG NGHIỆP", "Số: 3857/SNN-TL", "V/v tổng kết khối trường học",
                "- bệnh viện quý", "III/2025"};
  CHECK(about.record().subject.value ==
        Value("V/v tổng kết khối trường học - bệnh viện quý III/2025"));
}

TEST_CASE("a subject may open as texts do where it stands under its type") {
  const auto opening =
      GENERATE(as<std::string>(), "Ban hành Quy chế làm việc", "Theo dõi thi hành pháp luật");
  FirstPage page;
  page.title = {"QUYẾT ĐỊNH", opening};
  CHECK(page.record().subject.value == Value(opening));
}

TEST_CASE("specks before a subject and a lost space in its opening are put right") {
  FirstPage page;
  page.title = {"CHỈ THỊ", ",Vềviệc triển khai", "nộp thuế điện tử"};
  const Record record = page.record();
  CHECK(record.subject.value == Value("Về việc triển khai nộp thuế điện tử"));
  CHECK(record.subject.evidence.source == FieldSource::OcrRestored);
}

TEST_CASE("a subject with letters that are no syllable asks for a look") {
  const auto subject_confidence = [](const std::string& line) {
    FirstPage page;
    page.title = {"KẾ HOẠCH", line};
    return page.record().subject.evidence.confidence;
  };
  CHECK(subject_confidence("Về việc xây dựng, giám sát UBND; xoá (12) VNPT-iOffice") >=
        kReviewBelow);
  CHECK(subject_confidence("Về việc xây dự „ng") < kReviewBelow);
  CHECK(subject_confidence("Về việc gám sát") < kReviewBelow);
  CHECK(subject_confidence("Về việc giải thể Trung tâm 1 Dịch vụ") < 0.8);
  CHECK(subject_confidence("Về việc quý 1, lần 2 của 3 trường") > 0.8);
  CHECK(subject_confidence("Về việc giám sát xã Thanh [Lương Hạ") < kReviewBelow);
  CHECK(subject_confidence("Về việc giám sát năm 2925") < kReviewBelow);
  CHECK(subject_confidence("Về việc giám sát năm 2025 - 2030") >= kReviewBelow);
}

TEST_CASE("the subject ends where the text begins, however close that stands") {
  const std::string opening =
      GENERATE(as<std::string>{}, "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;",
               "Thực hiện Kế hoạch số 18", "Kính gửi: Ủy ban nhân dân tỉnh", "I. CÔNG TÁC CHỈ ĐẠO",
               "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ");
  CAPTURE(opening);
  FirstPage page;
  page.title = {"QUYẾT ĐỊNH", "Về việc thành lập Tổ số hóa tài liệu lưu trữ",
                "của Ủy ban nhân dân xã Thanh Lương Hạ", opening};
  CHECK(page.record().subject.value ==
        Value("Về việc thành lập Tổ số hóa tài liệu lưu trữ của Ủy ban nhân dân xã Thanh Lương "
              "Hạ"));
}

TEST_CASE("a type with nothing but the text below it has no subject") {
  FirstPage page;
  page.title = {"BÁO CÁO"};
  const Record record = page.record();
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK_FALSE(record.subject.value);
  CHECK(record.subject.reason == Reason::Absent);
}

TEST_CASE("a letter is known by its V/v and prints no type") {
  const Record record = letter().record();
  CHECK(record.type.value == Value("Công văn"));
  CHECK(record.type.evidence.source == FieldSource::Inferred);
  CHECK(record.subject.value == Value("V/v chủ động ứng phó mưa lớn, bảo đảm an toàn hồ chứa"));
  CHECK(record.subject.evidence.raw == "V/v chủ động ứng phó mưa lớn,\nbảo đảm an toàn hồ chứa");
  CHECK(record.symbol.value == Value("SNN-TL"));
  CHECK(record.issuing_agency.value == Value("SỞ NÔNG NGHIỆP"));
}

TEST_CASE("a stamp below the subject is no part of it") {
  FirstPage page = letter();
  page.left.emplace_back("HỎA TỐC");
  const Record record = page.record();
  CHECK(record.subject.value == Value("V/v chủ động ứng phó mưa lớn, bảo đảm an toàn hồ chứa"));
  CHECK(record.urgency.value == Value("Hỏa tốc"));
  page.left.back() = "HỎN TỐC";  // misread
  CHECK(page.record().subject.value == record.subject.value);
}

TEST_CASE("a subject that ends with a word which wants another is not sure") {
  for (const char* end : {"học phí năm học", "Kế hoạch của"}) {
    CAPTURE(end);
    FirstPage page;
    page.route = ocr::Route::TextLayer;
    page.title = {"BÁO CÁO", "Kết quả thực hiện", end};
    const Field subject = page.record().subject;
    CHECK(subject.value == "Kết quả thực hiện " + std::string(end));
    CHECK((subject.evidence.confidence < 0.9 && subject.needs_review));
  }
}

TEST_CASE("a speck behind a subject is no part of it, one within makes it doubtful") {
  const auto [line, value, sure] = GENERATE(table<std::string, Value, bool>({
      {"Về việc lấy ý kiến góp ý", "Về việc lấy ý kiến góp ý", true},
      {"Về công tác ô nhiễm, y", "Về công tác ô nhiễm, y", false},
      {"Về việc sử dụng đất công a", "Về việc sử dụng đất công", false},
      {"Về việc sử dụng đất công -", "Về việc sử dụng đất công", false},
      {"Về việc lấy ý kiến góp-ý", "Về việc lấy ý kiến góp-ý", false},
      {"Về công tác năm 'học mới", "Về công tác năm 'học mới", false},
      {"Về kết luận số. 12 của xã", "Về kết luận số. 12 của xã", false},
      {"Về kết luận số 12 của xã", "Về kết luận số 12 của xã", true},
  }));
  FirstPage page;
  page.title = {"QUYẾT ĐỊNH", line};
  const Field subject = page.record().subject;
  CAPTURE(line, subject.value.value_or("nothing"));
  CHECK(subject.value == value);
  CHECK((subject.evidence.confidence >= 0.9) == sure);
}

}  // namespace
}  // namespace vanban::extract
