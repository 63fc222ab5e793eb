#include "pipeline/batch/register.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "extract/document_fields.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/sheets/sheet_writer.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// ---- Rows

// One document, as all forms of the register show it.
struct Row {
  const LedgerEntry& entry;
  const Summary& summary;
  std::string twin;  // first of the files with the same bytes; empty where it is the first itself
};

std::string state_text(const Row& row) {
  if (row.entry.apart == Apart::Gone) return "Không còn tệp";
  if (row.entry.apart == Apart::Aside) return "Đã để riêng";
  if (row.entry.changed) return "Tệp đã thay, chưa đọc lại";
  if (row.entry.state == DocumentState::Partial) return "Thiếu trang";
  const bool is_corrected = row.summary.reviewed > 0;
  if (row.summary.doubts() > 0) return is_corrected ? "Đã sửa, còn chỗ xem" : "Cần xem lại";
  return is_corrected ? "Đã sửa" : "Đạt";
}

std::map<std::string, std::string> twins_of(Ledger& ledger) {
  std::map<std::string, std::string> out;
  for (const std::vector<std::string>& group : ledger.same_bytes())
    for (std::size_t i = 1; i < group.size(); ++i) out[group[i]] = group.front();
  return out;
}

// All documents that have a record, by path.
void for_each_row(Ledger& ledger, const std::function<void(const Row&)>& callback) {
  const std::map<std::string, std::string> twins = twins_of(ledger);
  ledger.for_each([&](const LedgerEntry& entry) {
    if (entry.state != DocumentState::Done && entry.state != DocumentState::Partial) return;
    const auto twin = twins.find(entry.path);
    for (const Summary& summary : summaries_from_json(ledger.summary(entry.path)))
      callback({entry, summary, twin == twins.end() ? "" : twin->second});
  });
}

// ---- Pieces

// Hands on what comes in small amounts in pieces that are worth a call.
class Pieces {
 public:
  explicit Pieces(const std::function<void(std::string_view)>& write) : write_(write) {}
  void add(std::string_view bytes) {
    constexpr std::size_t kPiece = 1 << 20;
    piece_ += bytes;
    if (piece_.size() >= kPiece) end();
  }
  void end() {
    write_(piece_);
    piece_.clear();
  }

 private:
  const std::function<void(std::string_view)>& write_;
  std::string piece_;
};

// ---- JSON lines

