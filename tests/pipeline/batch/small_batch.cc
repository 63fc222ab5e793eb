// One run of a batch with workers that do what a test wants, as 'vanban batch' runs it, in a
// process of its own: SCANS, OUT, MODEL, then the command of the workers. Ends with 0 where all is
// well, else says why.
#include <cstdio>
#include <exception>
#include <vector>

#include "ocr/document/error.h"
#include "pipeline/batch/keep_register.h"
#include "pipeline/batch/report.h"
#include "pipeline/batch/run_batch.h"

int main(int count, char** arguments) {
  using namespace vanban::pipeline;
  if (count < 5) return 2;
  BatchOptions options;
  options.inputs = arguments[1];
  options.outputs = arguments[2];
  options.settings.model = arguments[3];
  options.settings.memory_bytes = 0;
  options.worker_command = {arguments + 4, arguments + count};
  options.jobs = 1;
  const auto note = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
  options.on_note = note;
  options.on_idle = [&](Ledger& ledger) {
    write_register(ledger, options.outputs, options.outputs / "register.csv", note);
    write_register(ledger, options.outputs, options.outputs / "register.xlsx", note);
    write_report(ledger, options.outputs);
  };
  try {
    const BatchResult result = run_batch(options);
    return result.end == BatchEnd::Complete && result.counts.failed == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 3;
  }
}
