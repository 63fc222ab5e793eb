// The figures of all documents of a batch in one table.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

// Of all documents that have a record, by path; see figures.h. Writes it whole or not at all.
// The ledger remembers the file. `note` is told of records that are missing or damaged, which are
// left out. Throws as make_sheet_writer.
void write_figures(Ledger& ledger, const std::filesystem::path& outputs,
                   const std::filesystem::path& file,
                   const std::function<void(const std::string&)>& note);

}  // namespace vanban::pipeline
