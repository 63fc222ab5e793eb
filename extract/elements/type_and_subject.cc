#include "extract/elements/type_and_subject.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/elements/number_symbol.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::is_upper;
using ocr::BlockKind;

// The words of a title's first line that name the type, and those that begin the subject after it.
std::pair<WordRange, WordRange> parted(const TextLine& line) {
  const WordRange words = without_noise(line);
  if (type_named(text_of(words))) return {words, {&line, words.last, words.last}};
  std::vector<std::string> texts;
  for (std::size_t i = words.first; i < words.last; ++i) texts.push_back(line.line->words[i].text);
  const std::size_t middle = words.first + words_of_type(texts);
  return {{&line, words.first, middle}, {&line, middle, words.last}};
}

Field printed_type(const TextLine& line, Steps& steps) {
  note(steps, "type", line, "taken: the name of a type");
  const WordRange words = parted(line).first;
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
  const bool subject_below_number = letter_sign != head_end(lines) && is_about(*letter_sign) &&
                                    letter_sign->kind == BlockKind::HeaderLeft;
  if (letter_sign != head_end(lines) && (!by_symbol || subject_below_number)) {
    // Letters are the one kind that prints no type.
    note(steps, "type", *letter_sign, "concluded: a letter, which prints no type");
    field = found("Công văn", {whole(*letter_sign)}, "letter/no_type_name");
    field.evidence.source = FieldSource::Inferred;
    if (by_symbol) {
      // "12/TTr-NV" may be a letter of an inspectorate, or a submission whose type was not read.
      constexpr double kAgainstSymbol = 0.8;
      note(steps, "type", "doubted: the symbol " + *symbol.value + " is that of another type");
      field.evidence.confidence = std::min(field.evidence.confidence, kAgainstSymbol);
      field.needs_review = true;
    }
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
  if (const WordRange begun = parted(*type_line).second; !begun.empty())
    ranges.push_back(with_dash(begun));
  for (auto it = type_line + 1; it != lines.end() && it->kind == BlockKind::Title; ++it)
    ranges.push_back(with_dash(without_noise(*it)));
  for (std::size_t i = 1; i < ranges.size(); ++i) ranges[i] = from_dash(ranges[i]);
  return ranges;
}

std::vector<WordRange> subject_of_letter(const Lines& lines) {
  const auto first = std::find_if(lines.begin(), head_end(lines), is_about);
  const bool capitals = first != head_end(lines) && is_upper(first->text);
  std::vector<WordRange> ranges;
  for (auto it = first; it != head_end(lines) && it->kind == first->kind; ++it) {
    WordRange range = with_dash(without_noise(*it));
    if (it != first) {
      range = from_dash(range);
      if (range.empty() || is_salutation(*it)) break;
      // A stamp is in capitals; so is the end of a subject that is a code or a numeral.
      if (is_upper(it->text) && !capitals && !goes_on_in_capitals(it->text)) break;
      // Under the number, its lines are centred on one another and close.
      if (it->line->box.top - (it - 1)->line->box.bottom > 1.5 * it->line->box.height()) break;
    }
    ranges.push_back(range);
  }
  return ranges;
}

// Without a speck before or behind it, and its opening parted where the space was lost: ",Vềviệc"
// -> "Về việc".
std::string with_clean_ends(std::string subject) {
  constexpr std::string_view kSpecks = ",.;:'`_- ", kSpecksBehind = "'`_- ", kJoined = "Vềviệc";
  subject.erase(0, std::min(subject.find_first_not_of(kSpecks), subject.size()));
  subject.erase(subject.find_last_not_of(kSpecksBehind) + 1);
  if (subject.starts_with(kJoined)) subject.replace(0, kJoined.size(), "Về việc");
  return subject;
}

// Whether a word is hardly what stands there. Its letters, small ones, are no syllable: it broke
// apart ("xây dự „ng") or lost some ("gám sát"). Or it has marks that documents do without, which
// letters and strokes are read as ("[lương").
bool is_stranger(const ocr::Word& word) {
  if (word.text.find_first_of("[]{}|_~<>=\\'`") != std::string::npos) return true;
  const std::string_view letters = diacritics::trim_punctuation(word.text);
  const auto count = diacritics::count_letters(letters);
  return count.all > 1 && count.upper == 0 &&
         count.all == static_cast<int>(diacritics::count_code_points(letters)) &&
         !diacritics::SyllableTable::built_in().contains(letters);
}

bool is_syllable(std::string_view word) {
  return diacritics::SyllableTable::built_in().contains(diacritics::to_lower(word));
}

// Whether a speck may stand between two words of a line: "góp-ý" for "góp ý", "số. 12" for "số 12".
bool has_speck(const std::vector<ocr::Word>& words, std::size_t at) {
  const std::string& word = words[at].text;
  const std::size_t hyphen = word.find('-');
  if (hyphen != std::string::npos && hyphen > 0)
    return is_syllable(word.substr(0, hyphen)) && is_syllable(word.substr(hyphen + 1));
  return at + 1 < words.size() && word.ends_with('.') &&
         is_syllable(std::string_view(word).substr(0, word.size() - 1));
}

// Whether a word stands where a year does and is none of our times: "năm 2925".
bool is_no_year(const std::vector<ocr::Word>& words, std::size_t at) {
  const std::string_view year = diacritics::trim_punctuation(words[at].text);
  return at > 0 && diacritics::to_lower(words[at - 1].text) == "năm" && year.size() == 4 &&
         is_number(year) && !year.starts_with("19") && !year.starts_with("20");
}

// Whether a word is a figure alone that nothing counts or numbers: a speck, a stroke of the pen.
// "Trung tâm 1 Dịch vụ"; but "quý 1", "số 2", "12 trường".
bool is_stray_figure(const std::vector<ocr::Word>& words, std::size_t at) {
  constexpr std::string_view kNumbered[] = {
      "quý", "số",   "lần",       "đợt",  "kỳ",   "tháng", "năm",  "phường", "quận",  "vực",
      "độ",  "điều", "tổ",        "khóa", "đoạn", "mục",   "cấp",  "lớp",    "khoản", "điểm",
      "tập", "phần", "giai đoạn", "ngày", "bước", "vụ",    "khối", "hạng",   "nhóm",  "chương"};
  if (words[at].text.size() != 1 || !diacritics::has_digit(words[at].text) || at == 0) return false;
  const std::string before = diacritics::to_lower(words[at - 1].text);
  const bool numbered =
      std::find(std::begin(kNumbered), std::end(kNumbered), before) != std::end(kNumbered);
  // What is counted is named in small letters.
  const bool counts = at + 1 < words.size() && !diacritics::starts_upper(words[at + 1].text);
  return !numbered && !counts;
}

// The confidence of the least sure word: one that is wrong makes the whole wrong.
double least_confidence(const std::vector<WordRange>& ranges) {
  constexpr double kStranger = 0.8;
  double least = 1;
  for (const WordRange& range : ranges)
    for (std::size_t i = range.first; i < range.last; ++i) {
      const std::vector<ocr::Word>& words = range.line->line->words;
      const bool doubtful =
          is_stranger(words[i]) || is_no_year(words, i) ||
          (range.line->page->route == ocr::Route::Ocr && has_speck(words, i)) ||
          (range.line->page->route == ocr::Route::Ocr && is_stray_figure(words, i));
      least = std::min({least, words[i].confidence, doubtful ? kStranger : 1});
    }
  return least;
}

// Whether a subject ends with a word after which another must follow: a line of it was not taken.
bool is_cut_off(std::string_view subject) {
  constexpr std::string_view kOpen[] = {" và",    " của", " về",   " việc", " cho", " các",
                                        " những", " tại", " theo", " với",  " năm", " năm học",
                                        " từ",    " quý", " thứ",  " lần",  " số"};
  const std::string lower = diacritics::to_lower(subject);
  return std::any_of(std::begin(kOpen), std::end(kOpen),
                     [&](std::string_view word) { return lower.ends_with(word); });
}

}  // namespace

LineIt find_type_line(const Lines& lines) {
  return std::find_if(lines.begin(), head_end(lines),
                      [](const TextLine& line) { return line.kind == BlockKind::Title; });
}

Field find_type(const Lines& lines, LineIt type_line, const Field& symbol, Steps& steps) {
  return type_line != head_end(lines) ? printed_type(*type_line, steps)
                                      : inferred_type(lines, symbol, steps);
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
    const std::string clean = with_clean_ends(*field.value);
    if (clean != *field.value && !clean.empty()) {
      field.value = clean;
      field.evidence.source = FieldSource::OcrRestored;
    }
  }
  field.evidence.confidence = std::min(field.evidence.confidence, least_confidence(ranges));
  if (is_cut_off(*field.value)) {
    constexpr double kCutOff = 0.6;
    note(steps, "subject", "doubted: its last word wants another");
    field.evidence.confidence = std::min(field.evidence.confidence, kCutOff);
    field.needs_review = true;
  }
  return field;
}

}  // namespace vanban::extract
