#include "extract/fields.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/words/known_names.h"

namespace vanban::extract {

std::string_view name_of(Reason reason) {
  switch (reason) {
    case Reason::Absent: return "absent";
    case Reason::Blank: return "blank";
    case Reason::Illegible: return "illegible";
    case Reason::Ambiguous: return "ambiguous";
    case Reason::NotApplicable: return "not_applicable";
  }
  return "absent";
}

Field found(std::string value, const std::vector<WordRange>& ranges, const std::string& method) {
  Field field;
  field.value = std::move(value);
  field.evidence = evidence_of(ranges, method);
  return field;
}

void doubt_other_name(Field& field) {
  constexpr double kOtherName = 0.85;
  field.evidence.confidence = std::min(field.evidence.confidence, kOtherName);
}

Field found_name(const std::vector<WordRange>& ranges, const std::string& method) {
  const std::string as_read = without_item_end(joined(ranges));
  Field field = found(as_read, ranges, method);
  if (field.evidence.source == FieldSource::TextLayer) return field;
  field.value = with_known_marks(as_read);
  if (*field.value != as_read) field.evidence.source = FieldSource::OcrRestored;
  if (marks_plain_syllable(as_read, *field.value)) doubt_other_name(field);
  for (const WordRange& range : ranges)
    for (std::size_t i = range.first; i < range.last; ++i) {
      const ocr::Word& word = range.line->line->words[i];
      if (marks_plain_syllable(word.ocr_text, word.text)) doubt_other_name(field);
    }
  return field;
}

Field missing(Reason reason) {
  Field field;
  field.reason = reason;
  return field;
}

Field unreadable(Reason reason, const std::vector<WordRange>& ranges, const std::string& method) {
  Field field = missing(reason);
  field.evidence = evidence_of(ranges, method);
  return field;
}

bool asks_for_look(const Field& field) {
  return field.needs_review || (field.value && field.evidence.confidence < kReviewBelow);
}

const ocr::Slot* slot_on(const TextLine& line, ocr::SlotUse use) {
  const std::vector<ocr::Slot>& slots = line.page->slots;
  const auto slot = std::find_if(slots.begin(), slots.end(), [&](const ocr::Slot& candidate) {
    return candidate.use == use && candidate.box.bottom > line.line->box.top &&
           candidate.box.top < line.line->box.bottom;
  });
  return slot == slots.end() ? nullptr : &*slot;
}

Field found_in(const ocr::Slot& slot, const ocr::Page& page, const WordRange& range,
               const std::string& method) {
  const bool from_image = page.route == ocr::Route::Ocr;
  Field field = unreadable(Reason::Blank, {range}, method);
  field.kind = slot.kind;
  if (slot.kind == ocr::SlotKind::Blank) {
    field.evidence = {};
    return field;
  }
  if (range.empty()) {
    field.evidence.raw = slot.engine_text;
    field.evidence.page = page.number;
    field.evidence.source = from_image ? FieldSource::Ocr : FieldSource::TextLayer;
  }
  if (slot.stated) field.evidence.source = FieldSource::TextLayer;
  field.evidence.box = page.to_displayed.apply(slot.box);
  field.alternatives = slot.readings;
  const double confidence = slot.readings.empty() ? 0 : slot.readings.front().confidence;
  field.evidence.confidence = confidence;
  field.needs_review = confidence < kReviewBelow;
  if (confidence >= kGivenMin) {
    field.value = slot.readings.front().text;
    // The word may hold more, as in 2154/BC-SYT.
    const std::size_t at = field.evidence.raw.find(*field.value);
    if (field.evidence.span && at != std::string::npos) {
      std::size_t& start = field.evidence.span->start;
      start += diacritics::count_code_points(std::string_view(field.evidence.raw).substr(0, at));
      field.evidence.span->end = start + diacritics::count_code_points(*field.value);
      field.evidence.raw = *field.value;
    }
  } else {
    field.reason = Reason::Illegible;
  }
  if (from_image && !slot.engine_text.empty())
    field.witnesses.push_back(
        {"engine_text", slot.engine_text, field.value && *field.value == slot.engine_text});
  return field;
}

std::string joined(const std::vector<WordRange>& ranges) {
  std::string out;
  for (const WordRange& range : ranges) {
    if (range.empty()) continue;
    if (!out.empty()) out += ' ';
    out += text_of(range);
  }
  return out;
}

std::string without_item_end(std::string text) {
  while (!text.empty() && std::string_view(" ;.,:").find(text.back()) != std::string_view::npos)
    text.pop_back();
  return text;
}

bool is_dash(const std::string& word) {
  return word == "-" || word == "–" || word == "—" || word == "+" || word == "*" || word == "•";
}

bool begins_with_mark(const ocr::Line& line) {
  if (line.words.empty()) return false;
  const std::string& first = line.words.front().text;
  return is_dash(first) || (without_mark(first).size() < first.size() && first.size() > 1);
}

std::string without_mark(std::string text) {
  const std::u32string letters = diacritics::to_code_points(text);
  const std::size_t first = letters.find_first_not_of(U"-\u2013\u2014+*\u2022 ");
  if (first == letters.npos || first == 0) return text;
  return diacritics::to_utf8(std::u32string_view(letters).substr(first));
}

WordRange without_dash(const WordRange& range) {
  WordRange out = range;
  while (!out.empty() && is_dash(out.line->line->words[out.first].text)) ++out.first;
  return out;
}

}  // namespace vanban::extract
