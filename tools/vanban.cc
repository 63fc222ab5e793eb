// The command line: arguments to options, results to files, exceptions to exit codes. The only file
// that prints.

#include <malloc.h>
#include <unistd.h>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <thread>

#include "diacritics/text/error.h"
#include "extract/patterns/fields_file.h"
#include "ocr/document/error.h"
#include "pipeline/inspect.h"
#include "pipeline/model_file.h"
#include "pipeline/output_file.h"
#include "pipeline/restore_text.h"
#include "pipeline/run.h"
#include "pipeline/text_input.h"
#include "pipeline/version.h"
#include "tools/batch_commands.h"
#include "tools/errors.h"
#include "tools/exit_code.h"
#include "tools/page_ranges.h"
#include "tools/progress.h"
#include "tools/translate_help.h"

namespace vanban::tools {
namespace {

namespace fs = std::filesystem;

std::atomic<bool> cancelled{false};
std::atomic<int> interrupts{0};

// The first Ctrl-C ends the run after the pages that are open; the second ends it at once.
extern "C" void on_interrupt(int signal) {
  cancelled = true;
  std::signal(signal, SIG_DFL);
}

// A batch has to see the second as well, to tell its ledger.
extern "C" void on_batch_interrupt(int signal) {
  if (++interrupts > 2) std::signal(signal, SIG_DFL);
}

// What all commands have that read pages.
struct ReadingArguments {
  std::string input;
  std::string output = "-";
  std::string model;
  pipeline::Options options;
};

struct ConvertArguments {
  ReadingArguments reading;
  std::string text, pdf, alto, hocr;
  std::string tables_dir;
  std::string crops_dir;
  std::string pages;
  std::string fields;
};

struct InspectArguments {
  ReadingArguments reading;
  int page = 1;
};

struct RestoreArguments {
  std::string input = "-";
  std::string output = "-";
  std::string model;
  pipeline::RestoreTextOptions options;
};

struct ExtractArguments {
  std::string input;
  std::string output = "-";
  std::string fields;
  pipeline::Options options;
};

struct ExplainArguments {
  ReadingArguments reading;
  std::string field;
  std::string fields;
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

AccessError cannot_read(const std::string& path, const char* why) {
  return AccessError("cannot read " + path + ": " + why + "; check the path and its permissions");
}

std::fstream open_input(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) throw cannot_read(path, "it is a folder");
  std::fstream in(path, std::ios::in | std::ios::binary);
  if (!in) throw cannot_read(path, std::strerror(errno));
  return in;
}

// std::cin takes a fault for the end.
void check_stdin() {
  if (std::cin.bad() || std::ferror(stdin) != 0) throw AccessError("cannot read standard input");
}

std::string read_input(const std::string& path) {
  if (path == "-") {
    std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
    check_stdin();
    return bytes;
  }
  std::fstream in = open_input(path);
  std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) throw cannot_read(path, std::strerror(errno));
  return bytes;
}

// A text that can be read more than once.
std::fstream open_text(const std::string& path) {
  if (path == "-") {
    std::fstream text = pipeline::spool_text(std::cin);
    check_stdin();
    return text;
  }
  std::fstream in = open_input(path);
  return fs::is_regular_file(path) ? std::move(in) : pipeline::spool_text(in);
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  if (a == "-" || b == "-") return false;
  return fs::equivalent(a, b, error) || fs::weakly_canonical(fs::absolute(a), error) ==
                                            fs::weakly_canonical(fs::absolute(b), error);
}

void check_paths(const std::string& input, const std::string& output) {
  if (!output.empty() && same_file(input, output))
    throw UsageError("the output would replace the input " + input + "; name another file");
}

void check_paths(const ConvertArguments& arguments) {
  const auto& [input, output, model, options] = arguments.reading;
  const std::vector<std::pair<const char*, const std::string&>> places{{"-o", output},
                                                                       {"--text", arguments.text},
                                                                       {"--pdf", arguments.pdf},
                                                                       {"--alto", arguments.alto},
                                                                       {"--hocr", arguments.hocr}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& [option, place] = places[i];
    if (place.empty()) continue;
    check_paths(input, place);
    for (std::size_t j = 0; j < i; ++j)
      if (const auto& [other_option, other] = places[j];
          !other.empty() && (same_file(other, place) || (other == "-" && place == "-")))
        throw UsageError(
            std::string("two results cannot go to the same place; name another with ") + option);
  }
}

// A place for one result; made before the work begins, so that a bad path is known at once.
class Destination {
 public:
  explicit Destination(const std::string& path) {
    if (path != "-") file_ = std::make_unique<pipeline::OutputFile>(path);
  }
  void write(std::string_view bytes) {
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

pipeline::Input read_file(const std::string& path) {
  return {path == "-" ? "-" : fs::path(path).filename().string(), read_input(path)};
}

// Makes the folder, so that a bad path is known before the work begins.
void make_dir(const std::string& dir, const char* option) {
  if (dir.empty()) return;
  std::error_code error;
  fs::create_directories(dir, error);
  if (error || !fs::is_directory(dir))
    throw AccessError("cannot make the folder " + dir + "; choose another with " + option);
}

// Files beside the record, each whole, not there before `commit`.
class SideFiles {
 public:
  // `input`: whose name the files' names begin with.
  explicit SideFiles(const std::string& input)
      : stem_(input == "-" ? "stdin" : fs::path(input).stem().string()) {}

  // DIR/INPUT-NAME
  void write(const std::string& dir, const std::string& name, const std::string& bytes) {
    const fs::path path = fs::path(dir) / (stem_ + "-" + name);
    files_.push_back(std::make_unique<Destination>(path.string()));
    files_.back()->write(bytes);
  }
  void commit() {
    for (const auto& file : files_) file->commit();
  }

 private:
  std::string stem_;
  std::vector<std::unique_ptr<Destination>> files_;
};

std::string numbered(const char* format, int number) {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

// The patterns of a file, or all that is wrong with it.
std::vector<extract::FieldPattern> read_fields(const std::string& path) {
  if (path.empty()) return {};
  extract::FieldsFile file = extract::parse_fields(read_input(path));
  if (file.mistakes.empty()) return std::move(file.patterns);
  std::string all = "the pattern file cannot be used";
  for (const std::string& mistake : file.mistakes) all += "\n  " + path + ": " + mistake;
  throw UsageError(all);
}

void warn(const std::vector<ocr::Warning>& warnings) {
  for (const ocr::Warning& warning : warnings) spdlog::warn("{} ({})", warning.text, warning.code);
}

void convert(ConvertArguments& arguments, bool quiet) {
  check_paths(arguments);
  pipeline::Options& options = arguments.reading.options;
  options.pages = parse_page_ranges(arguments.pages);
  options.fields = read_fields(arguments.fields);
  options.cancelled = &cancelled;
  pipeline::Input input = read_file(arguments.reading.input);
  Destination record(arguments.reading.output);
  std::optional<Destination> text, pdf, alto, hocr;
  const auto open = [](std::optional<Destination>& place, const std::string& path) {
    if (!path.empty()) place.emplace(path);
    return !path.empty();
  };
  open(text, arguments.text);
  options.pdf = open(pdf, arguments.pdf);
  options.alto = open(alto, arguments.alto);
  options.hocr = open(hocr, arguments.hocr);
  make_dir(arguments.tables_dir, "--tables");
  make_dir(arguments.crops_dir, "--crops");
  options.crop_slots = !arguments.crops_dir.empty();

  const diacritics::Restorer restorer =
      pipeline::open_restorer(pipeline::find_model(arguments.reading.model));
  options.restorer = &restorer;

  pipeline::Output output;
  {
    Progress progress(input.file_name, quiet);
    options.on_page = [&](int done, int all) { progress.show(done, all); };
    output = pipeline::convert(std::move(input), options);
  }
  warn(output.warnings);
  // Files first: once something is on standard output it cannot be taken back.
  SideFiles beside(arguments.reading.input);
  int table = 0;
  if (!arguments.tables_dir.empty())
    for (const std::string& csv : output.table_csvs)
      beside.write(arguments.tables_dir, numbered("table-%02d.csv", ++table), csv);
  for (const pipeline::SlotCrop& crop : output.crops)
    beside.write(arguments.crops_dir, numbered("p%04d-", crop.page) + crop.slot + ".png", crop.png);
  if (text) text->write(output.text);
  if (pdf) pdf->write(output.pdf);
  if (alto) alto->write(output.alto);
  if (hocr) hocr->write(output.hocr);
  record.write(output.record_json);
  beside.commit();
  for (std::optional<Destination>* place : {&text, &pdf, &alto, &hocr})
    if (*place) (*place)->commit();
  record.commit();
}

void inspect(InspectArguments& arguments) {
  check_paths(arguments.reading.input, arguments.reading.output);
  if (arguments.reading.output == "-" && ::isatty(STDOUT_FILENO) != 0)
    throw UsageError("a picture cannot be shown in a terminal; name a file with -o");
  pipeline::Options& options = arguments.reading.options;
  options.cancelled = &cancelled;
  pipeline::Input input = read_file(arguments.reading.input);
  Destination picture(arguments.reading.output);
  const diacritics::Restorer restorer =
      pipeline::open_restorer(pipeline::find_model(arguments.reading.model));
  options.restorer = &restorer;
  picture.write(pipeline::inspect(std::move(input), arguments.page, options));
  picture.commit();
}

void extract(ExtractArguments& arguments) {
  check_paths(arguments.input, arguments.output);
  const pipeline::Input input = read_file(arguments.input);
  std::istringstream text(input.bytes);
  pipeline::check_text(text);
  if (input.bytes.empty()) throw ocr::InputError(ocr::InputError::Code::Empty, "the text is empty");
  Destination output(arguments.output);
  arguments.options.fields = read_fields(arguments.fields);
  const pipeline::TextOutput records = pipeline::extract_text(input, arguments.options);
  warn(records.warnings);
  output.write(records.record_json);
  output.commit();
}

// Whether the bytes are those of a file that pages are read from.
bool is_scan(std::string_view bytes) {
  for (const std::string_view head : {"%PDF", "II*", "MM", "\x89PNG", "\xFF\xD8"})
    if (bytes.starts_with(head)) return true;
  return false;
}

void explain(ExplainArguments& arguments) {
  check_paths(arguments.reading.input, arguments.reading.output);
  pipeline::Options& options = arguments.reading.options;
  options.cancelled = &cancelled;
  options.fields = read_fields(arguments.fields);
  pipeline::Input input = read_file(arguments.reading.input);
  Destination output(arguments.reading.output);
  if (is_scan(input.bytes)) {
    const diacritics::Restorer restorer =
        pipeline::open_restorer(pipeline::find_model(arguments.reading.model));
    options.restorer = &restorer;
    output.write(pipeline::explain_scan(std::move(input), options, arguments.field));
  } else {
    std::istringstream text(input.bytes);
    pipeline::check_text(text);
    output.write(pipeline::explain_text(input, options, arguments.field));
  }
  output.commit();
}

void restore(RestoreArguments& arguments) {
  check_paths(arguments.input, arguments.output);
  arguments.options.cancelled = &cancelled;
  const diacritics::Restorer restorer =
      pipeline::open_restorer(pipeline::find_model(arguments.model));
  std::fstream text = open_text(arguments.input);
  Destination output(arguments.output);
  const pipeline::RestoreReport report = pipeline::restore_text(
      text, [&](std::string_view bytes) { output.write(bytes); }, restorer, arguments.options);
  output.commit();
  spdlog::debug("treated as {} ({}), {} of {} words restored", report.from, report.encoding,
                report.restored, report.words);
  if (report.lost > 0)
    spdlog::warn(
        "{} characters are lost (U+FFFD); if there should be none, name the encoding with "
        "--from",
        report.lost);
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
    return action();
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
  } catch (const diacritics::DataError& error) {
    spdlog::error("{}", error.what());
    return ExitCode::MissingDependency;
  } catch (const AccessError& error) {
    spdlog::error("{}", error.what());
    return ExitCode::FileAccess;
  } catch (const pipeline::FolderBusy& error) {
    spdlog::error("{}", error.what());
    return ExitCode::FolderBusy;
  } catch (const pipeline::LedgerError& error) {
    spdlog::error("{}", error.what());
    return ExitCode::FileAccess;
  } catch (const pipeline::OutputError& error) {
    spdlog::error("{}; choose another place or make room", error.what());
    return ExitCode::FileAccess;
  } catch (const fs::filesystem_error& error) {
    spdlog::error("{}", error.what());
    return ExitCode::FileAccess;
  } catch (const pipeline::Interrupted&) {
    spdlog::error("interrupted; no file was written");
    return ExitCode::Interrupted;
  } catch (const std::exception& error) {
    spdlog::error("{}: {}; please report this with the file", input, error.what());
    return ExitCode::Other;
  }
}

void add_reading(CLI::App& command, ReadingArguments& arguments) {
  command.add_option("INPUT", arguments.input, "The scan; - reads standard input")->required();
  command.add_option("--password", arguments.options.password, "Opens an encrypted PDF");
  command
      .add_option("--ocr", arguments.options.ocr,
                  "auto (default): read the image unless the text layer is plausible Vietnamese; "
                  "always: read every image; never: take the text layer, "
                  "restored where it is garbled")
      ->transform(CLI::CheckedTransformer(std::map<std::string, pipeline::OcrMode>{
                                              {"auto", pipeline::OcrMode::Auto},
                                              {"always", pipeline::OcrMode::Always},
                                              {"never", pipeline::OcrMode::Never}})
                      .description(""))
      ->type_name("auto|always|never");
  command
      .add_option("--max-megapixels", arguments.options.max_megapixels,
                  "Largest page image; larger ones are read at a lower density (default: 100)")
      ->check(CLI::Range(1.0, 1000.0));
  command.add_option("--tessdata", arguments.options.tessdata_dir,
                     "Folder of Tesseract's models (default: as installed)");
  command.add_option("--model", arguments.model,
                     "The language model (default: $VANBAN_MODEL, else as installed)");
}

void add_fields(CLI::App& command, std::string& fields) {
  command.add_option(
      "--fields", fields,
      "Also look for the fields of this pattern file (TOML; see samples/fields.toml)");
}

void add_split(CLI::App& command, bool& split) {
  command.add_flag("--split", split,
                   "Write a JSON array with a record of each document in the file; without it the "
                   "record of the first, and a warning where more follow");
}

void add_convert(CLI::App& app, ConvertArguments& arguments) {
  CLI::App* convert = app.add_subcommand(
      "convert", "Read one scan (PDF, TIFF, PNG, JPEG) and write its record as JSON");
  convert->add_option("-o,--output", arguments.reading.output,
                      "Where the record goes; - (default) is standard output");
  convert->add_option("--text", arguments.text,
                      "Also write the text, pages parted by form feeds; - is standard output");
  convert->add_option("--pdf", arguments.pdf,
                      "Also write a copy that can be searched: the pages as they are, the words "
                      "invisible over them; PDF/A-2b where the document allows it");
  convert->add_option("--alto", arguments.alto, "Also write the words and their places as ALTO 4");
  convert->add_option("--hocr", arguments.hocr, "Also write the words and their places as hOCR");
  convert->add_option("--tables", arguments.tables_dir,
                      "Also write each ruled table to this folder, made where it is not there, as "
                      "INPUT-table-01.csv and so on: commas, UTF-8 with a byte order mark, as "
                      "Excel reads it; text of a spanning cell in its first place");
  convert->add_option(
      "--crops", arguments.crops_dir,
      "Also write pictures of the number, day and month that stand in the header to "
      "this folder, made where it is not there, as INPUT-p0001-number.png and so on");
  add_split(*convert, arguments.reading.options.split);
  add_fields(*convert, arguments.fields);
  convert->add_option("--pages", arguments.pages, "Only these pages, e.g. 1-3,7");
  add_reading(*convert, arguments.reading);
  convert
      ->add_option("--jobs", arguments.reading.options.jobs,
                   "Pages read at the same time (default: as many as there are cores)")
      ->check(CLI::Range(1, 256));
  convert->add_option("--trace", arguments.reading.options.trace_dir,
                      "Write what passes between the stages to this folder");
  convert->footer(
      "Examples:\n"
      "  vanban convert scan.pdf                              record on standard output\n"
      "  vanban convert scan.pdf -o scan.json --text scan.txt\n"
      "  vanban convert scan.pdf -o scan.json --pdf searchable.pdf\n"
      "  vanban convert scan.pdf --tables tables/             tables/scan-table-01.csv ...\n"
      "  vanban convert scan.pdf --crops crops/               crops/scan-p0001-number.png ...\n"
      "  vanban convert scan.pdf --split | jq -r '.[].document.code.value'\n"
      "  vanban convert scan.pdf | jq -r .document.code.value\n\n" +
      std::string(kExitCodeTable));
}

CLI::App* add_inspect(CLI::App& app, InspectArguments& arguments) {
  CLI::App* inspect = app.add_subcommand(
      "inspect", "Draw one page with what was seen on it, as a PNG for a person to look at");
  inspect->add_option("-o,--output", arguments.reading.output,
                      "Where the picture goes; - (default) is standard output");
  inspect->add_option("--page", arguments.page, "Which page, counted from 1 (default: 1)")
      ->check(CLI::Range(1, 1000000));
  add_reading(*inspect, arguments.reading);
  inspect->footer(
      "The page is shown upright and straight, paled, with its blocks framed and numbered in "
      "reading\n"
      "order, lines in thin frames, doubtful words yellow to red, restored words underlined in "
      "blue,\n"
      "and print that no word covers in magenta. A legend stands at the foot.\n\n"
      "Examples:\n"
      "  vanban inspect scan.pdf -o page1.png\n"
      "  vanban inspect scan.pdf --page 3 --ocr always -o page3.png\n\n" +
      std::string(kExitCodeTable));
  return inspect;
}

CLI::App* add_explain(CLI::App& app, ExplainArguments& arguments) {
  CLI::App* explain =
      app.add_subcommand("explain", "Say step by step why a field of the record is what it is");
  explain
      ->add_option("--field", arguments.field,
                   "The field by its name in the record: number, date, signer.name, or one of a "
                   "pattern file")
      ->required();
  explain->add_option("-o,--output", arguments.reading.output,
                      "Where the explanation goes; - (default) is standard output");
  add_fields(*explain, arguments.fields);
  add_reading(*explain, arguments.reading);
  explain->footer(
      "Which rule looked where, what it saw and why it took or refused it; then the value, what\n"
      "speaks for it and against it, and the checks. INPUT is a scan or a plain text in UTF-8.\n\n"
      "Examples:\n"
      "  vanban explain scan.pdf --field number\n"
      "  vanban explain report.txt --field signer.name\n"
      "  vanban explain scan.pdf --fields my.toml --field answer_by\n\n" +
      std::string(kExitCodeTable));
  return explain;
}

CLI::App* add_restore(CLI::App& app, RestoreArguments& arguments) {
  using pipeline::TextSource;
  CLI::App* restore = app.add_subcommand(
      "restore",
      "Give a text its Vietnamese letters back: lost marks, misread words, old encodings");
  restore->add_option("FILE", arguments.input, "The text, UTF-8; - (default) reads standard input");
  restore->add_option("-o,--output", arguments.output,
                      "Where the result goes; - (default) is standard output");
  restore
      ->add_option("--from", arguments.options.from,
                   "What happened to the text. auto (default): found out page by page; stripped: "
                   "the marks are gone; ocr: read by an engine without Vietnamese; clean: nothing; "
                   "others: the encoding it is in")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, TextSource>{{"auto", TextSource::Auto},
                                                        {"stripped", TextSource::Stripped},
                                                        {"ocr", TextSource::Ocr},
                                                        {"clean", TextSource::Clean},
                                                        {"tcvn3", TextSource::Tcvn3},
                                                        {"vni", TextSource::Vni},
                                                        {"viqr", TextSource::Viqr},
                                                        {"windows-1258", TextSource::Windows1258}})
                      .description(""))
      ->type_name("auto|stripped|ocr|clean|tcvn3|vni|viqr|windows-1258");
  restore->add_flag(
      "--json", arguments.options.json,
      "Write JSON: of each word what was read, whether it was restored, how sure that "
      "is, and what else it could be");
  restore
      ->add_option("--tone-place", arguments.options.old_tone_place,
                   "Where restored words have their tone. old (default): hòa, ủy; new: hoà, uỷ")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, bool>{{"old", true}, {"new", false}})
              .description(""))
      ->type_name("old|new");
  restore->add_option("--model", arguments.model,
                      "The language model (default: $VANBAN_MODEL, else as installed)");
  restore->footer(
      "Lines and white space stay as they are; so do numbers, codes, addresses and other "
      "languages.\n"
      "Right Vietnamese comes out as it went in, but for NFC.\n\n"
      "Examples:\n"
      "  vanban restore report.txt -o restored.txt            finds out what happened to it\n"
      "  echo 'Uy ban nhan dan tinh' | vanban restore --from stripped\n"
      "                                                       Ủy ban nhân dân tỉnh\n"
      "  echo 'Uy ban nhén dan tinh' | vanban restore --from ocr\n"
      "                                                       a copier's text layer, the same\n"
      "  echo 'Céng hoµ x· héi' | vanban restore --from tcvn3\n"
      "                                                       Cộng hoà xã hội\n"
      "  echo 'Coäng hoøa xaõ hoäi' | vanban restore --from vni\n"
      "  echo 'Co^.ng ho`a xa~ ho^.i' | vanban restore --from viqr\n"
      "  pdftotext -layout scan.pdf - | vanban restore        pages and columns stay\n"
      "  vanban restore --json report.txt | jq '.tokens[] | select(.probability < 0.8)'\n\n" +
      std::string(kExitCodeTable));
  return restore;
}

