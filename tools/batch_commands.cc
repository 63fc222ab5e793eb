#include "tools/batch_commands.h"

#include <sys/stat.h>

#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "extract/patterns/fields_file.h"
#include "pipeline/batch/process.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/report.h"
#include "pipeline/batch/worker.h"
#include "pipeline/output_file.h"
#include "pipeline/record/schema.h"
#include "tools/batch_progress.h"
#include "tools/errors.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path))
    throw AccessError("cannot read " + path + "; check the path and its permissions");
  return {std::istreambuf_iterator<char>(in), {}};
}

// All that is wrong with a pattern file, before the run begins.
void check_fields(const std::string& path, const std::string& text) {
  const extract::FieldsFile file = extract::parse_fields(text);
  if (file.mistakes.empty()) return;
  std::string all = "the pattern file cannot be used";
  for (const std::string& mistake : file.mistakes) all += "\n  " + path + ": " + mistake;
  throw UsageError(all);
}

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
      spdlog::warn("cannot write {}: {}", path_, std::strerror(errno));
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
  if (counts.failed + counts.partial == 0) return ExitCode::Ok;
  return counts.done + counts.partial == 0 ? ExitCode::NoneDone : ExitCode::SomeFailed;
}

fs::path folder_of(const FolderArguments& arguments) {
  if (!fs::is_directory(arguments.outputs))
    throw AccessError(arguments.outputs + " is no folder; name the output folder of a batch");
  return arguments.outputs;
}

pipeline::Ledger open_ledger(const FolderArguments& arguments) {
  return pipeline::Ledger::open_existing(pipeline::ledger_file(folder_of(arguments)));
}

}  // namespace

// ---- What is asked

CLI::App* add_batch(CLI::App& app, BatchArguments& arguments) {
  pipeline::BatchOptions& options = arguments.options;
  CLI::App* batch = app.add_subcommand(
      "batch", "Read a folder of scans into a folder of records; goes on where it stopped");
  batch->add_option("SCANS", arguments.inputs, "The folder of scans, with those below it")
      ->required();
  batch->add_option("-o,--output", arguments.outputs, "The folder of results, made if need be")
      ->required();
  batch
      ->add_option("--jobs", options.jobs,
                   "Documents read at the same time (default: as many as "
                   "there are cores)")
      ->check(CLI::Range(1, 256));
  batch->add_flag("--text", options.settings.text, "Also write texts, to OUT/text");
  batch->add_flag("--pdf", options.settings.pdf,
                  "Also write copies that can be searched (PDF/A-2b), to OUT/pdf");
  batch->add_flag("--alto", options.settings.alto, "Also write ALTO 4, to OUT/alto");
  batch->add_flag("--hocr", options.settings.hocr, "Also write hOCR, to OUT/hocr");
  batch->add_option("--register", arguments.registers,
                    "Also write the register of all documents: .xlsx, .csv or .jsonl; may be given "
                    "more than once");
  batch->add_flag("--report", arguments.report, "Also write OUT/report.html, as 'vanban report'");
  batch
      ->add_option("--redo", options.redo,
                   "Read again: failed: what could not be read, or not whole; changed: inputs that "
                   "changed, and what was read by another version or with other settings; all")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, pipeline::Redo>{{"failed", pipeline::Redo::Failed},
                                                            {"changed", pipeline::Redo::Changed},
                                                            {"all", pipeline::Redo::All}})
                      .description(""))
      ->type_name("failed|changed|all");
  batch->add_option("--max-failures", arguments.max_failures,
                    "End the run after more failures than this: a number, or a rate as 5%");
  batch->add_flag("--watch", options.watch,
                  "Go on, taking in files that are added once they stop growing, until Ctrl-C");
  batch->add_option("--events", arguments.events,
                    "Also write what happens to this file, one JSON object a line");
  batch
      ->add_option("--document-seconds", options.budgets.document_seconds,
                   "Time for one document; what was read of it by then is kept (default: 3600)")
      ->check(CLI::PositiveNumber);
  batch
      ->add_option("--page-seconds", options.budgets.page_seconds,
                   "Time for one page; it is left out and the others are read (default: 180)")
      ->check(CLI::PositiveNumber);
  batch
      ->add_option("--silence-seconds", options.budgets.silence_seconds,
                   "Time that a worker may be without a sign of life (default: 600)")
      ->check(CLI::PositiveNumber);
  batch
      ->add_option("--memory", arguments.memory_megabytes,
                   "Megabytes that one worker may take (default: 3072)")
      ->check(CLI::Range(256, 1048576));
  batch
      ->add_option("--pages-per-worker", options.budgets.pages_per_worker,
                   "A worker is replaced after so many pages (default: 1000)")
      ->check(CLI::Range(1, 1000000));
  batch->add_flag("--split", options.settings.split,
                  "Write a JSON array with a record of each document in a file");
  batch->add_option(
      "--fields", arguments.fields,
      "Also look for the fields of this pattern file (TOML; see samples/fields.toml)");
  batch->add_option("--password", options.settings.password, "Opens encrypted PDFs");
  batch->add_option("--ocr", options.settings.ocr, "As of convert")
      ->transform(CLI::CheckedTransformer(std::map<std::string, pipeline::OcrMode>{
                                              {"auto", pipeline::OcrMode::Auto},
                                              {"always", pipeline::OcrMode::Always},
                                              {"never", pipeline::OcrMode::Never}})
                      .description(""))
      ->type_name("auto|always|never");
  batch->add_option("--max-megapixels", options.settings.max_megapixels, "As of convert")
      ->check(CLI::Range(1.0, 1000.0));
  batch->add_option("--tessdata", options.settings.tessdata_dir, "As of convert");
  batch->add_option("--model", options.settings.model, "As of convert");
  batch->footer(
      "Each scan becomes OUT/records/<its path without extension>.json. OUT/ledger.sqlite knows "
      "what\n"
      "is done; the same command once more reads only what is not. A file that cannot be read is "
      "set\n"
      "aside with its reason and stops nothing.\n\n"
      "Examples:\n"
      "  vanban batch scans/ -o out/ --jobs 8 --pdf --register register.xlsx\n"
      "  vanban status out/                       how far it is\n"
      "  vanban batch scans/ -o out/ --redo failed\n"
      "  vanban report out/                       out/report.html: what to look at first\n"
      "  vanban correct out/ register.xlsx        what was changed there goes into the records\n"
      "  vanban batch inbox/ -o out/ --watch --events out.log\n\n" +
      std::string(kExitCodeTable));
  return batch;
}

