// Reads one shard of a folder of scans, at the same time as others read theirs, into one folder of
// results.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/batch/run_batch.h"
#include "pipeline/shards/faults.h"

namespace vanban::pipeline {

struct Shard {
  int number = 0;              // from 1
  int count = 0;               // of shards, where there is no plan
  std::filesystem::path plan;  // folder; empty: files are parted by their paths
  // A folder on a disk of this machine, for the ledger while the shard is read.
  std::filesystem::path scratch;
  // On a disk of this machine, for the paths of files with a mark of secrecy; see withheld_list.h.
  std::filesystem::path withheld;
  double publish_seconds = 30;  // how often others get to know how far it is
};

struct ShardResult {
  BatchResult batch;
  // most_hopeful_fault of its documents; Transient also where folders could not be read.
  Fault fault = Fault::None;
};

// As run_batch, but for the files of the shard alone; `options.inputs` may be empty where there is
// a plan, which knows the folder. Goes on where the last run that published left off, wherever that
// was; of what the killed one did since, the results are made again, byte for byte. The shard may
// be read by two at once. What could not be reached is tried again. A document that brought
// down three workers, of this run's predecessors, is set aside. Of a file that a mark of secrecy
// stops, the path stays on this machine (Withholding). `options.on_idle` is not called. Throws as
// run_batch does;
// std::invalid_argument also where the folder holds results of another plan; Error of kind Access
// where there is no such plan.
ShardResult run_shard(BatchOptions options, const Shard& shard);

}  // namespace vanban::pipeline
