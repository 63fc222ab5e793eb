#include "extract/elements/date_line.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/text.h"
#include "extract/elements/slots.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/known_names.h"
#include "extract/words/numbers.h"
#include "extract/words/place_and_day.h"

namespace vanban::extract {
namespace {

using diacritics::starts_upper;
using ocr::BlockKind;
using ocr::SlotUse;

// A day read with less confidence is handwriting more often than not.
constexpr double kPartConfidenceMin = 0.85;

// ---- place

// One or two lines that hold the date, as one: "Hà Nội, ngày 05 tháng 9" and "năm 2023".
struct DateText {
  const TextLine* first = nullptr;
  const TextLine* second = nullptr;  // null where one line holds all
  ocr::Line line;                    // the words of both

  // The words `from` to `to` where they stand.
  std::vector<WordRange> ranges(std::size_t from, std::size_t to) const {
    const std::size_t count = first->line->words.size();
    std::vector<WordRange> out;
    if (from < std::min(to, count)) out.push_back({first, from, std::min(to, count)});
    if (std::max(from, count) < to)
      out.push_back({second, std::max(from, count) - count, to - count});
    return out;
  }
  // Views into this line's words: they live as long as it does.
  std::vector<std::string_view> words() const& {
    std::vector<std::string_view> out;
    for (const ocr::Word& word : line.words) out.emplace_back(word.text);
    return out;
  }
  std::vector<std::string_view> words() && = delete;
  const ocr::Page& page() const { return *first->page; }
};

DateText date_text(const TextLine& first, const TextLine* second) {
  DateText out{&first, second, *first.line};
  if (second != nullptr)
    out.line.words.insert(out.line.words.end(), second->line->words.begin(),
                          second->line->words.end());
  return out;
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

// The place that ends before word `end`. What stands before it and is no speck may be its
// beginning.
Field place_in(const DateText& text, std::size_t end,
               std::initializer_list<const Field*> agencies) {
  const std::vector<std::string_view> words = text.words();
  const std::size_t begin = begin_of_place(words, end);
  const bool from_layer = text.page().route == ocr::Route::TextLayer;
  if (begin == end) return missing(from_layer && end == 0 ? Reason::Absent : Reason::Illegible);
  Field place = found_name(text.ranges(begin, end), "date_line/before_day");
  constexpr int kLettersOfSpeck = 1;
  constexpr double kMayBeCut = 0.75;  // one check that holds does not make it sure
  const bool cut = std::any_of(
      words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin),
      [&](std::string_view word) { return diacritics::count_letters(word).all > kLettersOfSpeck; });
  if (cut) place.evidence.confidence = std::min(place.evidence.confidence, kMayBeCut);
  if (place.evidence.source == FieldSource::TextLayer) return place;
  for (const Field* agency : agencies)
    if (const auto unit = unit_of_agency(*agency, *place.value); unit && *unit != *place.value) {
      if (marks_plain_syllable(*place.value, *unit)) doubt_other_name(place);
      place.value = *unit;
      place.evidence.source = FieldSource::OcrRestored;
      break;
    }
  return place;
}

// ---- date

struct Part {
  std::string text;
  std::vector<WordRange> ranges;
};

// What stands after the keyword in word `from` and before word `to`: "ngày25 tháng" -> "25".
Part part_after(const DateText& on, std::size_t from, std::string_view keyword, std::size_t to) {
  const auto& words = on.line.words;
  const std::string folded = diacritics::fold(words[from].text);
  const std::size_t at = folded.find(keyword);
  Part part{at == std::string::npos ? "" : folded.substr(at + keyword.size()), {}};
  part.ranges = on.ranges(part.text.empty() ? from + 1 : from, to);
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
  Field field = unreadable(Reason::Illegible, part.ranges, method);
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

Field printed_year(const Part& year) {
  Field field = unreadable(Reason::Illegible, year.ranges, "date_line/year");
  if (is_number_within(year.text, 1900, 2100)) field.value = year.text;
  return field;
}

DateFields date_in(const DateText& text, const DateWords& at) {
  const bool from_layer = text.page().route == ocr::Route::TextLayer;
  const auto filled_in = [&](SlotUse use, const Part& part, int high, const std::string& method) {
    const ocr::Slot* slot = slot_on(*text.first, use);
    if (slot == nullptr && text.second != nullptr) slot = slot_on(*text.second, use);
    if (slot == nullptr) return printed_part(part, 1, high, from_layer, method);
    const WordRange range = part.ranges.empty() ? WordRange{} : part.ranges.front();
    return found_in(*slot, text.page(), range, method);
  };
  const std::size_t end = std::min(at.year + 2, text.line.words.size());
  DateFields out;
  DateParts& parts = out.parts;
  parts.day =
      filled_in(SlotUse::Day, part_after(text, at.day, "ngay", at.month), 31, "date_line/day");
  parts.month = filled_in(SlotUse::Month, part_after(text, at.month, "thang", at.year), 12,
                          "date_line/month");
  parts.year = printed_year(part_after(text, at.year, "nam", end));
  out.date = unreadable(Reason::Illegible, text.ranges(at.day, end), "date_line/day_month_year");
  // The year is part of the form; what is filled in says where the date is from.
  if (parts.day.evidence.source == FieldSource::TextLayer &&
      parts.month.evidence.source == FieldSource::TextLayer)
    out.date.evidence.source = FieldSource::TextLayer;
  return out;
}

DateFields date_in(const DateText& text, const DayInFigures& at) {
  const std::vector<WordRange> figures = text.ranges(at.first, text.line.words.size());
  DateFields out;
  out.parts.day = printed_part({at.day, figures}, 1, 31, false, "date_line/day");
  out.parts.month = printed_part({at.month, figures}, 1, 12, false, "date_line/month");
  out.parts.year = printed_year({at.year, figures});
  out.date = unreadable(Reason::Illegible, text.ranges(at.label, text.line.words.size()),
                        "date_line/figures");
  return out;
}

// The date of one or two lines, and the word with which it begins.
struct DateOn {
  DateText text;
  DateFields date;
  std::size_t begin = 0;
};

std::optional<DateOn> date_on(DateText text) {
  if (const auto at = find_date_words(text.line)) {
    DateFields date = date_in(text, *at);
    return DateOn{std::move(text), std::move(date), at->day};
  }
  if (const auto at = day_in_figures(text.words())) {
    DateFields date = date_in(text, *at);
    return DateOn{std::move(text), std::move(date), at->label};
  }
  return std::nullopt;
}

// The date that a line begins or holds. The line after it may have its end, or all of it below the
// place.
std::optional<DateOn> date_from(const TextLine& line, const TextLine* next) {
  if (auto on = date_on(date_text(line, nullptr))) return on;
  if (next == nullptr || next->kind != line.kind || line.line->words.empty()) return std::nullopt;
  const std::string& last = line.line->words.back().text;
  const DateText alone = date_text(line, nullptr);
  const std::vector<std::string_view> words = alone.words();
  const bool place_alone =
      !diacritics::is_upper(line.text) && begin_of_place(words, words.size()) == 0;
  const bool goes_on = line.folded.find("ngay ") != std::string::npos ||
                       line.folded.ends_with(" ngay") || line.folded.ends_with(',') || place_alone;
  if (!goes_on || last.ends_with('.')) return std::nullopt;
  return date_on(date_text(line, next));
}

// A line that begins as one of place and date does, "Sông Thương, ngày 07 năm 2022", of which no
// date is understood: what it says is not read.
std::optional<DateOn> seen_date(const TextLine& line) {
  constexpr std::size_t kMostWords = 12, kPlaceWordsMax = 7;
  DateText text = date_text(line, nullptr);
  const std::vector<std::string_view> words = text.words();
  if (words.size() > kMostWords) return std::nullopt;
  const bool in_column = line.kind == BlockKind::HeaderRight;
  for (std::size_t i = 0; i + 1 < words.size() && i <= kPlaceWordsMax; ++i) {
    const bool after_place = i > 0 && words[i - 1].ends_with(',') && starts_upper(line.text);
    if (diacritics::fold(words[i]) != "ngay" || !(after_place || (in_column && i == 0)) ||
        !diacritics::has_digit(words[i + 1]))
      continue;
    DateFields date;
    date.date = unreadable(Reason::Illegible, text.ranges(i, words.size()), "date_line/unread");
    for (Field* part : {&date.parts.day, &date.parts.month, &date.parts.year}) {
      part->reason = Reason::Illegible;
      part->needs_review = true;
    }
    return DateOn{std::move(text), std::move(date), i};
  }
  return std::nullopt;
}

}  // namespace

DateLine find_date_line(std::span<const TextLine> head, const Field& issuing_agency,
                        const Field& parent_agency, Steps& steps) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    const TextLine& line = head[i];
    if (line.kind == BlockKind::HeaderLeft) continue;
    auto on = date_from(line, i + 1 < head.size() ? &head[i + 1] : nullptr);
    if (!on) continue;
    // A sentence of the text may hold a date as well; the date line begins with the place. In the
    // header's column it may do without.
    const bool outside = line.kind != BlockKind::HeaderRight;
    constexpr std::size_t kPlaceWordsMax = 7, kPlaceAloneMax = 3;
    const bool begins = starts_upper(line.text) || (!outside && on->begin <= kPlaceAloneMax);
    if (on->begin > kPlaceWordsMax || !begins ||
        (outside && line.text.find(',') == std::string::npos)) {
      note(steps, "date", line, "refused: a date within a sentence, without a place before it");
      continue;
    }
    note(steps, "date", line, "taken: day, month and year after the place");
    return {place_in(on->text, on->begin, {&issuing_agency, &parent_agency}), std::move(on->date)};
  }
  for (const TextLine& line : head) {
    if (line.kind == BlockKind::HeaderLeft) continue;
    auto on = seen_date(line);
    if (!on) continue;
    note(steps, "date", line, "seen: a place and a day, but no whole date");
    return {place_in(on->text, on->begin, {&issuing_agency, &parent_agency}), std::move(on->date)};
  }
  return {};
}

}  // namespace vanban::extract
