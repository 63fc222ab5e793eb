#include "extract/elements/agencies.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/elements/head_lines.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/known_names.h"
#include "extract/words/numbers.h"
#include "extract/words/place_and_day.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::count_letters;
using diacritics::is_upper;
using ocr::BlockKind;

// Whether the last word of a range is one; "PHƯỜNG 1" has it in its name.
bool ends_with_stray(const WordRange& range) {
  const auto& words = range.line->line->words;
  const std::string_view word = words[range.last - 1].text;
  const bool counts = range.last - range.first > 1 && all_digits(word) &&
                      is_counted_unit(words[range.last - 2].text);
  return word.size() == 1 && std::string_view("IVX").find(word) == std::string_view::npos &&
         !counts;
}

// Without the number, where that was read as the end of the line above it: "SỞ Y TẾ Số: 12".
WordRange before_number(WordRange range) {
  const auto& words = range.line->line->words;
  for (std::size_t i = range.first + 1; i < range.last; ++i)
    if (const std::string folded = diacritics::fold(words[i].text);
        folded.starts_with("so:") && diacritics::count_letters(words[i].text).upper < 2)
      return {range.line, range.first, i};
  return range;
}

// What stands left of the country's name, where the columns ran into one another; nothing of a line
// that holds another part of it.
WordRange left_of_country(WordRange range) {
  if (!names_country_or_party(range.line->folded)) return range;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const std::string rest = diacritics::fold(text_of({range.line, i, range.last}));
    if (rest.starts_with("cong hoa") || rest.starts_with("dang cong san"))
      return {range.line, range.first, i};
  }
  return {range.line, range.first, range.first};
}

// Lines of capitals over the number, each bodies' name one group: a line that does not begin a name
// goes on with the one above it.
std::vector<std::vector<WordRange>> agency_groups(std::span<const TextLine> lines, Steps& steps) {
  std::vector<std::vector<WordRange>> groups;
  for (const TextLine& line : lines) {
    if (line.kind != BlockKind::HeaderLeft || is_about(line)) continue;
    WordRange range = before_number(left_of_country(without_noise(line)));
    // A letter of the motto that strayed into the column; numerals such as V belong to names.
    while (!range.empty() && ends_with_stray(range)) --range.last;
    if (range.empty()) continue;
    const std::string text = text_of(range);
    if (!is_upper(text) || count_letters(text).all < 3 || text.find('/') != std::string::npos ||
        !urgency_of(line.folded).empty()) {
      note(steps, "agencies", line, "refused: not a line of capitals that could name a body");
      continue;
    }
    const bool begins = begins_agency(diacritics::fold(text));
    // Marks of the scanner and of signing programs stand above the first agency.
    if (groups.empty() && !begins) {
      note(steps, "agencies", line, "refused: nothing that a body's name begins with");
      continue;
    }
    note(steps, "agencies", line,
         begins ? "taken: a body's name begins" : "taken: goes on with the name above");
    if (begins) groups.emplace_back();
    groups.back().push_back(range);
  }
  return groups;
}

// What a group of a symbol would be by the initials of an agency, where it is that but for one
// letter. Only of the bodies that are known by name.
std::optional<std::string> initials_near(const std::string& group, const Field& agency) {
  if (!agency.value || !is_known_name(*agency.value)) return std::nullopt;
  std::string initials = agency_initials(*agency.value);
  const std::string read = diacritics::fold(group), want = diacritics::fold(initials);
  const bool one_letter = read.size() == want.size() && edit_distance(read, want, 1) == 1;
  return one_letter ? std::optional(std::move(initials)) : std::nullopt;
}

}  // namespace

Agencies find_agencies(std::span<const TextLine> lines, const Field& symbol, Steps& steps) {
  const auto groups = agency_groups(lines, steps);
  Agencies out;
  if (symbol.value && is_joint_symbol(*symbol.value) && groups.size() > 1) {
    // Bodies of one rank, side by side or below one another; none is above another.
    for (const auto& group : groups) out.joint.push_back(found_name(group, "header/joint_agency"));
    out.issuing = out.joint.front();
    out.parent = missing(Reason::NotApplicable);
    return out;
  }
  out.issuing =
      groups.empty() ? missing(Reason::Absent) : found_name(groups.back(), "header/last_agency");
  out.parent = groups.size() < 2 ? missing(Reason::NotApplicable)
                                 : found_name(groups[groups.size() - 2], "header/agency_above");
  return out;
}

void repair_agency_group(const Agencies& agencies, NumberFields& number, Steps& steps) {
  if (!number.symbol.value || !agencies.issuing.value ||
      number.symbol.evidence.source == FieldSource::TextLayer)
    return;
  const std::vector<std::string> groups = groups_after_type(*number.symbol.value);
  constexpr std::size_t kFewest = 3;
  if (groups.empty() || groups.front().size() < kFewest) return;
  const std::string& group = groups.front();
  const auto own = initials_near(group, agencies.issuing);
  if (!own) return;
  if (const auto above = initials_near(group, agencies.parent); above && above != own) {
    note(steps, "number", "two bodies are as near to " + group);
    for (Field* field : {&number.symbol, &number.code}) {
      field->value.reset();
      field->reason = Reason::Ambiguous;
      field->needs_review = true;
    }
    return;
  }
  note(steps, "number", "symbol put right by the agency: " + group + " -> " + *own);
  for (Field* field : {&number.symbol, &number.code}) {
    if (!field->value) continue;
    field->value->replace(field->value->find(group), group.size(), *own);
    field->evidence.source = FieldSource::OcrRestored;
  }
}

}  // namespace vanban::extract
