#include "extract/elements/number_symbol.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "diacritics/text/syllables.h"
#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/abbreviations.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

// A number read with less confidence is handwriting more often than not.
constexpr double kNumberConfidenceMin = 0.85;

bool is_symbol_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80 || c == '-' || c == '/' || c == '&';
}

// Byte offsets at which the words of the line begin in its text.
std::vector<std::size_t> word_offsets(const TextLine& line) {
  std::vector<std::size_t> out;
  std::size_t at = 0;
  for (const ocr::Word& word : line.line->words) {
    at = line.text.find(word.text, at);
    out.push_back(at);
    at += word.text.size();
  }
  return out;
}

WordRange words_between(const TextLine& line, std::size_t from, std::size_t to) {
  const std::vector<std::size_t> offsets = word_offsets(line);
  WordRange range{&line, offsets.size(), 0};
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const std::size_t end = offsets[i] + line.line->words[i].text.size();
    if (end <= from || offsets[i] >= to) continue;
    range.first = std::min(range.first, i);
    range.last = i + 1;
  }
  if (range.first >= range.last) range.first = range.last = 0;
  return range;
}

std::string without_spaces(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out),
               [](char c) { return c != ' ' && c != '\t'; });
  return out;
}

// End of the words "Số:" in the line's text, or npos.
std::size_t after_label(const TextLine& line) {
  std::size_t seen = 0;
  const std::vector<std::size_t> offsets = word_offsets(line);
  for (std::size_t i = 0; i < line.line->words.size() && i < 3; ++i, ++seen) {
    const std::string& word = line.line->words[i].text;
    const std::string folded = diacritics::fold(word);
    const std::size_t s = folded.find_first_not_of("'`\"“”‘’.,_|-");
    if (s == std::string::npos) continue;
    const bool label = folded.compare(s, 2, "so") == 0 || folded.compare(s, 2, "s6") == 0;
    if (!label) continue;
    const std::size_t colon = word.find_first_of(":.;");
    // "Số:67/..." is one word; the label ends at its colon.
    if (colon != std::string::npos) return offsets[i] + colon + 1;
    // "Số2)Y": the colon was lost; "sở" is another word.
    const std::size_t digit = word.find_first_of("0123456789", 1);
    if (digit != std::string::npos && digit <= 5) return offsets[i] + digit;
    // Without a colon "Số" looks like "Sở"; what follows a label is a number or its slash.
    const auto& words = line.line->words;
    const bool before_number = i + 1 < words.size() && words[i + 1].text.find_first_of(
                                                           "0123456789/-:") != std::string::npos;
    if (folded.size() - s <= 3 && before_number) return offsets[i] + word.size();
  }
  return std::string::npos;
}

// Length of the dash at a place in the text, 0 where there is none. Text layers set long ones.
std::size_t dash_at(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '-') return 1;
  for (const std::string_view dash : {"\u2010", "\u2011", "\u2013", "\u2014"})
    if (text.substr(at).starts_with(dash)) return dash.size();
  return 0;
}

bool is_letter_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalpha(byte) != 0 || byte >= 0x80;
}

// Whether a dot at a place parts two groups of letters: "QĐ.UB".
bool is_inner_dot(std::string_view text, std::size_t at) {
  return text[at] == '.' && at > 0 && at + 1 < text.size() && is_letter_byte(text[at - 1]) &&
         is_letter_byte(text[at + 1]);
}

