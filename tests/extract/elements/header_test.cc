// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/header.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using Value = std::optional<std::string>;

TEST_CASE("the header of a report gives all its fields") {
  const Record record = FirstPage().record();
  CHECK(record.issuing_agency.value == Value("ỦY BAN NHÂN DÂN XÃ THANH LƯƠNG HẠ"));
  CHECK_FALSE(record.parent_agency.value);
  CHECK(record.parent_agency.reason == Reason::NotApplicable);
  CHECK(record.number.value == Value("142"));
  CHECK(record.symbol.value == Value("BC-UBND"));
  CHECK(record.code.value == Value("142/BC-UBND"));
  CHECK(record.place.value == Value("Thanh Lương Hạ"));
  CHECK(record.date.value == Value("2025-07-30"));
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK(record.subject.value ==
        Value("Kết quả cải cách thủ tục hành chính sáu tháng đầu năm 2025"));
  CHECK(record.addressees.value.empty());
  CHECK(record.addressees.reason == Reason::NotApplicable);
  CHECK_FALSE(record.urgency.value);
  CHECK(record.urgency.reason == Reason::NotApplicable);
}

TEST_CASE("where no columns were found the number, date and type are still found") {
  ocr::Page page = made_page(
      1, {centred(BlockKind::Body,
                  {"CÔNG TY THỦY LỢI", "Số: 12/TB-TL", "Sông Thương, ngày 3 tháng 4 năm 2025",
                   "THÔNG BÁO", "Về việc mở cống lấy nước"},
                  0, 300),
          made_block(BlockKind::Body, {"Căn cứ Công văn số 77/SNN-TL của Sở,"}, 200)});
  name_parts(page);
  const Record record = extract(made_document({page}));
  CHECK(record.number.value == Value("12"));
  CHECK(record.symbol.value == Value("TB-TL"));
  CHECK(record.place.value == Value("Sông Thương"));
  CHECK(record.date.value == Value("2025-04-03"));
  CHECK(record.type.value == Value("Thông báo"));
  CHECK(record.subject.value == Value("Về việc mở cống lấy nước"));
  CHECK_FALSE(record.issuing_agency.value);
}

TEST_CASE("a document that the text cites does not lend its number") {
  FirstPage page;
  page.left = {"SỞ NỘI VỤ"};
  page.text = {"Căn cứ Công văn số 77/SNN-TL của Sở,", "Số: lượng lớn"};
  const Record record = page.record();
  CHECK_FALSE(record.number.value);
  CHECK_FALSE(record.symbol.value);
}

TEST_CASE("a line of the text that begins with a number is not the document's") {
  ocr::Document document = made_document({made_page(
      1, {made_block(BlockKind::Title, {"BÁO CÁO", "Kết quả"}, 0),
          made_block(BlockKind::Body, {"thực hiện Kế hoạch", "số 02-KH/BCĐ của xã."}, 200)})});
  const Record record = extract(document);
  CHECK_FALSE(record.number.value);
  CHECK_FALSE(record.symbol.value);
  CHECK(record.references.size() == 1);
}

}  // namespace
}  // namespace vanban::extract
