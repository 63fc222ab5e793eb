// Reads the cells of a workbook (XLSX, ISO/IEC 29500) that a table program has saved.
#pragma once

#include <string>
#include <vector>

namespace vanban::pipeline {

// Of each sheet in their order, and last of what stands over the cells (notes, drawings), row by
// row, empty ones as empty texts; numbers as the file writes them, dates among them. Throws
// std::invalid_argument where the bytes are no workbook.
std::vector<std::vector<std::vector<std::string>>> all_sheets(const std::string& bytes);

}  // namespace vanban::pipeline
