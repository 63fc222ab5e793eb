// Puts right the marks of well-known names: of bodies, titles and provinces. Letters are never
// changed, and words outside the list not at all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vanban::extract {

// The words with the marks of the longest known names found among them; case and tone placement
// (hòa, hoà) stay as read.
std::vector<std::string> with_known_marks(std::vector<std::string> words);

// The same for words joined by spaces.
std::string with_known_marks(std::string_view text);

// Whether `known`, `read` with such marks, has some on a syllable that is a usual one without them:
// "Hòa Lạc" for "Hoa Lạc". That may be another name, which the list lacks.
bool marks_plain_syllable(std::string_view read, std::string_view known);

// Whether a text is one of the names, marks included, in whatever case.
bool is_known_name(std::string_view text);

// All names, lower case; for the tests of the data.
const std::vector<std::string>& known_names();

}  // namespace vanban::extract
