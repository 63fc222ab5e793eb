// The output folder of a batch, as commands open it that come after.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/batch/ledger.h"

namespace vanban::tools {

// Throws AccessError where it is no folder.
std::filesystem::path batch_folder(const std::string& path);
// Throws pipeline::LedgerError where it has no ledger.
pipeline::Ledger open_ledger(const std::string& path);

// Throws UsageError where the file is not called .jsonl.
void check_records_name(const std::string& file);
// Writes all records of a batch to one file, a line each, by the paths of their scans. A record
// that is not there or no JSON is left out and told of. The ledger remembers the file.
void write_records(pipeline::Ledger& ledger, const std::filesystem::path& folder,
                   const std::string& file);
// Writes the files of records and of figures anew that the ledger remembers and that are there;
// their whole paths.
std::vector<std::string> rewrite_gathered(pipeline::Ledger& ledger,
                                          const std::filesystem::path& folder);

}  // namespace vanban::tools