CLI::App* add_status(CLI::App& app, FolderArguments& arguments) {
  CLI::App* status = app.add_subcommand("status", "Say how far a batch is");
  status->add_option("OUT", arguments.outputs, "The output folder of the batch")->required();
  status->add_flag("--json", arguments.json, "Write it as a JSON object");
  status->footer("Also while the batch runs.\n\n" + std::string(kExitCodeTable));
  return status;
}

CLI::App* add_report(CLI::App& app, FolderArguments& arguments) {
  CLI::App* report = app.add_subcommand(
      "report", "Write OUT/report.html: what of a batch to look at first, in Vietnamese");
  report->add_option("OUT", arguments.outputs, "The output folder of the batch")->required();
  report->footer("One page that needs nothing else, to be opened in a browser.\n\n" +
                 std::string(kExitCodeTable));
  return report;
}

CLI::App* add_correct(CLI::App& app, FolderArguments& arguments) {
  CLI::App* correct = app.add_subcommand(
      "correct", "Put what a person changed in the register back into the records");
  correct->add_option("OUT", arguments.outputs, "The output folder of the batch")->required();
  correct->add_option("REGISTER", arguments.register_file, "The register: .xlsx or .csv")
      ->required();
  correct->footer(
      "Only cells that differ from the record count. The value is replaced, its source becomes\n"
      "'operator', what was read is kept in 'reading'. An emptied cell says that the document has\n"
      "no such thing. Later readings keep the corrections.\n\n" +
      std::string(kExitCodeTable));
  return correct;
}

CLI::App* add_validate(CLI::App& app, ValidateArguments& arguments) {
  CLI::App* validate =
      app.add_subcommand("validate", "Check records against the schema of this version");
  validate->add_option("FILES", arguments.files, "Records, single ones or arrays")->required();
  validate->footer(
      "Says nothing where all are valid; else what is wrong, a line for each fault, and ends with\n"
      "2.\n\n" +
      std::string(kExitCodeTable));
  return validate;
}

CLI::App* add_worker(CLI::App& app) {
  CLI::App* worker = app.add_subcommand("worker", "Reads documents for a batch");
  worker->group("");  // nobody's command
  return worker;
}

// ---- What is done

