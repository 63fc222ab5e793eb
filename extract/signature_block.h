// Who signed and who receives: the two columns at the end of the text.
#pragma once

#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

void extract_signer(const std::vector<PageText>& pages, Record& record);
void extract_recipients(const std::vector<PageText>& pages, Record& record);

}  // namespace vanban::extract
