// Which ICU the text is normalised with: normal forms follow its Unicode tables.
#pragma once

#include <string>

namespace vanban::diacritics {

std::string icu_version();

}  // namespace vanban::diacritics
