#include "extract/elements/arrival.h"

#include <string>
#include <string_view>

#include "extract/elements/number_symbol.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/dates.h"

namespace vanban::extract {
namespace {

// Engines are rarely right about a pen's figures, and then not very sure.
constexpr double kReadMin = 0.7;

// The words after a label, "Số:" or "Ngày"; empty where the line does not begin with it.
WordRange after_label(const TextLine& line, std::string_view label) {
  const std::size_t at = line.folded.find(label);
  constexpr std::size_t kLatest = 4;  // strokes before it
  if (at == std::string::npos || at > kLatest) return {};
  WordRange range = whole(line);
  std::size_t letters = 0;
  while (!range.empty() && letters < at + label.size()) {
    letters += line.line->words[range.first].text.size() + 1;
    ++range.first;
  }
  return range;
}

Field number_in(const WordRange& range) {
  Field field = unreadable(Reason::Illegible, {range}, "stamp/arrival_number");
  const std::string text = without_item_end(joined({range}));
  if (is_number(text) && field.evidence.confidence >= kReadMin) field.value = text;
  field.needs_review = !field.value || field.evidence.confidence < kReviewBelow;
  return field;
}

Field date_in(const WordRange& range) {
  Field field = unreadable(Reason::Illegible, {range}, "stamp/arrival_date");
  const std::vector<NamedDate> dates = dates_in(joined({range}));
  if (dates.size() == 1 && field.evidence.confidence >= kReadMin)
    field.value = iso(dates.front().date);
  field.needs_review = !field.value || field.evidence.confidence < kReviewBelow;
  return field;
}

}  // namespace

Arrival find_arrival(const std::vector<PageText>& pages, Steps& steps) {
  Arrival out{missing(Reason::NotApplicable), missing(Reason::NotApplicable)};
  for (const PageText& page : pages)
    for (const TextLine& line : page.lines) {
      if (line.kind != ocr::BlockKind::ReceiptStamp) continue;
      note(steps, "arrival", line, "a line of the stamp of whoever received it");
      for (Field* field : {&out.number, &out.date})
        if (field->reason == Reason::NotApplicable) field->reason = Reason::Illegible;
      if (const WordRange number = after_label(line, "so"); !number.empty() && !out.number.value)
        out.number = number_in(number);
      if (const WordRange date = after_label(line, "ngay"); !date.empty() && !out.date.value)
        out.date = date_in(date);
    }
  return out;
}

}  // namespace vanban::extract
