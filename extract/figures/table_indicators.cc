#include "extract/figures/table_indicators.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/figures/counted.h"
#include "extract/figures/periods.h"
#include "extract/outline.h"
#include "extract/words/numbers.h"

namespace vanban::extract {
namespace {

// The cells of a table by their places; those that a spanning cell takes all point to it.
class Grid {
 public:
  explicit Grid(const Table& table)
      : columns_(static_cast<std::size_t>(table.columns)), cells_(table.rows.size() * columns_) {
    for (std::size_t r = 0; r < table.rows.size(); ++r)
      for (const Cell& cell : table.rows[r]) place(cell, r);
  }

  std::size_t columns() const { return columns_; }
  const Cell* at(std::size_t row, std::size_t column) const {
    return cells_[row * columns_ + column];
  }

 private:
  void place(const Cell& cell, std::size_t row) {
    const std::size_t rows = cells_.size() / columns_;
    const auto column = static_cast<std::size_t>(cell.column);
    const std::size_t bottom = std::min(rows, row + static_cast<std::size_t>(cell.row_span));
    const std::size_t right =
        std::min(columns_, column + static_cast<std::size_t>(cell.column_span));
    for (std::size_t r = row; r < bottom; ++r)
      for (std::size_t c = column; c < right; ++c) cells_[r * columns_ + c] = &cell;
  }

  std::size_t columns_;
  std::vector<const Cell*> cells_;
};

enum class ColumnUse { RowHead, Unit, Figures, None };

struct Column {
  ColumnUse use = ColumnUse::None;
  std::string head;      // from the top down, parted by " - "
  std::string own_head;  // the lowest of them
  std::string folded;    // all of them, folded
  std::string unit;      // in brackets at the end of the head
  std::optional<Period> period;
  std::size_t decimals = 0;  // digits after the comma that nearly all of its figures have; 0: none
};

bool has_letters(std::string_view text) { return diacritics::count_letters(text).all > 0; }

// "(1)", "(5)=(4)/(3)", "A": what numbers the columns.
bool numbers_a_column(std::string_view head) {
  constexpr std::size_t kLongest = 12;
  return head.size() <= kLongest && (!has_letters(head) || head.size() == 1);
}

std::string head_of(const Table& table, const Grid& grid, std::size_t column) {
  std::string out;
  const Cell* above = nullptr;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const Cell* cell = grid.at(r, column);
    if (cell == nullptr || !cell->header) break;
    if (cell != above && !cell->text.empty() && !numbers_a_column(cell->text))
      out += (out.empty() ? "" : " - ") + cell->text;
    above = cell;
  }
  return out;
}

// What a head has in brackets or ends with, where that is something that is measured: "Tỷ lệ (%)"
// and "Tỷ lệ %" -> "%".
std::string unit_of_head(std::string_view head) {
  if (head.ends_with('%')) return "%";
  for (std::size_t open = head.rfind('('); open != head.npos && open > 0;
       open = head.rfind('(', open - 1)) {
    const std::size_t close = head.find(')', open);
    if (close == head.npos) continue;
    const std::string_view inside = head.substr(open + 1, close - open - 1);
    // Whatever is read beside the sign: "(%4)".
    if (inside.starts_with('%')) return "%";
    if (inside == "‰" || !counted_name(inside).empty()) return std::string(inside);
  }
  return {};
}

// The noun that a head counts: "Số lượng hồ sơ đã nhận" -> "hồ sơ"; that of scores and ranks, and
// the sign of shares.
std::string noun_of_head(std::string_view head) {
  constexpr std::size_t kNounWords = 6;
  const std::string folded_head = diacritics::fold(head);
  const std::vector<std::string> words = diacritics::split_words(head);
  const auto begins = [&](std::string_view start) { return folded_head.starts_with(start); };
  if (begins("thu hang") || begins("xep hang") || begins("vi tri xep hang") || begins("hang"))
    return "hạng";
  if (begins("diem") || begins("tong diem") || begins("so diem")) return "điểm";
  if (begins("ty le") || begins("ti le")) return "%";
  for (const std::string_view start : {"tong so luong", "so luong", "tong so", "so", "tong"}) {
    if (!begins(start)) continue;
    const std::size_t first = diacritics::split_words(start).size();
    for (std::size_t end = std::min(words.size(), first + kNounWords); end > first; --end) {
      std::string noun;
      for (std::size_t i = first; i < end; ++i) noun += (noun.empty() ? "" : " ") + words[i];
      if (std::string name = counted_name(diacritics::trim_punctuation(noun)); !name.empty())
        return name;
    }
    return {};
  }
  return {};
}

bool contains_word(std::string_view folded, std::string_view word) {
  for (std::size_t at = folded.find(word); at != folded.npos; at = folded.find(word, at + 1)) {
    const auto is_part = [&](std::size_t i) {
      return i < folded.size() && std::isalnum(static_cast<unsigned char>(folded[i])) != 0;
    };
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return true;
  }
  return false;
}

template <std::size_t N>
bool contains_any(std::string_view folded, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return contains_word(folded, word); });
}

