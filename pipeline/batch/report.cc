#include "pipeline/batch/report.h"

#include <fmt/format.h>
#include <poll.h>

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
#include "pipeline/batch/process.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/batch/summary.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/sandbox/sandbox.h"

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
  std::string path, record, what;
  double least = 1;  // confidence of the least sure value
  int doubts = 0;
};

struct FieldCount {
  int given = 0, accepted = 0, doubtful = 0, corrected = 0;
};

struct Collection {
  int documents = 0;
  std::map<std::string, FieldCount> fields;
  std::vector<PagePlace> pages;  // that were read, with their confidence
  std::vector<PoorPage> poor;
  std::vector<Review> reviews;
  // By issuing agency, symbol and year: numbers and the documents that have them.
  std::map<std::string, std::map<int, std::vector<std::string>>> numbers;
  std::vector<LedgerEntry> failures;
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
      out.pages.push_back({entry.path, page.number, *page.confidence});
    if (const std::string why = why_poor(page); !why.empty())
      out.poor.push_back({entry.path, page.number, why});
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
  Review review{entry.path, "records/" + entry.stem + ".json", what_to_review(summary), 1,
                summary.doubts()};
  for (const SummaryField& field : summary.fields)
    if (field.doubtful)
      review.least = std::min(review.least, field.value ? field.confidence.value_or(0) : 0.0);
  for (const SummaryPage& page : summary.pages)
    if (was_not_read(page)) review.least = 0;
  if (!review.what.empty()) out.reviews.push_back(std::move(review));
}

Collection collect(Ledger& ledger) {
  Collection out;
  ledger.for_each([&](const LedgerEntry& entry) {
    if (entry.state == DocumentState::Failed) out.failures.push_back(entry);
    if (entry.state != DocumentState::Done && entry.state != DocumentState::Partial) return;
    for (const Summary& summary : summaries_from_json(ledger.summary(entry.path))) {
      ++out.documents;
      count_fields(summary, out);
      count_pages(entry, summary, out);
      count_number(entry, summary, out);
      note_review(entry, summary, out);
    }
  });
  // The more doubts the earlier, among equals the less sure.
  std::stable_sort(out.reviews.begin(), out.reviews.end(), [](const Review& a, const Review& b) {
    return std::pair(-a.doubts, a.least) < std::pair(-b.doubts, b.least);
  });
  std::stable_sort(out.pages.begin(), out.pages.end(), [](const PagePlace& a, const PagePlace& b) {
    return a.confidence < b.confidence;
  });
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
@media print { th { position: static; } }
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

void add_table(Node body, const std::vector<std::string>& heads,
               const std::vector<std::vector<std::string>>& rows) {
  if (rows.empty()) {
    add(body, "p", "Không có.", "none");
    return;
  }
  Node table = add(body, "table");
  add_row(add(table, "thead"), "th", heads);
  Node rows_node = add(table, "tbody");
  for (std::size_t i = 0; i < std::min(rows.size(), kMostRowsShown); ++i)
    add_row(rows_node, "td", rows[i]);
  if (rows.size() > kMostRowsShown)
    add(body, "p",
        "và " + std::to_string(rows.size() - kMostRowsShown) + " dòng nữa; xem sổ đăng ký.",
        "none");
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

void add_reviews(Node body, const Collection& all) {
  add(body, "h2", "Văn bản cần xem lại, chỗ nghi ngờ nhiều nhất trước");
  std::vector<std::vector<std::string>> rows;
  for (const Review& review : all.reviews)
    rows.push_back({review.path, review.what, "#" + percent(review.least), review.record});
  add_table(body, {"Tệp", "Cần xem lại", "#Độ tin thấp nhất", "Bản ghi"}, rows);
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
            rows);
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

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "; ") + text;
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
  add_table(body, {"Loại", "Ở đâu", "Chi tiết"}, rows);
}

void add_poor_pages(Node body, const Collection& all) {
  add(body, "h2", "Trang nên quét lại");
  std::vector<std::vector<std::string>> rows;
  for (const PoorPage& page : all.poor) rows.push_back({page.path, numeric(page.number), page.why});
  add_table(body, {"Tệp", "#Trang", "Vì sao"}, rows);
}

void add_failures(Node body, const Collection& all) {
  add(body, "h2", "Tệp không đọc được");
  std::vector<std::vector<std::string>> rows;
  for (const LedgerEntry& entry : all.failures)
    rows.push_back({entry.path, entry.code, entry.message, numeric(entry.attempts)});
  add_table(body, {"Tệp", "Mã lỗi", "Lý do", "#Số lần thử"}, rows);
}

std::string drawn(const fs::path& inputs, const PagePlace& place) {
  constexpr double kMegapixels = 20;
  const ocr::Source source = ocr::open_source(read_file_below(inputs, place.path), "");
  const ocr::Image page = ocr::make_page_reader(source)->rasterize(place.number, kMegapixels);
  return ocr::png_address(ocr::reduced_to_width(page, kThumbnailWidth));
}

// A picture of the page in an address, drawn by a process of its own; nothing where it cannot be
// drawn within the time.
std::string thumbnail(const fs::path& inputs, const PagePlace& place, double seconds) {
  constexpr std::uint64_t kMemoryBytes = std::uint64_t{1} << 30;
  ChildProcess process([&](MessageSocket& socket) {
    bind_to_parent(kMemoryBytes);
    enter_sandbox({{inputs}, {}}, SandboxMode::Auto);
    const std::string picture = drawn(inputs, place);
    socket.send({picture.begin(), picture.end()});
  });
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
  for (bool gone = false; !gone && std::chrono::steady_clock::now() < end;) {
    constexpr int kPatienceMs = 100;
    pollfd socket{process.socket().descriptor(), POLLIN, 0};
    ::poll(&socket, 1, kPatienceMs);
    for (const Bytes& picture : process.socket().receive(gone))
      return {picture.begin(), picture.end()};
  }
  return "";
}

void add_worst_pages(Node body, const Collection& all, const fs::path& inputs) {
  add(body, "h2", "Những trang khó đọc nhất");
  Node pages = add(body, "div", "", "pages");
  // A page that was read is drawn in a fraction of a second; one that changed since may never be.
  constexpr double kSecondsForOne = 5, kSecondsForAll = 20;
  const auto begun = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < std::min(all.pages.size(), kMostThumbnails); ++i) {
    const PagePlace& page = all.pages[i];
    Node figure = add(pages, "figure");
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
    const double seconds = std::min(kSecondsForOne, kSecondsForAll - spent.count());
    const std::string picture = seconds > 0 ? thumbnail(inputs, page, seconds) : "";
    if (!picture.empty()) {
      Node image = add(figure, "img");
      image.append_attribute("src") = picture.c_str();
      image.append_attribute("alt") = "";
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
  add_reviews(body, all);
  add_failures(body, all);
  add_poor_pages(body, all);
  add_contradictions(body, all, ledger);
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
