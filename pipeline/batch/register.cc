#include "pipeline/batch/register.h"

#include <csv.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/document_fields.h"
#include "ocr/document/error.h"
#include "pipeline/batch/corrections.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/batch/workbook.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/record/schema.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kPathHead = "Tệp", kFirstPageHead = "Từ trang",
                           kLastPageHead = "Đến trang", kStateHead = "Tình trạng",
                           kReviewHead = "Cần xem lại", kTwinHead = "Trùng với tệp";

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

// What a table program would take for a formula is made a text by an apostrophe.
bool looks_like_formula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t").find(text.front()) != std::string_view::npos;
}

std::string csv_cell(std::string text) {
  if (looks_like_formula(text)) text.insert(0, 1, '\'');
  std::string quoted(2 * text.size() + 2, '\0');
  quoted.resize(::csv_write(quoted.data(), quoted.size(), text.data(), text.size()));
  return quoted;
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) out += (out.empty() ? "" : ",") + csv_cell(cell);
  return out + "\r\n";
}

void write_csv(Ledger& ledger, OutputFile& out) {
  std::vector<std::string> heads{std::string(kPathHead), std::string(kFirstPageHead),
                                 std::string(kLastPageHead)};
  for (const RegisterColumn& column : register_columns()) heads.emplace_back(column.head);
  for (const std::string_view head : {kStateHead, kReviewHead, kTwinHead}) heads.emplace_back(head);
  out.write("\xEF\xBB\xBF" + csv_row(heads));
  for_each_row(ledger, [&](const Row& row) {
    std::vector<std::string> cells{row.entry.path, std::to_string(row.summary.first_page),
                                   std::to_string(row.summary.last_page)};
    for (const RegisterColumn& column : register_columns())
      cells.push_back(row.summary.field(column.field).value.value_or(""));
    cells.push_back(state_text(row));
    cells.push_back(what_to_review(row.summary));
    cells.push_back(row.twin);
    out.write(csv_row(cells));
  });
}

// ---- JSON lines

void write_json_lines(Ledger& ledger, OutputFile& out) {
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
    out.write(line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n');
  });
}

// ---- XLSX

std::string read_named_file(const fs::path& file) {
  try {
    return read_file(file);
  } catch (const ocr::InputError& error) {
    throw Error(ErrorKind::Access, file.string() + " " + error.what());
  }
}

// A file of its own while the workbook is made, gone afterwards.
class ScratchFile {
 public:
  explicit ScratchFile(const fs::path& beside)
      : path_(beside.parent_path() / (temporary_prefix(::getpid()) + "register.xlsx")) {}
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

void write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t at, const RegisterColumn& column,
                const SummaryField& field, const Formats& formats) {
  const bool corrected = field.source == "operator";
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
    worksheet_write_string(sheet, row, at, field.value->c_str(), text);
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
  columns.insert(columns.end(), {{kStateHead, 14}, {kReviewHead, 40}, {kTwinHead, 30}});
  write_heads(sheet, columns, formats);
  lxw_row_t row = 0;
  for_each_row(ledger, [&](const Row& of) {
    ++row;
    lxw_col_t at = 0;
    const auto text = [&](const std::string& value) {
      worksheet_write_string(sheet, row, at++, value.c_str(), formats.plain);
    };
    text(of.entry.path);
    worksheet_write_number(sheet, row, at++, of.summary.first_page, formats.plain);
    worksheet_write_number(sheet, row, at++, of.summary.last_page, formats.plain);
    for (const RegisterColumn& column : register_columns())
      write_cell(sheet, row, at++, column, of.summary.field(column.field), formats);
    text(state_text(of));
    text(what_to_review(of.summary));
    text(of.twin);
  });
  worksheet_autofilter(sheet, 0, 0, row, static_cast<lxw_col_t>(columns.size() - 1));
}

void write_failures(Ledger& ledger, lxw_worksheet* sheet, const Formats& formats) {
  write_heads(sheet, {{kPathHead, 40}, {"Mã lỗi", 18}, {"Lý do", 80}, {"Số lần thử", 12}}, formats);
  lxw_row_t row = 0;
  ledger.for_each([&](const LedgerEntry& entry) {
    if (entry.state != DocumentState::Failed && entry.state != DocumentState::Partial) return;
    ++row;
    worksheet_write_string(sheet, row, 0, entry.path.c_str(), formats.plain);
    worksheet_write_string(sheet, row, 1, entry.code.c_str(), formats.plain);
    worksheet_write_string(sheet, row, 2, entry.message.c_str(), formats.plain);
    worksheet_write_number(sheet, row, 3, entry.attempts, formats.plain);
  });
  worksheet_autofilter(sheet, 0, 0, row, 3);
}