// Where a symbol such as QĐ-UBND begins: an upper-case letter run of two or more with a hyphen and
// another letter after it, spaces around the hyphen allowed.
std::size_t find_symbol(std::string_view text, std::size_t from) {
  const auto in_group = [&](std::size_t i) {
    return i < text.size() && (is_symbol_byte(text[i]) || is_inner_dot(text, i)) &&
           text[i] != '/' && dash_at(text, i) == 0;
  };
  for (std::size_t i = from; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool may_begin =
        (i == from || !in_group(i - 1)) && in_group(i) && (std::isalpha(byte) != 0 || byte >= 0xC3);
    if (!may_begin) continue;
    std::size_t end = i;
    while (in_group(end)) ++end;
    const auto letters = diacritics::count_letters(text.substr(i, end - i));
    if (letters.all < 2 || letters.upper * 2 < letters.all) continue;
    while (end < text.size() && text[end] == ' ') ++end;
    if (dash_at(text, end) > 0 || (end < text.size() && text[end] == '/' && i > from)) return i;
    i = end - 1;
  }
  return std::string_view::npos;
}

// Where a symbol of one group begins, which the number's own mark parts from it: "36/CP",
// "773-TTg", "15/QĐ.UB".
std::size_t find_single_group(std::string_view text, std::size_t from) {
  std::size_t at = text.find_first_not_of(" :", from);
  while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0) ++at;
  // "3176B/..."
  if (at + 1 < text.size() && is_letter_byte(text[at]) && !is_letter_byte(text[at + 1])) ++at;
  const auto skip_spaces = [&] { at = std::min(text.find_first_not_of(' ', at), text.size()); };
  if (at >= text.size()) return std::string_view::npos;
  skip_spaces();
  const std::size_t mark = at < text.size() && text[at] == '/' ? 1 : dash_at(text, at);
  if (mark == 0) return std::string_view::npos;
  at += mark;
  skip_spaces();
  const std::size_t end = std::min(text.find(' ', at), text.size());
  const std::string_view group = text.substr(at, end - at);
  const auto letters = diacritics::count_letters(group);
  const bool holds =
      diacritics::starts_upper(group) && letters.upper >= 2 && letters.upper * 2 > letters.all;
  return holds ? at : std::string_view::npos;
}

// Where a symbol begins whose slash was read as a digit or lost: "16951QĐ-SYT".
std::size_t find_joined(std::string_view text, std::size_t from) {
  for (std::size_t i = from + 1; i < text.size(); ++i)
    if (std::isdigit(static_cast<unsigned char>(text[i - 1])) != 0 && is_letter_byte(text[i]))
      return find_symbol(text.substr(i), 0) == 0 ? i : std::string_view::npos;
  return std::string_view::npos;
}

struct Symbol {
  std::string text;
  std::size_t length = 0;  // bytes of the line that it covers, dropped spaces included
};

// Length of a unit in brackets, 0 where there is none: "(D05)" of "TTr-ABC(D05)".
std::size_t bracket_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 16;  // bytes
  if (text[at] != '(') return 0;
  const std::size_t end = text.find(')', at);
  if (end == std::string_view::npos || end - at > kLongest) return 0;
  const std::string_view inner = text.substr(at + 1, end - at - 1);
  const auto letters = diacritics::count_letters(inner);
  const bool unit = letters.upper > 0 && letters.upper * 2 > letters.all &&
                    inner.find(' ') == std::string_view::npos;
  return unit ? end + 1 - at : 0;
}

// Whether a comma at a place parts two units, "KH-AB-CD,EF": capitals follow at once.
bool is_inner_comma(std::string_view text, std::size_t at) {
  if (text[at] != ',' || at + 1 >= text.size()) return false;
  const std::string_view next = text.substr(at + 1, text.find(' ', at) - at - 1);
  const auto letters = diacritics::count_letters(next);
  return diacritics::starts_upper(next) && letters.all > 1 && letters.upper * 2 > letters.all;
}

