// Tables as files for spreadsheets.
#pragma once

#include <string>
#include <string_view>

#include "extract/tables.h"

namespace vanban::pipeline {

// UTF-8 with a byte order mark, without which Excel takes it for an old encoding; RFC 4180. The
// text of a spanning cell stands in its first place, the others are empty.
std::string to_csv(const extract::Table& table);

// Whether a table program would take the text for a formula. One that does is written with an
// apostrophe before it.
bool looks_like_formula(std::string_view text);

}  // namespace vanban::pipeline
