#include "pipeline/page/trace.h"

#include <time.h>

#include <algorithm>
#include <fstream>
#include <ostream>
#include <utility>

#include <fmt/format.h>

namespace vanban::pipeline {
namespace {

std::ostream& operator<<(std::ostream& out, const ocr::Box& box) {
  return out << box.left << '\t' << box.top << '\t' << box.right << '\t' << box.bottom;
}

void write_words(std::ostream& out, const std::vector<ocr::Word>& words) {
  for (const ocr::Word& word : words)
    out << word.box << '\t' << word.confidence << '\t' << word.text << '\n';
}

double thread_cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

}  // namespace

void Timings::add(int page, std::string_view stage, double cpu_ms) {
  const std::lock_guard lock(mutex_);
  const auto row = std::find_if(rows_.begin(), rows_.end(), [&](const StageTime& other) {
    return other.page == page && other.stage == stage;
  });
  if (row != rows_.end())
    row->cpu_ms += cpu_ms;
  else
    rows_.push_back({page, std::string(stage), cpu_ms});
}

std::vector<StageTime> Timings::rows() const {
  const std::lock_guard lock(mutex_);
  std::vector<StageTime> out = rows_;
  std::stable_sort(out.begin(), out.end(),
                   [](const StageTime& a, const StageTime& b) { return a.page < b.page; });
  return out;
}

StageTimer::StageTimer(Timings* timings, int page, std::string_view stage)
    : timings_(timings), page_(page), stage_(stage) {
  if (timings_ != nullptr) began_ms_ = thread_cpu_ms();
}

StageTimer::~StageTimer() {
  if (timings_ != nullptr) timings_->add(page_, stage_, thread_cpu_ms() - began_ms_);
}

std::string to_json(const std::vector<StageTime>& rows) {
  std::string out = "[";
  for (const StageTime& row : rows)
    out += fmt::format("{}\n  {{\"page\": {}, \"stage\": \"{}\", \"cpu_ms\": {:.2f}}}",
                       out.size() == 1 ? "" : ",", row.page, row.stage, row.cpu_ms);
  return out + "\n]\n";
}

Trace::Trace(std::filesystem::path dir, Timings* timings)
    : dir_(std::move(dir)), timings_(timings) {
  if (!dir_.empty()) std::filesystem::create_directories(dir_);
}

std::filesystem::path Trace::path(int page, const std::string& stage, const char* ending) const {
  return noted(dir_ / fmt::format("p{:04}-{}{}", page, stage, ending));
}

std::filesystem::path Trace::noted(std::filesystem::path path) const {
  const std::lock_guard lock(mutex_);
  return written_.emplace_back(std::move(path));
}

void Trace::image(int page, const std::string& stage, const ocr::Image& image) const {
  if (!dir_.empty()) ocr::write_png(image, path(page, stage, ".png"));
}

void Trace::words(int page, const std::string& stage, const std::vector<ocr::Word>& words) const {
  if (dir_.empty()) return;
  std::ofstream out(path(page, stage, ".tsv"));
  write_words(out, words);
}

void Trace::zones(int page, const std::vector<ocr::Zone>& zones) const {
  if (dir_.empty()) return;
  std::ofstream out(path(page, "zones", ".tsv"));
  for (const ocr::Zone& zone : zones) {
    out << zone.box << '\t' << name_of(zone.kind);
    if (zone.kind == ocr::BlockKind::Table)
      out << '\t' << zone.grid.rows << " rows, " << zone.grid.columns << " columns";
    out << '\n';
    for (const ocr::TableCell& cell : zone.grid.cells)
      out << cell.box() << "\tcell " << cell.row << ' ' << cell.column << ' ' << cell.row_span
          << ' ' << cell.column_span << '\n';
  }
}

void Trace::blocks(int page, const std::string& stage,
                   const std::vector<ocr::Block>& blocks) const {
  if (dir_.empty()) return;
  std::ofstream out(path(page, stage, ".tsv"));
  for (const ocr::Block& block : blocks) {
    out << "# " << name_of(block.kind) << '\n';
    for (const ocr::Line& line : block.lines) {
      out << "## " << ocr::text_of(line) << '\n';
      write_words(out, line.words);
    }
  }
}

void Trace::slot(int page, const ocr::Slot& slot, const ocr::Image& views) const {
  if (dir_.empty()) return;
  const std::string stage = "slot-" + std::string(name_of(slot.use));
  image(page, stage, views);
  std::ofstream out(path(page, stage, ".tsv"));
  out << slot.box << '\t' << name_of(slot.kind) << '\t' << slot.engine_text << '\t'
      << slot.engine_confidence << '\n';
  for (const ocr::Alternative& reading : slot.readings)
    out << reading.text << '\t' << reading.confidence << '\n';
}

void Trace::lines(int page, const std::string& stage, const std::vector<std::string>& lines) const {
  if (dir_.empty() || lines.empty()) return;
  std::ofstream out(path(page, stage, ".tsv"));
  for (const std::string& line : lines) out << line << '\n';
}

void Trace::text(const std::string& name, const std::string& text) const {
  if (!dir_.empty()) std::ofstream(noted(dir_ / name)) << text;
}

void Trace::discard() const {
  const std::lock_guard lock(mutex_);
  std::error_code ignored;
  for (const std::filesystem::path& path : written_) std::filesystem::remove(path, ignored);
  written_.clear();
}

}  // namespace vanban::pipeline