// Columns that number, date, identify or comment their rows.
bool states_nothing(std::string_view folded) {
  constexpr std::array<std::string_view, 24> kHeads{
      "tt",      "stt",     "so tt",     "ghi chu",      "nam sinh",      "ma so",
      "ma",      "so hieu", "ky hieu",   "dien thoai",   "sdt",           "cccd",
      "cmnd",    "so the",  "tai khoan", "so to",        "so thua",       "to ban do",
      "van ban", "dia chi", "han",       "ma dinh danh", "nam thanh lap", "so cong van"};
  return folded.starts_with("ngay") || folded.starts_with("thoi gian") ||
         contains_any(folded, kHeads);
}

bool is_figure(std::string_view text) {
  return parse_number(text).has_value() || parse_ratio(text).has_value();
}

// A cell's number without the sign of a footnote, "12*", "12 (1)", and the share sign.
std::string_view bare_number(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open != text.npos && open > 0) text = text.substr(0, open);
  while (!text.empty() && std::string_view(" *%").find(text.back()) != std::string_view::npos)
    text.remove_suffix(1);
  return text;
}

// "862/1.266 (68,1%)"
std::optional<double> share_in_brackets(std::string_view text) {
  const std::size_t open = text.find('('), sign = text.find('%', std::min(open, text.size()));
  if (open == text.npos || sign == text.npos) return std::nullopt;
  const std::vector<std::string> inside =
      diacritics::split_words(text.substr(open + 1, sign - open - 1));
  const auto number = inside.size() == 1 ? parse_number(inside[0]) : std::nullopt;
  return number ? std::optional(number->value) : std::nullopt;
}

// "102/7" in a column of numbers with one decimal: a comma that was misread.
std::optional<double> with_comma_for_slash(std::string_view text, const Column& column) {
  const std::size_t slash = text.find('/');
  if (column.decimals == 0 || slash == text.npos || text.size() - slash - 1 != column.decimals)
    return std::nullopt;
  std::string mended(text);
  mended[slash] = ',';
  const auto number = parse_number(mended);
  return number ? std::optional(number->value) : std::nullopt;
}

// The decimals that most figures of a column with a comma have, if three or more have one and
// hardly any figure is written with a slash.
std::size_t common_decimals(const std::vector<std::string_view>& figures) {
  constexpr std::size_t kFewest = 3, kSlashesPerFigure = 4;
  std::map<std::size_t, std::size_t> counts;
  std::size_t slashes = 0, commas = 0;
  for (const std::string_view figure : figures) {
    if (const std::size_t comma = figure.find(','); comma != figure.npos) {
      ++commas;
      ++counts[figure.size() - comma - 1];
    }
    slashes += figure.find('/') != figure.npos ? 1 : 0;
  }
  if (kSlashesPerFigure * slashes > figures.size()) return 0;
  for (const auto& [decimals, count] : counts)
    if (count >= kFewest && 4 * count >= 3 * commas) return decimals;
  return 0;
}

// 1, 2, 3 and so on: the numbers of the rows, whatever their head is read as and a few of them.
bool counts_up(const std::vector<std::string_view>& figures) {
  std::size_t steps = 0;
  double before = 0;
  for (const std::string_view figure : figures) {
    const auto number = parse_number(figure);
    if (!number) continue;
    // A table may go on from another page. One number may be left out: its row has none, or it was
    // misread.
    steps += before == 0 || number->value == before + 1 || number->value == before + 2 ? 1 : 0;
    before = number->value;
  }
  return figures.size() >= 2 && 3 * steps >= 2 * figures.size();
}

// The time that the head of a column names, as the last line of it that does.
std::optional<Period> period_of(const std::string& head, const std::string& date) {
  ocr::Line line;
  for (const std::string& word : diacritics::split_words(head)) {
    ocr::Word out;
    out.text = word;
    line.words.push_back(std::move(out));
  }
  // The running text points into the pages.
  std::vector<PageText> pages(1);
  pages[0].lines.push_back(
      {nullptr, ocr::BlockKind::Body, &line, head, diacritics::fold(head), {}});
  const RunningText text = running_text(pages);
  const std::vector<PlacedPeriod> periods = find_periods(text, date);
  if (periods.empty()) return std::nullopt;
  return periods.back().period;
}

