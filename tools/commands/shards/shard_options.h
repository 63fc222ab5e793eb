// Which part of the scans a batch reads.
#pragma once

#include <optional>
#include <string>

#include "pipeline/shards/run_shard.h"
#include "tools/cli/command_line.h"

namespace vanban::tools {

struct ShardOptions {
  std::string plan, shard, scratch, withheld;  // as on the command line
};

void add_shard_options(Arguments& arguments, ShardOptions& options);

// None where all scans are to be read. `inputs`: the folder of scans as it was named. Without a
// number it is that of the task of Slurm, or of Kubernetes, that this is. Throws UsageError.
std::optional<pipeline::Shard> shard_of(const ShardOptions& options, const std::string& inputs);

}  // namespace vanban::tools
