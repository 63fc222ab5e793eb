#include "ocr/layout_tables.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vanban::ocr {
namespace {

// The smallest table, in letter heights.
constexpr double kWidthMin = 18, kHeightMin = 5;

// A line of the grid is ruled over at least this share of the table; shorter rules divide merged
// cells.
constexpr double kRuledShare = 0.45;

bool touch(const Box& a, const Box& b, double slack) {
  return a.left < b.right + slack && b.left < a.right + slack && a.top < b.bottom + slack &&
         b.top < a.bottom + slack;
}

// Groups of boxes that touch one another, directly or through others.
std::vector<std::vector<Box>> connected(const std::vector<Box>& boxes, double slack) {
  std::vector<std::size_t> group(boxes.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (group[i] != i) i = group[i] = group[group[i]];
    return i;
  };
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (touch(boxes[i], boxes[j], slack)) group[root(i)] = root(j);
  std::vector<std::vector<Box>> by_root(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) by_root[root(i)].push_back(boxes[i]);
  std::erase_if(by_root, [](const auto& members) { return members.empty(); });
  return by_root;
}

// One rule of the grid, maybe broken into pieces: where it stands and how much of it is drawn.
struct Edge {
  double place = 0, drawn = 0;
};

// Rules that stand within `slack` of one another are pieces of one edge.
std::vector<double> edges_of(std::vector<Edge> pieces, double slack, double drawn_min) {
  std::sort(pieces.begin(), pieces.end(),
            [](const Edge& a, const Edge& b) { return a.place < b.place; });
  std::vector<Edge> merged;
  for (const Edge& piece : pieces) {
    if (merged.empty() || piece.place - merged.back().place > slack) {
      merged.push_back(piece);
      continue;
    }
    Edge& edge = merged.back();
    edge.place = (edge.place * edge.drawn + piece.place * piece.drawn) / (edge.drawn + piece.drawn);
    edge.drawn += piece.drawn;
  }
  std::vector<double> out;
  for (const Edge& edge : merged)
    if (edge.drawn >= drawn_min) out.push_back(edge.place);
  return out;
}

}  // namespace

std::vector<TableGrid> find_tables(const LayoutInput& input) {
  std::vector<Box> rules = input.horizontal_rules;
  rules.insert(rules.end(), input.vertical_rules.begin(), input.vertical_rules.end());
  const double slack = 0.5 * input.text_height;
  std::vector<TableGrid> tables;
  for (const std::vector<Box>& members : connected(rules, slack)) {
    TableGrid table;
    for (const Box& rule : members) table.box = united(table.box, rule);
    if (table.box.width() < kWidthMin * input.text_height ||
        table.box.height() < kHeightMin * input.text_height)
      continue;
    std::vector<Edge> rows, columns;
    for (const Box& rule : members) {
      if (rule.width() >= rule.height())
        rows.push_back({rule.center_y(), rule.width()});
      else
        columns.push_back({rule.center_x(), rule.height()});
    }
    table.row_edges = edges_of(rows, slack, kRuledShare * table.box.width());
    table.column_edges = edges_of(columns, slack, kRuledShare * table.box.height());
    if (table.row_edges.size() < 2 || table.column_edges.size() < 3) continue;
    tables.push_back(std::move(table));
  }
  std::sort(tables.begin(), tables.end(),
            [](const TableGrid& a, const TableGrid& b) { return a.box.top < b.box.top; });
  // A table in a table's cell, or beside another, is left to the one that begins higher.
  std::vector<TableGrid> apart;
  for (TableGrid& table : tables)
    if (apart.empty() || table.box.top >= apart.back().box.bottom)
      apart.push_back(std::move(table));
  return apart;
}

}  // namespace vanban::ocr
