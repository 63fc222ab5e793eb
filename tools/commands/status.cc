#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/output_file.h"
#include "pipeline/shards/merge.h"
#include "pipeline/shards/shard_files.h"
#include "tools/cli/batch_folder.h"
#include "tools/cli/batch_progress.h"
#include "tools/cli/translations.h"

namespace vanban::tools {
namespace {

// How far a batch is.
struct Standing {
  pipeline::LedgerCounts counts;
  bool at_work = false;
  std::optional<double> pages_per_second, seconds_left;
  std::optional<int> shards, shards_complete;
  std::map<std::string, int> withheld;  // by what is told of them
};

// Of shards that are not merged yet, as they last told.
Standing standing_of_shards(const std::string& outputs) {
  const std::vector<pipeline::ShardStanding> shards = pipeline::shards_standing(outputs);
  Standing out;
  out.counts = pipeline::counts_of(shards);
  out.withheld = pipeline::withheld_of(shards);
  out.shards = static_cast<int>(shards.size());
  out.shards_complete = static_cast<int>(
      std::count_if(shards.begin(), shards.end(), [](const auto& one) { return one.complete(); }));
  return out;
}

Standing standing_of(const std::string& outputs) {
  if (pipeline::has_shards(batch_folder(outputs)) && !pipeline::is_merged(outputs))
    return standing_of_shards(outputs);
  pipeline::Ledger ledger = open_ledger(outputs);
  Standing out;
  out.counts = ledger.counts();
  out.withheld = ledger.withheld();
  out.at_work = !pipeline::FolderLock::take(outputs);
  const std::optional<pipeline::LedgerRun> run = ledger.last_run();
  if (run && run->seconds > 0)
    out.pages_per_second = static_cast<double>(run->pages) / run->seconds;
  // By the run before as well, as the one that is at work says it.
  if (const pipeline::Pace pace = ledger.pace(2); run && run->jobs > 0 && pace.documents > 0)
    out.seconds_left = pace.job_seconds / run->jobs / static_cast<double>(pace.documents) *
                       (out.counts.waiting + out.counts.running);
  return out;
}

std::string as_json(const Standing& standing) {
  using Json = nlohmann::ordered_json;
  const auto node = [](const std::optional<double>& value) {
    return value ? Json(*value) : Json(nullptr);
  };
  const pipeline::LedgerCounts& counts = standing.counts;
  Json out{{"files", counts.all()},
           {"done", counts.done},
           {"partial", counts.partial},
           {"failed", counts.failed},
           {"waiting", counts.waiting},
           {"running", counts.running},
           {"to_review", counts.to_review},
           {"changed", counts.changed},
           {"gone", counts.gone},
           {"set_aside", counts.aside},
           {"pages", counts.pages},
           {"at_work", standing.at_work},
           {"pages_per_second", node(standing.pages_per_second)},
           {"seconds_left", node(standing.seconds_left)}};
  if (!standing.withheld.empty()) out["withheld"] = standing.withheld;
  if (standing.shards)
    out.update({{"shards", *standing.shards}, {"shards_complete", *standing.shards_complete}});
  return out.dump(1) + '\n';
}

std::string for_people(const Standing& standing) {
  const pipeline::LedgerCounts& counts = standing.counts;
  const int left = counts.waiting + counts.running;
  std::string out;
  const auto line = [&](const char* what, long long count) {
    out += fmt::format("{:<10} {:>8}\n", spoken(what), count);
  };
  line("files", counts.all());
  line("done", counts.done);
  line("partial", counts.partial);
  line("failed", counts.failed);
  line("waiting", left);
  line("to review", counts.to_review);
  if (counts.changed > 0) line("changed", counts.changed);
  if (counts.gone > 0) line("gone", counts.gone);
  if (counts.aside > 0) line("set aside", counts.aside);
  for (const auto& [message, count] : standing.withheld)
    out += fmt::format("{:<10} {:>8}  {}\n", spoken("withheld"), count, spoken(message));
  line("pages", counts.pages);
  if (standing.shards) {
    line("shards", *standing.shards);
    line("complete", *standing.shards_complete);
  }
  if (standing.pages_per_second)
    out += fmt::format("{:<10} {}\n", spoken("rate"),
                       fmt::format(fmt::runtime(spoken("{} pages/s")),
                                   fmt::format("{:>8.1f}", *standing.pages_per_second)));
  if (standing.at_work && standing.seconds_left)
    out += fmt::format("{:<10} {}\n", spoken("time left"), duration_text(*standing.seconds_left));
  if (!standing.shards && !standing.at_work && left > 0)
    out += spoken("no run is at work; the same 'vanban batch' goes on") + '\n';
  return out;
}

class Status : public Command {
 public:
  void describe(Arguments& arguments) override {
    arguments.positional("OUT", outputs_, "The output folder of the batch", Need::Required);
    arguments.flag("--json", json_, "Write it as a JSON object");
    arguments.footer(
        fmt::format("Also while the batch runs. Of shards that are not merged yet it is as they "
                    "last told, half\na minute ago or less.\n\n{}",
                    exit_code_table("status")));
  }
  ExitCode run(const Session&) override {
    const Standing standing = standing_of(outputs_);
    pipeline::write_stdout(json_ ? as_json(standing) : for_people(standing));
    return ExitCode::Ok;
  }

 private:
  std::string outputs_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_status() { return std::make_unique<Status>(); }

}  // namespace vanban::tools
