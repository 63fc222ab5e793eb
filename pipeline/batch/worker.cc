#include "pipeline/batch/worker.h"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/patterns/fields_file.h"
#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "ocr/image.h"
#include "pipeline/batch/corrections.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/summary.h"
#include "pipeline/input_file.h"
#include "pipeline/memory.h"
#include "pipeline/model_file.h"
#include "pipeline/output_file.h"
#include "pipeline/page/engines.h"
#include "pipeline/record/schema.h"
#include "pipeline/record/secret.h"
#include "pipeline/run.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

// The code of a warning: the title is what was read and not what a person typed.
constexpr std::string_view kTitleKept = "title_kept";

Options options_of(const BatchSettings& settings) {
  Options options;
  options.password = settings.password;
  options.page = settings.page;
  options.engines = settings.engines;
  options.record = settings.record;
  if (!settings.fields.empty())
    options.record.fields = extract::parse_fields(settings.fields).patterns;
  options.outputs = settings.outputs;
  options.page.crop_slots = settings.side_files.contains(kCrops);
  options.jobs = 1;
  return options;
}

class Reader {
 public:
  explicit Reader(const BatchSettings& settings)
      : restorer_(open_restorer(find_model(settings.model))),
        options_(options_of(settings)),
        engines_(options_.engines) {
    options_.restorer = &restorer_;
  }

  void read(const Job& job, const std::function<void(WorkerMessage)>& tell);

 private:
  diacritics::Restorer restorer_;
  Options options_;
  Engines engines_;
};

// Files of one document: all are written before those of an earlier reading go and the first
// appears, the record last.
class ResultWriter {
 public:
  explicit ResultWriter(fs::path folder) : folder_(std::move(folder)) {}

  // All are for the eyes of their owner alone.
  void make_private() { private_ = true; }
  // `path`: below the folder.
  void write(const std::string& path, const std::string& bytes) {
    files_.push_back(std::make_unique<OutputFile>(place_of(path)));
    if (private_) files_.back()->make_private();
    files_.back()->write(bytes);
  }
  // What an earlier reading left must not pass for this one's.
  void remove(const std::string& path) { fs::remove(place_of(path)); }
  // Of a folder that is the document's own all files go that are there now.
  void empty(const std::string& folder) {
    make_folders_below(folder_, folder);
    for (const std::string& name : files_in(folder_ / folder))
      to_remove_.push_back(folder_ / folder / name);
  }
  void commit() {
    for (const fs::path& file : to_remove_) fs::remove(file);
    for (const auto& file : files_) file->commit();
  }

 private:
  fs::path place_of(const std::string& path) const {
    make_folders_below(folder_, fs::path(path).parent_path());
    const fs::path place = folder_ / path;
    // A link would lead out of the folder.
    if (fs::is_symlink(fs::symlink_status(place))) fs::remove(place);
    return place;
  }

  fs::path folder_;
  std::vector<fs::path> to_remove_;
  bool private_ = false;
  std::vector<std::unique_ptr<OutputFile>> files_;
};

int unread_pages(const std::vector<Summary>& summaries) {
  int count = 0;
  for (const Summary& summary : summaries)
    count +=
        static_cast<int>(std::count_if(summary.pages.begin(), summary.pages.end(), was_not_read));
  return count;
}

void sum_up(std::string_view record_json, JobDone& done) {
  const std::vector<Summary> summaries = summarize(record_json);
  done.pages_unread = unread_pages(summaries);
  done.summary = summaries_to_json(summaries);
  for (const Summary& summary : summaries) done.doubts += summary.doubts();
}

// The copy of a corrected record, `read` before, is called what the record says.
void retitle(std::string& copy, const std::string& read, Output& output) {
  if (!changes_title(read, output.record_json)) return;
  try {
    copy = corrected_copy(copy, read, output.record_json);
  } catch (const ocr::InputError& error) {
    output.warnings.push_back(
        {std::string(kTitleKept),
         std::string("the searchable copy keeps its title, which cannot be changed: ") +
             error.what()});
  }
}

