#include "pipeline/shards/run_shard.h"

#include <fmt/core.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "ocr/document/error.h"
#include "pipeline/output_file.h"
#include "pipeline/shards/journal.h"
#include "pipeline/shards/plan.h"
#include "pipeline/shards/shard_files.h"
#include "pipeline/shards/withheld_list.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr const char* kScratchBeginning = "vanban-shard-";
// A document that brought down as many is not given another.
constexpr int kMostKilledWorkers = 3;

// The ledger's place while the shard is read; gone with the run.
class Scratch {
 public:
  explicit Scratch(const fs::path& below) {
    remove_the_dead(below);
    std::string name = (below / (std::string(kScratchBeginning) + "XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr)
      throw Error(ErrorKind::Access, "cannot make a folder in " + below.string() + ": " +
                                         std::strerror(errno) + "; choose another with --scratch");
    path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }

 private:
  // Of killed runs: whose lock nobody holds, and which are not being made just now.
  static void remove_the_dead(const fs::path& below) {
    constexpr auto kBeingMade = std::chrono::minutes(1);
    std::error_code ignored;
    std::vector<fs::path> dead;
    for (const fs::directory_entry& entry : fs::directory_iterator(below, ignored)) {
      if (!entry.path().filename().string().starts_with(kScratchBeginning)) continue;
      const auto time = fs::last_write_time(entry.path(), ignored);
      if (ignored || fs::file_time_type::clock::now() - time < kBeingMade) continue;
      try {
        if (FolderLock::take(entry.path())) dead.push_back(entry.path());
      } catch (const LedgerError&) {
        // Another user's.
      }
    }
    for (const fs::path& path : dead) fs::remove_all(path, ignored);
  }

  fs::path path_;
};

struct Files {
  std::vector<InputFile> files;
  std::map<std::string, std::string> sha256;  // by path, as planned
  std::vector<std::string> unreadable;        // folders, as of InputFolder
};

Files planned_files(const fs::path& inputs, const Shard& shard) {
  Files out;
  for (const PlannedFile& planned : read_shard(shard.plan, shard.number)) {
    out.files.push_back(input_at(inputs, planned.path));
    out.files.back().stem = planned.stem;
    out.sha256[planned.path] = planned.sha256;
  }
  return out;
}

Files parted_files(const fs::path& inputs, const Shard& shard) {
  const InputFolder all = find_inputs(inputs);
  std::vector<std::string> paths;
  for (const InputFile& file : all.files) paths.push_back(file.path);
  const std::vector<std::string> stems = output_stems(paths, {});
  Files out;
  out.unreadable = all.unreadable;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (shard_of_path(paths[i], shard.count) != shard.number) continue;
    out.files.push_back(all.files[i]);
    out.files.back().stem = stems[i];
  }
  return out;
}

// Puts the ledger where others find it, unless theirs knows more already.
void publish(const Scratch& scratch, const fs::path& outputs, int shard) {
  const fs::path place = published_ledger(outputs, shard);
  Ledger ledger = Ledger::open_existing(ledger_file(scratch.path()));
  const auto knows = [](const LedgerCounts& counts) {
    return std::pair(counts.finished(), counts.done);
  };
  try {
    if (fs::exists(place) && knows(Ledger::open_copy(place).counts()) > knows(ledger.counts()))
      return;
  } catch (const LedgerError&) {
    // Of another version, or damaged: this one replaces it.
  }
  ledger.save_copy(place, scratch.path());
}

// Records that another run of the shard, which failed to read them, has removed since are made
// again.
void release_without_record(Ledger& ledger, const fs::path& outputs) {
  std::vector<std::string> paths;
  ledger.for_each([&](const LedgerEntry& entry) {
    const bool read = entry.state == DocumentState::Done || entry.state == DocumentState::Partial;
    if (read && !fs::exists(record_file(outputs, entry.stem))) paths.push_back(entry.path);
  });
  for (const std::string& path : paths) ledger.release(path);
}

// What earlier runs knew. One of another version is passed over, and all is read again.
void take_over_published(Ledger& ledger, const fs::path& outputs, const BatchOptions& options,
                         int shard) {
  const fs::path published = published_ledger(outputs, shard);
  if (!fs::exists(published)) return;
  try {
    ledger.absorb(published);
  } catch (const LedgerError& error) {
    if (options.on_note) options.on_note(error.what());
    return;
  }
  release_without_record(ledger, outputs);
  if (options.redo == Redo::Nothing) ledger.redo(Redo::Unreachable, "", "");
}

int count_unlike_planned(Ledger& ledger, const std::map<std::string, std::string>& planned) {
  int out = 0;
  ledger.for_each([&](const LedgerEntry& entry) {
    const auto one = planned.find(entry.path);
    out += one != planned.end() && !one->second.empty() && !entry.sha256.empty() &&
           one->second != entry.sha256;
  });
  return out;
}

}  // namespace

