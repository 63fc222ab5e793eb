#include "pipeline/record/table_csv.h"

#include <catch2/catch.hpp>
#include <string>

namespace vanban::pipeline {
namespace {

extract::Cell cell(const std::string& text, int column, int row_span = 1, int column_span = 1) {
  extract::Cell out;
  out.text = text;
  out.column = column;
  out.row_span = row_span;
  out.column_span = column_span;
  return out;
}

TEST_CASE("CSV: a mark of the encoding, quotes where needed, a line for each row") {
  extract::Table table;
  table.columns = 3;
  table.rows = {{cell("TT", 0, 2), cell("Thời hạn, ngày", 1, 1, 2)},
                {cell("\"Trước\"", 1), cell("Sau", 2)},
                {cell("1", 0), cell("5,5", 1), cell("", 2)}};
  CHECK(to_csv(table) ==
        "\xEF\xBB\xBF"
        "TT,\"Thời hạn, ngày\",\r\n"
        ",\"\"\"Trước\"\"\",Sau\r\n"
        "1,\"5,5\",\r\n");
}

TEST_CASE("what would be worked out as a formula is written as text, numbers are left alone") {
  const auto [text, is_formula] = GENERATE(table<std::string, bool>({
      {"=1+2", true},
      {"@SUM(A1)", true},
      {"-2+3", true},
      {"+84912x", true},
      {"\t=1", true},
      {"-5,5", false},
      {"+1.200", false},
      {"-", false},
      {"12", false},
      {"", false},
  }));
  CAPTURE(text);
  CHECK(looks_like_formula(text) == is_formula);
  extract::Table table;
  table.columns = 1;
  table.rows = {{cell(text, 0)}};
  CHECK((to_csv(table).find("'" + text) != std::string::npos && !text.empty()) == is_formula);
}

TEST_CASE("CSV has no control characters and no bytes that are no UTF-8") {
  extract::Table table;
  table.columns = 1;
  table.rows = {{cell("a\x1b[31m\xff", 0)}};
  CHECK(to_csv(table) ==
        "\xEF\xBB\xBF"
        "a[31m\xEF\xBF\xBD\r\n");
}

}  // namespace
}  // namespace vanban::pipeline
