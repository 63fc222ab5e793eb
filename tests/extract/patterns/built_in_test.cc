#include "extract/patterns/built_in.h"

#include <catch2/catch.hpp>

#include "extract/patterns/pattern_fields.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;

TEST_CASE("the built-in fields find the office's addresses at the foot") {
  const ocr::Document document = made_document({made_page(
      1, {made_block(
             BlockKind::FootAddress,
             {"Số 5, đường Bến Đá - Điện thoại: 0255.3822 297 - Fax: (0255) 3822 298",
              "Email: NoiVu@songthuong.gov.vn - Website: https://noivu.songthuong.gov.vn"})})});
  Texts found;
  Steps steps;
  for (const PatternField& field :
       find_pattern_fields(reading_text(document), built_in_patterns(), steps))
    found.push_back(field.name + " " + field.values[0].value.value_or(""));
  CHECK(found == Texts{"office_phone 02553822297", "office_fax 02553822298",
                       "office_email noivu@songthuong.gov.vn",
                       "office_website https://noivu.songthuong.gov.vn"});
}

TEST_CASE("what stands in the text is not the office's address") {
  const ocr::Document document =
      made_body({"Gửi về hộp thư Email: TongHop@songthuong.gov.vn trước ngày 05/8/2025."});
  Steps steps;
  for (const PatternField& field :
       find_pattern_fields(reading_text(document), built_in_patterns(), steps)) {
    CAPTURE(field.name);
    CHECK_FALSE(field.values[0].value);
  }
}

}  // namespace
}  // namespace vanban::extract
