#include "tools/commands/commands.h"

#include <memory>
#include <string>
#include <vector>

#include "pipeline/output_file.h"
#include "pipeline/record/schema.h"
#include "tools/cli/files.h"
#include "tools/cli/one_line.h"

namespace vanban::tools {
namespace {

class Validate : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  std::vector<std::string> files_;
};

void Validate::describe(Arguments& arguments) {
  arguments.positionals("FILES", files_, "Records, single ones or arrays");
  arguments.footer(
      "Says nothing where all are valid; else what is wrong, a line for each fault, and ends with\n"
      "2.\n\n" +
      exit_code_table("validate"));
}

ExitCode Validate::run(const Session&) {
  ExitCode code = ExitCode::Ok;
  for (const std::string& file : files_) {
    for (const std::string& fault : pipeline::record_file_errors(read_named(file))) {
      pipeline::write_stdout(one_line(file + ": " + fault) + '\n');
      code = ExitCode::InputError;
    }
  }
  return code;
}

}  // namespace

std::unique_ptr<Command> make_validate() { return std::make_unique<Validate>(); }

}  // namespace vanban::tools
