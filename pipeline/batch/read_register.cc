#include "pipeline/batch/read_register.h"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <stdexcept>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/words/dates.h"
#include "ocr/document/xml_text.h"
#include "pipeline/batch/corrections.h"
#include "pipeline/batch/register.h"
#include "pipeline/record/table_csv.h"
#include "pipeline/sheets/workbook.h"

namespace vanban::pipeline {
namespace {

using Cells = std::vector<std::vector<std::string>>;

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

// From words: "ngày 7 tháng 3 năm 2021".
std::optional<std::string> iso_of_words(const std::string& text) {
  std::string folded = diacritics::fold(diacritics::to_nfc(text));
  constexpr std::string_view kDay = "ngay ";
  if (folded.starts_with(kDay)) folded.erase(0, kDay.size());
  const auto named = extract::date_at(folded, folded.find_first_not_of(' '));
  if (!named || folded.find_first_not_of(" .", named->end) != folded.npos) return std::nullopt;
  return extract::iso(named->date);
}

// From ISO 8601, DD/MM/YYYY, words or a table program's serial number.
std::optional<std::string> iso_date(const std::string& text) {
  // 1954: what is less is a year or a day that somebody typed by itself.
  constexpr double kSerialMin = 20000;
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
  if (!text.empty() && *rest == '\0' && serial >= kSerialMin && serial < 80000)
    return iso_of_serial(serial);
  return iso_of_words(text);
}

// Of a CSV; whether its last row has an end.
struct CsvCells {
  Cells rows;
  bool is_whole = true;
};

CsvCells csv_cells(const std::string& bytes) {
  struct Parsed {
    Cells rows{1};
  } parsed;
  csv_parser parser;
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
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
  const bool is_whole = csv_fini(&parser, on_cell, on_row, &parsed) == 0;
  return {std::move(parsed.rows), is_whole};
}

bool holds_number(const RegisterColumn& column) {
  return column.field == "number" || column.field == "arrival.number";
}

// Whether a table program's idea `a` of a value is ours: white space apart, and zeros that it takes
// off a number.
bool same_value(const RegisterColumn& column, std::string a, std::string b) {
  const auto folded = [](const std::string& text) {
    std::string out;
    for (const std::string& word : diacritics::split_words(diacritics::to_nfc(ocr::xml_text(text))))
      out += (out.empty() ? "" : " ") + word;
    return out;
  };
  a = folded(a);
  b = folded(b);
  const bool is_number = holds_number(column);
  const auto without_zeros = [](const std::string& text) {
    return text.substr(std::min(text.find_first_not_of('0'), text.size()));
  };
  return a == b || (is_number && a.size() < b.size() && without_zeros(a) == without_zeros(b));
}

// What the columns of a table hold.
struct Heads {
  std::size_t count = 0, all = 0;  // up to the last that is there; with empty ones after it
  std::optional<std::size_t> path, first_page, sha256, seen;
  std::map<std::size_t, std::string> fields, others;  // by column
};

Heads heads_of(const std::vector<std::string>& row) {
  Heads out;
  out.all = row.size();
  std::set<std::string> seen;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string head = without_margins(diacritics::to_nfc(row[i]));
    if (!head.empty()) out.count = i + 1;
    const auto column = std::find_if(register_columns().begin(), register_columns().end(),
                                     [&](const RegisterColumn& one) { return one.head == head; });
    // A head that stands twice is of a column of one's own the second time.
    const bool again = !seen.insert(head).second;
    if (again || head.empty())
      out.others[i] = head + '#' + std::to_string(i + 1);
    else if (column != register_columns().end())
      out.fields[i] = std::string(column->field);
    else if (head == kPathHead)
      out.path = i;
    else
      out.others[i] = head;
    if (!again && head == kFirstPageHead) out.first_page = i;
    if (!again && head == kHashHead) out.sha256 = i;
    if (!again && head == kSeenHead) {
      out.others.erase(i);
      out.seen = i;
    }
  }
  return out;
}

// 0 for nothing, -1 for what is no number.
int page_number(const std::string& cell) {
  if (cell.empty()) return 0;
  const bool is_number = cell.size() < 8 && cell.find_first_not_of("0123456789") == cell.npos;
  return is_number ? std::atoi(cell.c_str()) : -1;
}

RegisterRow row_from(const std::vector<std::string>& cells, const Heads& heads) {
  const auto cell = [&](std::size_t at) {
    return at < cells.size() ? without_margins(cells[at]) : std::string();
  };
  RegisterRow out;
  out.path = cell(*heads.path);
  if (heads.first_page) out.first_page = page_number(cell(*heads.first_page));
  if (heads.sha256) out.sha256 = cell(*heads.sha256);
  if (heads.seen) out.seen = cell(*heads.seen);
  for (const auto& [at, field] : heads.fields) {
    std::string value = cell(at);
    out.fields[field] = value.empty() ? std::nullopt : std::optional(std::move(value));
  }
  for (const auto& [at, head] : heads.others)
    if (std::string value = cell(at); !value.empty()) out.others[head] = std::move(value);
  for (std::size_t i = heads.all; i < cells.size(); ++i)
    if (std::string value = cell(i); !value.empty())
      out.others['#' + std::to_string(i + 1)] = std::move(value);
  return out;
}

bool is_empty(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](const std::string& cell) { return without_margins(cell).empty(); });
}