// The symbol at the start of `text`, spaces beside hyphens removed, what follows it cut off.
Symbol symbol_at(std::string_view text) {
  Symbol out;
  const auto after_separator = [&] {
    return !out.text.empty() && (out.text.back() == '-' || out.text.back() == '/');
  };
  std::size_t i = 0;
  while (i < text.size()) {
    if (const std::size_t dash = dash_at(text, i); dash > 0) {
      out.text += '-';
      i += dash;
    } else if (is_symbol_byte(text[i]) || is_inner_dot(text, i)) {
      out.text += text[i++];
      out.length = i;
    } else if (is_inner_comma(text, i)) {
      out.text += text[i++];
    } else if (const std::size_t bracket = bracket_at(text, i); bracket > 0 && i > 0) {
      out.text += text.substr(i, bracket);
      i += bracket;
      out.length = i;
    } else if (text[i] == ' ') {
      const std::size_t next = text.find_first_not_of(' ', i);
      if (!after_separator() && (next == std::string_view::npos || dash_at(text, next) == 0)) break;
      ++i;
    } else {
      break;
    }
  }
  while (after_separator()) out.text.pop_back();
  return out;
}

// The end of a symbol whose last unit is written out, "TB-QL Đào tạo": up to three more words of a
// line that holds nothing else. As it stands where there are none.
std::size_t end_of_unit(const TextLine& line, std::size_t from) {
  constexpr std::size_t kWordsMax = 3;
  constexpr double kSureMin = 0.85;  // strays of the other column are words as well
  const std::vector<std::size_t> offsets = word_offsets(line);
  const auto& words = line.line->words;
  std::size_t first = words.size();
  while (first > 0 && offsets[first - 1] >= from) --first;
  const std::size_t count = words.size() - first;
  if (line.kind != ocr::BlockKind::HeaderLeft || count < 2 || count > kWordsMax) return from;
  for (std::size_t i = first; i < words.size(); ++i)
    if (words[i].confidence < kSureMin ||
        !diacritics::SyllableTable::built_in().contains(words[i].text))
      return from;
  return line.text.size();
}

// Whether letters that are no part of it follow a symbol in its column.
bool is_followed(const TextLine& line, std::size_t end) {
  return line.kind == ocr::BlockKind::HeaderLeft &&
         diacritics::count_letters(std::string_view(line.text).substr(end)).all > 1;
}

// The first group as the type's abbreviation, and UBND, HĐND, where a letter or a mark was misread.
std::string repaired(const std::string& symbol, const std::optional<std::string>& type_name) {
  // "2024/QĐ-UBND": the year is no group of the symbol's own.
  const std::size_t start = symbol.find_first_not_of("0123456789/");
  if (start == std::string::npos) return symbol;
  const std::size_t hyphen = symbol.find_first_of("-/", start);
  std::string first = symbol.substr(start, hyphen - start);
  std::string rest = hyphen == std::string::npos ? "" : symbol.substr(hyphen);
  if (type_name && !type_of_symbol(symbol)) {
    if (const auto type = type_named(*type_name); type && !type->abbreviation.empty()) {
      const std::string want = diacritics::fold(type->abbreviation);
      if (edit_distance(diacritics::fold(first), want, 1) <= 1) first = type->abbreviation;
    }
  }
  for (const std::string_view body : {"UBND", "HĐND"}) {
    const std::size_t at = rest.find_first_not_of("-/");
    if (at == std::string::npos) continue;
    const std::size_t end = std::min(rest.find_first_of("-/", at), rest.size());
    if (diacritics::fold(rest.substr(at, end - at)) == diacritics::fold(body))
      rest.replace(at, end - at, body);
    if (diacritics::fold(first) == diacritics::fold(body)) first = body;
  }
  return symbol.substr(0, start) + first + rest;
}

// How sure a symbol is. Engines know no codes and doubt all of them; one that is made as codes are,
// of capitals, and begins with a type's abbreviation is rarely misread.
double symbol_confidence(const std::string& symbol, double read) {
  const auto letters = diacritics::count_letters(symbol);
  const bool known = type_of_symbol(symbol).has_value();
  const bool capitals = letters.upper == letters.all || (known && letters.upper + 2 >= letters.all);
  // A dot, or no mark at all, is more often a dash that was misread than the way of an old office.
  constexpr double kUnusual = 0.8;
  if (symbol.find('.') != std::string::npos || symbol.find_first_of("-/") == std::string::npos)
    return std::min(read, kUnusual);
  if (!capitals) return read;
  const double doubt_left = known ? 0.35 : 0.6;
  return 1 - (1 - read) * doubt_left;
}

