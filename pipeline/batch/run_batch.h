// Reads a folder of scans into a folder of records: many documents at a time, each in a process of
// its own that is watched and may fail, and goes on where an earlier run stopped.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ocr/document/error.h"
#include "pipeline/batch/ledger.h"
#include "pipeline/batch/settings.h"

namespace vanban::pipeline {

// Another run is at work in the output folder.
class FolderBusy : public Error {
 public:
  explicit FolderBusy(const std::string& what) : Error(ErrorKind::Busy, what) {}
};

struct Budgets {
  double document_seconds = 3600;
  double page_seconds = 180;
  double silence_seconds = 600;  // that a worker may be without telling anything
  int pages_per_worker = 1000;   // after so many it is replaced by a new one
};

// How many failures end a run. Both may be set.
struct MaxFailures {
  std::optional<int> number;
  std::optional<double> share;  // (0, 1], of the documents of this run, once there are 20
};

struct BatchProgress {
  LedgerCounts counts;
  int open = 0;                        // documents being read
  long long pages = 0;                 // of this run
  int documents = 0, failed = 0;       // of this run
  double seconds = 0;                  // since its start
  std::optional<double> seconds_left;  // by this run and the one before, where that can be told
};

// Of files that a mark of secrecy stopped, all but hash, mark and its place stays on this machine:
// ledger, results and events know them by their withheld_name.
struct Withholding {
  std::string machine;
  // Is told of each before anything else is.
  std::function<void(const std::string& path, const std::string& sha256, const std::string& mark)>
      keep;
};

struct BatchOptions {
  std::filesystem::path inputs, outputs;
  // Where ledger and lock are; empty: in `outputs`. Elsewhere, others may be at work in `outputs`
  // on other files, on this machine and on others.
  std::filesystem::path ledger_folder;
  // What is read; none: all that find_inputs finds.
  std::optional<std::vector<InputFile>> files;
  // By path why a document is not to be read, but set aside.
  std::map<std::string, std::string> not_to_read;
  std::optional<Withholding> withholding;
  BatchSettings settings;
  int jobs = 1;
  Budgets budgets;
  MaxFailures max_failures;
  // Of what the ledger keeps for people; `always`: also where it keeps another already.
  Language language = Language::English;
  bool language_always = false;
  Redo redo = Redo::Nothing;
  // Files below `inputs` that are not to be read until they change.
  std::vector<std::string> set_aside;
  // Goes on until it is interrupted, taking in files once they have not changed for so long.
  bool watch = false;
  double settle_seconds = 5;
  // Starts a worker: a program that calls `serve` with kWorkerDescriptor.
  std::vector<std::string> worker_command;
  // 1: open documents are finished, no others begun. 2: they are abandoned.
  const std::atomic<int>* interrupts = nullptr;
  std::function<void(const BatchProgress&)> on_progress;  // several times a second
  std::function<void(const std::string& json)> on_event;  // one line each
  std::function<void(const std::string& text)> on_note;   // what a person should know
  std::function<void(Ledger&)> on_idle;  // all is read; with `watch` whenever that comes true
};

enum class BatchEnd { Complete, Interrupted, TooManyFailures };

// The documents of a run that a person should know the same of.
struct WarningCount {
  int documents = 0;
  std::string first;  // the first of them with what was told of it
};

struct BatchResult {
  BatchEnd end = BatchEnd::Complete;
  LedgerCounts counts;
  int documents = 0, failed = 0;  // of this run
  int unread_folders = 0;         // below that of the inputs
  std::vector<WarningCount> warnings;
};

// Throws std::invalid_argument where the folders overlap or the input folder is none.
void check_folders(const BatchOptions& options);

// Throws FolderBusy; LedgerError; Error of kind Output or Engine where no document can be read or
// written, with all others left as they were, or where the output folder was removed meanwhile;
// what check_folders throws.
BatchResult run_batch(const BatchOptions& options);

}  // namespace vanban::pipeline
