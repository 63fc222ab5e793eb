// The marks of urgency and of secrecy.
#pragma once

#include <optional>

#include "extract/elements/head_lines.h"
#include "extract/record.h"

namespace vanban::extract {

// A stamp anywhere on the page; not applicable without one.
Field find_urgency(const Lines& lines, Steps& steps);

// A mark by itself, in capitals, over the subject or in a corner, or as a form asks for it; not
// applicable without one.
Field find_secrecy(const Lines& lines, Steps& steps);

// That of any page of a file, whether a document begins there or not; nothing where it has none.
std::optional<Field> secrecy_of_page(const ocr::Page& page);

}  // namespace vanban::extract
