#include "extract/elements/slots.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using ocr::SlotUse;

ocr::Page page_with(BlockKind kind, const Texts& lines) {
  return made_page(1, {made_block(kind, lines)});
}

SlotPlace only_slot(const ocr::Page& page) {
  const std::vector<SlotPlace> slots = find_slots(page);
  REQUIRE(slots.size() == 1);
  return slots[0];
}

// A letter is 10 wide: "Số: 67 /BC" has its slot from 30 to 70.
TEST_CASE("the slot of a number lies between its label and the symbol, whatever was read there") {
  const auto [line, read, before, after] =
      GENERATE(table<std::string, std::string, std::string, std::string>({
          {"Số: 2154 /BC-SYT", "2154", "", ""},
          {"Số: 2154/BC-SYT", "2154", "", "/BC-SYT"},
          {"Số:2154/BC-SYT", "2154", "Số:", "/BC-SYT"},
          {"Số: /BC-SYT", "", "", ""},
          {"Số : 67 /BC-SYT", "67", "", ""},
          {"Số 12-KH/TU", "12", "", "-KH/TU"},
          {"Số: 30/2020/NĐ-CP", "30", "", "/2020/NĐ-CP"},
          {"Số: ..... /SYT-NVY", ".....", "", ""},
          // A pen's strokes as slashes, marks and capitals.
          {"Số:326/1/SYT-NVY", "326/1", "Số:", "/SYT-NVY"},
          {"Số: /6 /CT-UBND", "/6", "", ""},
          {"Số: BDE5 /QĐ-SYT", "BDE5", "", ""},
          {"Số:#4 /TTr -UBND", "#4", "Số:", ""},
          {"Sá:2/42 /KH-SYT", "2/42", "Sá:", ""},
          {"số; 4l/QĐ-SYT", "4l", "", "/QĐ-SYT"},
          {"- Số: 7 /BC-SYT", "7", "", ""},
          // The slash was lost.
          {"Số: 7 BC-SYT", "7", "", ""},
          {"Số: 2016", "2016", "", ""},
          {"Số: 36 QĐ/UB", "36", "", ""},
          {"Số: 12 CV/UB", "12", "", ""},
      }));
  CAPTURE(line);
  const SlotPlace slot = only_slot(page_with(BlockKind::HeaderLeft, {line}));
  CHECK(slot.use == SlotUse::Number);
  CHECK(slot.read == read);
  CHECK(slot.before == before);
  CHECK(slot.after == after);
}

TEST_CASE("other words that look like the label are none") {
  const std::string line = GENERATE(values<std::string>(
      {"SỞ Y TẾ", "Soạn thảo", "SỞ NỘI VỤ", "UBND TỈNH", "V/v rà soát số liệu năm 2017"}));
  CAPTURE(line);
  CHECK(find_slots(page_with(BlockKind::HeaderLeft, {line})).empty());
}

TEST_CASE("outside the header a number needs its symbol") {
  CHECK(find_slots(page_with(BlockKind::Body, {"số lượng 20 người"})).empty());
  CHECK(find_slots(page_with(BlockKind::Body, {"Số: 7 /BC-SYT"})).size() == 1);
  // That of a document which is cited.
  CHECK(find_slots(page_with(BlockKind::Body, {"Kế hoạch số 02-KH/TU và việc khác"})).empty());
}

TEST_CASE("day and month stand between the words of the date") {
  const auto [line, day, month] = GENERATE(table<std::string, std::string, std::string>({
      {"Hà Nội, ngày 17 tháng 10 năm 2018", "17", "10"},
      {"Hà Nội, ngày17 tháng 10 năm 2018", "17", "10"},
      {"Hà Nội, ngày 17tháng 10 năm 2018", "17", "10"},
      {"Hà Nội, ngày17tháng10năm 2018", "17", "10"},
      {"Hà Nội, ngày @¿ tháng 1] năm 2018", "@¿", "1]"},
      {"Hà Nội, ngày tháng 10 năm 2018", "", "10"},
      {"Hà Nội, ngay 1 7 thang 10 nam 2018", "17", "10"},
      // The pen runs through the word before it.
      {"Quảng Ngãi, ngàW/{ tháng 5 năm 2021", "W/{", "5"},
      {"Hà Nội, ,gày 17 tháng 5 năm 2021", "17", "5"},
      {"Nam Định, ngày 17 tháng 5 năm 2021", "17", "5"},
  }));
  CAPTURE(line);
  const auto slots = find_slots(page_with(BlockKind::HeaderRight, {line}));
  REQUIRE(slots.size() == 2);
  CHECK(slots[0].use == SlotUse::Day);
  CHECK(slots[0].read == day);
  CHECK(slots[1].use == SlotUse::Month);
  CHECK(slots[1].read == month);
  CHECK(slots[0].box.right <= slots[1].box.left);
}

