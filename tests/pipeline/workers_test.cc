#include "pipeline/workers.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace vanban::pipeline {
namespace {

TEST_CASE("each item is done once, whatever the number of threads") {
  const std::size_t count = GENERATE(0, 1, 2, 7, 500);
  const int threads = GENERATE(-1, 0, 1, 2, 3, 16);
  CAPTURE(count, threads);
  std::vector<std::atomic<int>> done(count);
  for_each_in_parallel(count, threads, [&] { return [&](std::size_t item) { ++done.at(item); }; });
  CHECK(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; }));
}

TEST_CASE("each thread makes one task and keeps it, and there are no more than needed") {
  const std::size_t count = GENERATE(1, 3, 200);
  const int threads = GENERATE(1, 2, 4);
  CAPTURE(count, threads);
  std::mutex mutex;
  std::vector<std::thread::id> makers;
  bool kept = true;
  for_each_in_parallel(count, threads, [&]() -> ItemTask {
    const std::thread::id maker = std::this_thread::get_id();
    const std::lock_guard lock(mutex);
    makers.push_back(maker);
    return [&, maker](std::size_t) {
      const std::lock_guard task_lock(mutex);
      kept = kept && std::this_thread::get_id() == maker;
    };
  });
  CHECK(kept);
  CHECK(makers.size() <= std::min(count, static_cast<std::size_t>(threads)));
  CHECK(std::set<std::thread::id>(makers.begin(), makers.end()).size() == makers.size());
}

TEST_CASE("two threads work at the same time") {
  // Each item waits until both have been begun.
  std::mutex mutex;
  std::condition_variable changed;
  int begun = 0;
  bool met = true;
  for_each_in_parallel(2, 2, [&] {
    return [&](std::size_t) {
      std::unique_lock lock(mutex);
      ++begun;
      changed.notify_all();
      met = changed.wait_for(lock, std::chrono::seconds(20), [&] { return begun == 2; }) && met;
    };
  });
  CHECK(met);
}

TEST_CASE("an exception of a task is thrown on, and no new items are begun") {
  const int threads = GENERATE(1, 2, 4);
  CAPTURE(threads);
  std::atomic<int> begun{0};
  const auto run = [&] {
    for_each_in_parallel(1000, threads, [&] {
      return [&](std::size_t item) {
        ++begun;
        if (item == 5) throw std::out_of_range("item five");
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      };
    });
  };
  CHECK_THROWS_WITH(run(), "item five");
  CHECK(begun < 500);
  CHECK(begun >= 6);
}

TEST_CASE("the type of the exception is kept") {
  CHECK_THROWS_AS(
      for_each_in_parallel(3, 2, [] { return [](std::size_t) { throw std::out_of_range("x"); }; }),
      std::out_of_range);
}

TEST_CASE("where all items fail one exception comes out") {
  std::atomic<int> begun{0};
  CHECK_THROWS_AS(for_each_in_parallel(50, 4,
                                       [&] {
                                         return [&](std::size_t) {
                                           ++begun;
                                           throw std::runtime_error("x");
                                         };
                                       }),
                  std::runtime_error);
  // One a thread: each ends with its own failure.
  CHECK(begun >= 1);
  CHECK(begun <= 4);
}

TEST_CASE("a task that cannot be made ends the work") {
  std::atomic<int> made{0}, done{0};
  const auto run = [&] {
    for_each_in_parallel(1000, 2, [&]() -> ItemTask {
      if (++made == 2) throw std::runtime_error("no engine");
      return [&](std::size_t) {
        ++done;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      };
    });
  };
  CHECK_THROWS_WITH(run(), "no engine");
  CHECK(done < 1000);
}

}  // namespace
}  // namespace vanban::pipeline
