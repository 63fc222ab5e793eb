// How far a batch is: a line that is drawn over on a terminal, a plain line every half minute
// elsewhere.
#pragma once

#include <string>

#include "pipeline/batch/run_batch.h"

namespace vanban::tools {

// "120 of 1000 files, 340 pages, 5.2 pages/s, 7 min left, 3 failed"
std::string progress_text(const pipeline::BatchProgress& progress);
// "45 s", "7 min", "3 h 20 min"
std::string duration_text(double seconds);

class BatchProgressLine {
 public:
  explicit BatchProgressLine(bool quiet);
  ~BatchProgressLine();  // wipes the line
  BatchProgressLine(const BatchProgressLine&) = delete;
  BatchProgressLine& operator=(const BatchProgressLine&) = delete;

  void show(const pipeline::BatchProgress& progress);
  // Wipes the line, so that something else can be written.
  void wipe();

 private:
  bool quiet_ = false, on_terminal_ = false, shown_ = false;
  double last_line_seconds_ = 0;  // of the run
};

}  // namespace vanban::tools
