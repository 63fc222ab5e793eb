#include "extract/words/gazetteer.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "diacritics/text/text.h"
#include "embedded_units.h"

namespace vanban::extract {
namespace {

std::string key_of(std::string_view text) {
  std::string out;
  for (const std::string& word : diacritics::split_words(diacritics::to_lower(text)))
    out += (out.empty() ? "" : " ") + diacritics::with_old_tone_place(word);
  return out;
}

// The begin of the first line that is not less than a key, by bisection of the sorted text.
std::size_t lower_bound(std::string_view lines, std::string_view key) {
  std::size_t low = 0, high = lines.size();
  while (low < high) {
    std::size_t middle = low + (high - low) / 2;
    const std::size_t before = middle == 0 ? lines.npos : lines.rfind('\n', middle - 1);
    middle = before == lines.npos ? 0 : before + 1;
    const std::size_t end = std::min(lines.find('\n', middle), lines.size());
    if (lines.substr(middle, end - middle) < key)
      low = std::min(end + 1, lines.size());
    else
      high = middle;
  }
  return low;
}

std::vector<std::string> codes_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool share_one(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& code) {
    return std::find(b.begin(), b.end(), code) != b.end();
  });
}

}  // namespace

std::vector<Unit> units_named(std::string_view name) {
  std::vector<Unit> out;
  const std::string key = key_of(name) + '\t';
  const std::string_view lines = embedded::units();
  for (std::size_t at = lower_bound(lines, key); lines.substr(at).starts_with(key);) {
    const std::size_t end = std::min(lines.find('\n', at), lines.size());
    std::string_view rest = lines.substr(at + key.size(), end - at - key.size());
    const std::size_t kind = rest.find('\t'), before = rest.find('\t', kind + 1);
    out.push_back({std::string(rest.substr(0, kind)),
                   codes_of(rest.substr(kind + 1, before - kind - 1)),
                   codes_of(rest.substr(before + 1))});
    at = std::min(end + 1, lines.size());
  }
  return out;
}

std::optional<NamedUnit> unit_in(std::string_view agency) {
  constexpr std::array<std::string_view, 9> kKinds{
      "xã", "phường", "thị trấn", "huyện", "quận", "thị xã", "tỉnh", "thành phố", "đặc khu"};
  const std::string lower = ' ' + key_of(agency);
  std::optional<NamedUnit> out;
  std::size_t last = 0;
  for (const std::string_view kind : kKinds) {
    const std::string word = ' ' + key_of(kind) + ' ';
    const std::size_t at = lower.rfind(word);
    // The last kind named counts; "thị xã" is more than "xã".
    if (at == std::string::npos || at + word.size() < last) continue;
    if (at + word.size() == last && out && out->kind.size() > kind.size()) continue;
    last = at + word.size();
    out = NamedUnit{key_of(kind), lower.substr(last)};
  }
  return out && !out->name.empty() ? out : std::nullopt;
}

std::optional<bool> existed(const NamedUnit& unit, const Date& on) {
  constexpr Date kReform{std::chrono::year(2025), std::chrono::July, std::chrono::day(1)};
  for (const Unit& known : units_named(unit.name)) {
    if (known.kind != unit.kind) continue;
    return on < kReform ? !known.before.empty() : !known.since.empty();
  }
  return std::nullopt;
}

std::optional<bool> lies_in(std::string_view place, const NamedUnit& unit) {
  const std::vector<Unit> places = units_named(place);
  std::optional<bool> out;
  for (const Unit& known : units_named(unit.name)) {
    if (known.kind != unit.kind) continue;
    for (const Unit& other : places)
      out = out.value_or(false) || share_one(known.before, other.before) ||
            share_one(known.since, other.since);
  }
  return out;
}

}  // namespace vanban::extract
