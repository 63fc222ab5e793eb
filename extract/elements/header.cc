#include "extract/elements/header.h"

#include <algorithm>
#include <string_view>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/elements/date_line.h"
#include "extract/elements/number_symbol.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/known_names.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::count_letters;
using diacritics::is_upper;
using diacritics::starts_upper;
using ocr::BlockKind;
using Lines = std::vector<TextLine>;
using LineIt = Lines::const_iterator;

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

std::optional<FoundNumber> find_number_line(const Lines& lines, Steps& steps) {
  // In the left column first; where no columns were found, anywhere in the head, but not among the
  // documents that the text cites.
  const bool has_left = std::any_of(lines.begin(), lines.end(), [](const TextLine& line) {
    return line.kind == BlockKind::HeaderLeft;
  });
  for (auto it = lines.begin(); it != head_end(lines); ++it) {
    if (has_left && it->kind != BlockKind::HeaderLeft) continue;
    if (is_about(*it) || is_salutation(*it)) {
      note(steps, "number", *it, "stopped: the subject or the addressees begin here");
      break;
    }
    // Below the title a line may begin with the number of a document that the text cites.
    if (!has_left && it->kind == BlockKind::Title) break;
    const std::size_t label = it->folded.find('s');
    if (!has_left && (label == std::string::npos || label > 3)) continue;
    if (auto parsed = parse_number_line(*it)) {
      note(steps, "number", *it,
           "taken: \"" + parsed->number + "\" before the symbol \"" + parsed->symbol + "\"");
      return FoundNumber{it, std::move(*parsed)};
    }
    note(steps, "number", *it, "refused: no symbol after the word for a number or after a slash");
  }
  return std::nullopt;
}

// ---- agencies

