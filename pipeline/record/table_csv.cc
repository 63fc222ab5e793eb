#include "pipeline/record/table_csv.h"

#include <cstddef>
#include <vector>

namespace vanban::pipeline {
namespace {

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace

std::string to_csv(const extract::Table& table) {
  std::string out = "\xEF\xBB\xBF";
  for (const std::vector<extract::Cell>& row : table.rows) {
    std::vector<std::string> fields(static_cast<std::size_t>(table.columns));
    for (const extract::Cell& cell : row)
      fields[static_cast<std::size_t>(cell.column)] = csv_field(cell.text);
    for (std::size_t i = 0; i < fields.size(); ++i) out += (i > 0 ? "," : "") + fields[i];
    out += "\r\n";
  }
  return out;
}

}  // namespace vanban::pipeline