std::vector<Column> columns_of(const Table& table, const Grid& grid, const std::string& date) {
  std::vector<Column> out(grid.columns());
  bool head_found = false;
  for (std::size_t c = 0; c < out.size(); ++c) {
    Column& column = out[c];
    column.head = head_of(table, grid, c);
    const std::size_t dash = column.head.rfind(" - ");
    column.own_head = dash == column.head.npos ? column.head : column.head.substr(dash + 3);
    column.folded = diacritics::fold(column.head);
    column.unit = unit_of_head(column.head);
    column.period = period_of(column.head, date);
    std::size_t texts = 0;
    std::vector<std::string_view> figures;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      const Cell* cell = grid.at(r, c);
      if (cell == nullptr || cell->header || cell->text.empty()) continue;
      if (is_figure(bare_number(cell->text))) figures.push_back(bare_number(cell->text));
      texts += has_letters(cell->text) ? 1 : 0;
    }
    column.decimals = common_decimals(figures);
    const bool of_units = contains_word(column.folded, "don vi tinh") ||
                          contains_word(column.folded, "dvt") || column.folded == "don vi";
    if (of_units && texts + 1 >= figures.size())
      column.use = ColumnUse::Unit;
    else if ((!column.head.empty() && states_nothing(column.folded)) ||
             (c == 0 && counts_up(figures)))
      column.use = ColumnUse::None;
    else if (texts > figures.size() && !head_found) {
      column.use = ColumnUse::RowHead;
      head_found = true;
    } else if (!figures.empty() && !column.head.empty()) {
      column.use = ColumnUse::Figures;
    }
  }
  return out;
}

// The last word of the running text above a table; none where the table comes first.
std::optional<std::size_t> token_above(const RunningText& text, const Table& table) {
  std::optional<std::size_t> out;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const ocr::Page& page = *text.tokens[i].line->page;
    if (page.number > table.pages.front()) break;
    const ocr::Box box = page.to_displayed.apply(text.tokens[i].line->line->box);
    if (page.number < table.pages.front() || box.center_y() < table.box.top) out = i;
  }
  return out;
}

// "Đơn vị tính: triệu đồng" over the table.
std::string unit_above(const RunningText& text, std::optional<std::size_t> above) {
  constexpr std::size_t kLines = 3;
  const TextLine* line = nullptr;
  std::size_t lines = 0;
  for (std::size_t i = above ? *above + 1 : 0; i-- > 0 && lines <= kLines;) {
    if (text.tokens[i].line == line) continue;
    line = text.tokens[i].line;
    ++lines;
    for (const std::string_view label : {"don vi tinh:", "dvt:", "don vi:"}) {
      if (line->folded.find(label) == std::string::npos) continue;
      const std::string_view whole = line->text;
      const std::size_t colon = whole.rfind(':');
      return counted_name(diacritics::trim_punctuation(whole.substr(colon + 1)));
    }
  }
  return {};
}

IndicatorStatus status_of(const Column& column) {
  constexpr std::array<std::string_view, 7> kPlanned{
      "ke hoach", "muc tieu", "chi tieu giao", "phan dau", "dang ky", "nghi quyet", "chi tieu"};
  constexpr std::array<std::string_view, 4> kCompared{"so voi", "ty le", "ti le", "so sanh"};
  constexpr std::array<std::string_view, 3> kForeseen{"uoc", "du kien", "du bao"};
  if (contains_any(column.folded, kForeseen)) return IndicatorStatus::Estimate;
  if (contains_any(column.folded, kCompared)) return IndicatorStatus::Actual;
  return contains_any(column.folded, kPlanned) ? IndicatorStatus::Target : IndicatorStatus::Actual;
}

std::string row_text(const Table& table, std::size_t row) {
  std::string out;
  for (const Cell& cell : table.rows[row])
    if (!cell.text.empty()) out += (out.empty() ? "" : " ") + cell.text;
  return out;
}

Evidence evidence_of(const Cell& cell, std::string raw, const std::string& method) {
  Evidence out;
  out.raw = std::move(raw);
  out.confidence = cell.confidence.value_or(0);
  out.page = cell.page;
  out.box = cell.box;
  if (cell.restored)
    out.source = FieldSource::OcrRestored;
  else if (cell.route == ocr::Route::TextLayer)
    out.source = FieldSource::TextLayer;
  out.method = method;
  return out;
}

