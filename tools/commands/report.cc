#include "tools/commands/commands.h"

#include <memory>
#include <string>

#include "pipeline/batch/report.h"
#include "tools/cli/batch_folder.h"

namespace vanban::tools {
namespace {

class Report : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  std::string outputs_;
};

void Report::describe(Arguments& arguments) {
  arguments.positional("OUT", outputs_, "The output folder of the batch", Need::Required);
  arguments.footer("One page that needs nothing else, to be opened in a browser.\n\n" +
                   std::string(kExitCodeTable));
}

ExitCode Report::run(const Session&) {
  pipeline::Ledger ledger = open_ledger(outputs_);
  pipeline::write_report(ledger, batch_folder(outputs_));
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_report() { return std::make_unique<Report>(); }

}  // namespace vanban::tools
