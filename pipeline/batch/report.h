// What of a batch a person should look at first, as one page of HTML that needs nothing else.
#pragma once

#include <filesystem>

#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

std::filesystem::path report_file(const std::filesystem::path& outputs);

// In Vietnamese. Thumbnails are drawn from the inputs, where they are still there. Throws
// OutputError.
void write_report(Ledger& ledger, const std::filesystem::path& outputs);

}  // namespace vanban::pipeline
