#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/batch/figures_of_batch.h"
#include "pipeline/batch/keep_register.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/report.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/record/outputs.h"
#include "pipeline/run.h"
#include "pipeline/shards/run_shard.h"
#include "pipeline/sheets/sheet_writer.h"
#include "tools/cli/batch_folder.h"
#include "tools/cli/batch_progress.h"
#include "tools/cli/errors.h"
#include "tools/cli/log.h"
#include "tools/commands/reading.h"
#include "tools/commands/shards/shard_options.h"

namespace vanban::tools {
namespace {

// "25" or "5%".
pipeline::MaxFailures max_failures_of(const std::string& text) {
  pipeline::MaxFailures out;
  if (text.empty()) return out;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const std::string rest = end;
  if (rest == "%" && number > 0 && number <= 100)
    out.share = number / 100;
  else if (rest.empty() && number >= 0 && number == static_cast<int>(number))
    out.number = static_cast<int>(number);
  else
    throw UsageError("--max-failures takes a number or a rate, 25 or 5%, not " + text);
  return out;
}

// Lines that are on the disk as soon as they are told.
class EventFile {
 public:
  explicit EventFile(const std::string& path) : file_(std::fopen(path.c_str(), "ae")), path_(path) {
    if (file_ == nullptr)
      throw AccessError("cannot write " + path + ": " + std::strerror(errno) +
                        "; choose another with --events");
  }
  ~EventFile() { std::fclose(file_); }
  EventFile(const EventFile&) = delete;
  EventFile& operator=(const EventFile&) = delete;

  void write(const std::string& line) {
    std::fputs((line + '\n').c_str(), file_);
    // The run goes on without its events: the ledger has all that counts.
    if (std::fflush(file_) != 0 && !told_) {
      told_ = true;
      log_warning(fmt::format("cannot write {}: {}", path_, std::strerror(errno)));
    }
  }

 private:
  std::FILE* file_;
  std::string path_;
  bool told_ = false;
};

ExitCode code_of(const pipeline::BatchResult& result) {
  if (result.end == pipeline::BatchEnd::Interrupted) return ExitCode::Interrupted;
  if (result.end == pipeline::BatchEnd::TooManyFailures) return ExitCode::TooManyFailures;
  const pipeline::LedgerCounts& counts = result.counts;
  if (counts.failed + counts.partial + result.unread_folders == 0) return ExitCode::Ok;
  return counts.failed > 0 && counts.done + counts.partial == 0 ? ExitCode::NoneDone
                                                                : ExitCode::SomeFailed;
}

ExitCode code_of(const pipeline::ShardResult& result) {
  const ExitCode code = code_of(result.batch);
  if (code != ExitCode::SomeFailed && code != ExitCode::NoneDone) return code;
  if (result.fault == pipeline::Fault::Transient) return ExitCode::TryAgain;
  return result.fault == pipeline::Fault::Resource ? ExitCode::NeedsMore : code;
}

class Batch : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;
  std::string subject() const override { return inputs_; }

 private:
  void prepare(const Session& session);
  ExitCode run_shard(const pipeline::Shard& shard, BatchProgressLine& line);
  void tell(const pipeline::BatchResult& result) const;

