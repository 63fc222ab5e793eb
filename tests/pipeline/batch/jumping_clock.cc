// A clock of the day that jumps with every look at it, years forth and back, to be put before the C
// library (LD_PRELOAD). What counts from the machine's start it leaves alone.
#include <dlfcn.h>
#include <time.h>

#include <atomic>

namespace {

std::atomic<int> looks = 0;

time_t jumped(time_t seconds) {
  constexpr time_t kYears = 3 * 365 * 86400;
  return seconds + (++looks % 2 == 0 ? kYears : -kYears);
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t which, timespec* now) noexcept {
  static const auto real =
      reinterpret_cast<int (*)(clockid_t, timespec*)>(::dlsym(RTLD_NEXT, "clock_gettime"));
  const int result = real(which, now);
  if (which == CLOCK_REALTIME) now->tv_sec = jumped(now->tv_sec);
  return result;
}

time_t time(time_t* out) noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}
}
