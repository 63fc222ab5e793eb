#include "tools/commands/commands.h"

#include <memory>

#include "pipeline/batch/process.h"
#include "pipeline/batch/worker.h"

namespace vanban::tools {
namespace {

class Worker : public Command {
 public:
  void describe(Arguments&) override {}
  ExitCode run(const Session& session) override;
};

ExitCode Worker::run(const Session&) {
  pipeline::MessageSocket socket(pipeline::kWorkerDescriptor);
  pipeline::serve(socket, pipeline::make_reading_handler);
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_worker() { return std::make_unique<Worker>(); }

}  // namespace vanban::tools
