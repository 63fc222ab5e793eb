#include "extract/elements/header.h"

#include <algorithm>
#include <string_view>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/elements/date_line.h"
#include "extract/elements/number_symbol.h"
#include "extract/fields.h"
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

std::optional<FoundNumber> find_number(const Lines& lines, Record& record) {
  // In the left column first; where no columns were found, anywhere in the head, but not among the
  // documents that the text cites.
  const bool has_left = std::any_of(lines.begin(), lines.end(), [](const TextLine& line) {
    return line.kind == BlockKind::HeaderLeft;
  });
  for (auto it = lines.begin(); it != head_end(lines); ++it) {
    if (has_left && it->kind != BlockKind::HeaderLeft) continue;
    if (is_about(*it) || is_salutation(*it)) {
      note(record, "number", *it, "stopped: the subject or the addressees begin here");
      break;
    }
    // Below the title a line may begin with the number of a document that the text cites.
    if (!has_left && it->kind == BlockKind::Title) break;
    const std::size_t label = it->folded.find('s');
    if (!has_left && (label == std::string::npos || label > 3)) continue;
    if (auto parsed = parse_number_line(*it)) {
      note(record, "number", *it,
           "taken: \"" + parsed->number + "\" before the symbol \"" + parsed->symbol + "\"");
      return FoundNumber{it, std::move(*parsed)};
    }
    note(record, "number", *it, "refused: no symbol after the word for a number or after a slash");
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
                                                  Record& record) {
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
      note(record, "agencies", *it, "refused: not a line of capitals that could name a body");
      continue;
    }
    const bool begins = begins_agency(diacritics::fold(text));
    // Marks of the scanner and of signing programs stand above the first agency.
    if (groups.empty() && !begins) {
      note(record, "agencies", *it, "refused: nothing that a body's name begins with");
      continue;
    }
    note(record, "agencies", *it,
         begins ? "taken: a body's name begins" : "taken: goes on with the name above");
    if (begins) groups.emplace_back();
    groups.back().push_back(range);
  }
  return groups;
}

void extract_agencies(const Lines& lines, LineIt number_line, Record& record) {
  const auto groups = agency_groups(lines, number_line, record);
  if (record.symbol.value && is_joint_symbol(*record.symbol.value) && groups.size() > 1) {
    // Bodies of one rank, side by side or below one another; none is above another.
    for (const auto& group : groups)
      record.joint_issuers.push_back(found_name(group, "header/joint_agency"));
    record.issuing_agency = record.joint_issuers.front();
    record.parent_agency = missing(Reason::NotApplicable);
    return;
  }
  record.issuing_agency =
      groups.empty() ? missing(Reason::Absent) : found_name(groups.back(), "header/last_agency");
  record.parent_agency = groups.size() < 2
                             ? missing(Reason::NotApplicable)
                             : found_name(groups[groups.size() - 2], "header/agency_above");
}

// The agency's group of a symbol, where one letter of it was misread and the agency is one of the
// bodies that are known by name: "SVT" of the SỞ Y TẾ is SYT. A group that is as near to the body
// above is neither's for sure.
void repair_agency_group(Record& record) {
  if (!record.symbol.value || !record.issuing_agency.value ||
      record.symbol.evidence.source == FieldSource::TextLayer)
    return;
  std::vector<std::string> groups = symbol_groups(*record.symbol.value);
  const std::size_t at = !groups.empty() && type_of_symbol(groups.front()) ? 1 : 0;
  constexpr std::size_t kFewest = 3;
  if (at >= groups.size() || groups[at].size() < kFewest) return;
  const auto near = [&](const Field& agency) -> std::optional<std::string> {
    if (!agency.value || !is_known_name(*agency.value)) return std::nullopt;
    std::string initials = agency_initials(*agency.value);
    const std::string read = diacritics::fold(groups[at]), want = diacritics::fold(initials);
    const bool one_letter = read.size() == want.size() && edit_distance(read, want, 1) == 1;
    return one_letter ? std::optional(std::move(initials)) : std::nullopt;
  };
  const auto own = near(record.issuing_agency);
  if (!own) return;
  if (const auto above = near(record.parent_agency); above && above != own) {
    note(record, "number", "two bodies are as near to " + groups[at]);
    for (Field* field : {&record.symbol, &record.code}) {
      field->value.reset();
      field->reason = Reason::Ambiguous;
      field->needs_review = true;
    }
    return;
  }
  note(record, "number", "symbol put right by the agency: " + groups[at] + " -> " + *own);
  for (Field* field : {&record.symbol, &record.code}) {
    if (!field->value) continue;
    field->value->replace(field->value->find(groups[at]), groups[at].size(), *own);
    field->evidence.source = FieldSource::OcrRestored;
  }
}

// ---- type and subject

LineIt find_type(const Lines& lines) {
  return std::find_if(lines.begin(), head_end(lines),
                      [](const TextLine& line) { return line.kind == BlockKind::Title; });
}

