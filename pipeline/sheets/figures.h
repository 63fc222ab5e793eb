// The figures that records state, a row each, so that those of many reports can be compared.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pipeline/sheets/sheet_writer.h"

namespace vanban::pipeline {

// Heads in Vietnamese, keys in English.
void begin_figures(SheetWriter& sheet);

// Those of a record or an array of records. `file`: what the rows say that they are of. Throws
// std::exception where it is no record.
void add_figures(SheetWriter& sheet, std::string_view record_json, const std::string& file);

// Both, for one file; see make_sheet_writer.
std::string figures_bytes(const std::filesystem::path& to, std::string_view record_json,
                          const std::string& file);

}  // namespace vanban::pipeline
