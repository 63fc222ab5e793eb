#include "pipeline/page/read_slots.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/elements/number_symbol.h"
#include "extract/elements/slots.h"
#include "extract/record.h"

namespace vanban::pipeline {
namespace {

using extract::SlotPlace;
using ocr::Alternative;
using ocr::Box;
using ocr::Slot;
using ocr::SlotKind;
using ocr::SlotUse;

// ---- where a slot lies

// Sizes and distances here are, unless they say otherwise, of the height of the capitals around.

// Heights of a serif type's letters.
constexpr double kSmallLetters = 0.68, kLetterT = 0.83;

struct Label {
  double first_letter = 1;  // height of its first letter
  double width = 1;
  double shown = 1;  // how much of its end the strip shows; the network was trained on as much
};

Label label_of(SlotUse use) {
  switch (use) {
    case SlotUse::Number: return {1, 2, 1.8};           // "Số:"
    case SlotUse::Day: return {kSmallLetters, 3, 2.1};  // "ngày"
    case SlotUse::Month: return {kLetterT, 3.4, 1.1};   // "tháng"
  }
  return {};
}

// The first letter of a printed word.
const Box* first_letter(const Box& word, const std::vector<Box>& ink) {
  // Heights of the word's box. An engine's box may begin late or early by a stroke's width, and a
  // dot or a piece of a rule beside it is lower than any letter.
  constexpr double kBefore = 0.3, kWithin = 0.5, kLetterMin = 0.3;
  const double height = word.height();
  const Box* best = nullptr;
  for (const Box& mark : ink) {
    const bool at_left =
        mark.left > word.left - kBefore * height && mark.left < word.left + kWithin * height;
    const bool in_row = mark.center_y() > word.top && mark.center_y() < word.bottom;
    if (at_left && in_row && mark.height() > kLetterMin * height &&
        (best == nullptr || mark.left < best->left))
      best = &mark;
  }
  return best;
}

// The print around a slot.
struct Print {
  double capitals = 0;  // height
  double baseline = 0;
};

// By the first letters of the words around, where these are of a likely height; one line's slots
// have one height. `likely`: of the page's capitals.
Print print_around(const SlotPlace& slot, const std::vector<SlotPlace>& places,
                   const std::vector<Box>& ink, double likely) {
  // Of the likely height of capitals: headers are set in 13 or 14 points where the text is, and
  // what is farther off is a piece of a letter or two that touch.
  constexpr double kLowest = 0.75, kHighest = 1.4;
  std::vector<double> heights;
  std::optional<double> baseline;
  const auto measure = [&](const Box& word, double share_of_capitals, bool own) {
    const Box* letter = first_letter(word, ink);
    if (letter == nullptr) return;
    const double capitals = letter->height() / share_of_capitals;
    if (capitals < kLowest * likely || capitals > kHighest * likely) return;
    heights.push_back(capitals);
    if (own || !baseline) baseline = letter->bottom;
  };
  for (const SlotPlace& place : places) {
    if (place.block != slot.block || place.line != slot.line) continue;
    measure(place.label, label_of(place.use).first_letter, place.use == slot.use);
    if (place.use == SlotUse::Month && !place.next.empty())
      measure(place.next, kSmallLetters, false);  // "năm"
  }
  if (!heights.empty()) return {ocr::median(std::move(heights)), *baseline};
  const Box* letter = first_letter(slot.label, ink);
  const double capitals_of_word = label_of(slot.use).first_letter * likely;
  return {likely, letter == nullptr ? slot.label.bottom : letter->top + capitals_of_word};
}

// The strip begins within the label, so that its end is seen and nothing of the slot is cut.
ocr::StripPlace strip_place(const SlotPlace& slot, const Print& print,
                            const std::vector<Box>& ink) {
  const Label label = label_of(slot.use);
  // Where the day stands close before it, it may be in the word of the month's label.
  if (slot.use == SlotUse::Month && slot.before.empty())
    return {slot.label.right - label.shown * print.capitals, print.baseline, print.capitals};
  const Box* letter = first_letter(slot.label, ink);
  const double left = letter == nullptr ? slot.label.left : letter->left;
  return {left + (label.width - label.shown) * print.capitals, print.baseline, print.capitals};
}

// The engine may take what a pen wrote for a part of the words beside it: the slot reaches over
// what is more than these words should need.
Box reach_of(const SlotPlace& slot, const ocr::StripPlace& strip) {
  // A hand writes above the line rather than below it.
  constexpr double kAbove = 1.8, kBelow = 0.8;  // the baseline
  const Label label = label_of(slot.use);
  Box reach{strip.left + label.shown * strip.capital_height,
            strip.baseline - kAbove * strip.capital_height, slot.box.right,
            strip.baseline + kBelow * strip.capital_height};
  reach.left = std::min(reach.left, std::max(slot.box.left, slot.label.left));
  if (slot.use == SlotUse::Day && !slot.next.empty())
    reach.right = std::max(reach.right,
                           slot.next.right - label_of(SlotUse::Month).width * strip.capital_height);
  return reach;
}

// ---- what kind of writing it is

// Height of the lowest mark that may be a digit: dots of a blank, commas and hyphens are lower.
constexpr double kDigitMin = 0.5;

// Marks of a digit's size in a slot.
std::vector<Box> marks_in(const Box& reach, double capitals, const std::vector<Box>& ink) {
  std::vector<Box> out;
  for (const Box& mark : ink)
    if (reach.holds_middle_of(mark) && mark.height() > kDigitMin * capitals) out.push_back(mark);
  return out;
}

// Whether anything as high as a digit stands in a slot or reaches into it.
bool has_ink(const Box& reach, double capitals, const std::vector<Box>& ink) {
  constexpr double kInside = 0.15;  // width; less is the edge of a word beside
  return std::any_of(ink.begin(), ink.end(), [&](const Box& mark) {
    return std::min(mark.right, reach.right) - std::max(mark.left, reach.left) >
               kInside * capitals &&
           mark.center_y() > reach.top && mark.center_y() < reach.bottom &&
           mark.height() > kDigitMin * capitals;
  });
}

Box around_all(const std::vector<Box>& marks) {
  Box all;
  for (const Box& mark : marks) all = ocr::united(all, mark);
  return all;
}

// How even marks are; all of the height of the capitals around.
struct Evenness {
  double lowest = 9, highest = 0;  // heights
  double up = 9, down = -9;        // of their feet, below the baseline

