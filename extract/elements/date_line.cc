#include "extract/elements/date_line.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "diacritics/text/text.h"
#include "extract/elements/slots.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

using diacritics::starts_upper;
using ocr::BlockKind;
using ocr::SlotUse;

// A day read with less confidence is handwriting more often than not.
constexpr double kPartConfidenceMin = 0.85;

// ---- place

// The capitalised words before "ngày": "_ Kiên Giang, ngày" -> "Kiên Giang".
WordRange place_words(const TextLine& line, std::size_t day_word) {
  const auto& words = line.line->words;
  WordRange range{&line, day_word, day_word};
  const auto belongs = [&](std::size_t i) {
    // "Thành phố Hồ Chí Minh"
    return starts_upper(words[i].text) || (i > 0 && diacritics::fold(words[i].text) == "pho" &&
                                           diacritics::fold(words[i - 1].text) == "thanh");
  };
  while (range.first > 0 && belongs(range.first - 1)) --range.first;
  return range;
}

// The words of an agency's name that the place has the letters of, with the agency's marks: a body
// prints its own unit as the place.
std::optional<std::string> unit_of_agency(const Field& agency, const std::string& place) {
  if (!agency.value) return std::nullopt;
  const std::vector<std::string> words = diacritics::split_words(*agency.value);
  const std::size_t length = diacritics::split_words(place).size();
  for (std::size_t i = 0; i + length <= words.size(); ++i) {
    std::string unit;
    for (std::size_t k = i; k < i + length; ++k)
      unit += (unit.empty() ? "" : " ") + diacritics::to_sentence(words[k]);
    if (diacritics::fold(unit) == diacritics::fold(place)) return unit;
  }
  return std::nullopt;
}

Field place_in(const TextLine& line, const DateWords& at,
               std::initializer_list<const Field*> agencies) {
  const WordRange range = place_words(line, at.day);
  if (range.empty()) return missing(Reason::Illegible);
  Field place = found_name({range}, "date_line/before_day");
  if (place.evidence.source == FieldSource::TextLayer) return place;
  for (const Field* agency : agencies)
    if (const auto unit = unit_of_agency(*agency, *place.value); unit && *unit != *place.value) {
      place.value = *unit;
      place.evidence.source = FieldSource::OcrRestored;
      break;
    }
  return place;
}

// ---- date

struct Part {
  std::string text;
  WordRange range;
};

// What stands after the keyword in word `from` and before word `to`: "ngày25 tháng" -> "25".
Part part_after(const TextLine& line, std::size_t from, std::string_view keyword, std::size_t to) {
  const auto& words = line.line->words;
  const std::string folded = diacritics::fold(words[from].text);
  const std::size_t at = folded.find(keyword);
  Part part{at == std::string::npos ? "" : folded.substr(at + keyword.size()),
            {&line, from + 1, to}};
  if (!part.text.empty()) part.range.first = from;
  for (std::size_t i = from + 1; i < to; ++i) part.text += words[i].text;
  while (!part.text.empty() && (part.text.back() == '.' || part.text.back() == ','))
    part.text.pop_back();
  return part;
}

bool is_number_within(const std::string& text, int low, int high) {
  if (text.size() > 4 || !all_digits(text)) return false;
  const int value = std::stoi(text);
  return value >= low && value <= high;
}

// A part that is printed, or of which nothing but the engine's reading is known.
Field printed_part(const Part& part, int low, int high, bool may_be_blank,
                   const std::string& method) {
  Field field = unreadable(Reason::Illegible, {part.range}, method);
  if (part.text.empty()) {
    field.evidence = {};
    if (may_be_blank) field.reason = Reason::Blank;
  } else if (is_number_within(part.text, low, high) &&
             field.evidence.confidence >= kPartConfidenceMin) {
    field.value = part.text;
    field.alternatives = {{part.text, field.evidence.confidence}};
  }
  return field;
}

DateFields date_in(const TextLine& line, const DateWords& at) {
  const auto& words = line.line->words;
  const bool from_layer = line.page->route == ocr::Route::TextLayer;
  const auto filled_in = [&](SlotUse use, const Part& part, int high, const std::string& method) {
    const ocr::Slot* slot = slot_on(line, use);
    return slot == nullptr ? printed_part(part, 1, high, from_layer, method)
                           : found_in(*slot, *line.page, part.range, method);
  };
  const std::size_t end = std::min(at.year + 2, words.size());
  DateFields out;
  DateParts& parts = out.parts;
  parts.day =
      filled_in(SlotUse::Day, part_after(line, at.day, "ngay", at.month), 31, "date_line/day");
  parts.month = filled_in(SlotUse::Month, part_after(line, at.month, "thang", at.year), 12,
                          "date_line/month");
  const Part year = part_after(line, at.year, "nam", end);
  parts.year = unreadable(Reason::Illegible, {year.range}, "date_line/year");
  if (is_number_within(year.text, 1900, 2100)) parts.year.value = year.text;
  out.date =
      unreadable(Reason::Illegible, {WordRange{&line, at.day, end}}, "date_line/day_month_year");
  // The year is part of the form; what is filled in says where the date is from.
  if (parts.day.evidence.source == FieldSource::TextLayer &&
      parts.month.evidence.source == FieldSource::TextLayer)
    out.date.evidence.source = FieldSource::TextLayer;
  return out;
}

}  // namespace

DateLine find_date_line(std::span<const TextLine> head, const Field& issuing_agency,
                        const Field& parent_agency, Steps& steps) {
  for (const TextLine& line : head) {
    if (line.kind == BlockKind::HeaderLeft) continue;
    const auto at = find_date_words(*line.line);
    // A sentence of the text may hold a date as well; the date line begins with the place.
    if (!at) continue;
    const bool outside = line.kind != BlockKind::HeaderRight;
    if (at->day > 7 || !starts_upper(line.text) ||
        (outside && line.text.find(',') == std::string::npos)) {
      note(steps, "date", line, "refused: a date within a sentence, without a place before it");
      continue;
    }
    note(steps, "date", line, "taken: day, month and year after the place");
    return {place_in(line, *at, {&issuing_agency, &parent_agency}), date_in(line, *at)};
  }
  return {};
}

}  // namespace vanban::extract
