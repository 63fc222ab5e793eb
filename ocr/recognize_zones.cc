#include <algorithm>
#include <utility>

#include "ocr/recognize.h"

namespace vanban::ocr {
namespace {

// Pixels kept off a cell's edges, where crumbs of its rules stand.
constexpr double kCellInset = 5;

// A mark darker than this is ink in a cell.
constexpr int kInkLevel = 128;
constexpr int kFewestInkPixels = 25;

bool has_ink(const Image& image, const Box& cell) {
  int count = 0;
  for (int y = std::max(0, static_cast<int>(cell.top));
       y < std::min(image.height, static_cast<int>(cell.bottom)); ++y) {
    const std::uint8_t* row = image.pixels.data() + image.stride() * static_cast<std::size_t>(y);
    for (int x = std::max(0, static_cast<int>(cell.left));
         x < std::min(image.width, static_cast<int>(cell.right)); ++x)
      count += row[x] < kInkLevel ? 1 : 0;
    if (count >= kFewestInkPixels) return true;
  }
  return false;
}

// The rows of a table, each as one line; words know the column they stand in.
std::vector<Line> recognize_table(Recognizer& recognizer, const Image& image,
                                  const TableGrid& grid) {
  std::vector<Line> rows;
  for (std::size_t r = 0; r + 1 < grid.row_edges.size(); ++r) {
    Line row;
    for (std::size_t c = 0; c + 1 < grid.column_edges.size(); ++c) {
      const Box cell{grid.column_edges[c] + kCellInset, grid.row_edges[r] + kCellInset,
                     grid.column_edges[c + 1] - kCellInset, grid.row_edges[r + 1] - kCellInset};
      if (cell.empty() || !has_ink(image, cell)) continue;
      for (Line& line : recognizer.recognize(image, cell, Segmentation::Block))
        for (Word& word : line.words) {
          word.column = static_cast<int>(c);
          row.words.push_back(std::move(word));
        }
    }
    if (row.words.empty()) continue;
    row.box = box_of(row.words);
    rows.push_back(std::move(row));
  }
  return rows;
}

// The lines of headers, body and signatures vary in size and distance; taken for a block of like
// lines they lose marks. Recipients are small and even, and stand as columns of dashes that the
// engine would make columns of.
Segmentation segmentation_of(BlockKind kind) {
  return kind == BlockKind::FooterLeft ? Segmentation::Block : Segmentation::Column;
}

}  // namespace

std::vector<Block> recognize_zones(Recognizer& recognizer, const Image& image,
                                   const std::vector<Zone>& zones) {
  std::vector<Block> blocks;
  for (const Zone& zone : zones) {
    Block block{zone.kind, zone.box, {}};
    block.lines = zone.kind == BlockKind::Table
                      ? recognize_table(recognizer, image, zone.grid)
                      : recognizer.recognize(image, zone.box, segmentation_of(zone.kind));
    if (!block.lines.empty()) blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace vanban::ocr
