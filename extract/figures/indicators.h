// The figures that a text states: one subject and one measured quantity each (chỉ tiêu, số liệu).
#pragma once

#include <vector>

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

// In reading order. Uses the type, issuing agency, date, outline and references of the record.
// Numbers of dates, codes, labels, names and addresses are none, neither are such as stand before
// no noun: they are mostly letters that were misread.
std::vector<Indicator> find_indicators(const RunningText& text, const Record& record);

}  // namespace vanban::extract
