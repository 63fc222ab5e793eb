// The marks of urgency and of secrecy.
#pragma once

#include "extract/elements/head_lines.h"
#include "extract/record.h"

namespace vanban::extract {

// A stamp anywhere on the page; not applicable without one.
Field find_urgency(const Lines& lines, Steps& steps);

// A mark by itself, in capitals, over the subject or in a corner; not applicable without one.
Field find_secrecy(const Lines& lines, Steps& steps);

}  // namespace vanban::extract