  double off() const { return std::max(std::abs(up), std::abs(down)); }
  bool within(double slack) const {
    return highest - lowest < slack && down - up < slack && lowest > kDigitLowest - slack &&
           highest < 1 + slack;
  }

 private:
  static constexpr double kDigitLowest = 0.95;  // digits of some types are lower than capitals
};

Evenness evenness_of(const std::vector<Box>& marks, const ocr::StripPlace& strip) {
  Evenness out;
  for (const Box& mark : marks) {
    const double height = mark.height() / strip.capital_height;
    const double foot = (mark.bottom - strip.baseline) / strip.capital_height;
    out.lowest = std::min(out.lowest, height), out.highest = std::max(out.highest, height);
    out.up = std::min(out.up, foot), out.down = std::max(out.down, foot);
  }
  return out;
}

// No hand is that even, whatever was measured of the words beside it: one pixel at 300 dpi is 0.03.
bool is_ruled(const Evenness& marks) {
  constexpr double kHeightsApart = 0.04, kFootOff = 0.03, kLowest = 0.88, kHighest = 1.12;
  return marks.highest - marks.lowest < kHeightsApart && marks.off() < kFootOff &&
         marks.lowest > kLowest && marks.highest < kHighest;
}

// Print is as high as capitals and stands on the line of the words beside it; a stamp is as even,
// somewhere near. `seen`: the engine and the reader of digits see the same; `sure`: as is rare with
// what a pen wrote.
SlotKind kind_of(const std::vector<Box>& marks, const ocr::StripPlace& strip, bool seen,
                 bool sure) {
  constexpr double kPrintSlack = 0.07;  // of print by its looks alone: two pixels at 300 dpi
  constexpr double kSureFootOff = 0.1, kSureHighest = 1.16;  // of print that the engine is sure of
  constexpr double kStampSlack = 0.16;    // of a stamp's digits, which ink has spread
  constexpr double kStampFootOff = 0.13;  // what is farther from the line was stamped
  if (marks.empty()) return sure ? SlotKind::Printed : SlotKind::Handwritten;
  const Evenness even = evenness_of(marks, strip);
  if (marks.size() > 1 && is_ruled(even)) return SlotKind::Printed;
  if (even.within(kPrintSlack) && even.off() < kPrintSlack) return SlotKind::Printed;
  if (sure && even.off() < kSureFootOff && even.highest < kSureHighest) return SlotKind::Printed;
  if (!seen || !even.within(kStampSlack)) return SlotKind::Handwritten;
  return even.off() < kStampFootOff ? SlotKind::Printed : SlotKind::Stamped;
}

// ---- what is written

std::vector<std::string> numbers_to(int last) {
  std::vector<std::string> out;
  for (int i = 1; i <= last; ++i) {
    out.push_back(std::to_string(i));
    if (i < 10) out.push_back("0" + std::to_string(i));
  }
  return out;
}

// What may stand in a slot; of numbers there is no list.
std::vector<std::string> allowed_in(SlotUse use) {
  switch (use) {
    case SlotUse::Number: return {};
    case SlotUse::Day: return numbers_to(31);
    case SlotUse::Month: return numbers_to(12);
  }
  return {};
}

bool may_stand_in(SlotUse use, const std::string& text) {
  if (use == SlotUse::Number) return extract::is_number(text);
  const auto allowed = allowed_in(use);
  return std::find(allowed.begin(), allowed.end(), text) != allowed.end();
}

// Printed digits that an engine for words takes for letters and strokes.
std::string with_digits(std::string text) {
  for (char& c : text) {
    if (std::string_view("lI|]!").find(c) != std::string_view::npos) c = '1';
    if (c == 'O' || c == 'o') c = '0';
  }
  return text;
}

// What the engine read, without the dots of a blank and the edges of words.
std::string engine_text_of(const SlotPlace& place) {
  const std::size_t first = place.read.find_first_not_of(" .,:;_-");
  if (first == std::string::npos) return "";
  return place.read.substr(first, place.read.find_last_not_of(" .,:;_-") + 1 - first);
}

// How often a reading with this share among all is right. Fitted on headers of real letters and set
// lower than that fit: hands differ from office to office.
double calibrated(double share) {
  constexpr double kSlope = 1.2, kShift = 0.9;
  constexpr double kOthersMin = 1e-6;  // share of all other readings: it is never quite nothing
  if (share <= 0) return 0;
  const double odds = std::log(share / std::max(kOthersMin, 1 - share));
  return 1 / (1 + std::exp(-(kSlope * odds + kShift)));
}

// 4 and 04 are one day: of each the likelier way of writing it, with the share of both.
std::vector<Alternative> of_one_value_each(std::vector<Alternative> readings) {
  ocr::sort_likeliest_first(readings);
  std::vector<Alternative> out;
  for (const Alternative& reading : readings) {
    const auto same = std::find_if(out.begin(), out.end(), [&](const Alternative& other) {
      return std::stoi(other.text) == std::stoi(reading.text);
    });
    if (same == out.end()) {
      out.push_back(reading);
      continue;
    }
    same->confidence += reading.confidence;
  }
  return out;
}

// What the engine's reading counts beside the reader's. It is rarely right on a pen's digits and
// nearly always on print.
struct EngineWeight {
  double times = 1;   // by which its confidence, where it is full, raises the reading's share
  double unseen = 0;  // share of a reading that the reader does not see
};
constexpr EngineWeight kOnPrint{200, 0.02}, kOnHandwriting{2, 0.002};

// Both readers' word.
std::vector<Alternative> weighed(std::vector<Alternative> readings, const Slot& slot) {
  const bool printed = slot.kind != SlotKind::Handwritten;
  const EngineWeight weight = printed ? kOnPrint : kOnHandwriting;
  const std::string engine_text = printed ? with_digits(slot.engine_text) : slot.engine_text;
  if (may_stand_in(slot.use, engine_text)) {
    auto same = std::find_if(readings.begin(), readings.end(), [&](const Alternative& reading) {
      return reading.text == engine_text;
    });
    if (same == readings.end()) same = readings.insert(same, {engine_text, 0});
    same->confidence =
        std::max(same->confidence, weight.unseen) * (1 + weight.times * slot.engine_confidence);
  }
  if (slot.use != SlotUse::Number) readings = of_one_value_each(readings);
  double total = 0;
  for (const Alternative& reading : readings) total += reading.confidence;
  for (Alternative& reading : readings)
    reading.confidence = reading.confidence / std::max(1.0, total);
  ocr::sort_likeliest_first(readings);
  return readings;
}

// Those worth naming, with how sure each is.
std::vector<Alternative> worth_naming(const std::vector<Alternative>& readings) {
  constexpr std::size_t kNamed = 5;   // as many as a person looks through
  constexpr double kShareMin = 0.01;  // [0, 1]; one in a hundred is hardly ever right
  std::vector<Alternative> out;
  double rest = 1;
  for (const Alternative& reading : readings) {
    // That it holds no digit is no reading of what a pen wrote there.
    if (reading.text.empty()) {
      rest -= std::min(calibrated(reading.confidence), rest);
      continue;
    }
    if (out.size() == kNamed || (!out.empty() && reading.confidence < kShareMin)) break;
    // Only one of them can be right.
    const double sure = std::min(calibrated(reading.confidence), rest);
    if (sure < kShareMin) break;
    out.push_back({reading.text, sure});
    rest -= sure;
  }
  return out;
}

// The slot with the print on both sides, for a person to look at.
Box shown_box(const SlotPlace& place, const ocr::StripPlace& strip, const Box& reach) {
  // So much that the words on both sides are seen, and no line above or below.
  constexpr double kBefore = 0.5, kAfter = 1.5, kAbove = 2.2, kBelow = 1;
  const double capitals = strip.capital_height;
  const double right = std::max(reach.right, place.next.left);
  return {place.label.left - kBefore * capitals, strip.baseline - kAbove * capitals,
          right + kAfter * capitals, strip.baseline + kBelow * capitals};
}

Slot slot_at(const SlotPlace& place) {
  Slot slot;
  slot.use = place.use;
  slot.box = place.box;
  slot.engine_text = engine_text_of(place);
  slot.engine_confidence = place.confidence;
  return slot;
}

// With more confidence the engine is nearly always right, on print.
constexpr double kSureEngine = 0.9;

// Whether the engine alone settles it: what stands there looks like print to the millimetre.
bool is_sure_print(const Slot& slot, const std::vector<Box>& marks, const ocr::StripPlace& strip) {
  return slot.engine_confidence >= kSureEngine && may_stand_in(slot.use, slot.engine_text) &&
         kind_of(marks, strip, false, false) == SlotKind::Printed;
}

// ---- what the file states

// A number within a word, as if the word's letters were equally wide.
struct StatedNumber {
  std::string text;
  Box box;
};

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

// "542/TB-UBND" holds 542, "3176B" is one of its own.
std::vector<StatedNumber> numbers_in(const std::vector<ocr::Word>& words) {
  std::vector<StatedNumber> out;
  for (const ocr::Word& word : words) {
    const std::string& text = word.text;
    const auto count = static_cast<double>(diacritics::count_code_points(text));
    const auto left_of = [&](std::size_t byte) {
      const auto before = diacritics::count_code_points(std::string_view(text).substr(0, byte));
      return word.box.left + word.box.width() * static_cast<double>(before) / count;
    };
    for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end + 1) {
      end = begin;
      while (end < text.size() && is_ascii_digit(text[end])) ++end;
      if (end == begin) continue;
      // A letter that goes with the number ends its word or stands before the symbol's slash.
      const bool lettered = end < text.size() && text[end] >= 'A' && text[end] <= 'Z' &&
                            (end + 1 == text.size() || text[end + 1] == '/');
      const std::size_t length = end - begin + (lettered ? 1 : 0);
      out.push_back({text.substr(begin, length),
                     {left_of(begin), word.box.top, left_of(begin + length), word.box.bottom}});
    }
  }
  return out;
}

// The number that the file states in a slot; null where it states none. Signing programs set it a
// little above the line or below, and over the ends of the words on both sides.
const StatedNumber* stated_in(const SlotPlace& place, const std::vector<StatedNumber>& numbers) {
  constexpr double kUp = 0.8, kDown = 0.6, kBeside = 0.6;  // of the label's height
  const double height = place.label.height();
  const double right =
      place.next.empty() ? place.box.right : std::max(place.next.left, place.box.right);
  const Box reach{place.box.left - kBeside * height, place.label.center_y() - kUp * height,
                  right + kBeside * height, place.label.center_y() + kDown * height};
  const StatedNumber* best = nullptr;
  for (const StatedNumber& number : numbers)
    if (reach.holds_middle_of(number.box) && may_stand_in(place.use, number.text) &&
        (best == nullptr || number.box.left < best->box.left))
      best = &number;
  return best;
}

// Takes away what else was made of the same ink, but in the slot's own line.
void drop_other_readings(ocr::Page& page, const SlotPlace& place, const Box& at) {
  for (std::size_t b = 0; b < page.blocks.size(); ++b)
    for (std::size_t l = 0; l < page.blocks[b].lines.size(); ++l) {
      if (b == place.block && l == place.line) continue;
      std::erase_if(page.blocks[b].lines[l].words, [&](const ocr::Word& word) {
        return at.holds_middle_of(word.box) && diacritics::has_digit(word.text);
      });
    }
  for (ocr::Block& block : page.blocks)
    std::erase_if(block.lines, [](const ocr::Line& line) { return line.words.empty(); });
  std::erase_if(page.blocks, [](const ocr::Block& block) { return block.lines.empty(); });
}

// Sets the kind and the readings of a slot with ink in it.
void read_slot(Slot& slot, const std::vector<Box>& marks, const ocr::StripPlace& strip,
               const ocr::Image& raster, const ocr::RasterMap& map,
               const ocr::DigitReader& reader) {
  std::vector<Alternative> readings;
  if (is_sure_print(slot, marks, strip)) {
    slot.kind = SlotKind::Printed;
  } else {
    readings = reader.read(raster, map, strip, allowed_in(slot.use));
    const bool seen = !readings.empty() && readings.front().text == slot.engine_text;
    slot.kind = kind_of(marks, strip, seen, seen && slot.engine_confidence >= kSureEngine);
  }
  slot.readings = worth_naming(weighed(std::move(readings), slot));
}

}  // namespace