// Whether anything is written in the slot that no word accounts for.
bool has_unread_ink(const NumberLine& line) {
  const ocr::Page& page = *line.symbol_range.line->page;
  return std::any_of(page.unread_ink.begin(), page.unread_ink.end(), [&](const ocr::Box& ink) {
    return ink.center_x() > line.slot.left && ink.center_x() < line.slot.right &&
           ink.bottom > line.slot.top && ink.top < line.slot.bottom;
  });
}

Field symbol_field(const NumberLine& line, const std::optional<std::string>& type_name,
                   Steps& steps) {
  const TextLine& on = *line.symbol_range.line;
  // A text layer is taken as it is printed.
  const bool from_image = on.page->route == ocr::Route::Ocr;
  const std::string symbol =
      from_image ? with_usual_abbreviations(repaired(line.symbol, type_name)) : line.symbol;
  Field field = found(symbol, {line.symbol_range}, "number_line/symbol");
  if (symbol != line.symbol) {
    field.evidence.source = FieldSource::OcrRestored;
    note(steps, "number", on,
         "symbol put right by the types there are: \"" + line.symbol + "\" -> \"" + symbol + "\"");
  }
  if (from_image) field.evidence.confidence = symbol_confidence(symbol, field.evidence.confidence);
  if (line.followed || line.joined) {
    constexpr double kFollowed = 0.75;  // one check that holds does not make it sure
    note(steps, "number", on,
         line.joined ? "doubted: nothing parts the symbol from the number"
                     : "doubted: the symbol does not end its line");
    field.evidence.confidence = std::min(field.evidence.confidence, kFollowed);
    field.needs_review = true;
  }
  return field;
}

Field number_field(const NumberLine& line, Steps& steps) {
  const TextLine& on = *line.symbol_range.line;
  if (const ocr::Slot* slot = slot_on(on, ocr::SlotUse::Number)) {
    note(steps, "number", on,
         "the place of the number is " + std::string(ocr::name_of(slot->kind)) +
             "; its readings are weighed");
    return found_in(*slot, *on.page, line.number_range, "number_line/slot");
  }
  const std::string method = "number_line/number";
  if (line.number.empty()) {
    // A text layer shows all its characters; a scan may hold ink that was not read.
    const bool empty_slot = on.page->route != ocr::Route::Ocr || !has_unread_ink(line);
    return missing(empty_slot ? Reason::Blank : Reason::Illegible);
  }
  Field field = unreadable(Reason::Illegible, {line.number_range}, method);
  if (!line.joined && is_number(line.number) && field.evidence.confidence >= kNumberConfidenceMin)
    field = found(line.number, {line.number_range}, method);
  return field;
}

}  // namespace

bool is_number(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0)
    ++digits;
  const std::string_view rest = text.substr(digits);
  return digits >= 1 && digits <= 5 &&
         (rest.empty() || (rest.size() == 1 && std::isalpha(static_cast<unsigned char>(rest[0]))));
}

