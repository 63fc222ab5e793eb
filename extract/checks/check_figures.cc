#include "extract/checks/check_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/figures/phrases.h"
#include "extract/words/number_words.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

std::string path_of(const std::string& list, std::size_t index) {
  return "/" + list + "/" + std::to_string(index);
}

std::string page_path(const RunningText& text, std::size_t token) {
  const auto page = static_cast<std::size_t>(text.tokens[token].line->page->number);
  return path_of("text/pages", page - 1);
}

std::string printed(double value) { return fmt::format("{:.10g}", value); }

// Digits after the comma of a number as printed.
int decimals_of(std::string_view raw) {
  const std::size_t comma = raw.find(',');
  if (comma == raw.npos) return 0;
  const std::size_t end = std::min(raw.find_first_not_of("0123456789", comma + 1), raw.size());
  return static_cast<int>(end - comma - 1);
}

// ---- a/b and its percentage

void check_ratios(const std::vector<Indicator>& indicators, std::vector<Check>& out) {
  for (std::size_t i = 0; i < indicators.size(); ++i) {
    const Indicator& figure = indicators[i];
    if (!figure.numerator || !figure.denominator || !figure.percent ||
        figure.denominator->value == 0)
      continue;
    const double computed = 100 * figure.numerator->value / figure.denominator->value;
    // Rounded or cut off: one unit of the last place.
    const double unit = std::pow(10, -decimals_of(figure.percent->evidence.raw));
    const bool holds = std::abs(computed - figure.percent->value) < unit;
    out.push_back({"ratio_percent",
                   holds,
                   {path_of("indicators", i)},
                   printed(computed),
                   printed(figure.percent->value)});
  }
}

// ---- a whole and its parts

bool is_count(const Indicator& figure) {
  return figure.value && !figure.denominator && !figure.value_to && !figure.cell &&
         figure.comparison == Comparison::Equal && figure.status == IndicatorStatus::Actual;
}

// "... 1.117 hồ sơ, trong đó 822 hồ sơ đã giải quyết, 295 hồ sơ đang giải quyết"
void check_parts(const RunningText& text, const std::vector<Indicator>& indicators,
                 std::vector<Check>& out) {
  static const Phrases kParts{"trong đó", "gồm", "bao gồm", "chia ra"};
  constexpr std::size_t kGapMax = 6;  // words between two parts
  // "hồ sơ/tháng" is made of "hồ sơ", and these of "hồ sơ trực tuyến".
  const auto unit = [](const Indicator& figure) {
    return figure.unit.substr(0, figure.unit.find('/'));
  };
  const auto same_sentence = [&](const Indicator& before, const Indicator& part) {
    if (part.first_token > before.last_token + kGapMax) return false;
    for (std::size_t i = before.last_token; i <= part.first_token; ++i)
      if (i > 0 && text.tokens[i - 1].mark == '.') return false;
    return true;
  };
  for (std::size_t i = 0; i + 1 < indicators.size(); ++i) {
    const Indicator& whole = indicators[i];
    if (!is_count(whole) || !is_count(indicators[i + 1])) continue;
    // What something grew or fell by has no parts.
    static const Phrases kChange{"tăng", "giảm"};
    const TokenRange between{whole.last_token, indicators[i + 1].first_token};
    if (between.size() > kGapMax || !kParts.within(text, between) ||
        kChange.within(text, {whole.first_token, whole.last_token}))
      continue;
    const double total = whole.value->value;
    double sum = 0;
    std::size_t last = i + 1;
    std::vector<std::string> paths{path_of("indicators", i)};
    for (; last < indicators.size() && is_count(indicators[last]) && sum != total; ++last) {
      const Indicator& part = indicators[last];
      if (!same_sentence(indicators[last - 1], part) || !unit(part).starts_with(unit(whole))) break;
      sum += part.value->value;
      paths.push_back(path_of("indicators", last));
    }
    // Fewer may be named than there are.
    if (last < i + 3 || sum < total) continue;
    out.push_back({"parts_total", sum == total, std::move(paths), printed(sum), printed(total)});
  }
}

