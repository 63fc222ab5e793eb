#include "extract/header.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string_view>

#include "diacritics/text.h"
#include "extract/fields.h"
#include "extract/number_symbol.h"
#include "extract/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::count_letters;
using diacritics::is_upper;
using diacritics::starts_upper;
using ocr::BlockKind;
using Lines = std::vector<TextLine>;
using LineIt = Lines::const_iterator;

// A day read with less confidence is handwriting more often than not.
constexpr double kDayConfidenceMin = 0.85;

// The header and the beginning of the text: nothing that is sought there stands lower.
constexpr std::ptrdiff_t kHeadLines = 32;

LineIt head_end(const Lines& lines) {
  return lines.begin() + std::min<std::ptrdiff_t>(kHeadLines, std::ssize(lines));
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

bool is_about(const TextLine& line) { return begins_subject_of_letter(line.folded); }

bool is_salutation(const TextLine& line) { return begins_salutation(line.folded); }

// ---- number and symbol

struct FoundNumber {
  LineIt at;
  NumberLine line;
};

std::optional<FoundNumber> find_number(const Lines& lines) {
  // In the left column first; where no columns were found, anywhere in the head, but not among the
  // documents that the text cites.
  const bool has_left = std::any_of(lines.begin(), lines.end(), [](const TextLine& line) {
    return line.kind == BlockKind::HeaderLeft;
  });
  for (auto it = lines.begin(); it != head_end(lines); ++it) {
    if (has_left && it->kind != BlockKind::HeaderLeft) continue;
    if (is_about(*it) || is_salutation(*it)) break;
    const std::size_t label = it->folded.find('s');
    if (!has_left && (label == std::string::npos || label > 3)) continue;
    if (auto parsed = parse_number_line(*it)) return FoundNumber{it, std::move(*parsed)};
  }
  return std::nullopt;
}

// ---- agencies

bool is_stray_letter(std::string_view word) {
  return word.size() == 1 && std::string_view("IVX").find(word) == std::string_view::npos;
}

// Lines of capitals over the number, each bodies' name one group: a line that does not begin a name
// goes on with the one above it.
std::vector<std::vector<WordRange>> agency_groups(const Lines& lines, LineIt number_line) {
  std::vector<std::vector<WordRange>> groups;
  for (auto it = lines.begin(); it != head_end(lines) && it != number_line; ++it) {
    if (it->kind != BlockKind::HeaderLeft || is_about(*it) || names_country_or_party(it->folded))
      continue;
    WordRange range = without_noise(*it);
    // A letter of the motto that strayed into the column; numerals such as V belong to names.
    while (!range.empty() && is_stray_letter(it->line->words[range.last - 1].text)) --range.last;
    if (range.empty()) continue;
    const std::string text = text_of(range);
    if (!is_upper(text) || count_letters(text).all < 3 || contains(text, "/") ||
        !urgency_of(it->folded).empty())
      continue;
    const bool begins = begins_agency(diacritics::fold(text));
    // Marks of the scanner and of signing programs stand above the first agency.
    if (groups.empty() && !begins) continue;
    if (begins) groups.emplace_back();
    groups.back().push_back(range);
  }
  return groups;
}

void extract_agencies(const Lines& lines, LineIt number_line, Record& record) {
  const auto groups = agency_groups(lines, number_line);
  record.issuing_agency =
      groups.empty() ? missing(Reason::Absent) : found_name(groups.back(), "header/last_agency");
  record.parent_agency = groups.size() < 2
                             ? missing(Reason::NotApplicable)
                             : found_name(groups[groups.size() - 2], "header/agency_above");
}

// ---- place and date

struct DateWords {
  std::size_t day = 0, month = 0, year = 0;  // the words that hold "ngày", "tháng", "năm"
};

std::optional<DateWords> date_words(const TextLine& line) {
  const auto& words = line.line->words;
  const auto find = [&](std::string_view key, std::size_t from) {
    for (std::size_t i = from; i < words.size(); ++i)
      if (contains(diacritics::fold(words[i].text), key)) return i;
    return words.size();
  };
  DateWords out;
  out.day = find("ngay", 0);
  if (out.day == words.size()) return std::nullopt;
  out.month = find("thang", out.day);
  if (out.month == words.size()) return std::nullopt;
  out.year = find("nam", out.month);
  if (out.year == words.size()) return std::nullopt;
  return out;
}

struct Slot {
  std::string text;
  WordRange range;
};

// What stands after the keyword in word `from` and before word `to`: "ngày25 tháng" -> "25".
Slot slot_after(const TextLine& line, std::size_t from, std::string_view keyword, std::size_t to) {
  const auto& words = line.line->words;
  const std::string folded = diacritics::fold(words[from].text);
  Slot slot{folded.substr(folded.find(keyword) + keyword.size()), {&line, from + 1, to}};
  if (!slot.text.empty()) slot.range.first = from;
  for (std::size_t i = from + 1; i < to; ++i) slot.text += words[i].text;
  return slot;
}

std::optional<int> whole_number(std::string text, int low, int high) {
  while (!text.empty() && (text.back() == '.' || text.back() == ',')) text.pop_back();
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < low || value > high)
    return std::nullopt;
  return value;
}