  pipeline::BatchOptions options_;
  std::string inputs_, outputs_;
  PasswordArguments password_;
  std::map<std::string, bool> wanted_;       // outputs, by their names
  std::map<std::string, bool> side_wanted_;  // side files, by their kinds
  ShardOptions shard_;
  std::string records_, fields_, lexicon_, events_, max_failures_;
  std::vector<std::string> registers_, indicators_, set_aside_;
  bool split_ = false;
  bool report_ = false;
  int memory_megabytes_ = 3072;
};

void Batch::describe(Arguments& arguments) {
  pipeline::BatchSettings& settings = options_.settings;
  pipeline::Budgets& budgets = options_.budgets;
  options_.jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  arguments.positional("SCANS", inputs_, "The folder of scans, with those below it",
                       Need::Optional);
  arguments.option("-o,--output", outputs_, "The folder of results, made if need be",
                   Need::Required);
  arguments.option("--jobs", options_.jobs,
                   "Documents read at the same time (default: as many as there are cores)",
                   {1, 256});
  for (const pipeline::OutputForm& form : pipeline::output_forms())
    arguments.flag(fmt::format("--{}", form.name), wanted_[std::string(form.name)],
                   fmt::format("As of convert, to OUT/{}", form.name));
  arguments.flag("--tables", side_wanted_[pipeline::kTables],
                 "As of convert, to OUT/tables/<path>/table-01.csv and so on");
  arguments.flag("--crops", side_wanted_[pipeline::kCrops],
                 "As of convert, to OUT/crops/<path>/p0001-number.png and so on");
  arguments.option("--records", records_,
                   "Also write all records to this file, .jsonl, each as one line of JSON");
  arguments.flag("--compact", settings.record.compact, kCompactHelp);
  arguments.option("--register", registers_,
                   "Also write the register of all documents: .xlsx, .csv or .jsonl; may be given "
                   "more than once");
  arguments.option("--indicators", indicators_,
                   "Also write the figures that the documents state, a row each: .xlsx, .csv or "
                   ".jsonl; may be given more than once");
  arguments.flag("--report", report_, "Also write OUT/report.html, as 'vanban report'");
  arguments.choice<pipeline::Redo>(
      "--redo", options_.redo,
      "Read again: failed: what could not be read, or not whole; changed: inputs that "
      "changed, and what was read by another version or with other settings; all",
      {{"failed", pipeline::Redo::Failed},
       {"changed", pipeline::Redo::Changed},
       {"all", pipeline::Redo::All}});
  arguments.option("--max-failures", max_failures_,
                   "End the run after more failures than this: a number, or a rate as 5%");
  arguments.flag("--watch", options_.watch,
                 "Go on, taking in files that are added once they stop growing, until Ctrl-C");
  arguments.option("--events", events_,
                   "Also write what happens to this file, one JSON object a line");
  arguments.positive("--document-seconds", budgets.document_seconds,
                     "Time for one document; what was read of it by then is kept (default: 3600)");
  arguments.positive("--page-seconds", budgets.page_seconds,
                     "Time for one page; it is left out and the others are read (default: 180)");
  arguments.positive("--silence-seconds", budgets.silence_seconds,
                     "Time that a worker may be without a sign of life (default: 600)");
  arguments.option("--memory", memory_megabytes_,
                   "Megabytes that one worker may take (default: 3072)", {256, 1048576});
  arguments.option("--pages-per-worker", budgets.pages_per_worker,
                   "A worker is replaced after so many pages (default: 1000)", {1, 1000000});
  arguments.option("--set-aside", set_aside_,
                   "A file below SCANS that is no scan worth reading: it is not read, and fails no "
                   "longer, until it changes; may be given more than once");
  add_shard_options(arguments, shard_);
  arguments.flag("--split", split_,
                 "Write a JSON array also of a file that holds one document; without it only of "
                 "files that hold several");
  add_sandbox(arguments, settings.sandbox);
  add_secret(arguments, settings.record.secret);
  add_fields(arguments, fields_);
  add_lexicon(arguments, lexicon_);
  add_page_options(arguments, {password_, settings.page, settings.engines, settings.model}, true);
  arguments.footer(
      "Each scan becomes OUT/records/<its path without extension>.json. OUT/ledger.sqlite knows "
      "what\n"
      "is done; the same command once more reads only what is not. A file that cannot be read is "
      "set\n"
      "aside with its reason and stops nothing.\n\n"
      "Examples:\n"
      "  vanban batch scans/ -o out/ --jobs 8 --pdf --register register.xlsx\n"
      "  vanban batch scans/ -o out/ --indicators figures.xlsx\n"
      "  vanban status out/                       how far it is\n"
      "  vanban batch scans/ -o out/ --redo failed\n"
      "  vanban batch scans/ -o out/ --set-aside box3/blank.pdf\n"
      "  vanban report out/                       out/report.html: what to look at first\n"
      "  vanban correct out/ register.xlsx        what was changed there goes into the records\n"
      "  vanban batch inbox/ -o out/ --watch --events out.log\n"
      "  vanban batch --plan plan/ --shard 7 -o out/    one part of many, see 'vanban plan'\n"
      "  vanban batch scans/ --shard 1/3 -o out/        the same without a plan\n\n" +
      exit_code_table("batch"));
}

// What was asked for becomes options.
void Batch::prepare(const Session& session) {
  options_.inputs = inputs_;
  options_.outputs = outputs_;
  options_.interrupts = &session.interrupts;
  options_.language = session.language;
  options_.language_always = session.language_asked;
  options_.max_failures = max_failures_of(max_failures_);
  for (const auto& [name, wanted] : wanted_)
    if (wanted) options_.settings.outputs.insert(name);
  for (const auto& [kind, wanted] : side_wanted_)
    if (wanted) options_.settings.side_files.insert(kind);
  options_.settings.password = password_.password();
  options_.settings.memory_bytes = static_cast<std::uint64_t>(memory_megabytes_) << 20;
  options_.settings.record.split = split_ ? pipeline::Split::Always : pipeline::Split::Several;
  options_.set_aside = {set_aside_.begin(), set_aside_.end()};
  options_.settings.fields = checked_fields(fields_);
  options_.settings.record.lexicon = checked_lexicon(lexicon_);
  // The very file that runs, even where another version has taken its place since.
  constexpr const char* kThisProgram = "/proc/self/exe";
  options_.worker_command = {std::filesystem::exists(kThisProgram) ? kThisProgram : session.program,
                             "worker"};
}

void Batch::tell(const pipeline::BatchResult& result) const {
  if (result.counts.all() == 0) log_warning(fmt::format("there are no scans in {}", inputs_));
  if (result.end == pipeline::BatchEnd::TooManyFailures)
    log_error(
        fmt::format("{} of {} documents failed, more than --max-failures allows; the run was ended",
                    result.failed, result.documents));
  if (result.end == pipeline::BatchEnd::Interrupted)
    log_error(fmt::format("interrupted; {} of {} files are done, the same command goes on",
                          result.counts.finished(), result.counts.all()));
  for (const pipeline::WarningCount& warning : result.warnings)
    log_warning(fmt::format("{}{}", warning.first,
                            warning.documents == 1 ? std::string()
                                                   : fmt::format(" ({} more like it in this run)",
                                                                 warning.documents - 1)));
  if (result.unread_folders > 0)
    log_warning(
        fmt::format("{} folders below {} could not be read; let them be read and run the "
                    "same command again",
                    result.unread_folders, inputs_));
  if (result.counts.failed + result.counts.partial > 0)
    log_warning(fmt::format("{} of {} files failed, {} lack pages; 'vanban report {}' says which",
                            result.counts.failed, result.counts.all(), result.counts.partial,
                            outputs_));
}

// One part of the scans: registers and reports are made of all, by 'vanban merge'.
ExitCode Batch::run_shard(const pipeline::Shard& shard, BatchProgressLine& line) {
  if (!registers_.empty() || !records_.empty() || !indicators_.empty() || report_ || options_.watch)
    throw UsageError(
        "--register, --records, --indicators, --report and --watch are not for a shard; 'vanban "
        "merge' makes register, records and report of all");
  try {
    const pipeline::ShardResult result = pipeline::run_shard(options_, shard);
    line.wipe();
    tell(result.batch);
    return code_of(result);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::Output) throw;
    log_error(error.what());
    return ExitCode::NeedsMore;
  }
}

