// What the runs of shards leave beside the results, in OUT/shards/. Nothing there is written to by
// two processes: each file is one process's own, or comes whole by its name, so that a network's
// disk may hold it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/shards/plan.h"

namespace vanban::pipeline {

std::filesystem::path shards_folder(const std::filesystem::path& outputs);
// What a shard's last run knew of its files, as Ledger::save_copy writes it.
std::filesystem::path published_ledger(const std::filesystem::path& outputs, int shard);
// Those that there are, by the numbers of their shards.
std::vector<int> published_shards(const std::filesystem::path& outputs);

// Whether the folder holds results of shards.
bool has_shards(const std::filesystem::path& outputs);
// Of the plan that the results in the folder follow. Throws Error of kind Access.
PlanHead head_of_results(const std::filesystem::path& outputs);
// States in the folder what plan its results follow; two at once state the same. Throws
// std::invalid_argument where they follow another.
void bind_results(const std::filesystem::path& outputs, const PlanHead& head);

// Of this machine, as its system has it.
std::string machine_name();

// Events of one run of a shard: a name that no other run has, on this machine or another.
std::filesystem::path new_journal_file(const std::filesystem::path& outputs, int shard);
// Of all runs of one shard, or of all shards where it is 0; by name, which is by shard and time.
std::vector<std::filesystem::path> journal_files(const std::filesystem::path& outputs, int shard);

}  // namespace vanban::pipeline
