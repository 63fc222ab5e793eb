#include "tools/cli/batch_folder.h"

#include "pipeline/batch/run_batch.h"
#include "tools/cli/errors.h"

namespace vanban::tools {

std::filesystem::path batch_folder(const std::string& path) {
  if (!std::filesystem::is_directory(path))
    throw AccessError(path + " is no folder; name the output folder of a batch");
  return path;
}

pipeline::Ledger open_ledger(const std::string& path) {
  return pipeline::Ledger::open_existing(pipeline::ledger_file(batch_folder(path)));
}

}  // namespace vanban::tools
