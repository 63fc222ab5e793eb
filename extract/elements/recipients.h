// Who receives: the list "Nơi nhận" at the end of the text.
#pragma once

#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

void extract_recipients(const std::vector<PageText>& pages, Record& record);

}  // namespace vanban::extract
