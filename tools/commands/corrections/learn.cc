#include "pipeline/review/learn.h"

#include <fmt/core.h>

#include <filesystem>
#include <memory>
#include <string>

#include "pipeline/output_file.h"
#include "tools/cli/batch_folder.h"
#include "tools/cli/errors.h"
#include "tools/cli/files.h"
#include "tools/cli/log.h"
#include "tools/cli/one_line.h"
#include "tools/commands/commands.h"
#include "tools/commands/reading.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;

class Learn : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;

 private:
  // The lexicon's text; empty where there is none yet.
  std::string known() const;
  ExitCode propose(const Session& session) const;
  ExitCode apply(const Session& session) const;

  std::string outputs_, lexicon_;
  bool apply_ = false;
};

void Learn::describe(Arguments& arguments) {
  arguments.positional("OUT", outputs_, "The output folder of the batch", Need::Required);
  arguments.option("--lexicon", lexicon_,
                   "Your lexicon: what it has is not proposed; with --apply what is learnt goes "
                   "into it, and it is made where there is none");
  arguments.flag("--apply", apply_, "Take what is ticked in OUT/proposals.txt");
  arguments.footer(
      "Writes OUT/proposals.txt: names, symbols, patterns, confusions of letters and readings "
      "that\n"
      "corrections of two documents or more say, each with the fields of all corrected documents\n"
      "that it makes right and wrong. Put an x between the brackets before those that you want.\n"
      "With --apply each is tried again on all corrected documents: one that makes a value wrong, "
      "or\n"
      "none right, is refused.\n\n"
      "Examples:\n"
      "  vanban learn out/\n"
      "  vanban learn out/ --apply --lexicon office.lexicon\n"
      "  vanban batch scans/ -o out/ --lexicon office.lexicon\n\n" +
      std::string(exit_code_table("learn")));
}

std::string Learn::known() const {
  std::error_code ignored;
  const bool is_new = lexicon_.empty() || (apply_ && !fs::exists(lexicon_, ignored));
  return is_new ? "" : checked_lexicon(lexicon_);
}

ExitCode Learn::propose(const Session& session) const {
  pipeline::Ledger ledger = open_ledger(outputs_);
  const auto proposals =
      pipeline::proposals(ledger, outputs_, extract::parse_lexicon(known()).entries);
  const fs::path file = pipeline::proposals_file(outputs_);
  pipeline::OutputFile out(file);
  out.write(pipeline::proposals_text(proposals));
  out.commit();
  if (!session.quiet)
    pipeline::write_stdout(
        one_line(fmt::format("{} proposals in {}", proposals.size(), file.string())) + '\n');
  return ExitCode::Ok;
}

ExitCode Learn::apply(const Session& session) const {
  if (lexicon_.empty()) throw UsageError("--apply: --lexicon says where what is learnt goes");
  const fs::path file = pipeline::proposals_file(outputs_);
  const extract::LexiconFile ticked = pipeline::ticked_in(read_named(file.string()));
  if (!ticked.mistakes.empty())
    throw UsageError("what is ticked cannot be used" + mistakes_of(file.string(), ticked.mistakes));
  std::string text = known();
  pipeline::Ledger ledger = open_ledger(outputs_);
  const pipeline::Lesson lesson =
      pipeline::learn(ledger, outputs_, extract::parse_lexicon(text).entries, ticked.entries);
  for (const pipeline::RefusedEntry& one : lesson.refused)
    log_warning(one_line(line_of(one.entry) + ": refused: " + one.why));
  if (!lesson.taken.empty()) {
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    for (const extract::LexiconEntry& entry : lesson.taken) text += line_of(entry) + '\n';
    pipeline::OutputFile out(lexicon_);
    out.write(text);
    out.commit();
  }
  if (!session.quiet)
    pipeline::write_stdout(fmt::format(
        "{} entries taken; of {} known values of {} corrected documents {} are right, {} were\n",
        lesson.taken.size(), lesson.fields, lesson.documents, lesson.right_after,
        lesson.right_before));
  return lesson.refused.empty() ? ExitCode::Ok : ExitCode::SomeFailed;
}

ExitCode Learn::run(const Session& session) {
  batch_folder(outputs_);
  return apply_ ? apply(session) : propose(session);
}

}  // namespace

std::unique_ptr<Command> make_learn() { return std::make_unique<Learn>(); }

}  // namespace vanban::tools
