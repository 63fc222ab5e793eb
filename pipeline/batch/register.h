// The register of a batch: a row for each document, for people in a table program, for machines as
// JSON lines.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/summary.h"

namespace vanban::pipeline {

// Heads of the columns beside those of fields.
inline constexpr std::string_view kDocumentsSheet = "Văn bản";
inline constexpr std::string_view kPathHead = "Tệp", kFirstPageHead = "Từ trang",
                                  kLastPageHead = "Đến trang", kStateHead = "Tình trạng",
                                  kReviewHead = "Cần xem lại", kSeenHead = "Đã xem, đúng",
                                  kTwinHead = "Trùng với tệp", kCopyHead = "Bản tìm được chữ",
                                  kHashHead = "SHA-256";

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

// What a failed check, as text_of_check has it, compares: in Vietnamese.
std::string contradiction_text(const std::string& check);

// By the extension of the file that they are for: .csv (UTF-8 with a byte order mark), .xlsx or
// .jsonl. The same ledger gives the same bytes, which `write` is given piece by piece. A workbook
// is made in a file beside `file`, which is gone afterwards. Throws std::invalid_argument for
// another extension, OutputError.
void make_register(Ledger& ledger, const std::filesystem::path& file,
                   const std::function<void(std::string_view)>& write);
// Throws std::invalid_argument where make_register would.
void check_register_name(const std::filesystem::path& file);

}  // namespace vanban::pipeline
