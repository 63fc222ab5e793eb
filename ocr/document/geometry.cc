#include "ocr/document/geometry.h"

#include <cmath>
#include <cstddef>
#include <iterator>

namespace vanban::ocr {
namespace {

// The upright box around points of the sides of `box`, mapped.
template <typename Map>
Box around_mapped(const Box& box, const Map& map) {
  std::vector<Point> points;
  for (const double x : {box.left, box.center_x(), box.right})
    for (const double y : {box.top, box.center_y(), box.bottom}) points.push_back(map(x, y));
  return around(points);
}

}  // namespace

Box around(const std::vector<Point>& points) {
  if (points.empty()) return {};
  const auto [left, right] = std::minmax_element(
      points.begin(), points.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
  const auto [top, bottom] = std::minmax_element(
      points.begin(), points.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
  return {left->x, top->y, right->x, bottom->y};
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

Box Affine::apply(const Box& box) const {
  return around({apply(box.left, box.top), apply(box.right, box.top), apply(box.left, box.bottom),
                 apply(box.right, box.bottom)});
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

Point Mesh::apply(double x, double y) const {
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
  const auto between = [&](double Point::*along) {
    return (1 - v) * ((1 - u) * place(0, 0).*along + u * place(0, 1).*along) +
           v * ((1 - u) * place(1, 0).*along + u * place(1, 1).*along);
  };
  return {between(&Point::x), between(&Point::y)};
}

Point Mesh::inverse(double x, double y) const {
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

Point PageMap::apply(double x, double y) const {
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

}  // namespace vanban::ocr
