#include "pipeline/batch/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "extract/record.h"
#include "ocr/document/xml_text.h"
#include "ocr/image.h"
#include "ocr/open/open_source.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/process.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/batch/summary.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/sandbox/sandbox.h"
#include "pipeline/sheets/sheet_writer.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Node = pugi::xml_node;

// Pages that read worse than this, or are thinner, had better be scanned again.
constexpr double kPoorReading = 0.75;
constexpr double kThinDpi = 150;
constexpr std::size_t kMostRowsShown = 500, kMostThumbnails = 24;
constexpr int kThumbnailWidth = 220;

// ---- What is counted

struct PagePlace {
  std::string path;
  int number = 0;
  double confidence = 0;
};

struct PoorPage {
  std::string path;
  int number = 0;
  std::string why;
};

struct Review {
  std::string path, stem, what;
  std::vector<SummaryField> fields;  // the doubtful ones
  double least = 1;                  // confidence of the least sure value
  int doubts = 0;
};

struct FigurePlace {
  std::string path;
  DoubtfulFigure figure;
};

struct FieldCount {
  int given = 0, accepted = 0, doubtful = 0, corrected = 0;
};

// Of any number of things those that are shown, and how many there are. `is_before` orders them,
// equal ones as they came; none: all as they came.
template <typename T>
class Shown {
 public:
  using IsBefore = bool (*)(const T&, const T&);
  explicit Shown(std::size_t most, IsBefore is_before = nullptr)
      : most_(most), is_before_(is_before) {}

  void add(T one) {
    ++all_;
    if (is_before_ == nullptr && first_.size() == most_) return;
    first_.push_back(std::move(one));
    if (first_.size() >= 2 * most_) settle();
  }
  // To be called after the last.
  void settle() {
    if (is_before_ != nullptr) std::stable_sort(first_.begin(), first_.end(), is_before_);
    if (first_.size() > most_)
      first_.erase(first_.begin() + static_cast<std::ptrdiff_t>(most_), first_.end());
  }
  const std::vector<T>& first() const { return first_; }
  std::size_t all() const { return all_; }

 private:
  std::size_t most_, all_ = 0;
  IsBefore is_before_;
  std::vector<T> first_;
};

// The more doubts the earlier, among equals the less sure.
bool is_more_doubtful(const Review& a, const Review& b) {
  return std::pair(-a.doubts, a.least) < std::pair(-b.doubts, b.least);
}
bool is_less_sure(const FigurePlace& a, const FigurePlace& b) {
  return a.figure.confidence < b.figure.confidence;
}
bool is_worse(const PagePlace& a, const PagePlace& b) { return a.confidence < b.confidence; }

struct Collection {
  int documents = 0;
  std::map<std::string, FieldCount> fields;
  Shown<PagePlace> pages{kMostThumbnails, is_worse};  // that were read, with their confidence
  Shown<PoorPage> poor{kMostRowsShown};
  Shown<Review> reviews{kMostRowsShown, is_more_doubtful};
  int figures = 0;
  Shown<FigurePlace> doubtful_figures{kMostRowsShown, is_less_sure};
  // By issuing agency, symbol and year: numbers and the documents that have them.
  std::map<std::string, std::map<int, std::vector<std::string>>> numbers;
  Shown<LedgerEntry> failures{kMostRowsShown}, apart{kMostRowsShown};
};

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::string why_poor(const SummaryPage& page) {
  if (was_not_read(page)) return "không đọc được";
  if (page.route != "ocr") return "";
  std::string out;
  if (page.confidence && *page.confidence < kPoorReading)
    out = "chữ khó đọc (độ tin " + percent(*page.confidence) + ")";
  if (page.dpi > 0 && page.dpi < kThinDpi)
    out += (out.empty() ? "" : ", ") +
           ("độ phân giải thấp (" + std::to_string(static_cast<int>(page.dpi)) + " dpi)");
  return out;
}

void count_fields(const Summary& summary, Collection& out) {
  for (const SummaryField& field : summary.fields) {
    FieldCount& count = out.fields[field.name];
    count.given += field.value ? 1 : 0;
    count.accepted += field.value && field.confidence.value_or(0) >= extract::kReviewBelow ? 1 : 0;
    count.doubtful += field.doubtful ? 1 : 0;
    count.corrected += field.source == "operator" ? 1 : 0;
  }
}

