#include "pipeline/batch/register.h"

#include <csv.h>
#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "extract/document_fields.h"
#include "ocr/document/xml_text.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/record/table_csv.h"

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
  if (row.entry.state == DocumentState::Partial) return "Thiếu trang";
  if (row.summary.doubts() > 0) return "Cần xem lại";
  return row.summary.reviewed > 0 ? "Đã sửa" : "Đạt";
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

// What the checks of a record compare.
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

// ---- CSV

std::string csv_cell(std::string text) {
  text = ocr::xml_text(text);
  if (looks_like_formula(text)) text.insert(0, 1, '\'');
  std::string quoted(2 * text.size() + 2, '\0');
  quoted.resize(::csv_write(quoted.data(), quoted.size(), text.data(), text.size()));
  return quoted;
}

std::string as_csv(Ledger& ledger) {
  std::vector<std::string> heads{std::string(kPathHead), std::string(kFirstPageHead),
                                 std::string(kLastPageHead)};
  for (const RegisterColumn& column : register_columns()) heads.emplace_back(column.head);
  for (const std::string_view head : {kStateHead, kReviewHead, kTwinHead, kHashHead})
    heads.emplace_back(head);
  std::string out = "\xEF\xBB\xBF" + csv_row(heads);
  for_each_row(ledger, [&](const Row& row) {
    std::vector<std::string> cells{row.entry.path, std::to_string(row.summary.first_page),
                                   std::to_string(row.summary.last_page)};
    for (const RegisterColumn& column : register_columns())
      cells.push_back(row.summary.field(column.field).value.value_or(""));
    cells.push_back(state_text(row));
    cells.push_back(what_to_review(row.summary));
    cells.push_back(row.twin);
    cells.push_back(row.entry.sha256);
    out += csv_row(cells);
  });
  return out;
}

// ---- JSON lines

std::string as_json_lines(Ledger& ledger) {
  std::string out;
  for_each_row(ledger, [&](const Row& row) {
    Json line{{"path", row.entry.path},
              {"record", "records/" + row.entry.stem + ".json"},
              {"sha256", row.entry.sha256},
              {"pages", Json::array({row.summary.first_page, row.summary.last_page})},
              {"state", name_of(row.entry.state)},
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
    out += line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  });
  return out;
}

// ---- XLSX

// A file of its own while the workbook is made, gone afterwards. Nobody can have put a link there.
class ScratchFile {
 public:
  explicit ScratchFile(const fs::path& beside) {
    std::string name = (beside.parent_path() / (temporary_prefix(::getpid()) + "XXXXXX")).string();
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor < 0)
      throw OutputError("cannot write " + name + ": " + std::strerror(errno),
                        kind_of_output_error(errno));
    ::close(descriptor);
    path_ = name;
  }
  ~ScratchFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Formats {
  lxw_format *head, *plain, *doubtful, *corrected, *date, *doubtful_date, *corrected_date;
};

Formats make_formats(lxw_workbook* book) {
  constexpr lxw_color_t kYellow = 0xFFF2CC, kGreen = 0xE2EFDA, kGrey = 0xD9D9D9;
  const auto make = [&](lxw_color_t fill, bool is_date) {
    lxw_format* format = workbook_add_format(book);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (fill != 0) format_set_bg_color(format, fill);
    if (is_date) format_set_num_format(format, "dd/mm/yyyy");
    return format;
  };
  Formats out{make(kGrey, false), make(0, false),      make(kYellow, false), make(kGreen, false),
              make(0, true),      make(kYellow, true), make(kGreen, true)};
  format_set_bold(out.head);
  return out;
}

std::optional<lxw_datetime> excel_date(const std::string& iso) {
  int year = 0, month = 0, day = 0;
  if (std::sscanf(iso.c_str(), "%4d-%2d-%2d", &year, &month, &day) != 3) return std::nullopt;
  // The programs' calendar begins in 1900.
  if (year < 1900) return std::nullopt;
  return lxw_datetime{year, month, day, 0, 0, 0};
}

// A workbook is XML, whatever a file is called.
void write_text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t at, const std::string& text,
                lxw_format* format) {
  worksheet_write_string(sheet, row, at, ocr::xml_text(text).c_str(), format);
}

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t at, const RegisterColumn& column,
                const SummaryField& field, const Formats& formats) {
  const bool corrected = field.source == kOperator;
  lxw_format* text = corrected        ? formats.corrected
                     : field.doubtful ? formats.doubtful
                                      : formats.plain;
  if (!field.value) {
    worksheet_write_blank(sheet, row, at, text);
    return;
  }
  auto date = column.is_date ? excel_date(*field.value) : std::nullopt;
  if (date) {
    lxw_format* format = corrected        ? formats.corrected_date
                         : field.doubtful ? formats.doubtful_date
                                          : formats.date;
    worksheet_write_datetime(sheet, row, at, &*date, format);
  } else {
    write_text(sheet, row, at, *field.value, text);
  }
}

