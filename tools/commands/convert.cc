#include "tools/commands/commands.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/batch/register.h"
#include "pipeline/limited.h"
#include "pipeline/record/json_lines.h"
#include "pipeline/record/outputs.h"
#include "pipeline/record/secret.h"
#include "pipeline/run.h"
#include "pipeline/sheets/figures.h"
#include "tools/cli/files.h"
#include "tools/cli/log.h"
#include "tools/cli/page_ranges.h"
#include "tools/cli/progress.h"
#include "tools/cli/record_summary.h"
#include "tools/cli/translations.h"
#include "tools/commands/reading.h"

namespace vanban::tools {
namespace {

class Convert : public Command {
 public:
  void describe(Arguments& arguments) override;
  ExitCode run(const Session& session) override;
  std::string subject() const override { return reading_.input; }

 private:
  void check_all_places() const;
  // Nobody reads JSON off a screen: where no place was named and it is one, a summary is shown.
  bool shows_summary() const { return output_.empty() && ::isatty(STDOUT_FILENO) == 1; }
  std::string summary(const std::string& record_json, pipeline::Language language) const;
  SideFiles side_files(const pipeline::Output& output) const;

  ReadingArguments reading_;
  std::string output_;                            // empty: standard output
  std::map<std::string, std::string> places_;     // of outputs, by their names
  std::map<std::string, std::string> side_dirs_;  // of SideFile::kind
  bool split_ = false;
  std::string records_, indicators_, pages_, fields_, lexicon_, trace_dir_, timings_;
};

void Convert::describe(Arguments& arguments) {
  arguments.option(
      "-o,--output", output_,
      "Where the record goes; - is standard output. Default: that, but a terminal gets "
      "a summary to read");
  for (const pipeline::OutputForm& form : pipeline::output_forms())
    arguments.option(fmt::format("--{}", form.name), places_[std::string(form.name)],
                     fmt::format("Also write {}; - is standard output", form.what));
  arguments.option("--records", records_,
                   "Also write the record, with --split each of them, to this file as one line of "
                   "JSON; - is standard output");
  arguments.flag("--compact", reading_.options.record.compact, kCompactHelp);
  arguments.option("--tables", side_dirs_[pipeline::kTables],
                   "Also write each ruled table to this folder, made where it is not there, as "
                   "INPUT-table-01.csv and so on: commas, UTF-8 with a byte order mark, as "
                   "Excel reads it; text of a spanning cell in its first place");
  arguments.option("--crops", side_dirs_[pipeline::kCrops],
                   "Also write pictures of the number, day and month that stand in the header to "
                   "this folder, made where it is not there, as INPUT-p0001-number.png and so on");
  arguments.option("--indicators", indicators_,
                   "Also write the figures that the document states, a row each: .csv, .xlsx or "
                   ".jsonl");
  add_secret(arguments, reading_.options.record.secret);
  arguments.flag("--split", split_, kSplitHelp);
  add_fields(arguments, fields_);
  add_lexicon(arguments, lexicon_);
  arguments.option("--pages", pages_, "Only these pages, e.g. 1-3,7");
  add_reading(arguments, reading_);
  arguments.option("--jobs", reading_.options.jobs,
                   "Pages read at the same time (default: as many as there are cores)", {1, 256});
  arguments.option("--trace", trace_dir_, "Write what passes between the stages to this folder");
  arguments.option("--timings", timings_,
                   "Write to this file what each stage cost, as JSON: processor time in "
                   "milliseconds by page and stage");
  arguments.footer(
      "Examples:\n"
      "  vanban convert scan.pdf                              a summary at a terminal, else the "
      "record\n"
      "  vanban convert scan.pdf -o scan.json --text scan.txt\n"
      "  vanban convert scan.pdf -o scan.json --pdf searchable.pdf\n"
      "  vanban convert scan.pdf --tables tables/             tables/scan-table-01.csv ...\n"
      "  vanban convert scan.pdf -o scan.json --indicators figures.xlsx\n"
      "  vanban convert scan.pdf --crops crops/               crops/scan-p0001-number.png ...\n"
      "  vanban convert scan.pdf --split | jq -r '.[].document.code.value'\n"
      "  vanban convert scan.pdf | jq -r .document.code.value\n\n" +
      exit_code_table("convert"));
}

void Convert::check_all_places() const {
  std::vector<NamedPlace> places{{"-o", reading_.output}, {"--records", records_}};
  for (const pipeline::OutputForm& form : pipeline::output_forms())
    places.push_back({fmt::format("--{}", form.name), places_.at(std::string(form.name))});
  places.push_back({"--indicators", indicators_});
  places.push_back({"--timings", timings_});
  check_places(reading_.input, places);
}

SideFiles Convert::side_files(const pipeline::Output& output) const {
  SideFiles beside(reading_.input, output.secret);
  for (const pipeline::SideFile& file : output.side_files)
    if (const std::string& dir = side_dirs_.at(file.kind); !dir.empty())
      beside.write(dir, file.name, file.bytes);
  return beside;
}

// Of a name as a shell takes it for one word.
std::string quoted(const std::string& name) {
  constexpr const char* kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+,:@%";
  if (!name.empty() && name.find_first_not_of(kPlain) == name.npos) return name;
  std::string out = "'";
  for (const char c : name) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + '\'';
}

std::string Convert::summary(const std::string& record_json, pipeline::Language language) const {
  const SummaryWords words{[](const std::string& text) { return spoken(text); },
                           [&](std::string_view field) {
                             if (language == pipeline::Language::Vietnamese)
                               return pipeline::register_head(field);
                             std::string name(field);
                             std::replace_if(
                                 name.begin(), name.end(),
                                 [](char c) { return c == '_' || c == '.'; }, ' ');
                             return name;
                           }};
  constexpr std::size_t kColumns = 80;  // as terminals have at least
  const std::string stem =
      reading_.input == "-" ? "scan" : std::filesystem::path(reading_.input).stem().string();
  const std::string command = "vanban convert " + quoted(reading_.input);
  return record_summary(record_json, words, kColumns,
                        {{"Record", command + " -o " + quoted(stem + ".json")},
                         {"Copy", command + " -o " + quoted(stem + ".json") + " --pdf " +
                                      quoted(stem + "-copy.pdf")}});
}

ExitCode Convert::run(const Session& session) {
  pipeline::Options& options = reading_.options;
  reading_.output = output_.empty() ? "-" : output_;
  check_all_places();
  if (!indicators_.empty()) pipeline::check_sheet_name(indicators_, "--indicators");
  options.pages = parse_page_ranges(pages_);
  options.record.fields = read_fields(fields_);
  options.record.lexicon = checked_lexicon(lexicon_);
  if (split_) options.record.split = pipeline::Split::Always;
  options.trace_dir = trace_dir_;
  pipeline::Timings timings;
  if (!timings_.empty()) options.timings = &timings;
  options.cancelled = &session.cancelled;
  pipeline::Input input = read_input(reading_.input);
  Destination record(reading_.output);
  std::optional<Destination> lines, times;
  if (!records_.empty()) lines.emplace(records_);
  if (!timings_.empty()) times.emplace(timings_);
  std::optional<Destination> figures;
  if (!indicators_.empty()) figures.emplace(indicators_);
  std::map<std::string, Destination> files;
  for (const auto& [name, place] : places_) {
    if (place.empty()) continue;
    files.try_emplace(name, place);
    options.outputs.insert(name);
  }
  for (const auto& [kind, dir] : side_dirs_) make_dir(dir, "--" + kind);
  options.page.crop_slots = !side_dirs_.at(pipeline::kCrops).empty();

  pipeline::LimitedOutput result;
  {
    Progress progress(input.file_name, session.quiet);
    options.listener.on_page = [&](int done, int all) { progress.show(done, all); };
    result = pipeline::convert_limited(input, reading_.limited());
  }
  const pipeline::Output& output = result.output;
  log_warnings(output.warnings);
  // Files first: once something is on standard output it cannot be taken back.
  SideFiles beside = side_files(output);
  // One that could not be made is told of by a warning.
  std::erase_if(files, [&](const auto& file) { return !output.files.contains(file.first); });
  if (output.secret) {
    record.make_private();
    for (auto& [name, file] : files) file.make_private();
  }
  for (auto& [name, file] : files) file.write(output.files.at(name));
  if (lines) lines->write(pipeline::record_lines(output.record_json));
  if (figures)
    figures->write(pipeline::figures_bytes(indicators_, output.record_json, input.file_name));
  record.write(shows_summary() ? summary(output.record_json, session.language)
                               : output.record_json);
  if (times) times->write(result.timings_json);
  beside.commit();
  for (auto& [name, file] : files) file.commit();
  if (figures) figures->commit();
  if (times) times->commit();
  if (lines) lines->commit();
  record.commit();
  if (output.stopped_by.empty()) return ExitCode::Ok;
  log_warning(fmt::format("{}: {}", reading_.input, pipeline::stop_message(output.stopped_by)));
  return ExitCode::Secret;
}

}  // namespace

std::unique_ptr<Command> make_convert() { return std::make_unique<Convert>(); }

}  // namespace vanban::tools
