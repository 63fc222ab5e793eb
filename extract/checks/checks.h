// Proof: what a record says in one place against what it says in another.
#pragma once

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

// Sets the record's checks. What a failed one compared gets a confidence below kReviewBelow and
// asks for a look.
void check_record(const RunningText& text, Record& record);

}  // namespace vanban::extract
