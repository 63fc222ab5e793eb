// What a worker is sent, and what it tells, as bytes (CBOR) for the socket between the two
// processes.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ocr/document/document.h"
#include "ocr/document/error.h"
#include "pipeline/batch/ledger.h"
#include "pipeline/batch/process.h"
#include "pipeline/input_file.h"
#include "pipeline/options.h"

namespace vanban::pipeline {

// One document to read. Its file comes along, open: a worker cannot open any other.
struct Job {
  std::string input;                           // its path below the folder of scans, for its name
  std::shared_ptr<const OpenFile> file;        // not told as bytes
  std::string outputs_folder;                  // a whole path
  std::string record;                          // below `outputs_folder`
  std::map<std::string, std::string> outputs;  // other results, by their names, below it as well
  std::map<std::string, std::string> folders;  // of side files, by their kinds, below it as well
  EarlierAttempt earlier;
  std::vector<Correction> corrections;
  // What is kept of a file with a mark of secrecy has its withheld_name instead of `record`.
  bool withhold = false;
};

// What a worker tells, in this order: PagesFound, then PageBegun and PageRead in turn, PagesOver,
// then JobDone or JobFailed, which may come at any time. After OutOfMemory and after a job that
// left it spent a worker is of no more use. An empty answer to a Job is its process's end.
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
  // The mark of secrecy that ended the reading, of what was read nothing else is told; else empty.
  std::string stopped_by;
  // Memory ran short: what is read next needs another worker.
  bool spent = false;
};
struct JobFailed {
  ErrorKind kind = ErrorKind::Internal;
  std::string message;
  std::string sha256;  // empty where the file could not be read
};
using WorkerMessage = std::variant<PagesFound, PageBegun, PageRead, PagesOver, JobDone, JobFailed>;

Bytes job_to_bytes(const Job& job);
Job job_from_bytes(const Bytes& bytes);
Bytes message_to_bytes(const WorkerMessage& message);
// Throws std::exception where they are none.
WorkerMessage message_from_bytes(const Bytes& bytes);

}  // namespace vanban::pipeline
