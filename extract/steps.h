// What the rules noticed on their way: for people who ask why a field is what it is.
#pragma once

#include <string>
#include <string_view>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// Notes what was made of a line, of words of it, or of nothing in particular.
void note(Steps& steps, std::string_view topic, const TextLine& line, std::string outcome);
void note(Steps& steps, std::string_view topic, std::string outcome);

}  // namespace vanban::extract
