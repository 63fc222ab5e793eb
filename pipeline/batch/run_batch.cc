#include "pipeline/batch/run_batch.h"

#include <poll.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <utility>
#include <variant>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/batch/process.h"
#include "pipeline/batch/worker.h"
#include "pipeline/model_file.h"
#include "pipeline/output_file.h"
#include "pipeline/version.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// ---- Time

// Seconds on a clock that is never set.
double monotonic_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::string utc_now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  tm parts{};
  ::gmtime_r(&time.tv_sec, &parts);
  std::array<char, 40> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
  std::array<char, 8> milliseconds{};
  std::snprintf(milliseconds.data(), milliseconds.size(), ".%03dZ",
                static_cast<int>(time.tv_nsec / 1'000'000) % 1000);
  return std::string(text.data(), length) + milliseconds.data();
}

std::string seconds_text(double seconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%g s", seconds);
  return text.data();
}

// ---- A document being read

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

struct Slot {
  std::unique_ptr<ChildProcess> worker;
  int pages_read = 0;  // by this worker
  std::optional<Task> task;
};

std::vector<std::string> results_of(const fs::path& outputs, const std::string& stem,
                                    const BatchSettings& settings) {
  std::vector<std::string> out{record_file(outputs, stem).string()};
  const std::pair<bool, const char*> others[]{{settings.text, "txt"},
                                              {settings.pdf, "pdf"},
                                              {settings.alto, "xml"},
                                              {settings.hocr, "html"}};
  const char* const folders[]{"text", "pdf", "alto", "hocr"};
  for (std::size_t i = 0; i < std::size(others); ++i)
    out.push_back(
        others[i].first ? (outputs / folders[i] / (stem + '.' + others[i].second)).string() : "");
  return out;
}

// Files that a process began and did not put in their places.
void remove_leftovers(const std::vector<std::string>& results, const std::string& prefix) {
  std::error_code ignored;
  for (const std::string& result : results) {
    if (result.empty()) continue;
    std::vector<fs::path> leftovers;
    for (const fs::directory_entry& entry :
         fs::directory_iterator(fs::path(result).parent_path(), ignored))
      if (entry.path().filename().string().starts_with(prefix)) leftovers.push_back(entry.path());
    for (const fs::path& path : leftovers) fs::remove(path, ignored);
  }
}