void write_workbook(Ledger& ledger, const fs::path& file, OutputFile& out) {
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
  out.write(read_named_file(scratch.path()));
}

// ---- The way back

std::string without_margins(std::string text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  return text.substr(first);
}

std::string iso_text(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

// Days between the calendars' beginnings: 1970-01-01 is day 25569 of the table programs.
std::string iso_of_serial(double serial) {
  const auto seconds = static_cast<std::int64_t>(std::llround((serial - 25569) * 86400));
  return iso_text(std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds))));
}

bool is_day(int year, int month, int day) {
  using namespace std::chrono;
  return year >= 1900 && year <= 2100 && month > 0 && day > 0 &&
         year_month_day(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day)))
             .ok();
}

// From ISO 8601, DD/MM/YYYY or a table program's serial number.
std::optional<std::string> iso_date(const std::string& text) {
  int a = 0, b = 0, c = 0, end = 0;
  if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &a, &b, &c, &end) == 3 &&
      end == static_cast<int>(text.size()) && is_day(a, b, c))
    return text;
  end = 0;
  if (std::sscanf(text.c_str(), "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &a, &b, &c, &end) == 3 &&
      end == static_cast<int>(text.size()) && is_day(c, b, a))
    return fmt::format("{:04}-{:02}-{:02}", c, b, a);
  char* rest = nullptr;
  const double serial = std::strtod(text.c_str(), &rest);
  if (!text.empty() && *rest == '\0' && serial >= 1 && serial < 80000) return iso_of_serial(serial);
  return std::nullopt;
}

std::vector<std::vector<std::string>> csv_cells(const std::string& bytes) {
  struct Parsed {
    std::vector<std::vector<std::string>> rows{1};
  } parsed;
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT) != 0) throw std::bad_alloc();
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, csv_free);
  const auto on_cell = [](void* text, std::size_t size, void* out) {
    std::string cell(static_cast<const char*>(text), size);
    if (cell.size() > 1 && cell.front() == '\'' &&
        looks_like_formula(std::string_view(cell).substr(1)))
      cell.erase(0, 1);
    static_cast<Parsed*>(out)->rows.back().push_back(std::move(cell));
  };
  const auto on_row = [](int, void* out) { static_cast<Parsed*>(out)->rows.emplace_back(); };
  const std::string_view text =
      std::string_view(bytes).substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  // Table programs of Vietnamese offices part cells by semicolons.
  const std::string_view head = text.substr(0, text.find('\n'));
  if (std::count(head.begin(), head.end(), ';') > std::count(head.begin(), head.end(), ','))
    csv_set_delim(&parser, ';');
  if (csv_parse(&parser, text.data(), text.size(), on_cell, on_row, &parsed) != text.size())
    throw std::invalid_argument(std::string("it is no CSV: ") + csv_strerror(csv_error(&parser)));
  csv_fini(&parser, on_cell, on_row, &parsed);
  return std::move(parsed.rows);
}

// Whether a table program's idea of a value is ours: white space apart, and zeros before a number.
bool same_value(const RegisterColumn& column, std::string a, std::string b) {
  const auto folded = [](const std::string& text) {
    std::string out;
    for (const std::string& word : diacritics::split_words(diacritics::to_nfc(text)))
      out += (out.empty() ? "" : " ") + word;
    return out;
  };
  a = folded(a);
  b = folded(b);
  const bool is_number = column.field == "number" || column.field == "arrival.number";
  const auto without_zeros = [](const std::string& text) {
    return text.substr(std::min(text.find_first_not_of('0'), text.size()));
  };
  return a == b || (is_number && without_zeros(a) == without_zeros(b));
}

