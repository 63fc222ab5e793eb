#include "ocr/document.h"

#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace vanban::ocr {
namespace {

// The upright box around points of the sides of `box`, mapped.
template <typename Map>
Box around_mapped(const Box& box, const Map& map) {
  Box out;
  bool first = true;
  for (const double x : {box.left, box.center_x(), box.right})
    for (const double y : {box.top, box.center_y(), box.bottom}) {
      const auto [mapped_x, mapped_y] = map(x, y);
      if (first) out = {mapped_x, mapped_y, mapped_x, mapped_y};
      first = false;
      out.left = std::min(out.left, mapped_x);
      out.right = std::max(out.right, mapped_x);
      out.top = std::min(out.top, mapped_y);
      out.bottom = std::max(out.bottom, mapped_y);
    }
  return out;
}

}  // namespace

Box Affine::apply(const Box& box) const {
  const std::array corners{apply(box.left, box.top), apply(box.right, box.top),
                           apply(box.left, box.bottom), apply(box.right, box.bottom)};
  Box out{corners[0][0], corners[0][1], corners[0][0], corners[0][1]};
  for (const auto& [x, y] : corners) {
    out.left = std::min(out.left, x);
    out.right = std::max(out.right, x);
    out.top = std::min(out.top, y);
    out.bottom = std::max(out.bottom, y);
  }
  return out;
}

Affine Affine::then(const Affine& next) const {
  return {next.xx * xx + next.xy * yx,           next.xx * xy + next.xy * yy,
          next.xx * x0 + next.xy * y0 + next.x0, next.yx * xx + next.yy * yx,
          next.yx * xy + next.yy * yy,           next.yx * x0 + next.yy * y0 + next.y0};
}

Affine Affine::inverse() const {
  const double determinant = xx * yy - xy * yx;
  if (determinant == 0) throw std::domain_error("affine map without inverse");
  Affine out{yy / determinant, -xy / determinant, 0, -yx / determinant, xx / determinant, 0};
  out.x0 = -(out.xx * x0 + out.xy * y0);
  out.y0 = -(out.yx * x0 + out.yy * y0);
  return out;
}

std::array<double, 2> Mesh::apply(double x, double y) const {
  if (identity()) return {x, y};
  const auto index = [&](double along, int count) {
    return std::clamp(static_cast<int>(std::floor(along / cell)), 0, count - 2);
  };
  const int column = index(x, columns), row = index(y, rows);
  const double u = x / cell - column, v = y / cell - row;
  const auto place = [&](int down, int right) {
    return places[static_cast<std::size_t>(row + down) * static_cast<std::size_t>(columns) +
                  static_cast<std::size_t>(column + right)];
  };
  std::array<double, 2> out{};
  for (std::size_t i = 0; i < 2; ++i)
    out[i] = (1 - v) * ((1 - u) * place(0, 0)[i] + u * place(0, 1)[i]) +
             v * ((1 - u) * place(1, 0)[i] + u * place(1, 1)[i]);
  return out;
}

std::array<double, 2> Mesh::inverse(double x, double y) const {
  if (identity()) return {x, y};
  double at_x = (columns - 1) * cell / 2, at_y = (rows - 1) * cell / 2;
  // Newton's method; a page bends little, so that few steps do.
  constexpr int kSteps = 12;
  for (int step = 0; step < kSteps; ++step) {
    const auto [here_x, here_y] = apply(at_x, at_y);
    const auto [right_x, right_y] = apply(at_x + cell / 2, at_y);
    const auto [down_x, down_y] = apply(at_x, at_y + cell / 2);
    const Affine tangent{(right_x - here_x) * 2 / cell, (down_x - here_x) * 2 / cell, 0,
                         (right_y - here_y) * 2 / cell, (down_y - here_y) * 2 / cell, 0};
    const auto [move_x, move_y] = tangent.inverse().apply(x - here_x, y - here_y);
    at_x += move_x;
    at_y += move_y;
  }
  return {at_x, at_y};
}

Mesh Mesh::scaled(double factor) const {
  Mesh out = *this;
  for (auto& [x, y] : out.places) {
    x *= factor;
    y *= factor;
  }
  return out;
}

std::array<double, 2> PageMap::apply(double x, double y) const {
  const auto [mapped_x, mapped_y] = affine.apply(x, y);
  return mesh.apply(mapped_x, mapped_y);
}

Box PageMap::apply(const Box& box) const {
  if (mesh.identity()) return affine.apply(box);
  return around_mapped(box, [&](double x, double y) { return apply(x, y); });
}

Box PageMap::apply_inverse(const Box& box) const {
  const Affine back = affine.inverse();
  if (mesh.identity()) return back.apply(box);
  return around_mapped(box, [&](double x, double y) {
    const auto [flat_x, flat_y] = mesh.inverse(x, y);
    return back.apply(flat_x, flat_y);
  });
}

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::HeaderLeft: return "header_left";
    case BlockKind::HeaderRight: return "header_right";
    case BlockKind::Title: return "title";
    case BlockKind::Addressees: return "addressees";
    case BlockKind::Body: return "body";
    case BlockKind::Table: return "table";
    case BlockKind::Recipients: return "recipients";
    case BlockKind::Signature: return "signature";
    case BlockKind::FootAddress: return "foot_address";
    case BlockKind::PageNumber: return "page_number";
    case BlockKind::ReceiptStamp: return "receipt_stamp";
    case BlockKind::UrgencyStamp: return "urgency_stamp";
    case BlockKind::DigitalSignature: return "digital_signature";
  }
  return "body";
}

std::string_view name_of(Route route) {
  switch (route) {
    case Route::Ocr: return "ocr";
    case Route::TextLayer: return "text_layer";
    case Route::Blank: return "blank";
  }
  return "ocr";
}

Box TableCell::box() const {
  Box out{corners[0].x, corners[0].y, corners[0].x, corners[0].y};
  for (const Point& corner : corners) {
    out.left = std::min(out.left, corner.x);
    out.top = std::min(out.top, corner.y);
    out.right = std::max(out.right, corner.x);
    out.bottom = std::max(out.bottom, corner.y);
  }
  return out;
}

bool TableCell::contains(double x, double y) const {
  // To the right of every side, going around clockwise.
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Point& from = corners[i];
    const Point& to = corners[(i + 1) % corners.size()];
    if ((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) < 0) return false;
  }
  return true;
}

std::string text_of(const Line& line) {
  std::string out;
  int column = 0;
  for (const Word& word : line.words) {
    if (word.column > column)
      out.append(static_cast<std::size_t>(word.column - column), '\t');
    else if (!out.empty())
      out += ' ';
    column = word.column;
    out += word.text;
  }
  return out;
}

Box box_of(const std::vector<Word>& words) {
  Box out;
  for (const Word& word : words) out = united(out, word.box);
  return out;
}

std::vector<Word> words_of(const std::vector<Block>& blocks) {
  std::vector<Word> words;
  for (const Block& block : blocks)
    for (const Line& line : block.lines)
      words.insert(words.end(), line.words.begin(), line.words.end());
  return words;
}

double mean_confidence(const std::vector<Word>& words) {
  double sum = 0, length = 0;
  for (const Word& word : words) {
    sum += word.confidence * static_cast<double>(word.text.size());
    length += static_cast<double>(word.text.size());
  }
  return length > 0 ? sum / length : 0;
}

std::string_view name_of(SealColour colour) {
  switch (colour) {
    case SealColour::Red: return "red";
    case SealColour::Black: return "black";
    case SealColour::Grey: return "grey";
  }
  return "";
}

}  // namespace vanban::ocr
