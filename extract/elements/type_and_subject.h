// The type of a document, printed or concluded, and what it is about.
#pragma once

#include "extract/elements/head_lines.h"
#include "extract/record.h"

namespace vanban::extract {

// The line with the name of a type; the head's end where none is.
LineIt find_type_line(const Lines& lines);

// `type_line` as found. Where none is printed, the symbol tells the type, or that it is a letter.
Field find_type(const Lines& lines, LineIt type_line, const Field& symbol, Steps& steps);

// What stands below the type, or after "V/v" where there is none.
Field find_subject(const Lines& lines, LineIt type_line, Steps& steps);

}  // namespace vanban::extract
