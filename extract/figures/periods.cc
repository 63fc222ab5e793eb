#include "extract/figures/periods.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "extract/figures/phrases.h"
#include "extract/words/dates.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::year;

struct Days {
  TokenRange tokens;
  Date first, last;
};

std::optional<int> year_of(std::string_view text) {
  if (text.size() != 4 || !all_digits(text)) return std::nullopt;
  const int value = std::atoi(text.data());
  return value >= 1900 && value <= 2100 ? std::optional(value) : std::nullopt;
}

Date first_of(int y, unsigned m) { return year(y) / month(m) / day(1); }
Date last_of(int y, unsigned m) { return Date(year(y) / month(m) / last); }

// "7/2025"
std::optional<std::pair<unsigned, int>> month_and_year(std::string_view text) {
  const std::size_t slash = std::min(text.find_first_of("/-."), text.size());
  if (slash == 0 || slash > 2 || slash == text.size() || !all_digits(text.substr(0, slash)))
    return std::nullopt;
  const auto y = year_of(text.substr(slash + 1));
  const int m = std::atoi(text.data());
  if (!y || m < 1 || m > 12) return std::nullopt;
  return std::pair(static_cast<unsigned>(m), *y);
}

class Reader {
 public:
  explicit Reader(const RunningText& text) : text_(text) {}

  // The days, month, quarter or year that is named from a token on.
  std::optional<Days> days_at(std::size_t at, std::size_t end) const {
    if (const auto date = date_from(at, end)) return date;
    if (const auto months = months_from(at, end)) return months;
    if (const auto quarter = quarter_from(at, end)) return quarter;
    return year_from(at, end);
  }

 private:
  const Token& token(std::size_t i) const { return text_.tokens[i]; }
  bool is(std::size_t i, std::size_t end, std::string_view folded) const {
    return i < end && token(i).folded == folded;
  }

  // "ngày 22/12/2024", "22/12/2024", "ngày 3 tháng 7 năm 2025"
  std::optional<Days> date_from(std::size_t at, std::size_t end) const {
    std::size_t i = is(at, end, "ngay") ? at + 1 : at;
    if (i >= end || !std::isdigit(static_cast<unsigned char>(first_character(i)))) return {};
    std::string written(token(i).folded);
    std::size_t used = i + 1;
    if (all_digits(written) && is(i + 1, end, "thang")) {
      constexpr std::size_t kWords = 5;
      for (; used < std::min(end, i + kWords); ++used)
        written += ' ' + std::string(token(used).folded);
    }
    const auto date = date_at(written, 0);
    if (!date) return {};
    return Days{{at, used}, date->date, date->date};
  }

  // "tháng 7/2025", "tháng 7 năm 2025", "6 tháng đầu năm 2025", "7/2025"
  std::optional<Days> months_from(std::size_t at, std::size_t end) const {
    const std::size_t i = is(at, end, "thang") ? at + 1 : at;
    if (i >= end) return {};
    if (const auto named = month_and_year(token(i).text))
      return Days{
          {at, i + 1}, first_of(named->second, named->first), last_of(named->second, named->first)};
    if (!all_digits(token(i).text) || token(i).text.size() > 2) return {};
    const int count = std::atoi(token(i).text.data());
    if (count < 1 || count > 12) return {};
    if (i > at && is(i + 1, end, "nam") && i + 2 < end)
      if (const auto y = year_of(token(i + 2).text))
        return Days{{at, i + 3}, first_of(*y, unsigned(count)), last_of(*y, unsigned(count))};
    const bool half = is(i + 1, end, "thang") && is(i + 3, end, "nam") && i + 4 < end;
    if (i != at || !half) return {};
    const auto y = year_of(token(i + 4).text);
    if (!y) return {};
    if (is(i + 2, end, "dau"))
      return Days{{at, i + 5}, first_of(*y, 1), last_of(*y, unsigned(count))};
    if (is(i + 2, end, "cuoi"))
      return Days{{at, i + 5}, first_of(*y, unsigned(13 - count)), last_of(*y, 12)};
    return {};
  }

  // "quý II/2025", "quý 3 năm 2025"
  std::optional<Days> quarter_from(std::size_t at, std::size_t end) const {
    if (!is(at, end, "quy") || at + 1 >= end) return {};
    const std::string_view named = token(at + 1).text;
    const std::size_t slash = std::min(named.find('/'), named.size());
    const std::string_view number = named.substr(0, slash);
    unsigned quarter = 0;
    for (const std::string_view known : {"I", "II", "III", "IV"})
      if (++quarter; known == number || (number.size() == 1 && number[0] - '0' == int(quarter)))
        break;
      else if (quarter == 4)
        return {};
    std::optional<int> y;
    std::size_t used = at + 2;
    if (slash < named.size())
      y = year_of(named.substr(slash + 1));
    else if (is(at + 2, end, "nam") && at + 3 < end) {
      y = year_of(token(at + 3).text);
      used = at + 4;
    }
    if (!y) return {};
    return Days{{at, used}, first_of(*y, 3 * quarter - 2), last_of(*y, 3 * quarter)};
  }

