#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/batch/keep_register.h"
#include "pipeline/batch/report.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/output_file.h"
#include "tools/cli/batch_folder.h"
#include "tools/cli/log.h"
#include "tools/cli/one_line.h"
#include "tools/cli/translations.h"

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
      "A mark, x, in the column \"Đã xem, đúng\" says that what is yellow in its row is right as "
      "it "
      "stands.\n"
      "Only cells that were typed into count, since the register was written. All rows are looked "
      "at\n"
      "first; what cannot be taken is said and refused, the rest goes in. Registers that 'vanban "
      "batch'\n"
      "writes again are taken over so by themselves.\n"
      "The value is replaced, its source becomes\n"
      "'operator', what was read is kept in 'reading'. An emptied cell says that the document has\n"
      "no such thing. Later readings keep the corrections. Registers, the report and the "
      "files\n"
      "of --records and --indicators are written anew, but a register in which something was "
      "refused.\n\n" +
      exit_code_table("correct"));
}

// "2 values of 1 documents corrected; 1 refused: it is no date"
std::string summary_of(const pipeline::CorrectionReport& report) {
  std::map<std::string, int> reasons;
  for (const pipeline::Refusal& refusal : report.refusals) ++reasons[refusal.why];
  std::string out =
      fmt::format("{} values of {} documents corrected", report.values, report.documents);
  if (report.accepted > 0) out += fmt::format(", {} seen and right", report.accepted);
  std::string why;
  for (const auto& [reason, count] : reasons)
    why += (why.empty() ? "" : ", ") + (reasons.size() > 1 ? std::to_string(count) + ": " : "") +
           reason;
  if (!why.empty()) out += fmt::format("; {} refused: {}", report.refusals.size(), why);
  return out;
}

ExitCode Correct::run(const Session& session) {
  const std::filesystem::path outputs = batch_folder(outputs_);
  const auto lock = pipeline::FolderLock::take(outputs);
  if (!lock)
    throw pipeline::FolderBusy("a run is at work in " + outputs_ +
                               "; correct the records once it is done");
  pipeline::Ledger ledger = open_ledger(outputs_);
  const pipeline::CorrectionReport report = pipeline::correct_from_register(
      ledger, outputs, register_, [](const auto& text) { log_warning(text); });
  std::vector<std::string> written =
      pipeline::rewrite_registers(ledger, outputs, [](const auto& text) { log_warning(text); });
  for (const std::string& file : rewrite_gathered(ledger, outputs)) written.push_back(file);
  if (std::filesystem::exists(pipeline::report_file(outputs)))
    pipeline::write_report(ledger, outputs);
  std::string told;
  for (const std::string& change : report.changes) told += one_line(spoken(change)) + '\n';
  for (const std::string& file : written)
    told += one_line(spoken(file + " is written anew")) + '\n';
  for (const pipeline::Refusal& refusal : report.refusals)
    log_warning(fmt::format("{}, {}", register_, text_of(refusal)));
  if (report.refusals.empty())
    told += spoken(summary_of(report)) + '\n';
  else
    log_warning(summary_of(report));
  if (!session.quiet) pipeline::write_stdout(told);
  return report.refusals.empty() ? ExitCode::Ok : ExitCode::SomeFailed;
}

}  // namespace

std::unique_ptr<Command> make_correct() { return std::make_unique<Correct>(); }

}  // namespace vanban::tools
