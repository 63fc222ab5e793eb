#include "extract/steps.h"

#include <catch2/catch.hpp>

#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

TEST_CASE("a step says what was seen and where, and what was made of it") {
  ocr::Document document = made_body({"Nơi nhận:"}, ocr::BlockKind::Recipients);
  document.pages[0].number = 3;
  const std::vector<PageText> pages = reading_text(document);
  Steps steps;
  note(steps, "recipients", pages[0].lines[0], "taken");
  note(steps, "number", "nothing is there");
  REQUIRE(steps.size() == 2);
  CHECK(steps[0].topic == "recipients");
  CHECK(steps[0].page == 3);
  CHECK(steps[0].where == "recipients");
  CHECK(steps[0].saw == "Nơi nhận:");
  CHECK(steps[0].outcome == "taken");
  CHECK(steps[1].topic == "number");
  CHECK(steps[1].page == 0);
  CHECK(steps[1].saw.empty());
}

}  // namespace
}  // namespace vanban::extract
