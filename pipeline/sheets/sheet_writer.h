// Rows of cells for table programs and for machines: the one place that writes CSV, XLSX and JSON
// lines. The same rows give the same bytes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::pipeline {

struct SheetCell {
  enum class Kind { Text, Number, Date, Mark };    // a mark is there or not
  enum class Look { Plain, Doubtful, Corrected };  // white, yellow, green

  std::optional<std::string> text;  // of a date ISO 8601; none: an empty cell
  Kind kind = Kind::Text;
  double number = 0;
  Look look = Look::Plain;
  std::string link;     // the file that a click opens, its path from the table's; empty: none
  std::string comment;  // shown beside the cell; empty: none
};

SheetCell text_cell(std::string text);
SheetCell number_cell(std::optional<double> number);
SheetCell date_cell(std::optional<std::string> iso);
SheetCell mark_cell(bool is_set);  // an x

struct SheetColumn {
  std::string head;
  double width = 16;  // in letters
  std::string key;    // in JSON lines
  // False: rows are not the higher for it, what is longer is hidden.
  bool sets_height = true;
};

// Sheets one after another, each with its rows. CSV and JSON lines have the first alone.
class SheetWriter {
 public:
  SheetWriter() = default;
  virtual ~SheetWriter() = default;
  SheetWriter(const SheetWriter&) = delete;
  SheetWriter& operator=(const SheetWriter&) = delete;

  virtual void begin_sheet(const std::string& name, const std::vector<SheetColumn>& columns) = 0;
  // A cell for each column.
  virtual void add_row(const std::vector<SheetCell>& row) = 0;
  // Whether a person reads it: then words are Vietnamese.
  virtual bool is_for_people() const { return true; }
  // The file's bytes that are settled and were not taken yet: where there are many rows, they need
  // not all be held. Of a workbook there are none before its end.
  virtual std::string take() { return ""; }
  // The file's bytes, but for those that were taken. Throws OutputError.
  virtual std::string finish() = 0;
};

// By the extension of the file that they are for: .csv (UTF-8 with a byte order mark), .xlsx or
// .jsonl. A workbook is made in a file beside `file`, which is gone afterwards. Throws
// std::invalid_argument for another extension, OutputError.
std::unique_ptr<SheetWriter> make_sheet_writer(const std::filesystem::path& file);
// Throws std::invalid_argument where make_sheet_writer would; `what` names the file's use.
void check_sheet_name(const std::filesystem::path& file, std::string_view what);

// A path as addresses write it (RFC 3986): letters but a few as %C3%A1.
std::string path_as_address(std::string_view path);

// A line of CSV, its end included.
std::string csv_row(const std::vector<std::string>& cells);

}  // namespace vanban::pipeline
