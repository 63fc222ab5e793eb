#include "tools/cli/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "tools/cli/translations.h"

namespace vanban::tools {

Progress::Progress(std::string what, bool quiet)
    : what_(std::move(what)), on_terminal_(!quiet && ::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::show(int done, int all) {
  if (!on_terminal_ || all < 2) return;
  constexpr int kWidth = 30;
  const int filled = done * kWidth / all;
  std::string bar(static_cast<std::size_t>(filled), '#');
  bar.resize(kWidth, '.');
  const std::string far = fmt::format(fmt::runtime(spoken("page {} of {}")), done, all);
  std::fprintf(stderr, "\r\033[K%s [%s] %s", what_.c_str(), bar.c_str(), far.c_str());
  shown_ = true;
}

}  // namespace vanban::tools
