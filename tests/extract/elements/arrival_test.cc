// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/arrival.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using Value = std::optional<std::string>;

TEST_CASE("the receipt stamp is of whoever received the document") {
  ocr::Document document = FirstPage().document();
  document.pages[0].blocks.push_back(
      made_block(BlockKind::ReceiptStamp, {"CÔNG VĂN ĐẾN", "Số: 1093", "Ngày: 05/8/2025"}, 600));
  const Record record = extract(document);
  CHECK(record.arrival.number.value == Value("1093"));
  CHECK(record.arrival.date.value == Value("2025-08-05"));
  CHECK(record.number.value == Value("142"));
  CHECK(record.date.value == Value("2025-07-30"));
}

TEST_CASE("what was not read in a receipt stamp is null, and so is a stamp that is not there") {
  ocr::Document document = FirstPage().document();
  CHECK(extract(document).arrival.number.reason == Reason::NotApplicable);
  document.pages[0].blocks.push_back(
      made_block(BlockKind::ReceiptStamp, {"CÔNG VĂN ĐẾN", "Số: l0Q3", "Ngày: ./.../.."}, 600));
  const Record record = extract(document);
  CHECK_FALSE(record.arrival.number.value);
  CHECK(record.arrival.number.reason == Reason::Illegible);
  CHECK_FALSE(record.arrival.date.value);
  CHECK(record.arrival.date.needs_review);
}

}  // namespace
}  // namespace vanban::extract
