// The process that reads documents for a batch, one after another, its engines kept warm. It is
// told what to do over a socket, and tells what it has done; it never writes to the ledger.
#pragma once

#include <functional>

#include "pipeline/batch/jobs.h"
#include "pipeline/batch/process.h"
#include "pipeline/batch/settings.h"

namespace vanban::pipeline {

// Reads and writes one document; tells through `tell` and does not throw.
using JobHandler =
    std::function<void(const Job& job, const std::function<void(WorkerMessage)>& tell)>;
// Made once a worker knows its settings.
using MakeHandler = std::function<JobHandler(const BatchSettings& settings)>;

// Serves the process at the other end of the socket until it is gone: first come the settings, then
// jobs. `make_handler` may throw: each job then fails with what it says.
void serve(MessageSocket& socket, const MakeHandler& make_handler);

// What went wrong, as a worker tells it; from inside of a catch. Damage is want of memory where
// that ran short.
JobFailed failure();

// What reads scans. Throws ocr::EngineError.
JobHandler make_reading_handler(const BatchSettings& settings);

}  // namespace vanban::pipeline
