#include "extract/fields.h"

#include "extract/known_names.h"

namespace vanban::extract {

Field found(std::string value, const std::vector<WordRange>& ranges, const std::string& method) {
  Field field;
  field.value = std::move(value);
  field.evidence = evidence_of(ranges, method);
  return field;
}

Field found_name(const std::vector<WordRange>& ranges, const std::string& method) {
  const std::string as_read = without_item_end(joined(ranges));
  Field field = found(as_read, ranges, method);
  if (field.evidence.source == FieldSource::TextLayer) return field;
  field.value = with_known_marks(as_read);
  if (*field.value != as_read) field.evidence.source = FieldSource::OcrRestored;
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

WordRange without_dash(const WordRange& range) {
  WordRange out = range;
  while (!out.empty() && is_dash(out.line->line->words[out.first].text)) ++out.first;
  return out;
}

}  // namespace vanban::extract