std::optional<NumberLine> parse_number_line(const TextLine& line) {
  const std::size_t label_end = after_label(line);
  const std::size_t from = label_end == std::string::npos ? 0 : label_end;
  std::size_t symbol_start = find_symbol(line.text, from);
  if (symbol_start == std::string::npos && label_end != std::string::npos)
    symbol_start = find_single_group(line.text, from);
  const bool joined = symbol_start == std::string::npos && label_end != std::string::npos;
  if (joined) symbol_start = find_joined(line.text, from);
  if (symbol_start == std::string::npos) return std::nullopt;
  // Without its label a symbol counts only after a number's slash: "67/BC-UBND".
  const std::size_t slash = line.text.rfind('/', symbol_start);
  if (label_end == std::string::npos && (slash == std::string::npos || slash + 3 < symbol_start))
    return std::nullopt;

  NumberLine out;
  out.joined = joined;
  const Symbol symbol = symbol_at(std::string_view(line.text).substr(symbol_start));
  const std::size_t symbol_end = symbol_start + symbol.length;
  const std::size_t unit_end = end_of_unit(line, symbol_end);
  out.symbol = symbol.text + line.text.substr(symbol_end, unit_end - symbol_end);
  out.symbol_range = words_between(line, symbol_start, unit_end);
  out.followed = is_followed(line, unit_end);
  std::string between = line.text.substr(from, symbol_start - from);
  const std::size_t last = between.find_last_not_of(' ');
  const bool long_dash = between.ends_with("\u2013") || between.ends_with("\u2014");
  if (long_dash || (last != std::string::npos && between[last] == '-')) out.separator = '-';
  if (long_dash) between.resize(between.size() - 3);
  // Offices of the 1990s set a space. On an image a slash may have stood there.
  const bool parted = last != std::string::npos && last + 1 < between.size() &&
                      std::isdigit(static_cast<unsigned char>(between[last])) != 0;
  if (parted && line.page->route != ocr::Route::Ocr) out.separator = ' ';
  // What parts number and symbol is a slash, whatever the engine took it for.
  while (!between.empty() && std::string_view(" /-;:|,.").find(between.back()) != std::string::npos)
    between.pop_back();
  std::size_t skip = std::min(between.find_first_not_of(" :._"), between.size());
  // Dots for a blank, set as one character.
  while (between.compare(skip, 3, "\u2026") == 0)
    skip = std::min(between.find_first_not_of(" :._", skip + 3), between.size());
  out.number = without_spaces(std::string_view(between).substr(skip));
  // "30/2020/NĐ-CP": the year belongs to the symbol.
  if (const std::size_t year = out.number.find('/'); year != std::string::npos) {
    const std::string tail = out.number.substr(year + 1);
    if (tail.size() == 4 && is_number(tail)) {
      out.symbol = tail + "/" + out.symbol;
      out.number.resize(year);
    }
  }
  if (!out.number.empty())
    out.number_range = words_between(line, from + skip, from + between.size());

  const auto& words = line.line->words;
  out.slot = line.line->box;
  const WordRange label = words_between(line, 0, from);
  if (!label.empty()) out.slot.left = words[label.last - 1].box.right;
  if (!out.symbol_range.empty()) out.slot.right = words[out.symbol_range.first].box.left;
  return out;
}

NumberFields number_fields(const NumberLine& line, const std::optional<std::string>& type_name,
                           Steps& steps) {
  NumberFields out;
  out.symbol = symbol_field(line, type_name, steps);
  out.number = number_field(line, steps);
  if (!out.number.value) {
    out.code = missing(out.number.reason);
    out.code.needs_review = out.number.needs_review;
    return out;
  }
  WordRange both = line.symbol_range;
  both.first = std::min(both.first, line.number_range.first);
  out.code =
      found(*out.number.value + line.separator + *out.symbol.value, {both}, "number_line/code");
  settle_code(out.code, out.number, out.symbol);
  return out;
}

Field number_in_slot(const ocr::Page& page) {
  const auto slot = std::find_if(
      page.slots.begin(), page.slots.end(),
      [](const ocr::Slot& candidate) { return candidate.use == ocr::SlotUse::Number; });
  if (slot == page.slots.end()) return missing(Reason::Absent);
  return found_in(*slot, page, {}, "number_line/slot");
}

void settle_code(Field& code, const Field& number, const Field& symbol) {
  code.evidence.confidence = std::min(number.evidence.confidence, symbol.evidence.confidence);
  code.needs_review = code.evidence.confidence < kReviewBelow;
}

}  // namespace vanban::extract
