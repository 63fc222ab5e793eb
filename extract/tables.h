// The tables of a document as a reader sees them: one that runs over pages is one table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ocr/document/document.h"

namespace vanban::extract {

struct Cell {
  std::string text;                  // words in reading order, joined by spaces
  std::optional<double> confidence;  // [0, 1]; none where nothing is written
  int page = 0;
  ocr::Box box;  // points of the page as displayed
  ocr::Route route = ocr::Route::Ocr;
  bool restored = false;  // one of its words is not as it was read
  int column = 0;
  int row_span = 1, column_span = 1;
  bool header = false;
};

struct Table {
  std::vector<int> pages;  // ascending
  ocr::Box box;            // of its part on the first page, points
  int columns = 0;
  // Cells from left to right. What a cell above or to the left spans is not repeated, so that a row
  // may be short or empty. A header that each page repeats stands here once.
  std::vector<std::vector<Cell>> rows;
};

// In the order of the pages. A table at the head of a page continues the one at the foot of the
// page before where nothing stands between them and its columns are the same.
//
// Header rows are those down to a row that numbers the columns, (1) (2) (3), among the first four;
// where there is none, the first row with all that its cells span, if its texts are no numbers and
// stand centred in their cells.
std::vector<Table> collect_tables(const ocr::Document& document);

// The texts of a table in rows of `columns` each: the text of a cell stands in every place that it
// spans.
std::vector<std::vector<std::string>> grid_of(const Table& table);

}  // namespace vanban::extract
