#include "extract/references.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/words/abbreviations.h"
#include "extract/words/agency_names.h"
#include "extract/words/dates.h"
#include "extract/words/vocabulary.h"

namespace vanban::extract {
namespace {

using diacritics::is_letter;
using diacritics::is_upper;
using ocr::BlockKind;

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_space(char32_t c) { return c == ' ' || c == '\n' || c == '\t'; }
bool is_dash(char32_t c) { return c == '-' || c == U'\u2013' || c == U'\u2014'; }

// A page's text by code points, the same with a line's end as a space, and that folded.
struct Text {
  const PageText* page = nullptr;
  std::u32string raw, letters, folded;  // raw: line ends kept

  explicit Text(const PageText& page_text) : page(&page_text) {
    raw = letters = diacritics::to_code_points(page_text.text);
    for (char32_t& c : letters)
      if (is_space(c)) c = ' ';
    for (const char32_t c : letters) folded += diacritics::to_lower(diacritics::base_letter(c));
  }

  std::size_t size() const { return letters.size(); }
  std::size_t skip_spaces(std::size_t at) const {
    while (at < size() && letters[at] == ' ') ++at;
    return at;
  }
  bool folded_at(std::size_t at, std::u32string_view word) const {
    return std::u32string_view(folded).substr(std::min(at, size())).starts_with(word);
  }
  // White space folded, what a line's end broke after a hyphen or slash joined.
  std::string cut(std::size_t from, std::size_t to) const {
    std::u32string out;
    for (std::size_t i = from; i < to; ++i) {
      const bool after_break = !out.empty() && (is_dash(out.back()) || out.back() == '/');
      if (letters[i] != ' ')
        out += letters[i];
      else if (!out.empty() && out.back() != ' ' && !(after_break && broken_at(i)))
        out += ' ';
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return diacritics::to_utf8(out);
  }
  // Folded, a byte a code point, for what looks for ASCII alone.
  std::string ascii(std::size_t from, std::size_t count) const {
    std::string out;
    for (std::size_t i = from; i < std::min(size(), from + count); ++i)
      out += folded[i] < 128 ? static_cast<char>(folded[i]) : '?';
    return out;
  }

 private:
  // Whether the white space at a place holds a line's end.
  bool broken_at(std::size_t at) const {
    std::size_t begin = at;
    while (begin > 0 && letters[begin - 1] == ' ') --begin;
    return raw.substr(begin, skip_spaces(at) - begin).find(U'\n') != raw.npos;
  }
};

// ---- codes

struct Code {
  std::string number, symbol, text;  // spaces removed
  std::size_t begin = 0, end = 0;
};

// Letters and digits of one group of a symbol from a place on.
std::size_t group_end(const Text& text, std::size_t at) {
  while (at < text.size() &&
         (is_letter(text.letters[at]) || is_digit(text.letters[at]) || text.letters[at] == '&'))
    ++at;
  return at;
}

// Capitals make most of a group, or it is the abbreviation of a type, as TTr and QyĐ are.
bool is_group(const Text& text, std::size_t from, std::size_t to) {
  if (from >= to || !is_upper(text.letters[from])) return false;
  std::size_t upper = 0, letters = 0;
  for (std::size_t i = from; i < to; ++i) {
    upper += is_upper(text.letters[i]) ? 1 : 0;
    letters += is_digit(text.letters[i]) ? 0 : 1;
  }
  return upper * 2 > letters || type_of_symbol(text.cut(from, to)).has_value();
}

// The code that begins at a digit: 65/KH-UBND, 57-NQ/TW, 01/2011/QH13, broken over lines or not.
std::optional<Code> code_at(const Text& text, std::size_t begin) {
  constexpr std::size_t kDigitsMax = 5;
  std::size_t at = begin;
  while (at < text.size() && is_digit(text.letters[at])) ++at;
  if (at == begin || at - begin > kDigitsMax) return std::nullopt;
  // "3176B/QĐ-SYT"
  if (at + 1 < text.size() && is_letter(text.letters[at]) && text.letters[at + 1] == '/') ++at;
  Code code;
  code.begin = begin;
  code.number = text.cut(begin, at);
  at = text.skip_spaces(at);
  if (at >= text.size()) return std::nullopt;
  const bool party = is_dash(text.letters[at]);
  if (!party && text.letters[at] != '/') return std::nullopt;
  at = text.skip_spaces(at + 1);
  // The year of a law or a decree.
  std::size_t year_end = at;
  while (year_end < text.size() && is_digit(text.letters[year_end])) ++year_end;
  const bool year = year_end - at == 4 && year_end < text.size() && text.letters[year_end] == '/';
  if (year) {
    code.symbol = text.cut(at, year_end) + "/";
    at = text.skip_spaces(year_end + 1);
  }
  std::size_t end = group_end(text, at), groups = 1;
  if (!is_group(text, at, end)) return std::nullopt;
  code.symbol += with_usual_abbreviations(text.cut(at, end));
  const std::size_t first_letters = end - at;
  bool slash = false;
  for (;;) {
    const std::size_t separator = text.skip_spaces(end);
    if (separator >= text.size()) break;
    const char32_t c = text.letters[separator];
    if (!is_dash(c) && c != '/') break;
    const std::size_t next = text.skip_spaces(separator + 1);
    const std::size_t next_end = group_end(text, next);
    if (!is_group(text, next, next_end)) break;
    // " - Kế hoạch" goes on with another sentence; "KH - UBND" is one symbol.
    if (separator > end && next_end - next < 2) break;
    slash = slash || c == '/';
    code.symbol += (c == '/' ? "/" : "-") + with_usual_abbreviations(text.cut(next, next_end));
    end = next_end;
    ++groups;
  }
  // "5-KH" may be a range of anything, "24/H" a measure.
  if (party && !slash) return std::nullopt;
  if (groups == 1 && !year && first_letters < 2) return std::nullopt;
  code.text = code.number + (party ? "-" : "/") + code.symbol;
  code.end = end;
  return code;
}

// ---- what stands around a code

struct Stretch {
  std::size_t begin = 0, end = 0;
  bool empty() const { return begin >= end; }
};

// The word "số" that ends before a place, however it was misread; its begin.
std::optional<std::size_t> number_word_before(const Text& text, std::size_t at) {
  while (at > 0 && (text.letters[at - 1] == ' ' || text.letters[at - 1] == ':')) --at;
  for (const std::u32string_view word : {U"so", U"s6", U"s0", U"se"})
    if (at >= word.size() && text.folded_at(at - word.size(), word) &&
        (at == word.size() || text.letters[at - word.size() - 1] == ' '))
      return at - word.size();
  return std::nullopt;
}

struct TypeBefore {
  Stretch place;
  std::string_view name;
};

std::optional<TypeBefore> type_before(const Text& text, std::size_t at) {
  while (at > 0 && text.letters[at - 1] == ' ') --at;
  std::optional<TypeBefore> longest;
  for (const std::string_view name : cited_types()) {
    const std::u32string key = diacritics::to_code_points(diacritics::fold(name));
    // A line's end within the name is one space more.
    std::size_t begin = at, left = key.size();
    while (left > 0 && begin > 0) {
      if (text.folded[begin - 1] == key[left - 1])
        --begin, --left;
      else if (text.letters[begin - 1] == ' ' && begin < at && text.letters[begin] == ' ')
        --begin;
      else
        break;
    }
    const bool whole_word = begin == 0 || !is_letter(text.letters[begin - 1]);
    if (left == 0 && whole_word && (!longest || begin < longest->place.begin))
      longest = TypeBefore{{begin, at}, name};
  }
  return longest;
}

// The end of the word at a place, its punctuation not counted.
std::size_t word_end(const Text& text, std::size_t at) {
  while (at < text.size() &&
         (is_letter(text.letters[at]) || is_digit(text.letters[at]) || text.letters[at] == '&' ||
          text.letters[at] == '-' || text.letters[at] == '/'))
    ++at;
  return at;
}

bool begins_clause(const Text& text, std::size_t at) {
  constexpr std::array<std::u32string_view, 24> kWords{
      U"ve ",      U"v/v ",       U"thuc hien ",  U"quy dinh ", U"huong dan ", U"sua doi",
      U"ban hanh", U"phe duyet ", U"trien khai ", U"tren ",     U"tai ",       U"theo ",
      U"trong ",   U"cho ",       U"doi voi ",    U"nham ",     U"da ",        U"duoc ",
      U"la ",      U"khi ",       U"va cac ",     U"gui ",      U"de ",        U"yeu cau "};
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::u32string_view word) { return text.folded_at(at, word); }) &&
         !is_upper(text.letters[at]);
}

// The issuer after "của": words up to a mark or the next clause. Capitals alone do not part it, "Sở
// Khoa học và Công nghệ" has small ones; "và" goes on only before a capital.
Stretch issuer_at(const Text& text, std::size_t at) {
  constexpr std::size_t kWordsMax = 16;
  if (!text.folded_at(at, U"cua ")) return {};
  const std::size_t begin = text.skip_spaces(at + 4);
  if (begin >= text.size() || !is_upper(text.letters[begin])) return {};
  std::size_t end = begin;
  for (std::size_t words = 0, next = begin; words < kWordsMax && next < text.size(); ++words) {
    if (words > 0 && begins_clause(text, next)) break;
    if (text.folded_at(next, U"va ")) {
      const std::size_t after = text.skip_spaces(next + 3);
      if (after >= text.size() || !is_upper(text.letters[after])) break;
    }
    const std::size_t stop = word_end(text, next);
    if (stop == next) break;
    end = stop;
    if (stop < text.size() && text.letters[stop] != ' ') break;
    next = text.skip_spaces(stop);
  }
  return {begin, end};
}

// What the cited document is about: from "về" or the like to the end of the clause.
Stretch subject_at(const Text& text, std::size_t at) {
  constexpr std::size_t kLengthMax = 600;
  constexpr std::array<std::u32string_view, 8> kWords{U"ve ",        U"v/v ",       U"thuc hien ",
                                                      U"quy dinh ",  U"huong dan ", U"ban hanh",
                                                      U"phe duyet ", U"sua doi"};
  if (at < text.size() && text.letters[at] == ',') at = text.skip_spaces(at + 1);
  const bool begins = std::any_of(kWords.begin(), kWords.end(), [&](std::u32string_view word) {
    return text.folded_at(at, word);
  });
  if (!begins) return {};
  std::size_t end = at;
  for (; end < text.size() && end - at < kLengthMax; ++end) {
    const char32_t c = text.letters[end];
    const bool last = end + 1 >= text.size();
    // ", Ủy ban nhân dân xã báo cáo": who writes goes on.
    if (c == ',' && !last) {
      const std::size_t next = text.skip_spaces(end + 1);
      if (next < text.size() && is_upper(text.letters[next]) && begins_agency(text.ascii(next, 20)))
        break;
    }
    if (c == ';' || c == ':' || (c == '.' && (last || text.letters[end + 1] == ' ')) || c == '(')
      break;
  }
  while (end > at && (text.letters[end - 1] == ' ' || text.letters[end - 1] == ',')) --end;
  return {at, end};
}

// ---- fields

// The last line that begins at a place of the page's text or before it; the first one where none
// does.
std::vector<TextLine>::const_iterator line_before(const PageText& page, std::size_t at) {
  const auto after = std::upper_bound(
      page.lines.begin(), page.lines.end(), at, [](std::size_t place, const TextLine& line) {
        return !line.word_starts.empty() && place < line.word_starts.front();
      });
  return after == page.lines.begin() ? after : after - 1;
}

// The words that a stretch of the page's text has letters of, line by line.
std::vector<WordRange> words_of(const PageText& page, Stretch stretch) {
  std::vector<WordRange> out;
  for (auto it = line_before(page, stretch.begin); it != page.lines.end(); ++it) {
    const TextLine& line = *it;
    if (!line.word_starts.empty() && line.word_starts.front() >= stretch.end) break;
    const std::vector<std::size_t>& starts = line.word_starts;
    WordRange range{&line, starts.size(), 0};
    // The last that begins before the stretch may reach into it.
    const auto after = std::upper_bound(starts.begin(), starts.end(), stretch.begin);
    auto i = static_cast<std::size_t>(after - starts.begin());
    if (i > 0) --i;
    for (; i < starts.size() && starts[i] < stretch.end; ++i) {
      const std::size_t end = starts[i] + diacritics::count_code_points(line.line->words[i].text);
      if (end <= stretch.begin) continue;
      range.first = std::min(range.first, i);
      range.last = i + 1;
    }
    if (!range.empty()) out.push_back(range);
  }
  return out;
}

Field field_of(const Text& text, Stretch stretch, std::string value, const std::string& method) {
  Field field = found(std::move(value), words_of(*text.page, stretch), method);
  field.evidence.span = Span{field.evidence.page, stretch.begin, stretch.end};
  field.evidence.raw =
      diacritics::to_utf8(text.raw.substr(stretch.begin, stretch.end - stretch.begin));
  return field;
}

// The line that a place of the page's text belongs to.
const TextLine* line_at(const PageText& page, std::size_t at) {
  const auto line = line_before(page, at);
  const bool before =
      line != page.lines.end() && !line->word_starts.empty() && line->word_starts.front() <= at;
  return before ? &*line : nullptr;
}

bool may_cite(const TextLine& line) {
  switch (line.kind) {
    case BlockKind::Title:
    case BlockKind::Addressees:
    case BlockKind::Body:
    case BlockKind::Table: return true;
    // The subject of a letter; the number line is the document's own.
    case BlockKind::HeaderLeft: return !line.folded.starts_with("so");
    default: return false;
  }
}

Reference mention_at(const Text& text, const Code& code) {
  Reference reference;
  const std::string method = "reference/code";
  const Stretch at{code.begin, code.end};
  reference.code = field_of(text, at, code.text, method);
  reference.number = field_of(text, at, code.number, method);
  reference.symbol = field_of(text, at, code.symbol, method);

  std::size_t begin = code.begin, end = code.end;
  const auto number_word = number_word_before(text, begin);
  if (number_word) begin = *number_word;
  if (const auto type = type_before(text, begin)) {
    reference.type = field_of(text, type->place, std::string(type->name), "reference/type_name");
    begin = type->place.begin;
  } else if (const auto by_symbol = type_of_symbol(code.symbol)) {
    reference.type = field_of(text, at, std::string(by_symbol->name), "reference/type_of_symbol");
    reference.type.evidence.source = FieldSource::Inferred;
  }

  std::size_t next = text.skip_spaces(end);
  if (next < text.size() && text.letters[next] == ',') next = text.skip_spaces(next + 1);
  if (text.folded_at(next, U"ngay ")) {
    constexpr std::size_t kLengthMax = 40;
    const std::size_t digit = text.skip_spaces(next + 5);
    if (const auto date = date_at(text.ascii(digit, kLengthMax), 0)) {
      end = digit + date->end;
      reference.date = field_of(text, {digit, end}, iso(date->date), "reference/date");
      next = text.skip_spaces(end);
    }
  }
  if (const Stretch issuer = issuer_at(text, next); !issuer.empty()) {
    reference.issuer =
        field_of(text, issuer, text.cut(issuer.begin, issuer.end), "reference/issuer");
    end = issuer.end;
    next = text.skip_spaces(end);
  }
  if (const Stretch subject = subject_at(text, next); !subject.empty())
    reference.subject =
        field_of(text, subject, text.cut(subject.begin, subject.end), "reference/subject");

  Mention mention;
  mention.form = reference.date.value || reference.issuer.value ? MentionForm::Full
                 : number_word                                  ? MentionForm::Short
                                                                : MentionForm::WithoutNumberWord;
  mention.evidence = field_of(text, {begin, end}, "", "reference/mention").evidence;
  mention.date = reference.date.value.value_or("");
  reference.mentions.push_back(std::move(mention));
  return reference;
}

void add_mention(std::vector<Reference>& references, Reference mentioned) {
  const auto key = [](const Reference& reference) {
    return diacritics::fold(*reference.code.value);
  };
  const auto same = std::find_if(references.begin(), references.end(), [&](const Reference& other) {
    return key(other) == key(mentioned);
  });
  if (same == references.end()) {
    references.push_back(std::move(mentioned));
    return;
  }
  same->mentions.push_back(std::move(mentioned.mentions.front()));
  for (Field Reference::*part :
       {&Reference::type, &Reference::date, &Reference::issuer, &Reference::subject}) {
    const bool concluded = ((*same).*part).evidence.source == FieldSource::Inferred;
    if (!((*same).*part).value || (concluded && (mentioned.*part).value))
      (*same).*part = std::move(mentioned.*part);
  }
}

}  // namespace

std::vector<Reference> find_references(const std::vector<PageText>& pages, const Field& own_code) {
  std::vector<Reference> out;
  const std::string own = own_code.value ? diacritics::fold(*own_code.value) : std::string();
  for (const PageText& page : pages) {
    const Text text(page);
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool within =
          i > 0 &&
          (is_digit(text.letters[i - 1]) || is_letter(text.letters[i - 1]) ||
           std::u32string_view(U"/.,-").find(text.letters[i - 1]) != std::u32string_view::npos);
      if (!is_digit(text.letters[i]) || within) continue;
      const auto code = code_at(text, i);
      if (!code) continue;
      const TextLine* line = line_at(page, i);
      // "Đề án 06/CP" is the name of a programme.
      const bool programme = code->symbol.find_first_of("-/") == std::string::npos &&
                             !number_word_before(text, code->begin);
      if (line != nullptr && may_cite(*line) && !programme && diacritics::fold(code->text) != own)
        add_mention(out, mention_at(text, *code));
      i = code->end;
    }
  }
  return out;
}

}  // namespace vanban::extract
