// What a plan needs to know of each scan. Scans are looked into by a process of its own, for any of
// them may be made to harm.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/sandbox/sandbox.h"

namespace vanban::pipeline {

struct CountingOptions {
  std::string password;
  SandboxMode sandbox = SandboxMode::Auto;
};

struct CountedInput {
  std::string sha256;  // empty where it could not be read
  int pages = 0;       // 0: they could not be counted
};

// Tells of each file below the folder, in the order of `paths`. Throws std::system_error where no
// process can be started, and Error Engine where a required sandbox is not to be had.
void count_inputs(const std::filesystem::path& inputs, const std::vector<std::string>& paths,
                  const CountingOptions& options,
                  const std::function<void(std::size_t, const CountedInput&)>& tell);

}  // namespace vanban::pipeline
