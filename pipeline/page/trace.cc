#include "pipeline/page/trace.h"

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

}  // namespace

Trace::Trace(std::filesystem::path dir) : dir_(std::move(dir)) {
  if (!dir_.empty()) std::filesystem::create_directories(dir_);
}

std::filesystem::path Trace::path(int page, const std::string& stage, const char* ending) const {
  return dir_ / fmt::format("p{:04}-{}{}", page, stage, ending);
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
  if (!dir_.empty()) std::ofstream(dir_ / name) << text;
}

}  // namespace vanban::pipeline
