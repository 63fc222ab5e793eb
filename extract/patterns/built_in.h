// The fields that we describe by patterns ourselves.
#pragma once

#include <vector>

#include "extract/patterns/field_pattern.h"

namespace vanban::extract {

// The office's telephone, fax, e-mail and website (data/fields.toml).
const std::vector<FieldPattern>& built_in_patterns();

}  // namespace vanban::extract
