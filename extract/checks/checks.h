// Proof: what a record says in one place against what it says in another.
#pragma once

#include <vector>

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

// Those that compare nothing but fields of the document.
std::vector<Check> check_document(const Record& record);

// Of all that the record holds but its own checks.
std::vector<Check> check_record(const RunningText& text, const Record& record);

}  // namespace vanban::extract