TEST_CASE("a date without its month's word still has a day") {
  const SlotPlace slot =
      only_slot(page_with(BlockKind::HeaderRight, {"Hà Nội, ngày 17 thg 10 năm 2018"}));
  CHECK(slot.use == SlotUse::Day);
}

TEST_CASE("dates in sentences are none of the header's") {
  const std::string line = GENERATE(values<std::string>(
      {"Thực hiện Kế hoạch ngày 3 tháng 2 năm 2025 của Ủy ban,",
       "nhân dân, ngày 3 tháng 2 năm 2025", "Căn cứ Luật ngày 3 tháng 2 năm 2025 về việc lập,"}));
  CAPTURE(line);
  CHECK(find_slots(page_with(BlockKind::Body, {line})).empty());
  CHECK(find_slots(page_with(BlockKind::Body, {"Hà Nội, ngày 3 tháng 2 năm 2025"})).size() == 2);
}

TEST_CASE("slots stand in the upper part of a page") {
  ocr::Page page = made_page(1, {made_block(BlockKind::HeaderLeft, {"Số: 7 /BC-SYT"}, 700)});
  CHECK(find_slots(page).empty());
}

TEST_CASE("receipt stamps have slots of others") {
  CHECK(find_slots(page_with(BlockKind::ReceiptStamp, {"Số: 7 /BC-SYT"})).empty());
}

TEST_CASE("recipients at the top of a last page have no slots") {
  CHECK(
      find_slots(page_with(BlockKind::Recipients, {"- VP Sở; NVY;", "- Số: 12/BC-SYT;"})).empty());
}

TEST_CASE("what fills a slot takes the place of what was read, and nothing else") {
  const auto [line, filled] = GENERATE(table<std::string, std::string>({
      {"Số: 2Z /BC-SYT", "Số: 17 /BC-SYT"},
      {"Số: 2Z/BC-SYT", "Số: 17/BC-SYT"},
      {"Số:2Z/BC-SYT", "Số: 17/BC-SYT"},
      {"Số: /BC-SYT", "Số: 17 /BC-SYT"},
      {"Số: 2 Z /BC-SYT V", "Số: 17 /BC-SYT V"},
  }));
  CAPTURE(line);
  ocr::Page page = page_with(BlockKind::HeaderLeft, {line});
  const SlotPlace place = only_slot(page);
  fill(page, place, "17", 0.8);
  CHECK(text_of(page.blocks[0].lines[0]) == filled);
}

TEST_CASE("day and month are words of their own once filled") {
  ocr::Page page = page_with(BlockKind::HeaderRight, {"Hà Nội, ngày@tháng#năm 2018"});
  const auto places = find_slots(page);
  REQUIRE(places.size() == 2);
  fill(page, places[0], "17", 0.8);
  fill(page, find_slots(page).at(1), "10", 0.9);
  CHECK(text_of(page.blocks[0].lines[0]) == "Hà Nội, ngày 17 tháng 10 năm 2018");
}

TEST_CASE("what was filled in is no restored word, and keeps the engine's reading beside it") {
  ocr::Page page = page_with(BlockKind::HeaderLeft, {"Số: 2Z /BC-SYT"});
  fill(page, only_slot(page), "17", 0.8);
  const ocr::Word& word = page.blocks[0].lines[0].words[1];
  CHECK(word.text == "17");
  CHECK(word.ocr_text == "2Z");
  CHECK(word.confidence == 0.8);
  CHECK_FALSE(word.restored);
}

}  // namespace
}  // namespace vanban::extract
