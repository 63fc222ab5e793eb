#include "extract/figures/counted.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "diacritics/text/text.h"
#include "embedded_counted_nouns.h"

namespace vanban::extract {
namespace {

std::string key_of(std::string_view text) {
  return diacritics::with_old_tone_place(diacritics::to_lower(text));
}

std::vector<std::string> read_nouns() {
  std::vector<std::string> nouns;
  std::string_view text = embedded::counted_nouns();
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.front() != '#') nouns.emplace_back(line);
  }
  return nouns;
}

constexpr std::size_t kNounWordsMax = 6;

// Names by their words in lower case.
const std::unordered_map<std::string, std::string>& names_by_key() {
  static const auto index = [] {
    std::unordered_map<std::string, std::string> out;
    for (const std::string& noun : counted_nouns()) out.emplace(key_of(noun), noun);
    return out;
  }();
  return index;
}

}  // namespace

const std::vector<std::string>& counted_nouns() {
  static const std::vector<std::string> nouns = read_nouns();
  return nouns;
}

Counted counted_at(const RunningText& text, std::size_t token, std::size_t end) {
  Counted best;
  std::string key;
  const std::size_t last = std::min(end, token + kNounWordsMax);
  for (std::size_t i = token; i < last; ++i) {
    const Token& word = text.tokens[i];
    if (word.text.empty() || (word.opens && i > token)) break;
    if (!key.empty()) key += ' ';
    const std::string lower = key_of(word.text);
    // "hồ sơ/tháng": the slash parts what is counted from its time or place.
    const std::size_t slash = std::min(lower.find('/'), lower.size());
    const auto& names = names_by_key();
    const auto whole = names.find(key + lower);
    const auto found = whole != names.end() ? whole : names.find(key + lower.substr(0, slash));
    if (found != names.end()) {
      best = {i + 1 - token, found->second};
      if (whole == names.end()) best.name += word.text.substr(std::min(slash, word.text.size()));
    }
    key += lower;
    // A comma goes on in "phản ánh, kiến nghị".
    if (word.mark == ',')
      key += ',';
    else if (word.mark != 0)
      break;
    if (slash < lower.size()) break;
  }
  return best;
}

std::string counted_name(std::string_view text) {
  const auto found = names_by_key().find(key_of(text));
  return found == names_by_key().end() ? std::string() : found->second;
}

bool is_time_unit(std::string_view name) {
  constexpr std::array<std::string_view, 9> kUnits{"ngày", "tháng", "năm",  "tuần",         "quý",
                                                   "giờ",  "phút",  "giây", "ngày làm việc"};
  return std::find(kUnits.begin(), kUnits.end(), name) != kUnits.end();
}

bool is_money(std::string_view name) {
  return name.find("đồng") != name.npos || name.find("USD") != name.npos || name == "đô la";
}

}  // namespace vanban::extract