// Of a CSV.
bool is_whole(const std::vector<std::string>& cells, const Heads& heads) {
  return cells.size() >= heads.count &&
         is_empty({cells.begin() + static_cast<std::ptrdiff_t>(heads.count), cells.end()});
}

// Whether it can be a document's number: digits, perhaps with a letter or a second number, as "05",
// "12a", "31-2".
bool is_document_number(const std::string& text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !is_digit(text.front())) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '/') return false;
    if (text[i] == '-' && (i + 1 == text.size() || !is_digit(text[i + 1]))) return false;
  }
  return true;
}

// As the register writes it; nothing where it is no such value.
std::optional<std::string> as_written(const RegisterColumn& column, const std::string& typed) {
  return column.is_date ? iso_date(typed) : std::optional(typed);
}

bool same_cell(const RegisterColumn& column, const std::optional<std::string>& a,
               const std::optional<std::string>& b) {
  const auto plain = [&](const std::optional<std::string>& cell) {
    return cell ? as_written(column, *cell).value_or(*cell) : std::string();
  };
  return same_value(column, plain(a), plain(b));
}

std::optional<std::string> cell_of(const RegisterRow& row, std::string_view field) {
  const auto cell = row.fields.find(std::string(field));
  return cell == row.fields.end() ? std::nullopt : cell->second;
}

// The columns that a mark names, all where it is only a mark; nothing where it is neither.
std::optional<std::set<std::string>> marked_fields(const std::string& mark) {
  static const std::set<std::string> kMarks{"x",  "v",    "✓",   "✔",      "1",
                                            "ok", "dung", "roi", "da xem", "da xem, dung"};
  std::set<std::string> out;
  const std::string folded = diacritics::fold(diacritics::to_nfc(mark));
  for (const RegisterColumn& column : register_columns())
    if (kMarks.contains(folded)) out.insert(std::string(column.field));
  if (!out.empty()) return out;
  for (std::size_t at = 0; at <= folded.size();) {
    const std::size_t end = std::min(folded.find(';', at), folded.size());
    const std::string name = without_margins(folded.substr(at, end - at));
    const auto column =
        std::find_if(register_columns().begin(), register_columns().end(),
                     [&](const RegisterColumn& one) { return diacritics::fold(one.head) == name; });
    if (column == register_columns().end()) return std::nullopt;
    out.insert(std::string(column->field));
    at = end + 1;
  }
  return out;
}

// What is doubtful in a row that somebody marked as seen and right becomes that person's word.
void accept_seen(const RegisterRow& row, const Summary& now, Typed& out) {
  if (row.seen.empty()) return;
  const auto fields = marked_fields(row.seen);
  if (!fields) {
    out.refusals.push_back(
        {label_of(row) + ", " + std::string(kSeenHead), "it is no mark",
         fmt::format("\"{}\"; write x, or the heads of the columns that are right", row.seen)});
    return;
  }
  for (const RegisterColumn& column : register_columns()) {
    const std::string field(column.field);
    if (!fields->contains(field) || !now.field(field).doubtful) continue;
    const std::optional<std::string>& value = now.field(field).value;
    // Only what the row shows has been seen; what was typed there is corrected.
    if (same_cell(column, cell_of(row, field), value))
      out.corrections.push_back({field, value, row.first_page});
  }
  std::string checks;
  for (const std::string& check : now.failed_checks) checks += (checks.empty() ? "" : "\n") + check;
  if (fields->size() == register_columns().size() && !checks.empty())
    out.corrections.push_back({std::string(kAcceptedChecks), checks, row.first_page});
}

}  // namespace

std::string text_of(const Refusal& refusal) {
  return refusal.where + ": " + refusal.why +
         (refusal.more.empty() ? "" : " (" + refusal.more + ")");
}

std::string label_of(const RegisterRow& row) {
  return fmt::format("row {} ({})", row.number, row.path);
}

