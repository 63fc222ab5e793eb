#pragma once

namespace vanban::ocr {

/// The first layers of the engine's network, where it looks at every pixel of a line: the same
/// numbers by shorter ways. The library finds out for each pixel anew whether its neighbours stand
/// within the picture, and calls several functions for it; half of the network's time goes there.
///
/// As in `engine_shortcuts.h` the program's definitions come before the library's. They know how
/// the library lays its objects out, so they work
/// - with exactly the version of it that they were written for, and
/// - only after the first line that a process reads: there each layer is computed both ways, and
///   where one number differs the library's own is used from then on.
/// Everybody else gets the library's layers: other versions, networks in floating point, training,
/// several pictures at once.
enum class EngineLayers {
  Unknown,  ///< no line was read yet, or this is not the version known
  Ours,     ///< those of ours are used
  Library,  ///< a number differed
};

/// What this process has found out so far, over all the layers replaced.
EngineLayers engine_layers();

/// While one of these lives, its thread's networks use our layers where that is allowed. Only an
/// engine in 8-bit numbers, as Debian's models are, gains by it.
class QuickLayers {
 public:
  QuickLayers();
  ~QuickLayers();
  QuickLayers(const QuickLayers&) = delete;
  QuickLayers& operator=(const QuickLayers&) = delete;

 private:
  bool before_;
};

}  // namespace vanban::ocr
