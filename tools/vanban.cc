// The command line: arguments to options, results to files, exceptions to exit codes. The only file
// that prints.

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

#include "ocr/error.h"
#include "pipeline/output_file.h"
#include "pipeline/run.h"
#include "pipeline/version.h"
#include "tools/exit_code.h"
#include "tools/page_ranges.h"
#include "tools/progress.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;

std::atomic<bool> cancelled{false};

// The first Ctrl-C ends the run after the pages that are open; the second ends it at once.
extern "C" void on_interrupt(int signal) {
  cancelled = true;
  std::signal(signal, SIG_DFL);
}

// The caller's fault, found after the command line was parsed.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class AccessError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ConvertArguments {
  std::string input;
  std::string output = "-";
  std::string text;
  std::string pages;
  pipeline::Options options;
};

struct LogArguments {
  bool quiet = false;
  bool verbose = false;
  std::string file;
};

void set_up_log(const LogArguments& arguments) {
  auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  console->set_pattern("vanban: %v");
  console->set_level(arguments.quiet     ? spdlog::level::err
                     : arguments.verbose ? spdlog::level::debug
                                         : spdlog::level::warn);
  // From here on errors have a way out, the log file's own among them.
  auto logger = std::make_shared<spdlog::logger>("vanban", console);
  logger->set_level(spdlog::level::debug);
  spdlog::set_default_logger(logger);
  if (!arguments.file.empty()) {
    try {
      auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(arguments.file);
      file->set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");
      logger->sinks().push_back(std::move(file));
    } catch (const spdlog::spdlog_ex&) {
      throw AccessError("cannot write the log file " + arguments.file +
                        "; choose another with --log-file");
    }
  }
}

std::string read_input(const std::string& path) {
  const auto failed = [&](const char* why) {
    return AccessError("cannot read " + path + ": " + why + "; check the path and its permissions");
  };
  if (path == "-") {
    std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
    if (std::cin.bad()) throw AccessError("cannot read standard input");
    return bytes;
  }
  std::error_code error;
  if (fs::is_directory(path, error)) throw failed("it is a folder");
  std::ifstream in(path, std::ios::binary);
  if (!in) throw failed(std::strerror(errno));
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) throw failed(std::strerror(errno));
  return bytes;
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  if (a == "-" || b == "-") return false;
  return fs::equivalent(a, b, error) || fs::weakly_canonical(fs::absolute(a), error) ==
                                            fs::weakly_canonical(fs::absolute(b), error);
}

void check_paths(const ConvertArguments& arguments) {
  for (const std::string& output : {arguments.output, arguments.text})
    if (!output.empty() && same_file(arguments.input, output))
      throw UsageError("the output would replace the input " + arguments.input +
                       "; name another file");
  if (!arguments.text.empty() && (same_file(arguments.output, arguments.text) ||
                                  (arguments.output == "-" && arguments.text == "-")))
    throw UsageError("record and text cannot go to the same place; name two with -o and --text");
}

// A place for one result; made before the work begins, so that a bad path is known at once.
class Destination {
 public:
  explicit Destination(const std::string& path) {
    if (path != "-") file_ = std::make_unique<pipeline::OutputFile>(path);
  }
  void write(const std::string& bytes) {
    if (file_)
      file_->write(bytes);
    else
      pipeline::write_stdout(bytes);
  }
  void commit() {
    if (file_) file_->commit();
  }

 private:
  std::unique_ptr<pipeline::OutputFile> file_;
};

void convert(ConvertArguments& arguments, bool quiet) {
  check_paths(arguments);
  arguments.options.pages = parse_page_ranges(arguments.pages);
  arguments.options.cancelled = &cancelled;
  pipeline::Input input{
      arguments.input == "-" ? "-" : fs::path(arguments.input).filename().string(),
      read_input(arguments.input)};
  Destination record(arguments.output);
  std::optional<Destination> text;
  if (!arguments.text.empty()) text.emplace(arguments.text);

  pipeline::Output output;
  {
    Progress progress(input.file_name, quiet);
    arguments.options.on_page = [&](int done, int all) { progress.show(done, all); };
    output = pipeline::convert(std::move(input), arguments.options);
  }
  for (const ocr::Warning& warning : output.warnings)
    spdlog::warn("{} ({})", warning.text, warning.code);
  // Files first: once something is on standard output it cannot be taken back.
  if (text) text->write(output.text);
  record.write(output.record_json);
  if (text) text->commit();
  record.commit();
}

ExitCode code_of(const ocr::InputError& error) {
  switch (error.code()) {
    case ocr::InputError::Code::Encrypted: return ExitCode::Encrypted;
    case ocr::InputError::Code::NotReadable: return ExitCode::FileAccess;
    default: return ExitCode::InputError;
  }
}

