#include "tools/commands/commands.h"

#include <memory>
#include <sstream>
#include <string>

#include "pipeline/limited.h"
#include "pipeline/run.h"
#include "pipeline/text_input.h"
#include "tools/cli/files.h"
#include "tools/commands/reading.h"

namespace vanban::tools {
namespace {

class Explain : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;
  std::string subject() const override { return reading_.input; }

 private:
  ReadingArguments reading_;
  std::string field_, fields_, lexicon_;
};

void Explain::describe(Arguments& arguments) {
  arguments.option("--field", field_,
                   "The field by its name in the record: number, date, signer.name, or one of a "
                   "pattern file",
                   Need::Required);
  arguments.option("-o,--output", reading_.output,
                   "Where the explanation goes; - (default) is standard output");
  add_secret_or_nothing(arguments, reading_.options.record.secret);
  add_fields(arguments, fields_);
  add_lexicon(arguments, lexicon_);
  add_reading(arguments, reading_);
  arguments.footer(
      "Which rule looked where, what it saw and why it took or refused it; then the value, what\n"
      "speaks for it and against it, and the checks. INPUT is a scan or a plain text in UTF-8.\n\n"
      "Examples:\n"
      "  vanban explain scan.pdf --field number\n"
      "  vanban explain report.txt --field signer.name\n"
      "  vanban explain scan.pdf --fields my.toml --field answer_by\n\n" +
      exit_code_table("explain"));
}

ExitCode Explain::run(const Session& session) {
  check_places(reading_.input, {{"-o", reading_.output}});
  pipeline::Options& options = reading_.options;
  options.cancelled = &session.cancelled;
  options.record.fields = read_fields(fields_);
  options.record.lexicon = checked_lexicon(lexicon_);
  const pipeline::Input input = read_input(reading_.input);
  Destination output(reading_.output);
  if (options.record.secret == pipeline::SecretPolicy::All) output.make_private();
  if (pipeline::is_scan(input.bytes)) {
    output.write(pipeline::explain_limited(input, reading_.limited(), field_));
  } else {
    std::istringstream text(input.bytes);
    pipeline::check_text(text);
    output.write(pipeline::explain_text(input, options.record, field_));
  }
  output.commit();
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_explain() { return std::make_unique<Explain>(); }

}  // namespace vanban::tools
