// Tables as files for spreadsheets.
#pragma once

#include <string>

#include "extract/tables.h"

namespace vanban::pipeline {

// UTF-8 with a byte order mark, without which Excel takes it for an old encoding; RFC 4180. The
// text of a spanning cell stands in its first place, the others are empty.
std::string to_csv(const extract::Table& table);

}  // namespace vanban::pipeline
