// The output folder of a batch, as commands open it that come after.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/batch/ledger.h"

namespace vanban::tools {

// Throws AccessError where it is no folder.
std::filesystem::path batch_folder(const std::string& path);
// Throws pipeline::LedgerError where it has no ledger.
pipeline::Ledger open_ledger(const std::string& path);

}  // namespace vanban::tools
