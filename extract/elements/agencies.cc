#include "extract/elements/agencies.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/elements/head_lines.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/agency_names.h"
#include "extract/words/known_names.h"
#include "extract/words/numbers.h"
#include "extract/words/place_and_day.h"
#include "extract/words/stamp_words.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::count_letters;
using diacritics::is_upper;
using ocr::BlockKind;

// Whether the last word of a range is a letter of the motto that strayed into the column. Numerals
// such as V belong to names, and numbers to those that have one: "PHƯỜNG 1", "KHU VỰC 3".
bool ends_with_stray(const WordRange& range) {
  if (range.line->page->route == ocr::Route::TextLayer) return false;
  const auto& words = range.line->line->words;
  const std::string_view word = words[range.last - 1].text;
  if (word.size() != 1 || std::string_view("IVX").find(word) != std::string_view::npos)
    return false;
  if (!all_digits(word) || range.last - range.first < 2) return true;
  const std::string& before = words[range.last - 2].text;
  const std::string folded = diacritics::fold(before);
  return !is_counted_unit(before) && folded != "vuc" && folded != "so" && folded != "doan";
}

// Without the number, where that was read as the end of the line above it: "SỞ Y TẾ Số: 12".
WordRange before_number(WordRange range) {
  const auto& words = range.line->line->words;
  for (std::size_t i = range.first; i < range.last; ++i)
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

// Whether the words are set bold, where their typefaces are known.
std::optional<bool> is_bold(const WordRange& range) {
  const auto& words = range.line->line->words;
  std::size_t bold = 0;
  for (std::size_t i = range.first; i < range.last; ++i) {
    if (words[i].font.empty()) return std::nullopt;
    if (diacritics::to_lower(words[i].font).find("bold") != std::string::npos) ++bold;
  }
  return 2 * bold > range.last - range.first;
}

// Whether a line that begins no name we know could be one all the same: words and abbreviations,
// surely read.
bool could_be_name(const WordRange& range) {
  constexpr double kSureMin = 0.85;
  constexpr int kFewestLetters = 6, kAbbreviationMax = 5;
  const auto& words = range.line->line->words;
  // The end of a name whose beginning was not read.
  if (joint_of("", diacritics::fold(text_of(range))) == NameJoint::GoesOn) return false;
  int letters = 0;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const std::string_view word = diacritics::trim_punctuation(words[i].text);
    if (word.empty()) continue;
    if (words[i].confidence < kSureMin || diacritics::has_digit(word)) return false;
    const int count = count_letters(word).all;
    if (!diacritics::SyllableTable::built_in().contains_folded(word) &&
        (count < 2 || count > kAbbreviationMax))
      return false;
    letters += count;
  }
  return range.last - range.first > 1 && letters >= kFewestLetters;
}

// The lines of one body's name.
struct AgencyGroup {
  std::vector<WordRange> lines;
  bool doubtful = false;  // where it begins or ends no word tells
};

// Whether the next line is another body's. In one typeface a name goes on; the upper body is not
// set bold, the lower one is.
bool begins_another(const AgencyGroup& group, const WordRange& range, bool& doubtful) {
  const std::string above = diacritics::fold(joined(group.lines));
  const NameJoint joint = joint_of(above, diacritics::fold(text_of(range)));
  doubtful = false;
  // One syllable names no body; it is what the line above had no room for.
  if (range.last - range.first == 1) return false;
  if (joint != NameJoint::Unknown) return joint == NameJoint::Begins;
  const auto bold_above = is_bold(group.lines.back()), bold = is_bold(range);
  if (bold_above && bold && *bold_above != *bold) return true;
  doubtful = true;
  return !(bold_above && bold) && is_whole_agency(above);
}

// Lines of capitals over the number, each body's name one group.
std::vector<AgencyGroup> agency_groups(std::span<const TextLine> lines, Steps& steps) {
  std::vector<AgencyGroup> groups;
  for (const TextLine& line : lines) {
    if (line.kind != BlockKind::HeaderLeft || is_about(line)) continue;
    WordRange range = before_number(left_of_country(without_noise(line)));
    while (!range.empty() && ends_with_stray(range)) --range.last;
    if (range.empty()) continue;
    const std::string text = text_of(range);
    if (!is_upper(text) || count_letters(text).all < 3 || text.find('/') != std::string::npos ||
        !urgency_of(line.folded).empty()) {
      note(steps, "agencies", line, "refused: not a line of capitals that could name a body");
      continue;
    }
    bool begins = groups.empty(), doubtful = false;
    if (!groups.empty()) {
      begins = begins_another(groups.back(), range, doubtful);
      if (begins && groups.size() > 1) {
        // Three bodies one below another are rare; the lines of the lower one are all set bold.
        doubtful = true;
        const auto top = is_bold(groups.front().lines.front()),
                   above = is_bold(groups.back().lines.back()), here = is_bold(range);
        begins = !(top && above && here && !*top && *above && *here);
      }
    } else if (!begins_agency(diacritics::fold(text))) {
      // Marks of the scanner and of signing programs stand above the first agency.
      if (!could_be_name(range)) {
        note(steps, "agencies", line, "refused: nothing that a body's name begins with");
        continue;
      }
      doubtful = true;
    }
    note(steps, "agencies", line,
         begins ? "taken: a body's name begins" : "taken: goes on with the name above");
    if (begins) groups.emplace_back();
    groups.back().lines.push_back(with_dash(range));
    groups.back().doubtful = groups.back().doubtful || doubtful;
    // What divides two names is as doubtful for the upper one.
    if (begins && doubtful && groups.size() > 1) groups[groups.size() - 2].doubtful = true;
  }
  return groups;
}

