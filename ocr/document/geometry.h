// Places on a page and what moves them: points, boxes, maps of the plane.
#pragma once

#include <algorithm>
#include <vector>

namespace vanban::ocr {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

// A rectangle in the units of its page: origin top left, y downwards, right and bottom exclusive.
struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;

  double width() const { return right - left; }
  double height() const { return bottom - top; }
  double center_x() const { return (left + right) / 2; }
  double center_y() const { return (top + bottom) / 2; }
  bool empty() const { return right <= left || bottom <= top; }
  bool holds_middle_of(const Box& other) const {
    return other.center_x() > left && other.center_x() < right && other.center_y() > top &&
           other.center_y() < bottom;
  }
  bool operator==(const Box&) const = default;
};

// The smallest box around both; an empty box adds nothing.
inline Box united(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right),
          std::max(a.bottom, b.bottom)};
}

// The smallest upright box around points; empty around none.
Box around(const std::vector<Point>& points);

// The value in the middle, of two the larger; 0 where there are none.
double median(std::vector<double> values);

// Maps (x, y) to (xx * x + xy * y + x0, yx * x + yy * y + y0).
struct Affine {
  double xx = 1, xy = 0, x0 = 0;
  double yx = 0, yy = 1, y0 = 0;

  Point apply(double x, double y) const { return {xx * x + xy * y + x0, yx * x + yy * y + y0}; }
  // The upright box around the four mapped corners.
  Box apply(const Box& box) const;
  // First `*this`, then `next`.
  Affine then(const Affine& next) const;
  // Throws std::domain_error where the map squeezes the plane onto a line.
  Affine inverse() const;
  bool operator==(const Affine&) const = default;
};

// A bend of the plane: a grid of places and where each of them goes, bilinear between them and
// going on straight beyond. The identity where it has no places.
struct Mesh {
  double cell = 1;            // distance of the places before mapping, from (0, 0) on
  int columns = 0, rows = 0;  // of places, at least 2 each unless it is the identity
  std::vector<Point> places;  // row by row

  bool identity() const { return places.empty(); }
  Point apply(double x, double y) const;
  // A place that maps to (x, y), found by steps from its middle.
  Point inverse(double x, double y) const;
  // First `*this`, then enlarged.
  Mesh scaled(double factor) const;
  bool operator==(const Mesh&) const = default;
};

// First `affine`, then `mesh`.
struct PageMap {
  Affine affine;
  Mesh mesh{};

  Point apply(double x, double y) const;
  // The upright box around the mapped corners and middles of the sides.
  Box apply(const Box& box) const;
  // The same the other way. Throws std::domain_error as Affine::inverse.
  Box apply_inverse(const Box& box) const;
  bool operator==(const PageMap&) const = default;
};

}  // namespace vanban::ocr