// ---- rows and their total

bool is_total(const Indicator& figure) {
  const std::string head = diacritics::fold(figure.cell->row_head);
  return head.starts_with("tong") || head.starts_with("cong");
}

// Rows that group others: I, II, A, B.
bool is_group(const Table& table, std::size_t row) {
  if (table.rows[row].empty()) return false;
  const std::string_view label = diacritics::trim_punctuation(table.rows[row].front().text);
  return !label.empty() && label.find_first_not_of("IVXABCDĐ") == label.npos;
}

struct ColumnSum {
  const Indicator* total = nullptr;
  std::size_t total_index = 0;
  double sum = 0, group_sum = 0;
  bool groups = false;
  std::vector<std::size_t> parts;  // indexes of the rows' figures
};

void check_table_totals(const Record& record, std::vector<Check>& out) {
  std::map<std::pair<std::size_t, std::size_t>, ColumnSum> columns;
  for (std::size_t i = 0; i < record.indicators.size(); ++i) {
    const Indicator& figure = record.indicators[i];
    if (!figure.cell || !figure.value || figure.denominator) continue;
    ColumnSum& column = columns[{figure.cell->table, figure.cell->column}];
    if (is_total(figure)) {
      // One that stands between others sums up a part.
      if (column.total != nullptr) column.groups = true;
      column.total = &figure;
      column.total_index = i;
      continue;
    }
    column.parts.push_back(i);
    column.sum += figure.value->value;
    if (is_group(record.tables[figure.cell->table], figure.cell->row)) {
      column.groups = true;
      column.group_sum += figure.value->value;
    }
  }
  for (const auto& [place, column] : columns) {
    if (column.total == nullptr || column.parts.size() < 2) continue;
    const double total = column.total->value->value;
    const double unit = std::pow(10, -decimals_of(column.total->value->evidence.raw));
    const double off = unit * static_cast<double>(column.parts.size()) / 2;
    const bool of_rows = std::abs(column.sum - total) <= off;
    const bool of_groups = column.groups && std::abs(column.group_sum - total) <= off;
    // Rows of groups and of their parts cannot be told apart for sure.
    if (column.groups && !of_rows && !of_groups) continue;
    std::vector<std::string> paths{path_of("indicators", column.total_index),
                                   path_of("tables", place.first)};
    // Any of them may be the one that was misread.
    if (!of_rows && !of_groups)
      for (const std::size_t part : column.parts) paths.push_back(path_of("indicators", part));
    out.push_back({"table_total", of_rows || of_groups, std::move(paths),
                   printed(of_groups ? column.group_sum : column.sum), printed(total)});
  }
}

// ---- digits and words

// A number as amounts of money have it: "1.234.568đ", "1,234,568".
std::optional<double> amount_of(std::string_view token) {
  const std::string folded = diacritics::fold(token);
  std::string_view text = folded;
  for (const std::string_view unit : {"vnd", "dong", "d"})
    if (text.ends_with(unit)) {
      text.remove_suffix(unit.size());
      break;
    }
  // Commas group where there are several of them, as nothing else does.
  std::string grouped(text);
  if (std::count(text.begin(), text.end(), ',') > 1)
    std::replace(grouped.begin(), grouped.end(), ',', '.');
  const auto number = parse_number(grouped);
  return number ? std::optional(number->value) : std::nullopt;
}

bool says_in_words(const RunningText& text, std::size_t at) {
  return at + 1 < text.tokens.size() && text.tokens[at].folded == "bang" &&
         text.tokens[at + 1].folded == "chu";
}

