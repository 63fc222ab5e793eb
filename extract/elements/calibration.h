// What a confidence is worth: the share of fields so sure that are right.
#pragma once

#include "extract/record.h"

namespace vanban::extract {

// The share of fields that are right among those that the rules gave with this confidence, [0, 1].
// Rises with it; kReviewBelow stays where it is, so that what asks for a look still does.
double calibrated(double confidence);

// Calibrates the header's values. Number and date stay: their confidences are those of readings,
// which are measured where they are made. The code becomes as sure as the less sure of its parts.
void calibrate_header(Record& record);

}  // namespace vanban::extract