void write_json_lines(Ledger& ledger, Pieces& out) {
  for_each_row(ledger, [&](const Row& row) {
    Json line{{"path", row.entry.path},
              {"record", "records/" + row.entry.stem + ".json"},
              {"sha256", row.entry.sha256},
              {"pages", Json::array({row.summary.first_page, row.summary.last_page})},
              {"state", name_of(row.entry.state)},
              {"gone", row.entry.apart == Apart::Gone},
              {"doubts", row.summary.doubts()}};
    Json fields = Json::object();
    for (const SummaryField& field : row.summary.fields) {
      Json& node = fields[field.name];
      node["value"] = field.value ? Json(*field.value) : Json(nullptr);
      if (field.confidence) node["confidence"] = *field.confidence;
      node["doubtful"] = field.doubtful;
      if (!field.source.empty()) node["source"] = field.source;
      if (!field.reason.empty()) node["reason"] = field.reason;
    }
    line["fields"] = std::move(fields);
    line["failed_checks"] = row.summary.failed_checks;
    line["same_bytes_as"] = row.twin.empty() ? Json(nullptr) : Json(row.twin);
    out.add(line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n');
  });
}

// ---- For table programs

std::string percent_text(double share) { return fmt::format("{:.0f} %", 100 * share); }

// What is known of a doubtful value: how sure it is, and what else was read.
std::string doubt_text(const SummaryField& field) {
  static const std::map<std::string, std::string> reasons{
      {"illegible", "Có chữ nhưng đọc không được."},
      {"ambiguous", "Đọc được nhiều cách."},
      {"blank", "Chỗ ghi để trống."},
      {"absent", "Không thấy trên văn bản."}};
  std::string out;
  if (field.value && field.confidence) out = "Độ tin " + percent_text(*field.confidence) + ".";
  if (const auto reason = reasons.find(field.reason); !field.value && reason != reasons.end())
    out = reason->second;
  std::string others;
  for (const SummaryReading& reading : field.alternatives)
    if (reading.value != field.value)
      others += (others.empty() ? "" : "; ") + reading.value + " (" +
                percent_text(reading.confidence) + ")";
  if (!others.empty()) out += "\nCách đọc khác: " + others;
  if (field.page > 0) out += "\nTrang " + std::to_string(field.page) + ".";
  return out;
}

SheetCell cell_of(const RegisterColumn& column, const SummaryField& field) {
  SheetCell out = column.is_date ? date_cell(field.value) : SheetCell{};
  out.text = field.value;
  out.look = field.source == kOperator ? SheetCell::Look::Corrected
             : field.doubtful          ? SheetCell::Look::Doubtful
                                       : SheetCell::Look::Plain;
  if (out.look == SheetCell::Look::Doubtful) out.comment = doubt_text(field);
  return out;
}

bool is_there(const fs::path& file) {
  std::error_code ignored;
  return fs::is_regular_file(file, ignored);
}

SheetCell linked_cell(std::string text, const fs::path& folder, const fs::path& file) {
  SheetCell out = text_cell(std::move(text));
  out.link = path_from(folder, file);
  return out;
}

// `folder`: that the register lies in.
void write_documents(Ledger& ledger, const fs::path& folder, SheetWriter& sheets, Pieces& out) {
  std::vector<SheetColumn> columns{{std::string(kPathHead), 30, ""},
                                   {std::string(kFirstPageHead), 8, ""},
                                   {std::string(kLastPageHead), 8, ""}};
  for (const RegisterColumn& column : register_columns())
    columns.push_back({column.head, column.width, ""});
  columns.insert(columns.end(), {{std::string(kStateHead), 14, ""},
                                 {std::string(kReviewHead), 40, ""},
                                 {std::string(kSeenHead), 10, ""},
                                 {std::string(kCopyHead), 10, ""},
                                 {std::string(kTwinHead), 30, ""},
                                 {std::string(kHashHead), 12, "", false}});
  sheets.begin_sheet(std::string(kDocumentsSheet), columns);
  for_each_row(ledger, [&](const Row& of) {
    std::vector<SheetCell> row{
        linked_cell(of.entry.path, folder, ledger.input_folder() / of.entry.path),
        number_cell(of.summary.first_page), number_cell(of.summary.last_page)};
    for (const RegisterColumn& column : register_columns())
      row.push_back(cell_of(column, of.summary.field(column.field)));
    row.push_back(text_cell(state_text(of)));
    row.push_back(text_cell(what_to_review(of.summary)));
    row.push_back(text_cell(""));  // for a person to mark
    const fs::path copy = copy_file(ledger.folder(), of.entry.stem);
    row.push_back(is_there(copy) ? linked_cell("PDF", folder, copy) : SheetCell{});
    row.push_back(text_cell(of.twin));
    row.push_back(text_cell(of.entry.sha256));
    sheets.add_row(row);
    out.add(sheets.take());
  });
}

void write_failures(Ledger& ledger, SheetWriter& sheets) {
  sheets.begin_sheet("Lỗi", {{std::string(kPathHead), 40, ""},
                             {"Mã lỗi", 18, ""},
                             {"Lý do", 80, ""},
                             {"Số lần thử", 12, ""}});
  ledger.for_each([&](const LedgerEntry& entry) {
    if (entry.state != DocumentState::Failed && entry.state != DocumentState::Partial) return;
    if (entry.apart != Apart::No) return;
    sheets.add_row({text_cell(entry.path), text_cell(entry.code),
                    text_cell(in_language(ledger.language(), entry.message)),
                    number_cell(entry.attempts)});
  });
}

// The code is number and symbol once more.
bool repeats_others(std::string_view field) { return field == "code"; }

}  // namespace