CLI::App* add_extract(CLI::App& app, ExtractArguments& arguments) {
  CLI::App* extract =
      app.add_subcommand("extract", "Write the record of a plain text, without any image");
  extract->add_option("TEXT", arguments.input, "The text, UTF-8; - reads standard input")
      ->required();
  extract->add_option("-o,--output", arguments.output,
                      "Where the record goes; - (default) is standard output");
  add_split(*extract, arguments.options.split);
  add_fields(*extract, arguments.fields);
  extract->footer(
      "Pages are parted by form feeds. The text is taken as it is; a garbled one goes through\n"
      "'vanban restore' first.\n\n"
      "Examples:\n"
      "  vanban extract report.txt -o report.json\n"
      "  vanban restore garbled.txt | vanban extract - | jq .references[].code.value\n\n" +
      std::string(kExitCodeTable));
  return extract;
}

// Every page needs images of some 10 to 30 megabytes. Handed back to the system and fetched anew
// each time they cost a twentieth of the whole time; kept, they cost none, and the peak is the
// same.
void keep_freed_memory() {
  constexpr int kLargestImage = 32 << 20, kMostKept = 512 << 20;
  ::mallopt(M_MMAP_THRESHOLD, kLargestImage);
  ::mallopt(M_TRIM_THRESHOLD, kMostKept);
}

