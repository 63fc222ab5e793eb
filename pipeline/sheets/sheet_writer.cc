#include "pipeline/sheets/sheet_writer.h"

#include <csv.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "ocr/document/xml_text.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/record/table_csv.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// Whole numbers without a decimal point, others as short as they are exact.
std::string number_text(double number) {
  constexpr double kExact = 9007199254740992;  // 2^53: all whole numbers up to it
  if (number == std::floor(number) && std::abs(number) < kExact)
    return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

// ---- CSV

std::string csv_cell(std::string text) {
  text = ocr::xml_text(text);
  if (looks_like_formula(text)) text.insert(0, 1, '\'');
  std::string quoted(2 * text.size() + 2, '\0');
  quoted.resize(::csv_write(quoted.data(), quoted.size(), text.data(), text.size()));
  return quoted;
}

class CsvWriter : public SheetWriter {
 public:
  void begin_sheet(const std::string&, const std::vector<SheetColumn>& columns) override {
    if (++sheets_ > 1) return;
    std::vector<std::string> heads;
    for (const SheetColumn& column : columns) heads.push_back(column.head);
    out_ = "\xEF\xBB\xBF" + csv_row(heads);
  }
  void add_row(const std::vector<SheetCell>& row) override {
    if (sheets_ > 1) return;
    std::vector<std::string> cells;
    for (const SheetCell& cell : row) cells.push_back(cell.text.value_or(""));
    out_ += csv_row(cells);
  }
  std::string take() override { return std::exchange(out_, {}); }
  std::string finish() override { return take(); }

 private:
  int sheets_ = 0;
  std::string out_;
};

// ---- JSON lines

class LinesWriter : public SheetWriter {
 public:
  void begin_sheet(const std::string&, const std::vector<SheetColumn>& columns) override {
    if (++sheets_ == 1) columns_ = columns;
  }
  void add_row(const std::vector<SheetCell>& row) override {
    if (sheets_ > 1) return;
    Json line = Json::object();
    for (std::size_t i = 0; i < row.size(); ++i) line[columns_[i].key] = value_of_cell(row[i]);
    out_ += line.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
  }
  bool is_for_people() const override { return false; }
  std::string take() override { return std::exchange(out_, {}); }
  std::string finish() override { return take(); }

 private:
  static Json value_of_cell(const SheetCell& cell) {
    if (cell.kind == SheetCell::Kind::Mark) return cell.text.has_value();
    if (!cell.text) return nullptr;
    // As its text says it: 5 and not 5.0.
    if (cell.kind == SheetCell::Kind::Number) return Json::parse(*cell.text);
    return *cell.text;
  }

  int sheets_ = 0;
  std::vector<SheetColumn> columns_;
  std::string out_;
};

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
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::optional<lxw_datetime> excel_date(const std::string& iso) {
  int year = 0, month = 0, day = 0;
  if (std::sscanf(iso.c_str(), "%4d-%2d-%2d", &year, &month, &day) != 3) return std::nullopt;
  // The programs' calendar begins in 1900.
  if (year < 1900) return std::nullopt;
  return lxw_datetime{year, month, day, 0, 0, 0};
}

class BookWriter : public SheetWriter {
 public:
  explicit BookWriter(const fs::path& file) : scratch_(fs::absolute(file)), file_(file) {
    const std::string name = scratch_.path().string();
    book_ = workbook_new(name.c_str());
    if (book_ == nullptr) throw OutputError("cannot write " + name);
    lxw_doc_properties properties{};
    // No clock: the same rows every time. 1 January 2000.
    properties.created = 946684800;
    workbook_set_properties(book_, &properties);
    for (const bool is_date : {false, true})
      for (const lxw_color_t fill : {lxw_color_t{0}, kYellow, kGreen})
        formats_.push_back(made_format(fill, is_date));
    head_ = made_format(kGrey, false);
    format_set_bold(head_);
    link_ = made_format(0, false);
    format_set_font_color(link_, kBlue);
    format_set_underline(link_, LXW_UNDERLINE_SINGLE);
  }
  // One that was not finished is written to its scratch file, which goes.
  ~BookWriter() override {
    if (book_ != nullptr) workbook_close(book_);
  }

  void begin_sheet(const std::string& name, const std::vector<SheetColumn>& columns) override {
    end_sheet();
    sheet_ = workbook_add_worksheet(book_, name.c_str());
    row_ = 0;
    columns_ = columns;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, at, at, columns[i].width, nullptr);
      worksheet_write_string(sheet_, 0, at, columns[i].head.c_str(), head_);
      lines = std::max(lines, lines_of(columns[i].head, columns[i].width));
    }
    set_height(lines);
    worksheet_freeze_panes(sheet_, 1, 1);
    // On paper all columns stand beside one another, under heads on every page.
    constexpr std::uint8_t kA3 = 8;
    worksheet_set_paper(sheet_, kA3);
    worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_repeat_rows(sheet_, 0, 0);
    worksheet_set_footer(sheet_, "&C&P/&N");
  }
  void add_row(const std::vector<SheetCell>& row) override {
    ++row_;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < row.size(); ++i) {
      write_cell(static_cast<lxw_col_t>(i), row[i]);
      if (columns_[i].sets_height)
        lines = std::max(lines, lines_of(row[i].text.value_or(""), columns_[i].width));
    }
    set_height(lines);
  }
  std::string finish() override {
    end_sheet();
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR)
      throw OutputError("cannot write " + file_.string() + ": " + lxw_strerror(error));
    return read_file(scratch_.path());
  }

 private:
  static constexpr lxw_color_t kYellow = 0xFFF2CC, kGreen = 0xE2EFDA, kGrey = 0xD9D9D9,
                               kBlue = 0x0563C1;

  lxw_format* made_format(lxw_color_t fill, bool is_date) {
    lxw_format* format = workbook_add_format(book_);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (fill != 0) format_set_bg_color(format, fill);
    if (is_date) format_set_num_format(format, "dd/mm/yyyy");
    return format;
  }
  lxw_format* format_of(SheetCell::Look look, bool is_date) const {
    return formats_[static_cast<std::size_t>(look) + (is_date ? 3 : 0)];
  }

  // That a text takes in a column of this width, in letters: a little more than is needed. Programs
  // that are not told how high a row is may let rows overlap.
  static std::size_t lines_of(const std::string& text, double width) {
    constexpr double kLetterWidth = 1.1;  // of the widest common letters, in digits
    std::size_t lines = 0;
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      const double letters = kLetterWidth * static_cast<double>(std::count_if(
                                                text.begin() + static_cast<std::ptrdiff_t>(at),
                                                text.begin() + static_cast<std::ptrdiff_t>(end),
                                                [](char c) { return (c & 0xc0) != 0x80; }));
      lines += std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(letters / width)));
      at = end + 1;
    }
    return lines;
  }
  void set_height(std::size_t lines) {
    constexpr double kLinePoints = 15, kMostPoints = 409;  // as table programs allow
    worksheet_set_row(sheet_, row_, std::min(kMostPoints, kLinePoints * static_cast<double>(lines)),
                      nullptr);
  }

  void write_comment(lxw_col_t at, const std::string& text) {
    lxw_comment_options options{};
    options.width = 260;  // pixels
    options.height =
        static_cast<std::uint16_t>(20 * std::min<std::size_t>(12, lines_of(text, 34) + 1));
    options.author = const_cast<char*>("vanban");
    worksheet_write_comment_opt(sheet_, row_, at, ocr::xml_text(text).c_str(), &options);
  }

  void write_cell(lxw_col_t at, const SheetCell& cell) {
    if (!cell.comment.empty()) write_comment(at, cell.comment);
    lxw_format* plain = format_of(cell.look, false);
    if (!cell.link.empty()) {
      // An address, and no "external:", which would have backslashes that only one system knows.
      // The text is written after it: there is room for so many links alone.
      worksheet_write_url(sheet_, row_, at, path_as_address(cell.link).c_str(), link_);
      plain = link_;
    }
    if (!cell.text) {
      worksheet_write_blank(sheet_, row_, at, plain);
      return;
    }
    const auto date = cell.kind == SheetCell::Kind::Date ? excel_date(*cell.text) : std::nullopt;
    if (date) {
      lxw_datetime day = *date;
      worksheet_write_datetime(sheet_, row_, at, &day, format_of(cell.look, true));
    } else if (cell.kind == SheetCell::Kind::Number) {
      worksheet_write_number(sheet_, row_, at, cell.number, plain);
    } else {
      // A workbook is XML, whatever a cell says.
      worksheet_write_string(sheet_, row_, at, ocr::xml_text(*cell.text).c_str(), plain);
    }
  }

  void end_sheet() {
    if (sheet_ == nullptr) return;
    worksheet_autofilter(sheet_, 0, 0, row_, static_cast<lxw_col_t>(columns_.size() - 1));
    sheet_ = nullptr;
  }

  ScratchFile scratch_;
  fs::path file_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_row_t row_ = 0;
  std::vector<SheetColumn> columns_;
  std::vector<lxw_format*> formats_;  // by look, then those of dates by look
  lxw_format *head_ = nullptr, *link_ = nullptr;
};

}  // namespace

