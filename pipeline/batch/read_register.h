// A register as a table program may have saved it, read back, and what a person typed into it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/summary.h"

namespace vanban::pipeline {

struct RegisterRow {
  int number = 0;  // in the table, its heads being row 1
  std::string path;
  int first_page = 0;                                        // 0: not stated
  std::string sha256;                                        // empty: not stated
  std::map<std::string, std::optional<std::string>> fields;  // by name; dates as they stand
  std::string seen;  // how it is marked that doubtful values are right; empty: it is not
  std::map<std::string, std::string> others;  // cells with something in them, by their heads
};

// A row or a value that is not taken.
struct Refusal {
  std::string where;  // row, file and column
  std::string why;    // few words, the same for all of a kind
  std::string more;   // about this one; may be empty
};
std::string text_of(const Refusal& refusal);

struct Register {
  std::vector<RegisterRow> rows;
  std::vector<Refusal> refusals;                 // of rows that are not whole, which are left out
  std::vector<std::vector<std::string>> beside;  // cells of other sheets
  std::map<std::string, std::vector<std::size_t>> by_path;  // places in `rows`
};

// Of CSV or XLSX. Columns are known by their heads. A row of a CSV that has more cells than the
// heads is not whole. Where rows state the hash of their file, by which it is known what belongs to
// them, a row of fewer cells or without an end is refused; else, as where it is no register, throws
// std::invalid_argument with the reason.
Register read_register(const std::string& bytes);

// "row 3 (a.pdf)"
std::string label_of(const RegisterRow& row);

// The row of a document; null where there is none.
const RegisterRow* row_of(const Register& in, const std::string& path, int first_page);

struct Typed {
  std::vector<Correction> corrections;
  std::vector<Refusal> refusals;
};

// What a person typed into a row: where it differs from `before`, the same row as it was written,
// and from what the record says now. Without `before` all that differs from the record was typed. A
// value that somebody else has corrected since it was written is refused. A mark that it was seen
// accepts what is doubtful, as the row shows it: as corrections to the same value.
Typed typed_into(const RegisterRow& row, const RegisterRow* before, const Summary& now);

// Whether it has words in places that no record has room for: columns of one's own, other sheets,
// cells that vanban fills itself.
bool says_more(const Register& typed, const Register& before);

// How many cells differ.
std::size_t count_differences(const Register& a, const Register& b);

}  // namespace vanban::pipeline
