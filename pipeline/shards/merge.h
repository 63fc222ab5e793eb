// One ledger and one list of events of what the runs of shards did; and how far they are.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/batch/ledger.h"

namespace vanban::pipeline {

struct ShardStanding {
  int number = 0;
  bool begun = false;  // something is published of it
  LedgerCounts counts;
  std::optional<long long> files;       // as planned
  std::map<std::string, int> withheld;  // as of Ledger::withheld
  bool complete() const {
    return begun ? counts.waiting + counts.running == 0 : files.value_or(1) == 0;
  }
};

// What was published by now, of each shard. One that cannot be read counts as not begun. Throws
// Error of kind Access where the folder holds no results of shards.
std::vector<ShardStanding> shards_standing(const std::filesystem::path& outputs);
// Of all shards together; files that none has begun with are waiting.
LedgerCounts counts_of(const std::vector<ShardStanding>& shards);
std::map<std::string, int> withheld_of(const std::vector<ShardStanding>& shards);
// Whether all that was published is in the ledger of the folder.
bool is_merged(const std::filesystem::path& outputs);

struct MergeResult {
  std::vector<ShardStanding> missing;       // shards that are not complete
  int taken_over = 0;                       // documents that the ledger did not have so
  int ways = 0;                             // of reading, by version and settings
  std::vector<std::string> without_record;  // paths of what was read, and whose record is gone
  std::map<std::string, int> withheld;      // as of Ledger::withheld
  std::vector<std::string> notes;           // what a person should know beside
  LedgerCounts counts;                      // of the ledger
};

// Puts what the shards published into OUT/ledger.sqlite, and their events in the order of time into
// OUT/events.jsonl. What people corrected stays. The same once more changes nothing. `outputs` must
// be locked by the caller. Throws Error of kind Access, LedgerError, OutputError.
MergeResult merge_shards(const std::filesystem::path& outputs);

}  // namespace vanban::pipeline
