// Pages are independent: they are read by several threads, each with its own engine.
#pragma once

#include <cstddef>
#include <functional>

namespace vanban::pipeline {

// A task run by one thread for one item after another; made in that thread.
using ItemTask = std::function<void(std::size_t item)>;

// Runs the tasks that `make_task` gives, one a thread, over the items 0 to count - 1, each item
// once, in no order. The first exception ends all threads after their current item and is thrown
// on.
void for_each_in_parallel(std::size_t count, int threads,
                          const std::function<ItemTask()>& make_task);

}  // namespace vanban::pipeline
