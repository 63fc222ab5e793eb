// For Ledger::add: no file is one that was known.
#pragma once

namespace vanban::tests {

inline constexpr auto kNever = [](const auto&...) { return false; };

}  // namespace vanban::tests