ShardResult run_shard(BatchOptions options, const Shard& shard) {
  PlanHead head{options.inputs.string(), shard.count, {}, ""};
  if (!shard.plan.empty()) head = read_plan_head(shard.plan);
  if (shard.number < 1 || shard.number > head.shards)
    throw std::invalid_argument(
        fmt::format("there is no shard {} of {}", shard.number, head.shards));
  if (options.inputs.empty()) options.inputs = head.inputs;
  check_folders(options);
  const Files files = shard.plan.empty() ? parted_files(options.inputs, shard)
                                         : planned_files(options.inputs, shard);
  if (shard.plan.empty()) head.inputs = fs::canonical(options.inputs).string();
  fs::create_directories(options.outputs);
  bind_results(options.outputs, head);

  const Scratch scratch(shard.scratch);
  {
    Ledger ledger = Ledger::open(ledger_file(scratch.path()));
    ledger.bind_to(options.inputs);
    take_over_published(ledger, options.outputs, options, shard.number);
  }
  if (options.redo == Redo::Nothing)
    for (const auto& [path, workers] : killed_workers(journal_files(options.outputs, shard.number)))
      if (workers >= kMostKilledWorkers)
        options.not_to_read[path] = fmt::format("it brought down {} workers", workers);

  Journal journal(new_journal_file(options.outputs, shard.number));
  if (options.settings.record.secret == SecretPolicy::Stop) {
    require_withheld_folder(shard.withheld);
    options.withholding = {
        machine_name(), [&](const auto& path, const auto& sha256, const auto& mark) {
          add_withheld(shard.withheld, {options.inputs.string(), path, sha256, mark});
          journal.forget(path);
        }};
  }
  const auto tell = options.on_event;
  options.on_event = [&](const std::string& line) {
    journal.write(line);
    if (tell) tell(line);
  };
  const auto show = options.on_progress;
  Clock::time_point published = Clock::now();
  options.on_progress = [&](const BatchProgress& progress) {
    if (show) show(progress);
    if (Clock::now() - published < std::chrono::duration<double>(shard.publish_seconds)) return;
    publish(scratch, options.outputs, shard.number);
    published = Clock::now();
  };
  options.files = files.files;
  options.ledger_folder = scratch.path();
  options.on_idle = nullptr;
  ShardResult out;
  try {
    out.batch = run_batch(options);
  } catch (...) {
    journal.stop();
    // What it did until then need not be done again.
    try {
      publish(scratch, options.outputs, shard.number);
    } catch (const std::exception&) {
      // Told of is what came first.
    }
    throw;
  }
  publish(scratch, options.outputs, shard.number);
  Ledger ledger = Ledger::open_existing(ledger_file(scratch.path()));
  out.fault = most_hopeful_fault(ledger);
  if (!files.unreadable.empty()) {
    out.batch.unread_folders = static_cast<int>(files.unreadable.size());
    out.fault = Fault::Transient;
  }
  if (const int unlike = count_unlike_planned(ledger, files.sha256); unlike > 0 && options.on_note)
    options.on_note(std::to_string(unlike) +
                    " files are not what they were when the plan was made; they were read as they "
                    "are now");
  return out;
}

}  // namespace vanban::pipeline
