// Who receives: the list "Nơi nhận" at the end of the text.
#pragma once

#include <vector>

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

// In the order of the list; none where no page has one.
std::vector<Field> find_recipients(const std::vector<PageText>& pages, Steps& steps);

}  // namespace vanban::extract