std::vector<Correction> differences(const RegisterRow& row, const Summary& summary,
                                    std::vector<std::string>& problems) {
  std::vector<Correction> out;
  for (const RegisterColumn& column : register_columns()) {
    const auto cell = row.fields.find(std::string(column.field));
    if (cell == row.fields.end()) continue;
    std::optional<std::string> value = cell->second;
    if (value && column.is_date) {
      const std::optional<std::string> iso = iso_date(*value);
      if (!iso) {
        problems.push_back(row.path + ": \"" + *value + "\" is no date (" +
                           std::string(column.head) + "); write it as 25/07/2025");
        continue;
      }
      value = iso;
    }
    const std::string now = summary.field(column.field).value.value_or("");
    if (!same_value(column, value.value_or(""), now))
      out.push_back({std::string(column.field), value});
  }
  return out;
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

void write_register(Ledger& ledger, const fs::path& file) {
  check_register_name(file);
  OutputFile out(file);
  const std::string extension = file.extension().string();
  if (extension == ".csv")
    write_csv(ledger, out);
  else if (extension == ".jsonl")
    write_json_lines(ledger, out);
  else
    write_workbook(ledger, file, out);
  out.commit();
}

std::vector<RegisterRow> read_register(const fs::path& file) {
  const std::string bytes = read_named_file(file);
  const std::vector<std::vector<std::string>> cells =
      bytes.starts_with("PK") ? first_sheet(bytes) : csv_cells(bytes);
  std::map<std::size_t, std::string> fields;  // by column
  std::optional<std::size_t> path_column, page_column;
  const auto heads = cells.empty() ? std::vector<std::string>{} : cells.front();
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const std::string head = without_margins(diacritics::to_nfc(heads[i]));
    if (head == kPathHead) path_column = i;
    if (head == kFirstPageHead) page_column = i;
    for (const RegisterColumn& column : register_columns())
      if (head == column.head) fields[i] = std::string(column.field);
  }
  if (!path_column || fields.empty())
    throw std::invalid_argument(file.string() + " is no register: its first row has no \"" +
                                std::string(kPathHead) + "\" and none of the heads of fields");
  std::vector<RegisterRow> out;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const std::vector<std::string>& row = cells[i];
    const auto cell = [&](std::size_t at) {
      return at < row.size() ? without_margins(row[at]) : std::string();
    };
    RegisterRow one;
    one.path = cell(*path_column);
    if (one.path.empty()) continue;
    if (page_column) one.first_page = std::atoi(cell(*page_column).c_str());
    for (const auto& [at, field] : fields) {
      std::string value = cell(at);
      one.fields[field] = value.empty() ? std::nullopt : std::optional(std::move(value));
    }
    out.push_back(std::move(one));
  }
  return out;
}

CorrectionReport correct_from_register(Ledger& ledger, const fs::path& outputs,
                                       const fs::path& file) {
  CorrectionReport report;
  for (const RegisterRow& row : read_register(file)) {
    const std::optional<LedgerEntry> entry = ledger.find(row.path);
    const std::string summary = entry ? ledger.summary(row.path) : "";
    if (summary.empty()) {
      report.problems.push_back(row.path + ": this batch has no record of it");
      continue;
    }
    const std::vector<Summary> summaries = summaries_from_json(summary);
    if (row.first_page != 0 && row.first_page != summaries.front().first_page) {
      const auto later = std::find_if(summaries.begin(), summaries.end(), [&](const Summary& one) {
        return one.first_page == row.first_page;
      });
      if (later == summaries.end() || !differences(row, *later, report.problems).empty())
        report.problems.push_back(row.path +
                                  ": only the first document of a file can be corrected");
      continue;
    }
    const std::vector<Correction> corrections =
        differences(row, summaries.front(), report.problems);
    if (corrections.empty()) continue;
    const fs::path record = record_file(outputs, entry->stem);
    const std::string corrected = corrected_record(read_named_file(record), corrections);
    if (summaries.size() == 1) require_valid_record(corrected);
    // The ledger first: what it knows is put into every later reading.
    ledger.correct(row.path, corrections);
    OutputFile out(record);
    out.write(corrected);
    out.commit();
    const std::vector<Summary> after = summarize(corrected);
    int doubts = entry->pages_unread;
    for (const Summary& one : after) doubts += one.doubts();
    ledger.set_summary(row.path, summaries_to_json(after), doubts);
    ++report.documents;
    report.values += static_cast<int>(corrections.size());
  }
  return report;
}

}  // namespace vanban::pipeline
