#include "pipeline/record/table_csv.h"

#include <cstddef>
#include <vector>

#include "ocr/document/xml_text.h"

namespace vanban::pipeline {
namespace {

std::string csv_field(std::string text) {
  text = ocr::xml_text(text);
  if (looks_like_formula(text)) text.insert(0, 1, '\'');
  if (text.find_first_of(",\"\r\n") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace

bool looks_like_formula(std::string_view text) {
  constexpr std::string_view kBeginnings = "=+-@\t\r";
  if (text.empty() || kBeginnings.find(text.front()) == kBeginnings.npos) return false;
  // A number with its sign is that in every table program.
  const bool has_sign = text.front() == '-' || text.front() == '+';
  return !has_sign || text.find_first_not_of("0123456789.,", 1) != text.npos;
}

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
