// The line of place and date: "Kiên Giang, ngày 17 tháng 10 năm 2018".
#pragma once

#include <span>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// A date and what it is made of.
struct DateFields {
  Field date;
  DateParts parts;
};

struct DateLine {
  Field place;
  DateFields date;  // as it was read; decide_date settles it
};

// Absent where no line of the head is one; illegible where one begins like it and is not
// understood. A body prints its own unit as the place, so the agencies' names put its marks right.
DateLine find_date_line(std::span<const TextLine> head, const Field& issuing_agency,
                        const Field& parent_agency, Steps& steps);

}  // namespace vanban::extract
