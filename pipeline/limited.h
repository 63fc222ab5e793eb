// What decodes a file of unknown origin runs in a process of its own, in a sandbox and within
// limits of time and memory: `convert`, `explain_scan` and `inspect` of a single file. A page that
// goes beyond them is left out and the others are read. What libraries write to standard error is
// not passed on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/options.h"
#include "pipeline/run.h"
#include "pipeline/sandbox/sandbox.h"

namespace vanban::pipeline {

struct ReadingLimits {
  // For one page; for what is done outside of pages once as much, and again for each ten pages.
  double page_seconds = 180;
  // For each thread. The largest pages take some 1.5 GB.
  std::uint64_t memory_bytes = std::uint64_t{3} << 30;
};

struct LimitedOptions {
  // `restorer` and `earlier` are not looked at, nor is any listener but on_page.
  Options options;
  std::string model;  // the language model's file; see find_model
  ReadingLimits limits;
  SandboxMode sandbox = SandboxMode::Auto;
};

struct LimitedOutput {
  Output output;
  std::string timings_json;  // where `options.timings` is given, which stay as they are
};

// Throw what the functions throw that they are named after, Error Engine where a required sandbox
// is not to be had, and InputError OutOfMemory, TooLarge or Damaged where a limit is met outside of
// pages, or on all of them. To be called while the process has no threads of its own.
LimitedOutput convert_limited(const Input& input, const LimitedOptions& options);
std::string explain_limited(const Input& input, const LimitedOptions& options,
                            std::string_view field);
std::string inspect_limited(const Input& input, int page, const LimitedOptions& options);

}  // namespace vanban::pipeline
