// The stamp that whoever received the document has set on it: "CÔNG VĂN ĐẾN, Số: …, Ngày: …".
#pragma once

#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// Number and day of receipt, never the document's own. Not applicable where there is no stamp,
// illegible where what a pen wrote in it was not read.
Arrival find_arrival(const std::vector<PageText>& pages, Steps& steps);

}  // namespace vanban::extract