struct Column {
  std::string_view head;
  double width;
};

void write_heads(lxw_worksheet* sheet, const std::vector<Column>& columns, const Formats& formats) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, at, at, columns[i].width, nullptr);
    worksheet_write_string(sheet, 0, at, std::string(columns[i].head).c_str(), formats.head);
  }
  worksheet_freeze_panes(sheet, 1, 1);
}

void write_documents(Ledger& ledger, lxw_worksheet* sheet, const Formats& formats) {
  std::vector<Column> columns{{kPathHead, 30}, {kFirstPageHead, 8}, {kLastPageHead, 8}};
  for (const RegisterColumn& column : register_columns())
    columns.push_back({column.head, column.width});
  columns.insert(columns.end(),
                 {{kStateHead, 14}, {kReviewHead, 40}, {kTwinHead, 30}, {kHashHead, 12}});
  write_heads(sheet, columns, formats);
  lxw_row_t row = 0;
  for_each_row(ledger, [&](const Row& of) {
    ++row;
    lxw_col_t at = 0;
    const auto text = [&](const std::string& value) {
      write_text(sheet, row, at++, value, formats.plain);
    };
    text(of.entry.path);
    worksheet_write_number(sheet, row, at++, of.summary.first_page, formats.plain);
    worksheet_write_number(sheet, row, at++, of.summary.last_page, formats.plain);
    for (const RegisterColumn& column : register_columns())
      write_cell(sheet, row, at++, column, of.summary.field(column.field), formats);
    text(state_text(of));
    text(what_to_review(of.summary));
    text(of.twin);
    text(of.entry.sha256);
  });
  worksheet_autofilter(sheet, 0, 0, row, static_cast<lxw_col_t>(columns.size() - 1));
}

void write_failures(Ledger& ledger, lxw_worksheet* sheet, const Formats& formats) {
  write_heads(sheet, {{kPathHead, 40}, {"Mã lỗi", 18}, {"Lý do", 80}, {"Số lần thử", 12}}, formats);
  lxw_row_t row = 0;
  ledger.for_each([&](const LedgerEntry& entry) {
    if (entry.state != DocumentState::Failed && entry.state != DocumentState::Partial) return;
    ++row;
    write_text(sheet, row, 0, entry.path, formats.plain);
    write_text(sheet, row, 1, entry.code, formats.plain);
    write_text(sheet, row, 2, in_language(ledger.language(), entry.message), formats.plain);
    worksheet_write_number(sheet, row, 3, entry.attempts, formats.plain);
  });
  worksheet_autofilter(sheet, 0, 0, row, 3);
}

std::string as_workbook(Ledger& ledger, const fs::path& file) {
  const ScratchFile scratch(fs::absolute(file));
  const std::string name = scratch.path().string();
  lxw_workbook* book = workbook_new(name.c_str());
  if (book == nullptr) throw OutputError("cannot write " + name);
  const Formats formats = make_formats(book);
  lxw_doc_properties properties{};
  // No clock: the same register every time. 1 January 2000.
  properties.created = 946684800;
  workbook_set_properties(book, &properties);
  write_documents(ledger, workbook_add_worksheet(book, "Văn bản"), formats);
  write_failures(ledger, workbook_add_worksheet(book, "Lỗi"), formats);
  if (const lxw_error error = workbook_close(book); error != LXW_NO_ERROR)
    throw OutputError("cannot write " + file.string() + ": " + lxw_strerror(error));
  return read_file(scratch.path());
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

void check_register_name(const fs::path& file) {
  const std::string extension = file.extension().string();
  if (extension != ".csv" && extension != ".xlsx" && extension != ".jsonl")
    throw std::invalid_argument("the register " + file.string() +
                                " must end in .csv, .xlsx or .jsonl");
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) out += (out.empty() ? "" : ",") + csv_cell(cell);
  return out + "\r\n";
}

std::string register_bytes(Ledger& ledger, const fs::path& file) {
  check_register_name(file);
  const std::string extension = file.extension().string();
  if (extension == ".csv") return as_csv(ledger);
  if (extension == ".jsonl") return as_json_lines(ledger);
  return as_workbook(ledger, file);
}

}  // namespace vanban::pipeline