std::string read_bytes(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// ---- The run

class Run {
 public:
  Run(const BatchOptions& options, Ledger& ledger, std::string settings)
      : options_(options),
        ledger_(ledger),
        settings_(std::move(settings)),
        slots_(static_cast<std::size_t>(std::max(1, options.jobs))) {}

  BatchResult run();

 private:
  // Whether something is done, as opposed to only waited for.
  bool stopping() const { return interrupts() > 0 || too_many_failures_ || fatal_; }
  int interrupts() const {
    return options_.interrupts == nullptr ? 0 : options_.interrupts->load();
  }
  bool any_open() const;

  void take_in_inputs();
  void fill_slots();
  void begin(Slot& slot, LedgerEntry entry);
  bool copy_of_same_bytes(LedgerEntry& entry);
  void send_job(Slot& slot);
  void wait_for_messages();
  void handle(Slot& slot, const WorkerMessage& message);
  void check_budgets(Slot& slot);
  void over_budget(Slot& slot, const std::string& code, const std::string& message);
  void crashed(Slot& slot, const Ending& ending);
  void try_again(Slot& slot);
  void give_up_page(Task& task, int number);
  void kill_worker(Slot& slot);
  void finish(Slot& slot, DocumentState state, const JobDone& done);
  void fail(Slot& slot, const std::string& code, const std::string& message,
            const std::string& sha256);
  void record(const LedgerEntry& entry);
  void abandon_all();
  void report(bool always);
  void event(const char* kind, const Json& facts) const;
  void note(const std::string& text) const {
    if (options_.on_note) options_.on_note(text);
  }
  fs::path input_of(const LedgerEntry& entry) const { return options_.inputs / entry.path; }
  std::vector<std::string> results_of(const LedgerEntry& entry) const {
    return pipeline::results_of(options_.outputs, entry.stem, options_.settings);
  }

  const BatchOptions& options_;
  Ledger& ledger_;
  const std::string settings_;  // their hash
  std::vector<Slot> slots_;
  std::map<std::string, InputFile> unsettled_;  // seen while they may still be growing
  long long run_ = 0;
  double begun_ = 0, reported_ = 0, looked_ = 0;
  LedgerCounts counts_;  // as in the ledger, for which to count all takes time
  long long pages_ = 0;
  int documents_ = 0, failed_ = 0;
  bool too_many_failures_ = false, idle_told_ = false;
  std::map<std::string, WarningCount> warnings_;  // by their code
  bool fatal_ = false;
  std::string fatal_code_, fatal_message_;
};

bool Run::any_open() const {
  return std::any_of(slots_.begin(), slots_.end(),
                     [](const Slot& slot) { return slot.task.has_value(); });
}

// Of a watched folder only those files that are as they were when last looked at, at least
// settle_seconds ago.
void Run::take_in_inputs() {
  const double now = monotonic_seconds();
  if (options_.watch && looked_ > 0 && now - looked_ < options_.settle_seconds) return;
  const bool first = looked_ == 0;
  looked_ = now;
  InputFolder folder = find_inputs(options_.inputs);
  if (first && folder.links > 0)
    note(std::to_string(folder.links) + " symbolic links were left out; links are not followed");
  if (first && folder.others > 0)
    note(std::to_string(folder.others) + " files are no scans and were left out");
  if (options_.watch) {
    std::map<std::string, InputFile> seen;
    for (const InputFile& file : folder.files) seen[file.path] = file;
    std::erase_if(folder.files, [&](const InputFile& file) {
      const auto before = unsettled_.find(file.path);
      return before == unsettled_.end() || !(before->second == file);
    });
    unsettled_ = std::move(seen);
  }
  ledger_.add(folder.files, [&](const LedgerEntry& entry) {
    return ocr::sha256_hex(read_bytes(input_of(entry))) == entry.sha256;
  });
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
  for (const Slot& slot : slots_) progress.open += slot.task ? 1 : 0;
  progress.pages = pages_;
  progress.documents = documents_;
  progress.failed = failed_;
  progress.seconds = now - begun_;
  const int left = progress.counts.waiting + progress.counts.running;
  if (documents_ > 0) progress.seconds_left = progress.seconds / documents_ * left;
  options_.on_progress(progress);
}

// ---- Beginning

void Run::fill_slots() {
  for (Slot& slot : slots_) {
    while (!slot.task && !stopping()) {
      std::optional<LedgerEntry> entry = ledger_.next();
      if (!entry) return;
      idle_told_ = false;
      --counts_.waiting;
      ++counts_.running;
      begin(slot, std::move(*entry));
    }
  }
}

void Run::begin(Slot& slot, LedgerEntry entry) {
  entry.attempts = 0;
  event("document_begins", {{"path", entry.path}});
  const double now = monotonic_seconds();
  Task& task = slot.task.emplace();
  task.begun = task.heard = now;
  task.corrections = ledger_.corrections(entry.path);
  task.entry = std::move(entry);
  if (task.corrections.empty() && copy_of_same_bytes(task.entry)) {
    task.entry.seconds = monotonic_seconds() - now;
    record(task.entry);
    slot.task.reset();
    return;
  }
  send_job(slot);
}

// The results of a file with the same bytes serve for this one too: its record differs in the
// name of the file alone.
bool Run::copy_of_same_bytes(LedgerEntry& entry) {
  const std::string sha256 = ocr::sha256_hex(read_bytes(input_of(entry)));
  const std::optional<LedgerEntry> twin = ledger_.read_before(sha256, kVersion, settings_);
  if (!twin || twin->path == entry.path || !ledger_.corrections(twin->path).empty()) return false;
  const std::vector<std::string> from = results_of(*twin), to = results_of(entry);
  try {
    std::vector<std::unique_ptr<OutputFile>> files;
    for (std::size_t i = from.size(); i-- > 0;) {
      if (from[i].empty()) continue;
      std::string bytes = read_bytes(from[i]);
      if (bytes.empty()) return false;  // someone removed it
      if (i == 0) {
        Json record = Json::parse(bytes);
        if (record.is_array()) return false;  // its layout is not that of a dump
        record["source"]["file_name"] = fs::path(entry.path).filename().string();
        bytes = record.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
      }
      fs::create_directories(fs::path(to[i]).parent_path());
      files.push_back(std::make_unique<OutputFile>(to[i]));
      files.back()->write(bytes);
    }
    for (const auto& file : files) file->commit();
  } catch (const std::exception&) {
    return false;  // the worker will say what is wrong
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

void Run::send_job(Slot& slot) {
  if (slot.worker && slot.pages_read >= options_.budgets.pages_per_worker) kill_worker(slot);
  Task& task = *slot.task;
  if (!slot.worker) {
    slot.worker = std::make_unique<ChildProcess>(options_.worker_command);
    slot.pages_read = 0;
    const std::string settings = settings_to_json(options_.settings);
    slot.worker->socket().send({settings.begin(), settings.end()});
  }
  ++task.entry.attempts;
  task.heard = monotonic_seconds();
  task.open_page = 0;
  task.pages_over = false;
  const std::vector<std::string> results = results_of(task.entry);
  Job job;
  job.input = input_of(task.entry).string();
  job.file_name = fs::path(task.entry.path).filename().string();
  job.record = results[0];
  job.text = results[1];
  job.pdf = results[2];
  job.alto = results[3];
  job.hocr = results[4];
  job.earlier = task.earlier;
  job.corrections = task.corrections;
  // A worker that is gone by now is noticed when it is listened to.
  slot.worker->socket().send(job_to_bytes(job));
}

// ---- Watching

void Run::wait_for_messages() {
  std::vector<pollfd> sockets;
  std::vector<Slot*> open;
  for (Slot& slot : slots_) {
    if (!slot.task) continue;
    sockets.push_back({slot.worker->socket().descriptor(), POLLIN, 0});
    open.push_back(&slot);
  }
  constexpr int kPatienceMs = 200;
  if (::poll(sockets.data(), sockets.size(), kPatienceMs) <= 0) return;
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (sockets[i].revents == 0) continue;
    Slot& slot = *open[i];
    bool gone = false;
    for (const Bytes& bytes : slot.worker->socket().receive(gone)) {
      if (slot.task) handle(slot, message_from_bytes(bytes));
    }
    if (gone && slot.worker) {
      const int process = slot.worker->process();
      const Ending ending = slot.worker->wait();
      slot.worker.reset();
      if (!slot.task) continue;
      remove_leftovers(results_of(slot.task->entry), temporary_prefix(process));
      crashed(slot, ending);
    }
  }
}

void Run::handle(Slot& slot, const WorkerMessage& message) {
  Task& task = *slot.task;
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
          ++slot.pages_read;
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
          finish(slot, told.pages_unread > 0 ? DocumentState::Partial : DocumentState::Done, told);
        } else if (told.fatal) {
          ledger_.release(task.entry.path);
          slot.task.reset();
          fatal_ = true;
          fatal_code_ = told.code;
          fatal_message_ = told.message;
        } else {
          fail(slot, told.code, told.message, told.sha256);
        }
      },
      message);
}

