// The line of place and date: "Kiên Giang, ngày 17 tháng 10 năm 2018".
#pragma once

#include <span>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// Sets the place and the parts of the date, and the date as it was read; decide_date settles it.
// The agencies must be set.
void extract_place_and_date(std::span<const TextLine> head, Record& record);

}  // namespace vanban::extract
