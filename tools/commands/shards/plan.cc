#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <string>

#include "pipeline/shards/plan.h"
#include "tools/cli/log.h"
#include "tools/cli/progress.h"
#include "tools/commands/commands.h"
#include "tools/commands/reading.h"

namespace vanban::tools {
namespace {

class PlanCommand : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;
  std::string subject() const override { return inputs_; }

 private:
  std::string inputs_, folder_;
  PasswordArguments password_;
  pipeline::SandboxMode sandbox_ = pipeline::SandboxMode::Auto;
  int shards_ = 0;
};

void PlanCommand::describe(Arguments& arguments) {
  arguments.positional("SCANS", inputs_, "The folder of scans, with those below it",
                       Need::Required);
  arguments.option("-o,--output", folder_, "The folder of the plan, made if need be",
                   Need::Required);
  arguments.option("--shards", shards_, "In how many parts the scans are read",
                   {1, pipeline::kMostShards});
  add_password(arguments, password_);
  add_sandbox(arguments, sandbox_);
  arguments.footer(
      "Every scan is read once, for its SHA-256 and the number of its pages, and dealt out so "
      "that\n"
      "all shards have as nearly the same number of pages as the files allow. PLAN/plan.json has "
      "the\n"
      "totals, PLAN/00001.jsonl and so on the files of each shard. The same scans give the same "
      "plan.\n\n"
      "Examples:\n"
      "  vanban plan scans/ -o plan/ --shards 64\n"
      "  vanban batch --plan plan/ --shard 7 -o out/    on any machine that sees all three "
      "folders\n"
      "  vanban status out/                             over all shards\n"
      "  vanban merge out/                              one ledger, one register, one report\n\n" +
      exit_code_table("plan"));
}

ExitCode PlanCommand::run(const Session& session) {
  Progress line("planning", session.quiet);
  const pipeline::Plan plan = pipeline::make_plan(
      inputs_, std::max(1, shards_), {password_.password(), sandbox_},
      [&](const pipeline::PlanProgress& progress) {
        line.show(static_cast<int>(progress.files), static_cast<int>(progress.files_all));
      });
  pipeline::write_plan(plan, folder_);
  long long files = 0, pages = 0, uncounted = 0, most = 0;
  for (const pipeline::ShardTotals& one : plan.head.totals) {
    files += one.files;
    pages += one.pages;
    most = std::max(most, one.pages);
  }
  for (const auto& list : plan.lists)
    uncounted +=
        std::count_if(list.begin(), list.end(), [](const auto& file) { return file.pages == 0; });
  if (files == 0) log_warning(fmt::format("there are no scans in {}", inputs_));
  if (uncounted > 0)
    log_warning(fmt::format("the pages of {} files could not be counted", uncounted));
  log_info(fmt::format("{} files, {} pages in {} shards, at most {} pages each", files, pages,
                       plan.head.shards, most));
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_plan_command() { return std::make_unique<PlanCommand>(); }

}  // namespace vanban::tools