void Run::check_budgets(Slot& slot) {
  if (!slot.task) return;
  const Task& task = *slot.task;
  const Budgets& budgets = options_.budgets;
  const double now = monotonic_seconds();
  const auto over = [&](const std::string& what, double seconds, const char* option) {
    return what + " took more than the " + seconds_text(seconds) + " allowed (" + option + ")";
  };
  if (task.open_page > 0 && now - task.page_begun > budgets.page_seconds)
    over_budget(
        slot, "page_seconds",
        over("page " + std::to_string(task.open_page), budgets.page_seconds, "--page-seconds"));
  else if (!task.finishing && now - task.begun > budgets.document_seconds)
    over_budget(slot, "document_seconds",
                over("the document", budgets.document_seconds, "--document-seconds"));
  else if (now - task.heard > budgets.silence_seconds)
    over_budget(slot, "silence_seconds",
                "the worker told nothing for more than the " +
                    seconds_text(budgets.silence_seconds) + " allowed (--silence-seconds)");
}

void Run::kill_worker(Slot& slot) {
  if (!slot.worker) return;
  const int process = slot.worker->process();
  slot.worker.reset();
  if (slot.task) remove_leftovers(results_of(slot.task->entry), temporary_prefix(process));
}

void Run::give_up_page(Task& task, int number) {
  task.earlier.pages_given_up[number] = {"page_given_up", task.message};
}

