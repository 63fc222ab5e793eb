#include "pipeline/batch/page_bytes.h"

#include <catch2/catch.hpp>

namespace vanban::pipeline {
namespace {

TEST_CASE("a page comes out of its bytes as it went in") {
  ocr::Page page;
  page.number = 7;
  page.width_pt = 595.276;
  page.height_pt = 841.89;
  page.width = 2480;
  page.height = 3508;
  page.to_displayed = {{0.24, 0.001, 3.5, -0.001, 0.24, -1.25},
                       {10, 2, 2, {{0, 0}, {10, 1}, {0, 9}, {10, 11}}}};
  page.route = ocr::Route::TextLayer;
  page.dpi = 300.1;
  page.rotation_degrees = 90;
  page.skew_degrees = -0.1;
  page.preprocess = {"deskew", "shading"};
  ocr::Word word{"Ủy", "Uy\xff", {1, 2, 3, 4.1}, 0.1, 2, true, "Times", {{"Úy", 0.3}}};
  page.blocks = {
      {ocr::BlockKind::Table, {0, 0, 9, 9}, {{{0, 0, 9, 3}, {word}, 1}}, {{1, 2, 3, 4, {}}}}};
  page.seals = {{{1, 2, 3, 4}, ocr::SealColour::Black, 0.3, "ỦY BAN", 0.5}};
  page.unread_ink = {{5, 6, 7, 8}};
  page.unread = {{ocr::UnreadKind::Blot, {1, 2, 3, 4}, 5}};
  page.slots = {{ocr::SlotUse::Day,
                 ocr::SlotKind::Handwritten,
                 {1, 1, 2, 2},
                 {{"5", 0.7}},
                 "S",
                 0.2,
                 true,
                 std::string("\x89PNG\0", 5)}};
  page.warnings = {{"low_dpi", "text"}};

  const ocr::Page copy = page_from_bytes(page_to_bytes(page));
  CHECK(copy.number == page.number);
  CHECK(copy.width_pt == page.width_pt);
  CHECK(copy.height_pt == page.height_pt);
  CHECK(copy.width == page.width);
  CHECK(copy.height == page.height);
  CHECK(copy.to_displayed == page.to_displayed);
  CHECK(copy.route == page.route);
  CHECK(copy.dpi == page.dpi);
  CHECK(copy.rotation_degrees == page.rotation_degrees);
  CHECK(copy.skew_degrees == page.skew_degrees);
  CHECK(copy.preprocess == page.preprocess);
  CHECK(copy.blocks == page.blocks);
  CHECK(copy.seals == page.seals);
  CHECK(copy.unread_ink == page.unread_ink);
  CHECK(copy.unread == page.unread);
  CHECK(copy.slots == page.slots);
  CHECK(copy.warnings == page.warnings);
}

TEST_CASE("other bytes are no page") {
  CHECK_THROWS(page_from_bytes({}));
  CHECK_THROWS(page_from_bytes({1, 2, 3}));
}

}  // namespace
}  // namespace vanban::pipeline
