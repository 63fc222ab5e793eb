// Abbreviations of bodies and of their work, as lists of recipients are full of.
#pragma once

#include <string>
#include <string_view>

namespace vanban::extract {

// The text with abbreviations put right that differ from a usual one as engines misread them: a
// letter more often or once ("KSTHC" for KSTTHC, "HĐĐĐND"), or another letter for Đ ("CÔCS" for
// CĐCS).
std::string with_usual_abbreviations(std::string_view text);

}  // namespace vanban::extract
