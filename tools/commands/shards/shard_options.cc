#include "tools/commands/shards/shard_options.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "pipeline/shards/withheld_list.h"
#include "tools/cli/errors.h"

namespace vanban::tools {
namespace {

// All of the text as a number from 1 on.
int counting_number(const std::string& text) {
  int out = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, out);
  if (error != std::errc() || rest != end || out < 1)
    throw UsageError("--shard takes a number from 1 on, 7, or without a plan one of so many, 7/64");
  return out;
}

// Arrays of Slurm are numbered as they are asked for, tasks of Kubernetes from 0 on.
std::string number_from_environment() {
  if (const char* task = std::getenv("SLURM_ARRAY_TASK_ID")) return task;
  if (const char* task = std::getenv("JOB_COMPLETION_INDEX"))
    return std::to_string(std::atoi(task) + 1);
  throw UsageError(
      "name the shard with --shard; neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX does");
}

}  // namespace

void add_shard_options(Arguments& arguments, ShardOptions& options) {
  arguments.option("--plan", options.plan,
                   "Read one shard of this plan alone, which 'vanban plan' made; SCANS need not be "
                   "named then");
  arguments.option(
      "--shard", options.shard,
      "The shard, from 1 on (default: $SLURM_ARRAY_TASK_ID, or $JOB_COMPLETION_INDEX + "
      "1); without a plan one of so many, as 7/64");
  arguments.option("--scratch", options.scratch,
                   "A folder on a disk of this machine, for the ledger of a shard (default: "
                   "$TMPDIR, else /tmp)");
  arguments.option("--withheld", options.withheld,
                   "A folder on a disk of this machine, for the names of a shard's files that bear "
                   "a mark of secrecy; they are told nowhere else (default: /var/tmp/vanban-UID)");
}

std::optional<pipeline::Shard> shard_of(const ShardOptions& options, const std::string& inputs) {
  if (options.plan.empty() && options.shard.empty()) return std::nullopt;
  pipeline::Shard out;
  out.scratch = options.scratch.empty() ? std::filesystem::temp_directory_path()
                                        : std::filesystem::path(options.scratch);
  out.withheld = options.withheld.empty() ? pipeline::usual_withheld_folder()
                                          : std::filesystem::path(options.withheld);
  out.plan = options.plan;
  const std::string shard = options.shard.empty() ? number_from_environment() : options.shard;
  const std::size_t slash = shard.find('/');
  if (!options.plan.empty()) {
    out.number = counting_number(shard);
    return out;
  }
  if (inputs.empty()) throw UsageError("name the folder of scans, or a plan with --plan");
  if (slash == std::string::npos)
    throw UsageError("without --plan name the number of shards as well, --shard 7/64");
  out.number = counting_number(shard.substr(0, slash));
  out.count = counting_number(shard.substr(slash + 1));
  return out;
}

}  // namespace vanban::tools
