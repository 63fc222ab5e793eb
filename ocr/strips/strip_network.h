// Runs a network over strips.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "ocr/strips/ctc.h"
#include "ocr/strips/strips.h"

namespace vanban::ocr {

// From strips x 1 x height x width to strips x classes x 1 x columns. One for each thread.
class StripNetwork {
 public:
  // `onnx` must outlive it. `nothing`: the class of a column in which no sign begins or ends.
  StripNetwork(std::string_view onnx, int nothing);
  ~StripNetwork();

  // All strips must be of one size.
  std::vector<ColumnShares> read(const std::vector<Strip>& strips) const;

 private:
  struct Net;
  std::unique_ptr<Net> net_;
  int nothing_;
};

}  // namespace vanban::ocr