int days_in(int month, int year) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

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

void extract_place(const TextLine& line, const DateWords& at, Record& record) {
  const WordRange range = place_words(line, at.day);
  if (range.empty()) {
    record.place = missing(Reason::Illegible);
    return;
  }
  record.place = found_name({range}, "date_line/before_day");
  if (record.place.evidence.source == FieldSource::TextLayer) return;
  for (const Field* agency : {&record.issuing_agency, &record.parent_agency})
    if (const auto unit = unit_of_agency(*agency, *record.place.value);
        unit && *unit != *record.place.value) {
      record.place.value = *unit;
      record.place.evidence.source = FieldSource::OcrRestored;
      return;
    }
}

void extract_date(const TextLine& line, const DateWords& at, Record& record) {
  const auto& words = line.line->words;
  const Slot day = slot_after(line, at.day, "ngay", at.month);
  const Slot month = slot_after(line, at.month, "thang", at.year);
  const Slot year = slot_after(line, at.year, "nam", std::min(at.year + 2, words.size()));
  const auto sure = [](const Slot& slot) {
    return evidence_of({slot.range}, "").confidence >= kDayConfidenceMin;
  };
  DateParts& parts = record.date_parts;
  if (sure(day)) parts.day = whole_number(day.text, 1, 31);
  if (sure(month)) parts.month = whole_number(month.text, 1, 12);
  parts.year = whole_number(year.text, 1900, 2100);
  const WordRange range{&line, at.day, std::min(at.year + 2, words.size())};
  if (parts.day && parts.month && parts.year && *parts.day <= days_in(*parts.month, *parts.year)) {
    char iso[16];
    std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", *parts.year, *parts.month, *parts.day);
    record.date = found(iso, {range}, "date_line/day_month_year");
    return;
  }
  const bool blank = day.text.empty() && line.page->route == ocr::Route::TextLayer;
  record.date =
      unreadable(blank ? Reason::Blank : Reason::Illegible, {range}, "date_line/day_month_year");
}

void extract_place_and_date(const Lines& lines, Record& record) {
  for (auto it = lines.begin(); it != head_end(lines); ++it) {
    if (it->kind == BlockKind::HeaderLeft) continue;
    const auto at = date_words(*it);
    // A sentence of the text may hold a date as well; the date line begins with the place.
    if (!at || at->day > 7 || !starts_upper(it->text)) continue;
    if (it->kind != BlockKind::HeaderRight && !contains(it->text, ",")) continue;
    extract_place(*it, *at, record);
    extract_date(*it, *at, record);
    return;
  }
}

// ---- type and subject

LineIt find_type(const Lines& lines) {
  return std::find_if(lines.begin(), head_end(lines),
                      [](const TextLine& line) { return line.kind == BlockKind::Title; });
}

void extract_type(const Lines& lines, LineIt type_line, Record& record) {
  if (type_line != head_end(lines)) {
    const DocumentType type = *type_named(text_of(without_noise(*type_line)));
    record.type = found(std::string(type.name), {without_noise(*type_line)}, "title/type_name");
    if (record.type.evidence.source == FieldSource::Ocr &&
        diacritics::to_sentence(without_item_end(record.type.evidence.raw)) != type.name)
      record.type.evidence.source = FieldSource::OcrRestored;
    return;
  }
  const auto letter_sign = std::find_if(lines.begin(), head_end(lines), [](const TextLine& line) {
    return is_about(line) || is_salutation(line);
  });
  const auto by_symbol = record.symbol.value ? type_of_symbol(*record.symbol.value) : std::nullopt;
  if (letter_sign != head_end(lines) && !by_symbol) {
    // Letters are the one kind that prints no type.
    record.type = found("Công văn", {whole(*letter_sign)}, "letter/no_type_name");
    record.type.evidence.source = FieldSource::Inferred;
  } else if (by_symbol) {
    record.type.value = std::string(by_symbol->name);
    record.type.evidence = record.symbol.evidence;
    record.type.evidence.method = "symbol/type_abbreviation";
    record.type.evidence.source = FieldSource::Inferred;
  }
}