// What may be a number in words: "(mười lăm)", "(Bằng chữ: mười lăm)", "Viết bằng chữ: mười lăm."
std::optional<TokenRange> number_words_at(const RunningText& text, std::size_t at) {
  constexpr std::size_t kWordsMax = 40, kLeadMax = 3;  // "(Số tiền viết bằng chữ: ...)"
  std::size_t first = at;
  if (text.tokens[at].opens) {
    for (std::size_t i = at; i <= std::min(at + kLeadMax, text.tokens.size() - 1); ++i)
      if (says_in_words(text, i)) first = i + 2;
  } else if (says_in_words(text, at) && text.tokens[at + 1].mark == ':') {
    first = at + 2;
  } else {
    return std::nullopt;
  }
  const std::string_view ends = text.tokens[at].opens ? ")" : ").;,";
  for (std::size_t i = first; i < std::min(text.tokens.size(), first + kWordsMax); ++i)
    if (text.tokens[i].tail.find_first_of(ends) != std::string_view::npos ||
        (!text.tokens[at].opens && i + 1 == text.tokens.size()))
      return TokenRange{first, i + 1};
  return std::nullopt;
}

// "15 (mười lăm) ngày", "500.000 đồng (năm trăm nghìn đồng)", "500.000đ (Bằng chữ: ...)"
void check_words(const RunningText& text, const std::vector<Indicator>& indicators,
                 std::vector<Check>& out) {
  constexpr std::size_t kReach = 4;
  for (std::size_t i = 1; i < text.tokens.size(); ++i) {
    if (diacritics::has_digit(text.tokens[i].text)) continue;
    const auto found = number_words_at(text, i);
    if (!found || found->size() == 0) continue;
    const auto in_words = number_in_words(text_of(text, *found));
    if (!in_words) continue;
    for (std::size_t at = i; at-- > 0 && i - at <= kReach;) {
      const auto number = amount_of(text.tokens[at].text);
      if (!number) continue;
      std::vector<std::string> paths{page_path(text, at)};
      for (std::size_t k = 0; k < indicators.size(); ++k)
        if (!indicators[k].cell && indicators[k].first_token <= at && at < indicators[k].last_token)
          paths.push_back(path_of("indicators", k));
      out.push_back({"digits_words", *number == *in_words, std::move(paths), printed(*in_words),
                     printed(*number)});
      break;
    }
    i = found->last - 1;
  }
}

// ---- paragraphs that stand twice

// A page that was scanned twice, or a paragraph that was: one follows itself, or two stand again in
// the same order. One alone that stands again further down is a list's way of speaking.
void check_paragraphs(const RunningText& text, std::vector<Check>& out) {
  constexpr std::size_t kFewest = 12;  // words: shorter ones may well be repeated
  struct Paragraph {
    std::string key;
    std::size_t first = 0;  // token
  };
  std::vector<Paragraph> all;
  std::unordered_map<std::string, std::size_t> seen;  // places in `all`
  bool any = false;
  for (std::size_t s = 0; s < text.sentences.size();) {
    const std::size_t first = text.sentences[s].tokens.first;
    std::size_t last = text.sentences[s].tokens.last;
    for (++s; s < text.sentences.size() && !text.sentences[s].begins_paragraph; ++s)
      last = text.sentences[s].tokens.last;
    std::string key;
    for (std::size_t i = first; i < last; ++i) key += std::string(text.tokens[i].folded) + ' ';
    all.push_back({key, first});
    if (last - first < kFewest) continue;
    const std::size_t here = all.size() - 1;
    const auto [earlier, is_new] = seen.emplace(std::move(key), here);
    if (is_new) continue;
    const std::size_t there = earlier->second;
    const bool in_a_row =
        there + 1 == here || (there > 0 && all[there - 1].key == all[here - 1].key);
    if (!in_a_row) continue;
    any = true;
    out.push_back({"duplicated_paragraph",
                   false,
                   {page_path(text, all[there].first), page_path(text, first)},
                   "",
                   text_of(text, {first, first + kFewest})});
  }
  if (!any) out.push_back({"duplicated_paragraph", true, {"/text/pages"}, "", ""});
}

}  // namespace

std::vector<Check> check_figures(const RunningText& text, const Record& record) {
  std::vector<Check> out;
  check_ratios(record.indicators, out);
  check_parts(text, record.indicators, out);
  check_table_totals(record, out);
  check_words(text, record.indicators, out);
  check_paragraphs(text, out);
  return out;
}

}  // namespace vanban::extract
