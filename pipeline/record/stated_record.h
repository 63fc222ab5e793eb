// What a written record says of its document, as the data that it was made of: for what works on
// records and is wanted again once a person has changed one.
#pragma once

#include <string_view>

#include "extract/record.h"

namespace vanban::pipeline {

// The document's single fields and its recipients, with values, other readings,
// confidences, sources and witnesses;
// all else is empty. Throws std::exception where it is no record.
extract::Record stated_record(std::string_view record_json);

}  // namespace vanban::pipeline
