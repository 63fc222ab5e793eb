#include "pipeline/shards/merge.h"

#include <fmt/core.h>

#include <memory>
#include <string>
#include <vector>

#include "pipeline/batch/keep_register.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/report.h"
#include "pipeline/batch/run_batch.h"
#include "tools/cli/batch_folder.h"
#include "tools/cli/log.h"
#include "tools/commands/commands.h"

namespace vanban::tools {
namespace {

class Merge : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  std::string outputs_, records_;
  std::vector<std::string> registers_;
};

void Merge::describe(Arguments& arguments) {
  arguments.positional("OUT", outputs_, "The output folder of the shards", Need::Required);
  arguments.option("--register", registers_,
                   "The register of all documents: .xlsx, .csv or .jsonl; may be given more than "
                   "once (default: OUT/register.csv)");
  arguments.option("--records", records_,
                   "Also write all records to this file, .jsonl, each as one line of JSON");
  arguments.footer(
      "Writes OUT/ledger.sqlite, OUT/events.jsonl, OUT/report.html and the register, and says "
      "which\n"
      "shards are missing. It can be run again at any time; what people corrected stays.\n\n" +
      exit_code_table("merge"));
}

// "shard 7 of 64: 12 of 340 files are not read"
std::string missing_text(const pipeline::ShardStanding& shard) {
  const int waiting = shard.counts.waiting + shard.counts.running;
  if (shard.begun)
    return fmt::format("shard {}: {} of {} files are not read", shard.number, waiting,
                       shard.counts.all());
  return shard.files ? fmt::format("shard {}: not begun, {} files", shard.number, *shard.files)
                     : fmt::format("shard {}: not begun", shard.number);
}

ExitCode Merge::run(const Session&) {
  if (registers_.empty()) registers_.push_back(batch_folder(outputs_) / "register.csv");
  for (const std::string& file : registers_) pipeline::check_register_name(file);
  if (!records_.empty()) check_records_name(records_);
  const std::filesystem::path outputs = batch_folder(outputs_);
  (void)pipeline::shards_standing(outputs);  // throws before anything is made there
  const auto lock = pipeline::FolderLock::take(outputs);
  if (!lock)
    throw pipeline::FolderBusy("a run is at work in " + outputs_ + "; merge once it is done");
  const pipeline::MergeResult result = pipeline::merge_shards(outputs);
  pipeline::Ledger ledger = open_ledger(outputs_);
  for (const std::string& file : registers_)
    pipeline::write_register(ledger, outputs, file,
                             [](const std::string& text) { log_warning(text); });
  if (!records_.empty()) write_records(ledger, outputs, records_);
  pipeline::write_report(ledger, outputs);

  for (const pipeline::ShardStanding& shard : result.missing) log_warning(missing_text(shard));
  if (!result.without_record.empty())
    log_warning(fmt::format("{} records are gone, the first of {}; run the shards again",
                            result.without_record.size(), result.without_record.front()));
  if (result.ways > 1)
    log_warning(fmt::format("the shards were read in {} different ways, by version or settings",
                            result.ways));
  for (const std::string& note : result.notes) log_warning(note);
  for (const auto& [message, count] : result.withheld)
    log_warning(fmt::format("withheld: {} files: {}", count, message));
  const pipeline::LedgerCounts& counts = result.counts;
  if (counts.failed + counts.partial > 0)
    log_warning(fmt::format("{} of {} files failed, {} lack pages; 'vanban report {}' says which",
                            counts.failed, counts.all(), counts.partial, outputs_));
  if (!result.missing.empty() || !result.without_record.empty()) return ExitCode::TryAgain;
  if (counts.failed + counts.partial == 0) return ExitCode::Ok;
  return counts.done + counts.partial == 0 ? ExitCode::NoneDone : ExitCode::SomeFailed;
}

}  // namespace

std::unique_ptr<Command> make_merge() { return std::make_unique<Merge>(); }

}  // namespace vanban::tools