SheetCell text_cell(std::string text) {
  SheetCell out;
  out.text = std::move(text);
  return out;
}

SheetCell number_cell(std::optional<double> number) {
  SheetCell out;
  if (!number) return out;
  out.kind = SheetCell::Kind::Number;
  out.number = *number;
  out.text = number_text(*number);
  return out;
}

SheetCell date_cell(std::optional<std::string> iso) {
  SheetCell out;
  out.kind = SheetCell::Kind::Date;
  out.text = std::move(iso);
  return out;
}

SheetCell mark_cell(bool is_set) {
  SheetCell out;
  out.kind = SheetCell::Kind::Mark;
  if (is_set) out.text = "x";
  return out;
}

std::string path_as_address(std::string_view path) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  std::string out;
  for (const char c : path)
    out += kPlain.find(c) != kPlain.npos
               ? std::string(1, c)
               : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return out;
}

void check_sheet_name(const fs::path& file, std::string_view what) {
  constexpr std::array<std::string_view, 3> kEndings{".csv", ".xlsx", ".jsonl"};
  if (std::find(kEndings.begin(), kEndings.end(), file.extension().string()) == kEndings.end())
    throw std::invalid_argument(
        fmt::format("{} {} must end in .csv, .xlsx or .jsonl", what, file.string()));
}

std::unique_ptr<SheetWriter> make_sheet_writer(const fs::path& file) {
  check_sheet_name(file, "the file");
  if (file.extension() == ".csv") return std::make_unique<CsvWriter>();
  if (file.extension() == ".jsonl") return std::make_unique<LinesWriter>();
  return std::make_unique<BookWriter>(file);
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (const std::string& cell : cells) out += (out.empty() ? "" : ",") + csv_cell(cell);
  return out + "\r\n";
}

}  // namespace vanban::pipeline
