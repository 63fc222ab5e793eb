#include "pipeline/shards/merge.h"

#include <algorithm>

#include "pipeline/batch/keep_register.h"
#include "pipeline/output_file.h"
#include "pipeline/shards/journal.h"
#include "pipeline/shards/plan.h"
#include "pipeline/shards/shard_files.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

void write_events(const fs::path& outputs) {
  OutputFile out(outputs / "events.jsonl");
  // Written in pieces that are worth a call.
  constexpr std::size_t kPiece = 1 << 20;
  std::string piece;
  merge_journals(journal_files(outputs, 0), [&](std::string_view line) {
    piece += line;
    if (piece.size() < kPiece) return;
    out.write(piece);
    piece.clear();
  });
  out.write(piece);
  out.commit();
}

std::vector<std::string> paths_without_record(Ledger& ledger, const fs::path& outputs) {
  std::vector<std::string> out;
  ledger.for_each([&](const LedgerEntry& entry) {
    const bool read = entry.state == DocumentState::Done || entry.state == DocumentState::Partial;
    if (read && !fs::exists(record_file(outputs, entry.stem))) out.push_back(entry.path);
  });
  return out;
}

}  // namespace

std::vector<ShardStanding> shards_standing(const fs::path& outputs) {
  const PlanHead head = head_of_results(outputs);
  std::vector<ShardStanding> out(static_cast<std::size_t>(head.shards));
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i].number = static_cast<int>(i) + 1;
    if (i < head.totals.size()) out[i].files = head.totals[i].files;
  }
  for (const int shard : published_shards(outputs)) {
    if (shard > head.shards) continue;
    ShardStanding& one = out[static_cast<std::size_t>(shard) - 1];
    try {
      Ledger published = Ledger::open_copy(published_ledger(outputs, shard));
      one.counts = published.counts();
      one.withheld = published.withheld();
      one.begun = true;
    } catch (const LedgerError&) {
      // As one that is not there.
    }
  }
  return out;
}

LedgerCounts counts_of(const std::vector<ShardStanding>& shards) {
  LedgerCounts out;
  for (const ShardStanding& shard : shards) {
    if (!shard.begun) out.waiting += static_cast<int>(shard.files.value_or(0));
    out.waiting += shard.counts.waiting;
    out.running += shard.counts.running;
    out.done += shard.counts.done;
    out.partial += shard.counts.partial;
    out.failed += shard.counts.failed;
    out.to_review += shard.counts.to_review;
    out.changed += shard.counts.changed;
    out.pages += shard.counts.pages;
  }
  return out;
}

std::map<std::string, int> withheld_of(const std::vector<ShardStanding>& shards) {
  std::map<std::string, int> out;
  for (const ShardStanding& shard : shards)
    for (const auto& [message, count] : shard.withheld) out[message] += count;
  return out;
}

bool is_merged(const fs::path& outputs) {
  std::error_code error;
  const auto merged = fs::last_write_time(outputs / "events.jsonl", error);
  if (error || !fs::exists(ledger_file(outputs))) return false;
  const std::vector<int> shards = published_shards(outputs);
  return std::all_of(shards.begin(), shards.end(), [&](int shard) {
    return fs::last_write_time(published_ledger(outputs, shard), error) <= merged;
  });
}

MergeResult merge_shards(const fs::path& outputs) {
  MergeResult out;
  const std::vector<ShardStanding> standing = shards_standing(outputs);
  for (const ShardStanding& shard : standing)
    if (!shard.complete()) out.missing.push_back(shard);
  Ledger ledger = Ledger::open(ledger_file(outputs));
  for (const ShardStanding& shard : standing)
    if (shard.begun) out.taken_over += ledger.absorb(published_ledger(outputs, shard.number));
  if (out.taken_over > 0) ledger.join_runs();
  finish_corrections(ledger, outputs, [&](const std::string& text) { out.notes.push_back(text); });
  out.without_record = paths_without_record(ledger, outputs);
  for (const std::string& path : out.without_record) ledger.release(path);
  out.ways = ledger.count_ways();
  out.withheld = ledger.withheld();
  out.counts = ledger.counts();
  write_events(outputs);
  return out;
}

}  // namespace vanban::pipeline
