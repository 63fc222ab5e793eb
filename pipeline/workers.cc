#include "pipeline/workers.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace vanban::pipeline {

void for_each_in_parallel(std::size_t count, int threads,
                          const std::function<ItemTask()>& make_task) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr first_error;
  std::mutex error_mutex;
  const auto work = [&] {
    try {
      const ItemTask task = make_task();
      for (std::size_t item = next++; item < count; item = next++) task(item);
    } catch (...) {
      next = count;
      const std::lock_guard lock(error_mutex);
      if (!first_error) first_error = std::current_exception();
    }
  };
  const std::size_t helpers = std::min(count, static_cast<std::size_t>(std::max(1, threads)));
  {
    std::vector<std::jthread> pool;
    for (std::size_t i = 1; i < helpers; ++i) pool.emplace_back(work);
    work();
  }
  if (first_error) std::rethrow_exception(first_error);
}

}  // namespace vanban::pipeline
