// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/elements/decide_date.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using ocr::SlotKind;
using ocr::SlotUse;
using Readings = std::vector<ocr::Alternative>;
using Value = std::optional<std::string>;

// A page whose day and month were written by hand.
struct Letter {
  Readings day{{"17", 0.97}};
  Readings month{{"10", 0.98}};
  std::string year = "2018";
  SlotKind day_kind = SlotKind::Handwritten;
  Texts text{"Kính gửi các đơn vị,"};
  Texts signed_at;
  Texts stamp;
  bool stated = false;  // day and month, by the file

  Record record() const {
    const std::string line = "Kiên Giang, ngày 17 tháng 10 năm " + year;
    std::vector<ocr::Block> blocks{made_block(BlockKind::HeaderRight, {line}),
                                   made_block(BlockKind::Body, text, 300)};
    for (ocr::Word& word : blocks[0].lines[0].words) word.confidence = 0.97;
    if (!stamp.empty()) blocks.push_back(made_block(BlockKind::DigitalSignature, stamp, 500));
    ocr::Page page = made_page(1, blocks);
    page.slots = {{SlotUse::Day, day_kind, {160, 0, 200, 20}, day, "A†", 0.4, {}},
                  {SlotUse::Month, SlotKind::Printed, {240, 0, 270, 20}, month, "10", 0.9, {}}};
    for (ocr::Slot& slot : page.slots) slot.stated = stated;
    ocr::Document document = made_document({page});
    for (const std::string& time : signed_at) document.signatures.push_back({"Sở", "", time});
    return extract(document);
  }
};

const Witness* witness(const Record& record, const std::string& kind) {
  const auto& all = record.date.witnesses;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Witness& w) { return w.kind == kind; });
  return found == all.end() ? nullptr : &*found;
}

TEST_CASE("a date is what its parts say, and as sure as the least sure of them") {
  const Record record = Letter().record();
  CHECK(record.date.value == Value("2018-10-17"));
  CHECK(record.date.evidence.confidence == Approx(0.97));
  CHECK_FALSE(record.date.needs_review);
  CHECK(record.date_parts.day.kind == SlotKind::Handwritten);
  CHECK(record.date_parts.month.kind == SlotKind::Printed);
}

TEST_CASE("a date whose day and month the file states is from its text") {
  Letter letter;
  CHECK(letter.record().date.evidence.source == FieldSource::Ocr);
  letter.stated = true;
  CHECK(letter.record().date.evidence.source == FieldSource::TextLayer);
}

TEST_CASE("what the engine read in the slot stands beside the value") {
  const Record record = Letter().record();
  REQUIRE(record.date_parts.day.witnesses.size() == 1);
  CHECK(record.date_parts.day.witnesses[0].kind == "engine_text");
  CHECK(record.date_parts.day.witnesses[0].text == "A†");
  CHECK_FALSE(record.date_parts.day.witnesses[0].agrees);
  CHECK(record.date_parts.month.witnesses.at(0).agrees);
}

TEST_CASE("under 0.9 a person should look, under 0.5 there is no value") {
  const auto [confidence, value, review] = GENERATE(table<double, Value, bool>(
      {{0.95, "2018-10-17", false}, {0.7, "2018-10-17", true}, {0.4, {}, true}}));
  Letter letter;
  letter.day = {{"17", confidence}, {"11", (1 - confidence) / 2}};
  const Record record = letter.record();
  CHECK(record.date.value == value);
  CHECK(record.date.needs_review == review);
  CHECK(record.date_parts.day.needs_review == review);
  if (!value) {
    CHECK(record.date.reason == Reason::Illegible);
    CHECK(record.date_parts.day.reason == Reason::Illegible);
    CHECK(record.date_parts.month.value == Value("10"));
    CHECK(record.date_parts.day.alternatives.front().text == "17");
  }
}

TEST_CASE("a blank day makes a blank date") {
  Letter letter;
  letter.day = {};
  letter.day_kind = SlotKind::Blank;
  const Record record = letter.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.reason == Reason::Blank);
  CHECK_FALSE(record.date.needs_review);
  CHECK(record.date_parts.day.reason == Reason::Blank);
  CHECK(record.date_parts.day.kind == SlotKind::Blank);
}

TEST_CASE("a day that the month does not have is not the day") {
  Letter letter;
  letter.day = {{"31", 0.5}, {"21", 0.4}};
  letter.month = {{"4", 0.98}};
  const Record record = letter.record();
  CHECK(record.date.value == Value("2018-04-21"));
  REQUIRE(witness(record, "calendar") != nullptr);
  CHECK(witness(record, "calendar")->text == "31 tháng 4");
  CHECK_FALSE(witness(record, "calendar")->agrees);
}