bool is_stray_letter(std::string_view word) {
  return word.size() == 1 && std::string_view("IVX").find(word) == std::string_view::npos;
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
std::vector<std::vector<WordRange>> agency_groups(const Lines& lines, LineIt number_line,
                                                  Steps& steps) {
  std::vector<std::vector<WordRange>> groups;
  for (auto it = lines.begin(); it != head_end(lines) && it != number_line; ++it) {
    if (it->kind != BlockKind::HeaderLeft || is_about(*it)) continue;
    WordRange range = left_of_country(without_noise(*it));
    // A letter of the motto that strayed into the column; numerals such as V belong to names.
    while (!range.empty() && is_stray_letter(it->line->words[range.last - 1].text)) --range.last;
    if (range.empty()) continue;
    const std::string text = text_of(range);
    if (!is_upper(text) || count_letters(text).all < 3 || contains(text, "/") ||
        !urgency_of(it->folded).empty()) {
      note(steps, "agencies", *it, "refused: not a line of capitals that could name a body");
      continue;
    }
    const bool begins = begins_agency(diacritics::fold(text));
    // Marks of the scanner and of signing programs stand above the first agency.
    if (groups.empty() && !begins) {
      note(steps, "agencies", *it, "refused: nothing that a body's name begins with");
      continue;
    }
    note(steps, "agencies", *it,
         begins ? "taken: a body's name begins" : "taken: goes on with the name above");
    if (begins) groups.emplace_back();
    groups.back().push_back(range);
  }
  return groups;
}

struct Agencies {
  Field parent, issuing;
  std::vector<Field> joint;  // all of them, where several issue it together
};

Agencies find_agencies(const Lines& lines, LineIt number_line, const Field& symbol, Steps& steps) {
  const auto groups = agency_groups(lines, number_line, steps);
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

// What a group of a symbol would be by the initials of an agency, where it is that but for one
// letter. Only of the bodies that are known by name.
std::optional<std::string> initials_near(const std::string& group, const Field& agency) {
  if (!agency.value || !is_known_name(*agency.value)) return std::nullopt;
  std::string initials = agency_initials(*agency.value);
  const std::string read = diacritics::fold(group), want = diacritics::fold(initials);
  const bool one_letter = read.size() == want.size() && edit_distance(read, want, 1) == 1;
  return one_letter ? std::optional(std::move(initials)) : std::nullopt;
}

// Puts the agency's group of a symbol right, and the code with it, where one letter of it was
// misread: "SVT" of the SỞ Y TẾ is SYT. A group that is as near to the body above is neither's for
// sure.
void repair_agency_group(const Agencies& agencies, NumberFields& number, Steps& steps) {
  if (!number.symbol.value || !agencies.issuing.value ||
      number.symbol.evidence.source == FieldSource::TextLayer)
    return;
  const std::vector<std::string> groups = symbol_groups(*number.symbol.value);
  const std::size_t at = !groups.empty() && type_of_symbol(groups.front()) ? 1 : 0;
  constexpr std::size_t kFewest = 3;
  if (at >= groups.size() || groups[at].size() < kFewest) return;
  const auto own = initials_near(groups[at], agencies.issuing);
  if (!own) return;
  if (const auto above = initials_near(groups[at], agencies.parent); above && above != own) {
    note(steps, "number", "two bodies are as near to " + groups[at]);
    for (Field* field : {&number.symbol, &number.code}) {
      field->value.reset();
      field->reason = Reason::Ambiguous;
      field->needs_review = true;
    }
    return;
  }
  note(steps, "number", "symbol put right by the agency: " + groups[at] + " -> " + *own);
  for (Field* field : {&number.symbol, &number.code}) {
    if (!field->value) continue;
    field->value->replace(field->value->find(groups[at]), groups[at].size(), *own);
    field->evidence.source = FieldSource::OcrRestored;
  }
}

// ---- type and subject

LineIt find_type_line(const Lines& lines) {
  return std::find_if(lines.begin(), head_end(lines),
                      [](const TextLine& line) { return line.kind == BlockKind::Title; });
}

Field printed_type(const TextLine& line, Steps& steps) {
  note(steps, "type", line, "taken: the name of a type");
  const WordRange words = without_noise(line);
  const DocumentType type = *type_named(text_of(words));
  Field field = found(std::string(type.name), {words}, "title/type_name");
  if (field.evidence.source == FieldSource::Ocr &&
      diacritics::to_sentence(without_item_end(field.evidence.raw)) != type.name)
    field.evidence.source = FieldSource::OcrRestored;
  return field;
}

// The type where none is printed.
Field inferred_type(const Lines& lines, const Field& symbol, Steps& steps) {
  const auto letter_sign = std::find_if(lines.begin(), head_end(lines), [](const TextLine& line) {
    return is_about(line) || is_salutation(line);
  });
  note(steps, "type", "no line is the name of a type");
  const auto by_symbol = symbol.value ? type_of_symbol(*symbol.value) : std::nullopt;
  Field field;
  if (letter_sign != head_end(lines) && !by_symbol) {
    // Letters are the one kind that prints no type.
    note(steps, "type", *letter_sign, "concluded: a letter, which prints no type");
    field = found("Công văn", {whole(*letter_sign)}, "letter/no_type_name");
    field.evidence.source = FieldSource::Inferred;
  } else if (by_symbol) {
    note(steps, "type", "concluded from the symbol " + *symbol.value);
    field.value = std::string(by_symbol->name);
    field.evidence = symbol.evidence;
    field.evidence.method = "symbol/type_abbreviation";
    field.evidence.source = FieldSource::Inferred;
  }
  return field;
}

std::vector<WordRange> subject_below(LineIt type_line, const Lines& lines) {
  std::vector<WordRange> ranges;
  for (auto it = type_line + 1; it != lines.end() && it->kind == BlockKind::Title; ++it)
    ranges.push_back(without_noise(*it));
  return ranges;
}

std::vector<WordRange> subject_of_letter(const Lines& lines) {
  const auto first = std::find_if(lines.begin(), head_end(lines), is_about);
  const bool capitals = first != head_end(lines) && is_upper(first->text);
  std::vector<WordRange> ranges;
  for (auto it = first; it != head_end(lines) && it->kind == first->kind; ++it) {
    const WordRange range = without_noise(*it);
    if (it != first) {
      if (range.empty() || is_salutation(*it)) break;
      // A stamp is in capitals.
      if (is_upper(it->text) && !capitals) break;
      // Under the number, its lines are centred on one another and close.
      if (it->line->box.top - (it - 1)->line->box.bottom > 1.5 * it->line->box.height()) break;
    }
    ranges.push_back(range);
  }
  return ranges;
}

// Without a speck before it, and its opening parted where the space was lost: ",Vềviệc" -> "Về
// việc".
std::string with_clean_opening(std::string subject) {
  constexpr std::string_view kSpecks = ",.;:'`_- ", kJoined = "Vềviệc";
  subject.erase(0, std::min(subject.find_first_not_of(kSpecks), subject.size()));
  if (subject.starts_with(kJoined)) subject.replace(0, kJoined.size(), "Về việc");
  return subject;
}

// Whether a word is hardly what stands there. Its letters, small ones, are no syllable: it broke
// apart ("xây dự „ng") or lost some ("gám sát"). Or it has marks that documents do without, which
// letters and strokes are read as ("[lương").
bool is_stranger(const ocr::Word& word) {
  if (word.text.find_first_of("[]{}|_~<>=\\") != std::string::npos) return true;
  const std::string_view letters = diacritics::trim_punctuation(word.text);
  const auto count = diacritics::count_letters(letters);
  return count.all > 1 && count.upper == 0 &&
         count.all == static_cast<int>(diacritics::count_code_points(letters)) &&
         !diacritics::SyllableTable::built_in().contains(letters);
}

// Whether a word stands where a year does and is none of our times: "năm 2925".
bool is_no_year(const std::vector<ocr::Word>& words, std::size_t at) {
  const std::string_view year = diacritics::trim_punctuation(words[at].text);
  return at > 0 && diacritics::to_lower(words[at - 1].text) == "năm" && year.size() == 4 &&
         is_number(year) && !year.starts_with("19") && !year.starts_with("20");
}

// The confidence of the least sure word: one that is wrong makes the whole wrong.
double least_confidence(const std::vector<WordRange>& ranges) {
  constexpr double kStranger = 0.8;
  double least = 1;
  for (const WordRange& range : ranges)
    for (std::size_t i = range.first; i < range.last; ++i) {
      const std::vector<ocr::Word>& words = range.line->line->words;
      const bool doubtful = is_stranger(words[i]) || is_no_year(words, i);
      least = std::min({least, words[i].confidence, doubtful ? kStranger : 1});
    }
  return least;
}

Field find_subject(const Lines& lines, LineIt type_line, Steps& steps) {
  const bool has_type = type_line != head_end(lines);
  const std::vector<WordRange> ranges =
      has_type ? subject_below(type_line, lines) : subject_of_letter(lines);
  if (ranges.empty()) {
    note(steps, "subject",
         has_type ? "nothing stands below the type in its part of the page"
                  : "there is no type, and no line begins with \"V/v\"");
    return missing(Reason::Absent);
  }
  for (const WordRange& range : ranges)
    if (!range.empty())
      note(steps, "subject", *range.line,
           has_type ? "taken: stands below the type" : "taken: begins with \"V/v\" or goes on so");
  Field field = found(joined(ranges), ranges, has_type ? "title/below_type" : "letter/about");
  if (field.evidence.source != FieldSource::TextLayer) {
    const std::string clean = with_clean_opening(*field.value);
    if (clean != *field.value && !clean.empty()) {
      field.value = clean;
      field.evidence.source = FieldSource::OcrRestored;
    }
  }
  field.evidence.confidence = std::min(field.evidence.confidence, least_confidence(ranges));
  return field;
}

// ---- addressees, urgency, secrecy

// The words of a salutation after "Kính gửi:".
WordRange after_salutation(const TextLine& line) {
  const auto& words = line.line->words;
  const auto ends_salutation = [&](std::size_t word) {
    const std::string folded = diacritics::fold(words[word].text);
    return contains(folded, "gui") || folded == "dien:";
  };
  WordRange rest = whole(line);
  while (!rest.empty() && !ends_salutation(rest.first)) ++rest.first;
  if (!rest.empty()) ++rest.first;
  rest = without_dash(rest);
  while (!rest.empty() && count_letters(words[rest.first].text).all == 0) ++rest.first;
  return rest;
}

// The salutation from `start` on, parted into those whom it names.
std::vector<std::vector<WordRange>> salutation_items(LineIt start, LineIt end) {
  std::vector<std::vector<WordRange>> items;
  if (const WordRange rest = after_salutation(*start); !rest.empty()) items.push_back({rest});
  for (auto it = start + 1; it != end && it->kind == start->kind; ++it) {
    const bool after_end =
        !items.empty() && !items.back().empty() && text_of(items.back().back()).ends_with(';');
    if (is_dash(it->line->words.front().text) || items.empty() || after_end)
      items.push_back({without_dash(whole(*it))});
    else
      items.back().push_back(whole(*it));
  }
  return items;
}

ListField find_addressees(const Lines& lines, Steps& steps) {
  const auto start = std::find_if(lines.begin(), head_end(lines), [](const TextLine& line) {
    return line.kind == BlockKind::Addressees;
  });
  ListField out;
  if (start == head_end(lines)) {
    note(steps, "addressees", "no line begins with \"Kính gửi\"");
    out.reason = Reason::NotApplicable;
    return out;
  }
  note(steps, "addressees", *start, "taken: the salutation; the items of its list follow");
  std::vector<WordRange> all;
  bool restored = false;
  for (const auto& item : salutation_items(start, lines.end())) {
    const Field addressee = found_name(item, "letter/salutation");
    if (!addressee.value->empty()) out.value.push_back(*addressee.value);
    restored = restored || addressee.evidence.source == FieldSource::OcrRestored;
    all.insert(all.end(), item.begin(), item.end());
  }
  if (all.empty()) return out;
  out.evidence = evidence_of(all, "letter/salutation");
  if (restored) out.evidence.source = FieldSource::OcrRestored;
  return out;
}

Field find_urgency(const Lines& lines, Steps& steps) {
  const auto stamp = std::find_if(lines.begin(), lines.end(), [](const TextLine& line) {
    return line.kind == BlockKind::UrgencyStamp;
  });
  if (stamp == lines.end()) {
    note(steps, "urgency", "no line of the first page is such a stamp");
    return missing(Reason::NotApplicable);
  }
  note(steps, "urgency", *stamp, "taken: a stamp of urgency");
  return found(std::string(urgency_of(stamp->folded)), {whole(*stamp)}, "stamp/urgency");
}

// The mark stands by itself, in capitals, over the subject or in a corner.
Field find_secrecy(const Lines& lines, Steps& steps) {
  for (auto line = lines.begin(); line != head_end(lines); ++line) {
    const std::string_view mark = secrecy_of(line->folded);
    if (mark.empty() || !is_upper(line->text)) continue;
    note(steps, "secrecy", *line, "taken: a mark of secrecy");
    return found(std::string(mark), {whole(*line)}, "stamp/secrecy");
  }
  note(steps, "secrecy", "no line of the first page's head is such a mark");
  return missing(Reason::NotApplicable);
}

}  // namespace

Header find_header(const PageText& first_page, Steps& steps) {
  const Lines& lines = first_page.lines;
  const LineIt type_line = find_type_line(lines);
  const bool has_type = type_line != head_end(lines);
  std::optional<std::string> type_name;
  if (has_type) type_name = text_of(without_noise(*type_line));

  const auto number_line = find_number_line(lines, steps);
  NumberFields number;
  if (number_line)
    number = number_fields(number_line->line, type_name, steps);
  else
    number.number = number_in_slot(*lines.front().page);
  Agencies agencies =
      find_agencies(lines, number_line ? number_line->at : head_end(lines), number.symbol, steps);
  repair_agency_group(agencies, number, steps);

  Header out;
  DateLine date_line =
      find_date_line({lines.begin(), head_end(lines)}, agencies.issuing, agencies.parent, steps);
  out.place = std::move(date_line.place);
  out.date = std::move(date_line.date.date);
  out.date_parts = std::move(date_line.date.parts);
  out.type =
      has_type ? printed_type(*type_line, steps) : inferred_type(lines, number.symbol, steps);
  out.subject = find_subject(lines, type_line, steps);
  out.addressees = find_addressees(lines, steps);
  out.urgency = find_urgency(lines, steps);
  out.secrecy = find_secrecy(lines, steps);
  out.number = std::move(number.number);
  out.symbol = std::move(number.symbol);
  out.code = std::move(number.code);
  out.parent_agency = std::move(agencies.parent);
  out.issuing_agency = std::move(agencies.issuing);
  out.joint_issuers = std::move(agencies.joint);
  return out;
}

}  // namespace vanban::extract
