#include "tools/cli/batch_folder.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "pipeline/batch/figures_of_batch.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/input_file.h"
#include "pipeline/record/json_lines.h"
#include "tools/cli/errors.h"
#include "tools/cli/files.h"
#include "tools/cli/log.h"

namespace vanban::tools {
namespace {

// None where it is not there or cannot be used.
std::optional<std::string> lines_of(const std::filesystem::path& folder, const std::string& stem) {
  try {
    const std::string json =
        pipeline::read_file_below(folder, pipeline::record_file("", stem).string());
    if (nlohmann::json::accept(json)) return pipeline::record_lines(json);
  } catch (const ocr::InputError&) {
    // As one that is no JSON.
  }
  return std::nullopt;
}

}  // namespace

std::filesystem::path batch_folder(const std::string& path) {
  if (!std::filesystem::is_directory(path))
    throw AccessError(path + " is no folder; name the output folder of a batch");
  return path;
}

pipeline::Ledger open_ledger(const std::string& path) {
  return pipeline::Ledger::open_existing(pipeline::ledger_file(batch_folder(path)));
}

void check_records_name(const std::string& file) {
  if (std::filesystem::path(file).extension() != ".jsonl")
    throw UsageError("the file of records " + file + " must end in .jsonl");
}

void write_records(pipeline::Ledger& ledger, const std::filesystem::path& folder,
                   const std::string& file) {
  Destination out(file);
  std::vector<std::string> stems;
  ledger.for_each([&](const pipeline::LedgerEntry& entry) {
    if (entry.state == pipeline::DocumentState::Done ||
        entry.state == pipeline::DocumentState::Partial)
      stems.push_back(entry.stem);
  });
  int missing = 0;
  for (const std::string& stem : stems)
    if (const auto lines = lines_of(folder, stem))
      out.write(*lines);
    else
      ++missing;
  out.commit();
  if (missing > 0)
    log_warning(
        fmt::format("{} records are not there or damaged and left out of {}; --redo all "
                    "makes them again",
                    missing, file));
  ledger.remember_gathered(
      pipeline::GatheredKind::Records,
      std::filesystem::weakly_canonical(std::filesystem::absolute(file)).string());
}

std::vector<std::string> rewrite_gathered(pipeline::Ledger& ledger,
                                          const std::filesystem::path& folder) {
  using pipeline::GatheredKind;
  std::vector<std::string> out;
  for (const GatheredKind kind : {GatheredKind::Records, GatheredKind::Figures})
    for (const std::string& file : ledger.gathered_files(kind)) {
      // One that a person removed is not asked for any more; a pipe has no reader now.
      if (!std::filesystem::is_regular_file(file)) continue;
      if (kind == GatheredKind::Records)
        write_records(ledger, folder, file);
      else
        pipeline::write_figures(ledger, folder, file,
                                [](const std::string& text) { log_warning(text); });
      out.push_back(file);
    }
  return out;
}

}  // namespace vanban::tools
