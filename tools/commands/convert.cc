#include "tools/commands/commands.h"

#include <fmt/core.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/limited.h"
#include "pipeline/record/outputs.h"
#include "pipeline/record/secret.h"
#include "pipeline/run.h"
#include "tools/cli/files.h"
#include "tools/cli/log.h"
#include "tools/cli/page_ranges.h"
#include "tools/cli/progress.h"
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
  SideFiles side_files(const pipeline::Output& output) const;

  ReadingArguments reading_;
  std::map<std::string, std::string> places_;  // of outputs, by their names
  std::string tables_dir_, crops_dir_, pages_, fields_, trace_dir_, timings_;
};

void Convert::describe(Arguments& arguments) {
  arguments.option("-o,--output", reading_.output,
                   "Where the record goes; - (default) is standard output");
  for (const pipeline::OutputForm& form : pipeline::output_forms())
    arguments.option(fmt::format("--{}", form.name), places_[std::string(form.name)],
                     fmt::format("Also write {}; - is standard output", form.what));
  arguments.option("--tables", tables_dir_,
                   "Also write each ruled table to this folder, made where it is not there, as "
                   "INPUT-table-01.csv and so on: commas, UTF-8 with a byte order mark, as "
                   "Excel reads it; text of a spanning cell in its first place");
  arguments.option("--crops", crops_dir_,
                   "Also write pictures of the number, day and month that stand in the header to "
                   "this folder, made where it is not there, as INPUT-p0001-number.png and so on");
  add_secret(arguments, reading_.options.record.secret);
  arguments.flag("--split", reading_.options.record.split, kSplitHelp);
  add_fields(arguments, fields_);
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
      "  vanban convert scan.pdf                              record on standard output\n"
      "  vanban convert scan.pdf -o scan.json --text scan.txt\n"
      "  vanban convert scan.pdf -o scan.json --pdf searchable.pdf\n"
      "  vanban convert scan.pdf --tables tables/             tables/scan-table-01.csv ...\n"
      "  vanban convert scan.pdf --crops crops/               crops/scan-p0001-number.png ...\n"
      "  vanban convert scan.pdf --split | jq -r '.[].document.code.value'\n"
      "  vanban convert scan.pdf | jq -r .document.code.value\n\n" +
      std::string(kExitCodeTable));
}

void Convert::check_all_places() const {
  std::vector<NamedPlace> places{{"-o", reading_.output}};
  for (const pipeline::OutputForm& form : pipeline::output_forms())
    places.push_back({fmt::format("--{}", form.name), places_.at(std::string(form.name))});
  places.push_back({"--timings", timings_});
  check_places(reading_.input, places);
}

SideFiles Convert::side_files(const pipeline::Output& output) const {
  SideFiles beside(reading_.input, output.secret);
  if (!tables_dir_.empty())
    for (std::size_t i = 0; i < output.table_csvs.size(); ++i)
      beside.write(tables_dir_, fmt::format("table-{:02}.csv", i + 1), output.table_csvs[i]);
  for (const pipeline::SlotCrop& crop : output.crops)
    beside.write(crops_dir_, fmt::format("p{:04}-{}.png", crop.page, crop.slot), crop.png);
  return beside;
}

ExitCode Convert::run(const Session& session) {
  pipeline::Options& options = reading_.options;
  check_all_places();
  options.pages = parse_page_ranges(pages_);
  options.record.fields = read_fields(fields_);
  options.trace_dir = trace_dir_;
  pipeline::Timings timings;
  if (!timings_.empty()) options.timings = &timings;
  options.cancelled = &session.cancelled;
  pipeline::Input input = read_input(reading_.input);
  Destination record(reading_.output);
  std::optional<Destination> times;
  if (!timings_.empty()) times.emplace(timings_);
  std::map<std::string, Destination> files;
  for (const auto& [name, place] : places_) {
    if (place.empty()) continue;
    files.try_emplace(name, place);
    options.outputs.insert(name);
  }
  make_dir(tables_dir_, "--tables");
  make_dir(crops_dir_, "--crops");
  options.page.crop_slots = !crops_dir_.empty();

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
  record.write(output.record_json);
  if (times) times->write(result.timings_json);
  beside.commit();
  for (auto& [name, file] : files) file.commit();
  if (times) times->commit();
  record.commit();
  if (output.stopped_by.empty()) return ExitCode::Ok;
  log_warning(fmt::format("{}: {}", reading_.input, pipeline::stop_message(output.stopped_by)));
  return ExitCode::Secret;
}

}  // namespace

std::unique_ptr<Command> make_convert() { return std::make_unique<Convert>(); }

}  // namespace vanban::tools
