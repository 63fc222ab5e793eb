#include "pipeline/batch/run_batch.h"

#include <poll.h>

#include <fmt/chrono.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/jobs.h"
#include "pipeline/batch/keep_register.h"
#include "pipeline/batch/process.h"
#include "pipeline/input_file.h"
#include "pipeline/model_file.h"
#include "pipeline/output_file.h"
#include "pipeline/record/bounded_json.h"
#include "pipeline/record/outputs.h"
#include "pipeline/record/secret.h"
#include "pipeline/record/unread_page.h"
#include "pipeline/version.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// ---- Time

// Seconds on a clock that is never set.
double monotonic_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// ISO 8601 with milliseconds.
std::string utc_now() {
  using namespace std::chrono;
  const auto now = floor<milliseconds>(system_clock::now());
  const auto second = floor<seconds>(now);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(system_clock::to_time_t(second)),
                     (now - second).count());
}

std::string seconds_text(double seconds) { return fmt::format("{:g} s", seconds); }

// ---- A document being read

// Of what `not_to_read` names.
constexpr std::string_view kKilledWorkers = "killed_workers";

// A page that ends its worker twice is left out; so is the second end outside of pages.
constexpr int kMostCrashes = 2;

struct Task {
  LedgerEntry entry;
  std::vector<Correction> corrections;
  EarlierAttempt earlier;
  int pages = 0;                                // to read; 0: not known yet
  int open_page = 0;                            // 0: none
  bool pages_over = false;                      // the record is being made
  bool finishing = false;                       // its time is over, what was read becomes a record
  std::map<int, int> crashes;                   // by page; 0: outside of pages
  double begun = 0, page_begun = 0, heard = 0;  // monotonic
  std::string code, message;                    // of the last thing that went wrong
};

struct Seat {
  std::unique_ptr<ChildProcess> worker;
  int pages_read = 0;  // by this worker
  std::optional<Task> task;
};

// Where the results of a document go, below the folder of results.
struct ResultFiles {
  std::string record;
  std::map<std::string, std::string> outputs;  // by the names of their forms
  std::map<std::string, std::string> folders;  // of side files, by their kinds

  // That are in the folder of results, or may come there.
  std::vector<std::string> all(const fs::path& root) const {
    std::vector<std::string> out{record};
    for (const auto& [name, path] : outputs) out.push_back(path);
    for (const auto& [kind, folder] : folders)
      for (const std::string& name : files_in(root / folder))
        out.push_back(fs::path(folder) / name);
    return out;
  }
};

ResultFiles results_of(const std::string& stem, const BatchSettings& settings) {
  ResultFiles out{record_file("", stem).string(), {}, {}};
  for (const OutputForm& form : output_forms())
    if (const std::string name(form.name); settings.outputs.contains(name))
      out.outputs[name] = (fs::path(name) / (stem + '.' + std::string(form.ending))).string();
  for (const std::string& kind : settings.side_files)
    out.folders[kind] = (fs::path(kind) / stem).string();
  return out;
}

// Files that killed processes began and did not put in their places.
void remove_all_leftovers(const fs::path& outputs) {
  remove_leftovers_of_the_dead(outputs);
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(
           outputs, fs::directory_options::skip_permission_denied, ignored))
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored))
      remove_leftovers_of_the_dead(entry.path());
}

// ---- The run

class Run {
 public:
  Run(const BatchOptions& options, const FolderLock& lock, Ledger& ledger, std::string settings)
      : options_(options),
        lock_(lock),
        ledger_(ledger),
        settings_(std::move(settings)),
        seats_(static_cast<std::size_t>(std::max(1, options.jobs))) {}

  BatchResult run();

 private:
  // Whether something is done, as opposed to only waited for.
  bool stopping() const { return interrupts() > 0 || too_many_failures_ || fatal_.has_value(); }
  int interrupts() const {
    return options_.interrupts == nullptr ? 0 : options_.interrupts->load();
  }
  bool any_open() const;
  bool has_outputs_alone() const { return options_.ledger_folder.empty(); }

