#include "tools/commands/commands.h"

#include <unistd.h>

#include <memory>
#include <string>

#include "pipeline/limited.h"
#include "tools/cli/errors.h"
#include "tools/cli/files.h"
#include "tools/commands/reading.h"

namespace vanban::tools {
namespace {

class Inspect : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;
  std::string subject() const override { return reading_.input; }

 private:
  ReadingArguments reading_;
  int page_ = 1;
};

void Inspect::describe(Arguments& arguments) {
  arguments.option("-o,--output", reading_.output,
                   "Where the picture goes; - (default) is standard output");
  arguments.option("--page", page_, "Which page, counted from 1 (default: 1)", {1, 1000000});
  add_secret_or_nothing(arguments, reading_.options.record.secret);
  add_reading(arguments, reading_);
  arguments.footer(
      "The page is shown upright and straight, paled, with its blocks framed and numbered in "
      "reading\n"
      "order, lines in thin frames, doubtful words yellow to red, restored words underlined in "
      "blue,\n"
      "and print that no word covers in magenta. A legend stands at the foot.\n\n"
      "Examples:\n"
      "  vanban inspect scan.pdf -o page1.png\n"
      "  vanban inspect scan.pdf --page 3 --ocr always -o page3.png\n\n" +
      exit_code_table("inspect"));
}

ExitCode Inspect::run(const Session& session) {
  check_places(reading_.input, {{"-o", reading_.output}});
  if (reading_.output == "-" && ::isatty(STDOUT_FILENO) != 0)
    throw UsageError("a picture cannot be shown in a terminal; name a file with -o");
  pipeline::Options& options = reading_.options;
  options.cancelled = &session.cancelled;
  const pipeline::Input input = read_input(reading_.input);
  Destination picture(reading_.output);
  if (options.record.secret == pipeline::SecretPolicy::All) picture.make_private();
  picture.write(pipeline::inspect_limited(input, page_, reading_.limited()));
  picture.commit();
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_inspect() { return std::make_unique<Inspect>(); }

}  // namespace vanban::tools
