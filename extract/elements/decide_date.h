// Settles the date: what was read of its parts against the calendar, the time of signing and the
// dates that the text names.
#pragma once

#include <vector>

#include "extract/elements/date_line.h"
#include "extract/reading.h"
#include "extract/record.h"
#include "ocr/document/document.h"

namespace vanban::extract {

// The date with its value, confidence and witnesses, and with those of its day and month.
DateFields decide_date(DateFields as_read, const std::vector<PageText>& pages,
                       const ocr::Document& document, Steps& steps);

}  // namespace vanban::extract