void Run::over_budget(Slot& slot, const std::string& code, const std::string& message) {
  Task& task = *slot.task;
  task.code = code;
  task.message = message;
  event("worker_killed", {{"path", task.entry.path}, {"code", code}, {"message", message}});
  kill_worker(slot);
  if (code == "document_seconds" && !task.earlier.pages_read.empty()) {
    // What was read becomes a record.
    for (int number = 1; number <= task.pages; ++number)
      if (!task.earlier.pages_read.contains(number)) give_up_page(task, number);
    task.finishing = true;
    send_job(slot);
  } else if (code == "page_seconds") {
    give_up_page(task, task.open_page);
    try_again(slot);
  } else if (code == "silence_seconds" && !task.finishing && ++task.crashes[0] < kMostCrashes) {
    try_again(slot);
  } else {
    fail(slot, code, message, "");
  }
}

void Run::crashed(Slot& slot, const Ending& ending) {
  Task& task = *slot.task;
  const std::string where = task.open_page > 0 ? " on page " + std::to_string(task.open_page) : "";
  if (ending.signal == SIGKILL) {
    task.code = "out_of_memory";
    task.message = "the worker was killed by the system" + where + ", likely for want of memory";
  } else {
    task.code = "crashed";
    task.message = "the worker crashed" + where +
                   (ending.signal != 0 ? std::string(" (") + ::strsignal(ending.signal) + ")"
                                       : " (exit code " + std::to_string(ending.exit_code) + ")");
  }
  event("worker_crashed",
        {{"path", task.entry.path}, {"code", task.code}, {"message", task.message}});
  // Once may be an accident of the machine; twice it is the page's or the document's fault.
  if (++task.crashes[task.open_page] < kMostCrashes) {
    try_again(slot);
  } else if (task.open_page > 0) {
    give_up_page(task, task.open_page);
    try_again(slot);
  } else {
    fail(slot, task.code, task.message, "");
  }
}

void Run::try_again(Slot& slot) {
  Task& task = *slot.task;
  const bool nothing_left =
      task.pages > 0 && static_cast<int>(task.earlier.pages_given_up.size()) >= task.pages;
  if (nothing_left)
    fail(slot, task.code, task.message, "");
  else
    send_job(slot);
}

// ---- Ending

void Run::finish(Slot& slot, DocumentState state, const JobDone& done) {
  Task& task = *slot.task;
  LedgerEntry& entry = task.entry;
  entry.state = state;
  entry.sha256 = done.sha256;
  entry.pages = done.pages;
  entry.pages_unread = done.pages_unread;
  entry.summary = done.summary;
  entry.doubts = done.doubts + done.pages_unread;
  entry.code = state == DocumentState::Done ? "" : task.code.empty() ? "page_failed" : task.code;
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
  record(entry);
  slot.task.reset();
}

void Run::fail(Slot& slot, const std::string& code, const std::string& message,
               const std::string& sha256) {
  Task& task = *slot.task;
  LedgerEntry& entry = task.entry;
  entry.state = DocumentState::Failed;
  entry.code = code;
  entry.message = message;
  entry.sha256 = sha256;
  entry.pages = task.pages;
  entry.pages_unread = task.pages;
  entry.doubts = 0;
  entry.summary.clear();
  entry.seconds = monotonic_seconds() - task.begun;
  // What an earlier reading left must not pass for this one's.
  std::error_code ignored;
  for (const std::string& result : results_of(entry))
    if (!result.empty()) fs::remove(result, ignored);
  record(entry);
  slot.task.reset();
}

