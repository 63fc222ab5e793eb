// The register of a batch: a row for each document, for people in a table program, for machines as
// JSON lines; and the way back of what people changed in it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/summary.h"

namespace vanban::pipeline {

struct RegisterColumn {
  std::string_view field;  // of a summary
  std::string head;        // in Vietnamese, after Circular 05/2025/TT-BNV
  double width;            // in letters
  bool is_date = false;
};

// Those that hold fields, in their order.
const std::vector<RegisterColumn>& register_columns();
// A field's Vietnamese name.
std::string register_head(std::string_view field);

// What must be said of a document for its row to be looked at: in Vietnamese.
std::string what_to_review(const Summary& summary);

// By the extension: .csv (UTF-8 with a byte order mark), .xlsx or .jsonl; whole or not at all. The
// same ledger gives the same bytes. Throws std::invalid_argument for another extension,
// OutputError.
void write_register(Ledger& ledger, const std::filesystem::path& file);
// Throws std::invalid_argument where write_register would.
void check_register_name(const std::filesystem::path& file);

struct RegisterRow {
  std::string path;
  int first_page = 0;                                        // 0: not stated
  std::map<std::string, std::optional<std::string>> fields;  // by name; dates as they stand
};

// Of a .csv or .xlsx that a table program may have saved. Columns are known by their heads; others
// are passed over. Throws std::invalid_argument where it is no register, with the reason, Error
// Access where it cannot be read.
std::vector<RegisterRow> read_register(const std::filesystem::path& file);

struct CorrectionReport {
  int documents = 0, values = 0;
  std::vector<std::string> problems;  // rows and values that were left alone, and why
};

// Puts into ledger and records of the batch what differs from them in the register. `outputs` must
// be locked by the caller.
CorrectionReport correct_from_register(Ledger& ledger, const std::filesystem::path& outputs,
                                       const std::filesystem::path& file);

}  // namespace vanban::pipeline