void count_pages(const LedgerEntry& entry, const Summary& summary, Collection& out) {
  // No pictures of documents with a mark of secrecy.
  const bool may_be_shown = !summary.field("secrecy").value;
  for (const SummaryPage& page : summary.pages) {
    if (page.confidence && page.route == "ocr" && may_be_shown)
      out.pages.add({entry.path, page.number, *page.confidence});
    if (const std::string why = why_poor(page); !why.empty())
      out.poor.add({entry.path, page.number, why});
  }
}

void count_number(const LedgerEntry& entry, const Summary& summary, Collection& out) {
  const auto &number = summary.field("number").value, &symbol = summary.field("symbol").value,
             &date = summary.field("date").value;
  if (!number || !symbol || !date || number->find_first_not_of("0123456789") != std::string::npos ||
      number->size() > 6)
    return;
  const std::string series = summary.field("issuing_agency").value.value_or("?") + " · " + *symbol +
                             " · " + date->substr(0, 4);
  out.numbers[series][std::atoi(number->c_str())].push_back(entry.path);
}

void note_review(const LedgerEntry& entry, const Summary& summary, Collection& out) {
  Review review{entry.path, entry.stem, what_to_review(summary), {}, 1, summary.doubts()};
  for (const SummaryField& field : summary.fields) {
    if (!field.doubtful) continue;
    review.least = std::min(review.least, field.value ? field.confidence.value_or(0) : 0.0);
    if (field.name != "code") review.fields.push_back(field);
  }
  for (const SummaryPage& page : summary.pages)
    if (was_not_read(page)) review.least = 0;
  if (!review.what.empty()) out.reviews.add(std::move(review));
}

Collection collect(Ledger& ledger) {
  Collection out;
  // What is the same file is looked at once.
  std::set<std::string> twins;
  for (const std::vector<std::string>& group : ledger.same_bytes())
    twins.insert(group.begin() + 1, group.end());
  ledger.for_each([&](const LedgerEntry& entry) {
    if (entry.apart != Apart::No) {
      out.apart.add(entry);
      return;
    }
    if (entry.state == DocumentState::Failed) out.failures.add(entry);
    if (entry.state != DocumentState::Done && entry.state != DocumentState::Partial) return;
    for (const Summary& summary : summaries_from_json(ledger.summary(entry.path))) {
      ++out.documents;
      count_fields(summary, out);
      if (twins.contains(entry.path)) continue;
      count_pages(entry, summary, out);
      count_number(entry, summary, out);
      note_review(entry, summary, out);
      out.figures += summary.figures;
      for (const DoubtfulFigure& figure : summary.doubtful_figures)
        out.doubtful_figures.add({entry.path, figure});
    }
  });
  out.pages.settle();
  out.reviews.settle();
  out.doubtful_figures.settle();
  return out;
}

// ---- Pictures

// Points of the page as displayed: left, top, width, height.
using PointBox = std::vector<double>;

// The whole page small where no boxes are asked for, else what lies within each; as addresses,
// empty where there is nothing.
std::vector<std::string> drawn(const fs::path& inputs, const PagePlace& place,
                               const std::vector<PointBox>& boxes) {
  constexpr double kMegapixels = 20;
  constexpr int kCropWidth = 360;
  const ocr::Source source = ocr::open_source(read_file_below(inputs, place.path), "");
  const ocr::Image page = ocr::make_page_reader(source)->rasterize(place.number, kMegapixels);
  if (boxes.empty()) return {ocr::png_address(ocr::reduced_to_width(page, kThumbnailWidth))};
  const double scale =
      page.width / source.pages.at(static_cast<std::size_t>(place.number) - 1).width_pt;
  std::vector<std::string> out;
  for (const PointBox& box : boxes) {
    const ocr::Image crop =
        ocr::cropped_around(page, box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale);
    out.push_back(crop.empty() ? "" : ocr::png_address(ocr::reduced_to_width(crop, kCropWidth)));
  }
  return out;
}

