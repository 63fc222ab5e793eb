// How far the work is: a line that is drawn over on a terminal, nothing elsewhere.
#pragma once

#include <string>

namespace vanban::tools {

class Progress {
 public:
  Progress(std::string what, bool quiet);
  ~Progress();  // wipes the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(int done, int all);

 private:
  std::string what_;
  bool shown_ = false;
  bool on_terminal_ = false;
};

}  // namespace vanban::tools