void read_slots(ocr::Page& page, const std::vector<Box>& ink, const std::vector<ocr::Word>& stated,
                const ocr::Image& raster, const ocr::DigitReader& reader, bool with_crops,
                const Trace& trace) {
  const std::vector<StatedNumber> numbers = numbers_in(stated);
  const double capitals = ocr::likely_capitals(ink);
  const ocr::RasterMap map{page.to_displayed, raster.width / page.width_pt};
  std::vector<SlotPlace> places = extract::find_slots(page);
  for (std::size_t i = 0; i < places.size(); ++i) {
    SlotPlace place = places[i];
    const ocr::StripPlace strip =
        strip_place(place, print_around(place, places, ink, capitals), ink);
    Slot slot = slot_at(place);
    slot.box = reach_of(place, strip);
    if (with_crops)
      slot.crop_png = ocr::encode_png(ocr::crop(raster, map, shown_box(place, strip, slot.box)));
    if (const StatedNumber* number = stated_in(place, numbers)) {
      slot.kind = SlotKind::Printed;
      slot.stated = true;
      slot.readings = {{number->text, 1}};
      slot.box = place.box = number->box;
      extract::fill(page, place, number->text, 1);
      drop_other_readings(page, place, number->box);
      places = extract::find_slots(page);
    } else if (has_ink(slot.box, strip.capital_height, ink) ||
               may_stand_in(slot.use, slot.engine_text)) {
      const std::vector<Box> marks = marks_in(slot.box, strip.capital_height, ink);
      read_slot(slot, marks, strip, raster, map, reader);
      if (!marks.empty()) place.box = around_all(marks);
      if (!slot.readings.empty() && slot.readings.front().confidence >= extract::kGivenMin) {
        extract::fill(page, place, slot.readings.front().text, slot.readings.front().confidence);
        // The words of the line are others now.
        places = extract::find_slots(page);
      }
    }
    if (trace.on()) trace.slot(page.number, slot, ocr::DigitReader::views(raster, map, strip));
    page.slots.push_back(std::move(slot));
  }
}

void note_slots(ocr::Page& page) {
  for (const SlotPlace& place : extract::find_slots(page)) {
    Slot slot = slot_at(place);
    if (!slot.engine_text.empty()) slot.kind = SlotKind::Printed;
    if (may_stand_in(slot.use, slot.engine_text))
      slot.readings = {{slot.engine_text, slot.engine_confidence}};
    page.slots.push_back(std::move(slot));
  }
}

}  // namespace vanban::pipeline