  // "năm 2025", "giai đoạn 2021-2025", "năm học 2024-2025"
  std::optional<Days> year_from(std::size_t at, std::size_t end) const {
    const bool of_years = is(at, end, "giai") && is(at + 1, end, "doan");
    const bool of_school = is(at, end, "nam") && is(at + 1, end, "hoc");
    const std::size_t i = at + (of_years || of_school ? 2 : 1);
    if (i >= end || (!of_years && !is(at, end, "nam"))) return {};
    const std::string_view named = token(i).text;
    if (const auto y = year_of(named)) {
      const bool runs = of_years && i + 2 < end && token(i + 1).text.empty();
      const auto to = runs ? year_of(token(i + 2).text) : std::nullopt;
      return Days{{at, to ? i + 3 : i + 1}, first_of(*y, 1), last_of(to.value_or(*y), 12)};
    }
    const std::size_t dash = std::min(named.find_first_not_of("0123456789"), named.size());
    const auto from = year_of(named.substr(0, dash));
    const std::size_t digit = named.find_first_of("0123456789", dash);
    const auto to = digit == named.npos ? std::nullopt : year_of(named.substr(digit));
    if (!from || !to) return {};
    return Days{{at, i + 1}, first_of(*from, 1), last_of(*to, 12)};
  }

  char first_character(std::size_t i) const {
    return token(i).text.empty() ? ' ' : token(i).text.front();
  }

  const RunningText& text_;
};

Period as_of(std::string day) { return {Period::Kind::AsOf, {}, {}, {}, std::move(day)}; }

// "đến nay", "đến thời điểm hiện tại"
std::size_t until_now(const RunningText& text, std::size_t at, std::size_t end) {
  static const Phrases kUntilNow{"đến nay", "đến thời điểm hiện tại", "cho đến nay", "tới nay"};
  return kUntilNow.at(text, at, end);
}

std::optional<PlacedPeriod> since(const RunningText& text, const Reader& reader, std::size_t at,
                                  std::size_t end) {
  static const Phrases kFrom{"từ", "kể từ"};
  static const Phrases kTo{"đến", "đến hết", "tới"};
  const std::size_t from = kFrom.at(text, at, end);
  if (from == 0) return std::nullopt;
  const auto begin = reader.days_at(at + from, end);
  if (!begin) return std::nullopt;
  PlacedPeriod out{{at, begin->tokens.last}, {Period::Kind::Since, {}, iso(begin->first), {}, {}}};
  const std::size_t next = begin->tokens.last;
  if (const std::size_t now = until_now(text, next, end); now > 0) {
    out.tokens.last = next + now;
  } else if (const std::size_t to = kTo.at(text, next, end); to > 0) {
    if (const auto until = reader.days_at(next + to, end)) {
      out.tokens.last = until->tokens.last;
      out.period.kind = Period::Kind::Interval;
      out.period.end = iso(until->last);
    }
  }
  return out;
}

std::optional<PlacedPeriod> until(const RunningText& text, const Reader& reader, std::size_t begin,
                                  std::size_t at, std::size_t end, const std::string& date) {
  static const Phrases kUntil{"tính đến", "tính đến hết", "đến", "đến hết", "tính tới"};
  static const Phrases kNow{"hiện",
                            "hiện nay",
                            "hiện tại",
                            "tính đến nay",
                            "đến nay",
                            "cho đến nay",
                            "tính đến thời điểm hiện tại",
                            "đến thời điểm hiện tại"};
  const std::size_t now = kNow.at(text, at, end);
  // "hiện" alone opens a clause; elsewhere it is half of "thực hiện".
  if (now > 1 || (now == 1 && (at == begin || text.tokens[at - 1].mark == ',')))
    return PlacedPeriod{{at, at + now}, {Period::Kind::AsOfDocument, {}, {}, {}, date}};
  const std::size_t words = kUntil.at(text, at, end);
  if (words == 0) return std::nullopt;
  const auto day = reader.days_at(at + words, end);
  if (!day) return std::nullopt;
  return PlacedPeriod{{at, day->tokens.last}, as_of(iso(day->last))};
}

std::optional<PlacedPeriod> within(const Reader& reader, std::size_t at, std::size_t end) {
  const auto days = reader.days_at(at, end);
  if (!days) return std::nullopt;
  if (days->first == days->last) return PlacedPeriod{days->tokens, as_of(iso(days->last))};
  return PlacedPeriod{days->tokens,
                      {Period::Kind::Interval, {}, iso(days->first), iso(days->last), {}}};
}

// The words that a period can begin with, folded; all others need no closer look.
bool may_begin(const Token& token) {
  if (token.folded.empty()) return false;
  if (std::isdigit(static_cast<unsigned char>(token.folded.front())) != 0) return true;
  for (const std::string_view word :
       {"tu", "ke", "tinh", "den", "hien", "cho", "toi", "ngay", "thang", "quy", "nam", "giai"})
    if (token.folded == word) return true;
  return false;
}

}  // namespace

std::vector<PlacedPeriod> find_periods(const RunningText& text, const std::string& date) {
  std::vector<PlacedPeriod> out;
  const Reader reader(text);
  for (const Sentence& sentence : text.sentences) {
    const std::size_t end = sentence.tokens.last;
    for (std::size_t i = sentence.tokens.first; i < end; ++i) {
      if (!may_begin(text.tokens[i])) continue;
      auto period = since(text, reader, i, end);
      if (!period) period = until(text, reader, sentence.tokens.first, i, end, date);
      if (!period) period = within(reader, i, end);
      if (!period) continue;
      period->period.raw = text_of(text, period->tokens);
      i = period->tokens.last - 1;
      out.push_back(std::move(*period));
    }
  }
  return out;
}

std::vector<bool> dated_tokens(const RunningText& text, const std::vector<PlacedPeriod>& periods) {
  std::vector<bool> dated(text.tokens.size(), false);
  for (const PlacedPeriod& period : periods)
    std::fill(dated.begin() + static_cast<std::ptrdiff_t>(period.tokens.first),
              dated.begin() + static_cast<std::ptrdiff_t>(period.tokens.last), true);
  return dated;
}

}  // namespace vanban::extract
