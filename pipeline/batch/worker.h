// The process that reads documents for a batch, one after another, its engines kept warm. It is
// told what to do over a socket, and tells what it has done; it never writes to the ledger.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pipeline/batch/ledger.h"
#include "pipeline/batch/process.h"
#include "pipeline/batch/settings.h"
#include "pipeline/options.h"

namespace vanban::pipeline {

// One document to read. Paths are whole; results that are not asked for are empty.
struct Job {
  std::string input, file_name;
  std::string record, text, pdf, alto, hocr;
  EarlierAttempt earlier;
  std::vector<Correction> corrections;
};

// What a worker tells, in this order: PagesFound, then PageBegun and PageRead in turn, PagesOver,
// then JobDone or JobFailed. An empty answer to a Job is its process's end.
struct PagesFound {
  int pages = 0;
};
struct PageBegun {
  int number = 0;
};
struct PageRead {
  ocr::Page page;
  std::optional<ocr::EngineInfo> engine, second_engine;
};
// All that is to come is the record and the files.
struct PagesOver {};
struct JobDone {
  std::string sha256;
  int pages = 0, pages_unread = 0;
  std::vector<ocr::Warning> warnings;
  std::string summary;  // of summary.h
  int doubts = 0;
};
struct JobFailed {
  std::string code;  // "damaged", "encrypted", "out_of_memory", "output", "engine", ...
  std::string message;
  std::string sha256;  // empty where the file could not be read
  // Not the document's fault: no other would fare better.
  bool fatal = false;
};
using WorkerMessage = std::variant<PagesFound, PageBegun, PageRead, PagesOver, JobDone, JobFailed>;

Bytes job_to_bytes(const Job& job);
Job job_from_bytes(const Bytes& bytes);
Bytes message_to_bytes(const WorkerMessage& message);
WorkerMessage message_from_bytes(const Bytes& bytes);

// Reads and writes one document; tells through `tell` and does not throw.
using JobHandler =
    std::function<void(const Job& job, const std::function<void(WorkerMessage)>& tell)>;
// Made once a worker knows its settings.
using MakeHandler = std::function<JobHandler(const BatchSettings& settings)>;

// Serves the process at the other end of the socket until it is gone: first come the settings, then
// jobs. `make_handler` may throw: each job then fails with what it says.
void serve(MessageSocket& socket, const MakeHandler& make_handler);

// What reads scans. Throws ocr::EngineError, diacritics::DataError.
JobHandler make_reading_handler(const BatchSettings& settings);

}  // namespace vanban::pipeline
