// The commands that are about a batch: reading a folder of scans, and what comes after.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "pipeline/batch/run_batch.h"
#include "tools/exit_code.h"

namespace CLI {
class App;
}

namespace vanban::tools {

struct BatchArguments {
  pipeline::BatchOptions options;
  std::string inputs, outputs;
  std::string program;  // this one, as it was called
  std::string fields, events, max_failures;
  std::vector<std::string> registers;
  bool report = false;
  int memory_megabytes = 3072;
};

// Of what is done with a batch's folder afterwards.
struct FolderArguments {
  std::string outputs;
  std::string register_file;
  bool json = false;
};

struct ValidateArguments {
  std::vector<std::string> files;
};

CLI::App* add_batch(CLI::App& app, BatchArguments& arguments);
CLI::App* add_status(CLI::App& app, FolderArguments& arguments);
CLI::App* add_report(CLI::App& app, FolderArguments& arguments);
CLI::App* add_correct(CLI::App& app, FolderArguments& arguments);
CLI::App* add_validate(CLI::App& app, ValidateArguments& arguments);
CLI::App* add_worker(CLI::App& app);

// `interrupts` counts what the keyboard or the system asked.
ExitCode batch(BatchArguments& arguments, const std::atomic<int>& interrupts, bool quiet);
void status(const FolderArguments& arguments);
void report(const FolderArguments& arguments);
ExitCode correct(const FolderArguments& arguments);
ExitCode validate(const ValidateArguments& arguments);
// Reads documents for a batch; started by `batch` alone.
void worker();

}  // namespace vanban::tools
