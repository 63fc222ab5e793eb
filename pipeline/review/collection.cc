#include "pipeline/review/collection.h"

#include <algorithm>
#include <cstddef>
#include <map>

namespace vanban::pipeline {
namespace {

using Group = std::vector<std::size_t>;  // of documents
using Groups = std::map<std::string, Group>;

std::string year_of(const Numbered& one) { return one.date.substr(0, 4); }

// The letters before the first dash: those of the type, "QĐ-UBND".
std::string type_of(const std::string& symbol) { return symbol.substr(0, symbol.find('-')); }

// Numbers in full, so that "007" and "7" are one.
std::string plain_number(const std::string& number) {
  return number.substr(std::min(number.find_first_not_of('0'), number.size()));
}

bool is_digits(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

void compare_numbers(const std::vector<Numbered>& documents, const Group& group,
                     std::vector<std::vector<Contradiction>>& out) {
  for (const std::size_t one : group)
    for (const std::size_t other : group)
      if (one != other)
        out[one].push_back(
            {documents[one].symbol == documents[other].symbol ? "same_number" : "other_symbol",
             documents[other]});
}

// Those of a longest row whose dates do not fall, the group being in the order of its numbers.
std::vector<bool> in_order(const std::vector<Numbered>& documents, const Group& group) {
  std::vector<std::size_t> ends;  // by length less one, the place in the group where a row ends
  std::vector<std::size_t> before(group.size());
  const auto date = [&](std::size_t place) -> const std::string& {
    return documents[group[place]].date;
  };
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto end =
        std::upper_bound(ends.begin(), ends.end(), i,
                         [&](std::size_t a, std::size_t b) { return date(a) < date(b); });
    before[i] = end == ends.begin() ? i : *(end - 1);
    if (end == ends.end())
      ends.push_back(i);
    else
      *end = i;
  }
  std::vector<bool> out(group.size(), false);
  std::size_t place = ends.back();
  for (std::size_t left = ends.size(); left > 0; --left) {
    out[place] = true;
    place = before[place];
  }
  return out;
}

void compare_dates(const std::vector<Numbered>& documents, Group group,
                   std::vector<std::vector<Contradiction>>& out) {
  // Of two it cannot be said which is wrong.
  constexpr std::size_t kLeast = 3;
  if (group.size() < kLeast) return;
  std::stable_sort(group.begin(), group.end(), [&](std::size_t a, std::size_t b) {
    const std::string left = plain_number(documents[a].number),
                      right = plain_number(documents[b].number);
    return std::pair(left.size(), left) < std::pair(right.size(), right);
  });
  const std::vector<bool> right = in_order(documents, group);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (right[i]) continue;
    const Numbered& own = documents[group[i]];
    for (std::size_t lower = i; lower-- > 0;) {
      if (!right[lower]) continue;
      if (documents[group[lower]].date > own.date)
        out[group[i]].push_back({"date_order", documents[group[lower]]});
      break;
    }
    for (std::size_t higher = i + 1; higher < group.size(); ++higher) {
      if (!right[higher]) continue;
      if (documents[group[higher]].date < own.date)
        out[group[i]].push_back({"date_order", documents[group[higher]]});
      break;
    }
  }
}

}  // namespace

std::vector<std::vector<Contradiction>> contradictions(const std::vector<Numbered>& documents) {
  std::vector<std::vector<Contradiction>> out(documents.size());
  Groups by_number, by_series;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const Numbered& one = documents[i];
    if (one.number.empty() || one.symbol.empty() || one.date.empty()) continue;
    const std::string body = one.agency + '\n' + year_of(one) + '\n';
    by_number[body + type_of(one.symbol) + '\n' + plain_number(one.number)].push_back(i);
    if (is_digits(one.number)) by_series[body + one.symbol].push_back(i);
  }
  for (const auto& [key, group] : by_number) compare_numbers(documents, group, out);
  for (const auto& [key, group] : by_series) compare_dates(documents, group, out);
  return out;
}

}  // namespace vanban::pipeline
