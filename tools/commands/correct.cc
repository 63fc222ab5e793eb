#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <filesystem>
#include <memory>
#include <string>

#include "pipeline/batch/register.h"
#include "pipeline/batch/run_batch.h"
#include "tools/cli/log.h"
#include "tools/commands/batch_folder.h"

namespace vanban::tools {
namespace {

class Correct : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  std::string outputs_, register_;
};

void Correct::describe(Arguments& arguments) {
  arguments.positional("OUT", outputs_, "The output folder of the batch", Need::Required);
  arguments.positional("REGISTER", register_, "The register: .xlsx or .csv", Need::Required);
  arguments.footer(
      "Only cells that differ from the record count. The value is replaced, its source becomes\n"
      "'operator', what was read is kept in 'reading'. An emptied cell says that the document has\n"
      "no such thing. Later readings keep the corrections.\n\n" +
      std::string(kExitCodeTable));
}

ExitCode Correct::run(const Session&) {
  const std::filesystem::path outputs = batch_folder(outputs_);
  const auto lock = pipeline::FolderLock::take(outputs);
  if (!lock)
    throw pipeline::FolderBusy("a run is at work in " + outputs_ +
                               "; correct the records once it is done");
  pipeline::Ledger ledger = open_ledger(outputs_);
  const pipeline::CorrectionReport report =
      pipeline::correct_from_register(ledger, outputs, register_);
  for (const std::string& problem : report.problems) log_warning(problem);
  log_info(fmt::format("{} values of {} documents corrected", report.values, report.documents));
  return report.problems.empty() ? ExitCode::Ok : ExitCode::SomeFailed;
}

}  // namespace

std::unique_ptr<Command> make_correct() { return std::make_unique<Correct>(); }

}  // namespace vanban::tools
