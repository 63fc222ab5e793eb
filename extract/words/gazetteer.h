// Administrative units before and since 1 July 2025, when districts were done away with and
// provinces and communes merged. Two states are known: what was gone long before that day, or came
// after it, is not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/words/dates.h"

namespace vanban::extract {

struct Unit {
  std::string kind;                        // "xã", "phường", "tỉnh", in lower case
  std::vector<std::string> before, since;  // codes of the provinces that have one of this name
};

// All units of a name, marks included; case and the placement of tones (hòa, hoà) do not count.
std::vector<Unit> units_named(std::string_view name);

// "ỦY BAN NHÂN DÂN XÃ CHÍ MINH" -> xã, chí minh: the unit that a body is named after; empty where
// it is after none.
struct NamedUnit {
  std::string kind, name;  // in lower case
};
std::optional<NamedUnit> unit_in(std::string_view agency);

// Whether there was such a unit on a day; none where neither state has it.
std::optional<bool> existed(const NamedUnit& unit, const Date& on);

// Whether a place lies in the province that a unit is, or is in; none where one is not known.
std::optional<bool> lies_in(std::string_view place, const NamedUnit& unit);

}  // namespace vanban::extract
