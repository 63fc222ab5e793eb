#include "extract/patterns/pattern_fields.h"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/fields.h"
#include "extract/steps.h"
#include "extract/words/dates.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

RE2::Options options() {
  constexpr std::int64_t kMemoryMax = 8 << 20;
  RE2::Options out;
  out.set_log_errors(false);
  out.set_max_mem(kMemoryMax);
  return out;
}

// A stretch of a line's text, in bytes.
struct Stretch {
  const TextLine* line = nullptr;
  std::size_t begin = 0, end = 0;
};

// Where the text after an anchor begins; npos where the line does not have it. Marks and case do
// not count, so that it is looked for in the folded line, which has as many code points.
std::size_t after_anchor(const TextLine& line, const std::string& folded_anchor) {
  const std::size_t at = line.folded.find(folded_anchor);
  if (at == std::string::npos) return at;
  const std::size_t code_points =
      diacritics::count_code_points(line.folded.substr(0, at + folded_anchor.size()));
  std::size_t byte = 0;
  for (std::size_t i = 0; i < code_points && byte < line.text.size(); ++i) do
      ++byte;
    while (byte < line.text.size() && (static_cast<unsigned char>(line.text[byte]) & 0xC0) == 0x80);
  return byte;
}

bool is_empty(std::string_view rest) { return diacritics::trim_punctuation(rest).empty(); }

// Where the value of a pattern may stand, line by line.
std::vector<Stretch> places(const std::vector<PageText>& pages, const FieldPattern& pattern) {
  std::vector<Stretch> out;
  const std::string anchor = diacritics::fold(pattern.anchor);
  for (std::size_t p = 0; p < pages.size(); ++p) {
    const bool last = p + 1 == pages.size();
    const bool wanted =
        !pattern.page || *pattern.page == static_cast<int>(p + 1) || (*pattern.page == -1 && last);
    if (!wanted) continue;
    const std::vector<TextLine>& lines = pages[p].lines;
    for (std::size_t l = 0; l < lines.size(); ++l) {
      const auto& zones = pattern.zones;
      if (!zones.empty() && std::find(zones.begin(), zones.end(), lines[l].kind) == zones.end())
        continue;
      if (anchor.empty()) {
        out.push_back({&lines[l], 0, lines[l].text.size()});
        continue;
      }
      const std::size_t after = after_anchor(lines[l], anchor);
      if (after == std::string::npos) continue;
      const bool below = is_empty(std::string_view(lines[l].text).substr(after));
      if (!below)
        out.push_back({&lines[l], after, lines[l].text.size()});
      else if (l + 1 < lines.size() && lines[l + 1].kind == lines[l].kind)
        out.push_back({&lines[l + 1], 0, lines[l + 1].text.size()});
    }
  }
  return out;
}

// The words that have letters of a stretch.
WordRange words_of(const Stretch& stretch) {
  WordRange out{stretch.line, stretch.line->line->words.size(), 0};
  std::size_t at = 0;
  for (std::size_t i = 0; i < stretch.line->line->words.size(); ++i) {
    const std::string& word = stretch.line->line->words[i].text;
    at = stretch.line->text.find(word, at);
    if (at + word.size() > stretch.begin && at < stretch.end) {
      out.first = std::min(out.first, i);
      out.last = i + 1;
    }
    at += word.size();
  }
  return out;
}

std::optional<std::string> normalised(std::string value, Normaliser normaliser) {
  switch (normaliser) {
    case Normaliser::None: return value;
    case Normaliser::Upper: return diacritics::to_upper(value);
    case Normaliser::Lower: return diacritics::to_lower(value);
    case Normaliser::Sentence: return diacritics::to_sentence(value);
    case Normaliser::WithoutMarks: {
      std::string out;
      for (const char32_t c : diacritics::to_code_points(value))
        out += diacritics::to_utf8(std::u32string(1, diacritics::base_letter(c)));
      return out;
    }
    case Normaliser::Digits:
      std::erase_if(value, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) == 0; });
      return value;
    case Normaliser::IsoDate: {
      const std::vector<NamedDate> dates = dates_in(diacritics::fold(value));
      if (dates.size() != 1) return std::nullopt;
      return iso(dates.front().date);
    }
    case Normaliser::Number: {
      const auto number = parse_number(value);
      if (!number) return std::nullopt;
      std::string out = std::to_string(number->value);
      // std::to_string writes six decimals.
      out.erase(out.find_last_not_of('0') + 1);
      if (out.ends_with('.')) out.pop_back();
      return out;
    }
  }
  return value;
}