int run(int argc, char** argv) {
  keep_freed_memory();
  CLI::App app(
      "Reads scanned Vietnamese administrative documents into records that can be trusted, and "
      "gives "
      "damaged Vietnamese text its letters back.",
      "vanban");
  app.set_version_flag("--version", std::string("vanban ") + pipeline::kVersion);
  app.require_subcommand(1);
  app.fallthrough();
  LogArguments log;
  auto* quiet = app.add_flag("-q,--quiet", log.quiet, "Say nothing but errors");
  app.add_flag("-v,--verbose", log.verbose, "Say what is being done")->excludes(quiet);
  app.add_option("--log-file", log.file, "Also write the log, with all details, to this file");
  app.footer("See 'vanban convert --help' and so on for each of them.\n\n" +
             std::string(kExitCodeTable));
  ConvertArguments convert_arguments;
  InspectArguments inspect_arguments;
  RestoreArguments restore_arguments;
  ExtractArguments extract_arguments;
  ExplainArguments explain_arguments;
  BatchArguments batch_arguments;
  batch_arguments.program = argv[0];
  batch_arguments.options.jobs = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  FolderArguments folder_arguments;
  ValidateArguments validate_arguments;
  add_convert(app, convert_arguments);
  const CLI::App* batch = add_batch(app, batch_arguments);
  const CLI::App* states = add_status(app, folder_arguments);
  const CLI::App* reports = add_report(app, folder_arguments);
  const CLI::App* corrects = add_correct(app, folder_arguments);
  const CLI::App* validates = add_validate(app, validate_arguments);
  const CLI::App* works = add_worker(app);
  const CLI::App* extracts = add_extract(app, extract_arguments);
  const CLI::App* explains = add_explain(app, explain_arguments);
  const CLI::App* inspects = add_inspect(app, inspect_arguments);
  const CLI::App* restores = add_restore(app, restore_arguments);

  if (asks_for_vietnamese()) translate_help(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help, --version
    std::fprintf(stderr, "vanban: %s; see 'vanban --help'\n", error.what());
    return static_cast<int>(ExitCode::BadArguments);
  }
  const bool batches = batch->parsed();
  for (const int signal : {SIGINT, SIGTERM})
    std::signal(signal, batches ? on_batch_interrupt : on_interrupt);
  const std::string& input = restores->parsed()   ? restore_arguments.input
                             : extracts->parsed() ? extract_arguments.input
                             : explains->parsed() ? explain_arguments.reading.input
                             : inspects->parsed() ? inspect_arguments.reading.input
                             : batches            ? batch_arguments.inputs
                                                  : convert_arguments.reading.input;
  return static_cast<int>(guarded(input, [&] {
    set_up_log(log);
    if (batches) return tools::batch(batch_arguments, interrupts, log.quiet);
    if (corrects->parsed()) return correct(folder_arguments);
    if (validates->parsed()) return validate(validate_arguments);
    if (works->parsed())
      worker();
    else if (states->parsed())
      status(folder_arguments);
    else if (reports->parsed())
      report(folder_arguments);
    else if (restores->parsed())
      restore(restore_arguments);
    else if (extracts->parsed())
      extract(extract_arguments);
    else if (explains->parsed())
      explain(explain_arguments);
    else if (inspects->parsed())
      inspect(inspect_arguments);
    else
      convert(convert_arguments, log.quiet);
    return ExitCode::Ok;
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
