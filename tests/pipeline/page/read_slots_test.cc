#include "pipeline/page/read_slots.h"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "tests/extract/made_document.h"

namespace vanban::pipeline {
namespace {

using ocr::BlockKind;
using ocr::Box;
using ocr::Slot;
using ocr::SlotKind;
using ocr::SlotUse;

constexpr double kCapitals = 24, kBaseline = 100;

// A header at 300 dpi whose words stand on one line, drawn as the digits are and not as letters:
// the reader of digits must not care.
struct Header {
  ocr::Image raster;
  ocr::Page page;
  std::vector<Box> ink;
  std::vector<ocr::Word> stated;

  Header() {
    raster.width = 2480;
    raster.height = 3508;
    raster.channels = 1;
    raster.dpi = 300;
    raster.pixels.assign(raster.stride() * std::size_t(raster.height), 255);
    page = extract::made_page(1, {});
    page.width = raster.width;
    page.height = raster.height;
    page.width_pt = 595.2;
    page.height_pt = 841.92;
    page.to_displayed = {ocr::Affine{0.24, 0, 0, 0, 0.24, 0}};
    // Text further down, so that the page has a usual height of letters.
    for (int i = 0; i < 60; ++i)
      ink.push_back({200.0 + 20 * i, 1000, 214.0 + 20 * i, 1000 + kCapitals / 1.3});
  }

  cv::Mat canvas() { return {raster.height, raster.width, CV_8UC1, raster.pixels.data()}; }

  // A word of print: only its first letter matters, `high` of the capitals.
  ocr::Word word(const std::string& text, double left, double right, double high,
                 double confidence = 0.95) {
    const Box letter{left, kBaseline - high * kCapitals, left + 14, kBaseline};
    ink.push_back(letter);
    return {text, text, {left, kBaseline - 1.2 * kCapitals, right, kBaseline + 8}, confidence};
  }

  // Digits, each `high` of the capitals and its foot `below` the baseline.
  void write(const std::string& digits, double left, double high, double below, int stroke) {
    double up = 0;
    for (const char digit : digits) {
      const double scale = high * kCapitals / 22;
      const int foot = int(kBaseline + (below + up) * kCapitals);
      cv::putText(canvas(), std::string(1, digit), {int(left), foot}, cv::FONT_HERSHEY_SIMPLEX,
                  scale, 20, stroke, cv::LINE_AA);
      ink.push_back({left + 2, foot - high * kCapitals, left + 18 * scale, double(foot)});
      left += 21 * scale;
      if (high > 1.1) up += 0.12;  // hands climb
    }
  }

  void add_line(BlockKind kind, std::vector<ocr::Word> words) {
    ocr::Line line;
    line.words = std::move(words);
    line.box = ocr::box_of(line.words);
    ocr::Block block;
    block.kind = kind;
    block.box = line.box;
    block.lines.push_back(line);
    page.blocks.push_back(block);
  }