void Reader::read(const Job& job, const std::function<void(WorkerMessage)>& tell) {
  JobDone done;
  begin_watching_memory();
  try {
    Input input{fs::path(job.input).filename().string(), read_file(*job.file), job.input};
    done.sha256 = ocr::sha256_hex(input.bytes);
    Options options = options_;
    options.earlier = job.earlier;
    options.listener.on_pages_found = [&](int pages) {
      done.pages = pages;
      tell(PagesFound{pages});
    };
    options.listener.on_page_begun = [&](int number) { tell(PageBegun{number}); };
    options.listener.on_page_read = [&](const ocr::Page& page, const auto& engine,
                                        const auto& second) {
      tell(PageRead{page, engine, second});
    };
    // A process whose memory ran short once has no more for the pages after it.
    options.listener.on_page_failed = [](int, const ocr::InputError& error) {
      if (error.kind() == ErrorKind::OutOfMemory) throw error;
    };
    options.listener.on_page = [&](int pages_done, int all) {
      if (pages_done == all) tell(PagesOver{});
    };
    Output output = convert(std::move(input), options, &engines_);
    done.stopped_by = output.stopped_by;
    if (!job.corrections.empty() && output.stopped_by.empty()) {
      const std::string read =
          std::exchange(output.record_json, corrected_record(output.record_json, job.corrections));
      require_valid_record(output.record_json);
      if (const auto copy = output.files.find("pdf"); copy != output.files.end())
        retitle(copy->second, read, output);
    }
    if (output.stopped_by.empty()) sum_up(output.record_json, done);
    done.warnings = output.warnings;
    ResultWriter results(job.outputs_folder);
    if (output.secret) results.make_private();
    for (const auto& [name, path] : job.outputs) {
      // One that could not be made is told of by a warning.
      if (const auto file = output.files.find(name); file != output.files.end())
        results.write(path, file->second);
      else
        results.remove(path);
    }
    for (const auto& [kind, folder] : job.folders) results.empty(folder);
    for (const SideFile& file : output.side_files)
      if (const auto folder = job.folders.find(file.kind); folder != job.folders.end())
        results.write(folder->second + '/' + file.name, file.bytes);
    const bool withheld = job.withhold && !output.stopped_by.empty();
    if (withheld) results.remove(job.record);
    results.write(withheld ? record_file("", withheld_name(done.sha256)).string() : job.record,
                  output.record_json);
    results.commit();
    done.spent = memory_ran_short();
  } catch (...) {
    JobFailed failed = failure();
    failed.sha256 = done.sha256;
    tell(failed);
    return;
  }
  tell(done);
}

}  // namespace

JobFailed failure() {
  const bool ran_short = memory_ran_short();
  const JobFailed out_of_memory{ErrorKind::OutOfMemory,
                                "it takes more memory than a worker may have (--memory)", ""};
  try {
    throw;
  } catch (const Error& error) {
    if (ran_short && error.kind() == ErrorKind::Damaged) return out_of_memory;
    return {error.kind(), error.what(), ""};
  } catch (const std::bad_alloc&) {
    return out_of_memory;
  } catch (const std::invalid_argument& error) {
    return {ErrorKind::Usage, error.what(), ""};
  } catch (const fs::filesystem_error& error) {
    return {kind_of_output_error(error.code().value()), error.what(), ""};
  } catch (const std::exception& error) {
    if (ran_short) return out_of_memory;
    return {ErrorKind::Internal, error.what(), ""};
  }
}

// Before the first document is looked into: the results of all go to the same folders, below the
// one that the ledger is in.
SandboxPlan plan_for(const BatchSettings& settings, const Job& job) {
  const fs::path outputs = job.outputs_folder;
  SandboxPlan plan{
      models_to_read(find_model(settings.model).string(), settings.engines.tessdata_dir), {}};
  plan.write.push_back(outputs / *fs::path(job.record).begin());
  for (const auto& [name, path] : job.outputs)
    plan.write.push_back(outputs / *fs::path(path).begin());
  for (const auto& [kind, folder] : job.folders)
    plan.write.push_back(outputs / *fs::path(folder).begin());
  return plan;
}

void serve(MessageSocket& socket, const MakeHandler& make_handler) {
  const auto settings = socket.wait();
  if (!settings) return;
  BatchSettings told;
  JobHandler handler;
  std::optional<JobFailed> unusable;
  const auto prepare = [&](const std::function<void()>& step) {
    if (unusable) return;
    try {
      step();
    } catch (...) {
      unusable = failure();
      // Whatever it is, no document fares better.
      if (!ends_all(unusable->kind)) unusable->kind = ErrorKind::Engine;
    }
  };
  prepare([&] {
    told = settings_from_json({settings->begin(), settings->end()});
    bind_to_parent(told.memory_bytes);
    handler = make_handler(told);
  });
  bool shut_in = false;
  while (const auto bytes = socket.wait()) {
    const auto tell = [&](const WorkerMessage& message) { socket.send(message_to_bytes(message)); };
    Job job = job_from_bytes(*bytes);
    job.file = std::make_shared<const OpenFile>(socket.take_open_file());
    if (!std::exchange(shut_in, true))
      prepare([&] { enter_sandbox(plan_for(told, job), told.sandbox); });
    if (unusable)
      tell(*unusable);
    else
      handler(job, tell);
  }
}

JobHandler make_reading_handler(const BatchSettings& settings) {
  ocr::use_one_thread();
  return [reader = std::make_shared<Reader>(settings)](
             const Job& job, const std::function<void(WorkerMessage)>& tell) {
    reader->read(job, tell);
  };
}

}  // namespace vanban::pipeline
