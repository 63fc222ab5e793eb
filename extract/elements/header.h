// Fields of the first page: agency, number and symbol, place and date as read, type and subject,
// addressees, urgency.
#pragma once

#include "extract/reading.h"
#include "extract/record.h"

namespace vanban::extract {

Header find_header(const PageText& first_page, Steps& steps);

}  // namespace vanban::extract