  const Slot& read(bool with_crops = false) {
    read_slots(page, ink, stated, raster, ocr::DigitReader(), with_crops, Trace({}));
    REQUIRE_FALSE(page.slots.empty());
    return page.slots[0];
  }
};

Header with_number(const std::string& engine_text, double engine_confidence) {
  Header header;
  std::vector<ocr::Word> words{header.word("Số:", 200, 248, 1)};
  if (!engine_text.empty())
    words.push_back({engine_text, engine_text, {260, 75, 380, 108}, engine_confidence});
  words.push_back(header.word("/BC-SYT", 420, 560, 1));
  header.add_line(BlockKind::HeaderLeft, words);
  return header;
}

std::string line_of(const Header& header) { return text_of(header.page.blocks[0].lines[0]); }

TEST_CASE("large digits that leave the line are handwritten, and are read") {
  Header header = with_number("24€4", 0.3);
  header.write("2154", 262, 1.35, 0.2, 3);
  const Slot& slot = header.read();
  CHECK(slot.use == SlotUse::Number);
  CHECK(slot.kind == SlotKind::Handwritten);
  REQUIRE_FALSE(slot.readings.empty());
  CHECK(slot.readings[0].text == "2154");
  CHECK(slot.engine_text == "24€4");
  CHECK(line_of(header) == "Số: 2154 /BC-SYT");
}

TEST_CASE("digits as high as capitals on the line of the print are printed") {
  Header header = with_number("2154", 0.95);
  header.write("2154", 262, 1, 0, 2);
  const Slot& slot = header.read();
  CHECK(slot.kind == SlotKind::Printed);
  CHECK(slot.readings.at(0).text == "2154");
  CHECK(slot.readings.at(0).confidence >= 0.9);
}

TEST_CASE("even digits beside the line are stamped") {
  Header header = with_number("2154", 0.85);
  header.write("2154", 262, 1.05, 0.35, 2);
  CHECK(header.read().kind == SlotKind::Stamped);
}

TEST_CASE("a slot without ink is blank, dots or not, and its words stay") {
  const std::string dots = GENERATE(values<std::string>({"", "....."}));
  Header header = with_number(dots, 0.6);
  for (double left = 262; left < 400; left += 10) header.ink.push_back({left, 97, left + 3, 100});
  const std::string before = line_of(header);
  const Slot& slot = header.read();
  CHECK(slot.kind == SlotKind::Blank);
  CHECK(slot.readings.empty());
  CHECK(line_of(header) == before);
}

TEST_CASE("scrawl is not put into the text") {
  Header header = with_number("J`", 0.2);
  for (int i = 0; i < 9; ++i)
    cv::line(header.canvas(), {262 + 12 * i, 70 + (i % 3) * 11}, {270 + 11 * i, 118 - (i % 2) * 20},
             20, 3);
  header.ink.push_back({262, 70, 380, 118});
  const Slot& slot = header.read();
  CHECK(slot.kind == SlotKind::Handwritten);
  if (slot.readings.empty() || slot.readings[0].confidence < 0.5)
    CHECK(line_of(header) == "Số: J` /BC-SYT");
}

TEST_CASE("a stroke that is no digit leaves no empty word") {
  Header header = with_number("", 0);
  header.ink.push_back({300, 92, 330, 96});
  cv::line(header.canvas(), {300, 94}, {330, 94}, 20, 3);
  for (const ocr::Alternative& reading : header.read().readings) CHECK_FALSE(reading.text.empty());
  for (const ocr::Word& word : header.page.blocks[0].lines[0].words) CHECK_FALSE(word.text.empty());
}

TEST_CASE("day and month of one line are read each in its place") {
  Header header;
  header.add_line(BlockKind::HeaderRight, {header.word("Hà", 1300, 1340, 1),
                                           header.word("Nội,", 1350, 1410, 1),
                                           header.word("ngày", 1420, 1492, 0.68),
                                           {"A†", "A†", {1500, 70, 1560, 110}, 0.4},
                                           header.word("tháng", 1580, 1662, 0.83),
                                           {"10", "10", {1676, 76, 1716, 100}, 0.97},
                                           header.word("năm", 1730, 1790, 0.68),
                                           {"2018", "2018", {1800, 76, 1870, 100}, 0.97}});
  header.write("17", 1502, 1.4, 0.2, 3);
  header.write("10", 1674, 1, 0, 2);
  header.read();
  REQUIRE(header.page.slots.size() == 2);
  CHECK(header.page.slots[0].use == SlotUse::Day);
  CHECK(header.page.slots[0].kind == SlotKind::Handwritten);
  CHECK(header.page.slots[0].readings.at(0).text == "17");
  CHECK(header.page.slots[1].kind == SlotKind::Printed);
  CHECK(header.page.slots[1].readings.at(0).text == "10");
  CHECK(line_of(header) == "Hà Nội, ngày 17 tháng 10 năm 2018");
}

TEST_CASE("what the file states in a slot stands there, whatever is seen") {
  Header header = with_number("2I54", 0.95);
  header.write("2154", 262, 1.35, -0.3, 3);
  // Set above the line, as signing programs do, and read as a line of its own as well.
  const Box above{258, 56, 382, 92};
  header.add_line(BlockKind::HeaderLeft, {{"2754", "2754", above, 0.9}});
  header.stated = {{"2164", "2164", above, 1}, {"77", "77", {900, 70, 950, 104}, 1}};
  const Slot& slot = header.read();
  CHECK(slot.kind == SlotKind::Printed);
  CHECK(slot.stated);
  CHECK(slot.readings == std::vector<ocr::Alternative>{{"2164", 1}});
  CHECK(slot.box == above);
  CHECK(line_of(header) == "Số: 2164 /BC-SYT");
  CHECK(header.page.blocks.size() == 1);
}

TEST_CASE("of a stated word the number is taken that stands in the slot") {
  const auto [word, number] = GENERATE(table<std::string, std::string>({
      {"2154/BC-SYT", "2154"},
      {"2154B/BC-SYT", "2154B"},
  }));
  Header header = with_number("2I54", 0.6);
  header.stated = {{word, word, {260, 74, 560, 108}, 1}};
  CHECK(header.read().readings == std::vector<ocr::Alternative>{{number, 1}});
}

TEST_CASE("what the file states elsewhere is not in the slot") {
  Header header = with_number("2154", 0.95);
  header.write("2154", 262, 1, 0, 2);
  header.stated = {{"99", "99", {280, 140, 330, 176}, 1},
                   {"tháng", "tháng", {262, 76, 380, 104}, 1}};
  CHECK_FALSE(header.read().stated);
  CHECK(line_of(header) == "Số: 2154 /BC-SYT");
}

TEST_CASE("pictures of the slots are cut out when they are asked for") {
  Header header = with_number("24€4", 0.3);
  header.write("2154", 262, 1.35, 0.2, 3);
  CHECK(header.read(true).crop_png.starts_with("\x89PNG"));
  Header other = with_number("24€4", 0.3);
  CHECK(other.read(false).crop_png.empty());
}

TEST_CASE("a page without a header has no slots") {
  Header header;
  header.add_line(BlockKind::Body, {header.word("Kính", 200, 260, 1)});
  read_slots(header.page, header.ink, {}, header.raster, ocr::DigitReader(), false, Trace({}));
  CHECK(header.page.slots.empty());
}

TEST_CASE("in a text layer a slot is printed, or blank") {
  const auto [line, kind, reading] = GENERATE(table<std::string, SlotKind, std::string>({
      {"Số: 67/BC-UBND", SlotKind::Printed, "67"},
      {"Số: 3176B/QĐ-SYT", SlotKind::Printed, "3176B"},
      {"Số: /BC-UBND", SlotKind::Blank, ""},
      {"Số: ......../BC-UBND", SlotKind::Blank, ""},
      {"Số: xx/BC-UBND", SlotKind::Printed, ""},
  }));
  CAPTURE(line);
  ocr::Page page = extract::made_page(1, {extract::made_block(BlockKind::HeaderLeft, {line})},
                                      ocr::Route::TextLayer);
  note_slots(page);
  REQUIRE(page.slots.size() == 1);
  CHECK(page.slots[0].kind == kind);
  CHECK((page.slots[0].readings.empty() ? "" : page.slots[0].readings[0].text) == reading);
}

}  // namespace
}  // namespace vanban::pipeline