// The lines joined without the stops and strokes that specks left at their ends: "ỦY BAN NHÂN DÂN."
// A comma goes on with the name.
std::string without_line_ends(const std::vector<WordRange>& lines) {
  std::string out;
  for (const WordRange& range : lines) {
    std::string text = text_of(range);
    while (!text.empty() &&
           std::string_view(" ;.:_'`|").find(text.back()) != std::string_view::npos)
      text.pop_back();
    text.erase(0, std::min(text.find_first_not_of(" .:_'`|"), text.size()));
    if (!out.empty() && !text.empty()) out += ' ';
    out += text;
  }
  return without_item_end(out);
}

// Whether two syllables stand together with a hyphen between them: "TƯ-PHÁP".
bool has_hyphenated_syllables(std::string_view name) {
  const auto& syllables = diacritics::SyllableTable::built_in();
  for (const std::string& word : diacritics::split_words(name)) {
    const std::size_t hyphen = word.find('-');
    if (hyphen == std::string::npos || hyphen == 0) continue;
    if (syllables.contains(diacritics::to_lower(word.substr(0, hyphen))) &&
        syllables.contains(diacritics::to_lower(word.substr(hyphen + 1))))
      return true;
  }
  return false;
}

// The name of a group. One whose lines may be too few or too many asks for a look, unless the
// symbol has its initials.
Field name_of_group(const AgencyGroup& group, bool confirmed, const std::string& method) {
  constexpr double kDoubtful = 0.75;  // one check that holds does not make it sure
  Field field = found_name(group.lines, method);
  if (field.evidence.source != FieldSource::TextLayer) {
    std::string clean = without_line_ends(group.lines);
    clean = with_known_marks(clean);
    if (clean != *field.value) {
      field.value = std::move(clean);
      field.evidence.source = FieldSource::OcrRestored;
    }
    // A speck between two words is read as a hyphen; some names have one.
    if (has_hyphenated_syllables(clean))
      field.evidence.confidence = std::min(field.evidence.confidence, kDoubtful);
  }
  if (group.doubtful && !confirmed) {
    field.evidence.confidence = std::min(field.evidence.confidence, kDoubtful);
    field.needs_review = true;
  }
  return field;
}

// Whether a symbol has the initials of a name: "KH-BVN", "BỆNH VIỆN NHI".
bool has_initials(const Field& symbol, const AgencyGroup& group) {
  constexpr std::size_t kFewest = 2;
  if (!symbol.value) return false;
  const std::string initials = agency_initials(joined(group.lines));
  const auto groups = groups_after_type(*symbol.value);
  return initials.size() >= kFewest && !groups.empty() && groups.front() == initials;
}

// A group in which a letter stands twice that initials, or the first of them, have once: "CĐĐN" for
// "CÔNG ĐOÀN NGÀNH Y TẾ". Engines double letters.
std::optional<std::string> without_doubled_letter(const std::string& group,
                                                  const std::string& initials) {
  constexpr std::size_t kFewest = 3;  // letters that are left
  const std::u32string read = diacritics::to_code_points(group);
  if (initials.starts_with(group)) return std::nullopt;
  for (std::size_t i = 0; i + 1 < read.size(); ++i) {
    if (read[i] != read[i + 1]) continue;
    std::u32string once = read;
    once.erase(i, 1);
    std::string text = diacritics::to_utf8(once);
    if (once.size() >= kFewest && initials.starts_with(text)) return text;
  }
  return std::nullopt;
}

// What a group of a symbol would be by the initials of an agency, where it is that but for one
// letter: of the bodies that are known by name for another, of all for one that stands twice.
std::optional<std::string> initials_near(const std::string& group, const Field& agency) {
  if (!agency.value) return std::nullopt;
  std::string initials = agency_initials(*agency.value);
  if (auto once = without_doubled_letter(group, initials)) return once;
  if (!is_known_name(*agency.value)) return std::nullopt;
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
    for (const AgencyGroup& group : groups)
      out.joint.push_back(name_of_group(group, false, "header/joint_agency"));
    out.issuing = out.joint.front();
    out.parent = missing(Reason::NotApplicable);
    return out;
  }
  const bool confirmed = !groups.empty() && has_initials(symbol, groups.back());
  out.issuing = groups.empty() ? missing(Reason::Absent)
                               : name_of_group(groups.back(), confirmed, "header/last_agency");
  out.parent = groups.size() < 2
                   ? missing(Reason::NotApplicable)
                   : name_of_group(groups[groups.size() - 2], confirmed, "header/agency_above");
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
