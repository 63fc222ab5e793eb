#include "tools/cli/batch_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <string_view>

#include "tools/cli/translations.h"

namespace vanban::tools {
namespace {

// In the language of the person.
template <typename... Values>
std::string told(std::string_view message, const Values&... values) {
  return fmt::format(fmt::runtime(spoken(message)), values...);
}

}  // namespace

std::string duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::ceil(seconds));
  constexpr long long kMinute = 60, kHour = 3600;
  if (whole < kMinute) return told("{} s", whole);
  if (whole < kHour) return told("{} min", (whole + kMinute - 1) / kMinute);
  return told("{} h {} min", whole / kHour, whole % kHour / kMinute);
}

std::string progress_text(const pipeline::BatchProgress& progress) {
  std::string out = told("{} of {} files, {} pages", progress.counts.finished(),
                         progress.counts.all(), progress.pages);
  if (progress.pages > 0 && progress.seconds > 0)
    out += ", " + told("{} pages/s", fmt::format("{:.1f}", static_cast<double>(progress.pages) /
                                                               progress.seconds));
  if (progress.seconds_left) out += ", " + told("{} left", duration_text(*progress.seconds_left));
  if (progress.counts.failed > 0) out += ", " + told("{} failed", progress.counts.failed);
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