class TableReader {
 public:
  TableReader(const RunningText& text, const Record& record, std::size_t index)
      : record_(record),
        index_(index),
        table_(record.tables[index]),
        grid_(table_),
        columns_(columns_of(table_, grid_, record.date.value.value_or(""))) {
    const auto above = token_above(text, table_);
    unit_above_ = unit_above(text, above);
    section_ = above ? section_at(record.outline, *above) : -1;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].use == ColumnUse::RowHead) head_column_ = c;
      if (columns_[c].use == ColumnUse::Unit) unit_column_ = c;
    }
  }

  void add_to(std::vector<Indicator>& out) const {
    if (!head_column_) return;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const Cell* head = grid_.at(r, *head_column_);
      if (head == nullptr || head->header || !has_letters(head->text)) continue;
      for (const Cell& cell : table_.rows[r]) {
        const auto c = static_cast<std::size_t>(cell.column);
        if (columns_[c].use != ColumnUse::Figures || cell.header || cell.column_span != 1) continue;
        const std::string_view number = bare_number(cell.text);
        if (is_figure(number)) out.push_back(indicator(r, *head, cell, number));
      }
    }
  }

 private:
  std::string unit_of(std::size_t row, const Column& column, const Cell& cell) const {
    const bool ratio = parse_ratio(bare_number(cell.text)).has_value();
    if (!ratio && cell.text.find('%') != std::string::npos) return "%";
    if (!column.unit.empty()) return column.unit;
    const Cell* unit = unit_column_ ? grid_.at(row, *unit_column_) : nullptr;
    if (unit == nullptr || unit->text.empty()) {
      std::string noun = noun_of_head(column.own_head);
      if (ratio && noun == "%") noun.clear();
      if (noun.empty()) noun = unit_above_;
      return noun.empty() ? noun_of_head(grid_.at(row, *head_column_)->text) : noun;
    }
    // A rule beside the sign is often read as a figure: "1%".
    return unit->text.ends_with('%') && !has_letters(unit->text) ? "%" : unit->text;
  }

  Indicator indicator(std::size_t row, const Cell& head, const Cell& cell,
                      std::string_view number) const {
    const Column& column = columns_[static_cast<std::size_t>(cell.column)];
    Indicator out;
    out.cell =
        CellPlace{index_, row, static_cast<std::size_t>(cell.column), head.text, column.head};
    out.unit_raw = unit_of(row, column, cell);
    const std::string known = counted_name(out.unit_raw);
    out.unit = known.empty() ? out.unit_raw : known;
    out.status = status_of(column);
    out.period = column.period;
    out.section = section_;
    set_numbers(cell, number, column, out);
    out.subject.value = head.text + " - " + column.head;
    out.subject.evidence = evidence_of(head, head.text + '\n' + column.head, "table/heads");
    out.quote = evidence_of(cell, row_text(table_, row), "table/row");
    out.quote.box = ocr::united(head.page == cell.page ? head.box : cell.box, cell.box);
    out.boxes = {{head.page, head.box}, {cell.page, cell.box}};
    out.confidence = std::min(cell.confidence.value_or(0), head.confidence.value_or(0));
    // A head of many words holds more than a name.
    constexpr std::size_t kHeadWordsMax = 25;
    constexpr double kUnclearHead = 0.88;  // below kReviewBelow
    if (diacritics::split_words(head.text).size() > kHeadWordsMax) out.confidence *= kUnclearHead;
    if (record_.issuing_agency.value) {
      out.entity = record_.issuing_agency;
      out.entity.evidence.source = FieldSource::Inferred;
    }
    return out;
  }

  static void set_numbers(const Cell& cell, std::string_view number, const Column& column,
                          Indicator& out) {
    const auto mended = with_comma_for_slash(number, column);
    const auto measured = [&](double value) {
      MeasuredNumber out_number{value, evidence_of(cell, cell.text, "table/cell")};
      if (mended) out_number.evidence.source = FieldSource::OcrRestored;
      return out_number;
    };
    if (const auto ratio = parse_ratio(number); ratio && !mended) {
      out.kind = IndicatorKind::Ratio;
      out.value = out.numerator = measured(ratio->numerator.value);
      out.denominator = measured(ratio->denominator.value);
      if (const auto share = share_in_brackets(cell.text)) out.percent = measured(*share);
      return;
    }
    const double value = mended ? *mended : parse_number(number)->value;
    if (out.unit == "%") {
      out.kind = IndicatorKind::Share;
      out.percent = measured(value);
      return;
    }
    out.kind = is_money(out.unit) ? IndicatorKind::Money : IndicatorKind::Count;
    out.value = measured(value);
  }

  const Record& record_;
  std::size_t index_;
  const Table& table_;
  Grid grid_;
  std::vector<Column> columns_;
  std::optional<std::size_t> head_column_, unit_column_;
  std::string unit_above_;
  int section_ = -1;
};

}  // namespace

std::vector<Indicator> find_table_indicators(const RunningText& text, const Record& record) {
  std::vector<Indicator> out;
  for (std::size_t i = 0; i < record.tables.size(); ++i)
    if (record.tables[i].columns > 0) TableReader(text, record, i).add_to(out);
  return out;
}

}  // namespace vanban::extract
