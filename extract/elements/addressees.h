// To whom a letter goes: "Kính gửi: …", one or a list.
#pragma once

#include "extract/elements/head_lines.h"
#include "extract/record.h"

namespace vanban::extract {

// Not applicable where the head has no salutation.
ListField find_addressees(const Lines& lines, Steps& steps);

}  // namespace vanban::extract