// The same by a process of its own; nothing where it cannot be drawn within the time.
std::vector<std::string> drawn_apart(const fs::path& inputs, const PagePlace& place,
                                     const std::vector<PointBox>& boxes, double seconds) {
  constexpr std::uint64_t kMemoryBytes = std::uint64_t{1} << 30;
  const auto draw = [&](MessageSocket& socket) {
    bind_to_parent(kMemoryBytes);
    enter_sandbox({{inputs}, {}}, SandboxMode::Auto);
    for (const std::string& picture : drawn(inputs, place, boxes))
      socket.send({picture.begin(), picture.end()});
  };
  std::vector<std::string> out;
  for (const Bytes& picture : messages_of(draw, std::max<std::size_t>(1, boxes.size()), seconds))
    out.emplace_back(picture.begin(), picture.end());
  return out;
}

// Time for all pictures of a kind. A page that was read is drawn in a fraction of a second; one
// that changed since may never be.
class DrawingTime {
 public:
  explicit DrawingTime(double seconds_for_all) : seconds_for_all_(seconds_for_all) {}
  // For the next.
  double left() const {
    constexpr double kSecondsForOne = 5;
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun_;
    return std::min(kSecondsForOne, seconds_for_all_ - spent.count());
  }

 private:
  double seconds_for_all_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

using Pictures = std::map<std::pair<std::string, std::string>, std::string>;  // by path and field

// Of the doubtful fields of the first documents, as many as a browser shows at once.
Pictures pictures_of(const std::vector<Review>& reviews, const fs::path& inputs) {
  constexpr std::size_t kMostPictures = 240;
  const DrawingTime time(60);
  Pictures out;
  for (const Review& review : reviews) {
    std::map<int, std::vector<const SummaryField*>> by_page;
    for (const SummaryField& field : review.fields)
      if (field.page > 0 && field.box.size() == 4) by_page[field.page].push_back(&field);
    for (const auto& [number, fields] : by_page) {
      if (out.size() >= kMostPictures || time.left() <= 0) return out;
      std::vector<PointBox> boxes;
      for (const SummaryField* field : fields) boxes.push_back(field->box);
      const std::vector<std::string> pictures =
          drawn_apart(inputs, {review.path, number, 0}, boxes, time.left());
      for (std::size_t i = 0; i < pictures.size(); ++i)
        if (!pictures[i].empty()) out[{review.path, fields[i]->name}] = pictures[i];
    }
  }
  return out;
}

// ---- How it is shown

constexpr const char* kStyle = R"(
body { font: 15px/1.45 system-ui, "Segoe UI", sans-serif; color: #222; margin: 2em auto; max-width: 72em; padding: 0 1em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.2em; margin-top: 2em; border-bottom: 2px solid #b22; padding-bottom: .2em; }
table { border-collapse: collapse; width: 100%; } th { text-align: left; background: #eee; position: sticky; top: 0; }
th, td { padding: .3em .6em; border-bottom: 1px solid #ddd; vertical-align: top; overflow-wrap: anywhere; }
td.number, th.number { text-align: right; white-space: nowrap; }
.totals { display: flex; flex-wrap: wrap; gap: 1em; } .totals div { background: #f4f4f4; padding: .6em 1.2em; border-radius: .4em; }
.totals b { display: block; font-size: 1.6em; }
.pages { display: flex; flex-wrap: wrap; gap: 1em; } figure { margin: 0; width: 220px; }
figure img { width: 220px; border: 1px solid #bbb; } figcaption { font-size: .85em; overflow-wrap: anywhere; }
.none { color: #666; font-style: italic; }
.review { border: 1px solid #ddd; border-radius: .4em; padding: .4em .8em; margin: .8em 0; break-inside: avoid; content-visibility: auto; contain-intrinsic-size: auto 14em; }
.review h3 { font-size: 1em; margin: .2em 0; } .review p { margin: .2em 0; } .review img { max-width: 100%; border: 1px solid #ccc; }
a { color: #05c; }
@media print {
  @page { size: A4; margin: 15mm; }
  body { font-size: 10pt; margin: 0; max-width: none; }
  th { position: static; } thead { display: table-header-group; } tr, figure { break-inside: avoid; }
  .totals div, th { background: none; border: 1px solid #999; }
}
)";

Node add(Node parent, const char* tag, const std::string& text = "", const char* of_class = "") {
  Node node = parent.append_child(tag);
  if (*of_class != '\0') node.append_attribute("class") = of_class;
  if (!text.empty()) node.text().set(ocr::xml_text(text).c_str());
  return node;
}

// Cells that begin with a # are numbers; the sign is not shown.
void add_row(Node table, const char* tag, const std::vector<std::string>& cells) {
  Node row = add(table, "tr");
  for (const std::string& cell : cells) {
    const bool is_number = cell.starts_with('#');
    add(row, tag, is_number ? cell.substr(1) : cell, is_number ? "number" : "");
  }
}

// `all`: how many rows there would be.
void add_table(Node body, const std::vector<std::string>& heads,
               const std::vector<std::vector<std::string>>& rows, std::size_t all) {
  if (rows.empty()) {
    add(body, "p", "Không có.", "none");
    return;
  }
  Node table = add(body, "table");
  add_row(add(table, "thead"), "th", heads);
  Node rows_node = add(table, "tbody");
  const std::size_t shown = std::min(rows.size(), kMostRowsShown);
  for (std::size_t i = 0; i < shown; ++i) add_row(rows_node, "td", rows[i]);
  if (all > shown)
    add(body, "p", "và " + std::to_string(all - shown) + " dòng nữa; xem sổ đăng ký.", "none");
}

std::string numeric(long long value) { return "#" + std::to_string(value); }

void add_totals(Node body, const LedgerCounts& counts) {
  add(body, "h2", "Tổng quan");
  Node totals = add(body, "div", "", "totals");
  const std::pair<const char*, long long> boxes[]{{"tệp", counts.all()},
                                                  {"đã đọc", counts.done},
                                                  {"thiếu trang", counts.partial},
                                                  {"không đọc được", counts.failed},
                                                  {"đang chờ", counts.waiting + counts.running},
                                                  {"cần xem lại", counts.to_review},
                                                  {"trang", counts.pages}};
  for (const auto& [what, count] : boxes) {
    Node box = add(totals, "div");
    add(box, "b", std::to_string(count));
    box.append_child(pugi::node_pcdata).set_value(what);
  }
}

// Where the files are that the report links.
struct Places {
  fs::path inputs, outputs;
};

// Address of a file as the report, in the folder of results, links it.
void add_link(Node parent, const std::string& text, const std::string& path) {
  Node link = add(parent, "a", text);
  link.append_attribute("href") = path_as_address(path).c_str();
  parent.append_child(pugi::node_pcdata).set_value(" ");
}

std::string readings_text(const SummaryField& field) {
  std::string out;
  for (const SummaryReading& reading : field.alternatives)
    if (reading.value != field.value)
      out += (out.empty() ? "" : "; ") + reading.value + " (" + percent(reading.confidence) + ")";
  return out;
}

// The doubtful fields of a document, each beside its picture where there is one.
void add_review(Node body, const Review& review, const Pictures& pictures, const Places& places) {
  Node card = add(body, "div", "", "review");
  Node head = add(card, "h3");
  add_link(head, review.path, path_from(places.outputs, places.inputs / review.path));
  Node links = add(card, "p");
  const fs::path copy = copy_file(places.outputs, review.stem),
                 record = record_file(places.outputs, review.stem);
  std::error_code ignored;
  if (fs::is_regular_file(copy, ignored))
    add_link(links, "bản tìm được chữ", path_from(places.outputs, copy));
  add_link(links, "bản ghi", path_from(places.outputs, record));
  add(card, "p", review.what);
  if (review.fields.empty()) return;
  Node rows = add(add(card, "table"), "tbody");
  for (const SummaryField& field : review.fields) {
    Node row = add(rows, "tr");
    add(row, "td", register_head(field.name));
    add(row, "td", field.value.value_or("(không có)"));
    add(row, "td", field.value && field.confidence ? percent(*field.confidence) : "", "number");
    add(row, "td", readings_text(field));
    Node cell = add(row, "td");
    const auto picture = pictures.find({review.path, field.name});
    if (picture == pictures.end()) continue;
    Node image = add(cell, "img");
    image.append_attribute("src") = picture->second.c_str();
    image.append_attribute("alt") = "";
    image.append_attribute("loading") = "lazy";
  }
}

void add_reviews(Node body, const Collection& all, const Places& places) {
  add(body, "h2", "Văn bản cần xem lại, chỗ nghi ngờ nhiều nhất trước");
  const std::vector<Review>& shown = all.reviews.first();
  if (shown.empty()) add(body, "p", "Không có.", "none");
  const Pictures pictures = pictures_of(shown, places.inputs);
  for (const Review& review : shown) add_review(body, review, pictures, places);
  if (all.reviews.all() > shown.size())
    add(body, "p",
        "và " + std::to_string(all.reviews.all() - shown.size()) + " văn bản nữa; xem sổ đăng ký.",
        "none");
}

void add_fields(Node body, const Collection& all) {
  add(body, "h2", "Các trường thông tin");
  add(body, "p",
      "Giá trị có độ tin từ 90 % trở lên không cần xem lại. Trường trống có thể vì văn bản không "
      "có.");
  std::vector<std::vector<std::string>> rows;
  for (const RegisterColumn& column : register_columns()) {
    const auto found = all.fields.find(std::string(column.field));
    if (found == all.fields.end()) continue;
    const FieldCount& count = found->second;
    const auto share = [&](int part) {
      return "#" + std::to_string(part) + " (" +
             percent(all.documents > 0 ? static_cast<double>(part) / all.documents : 0) + ")";
    };
    rows.push_back({std::string(column.head), share(count.given), share(count.accepted),
                    numeric(count.doubtful), numeric(count.corrected)});
  }
  add_table(body,
            {"Trường", "#Có giá trị", "#Chấp nhận được", "#Cần xem lại", "#Người dùng đã sửa"},
            rows, rows.size());
}

// Numbers from `first` to `last`, as few words as can be: "3, 5–9".
std::string ranges_text(const std::vector<int>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t j = i;
    while (j + 1 < numbers.size() && numbers[j + 1] == numbers[j] + 1) ++j;
    out += (out.empty() ? "" : ", ") + std::to_string(numbers[i]);
    if (j > i) out += (j == i + 1 ? ", " : "–") + std::to_string(numbers[j]);
    i = j + 1;
  }
  return out;
}

std::vector<int> missing_between(const std::map<int, std::vector<std::string>>& numbers) {
  std::vector<int> out;
  for (auto it = numbers.begin(); std::next(it) != numbers.end(); ++it)
    for (int number = it->first + 1; number < std::next(it)->first; ++number) out.push_back(number);
  return out;
}

// As many as people look at.
std::string joined(const std::vector<std::string>& texts) {
  constexpr std::size_t kMost = 50;
  std::string out;
  for (std::size_t i = 0; i < std::min(texts.size(), kMost); ++i)
    out += (out.empty() ? "" : "; ") + texts[i];
  if (texts.size() > kMost) out += "; và " + std::to_string(texts.size() - kMost) + " tệp nữa";
  return out;
}

void add_contradictions(Node body, const Collection& all, Ledger& ledger) {
  add(body, "h2", "Mâu thuẫn trong cả tập");
  std::vector<std::vector<std::string>> rows;
  for (const auto& [series, numbers] : all.numbers)
    for (const auto& [number, paths] : numbers)
      if (paths.size() > 1)
        rows.push_back({"Trùng số", series + " · số " + std::to_string(number), joined(paths)});
  for (const auto& [series, numbers] : all.numbers) {
    // A gap says something only where the series is there for the greater part.
    const std::vector<int> missing = missing_between(numbers);
    if (numbers.size() >= 3 && !missing.empty() && missing.size() <= numbers.size())
      rows.push_back({"Khuyết số", series, ranges_text(missing)});
  }
  for (const std::vector<std::string>& group : ledger.same_bytes())
    rows.push_back({"Tệp giống hệt nhau", group.front(), joined({group.begin() + 1, group.end()})});
  add_table(body, {"Loại", "Ở đâu", "Chi tiết"}, rows, rows.size());
}

void add_poor_pages(Node body, const Collection& all) {
  add(body, "h2", "Trang nên quét lại");
  std::vector<std::vector<std::string>> rows;
  for (const PoorPage& page : all.poor.first())
    rows.push_back({page.path, numeric(page.number), page.why});
  add_table(body, {"Tệp", "#Trang", "Vì sao"}, rows, all.poor.all());
}

void add_failures(Node body, const Collection& all) {
  add(body, "h2", "Tệp không đọc được");
  std::vector<std::vector<std::string>> rows;
  for (const LedgerEntry& entry : all.failures.first())
    rows.push_back({entry.path, entry.code, in_language(Language::Vietnamese, entry.message),
                    numeric(entry.attempts)});
  add_table(body, {"Tệp", "Mã lỗi", "Lý do", "#Số lần thử"}, rows, all.failures.all());
}

void add_doubtful_figures(Node body, const Collection& all) {
  add(body, "h2", "Số liệu cần xem lại");
  if (all.figures > 0)
    add(body, "p",
        std::to_string(all.doubtful_figures.all()) + " trong " + std::to_string(all.figures) +
            " số liệu; tất cả nằm trong bảng số liệu (--indicators).",
        "none");
  std::vector<std::vector<std::string>> rows;
  for (const auto& [path, figure] : all.doubtful_figures.first())
    rows.push_back({path, numeric(figure.page), figure.subject, figure.value, figure.quote,
                    "#" + percent(figure.confidence)});
  add_table(body, {"Tệp", "#Trang", "Chỉ tiêu", "Giá trị", "Trích dẫn", "#Độ tin"}, rows,
            all.doubtful_figures.all());
}

void add_apart(Node body, const Collection& all) {
  if (all.apart.all() == 0) return;
  add(body, "h2", "Tệp không còn hoặc đã để riêng");
  std::vector<std::vector<std::string>> rows;
  for (const LedgerEntry& entry : all.apart.first())
    rows.push_back({entry.path, entry.apart == Apart::Gone ? "không còn" : "đã để riêng"});
  add_table(body, {"Tệp", "Vì sao"}, rows, all.apart.all());
}

void add_worst_pages(Node body, const Collection& all, const fs::path& inputs) {
  add(body, "h2", "Những trang khó đọc nhất");
  Node pages = add(body, "div", "", "pages");
  const DrawingTime time(20);
  for (const PagePlace& page : all.pages.first()) {
    Node figure = add(pages, "figure");
    const std::vector<std::string> drawn =
        time.left() > 0 ? drawn_apart(inputs, page, {}, time.left()) : std::vector<std::string>{};
    const std::string picture = drawn.empty() ? "" : drawn.front();
    if (!picture.empty()) {
      Node image = add(figure, "img");
      image.append_attribute("src") = picture.c_str();
      image.append_attribute("alt") = "";
      image.append_attribute("loading") = "lazy";
    }
    add(figure, "figcaption",
        page.path + ", trang " + std::to_string(page.number) + ": " + percent(page.confidence));
  }
}

void add_timings(Node body, Ledger& ledger) {
  const std::optional<LedgerRun> run = ledger.last_run();
  if (!run || run->seconds <= 0) return;
  const std::string text =
      fmt::format("Lần chạy gần nhất: {} tệp, {} trang, {:.1f} trang/giây.", run->documents,
                  run->pages, static_cast<double>(run->pages) / run->seconds);
  add(body, "p", text, "none").append_attribute("id") = "timings";
}

}  // namespace

fs::path report_file(const fs::path& outputs) { return outputs / "report.html"; }

void write_report(Ledger& ledger, const fs::path& outputs) {
  OutputFile out(report_file(outputs));
  const Collection all = collect(ledger);
  pugi::xml_document document;
  document.append_child(pugi::node_doctype).set_value("html");
  Node html = document.append_child("html");
  html.append_attribute("lang") = "vi";
  Node head = add(html, "head");
  head.append_child("meta").append_attribute("charset") = "utf-8";
  Node viewport = head.append_child("meta");
  viewport.append_attribute("name") = "viewport";
  viewport.append_attribute("content") = "width=device-width, initial-scale=1";
  add(head, "title", "Báo cáo số hóa");
  add(head, "style").append_child(pugi::node_pcdata).set_value(kStyle);
  Node body = add(html, "body");
  add(body, "h1", "Báo cáo số hóa: xem chỗ nào trước");
  add_totals(body, ledger.counts());
  add_reviews(body, all, {ledger.input_folder(), outputs});
  add_failures(body, all);
  add_apart(body, all);
  add_poor_pages(body, all);
  add_contradictions(body, all, ledger);
  add_doubtful_figures(body, all);
  add_fields(body, all);
  add_worst_pages(body, all, ledger.input_folder());
  add_timings(body, ledger);
  std::ostringstream text;
  // A browser reads an element that closes itself as one that goes on.
  document.save(
      text, "",
      pugi::format_raw | pugi::format_no_declaration | pugi::format_no_empty_element_tags);
  out.write(text.str());
  out.commit();
}

}  // namespace vanban::pipeline
