#include "pipeline/sheets/figures.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "extract/record.h"
#include "pipeline/record/bounded_json.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;

SheetCell text_at(const Json& value) {
  SheetCell out;
  if (value.is_string()) out.text = value.get<std::string>();
  return out;
}

SheetCell date_at(const Json& value) { return date_cell(text_at(value).text); }

std::optional<double> measured(const Json& indicator, const char* key) {
  const Json& node = indicator.at(key);
  return node.is_null() ? std::nullopt : std::optional(node.at("value").get<double>());
}

// "I. Kết quả > 2. Y tế"
std::string section_text(const Json& outline, const Json& section) {
  std::string out;
  for (Json at = section; !at.is_null();) {
    const Json& heading = outline.at(at.get<std::size_t>());
    const Json& title = heading.at("title").at("value");
    std::string text = heading.at("label").get<std::string>();
    if (title.is_string()) text += ". " + title.get<std::string>();
    out = out.empty() ? text : text + " > " + out;
    at = heading.at("parent");
  }
  return out;
}

std::string status_text(const std::string& status, bool is_for_people) {
  if (!is_for_people) return status;
  return status == "target" ? "mục tiêu" : status == "estimate" ? "ước tính" : "thực hiện";
}

// What a cell of a table says is that of its row and column.
std::string subject_text(const Json& indicator) {
  const Json& subject = indicator.at("subject").at("value");
  if (subject.is_string()) return subject.get<std::string>();
  const Json& cell = indicator.at("table");
  if (cell.is_null()) return "";
  const std::string row = cell.at("row_head"), column = cell.at("column_head");
  return row.empty() || column.empty() ? row + column : row + " – " + column;
}

std::vector<SheetCell> row_of_figure(const Json& record, const Json& indicator,
                                     const std::string& file, bool is_for_people) {
  const Json& document = record.at("document");
  const Json& period = indicator.at("period");
  const auto of_period = [&](const char* key) {
    return period.is_null() ? Json(nullptr) : period.at(key);
  };
  const double confidence = indicator.at("confidence").get<double>();
  const bool doubtful =
      indicator.value("needs_review", false) || confidence < extract::kReviewBelow;
  const auto doubted = [&](SheetCell cell) {
    if (doubtful) cell.look = SheetCell::Look::Doubtful;
    return cell;
  };
  const auto text = [](const std::string& of) { return of.empty() ? SheetCell{} : text_cell(of); };
  // A share without a count is itself the value.
  const std::optional<double> value = measured(indicator, "value");
  const std::optional<double> percent = measured(indicator, "percent");
  const bool is_share = !value && percent;
  const Json& as_of = of_period("as_of");
  return {text_at(document.at("code").at("value")),
          date_at(document.at("date").at("value")),
          text_at(document.at("issuing_agency").at("value")),
          text(section_text(record.at("outline"), indicator.at("section"))),
          doubted(text(subject_text(indicator))),
          text_at(indicator.at("entity").at("value")),
          doubted(number_cell(is_share ? percent : value)),
          is_share ? text_cell("%") : text_at(indicator.at("unit").at("normalised")),
          number_cell(measured(indicator, "value_to")),
          number_cell(measured(indicator, "denominator")),
          number_cell(percent),
          text_at(of_period("raw")),
          date_at(of_period("start")),
          date_at(as_of.is_null() ? of_period("end") : as_of),
          text_cell(status_text(indicator.at("status"), is_for_people)),
          number_cell(indicator.at("page").get<int>()),
          text_at(indicator.at("quote").at("exact")),
          number_cell(confidence),
          mark_cell(doubtful),
          text_cell(file)};
}

}  // namespace

void begin_figures(SheetWriter& sheet) {
  sheet.begin_sheet("Số liệu", {{"Số ký hiệu", 16, "code"},
                                {"Ngày văn bản", 12, "date"},
                                {"Cơ quan ban hành", 28, "agency"},
                                {"Phần", 30, "section"},
                                {"Chỉ tiêu", 36, "subject"},
                                {"Của", 20, "entity"},
                                {"Giá trị", 12, "value"},
                                {"Đơn vị tính", 14, "unit"},
                                {"Đến giá trị", 12, "value_to"},
                                {"Trên tổng số", 12, "denominator"},
                                {"Tỷ lệ %", 10, "percent"},
                                {"Kỳ", 24, "period"},
                                {"Kỳ từ ngày", 12, "period_start"},
                                {"Kỳ đến ngày", 12, "period_end"},
                                {"Loại số liệu", 12, "status"},
                                {"Trang", 8, "page"},
                                {"Trích dẫn", 60, "quote"},
                                {"Độ tin", 8, "confidence"},
                                {"Cần xem lại", 10, "needs_review"},
                                {"Tệp", 30, "file"}});
}

void add_figures(SheetWriter& sheet, std::string_view record_json, const std::string& file) {
  require_bounded(record_json);
  const Json root = Json::parse(record_json);
  const auto add = [&](const Json& record) {
    for (const Json& indicator : record.at("indicators"))
      sheet.add_row(row_of_figure(record, indicator, file, sheet.is_for_people()));
  };
  if (!root.is_array()) return add(root);
  for (const Json& record : root) add(record);
}

std::string figures_bytes(const std::filesystem::path& to, std::string_view record_json,
                          const std::string& file) {
  const std::unique_ptr<SheetWriter> sheet = make_sheet_writer(to);
  begin_figures(*sheet);
  add_figures(*sheet, record_json, file);
  return sheet->finish();
}

}  // namespace vanban::pipeline