  void take_in_inputs();
  void fill_seats();
  void begin(Seat& seat, LedgerEntry entry);
  std::optional<std::string> hash_of_input(const LedgerEntry& entry) const;
  std::unique_ptr<ChildProcess> started_worker() const;
  bool copy_of_same_bytes(LedgerEntry& entry, const std::string& sha256);
  void send_job(Seat& seat);
  void send_job(Seat& seat, const OpenFile& file);
  void wait_for_messages();
  static std::optional<WorkerMessage> read_message(const Task& task, const Bytes& bytes);
  void handle(Seat& seat, const WorkerMessage& message);
  void check_budgets(Seat& seat);
  void over_budget(Seat& seat, const std::string& code, const std::string& message);
  void crashed(Seat& seat, const Ending& ending);
  void ran_out_of_memory(Seat& seat, const std::string& message);
  void failed_in_worker(Seat& seat);
  void try_again(Seat& seat);
  void give_up_page(Task& task, int number);
  void kill_worker(Seat& seat);
  void finish(Seat& seat, DocumentState state, const JobDone& done);
  void stopped(Seat& seat, const JobDone& done);
  void withhold(Seat& seat, const JobDone& done);
  void pass_over_withheld(const LedgerEntry& entry, const std::string& sha256);
  void fail(Seat& seat, const std::string& code, const std::string& message,
            const std::string& sha256);
  void set_aside(Seat& seat, const std::string& code, const std::string& message,
                 const std::string& sha256);
  void record(const LedgerEntry& entry);
  void abandon_all();
  void report(bool always);
  void event(const char* kind, const Json& facts) const;
  void note(const std::string& text) const {
    if (options_.on_note) options_.on_note(text);
  }
  fs::path input_of(const LedgerEntry& entry) const { return options_.inputs / entry.path; }
  ResultFiles results_of(const LedgerEntry& entry) const {
    return pipeline::results_of(entry.stem, options_.settings);
  }
  void remove_leftovers(const LedgerEntry& entry) const {
    const ResultFiles results = results_of(entry);
    for (const auto& [kind, folder] : results.folders)
      remove_leftovers_of_the_dead(options_.outputs / folder);
    for (const std::string& result : results.all(options_.outputs))
      remove_leftovers_of_the_dead((options_.outputs / result).parent_path());
  }
  // Of a part of the documents; to look through the folders of all would take too long.
  void remove_own_leftovers() const {
    std::set<fs::path> folders;
    ledger_.for_each([&](const LedgerEntry& entry) {
      const ResultFiles results = results_of(entry);
      folders.insert((options_.outputs / results.record).parent_path());
      for (const auto& [name, path] : results.outputs)
        folders.insert((options_.outputs / path).parent_path());
      for (const auto& [kind, folder] : results.folders) folders.insert(options_.outputs / folder);
    });
    for (const fs::path& folder : folders) remove_leftovers_of_the_dead(folder);
  }
  void require_place_of_results() const;
  void make_result_folders() const;

  const BatchOptions& options_;
  const FolderLock& lock_;
  Ledger& ledger_;
  const std::string settings_;  // their hash
  std::vector<Seat> seats_;
  std::map<std::string, InputFile> unsettled_;  // seen while they may still be growing
  long long run_ = 0;
  double begun_ = 0, reported_ = 0, looked_ = 0;
  Pace pace_before_;
  LedgerCounts counts_;  // as in the ledger, for which to count all takes time
  long long pages_ = 0;
  int documents_ = 0, failed_ = 0, unread_folders_ = 0;
  bool too_many_failures_ = false, idle_told_ = false;
  std::map<std::string, WarningCount> warnings_;      // by their code
  std::map<std::string, std::string> withheld_here_;  // marks by SHA-256, of this run
  std::set<std::string> withheld_files_;              // their paths, that this run came by
  std::optional<Error> fatal_;  // what ends the run: no document would fare better
};

bool Run::any_open() const {
  return std::any_of(seats_.begin(), seats_.end(),
                     [](const Seat& seat) { return seat.task.has_value(); });
}

// Of a watched folder only those files that are as they were when last looked at, at least
// settle_seconds ago.
void Run::take_in_inputs() {
  const double now = monotonic_seconds();
  if (options_.watch && looked_ > 0 && now - looked_ < options_.settle_seconds) return;
  const bool first = looked_ == 0;
  looked_ = now;
  InputFolder folder =
      options_.files ? InputFolder{*options_.files, 0, 0, {}} : find_inputs(options_.inputs);
  if (first && folder.links > 0)
    note(std::to_string(folder.links) + " symbolic links were left out; links are not followed");
  if (first && folder.others > 0)
    note(std::to_string(folder.others) + " files are no scans and were left out");
  if (first)
    for (const std::string& unread : folder.unreadable)
      note("the folder " + unread + " cannot be read and was left out");
  unread_folders_ = static_cast<int>(folder.unreadable.size());
  // Below a folder that cannot be read files may still be.
  if (folder.unreadable.empty()) ledger_.mark_gone(folder.files);
  std::erase_if(folder.files,
                [&](const InputFile& file) { return withheld_files_.contains(file.path); });
  if (options_.watch) {
    std::map<std::string, InputFile> seen;
    for (const InputFile& file : folder.files) seen[file.path] = file;
    std::erase_if(folder.files, [&](const InputFile& file) {
      const auto before = unsettled_.find(file.path);
      return before == unsettled_.end() || !(before->second == file);
    });
    unsettled_ = std::move(seen);
  }
  ledger_.add(folder.files,
              [&](const LedgerEntry& entry) { return hash_of_input(entry) == entry.sha256; });
  counts_ = ledger_.counts();
}

