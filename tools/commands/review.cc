#include "pipeline/review/server.h"

#include <memory>
#include <string>

#include "pipeline/output_file.h"
#include "pipeline/review/acceptance.h"
#include "tools/cli/batch_folder.h"
#include "tools/cli/errors.h"
#include "tools/cli/log.h"
#include "tools/cli/one_line.h"
#include "tools/commands/commands.h"

namespace vanban::tools {
namespace {

class Review : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  // Draws the sample that is asked for.
  void draw() const;
  void write_protocol() const;

  std::string outputs_, protocol_;
  int port_ = 0, seed_ = 1;
  double sample_ = 0;
  bool blind_ = false;
};

void Review::describe(Arguments& arguments) {
  arguments.positional("OUT", outputs_, "The output folder of the batch", Need::Required);
  arguments.option("--port", port_, "Answer on this port of 127.0.0.1; 0 (default): any free one",
                   {0, 65535});
  arguments.positive(
      "--sample", sample_,
      "Draw at random so many values that nobody was asked about that, where none is "
      "wrong, at most this percentage of all is, with 95 % confidence; they come first");
  arguments.flag("--blind", blind_, "Of a sample: values are hidden until one is typed");
  arguments.option("--seed", seed_, "Of a sample: another number draws another (default: 1)",
                   {0, 1'000'000'000});
  arguments.option("--protocol", protocol_,
                   "Write what came out of the sample to this file (.html, .xlsx), and end");
  arguments.footer(
      "Prints an address for a browser on this computer, and answers it until Ctrl-C. Whoever has\n"
      "the address may decide. Each decision is in the ledger before the next field appears, "
      "records\n"
      "and registers follow; documents marked secret are not shown.\n\n" +
      std::string(exit_code_table("review")));
}

void Review::draw() const {
  if (pipeline::read_sample(outputs_))
    throw UsageError("a sample was drawn before; remove " +
                     pipeline::sample_file(outputs_).string() + " to draw another");
  constexpr double kConfidence = 0.95, kPercent = 100;
  if (sample_ >= kPercent) throw UsageError("--sample: it must be less than 100");
  pipeline::Ledger ledger = open_ledger(outputs_);
  pipeline::write_sample(outputs_, pipeline::draw_sample(ledger, sample_ / kPercent, kConfidence,
                                                         static_cast<unsigned>(seed_), blind_));
}

void Review::write_protocol() const {
  pipeline::Ledger ledger = open_ledger(outputs_);
  const auto sample = pipeline::read_sample(outputs_);
  if (!sample) throw UsageError("no sample was drawn; draw one with --sample");
  const std::string bytes = pipeline::protocol_bytes(ledger, *sample, protocol_);
  pipeline::OutputFile out(protocol_);
  out.write(bytes);
  out.commit();
}

ExitCode Review::run(const Session& session) {
  if (sample_ > 0) draw();
  if (!protocol_.empty()) {
    write_protocol();
    return ExitCode::Ok;
  }
  pipeline::ReviewServer server({batch_folder(outputs_), port_,
                                 [](const std::string& text) { log_warning(one_line(text)); }});
  pipeline::write_stdout(server.address() + '\n');
  server.run(session.cancelled);
  // Registers followed meanwhile; files that have all records need do so once.
  pipeline::Ledger ledger = open_ledger(outputs_);
  if (const auto lock = pipeline::FolderLock::take(outputs_)) rewrite_gathered(ledger, outputs_);
  return ExitCode::Ok;
}

}  // namespace

std::unique_ptr<Command> make_review() { return std::make_unique<Review>(); }

}  // namespace vanban::tools
