// Reads the cells of a workbook (XLSX, ISO/IEC 29500) that a table program has saved.
#pragma once

#include <string>
#include <vector>

namespace vanban::pipeline {

// Of the first sheet, row by row, empty ones as empty texts; numbers as the file writes them, dates
// among them. Throws std::invalid_argument where the bytes are no workbook.
std::vector<std::vector<std::string>> first_sheet(const std::string& bytes);

}  // namespace vanban::pipeline
