// How deep JSON of unknown origin may be. What follows it by recursion would overflow the stack.
#pragma once

#include <string_view>

namespace vanban::pipeline {

// A record nests some ten deep.
inline constexpr int kMostJsonDepth = 100;

// Whether brackets, those within texts apart, nest deeper than kMostJsonDepth.
bool nests_too_deep(std::string_view json);

// Throws ocr::InputError Damaged where it nests too deep.
void require_bounded(std::string_view json);

}  // namespace vanban::pipeline