// Runs an action; what it throws becomes one line and an exit code.
template <typename Action>
ExitCode guarded(const std::string& input, Action action) {
  try {
    action();
    return ExitCode::Ok;
  } catch (const UsageError& error) {
    spdlog::error("{}", error.what());
    return ExitCode::BadArguments;
  } catch (const std::invalid_argument& error) {
    spdlog::error("{}", error.what());
    return ExitCode::BadArguments;
  } catch (const ocr::InputError& error) {
    spdlog::error("{}: {}", input, error.what());
    return code_of(error);
  } catch (const ocr::EngineError& error) {
    spdlog::error("{}", error.what());
    return ExitCode::MissingDependency;
  } catch (const AccessError& error) {
    spdlog::error("{}", error.what());
    return ExitCode::FileAccess;
  } catch (const pipeline::OutputError& error) {
    spdlog::error("{}; choose another place or make room", error.what());
    return ExitCode::FileAccess;
  } catch (const fs::filesystem_error& error) {
    spdlog::error("{}", error.what());
    return ExitCode::FileAccess;
  } catch (const pipeline::Interrupted&) {
    spdlog::error("interrupted; nothing was written");
    return ExitCode::Interrupted;
  } catch (const std::exception& error) {
    spdlog::error("{}: {}; please report this with the file", input, error.what());
    return ExitCode::Other;
  }
}

void add_convert(CLI::App& app, ConvertArguments& arguments) {
  CLI::App* convert = app.add_subcommand(
      "convert", "Read one scan (PDF, TIFF, PNG, JPEG) and write its record as JSON");
  convert->add_option("INPUT", arguments.input, "The scan; - reads standard input")->required();
  convert->add_option("-o,--output", arguments.output,
                      "Where the record goes; - (default) is standard output");
  convert->add_option("--text", arguments.text,
                      "Also write the text, pages parted by form feeds; - is standard output");
  convert->add_option("--pages", arguments.pages, "Only these pages, e.g. 1-3,7");
  convert->add_option("--password", arguments.options.password, "Opens an encrypted PDF");
  convert
      ->add_option("--jobs", arguments.options.jobs,
                   "Pages read at the same time (default: as many as there are cores)")
      ->check(CLI::Range(1, 256));
  convert
      ->add_option("--ocr", arguments.options.ocr,
                   "auto (default): read the image unless the text layer is plausible Vietnamese; "
                   "always: read every image; never: take the text layer as it is")
      ->transform(CLI::CheckedTransformer(std::map<std::string, pipeline::OcrMode>{
                                              {"auto", pipeline::OcrMode::Auto},
                                              {"always", pipeline::OcrMode::Always},
                                              {"never", pipeline::OcrMode::Never}})
                      .description(""))
      ->type_name("auto|always|never");
  convert
      ->add_option("--max-megapixels", arguments.options.max_megapixels,
                   "Largest page image; larger ones are read at a lower density (default: 100)")
      ->check(CLI::Range(1.0, 1000.0));
  convert->add_option("--tessdata", arguments.options.tessdata_dir,
                      "Folder of Tesseract's models (default: as installed)");
  convert->add_option("--trace", arguments.options.trace_dir,
                      "Write what passes between the stages to this folder");
  convert->footer(
      "Examples:\n"
      "  vanban convert scan.pdf                              record on standard output\n"
      "  vanban convert scan.pdf -o scan.json --text scan.txt\n"
      "  vanban convert scan.pdf | jq -r .document.code.value\n\n" +
      std::string(kExitCodeTable));
}

int run(int argc, char** argv) {
  CLI::App app(
      "Reads scanned Vietnamese administrative documents into records that can be trusted.",
      "vanban");
  app.set_version_flag("--version", std::string("vanban ") + pipeline::kVersion);
  app.require_subcommand(1);
  app.fallthrough();
  LogArguments log;
  const auto* quiet = app.add_flag("-q,--quiet", log.quiet, "Say nothing but errors");
  app.add_flag("-v,--verbose", log.verbose, "Say what is being done")
      ->excludes(const_cast<CLI::Option*>(quiet));
  app.add_option("--log-file", log.file, "Also write the log, with all details, to this file");
  app.footer("See 'vanban convert --help'.\n\n" + std::string(kExitCodeTable));
  ConvertArguments arguments;
  add_convert(app, arguments);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::fprintf(stderr, "vanban: %s; see 'vanban --help'\n", error.what());
    return static_cast<int>(ExitCode::BadArguments);
  }
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  return static_cast<int>(guarded(arguments.input, [&] {
    set_up_log(log);
    convert(arguments, log.quiet);
  }));
}

}  // namespace
}  // namespace vanban::tools

int main(int argc, char** argv) {
  try {
    return vanban::tools::run(argc, argv);
  } catch (...) {
    std::fputs("vanban: another fault; please report it\n", stderr);
    return static_cast<int>(vanban::tools::ExitCode::Other);
  }
}
