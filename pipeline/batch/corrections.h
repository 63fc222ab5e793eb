// What a person knows better goes into a record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

// The record with the corrected values, their source `operator`, their confidence 1; what was read
// is kept in `reading`. Of an array of records each gets its own; those of a document that is not
// among them are passed over. Dates are ISO 8601. Throws std::invalid_argument for a field that
// cannot be corrected.
std::string corrected_record(std::string_view record_json,
                             const std::vector<Correction>& corrections);

}  // namespace vanban::pipeline