const std::vector<RegisterColumn>& register_columns() {
  // What is looked for first, first; whatever else a document has, behind. Widths in letters.
  constexpr std::pair<std::string_view, double> kFirst[]{{"number", 8},
                                                         {"symbol", 16},
                                                         {"date", 12},
                                                         {"type", 14},
                                                         {"subject", 50},
                                                         {"issuing_agency", 28},
                                                         {"parent_agency", 24},
                                                         {"place", 14},
                                                         {"addressees", 24},
                                                         {"signer.authority", 12},
                                                         {"signer.position", 18},
                                                         {"signer.name", 20},
                                                         {"urgency", 10},
                                                         {"secrecy", 10},
                                                         {"recipients", 36},
                                                         {"arrival.number", 8},
                                                         {"arrival.date", 12}};
  constexpr double kOtherWidth = 16;
  static const std::vector<RegisterColumn> columns = [&] {
    std::vector<RegisterColumn> out;
    const auto add = [&](std::string_view name, double width) {
      out.push_back({name, register_head(name), width, name.ends_with("date")});
    };
    for (const auto& [name, width] : kFirst) add(name, width);
    for (const extract::DocumentField& field : extract::document_fields()) {
      const bool first = std::any_of(std::begin(kFirst), std::end(kFirst),
                                     [&](const auto& one) { return one.first == field.name; });
      if (!first && !repeats_others(field.name)) add(field.name, kOtherWidth);
    }
    return out;
  }();
  return columns;
}

std::string register_head(std::string_view field) {
  const extract::DocumentField* known = extract::document_field(field);
  return std::string(known == nullptr ? field : known->term);
}

std::string contradiction_text(const std::string& check) {
  static const std::map<std::string, std::string> names{
      {"symbol_type", "ký hiệu và tên loại"},
      {"symbol_agency", "ký hiệu và cơ quan ban hành"},
      {"place_agency", "địa danh và cơ quan ban hành"},
      {"date_signing_time", "ngày và lúc ký số"},
      {"date_cited", "ngày và văn bản được viện dẫn"},
      {"authority_position", "thẩm quyền ký và chức vụ"},
      {"drafting_unit", "ký hiệu và nơi lưu"},
      {"unit_date", "đơn vị hành chính và ngày"},
      {"ratio_percent", "tỷ số và phần trăm"},
      {"parts_total", "các phần và tổng"},
      {"table_total", "các dòng và dòng tổng của bảng"},
      {"digits_words", "số viết bằng chữ số và bằng chữ"},
      {"reference_date", "ngày của văn bản được viện dẫn"},
      {"reference_issuer", "cơ quan của văn bản được viện dẫn"},
      {"duplicated_paragraph", "đoạn văn lặp lại"}};
  const std::size_t colon = check.find(": ");
  const auto name = names.find(check.substr(0, colon));
  if (colon == std::string::npos || name == names.end()) return "mâu thuẫn " + check;
  return "mâu thuẫn giữa " + name->second + " (" + check.substr(colon + 2) + ")";
}

std::string what_to_review(const Summary& summary) {
  std::string out;
  const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  for (const SummaryField& field : summary.fields)
    if (field.doubtful && !repeats_others(field.name)) add(register_head(field.name));
  for (const std::string& check : summary.failed_checks) add(contradiction_text(check));
  for (const SummaryPage& page : summary.pages)
    if (was_not_read(page)) add("trang " + std::to_string(page.number) + " chưa đọc được");
  return out;
}

void check_register_name(const fs::path& file) { check_sheet_name(file, "the register"); }

void make_register(Ledger& ledger, const fs::path& file,
                   const std::function<void(std::string_view)>& write) {
  check_register_name(file);
  Pieces out(write);
  if (file.extension() == ".jsonl") {
    write_json_lines(ledger, out);
  } else {
    const std::unique_ptr<SheetWriter> sheets = make_sheet_writer(file);
    write_documents(ledger, fs::absolute(file).parent_path(), *sheets, out);
    write_failures(ledger, *sheets);
    out.add(sheets->finish());
  }
  out.end();
}

}  // namespace vanban::pipeline
