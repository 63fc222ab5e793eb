// How the scans of a folder are dealt out to many machines: a list of files for each shard, made
// once and read by all, so that nobody needs to ask anybody.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/shards/count_inputs.h"

namespace vanban::pipeline {

struct PlannedFile {
  std::string path, stem;  // as of InputFile and output_stems
  std::uint64_t bytes = 0;
  std::string sha256;  // empty where it could not be read
  int pages = 0;       // 0: they could not be counted
  bool operator==(const PlannedFile&) const = default;
};

struct ShardTotals {
  long long files = 0, pages = 0;
  std::uint64_t bytes = 0;
  bool operator==(const ShardTotals&) const = default;
};

// What all shards have in common.
struct PlanHead {
  std::string inputs;               // whole path of the folder of scans
  int shards = 0;                   // numbered from 1
  std::vector<ShardTotals> totals;  // of each shard, in order; none where nothing was counted
  std::string id;                   // a hash of all lists; empty where there are none
};

struct Plan {
  PlanHead head;
  std::vector<std::vector<PlannedFile>> lists;  // of each shard, by path
};

struct PlanProgress {
  long long files = 0, files_all = 0;
};

// Deals all scans below the folder out to shards with as nearly the same number of pages as their
// files allow. The same files give the same plan. Files are read, and their pages counted, in a
// process apart: one that ends it counts as one without pages. Throws as count_inputs;
// filesystem_error where the folder cannot be read; std::invalid_argument where `shards` is not
// from 1 to kMostShards.
inline constexpr int kMostShards = 100'000;
Plan make_plan(const std::filesystem::path& inputs, int shards, const CountingOptions& counting,
               const std::function<void(const PlanProgress&)>& on_progress);

// PLAN/plan.json and PLAN/00001.jsonl and so on, a line for each file. The head comes last: a
// folder with one has all. Throws OutputError; std::invalid_argument where another plan is there.
void write_plan(const Plan& plan, const std::filesystem::path& folder);

// Both throw Error of kind Access where it cannot be read or is none.
PlanHead read_plan_head(const std::filesystem::path& folder);
std::vector<PlannedFile> read_shard(const std::filesystem::path& folder, int shard);

std::string head_to_json(const PlanHead& head);
// Throws Error of kind Access; `file` is for the message.
PlanHead head_from_json(const std::string& json, const std::filesystem::path& file);

// "00007": of a shard, in names of files.
std::string shard_name(int shard);

// Without a plan: the shard, of so many, that the file at a path belongs to. It needs no look at
// the others.
int shard_of_path(const std::string& path, int shards);

}  // namespace vanban::pipeline
