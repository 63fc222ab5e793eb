// The documents that a text cites: "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về
// ...".
#pragma once

#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// Each cited document once, by its code, in the order of their first mentions; not the document's
// own code. Date, issuer and subject are those of the first mention that prints them.
std::vector<Reference> find_references(const std::vector<PageText>& pages, const Field& own_code);

}  // namespace vanban::extract