TEST_CASE("no day is left where the calendar has none of them") {
  Letter letter;
  letter.day = {{"30", 0.9}};
  letter.month = {{"02", 0.9}};
  const Record record = letter.record();
  CHECK_FALSE(record.date.value);
  CHECK(record.date.needs_review);
  CHECK(record.date_parts.day.value == Value("30"));
}

TEST_CASE("the time of signing speaks for the day at or shortly before it") {
  const auto [signed_at, value] = GENERATE(table<std::string, std::string>({
      {"2018-10-17T15:17:45Z", "2018-10-17"},
      {"2018-10-12T08:00:00+07:00", "2018-10-11"},
      {"2018-10-11T08:00:00+07:00", "2018-10-11"},
  }));
  CAPTURE(signed_at);
  Letter letter;
  letter.day = {{"17", 0.55}, {"11", 0.42}};
  letter.signed_at = {signed_at};
  const Record record = letter.record();
  CHECK(record.date.value == Value(value));
  REQUIRE(witness(record, "signing_time") != nullptr);
  CHECK(witness(record, "signing_time")->text == signed_at.substr(0, 10));
  CHECK(witness(record, "signing_time")->agrees);
}

TEST_CASE("the time of signing does not overrule what is clearly read") {
  Letter letter;
  letter.day = {{"17", 0.98}, {"11", 0.01}};
  letter.signed_at = {"2018-10-12T08:00:00+07:00"};
  const Record record = letter.record();
  CHECK(record.date.value == Value("2018-10-17"));
  CHECK(record.date.needs_review);
  CHECK_FALSE(witness(record, "signing_time")->agrees);
}

TEST_CASE("the first signature counts, and the stamp that was printed of it") {
  Letter letter;
  letter.signed_at = {"2018-10-19T15:17:45Z", "2018-10-18T15:17:45Z", "broken"};
  CHECK(witness(letter.record(), "signing_time")->text == "2018-10-18");
  letter.signed_at.clear();
  letter.stamp = {"Người ký: Sở Y tế", "Thời gian ký: 17.10.2018 15:17:45 +07:00"};
  CHECK(witness(letter.record(), "signing_time")->text == "2018-10-17");
}

TEST_CASE("what a document cites is older than itself") {
  Letter letter;
  letter.day = {{"11", 0.5}, {"17", 0.45}};
  letter.text = {"Căn cứ Công văn số 12/UBND-VX ngày 15/10/2018 của tỉnh",
                 "và Luật số 01/2011/QH13 ngày 11 tháng 11 năm 2011;"};
  const Record record = letter.record();
  CHECK(record.date.value == Value("2018-10-17"));
  CHECK(witness(record, "cited_date")->text == "2018-10-15");
  CHECK(witness(record, "cited_date")->agrees);
}

TEST_CASE("deadlines are still to come, and no citations") {
  Letter letter;
  letter.text = {"gửi về Sở trước ngày 25/10/2018 theo mẫu số 1/BC,"};
  const Record record = letter.record();
  CHECK(witness(record, "deadline")->text == "2018-10-25");
  CHECK(witness(record, "deadline")->agrees);
  CHECK(witness(record, "cited_date") == nullptr);
}

TEST_CASE("figures that are no dates are not taken for some") {
  Letter letter;
  letter.text = {"theo số 12/2018/TT-BYT và 99/99/2018, 1.2.3, 30/02/2018,",
                 "điện thoại 02973.862"};
  CHECK(letter.record().date.witnesses.empty());
}

TEST_CASE("shares of the readings never add up to more than all") {
  Letter letter;
  letter.day = {{"17", 0.6}, {"11", 0.25}, {"12", 0.1}};
  letter.month = {{"10", 0.7}, {"1", 0.2}};
  letter.signed_at = {"2018-10-12T08:00:00+07:00"};
  const Record record = letter.record();
  for (const Field* field : {&record.date_parts.day, &record.date_parts.month, &record.date}) {
    double sum = 0;
    for (const ocr::Alternative& other : field->alternatives) sum += other.confidence;
    CHECK(sum <= 1 + 1e-9);
    CHECK(std::is_sorted(field->alternatives.begin(), field->alternatives.end(),
                         [](const auto& a, const auto& b) { return a.confidence > b.confidence; }));
  }
}

}  // namespace
}  // namespace vanban::extract
