// Settles the date: what was read of its parts against the calendar, the time of signing and the
// dates that the text names.
#pragma once

#include <vector>

#include "extract/reading.h"
#include "extract/record.h"
#include "ocr/document/document.h"

namespace vanban::extract {

// Sets the value, the confidence and the witnesses of the date, and those of its day and month.
void decide_date(const std::vector<PageText>& pages, const ocr::Document& document, Record& record);

}  // namespace vanban::extract
