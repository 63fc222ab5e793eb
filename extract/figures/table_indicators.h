// The figures that tables state: a cell with a number, named by the head of its row and those of
// its column.
#pragma once

#include <vector>

#include "extract/record.h"
#include "extract/sentences.h"

namespace vanban::extract {

// Of the record's tables that name their columns, cell by cell. The unit is that of the column's
// head, "(%)", or that of the row, or that which stands over the table, "Đơn vị tính: ha". Columns
// that number, date or identify the rows state nothing; an empty cell or a dash neither.
std::vector<Indicator> find_table_indicators(const RunningText& text, const Record& record);

}  // namespace vanban::extract