// One more document is finished.
void Run::record(const LedgerEntry& told) {
  LedgerEntry entry = told;
  entry.version = kVersion;
  entry.settings = settings_;
  const bool failed = entry.state == DocumentState::Failed;
  ledger_.finish(entry);
  --counts_.running;
  ++(failed ? counts_.failed : entry.state == DocumentState::Done ? counts_.done : counts_.partial);
  counts_.to_review += entry.doubts > 0 ? 1 : 0;
  ++documents_;
  failed_ += failed ? 1 : 0;
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
  for (Slot& slot : slots_) {
    kill_worker(slot);
    if (slot.task) ledger_.release(slot.task->entry.path);
    slot.task.reset();
  }
}

BatchResult Run::run() {
  begun_ = monotonic_seconds();
  // Of a run that was killed: nothing of it may pass for a result.
  for (const LedgerEntry& entry : ledger_.take_back_running())
    remove_leftovers(results_of(entry), ".vanban-");
  take_in_inputs();
  ledger_.redo(options_.redo, kVersion, settings_);
  counts_ = ledger_.counts();
  if (const int others = ledger_.count_otherwise_read(kVersion, settings_); others > 0)
    note(std::to_string(others) +
         " documents were read by another version or with other settings; --redo changed reads "
         "them again");
  if (const int changed = counts_.changed; changed > 0)
    note(std::to_string(changed) +
         " inputs have changed since they were read; --redo changed reads them again");
  run_ = ledger_.begin_run(static_cast<int>(slots_.size()), kVersion);
  event("run_begins",
        {{"version", kVersion}, {"jobs", slots_.size()}, {"waiting", counts_.waiting}});
  bool told_of_stop = false;
  while (true) {
    fill_slots();
    report(false);
    if (interrupts() > 1) break;
    if (stopping() && any_open() && !told_of_stop) {
      told_of_stop = true;
      if (interrupts() > 0)
        note("finishing the documents that are open; Ctrl-C once more abandons them");
    }
    if (!any_open() && (stopping() || !options_.watch)) break;
    if (!any_open() && !idle_told_ && options_.on_idle) {
      options_.on_idle(ledger_);
      idle_told_ = true;
    }
    wait_for_messages();
    for (Slot& slot : slots_) check_budgets(slot);
    if (options_.watch && !stopping()) take_in_inputs();
  }
  abandon_all();
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
  if (fatal_ && fatal_code_ == "engine") throw ocr::EngineError(fatal_message_);
  if (fatal_) throw OutputError(fatal_message_);
  if (options_.on_idle) options_.on_idle(ledger_);
  return result;
}

void check_folders(const BatchOptions& options) {
  if (!fs::is_directory(options.inputs))
    throw std::invalid_argument(options.inputs.string() + " is no folder of scans");
  if (folders_overlap(options.inputs, options.outputs))
    throw std::invalid_argument(
        "the folder of scans and the output folder may not lie in one another");
}

}  // namespace

fs::path ledger_file(const fs::path& outputs) { return outputs / "ledger.sqlite"; }

fs::path record_file(const fs::path& outputs, const std::string& stem) {
  return outputs / "records" / (stem + ".json");
}

BatchResult run_batch(const BatchOptions& options) {
  check_folders(options);
  fs::create_directories(options.outputs);
  const std::optional<FolderLock> lock = FolderLock::take(options.outputs);
  if (!lock)
    throw FolderBusy("another run is at work in " + options.outputs.string() +
                     "; wait for its end or choose another folder");
  const std::string model_hash =
      open_restorer(find_model(options.settings.model)).model().content_hash();
  Ledger ledger = Ledger::open(ledger_file(options.outputs));
  ledger.bind_to(options.inputs);
  return Run(options, ledger, settings_hash(options.settings, model_hash)).run();
}

}  // namespace vanban::pipeline
