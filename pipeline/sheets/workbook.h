// Reads the cells of a workbook (XLSX, ISO/IEC 29500) that a table program has saved.
#pragma once

#include <string>
#include <vector>

namespace vanban::pipeline {

struct SheetCells {
  std::string name;
  std::vector<std::vector<std::string>> rows;
};

// Of each sheet in their order, row by row, empty cells as empty texts; numbers as the file writes
// them, dates among them. Last, without a name, what stands over the cells: the words of comments
// and the content of drawings. Throws std::invalid_argument where the bytes are no workbook.
std::vector<SheetCells> all_sheets(const std::string& bytes);

}  // namespace vanban::pipeline