bool passes(const std::string& value, const ValueCheck& check) {
  if (check.length_max && diacritics::count_code_points(value) > *check.length_max) return false;
  if (!check.one_of.empty() &&
      std::find(check.one_of.begin(), check.one_of.end(), value) == check.one_of.end())
    return false;
  if (!check.min && !check.max) return true;
  // A normalised number has a decimal point.
  char* end = nullptr;
  double number = std::strtod(value.c_str(), &end);
  if (end != value.c_str() + value.size()) {
    const auto printed = parse_number(value);
    if (!printed) return false;
    number = printed->value;
  }
  return (!check.min || number >= *check.min) && (!check.max || number <= *check.max);
}

Field field_of(const Stretch& stretch, const FieldPattern& pattern) {
  const std::string& text = stretch.line->text;
  const std::string read = text.substr(stretch.begin, stretch.end - stretch.begin);
  Field field = unreadable(Reason::Illegible, {words_of(stretch)}, "fields/" + pattern.name);
  field.evidence.raw = read;
  if (field.evidence.span) {
    const std::size_t line_start =
        stretch.line->word_starts.empty() ? 0 : stretch.line->word_starts.front();
    const auto place = [&](std::size_t byte) {
      return line_start + diacritics::count_code_points(text.substr(0, byte));
    };
    field.evidence.span->start = place(stretch.begin);
    field.evidence.span->end = place(stretch.end);
  }
  auto value = normalised(read, pattern.normaliser);
  if (value && !value->empty() && passes(*value, pattern.check)) field.value = std::move(*value);
  field.needs_review = !field.value || field.evidence.confidence < kReviewBelow;
  return field;
}

std::vector<Field> matches(const std::vector<PageText>& pages, const FieldPattern& pattern,
                           Steps& steps) {
  const RE2 expression(pattern.pattern, options());
  if (!expression.ok())
    throw std::invalid_argument("field " + pattern.name + ": " + expression.error());
  std::vector<Field> out;
  const int groups = expression.NumberOfCapturingGroups() > 0 ? 2 : 1;
  const std::vector<Stretch> looked_at = places(pages, pattern);
  const std::string topic = "fields/" + pattern.name;
  note(steps, topic,
       std::to_string(looked_at.size()) + " lines are in its place" +
           (pattern.anchor.empty() ? "" : " after its anchor"));
  for (const Stretch& place : looked_at) {
    const std::size_t before = out.size();
    const re2::StringPiece text(place.line->text);
    std::size_t from = place.begin;
    re2::StringPiece found[2];
    while (from <= place.end &&
           expression.Match(text, from, place.end, RE2::UNANCHORED, found, groups)) {
      const re2::StringPiece& value = found[groups - 1];
      const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
      const std::size_t end = begin + found[0].size();
      if (value.data() != nullptr && !value.empty()) {
        const auto value_begin = static_cast<std::size_t>(value.data() - text.data());
        out.push_back(field_of({place.line, value_begin, value_begin + value.size()}, pattern));
        note(steps, topic, *place.line,
             out.back().value ? "taken: the pattern matches"
                              : "refused: what matches fails its check");
        if (!pattern.many) return out;
      }
      from = std::max(end, from + 1);
    }
    if (out.size() == before && !pattern.anchor.empty())
      note(steps, topic, *place.line, "refused: the pattern does not match after the anchor");
  }
  return out;
}

}  // namespace

std::string pattern_fault(const std::string& pattern) {
  const RE2 expression(pattern, options());
  return expression.ok() ? std::string() : expression.error();
}

std::vector<PatternField> find_pattern_fields(const std::vector<PageText>& pages,
                                              const std::vector<FieldPattern>& patterns,
                                              Steps& steps) {
  std::vector<PatternField> out;
  for (const FieldPattern& pattern : patterns) {
    PatternField field{pattern.name, pattern.many, matches(pages, pattern, steps)};
    if (field.values.empty() && !pattern.many) {
      field.values.push_back(missing(pattern.required ? Reason::Absent : Reason::NotApplicable));
      field.values.back().needs_review = pattern.required;
    }
    out.push_back(std::move(field));
  }
  return out;
}

}  // namespace vanban::extract