ExitCode Batch::run(const Session& session) {
  prepare(session);
  const std::optional<pipeline::Shard> shard = shard_of(shard_, inputs_);
  if (!shard && inputs_.empty()) throw UsageError("name the folder of scans");
  for (const std::string& file : registers_) pipeline::check_register_name(file);
  if (!records_.empty()) check_records_name(records_);
  for (const std::string& file : indicators_) pipeline::check_sheet_name(file, "--indicators");
  std::unique_ptr<EventFile> events;
  if (!events_.empty()) {
    events = std::make_unique<EventFile>(events_);
    options_.on_event = [&](const std::string& line) { events->write(line); };
  }
  BatchProgressLine line(session.quiet);
  options_.on_progress = [&](const pipeline::BatchProgress& progress) { line.show(progress); };
  options_.on_note = [&](const std::string& text) {
    line.wipe();
    log_warning(text);
  };
  if (shard) return run_shard(*shard, line);
  options_.on_idle = [&](pipeline::Ledger& ledger) {
    line.wipe();
    for (const std::string& file : registers_)
      pipeline::write_register(ledger, options_.outputs, file, options_.on_note);
    if (!records_.empty()) write_records(ledger, options_.outputs, records_);
    for (const std::string& file : indicators_)
      pipeline::write_figures(ledger, options_.outputs, file, options_.on_note);
    if (report_) pipeline::write_report(ledger, options_.outputs);
  };
  const pipeline::BatchResult result = pipeline::run_batch(options_);
  line.wipe();
  tell(result);
  return code_of(result);
}

}  // namespace

std::unique_ptr<Command> make_batch() { return std::make_unique<Batch>(); }

}  // namespace vanban::tools