Register read_register(const std::string& bytes) {
  const bool is_workbook = bytes.starts_with("PK");
  CsvCells csv;
  std::vector<SheetCells> sheets;
  if (is_workbook)
    sheets = all_sheets(bytes);
  else
    csv = csv_cells(bytes);
  // Somebody may have put a sheet before it, or saved it alone under another name.
  const auto own = std::find_if(sheets.begin(), sheets.end(), [](const SheetCells& sheet) {
    return sheet.name == kDocumentsSheet;
  });
  const std::size_t place =
      own == sheets.end() ? 0 : static_cast<std::size_t>(own - sheets.begin());
  const Cells cells = is_workbook ? std::move(sheets[place].rows) : std::move(csv.rows);
  const Heads heads = cells.empty() ? Heads{} : heads_of(cells.front());
  if (!heads.path || heads.fields.empty())
    throw std::invalid_argument("it is no register: its first row has no \"" +
                                std::string(kPathHead) + "\" and none of the heads of fields");
  if (!csv.is_whole && !heads.sha256)
    throw std::invalid_argument("it is cut off: its last cell has no end");
  Register out;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    if (is_empty(cells[i])) continue;
    RegisterRow row = row_from(cells[i], heads);
    row.number = static_cast<int>(i) + 1;
    // A workbook leaves out empty cells at the end, a CSV does not.
    // The rest of a row that is too short may be anywhere, with that of the rows behind it.
    if (!is_workbook && !heads.sha256 && cells[i].size() < heads.count)
      throw std::invalid_argument(fmt::format(
          "{} is not whole ({} cells under {} heads); the register is cut off or damaged, nothing "
          "of it was taken over",
          label_of(row), cells[i].size(), heads.count));
    const bool is_cut = !csv.is_whole && i + 1 == cells.size();
    if (!is_workbook && (is_cut || !is_whole(cells[i], heads))) {
      out.refusals.push_back(
          {label_of(row), "the row is not whole",
           is_cut ? "the file is cut off in it"
                  : fmt::format("{} cells under {} heads", cells[i].size(), heads.count)});
    } else if (row.first_page < 0) {
      out.refusals.push_back({label_of(row), "its first page is no number", ""});
    } else if (row.path.empty()) {
      out.refusals.push_back({label_of(row), "it names no file", ""});
    } else {
      out.by_path[row.path].push_back(out.rows.size());
      out.rows.push_back(std::move(row));
    }
  }
  // The last cell has not been told where it has no end.
  if (!csv.is_whole && is_empty(cells.back()))
    out.refusals.push_back(
        {fmt::format("row {}", cells.size()), "the row is not whole", "the file is cut off in it"});
  for (std::size_t i = 0; i < sheets.size(); ++i)
    if (i != place)
      out.beside.insert(out.beside.end(), sheets[i].rows.begin(), sheets[i].rows.end());
  return out;
}

const RegisterRow* row_of(const Register& in, const std::string& path, int first_page) {
  const auto places = in.by_path.find(path);
  if (places == in.by_path.end()) return nullptr;
  for (const std::size_t place : places->second)
    if (first_page == 0 || in.rows[place].first_page == first_page) return &in.rows[place];
  return nullptr;
}

Typed typed_into(const RegisterRow& row, const RegisterRow* before, const Summary& now) {
  Typed out;
  for (const RegisterColumn& column : register_columns()) {
    const std::string field(column.field);
    if (!row.fields.contains(field)) continue;
    const std::optional<std::string> cell = cell_of(row, field);
    const bool was_written = before != nullptr && before->fields.contains(field);
    if (was_written && same_cell(column, cell, cell_of(*before, field))) continue;
    const SummaryField& known = now.field(field);
    if (same_cell(column, cell, known.value)) continue;
    const std::string place = label_of(row) + ", " + column.head;
    if (was_written && known.source == kOperator &&
        !same_cell(column, known.value, cell_of(*before, field))) {
      out.refusals.push_back(
          {place, "another value was typed elsewhere since",
           fmt::format("\"{}\" here, \"{}\" there", cell.value_or(""), known.value.value_or(""))});
      continue;
    }
    std::optional<std::string> value = cell;
    if (cell && cell->starts_with('=')) {
      out.refusals.push_back({place, "it is a formula without a value", *cell});
      continue;
    }
    if (cell) {
      value = as_written(column, *cell);
      if (!value) {
        out.refusals.push_back(
            {place, "it is no date", fmt::format("\"{}\"; write it as 25/07/2025", *cell)});
        continue;
      }
    }
    if (cell && holds_number(column) && !is_document_number(*value)) {
      out.refusals.push_back({place, "it is no number of a document",
                              fmt::format("\"{}\"; a symbol has a column of its own", *cell)});
      continue;
    }
    out.corrections.push_back({field, value, row.first_page});
  }
  if (before == nullptr || row.seen != before->seen) accept_seen(row, now, out);
  return out;
}

bool says_more(const Register& typed, const Register& before) {
  if (typed.beside != before.beside) return true;
  return std::any_of(typed.rows.begin(), typed.rows.end(), [&](const RegisterRow& row) {
    const RegisterRow* was = row_of(before, row.path, row.first_page);
    return std::any_of(row.others.begin(), row.others.end(), [&](const auto& other) {
      if (was == nullptr) return true;
      const auto written = was->others.find(other.first);
      return written == was->others.end() || written->second != other.second;
    });
  });
}

std::size_t count_differences(const Register& a, const Register& b) {
  std::size_t out = 0;
  for (const RegisterRow& row : a.rows) {
    const RegisterRow* other = row_of(b, row.path, row.first_page);
    for (const RegisterColumn& column : register_columns())
      if (other == nullptr ||
          !same_cell(column, cell_of(row, column.field), cell_of(*other, column.field)))
        ++out;
    if (other != nullptr && other->seen != row.seen) ++out;
    // What vanban says of a document in them tells of which register it is a copy.
    if (other != nullptr && other->others != row.others) ++out;
  }
  return out;
}

}  // namespace vanban::pipeline