void extract_type(const Lines& lines, LineIt type_line, Record& record) {
  if (type_line != head_end(lines)) {
    note(record, "type", *type_line, "taken: the name of a type");
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
  note(record, "type", "no line is the name of a type");
  const auto by_symbol = record.symbol.value ? type_of_symbol(*record.symbol.value) : std::nullopt;
  if (letter_sign != head_end(lines) && !by_symbol) {
    // Letters are the one kind that prints no type.
    note(record, "type", *letter_sign, "concluded: a letter, which prints no type");
    record.type = found("Công văn", {whole(*letter_sign)}, "letter/no_type_name");
    record.type.evidence.source = FieldSource::Inferred;
  } else if (by_symbol) {
    note(record, "type", "concluded from the symbol " + *record.symbol.value);
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

void extract_subject(const Lines& lines, LineIt type_line, Record& record) {
  const bool has_type = type_line != head_end(lines);
  const std::vector<WordRange> ranges =
      has_type ? subject_below(type_line, lines) : subject_of_letter(lines);
  if (ranges.empty()) {
    note(record, "subject",
         has_type ? "nothing stands below the type in its part of the page"
                  : "there is no type, and no line begins with \"V/v\"");
    return;
  }
  for (const WordRange& range : ranges)
    if (!range.empty())
      note(record, "subject", *range.line,
           has_type ? "taken: stands below the type" : "taken: begins with \"V/v\" or goes on so");
  record.subject = found(joined(ranges), ranges, has_type ? "title/below_type" : "letter/about");
  if (record.subject.evidence.source != FieldSource::TextLayer) {
    const std::string clean = with_clean_opening(*record.subject.value);
    if (clean != *record.subject.value && !clean.empty()) {
      record.subject.value = clean;
      record.subject.evidence.source = FieldSource::OcrRestored;
    }
  }
  // One word that is wrong makes the whole wrong.
  constexpr double kStranger = 0.8;
  double least = 1;
  for (const WordRange& range : ranges)
    for (std::size_t i = range.first; i < range.last; ++i) {
      const std::vector<ocr::Word>& words = range.line->line->words;
      const bool doubtful = is_stranger(words[i]) || is_no_year(words, i);
      least = std::min({least, words[i].confidence, doubtful ? kStranger : 1});
    }
  double& confidence = record.subject.evidence.confidence;
  confidence = std::min(confidence, least);
}

// ---- addressees, urgency

void extract_addressees(const Lines& lines, Record& record) {
  const auto of_list = [](const TextLine& line) { return line.kind == BlockKind::Addressees; };
  const auto start = std::find_if(lines.begin(), head_end(lines), of_list);
  if (start == head_end(lines)) {
    note(record, "addressees", "no line begins with \"Kính gửi\"");
    record.addressees.reason = Reason::NotApplicable;
    return;
  }
  note(record, "addressees", *start, "taken: the salutation; the items of its list follow");
  std::vector<std::vector<WordRange>> items;
  WordRange rest = whole(*start);
  const auto ends_salutation = [&](std::size_t word) {
    const std::string folded = diacritics::fold(start->line->words[word].text);
    return contains(folded, "gui") || folded == "dien:";
  };
  while (!rest.empty() && !ends_salutation(rest.first)) ++rest.first;
  if (!rest.empty()) ++rest.first;
  rest = without_dash(rest);
  while (!rest.empty() && count_letters(text_of({&*start, rest.first, rest.first + 1})).all == 0)
    ++rest.first;
  if (!rest.empty()) items.push_back({rest});
  for (auto it = start + 1; it != lines.end() && of_list(*it); ++it) {
    const WordRange range = whole(*it);
    const bool after_end =
        !items.empty() && !items.back().empty() && text_of(items.back().back()).ends_with(';');
    if (is_dash(it->line->words.front().text) || items.empty() || after_end)
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
  if (stamp == lines.end()) {
    note(record, "urgency", "no line of the first page is such a stamp");
    return;
  }
  note(record, "urgency", *stamp, "taken: a stamp of urgency");
  record.urgency = found(std::string(urgency_of(stamp->folded)), {whole(*stamp)}, "stamp/urgency");
}

// The mark stands by itself, in capitals, over the subject or in a corner.
void extract_secrecy(const Lines& lines, Record& record) {
  record.secrecy = missing(Reason::NotApplicable);
  for (auto line = lines.begin(); line != head_end(lines); ++line) {
    const std::string_view mark = secrecy_of(line->folded);
    if (mark.empty() || !is_upper(line->text)) continue;
    note(record, "secrecy", *line, "taken: a mark of secrecy");
    record.secrecy = found(std::string(mark), {whole(*line)}, "stamp/secrecy");
    return;
  }
  note(record, "secrecy", "no line of the first page's head is such a mark");
}

}  // namespace

void extract_header(const PageText& first_page, Record& record) {
  const Lines& lines = first_page.lines;
  const LineIt type_line = find_type(lines);
  std::optional<std::string> type_name;
  if (type_line != head_end(lines)) type_name = text_of(without_noise(*type_line));

  const auto number = find_number(lines, record);
  if (number)
    extract_number(number->line, type_name, record);
  else
    extract_number_without_symbol(*first_page.lines.front().page, record);
  extract_agencies(lines, number ? number->at : head_end(lines), record);
  repair_agency_group(record);
  extract_place_and_date({lines.begin(), head_end(lines)}, record);
  extract_type(lines, type_line, record);
  extract_subject(lines, type_line, record);
  extract_addressees(lines, record);
  extract_urgency(lines, record);
  extract_secrecy(lines, record);
}

}  // namespace vanban::extract
