#include "tools/cli/batch_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>

namespace vanban::tools {

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  constexpr long long kMinute = 60, kHour = 3600;
  if (whole < kMinute) return std::to_string(whole) + " s";
  if (whole < kHour) return std::to_string((whole + kMinute - 1) / kMinute) + " min";
  return std::to_string(whole / kHour) + " h " + std::to_string(whole % kHour / kMinute) + " min";
}

std::string progress_text(const pipeline::BatchProgress& progress) {
  std::string out = std::to_string(progress.counts.finished()) + " of " +
                    std::to_string(progress.counts.all()) + " files, " +
                    std::to_string(progress.pages) + " pages";
  if (progress.pages > 0 && progress.seconds > 0)
    out += fmt::format(", {:.1f} pages/s", static_cast<double>(progress.pages) / progress.seconds);
  if (progress.seconds_left) out += ", " + duration_text(*progress.seconds_left) + " left";
  if (progress.counts.failed > 0) out += ", " + std::to_string(progress.counts.failed) + " failed";
  return out;
}

BatchProgressLine::BatchProgressLine(bool quiet)
    : quiet_(quiet), on_terminal_(::isatty(STDERR_FILENO) == 1) {}

BatchProgressLine::~BatchProgressLine() { wipe(); }

void BatchProgressLine::wipe() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

void BatchProgressLine::show(const pipeline::BatchProgress& progress) {
  if (quiet_) return;
  if (!on_terminal_) {
    constexpr double kEverySeconds = 30;
    if (progress.seconds - last_line_seconds_ < kEverySeconds) return;
    last_line_seconds_ = progress.seconds;
    std::fprintf(stderr, "vanban: %s\n", progress_text(progress).c_str());
    return;
  }
  constexpr int kWidth = 20;
  const int all = progress.counts.all();
  const int filled = all > 0 ? progress.counts.finished() * kWidth / all : 0;
  std::string bar(static_cast<std::size_t>(filled), '#');
  bar.resize(kWidth, '.');
  std::fprintf(stderr, "\r\033[K[%s] %s", bar.c_str(), progress_text(progress).c_str());
  shown_ = true;
}

}  // namespace vanban::tools
