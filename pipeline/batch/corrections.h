// What a person knows better goes into a record.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

// A correction of this field says which failed checks a person lets stand: its value names them as
// in a summary, parted by line ends.
inline constexpr std::string_view kAcceptedChecks = "accepted_checks";

// The record with the corrected values, their source `operator`, their confidence 1; what was read
// is kept in `reading`, of a list in `readings`. What follows from them is worked out anew: parts
// and code, the checks of the document and what these say of other fields, the views. Of an array
// of records each gets its own; those of a document that is not among them are passed over. Dates
// are ISO 8601. Throws std::invalid_argument for a field that cannot be corrected.
std::string corrected_record(std::string_view record_json,
                             const std::vector<Correction>& corrections);

// Whether the title or subject of a searchable copy, those of the record's first document, is
// another by the record than by what it was before.
bool changes_title(std::string_view before, std::string_view record_json);
// The copy under that title and subject, where it has those of before. Throws as
// ocr::retitled_copy.
std::string corrected_copy(const std::string& pdf, std::string_view before,
                           std::string_view record_json);

}  // namespace vanban::pipeline