ExitCode batch(BatchArguments& arguments, const std::atomic<int>& interrupts, bool quiet) {
  pipeline::BatchOptions& options = arguments.options;
  options.inputs = arguments.inputs;
  options.outputs = arguments.outputs;
  options.interrupts = &interrupts;
  options.max_failures = max_failures_of(arguments.max_failures);
  options.settings.memory_bytes = static_cast<std::uint64_t>(arguments.memory_megabytes) << 20;
  // The very file that runs, even where another version has taken its place since.
  constexpr const char* kThisProgram = "/proc/self/exe";
  options.worker_command = {fs::exists(kThisProgram) ? kThisProgram : arguments.program, "worker"};
  if (!arguments.fields.empty()) {
    options.settings.fields = read_text(arguments.fields);
    check_fields(arguments.fields, options.settings.fields);
  }
  for (const std::string& file : arguments.registers) pipeline::check_register_name(file);
  std::unique_ptr<EventFile> events;
  if (!arguments.events.empty()) {
    events = std::make_unique<EventFile>(arguments.events);
    options.on_event = [&](const std::string& line) { events->write(line); };
  }
  BatchProgressLine line(quiet);
  options.on_progress = [&](const pipeline::BatchProgress& progress) { line.show(progress); };
  options.on_note = [&](const std::string& text) {
    line.wipe();
    spdlog::warn("{}", text);
  };
  options.on_idle = [&](pipeline::Ledger& ledger) {
    line.wipe();
    for (const std::string& file : arguments.registers) pipeline::write_register(ledger, file);
    if (arguments.report) pipeline::write_report(ledger, options.outputs);
  };
  const pipeline::BatchResult result = pipeline::run_batch(options);
  line.wipe();
  if (result.counts.all() == 0) spdlog::warn("there are no scans in {}", arguments.inputs);
  if (result.end == pipeline::BatchEnd::TooManyFailures)
    spdlog::error("{} of {} documents failed, more than --max-failures allows; the run was ended",
                  result.failed, result.documents);
  if (result.end == pipeline::BatchEnd::Interrupted)
    spdlog::error("interrupted; {} of {} files are done, the same command goes on",
                  result.counts.finished(), result.counts.all());
  for (const pipeline::WarningCount& warning : result.warnings)
    spdlog::warn("{}{}", warning.first,
                 warning.documents == 1
                     ? std::string()
                     : fmt::format(" ({} more like it in this run)", warning.documents - 1));
  if (result.counts.failed + result.counts.partial > 0)
    spdlog::warn("{} of {} files failed, {} lack pages; 'vanban report {}' says which",
                 result.counts.failed, result.counts.all(), result.counts.partial,
                 arguments.outputs);
  return code_of(result);
}

void status(const FolderArguments& arguments) {
  pipeline::Ledger ledger = open_ledger(arguments);
  const pipeline::LedgerCounts counts = ledger.counts();
  const std::optional<pipeline::LedgerRun> run = ledger.last_run();
  const bool running = !pipeline::FolderLock::take(arguments.outputs);
  std::optional<double> rate, left;  // pages a second, seconds
  if (run && run->seconds > 0) rate = static_cast<double>(run->pages) / run->seconds;
  if (run && run->documents > 0)
    left = run->seconds / static_cast<double>(run->documents) * (counts.waiting + counts.running);
  if (arguments.json) {
    const auto node = [](const auto& value) {
      return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
    };
    const nlohmann::ordered_json out{
        {"files", counts.all()},          {"done", counts.done},
        {"partial", counts.partial},      {"failed", counts.failed},
        {"waiting", counts.waiting},      {"running", counts.running},
        {"to_review", counts.to_review},  {"changed", counts.changed},
        {"pages", counts.pages},          {"at_work", running},
        {"pages_per_second", node(rate)}, {"seconds_left", node(left)}};
    pipeline::write_stdout(out.dump(1) + '\n');
    return;
  }
  std::string out;
  const auto line = [&](const char* what, long long count) {
    char text[64];
    std::snprintf(text, sizeof text, "%-10s %8lld\n", what, count);
    out += text;
  };
  line("files", counts.all());
  line("done", counts.done);
  line("partial", counts.partial);
  line("failed", counts.failed);
  line("waiting", counts.waiting + counts.running);
  line("to review", counts.to_review);
  if (counts.changed > 0) line("changed", counts.changed);
  line("pages", counts.pages);
  if (rate) {
    char text[64];
    std::snprintf(text, sizeof text, "%-10s %8.1f pages/s\n", "rate", *rate);
    out += text;
  }
  if (running && left) out += "time left  " + duration_text(*left) + '\n';
  if (!running && counts.waiting + counts.running > 0)
    out += "no run is at work; the same 'vanban batch' goes on\n";
  pipeline::write_stdout(out);
}

void report(const FolderArguments& arguments) {
  pipeline::Ledger ledger = open_ledger(arguments);
  pipeline::write_report(ledger, folder_of(arguments));
}

ExitCode correct(const FolderArguments& arguments) {
  const fs::path outputs = folder_of(arguments);
  const auto lock = pipeline::FolderLock::take(outputs);
  if (!lock)
    throw pipeline::FolderBusy("a run is at work in " + arguments.outputs +
                               "; correct the records once it is done");
  pipeline::Ledger ledger = open_ledger(arguments);
  const pipeline::CorrectionReport report =
      pipeline::correct_from_register(ledger, outputs, arguments.register_file);
  for (const std::string& problem : report.problems) spdlog::warn("{}", problem);
  spdlog::info("{} values of {} documents corrected", report.values, report.documents);
  return report.problems.empty() ? ExitCode::Ok : ExitCode::SomeFailed;
}

ExitCode validate(const ValidateArguments& arguments) {
  ExitCode code = ExitCode::Ok;
  for (const std::string& file : arguments.files) {
    for (const std::string& fault : pipeline::record_file_errors(read_text(file))) {
      pipeline::write_stdout(file + ": " + fault + '\n');
      code = ExitCode::InputError;
    }
  }
  return code;
}

void worker() {
  pipeline::MessageSocket socket(pipeline::kWorkerDescriptor);
  pipeline::serve(socket, pipeline::make_reading_handler);
}

}  // namespace vanban::tools
