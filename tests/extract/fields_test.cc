// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/fields.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::extract {
namespace {

using ocr::BlockKind;
using ocr::SlotKind;
using ocr::SlotUse;
using Value = std::optional<std::string>;

// A body's lines, read.
struct Lines {
  explicit Lines(const Texts& texts, ocr::Route route = ocr::Route::Ocr)
      : document(made_body(texts)) {
    document.pages[0].route = route;
    page = reading_text(document).front();
  }
  Lines(const Lines&) = delete;
  Lines& operator=(const Lines&) = delete;

  std::vector<WordRange> all() const {
    std::vector<WordRange> out;
    for (const TextLine& line : page.lines) out.push_back(whole(line));
    return out;
  }

  ocr::Document document;
  PageText page;
};

TEST_CASE("a name's marks are put right where it was read from an image") {
  const auto [route, value, source] = GENERATE(table<ocr::Route, Value, FieldSource>({
      {ocr::Route::Ocr, "ỦY BAN NHÂN DÂN", FieldSource::OcrRestored},
      {ocr::Route::TextLayer, "UY BAN NHÂN DẦN", FieldSource::TextLayer},
  }));
  const Lines lines({"UY BAN", "NHÂN DẦN;"}, route);
  const Field field = found_name(lines.all(), "x");
  CHECK(field.value == value);
  CHECK(field.evidence.source == source);
  CHECK(field.evidence.raw == "UY BAN\nNHÂN DẦN;");
  CHECK(field.evidence.method == "x");
}

TEST_CASE("what is not accepted keeps its evidence, what is missing has none") {
  const Lines lines({"6?"});
  const Field seen = unreadable(Reason::Illegible, lines.all(), "x");
  CHECK_FALSE(seen.value);
  CHECK(seen.reason == Reason::Illegible);
  CHECK(seen.evidence.raw == "6?");
  const Field absent = missing(Reason::Absent);
  CHECK_FALSE(absent.value);
  CHECK(absent.evidence.page == 0);
}

TEST_CASE("a value that is not sure asks for a look, and what a rule says does") {
  Field field;
  CHECK_FALSE(asks_for_look(field));
  field.value = "1";
  field.evidence.confidence = kReviewBelow;
  CHECK_FALSE(asks_for_look(field));
  field.evidence.confidence = 0.89;
  CHECK(asks_for_look(field));
  field = missing(Reason::Illegible);
  field.needs_review = true;
  CHECK(asks_for_look(field));
}

TEST_CASE("ranges are joined by single spaces, empty ones left out") {
  const Lines lines({"Ủy ban", "nhân dân"});
  CHECK(joined(lines.all()) == "Ủy ban nhân dân");
  CHECK(joined({whole(lines.page.lines[0]), {}, whole(lines.page.lines[1])}) == "Ủy ban nhân dân");
  CHECK(joined({}).empty());
}

TEST_CASE("an item is without its dash and what closes it") {
  CHECK(without_item_end("Như trên;") == "Như trên");
  CHECK(without_item_end("Lưu: VT. ;") == "Lưu: VT");
  CHECK(without_item_end(" ;.") == "");
  const Lines lines({"- Như trên;", "– – xã", "-", "Như trên"});
  const auto& at = lines.page.lines;
  CHECK(text_of(without_dash(whole(at[0]))) == "Như trên;");
  CHECK(text_of(without_dash(whole(at[1]))) == "xã");
  CHECK(without_dash(whole(at[2])).empty());
  CHECK(text_of(without_dash(whole(at[3]))) == "Như trên");
}

// ---- slots

TEST_CASE("a slot is of the line that it overlaps, and of one use") {
  Lines lines({"Số: 12", "Ngày 3"});  // lines of 0 to 20 and 30 to 50
  ocr::Page& page = lines.document.pages[0];
  page.slots = {{SlotUse::Day, SlotKind::Printed, {50, 32, 60, 48}},
                {SlotUse::Number, SlotKind::Printed, {40, 2, 60, 18}}};
  const auto& at = lines.page.lines;
  CHECK(slot_on(at[0], SlotUse::Number) == &page.slots[1]);
  CHECK(slot_on(at[0], SlotUse::Day) == nullptr);
  CHECK(slot_on(at[1], SlotUse::Day) == &page.slots[0]);
  CHECK(slot_on(at[1], SlotUse::Month) == nullptr);
}

TEST_CASE("the likeliest reading of a slot is the value where it is sure enough") {
  const auto [confidence, value, review] = GENERATE(table<double, Value, bool>({
      {0.95, "2154", false},
      {0.6, "2154", true},
      {0.4, {}, true},
  }));
  CAPTURE(confidence);
  const Lines lines({"Số: 2154/BC-SYT"});
  const ocr::Slot slot{SlotUse::Number,
                       SlotKind::Handwritten,
                       {40, 0, 80, 20},
                       {{"2154", confidence}, {"2194", 0.03}},
                       "21S4"};
  const Field field = found_in(slot, lines.document.pages[0], {&lines.page.lines[0], 1, 2}, "x");
  CHECK(field.value == value);
  CHECK(field.needs_review == review);
  CHECK(field.evidence.confidence == confidence);
  CHECK(field.evidence.box == slot.box);
  CHECK(field.kind == SlotKind::Handwritten);
  CHECK(field.alternatives == slot.readings);
  // Of the word only the value's own place.
  CHECK(field.evidence.raw == (value ? "2154" : "2154/BC-SYT"));
  CHECK(field.evidence.span == (value ? Span{1, 4, 8} : Span{1, 4, 15}));
  REQUIRE(field.witnesses.size() == 1);
  CHECK(field.witnesses[0].text == "21S4");
  CHECK_FALSE(field.witnesses[0].agrees);
}

TEST_CASE("what the file states in a slot of a scan is from its text") {
  const Lines lines({"Số: 2154/BC-SYT"});
  ocr::Slot slot{SlotUse::Number, SlotKind::Printed, {40, 0, 80, 20}, {{"2154", 1}}, "2I54"};
  slot.stated = true;
  const ocr::Page& page = lines.document.pages[0];
  CHECK(found_in(slot, page, {&lines.page.lines[0], 1, 2}, "x").evidence.source ==
        FieldSource::TextLayer);
  CHECK(found_in(slot, page, {}, "x").evidence.source == FieldSource::TextLayer);
  slot.stated = false;
  CHECK(found_in(slot, page, {}, "x").evidence.source == FieldSource::Ocr);
}

TEST_CASE("a slot on which no word lies has its engine's text as evidence") {
  const Lines lines({"Số: /BC-SYT"});
  const ocr::Slot slot{
      SlotUse::Number, SlotKind::Handwritten, {40, 0, 80, 20}, {{"21", 0.95}}, "21"};
  const Field field = found_in(slot, lines.document.pages[0], {}, "x");
  CHECK(field.value == Value("21"));
  CHECK(field.evidence.raw == "21");
  CHECK(field.evidence.page == 1);
  CHECK_FALSE(field.evidence.span);
  CHECK(field.witnesses.front().agrees);
}

TEST_CASE("a blank slot is a blank field without evidence") {
  const Lines lines({"Số: /BC-SYT"});
  const Field field = found_in({SlotUse::Number, SlotKind::Blank, {40, 0, 80, 20}},
                               lines.document.pages[0], {}, "x");
  CHECK_FALSE(field.value);
  CHECK(field.reason == Reason::Blank);
  CHECK(field.kind == SlotKind::Blank);
  CHECK(field.evidence.page == 0);
}

}  // namespace
}  // namespace vanban::extract
