#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <memory>
#include <sstream>
#include <string>

#include "ocr/document/error.h"
#include "pipeline/record/secret.h"
#include "pipeline/run.h"
#include "pipeline/text_input.h"
#include "tools/cli/files.h"
#include "tools/cli/log.h"
#include "tools/commands/reading.h"

namespace vanban::tools {
namespace {

class Extract : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;
  std::string subject() const override { return input_; }

 private:
  std::string input_, output_ = "-", fields_, lexicon_;
  bool split_ = false;
  pipeline::RecordOptions options_;
};

void Extract::describe(Arguments& arguments) {
  arguments.positional("TEXT", input_, "The text, UTF-8; - reads standard input", Need::Required);
  arguments.option("-o,--output", output_, "Where the record goes; - (default) is standard output");
  arguments.flag("--split", split_, kSplitHelp);
  add_secret(arguments, options_.secret);
  add_fields(arguments, fields_);
  add_lexicon(arguments, lexicon_);
  arguments.footer(
      "Pages are parted by form feeds. The text is taken as it is; a garbled one goes through\n"
      "'vanban restore' first.\n\n"
      "Examples:\n"
      "  vanban extract report.txt -o report.json\n"
      "  vanban restore garbled.txt | vanban extract - | jq .references[].code.value\n\n" +
      exit_code_table("extract"));
}

ExitCode Extract::run(const Session&) {
  check_places(input_, {{"-o", output_}});
  const pipeline::Input input = read_input(input_);
  std::istringstream text(input.bytes);
  pipeline::check_text(text);
  if (input.bytes.empty()) throw ocr::InputError(ErrorKind::Empty, "the text is empty");
  Destination output(output_);
  options_.fields = read_fields(fields_);
  options_.lexicon = checked_lexicon(lexicon_);
  if (split_) options_.split = pipeline::Split::Always;
  const pipeline::TextOutput records = pipeline::extract_text(input, options_);
  log_warnings(records.warnings);
  if (records.secret) output.make_private();
  output.write(records.record_json);
  output.commit();
  if (records.stopped_by.empty()) return ExitCode::Ok;
  log_warning(fmt::format("{}: {}", input_, pipeline::stop_message(records.stopped_by)));
  return ExitCode::Secret;
}

}  // namespace

std::unique_ptr<Command> make_extract() { return std::make_unique<Extract>(); }

}  // namespace vanban::tools