std::vector<WordRange> subject_below(LineIt type_line, const Lines& lines) {
  std::vector<WordRange> ranges;
  for (auto it = type_line + 1; it != lines.end() && it->kind == BlockKind::Title; ++it)
    ranges.push_back(without_noise(*it));
  return ranges;
}

std::vector<WordRange> subject_of_letter(const Lines& lines) {
  const auto first = std::find_if(lines.begin(), head_end(lines), is_about);
  std::vector<WordRange> ranges;
  for (auto it = first; it != head_end(lines) && it->kind == first->kind; ++it) {
    const WordRange range = without_noise(*it);
    if (it != first) {
      if (range.empty() || is_salutation(*it)) break;
      // Under the number, its lines are centred on one another and close.
      if (it->line->box.top - (it - 1)->line->box.bottom > 1.5 * it->line->box.height()) break;
    }
    ranges.push_back(range);
  }
  return ranges;
}

void extract_subject(const Lines& lines, LineIt type_line, Record& record) {
  const bool has_type = type_line != head_end(lines);
  const std::vector<WordRange> ranges =
      has_type ? subject_below(type_line, lines) : subject_of_letter(lines);
  if (ranges.empty()) return;
  record.subject = found(joined(ranges), ranges, has_type ? "title/below_type" : "letter/about");
}

// ---- addressees, urgency

void extract_addressees(const Lines& lines, Record& record) {
  const auto of_list = [](const TextLine& line) { return line.kind == BlockKind::Addressees; };
  const auto start = std::find_if(lines.begin(), head_end(lines), of_list);
  if (start == head_end(lines)) {
    record.addressees.reason = Reason::NotApplicable;
    return;
  }
  std::vector<std::vector<WordRange>> items;
  WordRange rest = whole(*start);
  while (!rest.empty() && !contains(diacritics::fold(start->line->words[rest.first].text), "gui"))
    ++rest.first;
  if (!rest.empty()) ++rest.first;
  rest = without_dash(rest);
  while (!rest.empty() && count_letters(text_of({&*start, rest.first, rest.first + 1})).all == 0)
    ++rest.first;
  if (!rest.empty()) items.push_back({rest});
  for (auto it = start + 1; it != lines.end() && of_list(*it); ++it) {
    const WordRange range = whole(*it);
    if (is_dash(it->line->words.front().text) || items.empty())
      items.push_back({without_dash(range)});
    else
      items.back().push_back(range);
  }
  std::vector<WordRange> all;
  bool restored = false;
  for (const auto& item : items) {
    const Field addressee = found_name(item, "letter/salutation");
    if (!addressee.value->empty()) record.addressees.value.push_back(*addressee.value);
    restored = restored || addressee.evidence.source == FieldSource::OcrRestored;
    all.insert(all.end(), item.begin(), item.end());
  }
  if (all.empty()) return;
  record.addressees.evidence = evidence_of(all, "letter/salutation");
  if (restored) record.addressees.evidence.source = FieldSource::OcrRestored;
}

void extract_urgency(const Lines& lines, Record& record) {
  record.urgency = missing(Reason::NotApplicable);
  const auto stamp = std::find_if(lines.begin(), lines.end(), [](const TextLine& line) {
    return line.kind == BlockKind::UrgencyStamp;
  });
  if (stamp != lines.end())
    record.urgency =
        found(std::string(urgency_of(stamp->folded)), {whole(*stamp)}, "stamp/urgency");
}

}  // namespace

void extract_header(const PageText& first_page, Record& record) {
  const Lines& lines = first_page.lines;
  const LineIt type_line = find_type(lines);
  std::optional<std::string> type_name;
  if (type_line != head_end(lines)) type_name = text_of(without_noise(*type_line));

  const auto number = find_number(lines);
  if (number) extract_number(number->line, type_name, record);
  extract_agencies(lines, number ? number->at : head_end(lines), record);
  extract_place_and_date(lines, record);
  extract_type(lines, type_line, record);
  extract_subject(lines, type_line, record);
  extract_addressees(lines, record);
  extract_urgency(lines, record);
}

}  // namespace vanban::extract