void Run::event(const char* kind, const Json& facts) const {
  if (!options_.on_event) return;
  Json line{{"time", utc_now()}, {"event", kind}};
  line.update(facts);
  options_.on_event(line.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void Run::report(bool always) {
  const double now = monotonic_seconds();
  constexpr double kEverySeconds = 0.2;
  if (!options_.on_progress || (!always && now - reported_ < kEverySeconds)) return;
  reported_ = now;
  BatchProgress progress;
  progress.counts = counts_;
  for (const Seat& seat : seats_) progress.open += seat.task ? 1 : 0;
  progress.pages = pages_;
  progress.documents = documents_;
  progress.failed = failed_;
  progress.seconds = now - begun_;
  const int left = progress.counts.waiting + progress.counts.running;
  // From the pace of the run before, which this one's replaces as it goes on.
  const auto documents = static_cast<double>(pace_before_.documents + documents_);
  if (documents > 0)
    progress.seconds_left =
        (pace_before_.job_seconds / static_cast<double>(seats_.size()) + progress.seconds) /
        documents * left;
  options_.on_progress(progress);
}

// ---- Beginning

void Run::fill_seats() {
  for (Seat& seat : seats_) {
    while (!seat.task && !stopping()) {
      std::optional<LedgerEntry> entry = ledger_.next();
      if (!entry) return;
      idle_told_ = false;
      --counts_.waiting;
      ++counts_.running;
      begin(seat, std::move(*entry));
    }
  }
}

void Run::begin(Seat& seat, LedgerEntry entry) {
  entry.attempts = 0;
  const double now = monotonic_seconds();
  // Where it cannot be read, opening it for the worker will say why.
  const std::optional<std::string> sha256 = hash_of_input(entry);
  if (sha256 && ledger_.is_withheld(*sha256)) {
    pass_over_withheld(entry, *sha256);
    return;
  }
  event("document_begins", {{"path", entry.path}});
  Task& task = seat.task.emplace();
  task.begun = task.heard = now;
  task.entry = std::move(entry);
  if (const auto why = options_.not_to_read.find(task.entry.path);
      why != options_.not_to_read.end()) {
    fail(seat, std::string(kKilledWorkers), why->second, "");
    return;
  }
  if (sha256)
    ledger_.inherit_corrections(task.entry.path, *sha256, [&](const LedgerEntry& other) {
      return !fs::exists(input_of(other));
    });
  task.corrections = ledger_.corrections(task.entry.path);
  if (sha256 && task.corrections.empty() && copy_of_same_bytes(task.entry, *sha256)) {
    task.entry.seconds = monotonic_seconds() - now;
    record(task.entry);
    seat.task.reset();
    return;
  }
  send_job(seat);
}

std::optional<std::string> Run::hash_of_input(const LedgerEntry& entry) const {
  try {
    return hash_of_file_below(options_.inputs, entry.path);
  } catch (const ocr::InputError&) {
    return std::nullopt;
  }
}

// The results of a file with the same bytes serve for this one too: its record differs in the
// name of the file alone.
bool Run::copy_of_same_bytes(LedgerEntry& entry, const std::string& sha256) {
  const std::optional<LedgerEntry> twin = ledger_.read_before(sha256, kVersion, settings_);
  if (!twin || twin->path == entry.path || !ledger_.corrections(twin->path).empty()) return false;
  const ResultFiles from = results_of(*twin), to = results_of(entry);
  try {
    std::vector<std::unique_ptr<OutputFile>> files;
    const bool is_private = (fs::status(options_.outputs / from.record).permissions() &
                             fs::perms::group_read) == fs::perms::none;
    const auto write = [&](const std::string& path, const std::string& bytes) {
      make_folders_below(options_.outputs, fs::path(path).parent_path());
      files.push_back(std::make_unique<OutputFile>(options_.outputs / path));
      if (is_private) files.back()->make_private();
      files.back()->write(bytes);
    };
    for (const auto& [name, path] : from.outputs) {
      const std::string bytes = read_file_below(options_.outputs, path);
      if (bytes.empty()) return false;  // someone emptied it
      write(to.outputs.at(name), bytes);
    }
    const std::string json = read_file_below(options_.outputs, from.record);
    require_bounded(json);
    Json record = Json::parse(json);
    if (record.is_array()) return false;  // its layout is not that of a dump
    for (const auto& [kind, folder] : from.folders)
      for (const std::string& name : files_in(options_.outputs / folder))
        write(to.folders.at(kind) + '/' + name,
              read_file_below(options_.outputs, fs::path(folder) / name));
    record["source"]["file_name"] = fs::path(entry.path).filename().string();
    record["source"]["path"] = entry.path;
    const int indent = options_.settings.record.compact ? -1 : 1;
    write(to.record, record.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n');
    for (const auto& file : files) file->commit();
  } catch (const std::exception&) {
    return false;  // someone removed a result, or the worker will say what is wrong
  }
  const LedgerEntry own = entry;
  entry = *twin;
  entry.path = own.path;
  entry.stem = own.stem;
  entry.bytes = own.bytes;
  entry.modified_ns = own.modified_ns;
  entry.attempts = 0;
  entry.summary = ledger_.summary(twin->path);
  return true;
}

// Where the system has no room for one more process for a while it is waited for.
std::unique_ptr<ChildProcess> Run::started_worker() const {
  constexpr int kMostTries = 8;
  for (int i = 0;; ++i) {
    try {
      return std::make_unique<ChildProcess>(options_.worker_command);
    } catch (const std::system_error& error) {
      const bool may_pass = error.code() == std::errc::resource_unavailable_try_again ||
                            error.code() == std::errc::not_enough_memory;
      if (!may_pass || i == kMostTries || interrupts() > 1)
        throw Error(ErrorKind::Engine, error.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50 << i));
  }
}

// With it all that was done is lost, the ledger included.
void Run::require_place_of_results() const {
  if (!lock_.is_in_place())
    throw OutputError("the output folder " + options_.outputs.string() +
                      " has been removed or replaced while the run was at work in it");
}

// Those of all forms, before any worker: what it may write to is settled by where they are.
void Run::make_result_folders() const {
  require_place_of_results();
  const ResultFiles results = pipeline::results_of("x", options_.settings);
  std::vector<std::string> paths{results.record};
  for (const auto& [name, path] : results.outputs) paths.push_back(path);
  for (const auto& [kind, folder] : results.folders) paths.push_back(folder);
  for (const std::string& path : paths)
    make_folders_below(options_.outputs, fs::path(path).parent_path());
}

void Run::send_job(Seat& seat) {
  try {
    send_job(seat, *open_file_below(options_.inputs, seat.task->entry.path));
  } catch (const ocr::InputError& error) {
    fail(seat, std::string(name_of(error.kind())), error.what(), "");
  }
}

void Run::send_job(Seat& seat, const OpenFile& file) {
  if (seat.worker && seat.pages_read >= options_.budgets.pages_per_worker) kill_worker(seat);
  Task& task = *seat.task;
  if (!seat.worker) {
    make_result_folders();
    seat.worker = started_worker();
    seat.pages_read = 0;
    const std::string settings = settings_to_json(options_.settings);
    seat.worker->socket().send({settings.begin(), settings.end()});
  }
  ++task.entry.attempts;
  task.heard = monotonic_seconds();
  task.open_page = 0;
  task.pages_over = false;
  const ResultFiles results = results_of(task.entry);
  Job job;
  job.outputs_folder = fs::absolute(options_.outputs).string();
  job.input = task.entry.path;
  job.record = results.record;
  job.outputs = results.outputs;
  job.folders = results.folders;
  job.earlier = task.earlier;
  job.corrections = task.corrections;
  job.withhold = options_.withholding.has_value();
  // A worker that is gone by now is noticed when it is listened to.
  seat.worker->socket().send(job_to_bytes(job), file.descriptor());
}

// ---- Watching

void Run::wait_for_messages() {
  std::vector<pollfd> sockets;
  std::vector<Seat*> open;
  for (Seat& seat : seats_) {
    if (!seat.task) continue;
    sockets.push_back({seat.worker->socket().descriptor(), POLLIN, 0});
    open.push_back(&seat);
  }
  constexpr int kPatienceMs = 200;
  if (::poll(sockets.data(), sockets.size(), kPatienceMs) <= 0) return;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (sockets[i].revents == 0) continue;
    Seat& seat = *open[i];
    bool gone = false, makes_sense = true;
    const int process = seat.worker->process();
    const auto is_at_work = [&] { return seat.worker && seat.worker->process() == process; };
    for (const Bytes& bytes : seat.worker->socket().receive(gone)) {
      // What is left of a worker that was replaced says nothing of what its successor reads.
      if (!seat.task || !is_at_work()) break;
      const std::optional<WorkerMessage> message = read_message(*seat.task, bytes);
      if (message)
        handle(seat, *message);
      else
        makes_sense = false;
      if (!makes_sense) break;
    }
    if ((gone || !makes_sense) && is_at_work()) {
      const Ending ending = makes_sense ? seat.worker->end() : Ending{};
      seat.worker.reset();
      if (!seat.task) continue;
      remove_leftovers(seat.task->entry);
      crashed(seat, ending);
    }
  }
}

// Nothing where it is no message, or makes no sense at this point of the job.
std::optional<WorkerMessage> Run::read_message(const Task& task, const Bytes& bytes) {
  std::optional<WorkerMessage> out;
  try {
    out = message_from_bytes(bytes);
  } catch (const std::exception&) {
    return std::nullopt;
  }
  // No format of scans has more pages.
  constexpr int kMostPages = 1'000'000;
  const auto is_page = [&](int number) { return number >= 1 && number <= task.pages; };
  bool makes_sense = true;
  if (const auto* found = std::get_if<PagesFound>(&*out))
    makes_sense = found->pages >= 0 && found->pages <= kMostPages;
  if (const auto* begun = std::get_if<PageBegun>(&*out)) makes_sense = is_page(begun->number);
  if (const auto* read = std::get_if<PageRead>(&*out))
    makes_sense = is_page(read->page.number) && read->page.number == task.open_page;
  if (const auto* done = std::get_if<JobDone>(&*out))
    makes_sense = done->pages >= 0 && done->pages <= kMostPages && done->pages_unread >= 0 &&
                  (done->stopped_by.empty() ||
                   (is_secrecy(done->stopped_by) && ocr::is_sha256_hex(done->sha256)));
  return makes_sense ? out : std::nullopt;
}

void Run::handle(Seat& seat, const WorkerMessage& message) {
  Task& task = *seat.task;
  task.heard = monotonic_seconds();
  std::visit(
      [&](const auto& told) {
        using Told = std::decay_t<decltype(told)>;
        if constexpr (std::is_same_v<Told, PagesFound>) {
          task.pages = told.pages;
        } else if constexpr (std::is_same_v<Told, PageBegun>) {
          task.open_page = told.number;
          task.page_begun = task.heard;
        } else if constexpr (std::is_same_v<Told, PageRead>) {
          ++pages_;
          ++seat.pages_read;
          task.open_page = 0;
          task.earlier.engine = told.engine;
          task.earlier.second_engine = told.second_engine;
          event("page", {{"path", task.entry.path},
                         {"page", told.page.number},
                         {"route", ocr::name_of(told.page.route)},
                         {"seconds", task.heard - task.page_begun}});
          task.earlier.pages_read[told.page.number] = told.page;
        } else if constexpr (std::is_same_v<Told, PagesOver>) {
          task.open_page = 0;
          task.pages_over = true;
        } else if constexpr (std::is_same_v<Told, JobDone>) {
          if (!told.stopped_by.empty())
            stopped(seat, told);
          else
            finish(seat, told.pages_unread > 0 ? DocumentState::Partial : DocumentState::Done,
                   told);
          if (told.spent) kill_worker(seat);
        } else if (told.kind == ErrorKind::OutOfMemory) {
          ran_out_of_memory(seat, told.message);
        } else if (ends_all(told.kind)) {
          require_place_of_results();
          ledger_.release(task.entry.path);
          seat.task.reset();
          fatal_.emplace(told.kind, told.message);
        } else {
          require_place_of_results();
          fail(seat, std::string(name_of(told.kind)), told.message, told.sha256);
        }
      },
      message);
}

void Run::check_budgets(Seat& seat) {
  if (!seat.task) return;
  const Task& task = *seat.task;
  const Budgets& budgets = options_.budgets;
  const double now = monotonic_seconds();
  const auto over = [&](const std::string& what, double seconds, const char* option) {
    return what + " took more than the " + seconds_text(seconds) + " allowed (" + option + ")";
  };
  if (task.open_page > 0 && now - task.page_begun > budgets.page_seconds)
    over_budget(
        seat, "page_seconds",
        over("page " + std::to_string(task.open_page), budgets.page_seconds, "--page-seconds"));
  else if (!task.finishing && now - task.begun > budgets.document_seconds)
    over_budget(seat, "document_seconds",
                over("the document", budgets.document_seconds, "--document-seconds"));
  else if (now - task.heard > budgets.silence_seconds)
    over_budget(seat, "silence_seconds",
                "the worker told nothing for more than the " +
                    seconds_text(budgets.silence_seconds) + " allowed (--silence-seconds)");
}

void Run::kill_worker(Seat& seat) {
  if (!seat.worker) return;
  seat.worker.reset();
  if (seat.task) remove_leftovers(seat.task->entry);
}

void Run::give_up_page(Task& task, int number) {
  task.earlier.pages_given_up[number] = {std::string(kPageGivenUp), task.message};
}

void Run::over_budget(Seat& seat, const std::string& code, const std::string& message) {
  Task& task = *seat.task;
  task.code = code;
  task.message = message;
  event("worker_killed", {{"path", task.entry.path}, {"code", code}, {"message", message}});
  kill_worker(seat);
  if (code == "document_seconds" && !task.earlier.pages_read.empty()) {
    // What was read becomes a record.
    for (int number = 1; number <= task.pages; ++number)
      if (!task.earlier.pages_read.contains(number)) give_up_page(task, number);
    task.finishing = true;
    send_job(seat);
  } else if (code == "page_seconds") {
    give_up_page(task, task.open_page);
    try_again(seat);
  } else if (code == "silence_seconds" && !task.finishing && ++task.crashes[0] < kMostCrashes) {
    try_again(seat);
  } else {
    fail(seat, code, message, "");
  }
}

void Run::crashed(Seat& seat, const Ending& ending) {
  Task& task = *seat.task;
  const std::string where = task.open_page > 0 ? " on page " + std::to_string(task.open_page) : "";
  const std::uint64_t memory = options_.settings.memory_bytes;
  // Some libraries end the process where they get none.
  if (memory > 0 && ending.signal != SIGKILL && ending.peak_bytes > memory / 4 * 3) {
    task.code = name_of(ErrorKind::OutOfMemory);
    task.message = "the worker ended" + where + " for want of memory (--memory)";
  } else if (ending.signal == SIGKILL) {
    task.code = name_of(ErrorKind::OutOfMemory);
    task.message = "the worker was killed by the system" + where + ", likely for want of memory";
  } else if (ending.signal == 0 && ending.exit_code < 0) {
    task.code = "crashed";
    task.message = "the worker told what makes no sense" + where;
  } else {
    task.code = "crashed";
    task.message = "the worker crashed" + where +
                   (ending.signal != 0 ? std::string(" (") + ::strsignal(ending.signal) + ")"
                                       : " (exit code " + std::to_string(ending.exit_code) + ")");
  }
  event("worker_crashed",
        {{"path", task.entry.path}, {"code", task.code}, {"message", task.message}});
  failed_in_worker(seat);
}

void Run::ran_out_of_memory(Seat& seat, const std::string& message) {
  Task& task = *seat.task;
  task.code = name_of(ErrorKind::OutOfMemory);
  task.message =
      (task.open_page > 0 ? "page " + std::to_string(task.open_page) + ": " : "") + message;
  event("worker_killed",
        {{"path", task.entry.path}, {"code", task.code}, {"message", task.message}});
  kill_worker(seat);
  failed_in_worker(seat);
}

// A fresh worker goes on with what its predecessor was at.
void Run::failed_in_worker(Seat& seat) {
  Task& task = *seat.task;
  // Once may be an accident of the machine or of what was read before; twice it is the page's or
  // the document's fault.
  if (++task.crashes[task.open_page] < kMostCrashes) {
    try_again(seat);
  } else if (task.open_page > 0) {
    give_up_page(task, task.open_page);
    try_again(seat);
  } else {
    fail(seat, task.code, task.message, "");
  }
}

void Run::try_again(Seat& seat) {
  Task& task = *seat.task;
  const bool nothing_left =
      task.pages > 0 && static_cast<int>(task.earlier.pages_given_up.size()) >= task.pages;
  if (nothing_left)
    fail(seat, task.code, task.message, "");
  else
    send_job(seat);
}

// ---- Ending

void Run::finish(Seat& seat, DocumentState state, const JobDone& done) {
  Task& task = *seat.task;
  LedgerEntry& entry = task.entry;
  entry.state = state;
  entry.sha256 = done.sha256;
  entry.pages = done.pages;
  entry.pages_unread = done.pages_unread;
  entry.summary = done.summary;
  entry.doubts = done.doubts + done.pages_unread;
  entry.code = state == DocumentState::Done ? ""
               : task.code.empty()          ? std::string(kPageFailed)
                                            : task.code;
  entry.message.clear();
  if (state == DocumentState::Partial)
    entry.message = task.message.empty()
                        ? std::to_string(done.pages_unread) + " of its pages could not be read"
                        : task.message;
  entry.seconds = monotonic_seconds() - task.begun;
  for (const ocr::Warning& warning : done.warnings) {
    event("warning", {{"path", entry.path}, {"code", warning.code}, {"text", warning.text}});
    WarningCount& count = warnings_[warning.code];
    if (count.documents++ == 0) count.first = entry.path + ": " + warning.text;
  }
  // It may have been withheld before it was asked for again.
  std::error_code ignored;
  if (options_.redo != Redo::Nothing)
    fs::remove(record_file(options_.outputs, withheld_name(entry.sha256)), ignored);
  record(entry);
  seat.task.reset();
}

// A mark of secrecy ended the reading: it is set aside for a person, with what its worker wrote.
void Run::stopped(Seat& seat, const JobDone& done) {
  if (options_.withholding)
    withhold(seat, done);
  else
    set_aside(seat, std::string(kSecret), stop_message(done.stopped_by), done.sha256);
}

void Run::withhold(Seat& seat, const JobDone& done) {
  LedgerEntry entry = seat.task->entry;
  entry.sha256 = done.sha256;
  entry.message = withheld_message(done.stopped_by, options_.withholding->machine);
  entry.version = kVersion;
  entry.settings = settings_;
  require_place_of_results();
  options_.withholding->keep(entry.path, entry.sha256, done.stopped_by);
  // Folders of side files would tell its name; a worker is not let remove any.
  std::error_code ignored;
  for (const auto& [kind, folder] : results_of(entry).folders)
    fs::remove(options_.outputs / folder, ignored);
  ledger_.withhold(entry);
  withheld_here_[entry.sha256] = done.stopped_by;
  withheld_files_.insert(entry.path);
  --counts_.running;
  ++counts_.failed;
  ++documents_;
  const std::string name = withheld_name(entry.sha256);
  event("document_withheld", {{"document", name}, {"message", entry.message}});
  note(name + ": " + entry.message);
  seat.task.reset();
}

// A file whose bytes are known to bear a mark; nothing tells its name.
void Run::pass_over_withheld(const LedgerEntry& entry, const std::string& sha256) {
  if (const auto mark = withheld_here_.find(sha256); mark != withheld_here_.end())
    options_.withholding->keep(entry.path, sha256, mark->second);
  ledger_.forget(entry.path);
  withheld_files_.insert(entry.path);
  --counts_.running;
}

void Run::fail(Seat& seat, const std::string& code, const std::string& message,
               const std::string& sha256) {
  // What an earlier reading left must not pass for this one's.
  std::error_code ignored;
  for (const std::string& result : results_of(seat.task->entry).all(options_.outputs))
    fs::remove(options_.outputs / result, ignored);
  set_aside(seat, code, message, sha256);
}

void Run::set_aside(Seat& seat, const std::string& code, const std::string& message,
                    const std::string& sha256) {
  Task& task = *seat.task;
  LedgerEntry& entry = task.entry;
  entry.state = DocumentState::Failed;
  entry.code = code;
  entry.message = message;
  // Of a file that is gone the hash stays: where it comes up again, it is known by that.
  if (!sha256.empty()) entry.sha256 = sha256;
  entry.pages = task.pages;
  entry.pages_unread = task.pages;
  entry.doubts = 0;
  entry.summary.clear();
  entry.seconds = monotonic_seconds() - task.begun;
  record(entry);
  seat.task.reset();
}

// One more document is finished.
void Run::record(const LedgerEntry& told) {
  LedgerEntry entry = told;
  entry.version = kVersion;
  entry.settings = settings_;
  const bool failed = entry.state == DocumentState::Failed;
  require_place_of_results();
  ledger_.finish(entry);
  --counts_.running;
  ++(failed ? counts_.failed : entry.state == DocumentState::Done ? counts_.done : counts_.partial);
  counts_.to_review += entry.doubts > 0 ? 1 : 0;
  ++documents_;
  // One that was stopped says nothing of how well the run goes.
  failed_ += failed && entry.code != kSecret ? 1 : 0;
  ledger_.count_in_run(run_, entry.pages, monotonic_seconds() - begun_);
  Json facts{{"path", entry.path},    {"state", name_of(entry.state)}, {"sha256", entry.sha256},
             {"pages", entry.pages},  {"seconds", entry.seconds},      {"attempts", entry.attempts},
             {"doubts", entry.doubts}};
  if (!entry.code.empty()) facts.update({{"code", entry.code}, {"message", entry.message}});
  event("document_ends", facts);
  if (!entry.code.empty()) note(entry.path + ": " + entry.message + " (" + entry.code + ")");
  const MaxFailures& max = options_.max_failures;
  constexpr int kFirstToJudge = 20;
  if ((max.number && failed_ > *max.number) ||
      (max.share && documents_ >= kFirstToJudge && failed_ > *max.share * documents_))
    too_many_failures_ = true;
}

void Run::abandon_all() {
  for (Seat& seat : seats_) {
    kill_worker(seat);
    if (seat.task) ledger_.release(seat.task->entry.path);
    seat.task.reset();
  }
}

BatchResult Run::run() {
  begun_ = monotonic_seconds();
  // Of a run that was killed: nothing of it may pass for a result.
  ledger_.take_back_running();
  if (has_outputs_alone())
    remove_all_leftovers(options_.outputs);
  else
    remove_own_leftovers();
  finish_corrections(ledger_, options_.outputs, [&](const std::string& text) { note(text); });
  take_in_inputs();
  for (const std::string& path : options_.set_aside)
    if (!ledger_.set_aside(fs::path(path).lexically_normal().generic_string()))
      note(path + " is no scan of this batch; name it as it stands below " +
           options_.inputs.string());
  ledger_.redo(options_.redo, kVersion, settings_);
  counts_ = ledger_.counts();
  if (counts_.gone > 0)
    note(std::to_string(counts_.gone) +
         " files are not there any more; their records stay, marked as such in the register");
  if (const int others = ledger_.count_otherwise_read(kVersion, settings_); others > 0)
    note(std::to_string(others) +
         " documents were read by another version or with other settings; --redo changed reads "
         "them again");
  if (const int changed = counts_.changed; changed > 0)
    note(std::to_string(changed) +
         " inputs have changed since they were read; --redo changed reads them again");
  pace_before_ = ledger_.pace(1);
  run_ = ledger_.begin_run(static_cast<int>(seats_.size()), kVersion);
  event("run_begins", {{"version", kVersion},
                       {"jobs", seats_.size()},
                       {"waiting", counts_.waiting},
                       {"secret", name_of(options_.settings.record.secret)},
                       {"sandbox", sandbox_level(options_.settings.sandbox)}});
  bool told_of_stop = false;
  while (true) {
    fill_seats();
    report(false);
    if (interrupts() > 1) break;
    if (stopping() && any_open() && !told_of_stop) {
      told_of_stop = true;
      event("run_stops", Json::object());
      if (interrupts() > 0)
        note("finishing the documents that are open; Ctrl-C once more abandons them");
    }
    if (!any_open() && (stopping() || !options_.watch)) break;
    if (!any_open() && !idle_told_ && options_.on_idle) {
      options_.on_idle(ledger_);
      idle_told_ = true;
    }
    wait_for_messages();
    for (Seat& seat : seats_) check_budgets(seat);
    if (options_.watch && !stopping()) take_in_inputs();
  }
  abandon_all();
  // What was decided meanwhile.
  finish_corrections(ledger_, options_.outputs, [&](const std::string& text) { note(text); });
  ledger_.end_run(run_);
  report(true);
  BatchResult result;
  result.end = interrupts() > 0     ? BatchEnd::Interrupted
               : too_many_failures_ ? BatchEnd::TooManyFailures
                                    : BatchEnd::Complete;
  result.counts = ledger_.counts();
  result.documents = documents_;
  result.failed = failed_;
  for (const auto& [code, count] : warnings_) result.warnings.push_back(count);
  event("run_ends", {{"documents", documents_},
                     {"failed", failed_},
                     {"pages", pages_},
                     {"seconds", monotonic_seconds() - begun_}});
  if (fatal_) throw *fatal_;
  require_place_of_results();
  result.unread_folders = unread_folders_;
  if (options_.on_idle) options_.on_idle(ledger_);
  if (!has_outputs_alone()) return result;
  if (const int unplaced = write_unplaced(ledger_, options_.outputs); unplaced > 0)
    note(std::to_string(unplaced) +
         " values that were typed have no record to stand in now; they are in " +
         unplaced_file(options_.outputs).string());
  return result;
}

// Who puts single corrections into records holds the folder for moments; another run, for hours.
std::optional<FolderLock> taken(const fs::path& folder) {
  constexpr int kTries = 50;
  constexpr std::chrono::milliseconds kPause{100};
  for (int i = 1;; ++i) {
    std::optional<FolderLock> lock = FolderLock::take(folder);
    if (lock || i == kTries) return lock;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace

void check_folders(const BatchOptions& options) {
  if (!fs::is_directory(options.inputs))
    throw std::invalid_argument(options.inputs.string() + " is no folder of scans");
  if (folders_overlap(options.inputs, options.outputs))
    throw std::invalid_argument(
        "the folder of scans and the output folder may not lie in one another");
}

BatchResult run_batch(const BatchOptions& options) {
  check_folders(options);
  fs::create_directories(options.outputs);
  const fs::path& place = options.ledger_folder.empty() ? options.outputs : options.ledger_folder;
  const std::optional<FolderLock> lock = taken(place);
  if (!lock)
    throw FolderBusy("another run is at work in " + place.string() +
                     "; wait for its end or choose another folder");
  check_sandbox(options.settings.sandbox);
  spdlog::debug("sandbox: {}", sandbox_level(options.settings.sandbox));
  const std::string model_hash =
      open_restorer(find_model(options.settings.model)).model().content_hash();
  Ledger ledger = Ledger::open(ledger_file(place));
  ledger.bind_to(options.inputs);
  ledger.keep_language(options.language, options.language_always);
  return Run(options, *lock, ledger, settings_hash(options.settings, model_hash)).run();
}

}  // namespace vanban::pipeline
