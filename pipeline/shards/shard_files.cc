#include "pipeline/shards/shard_files.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <stdexcept>

#include "ocr/document/error.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kLedgerEnding = ".sqlite", kJournalEnding = ".events.jsonl";

fs::path head_file(const fs::path& outputs) { return shards_folder(outputs) / "plan.json"; }

// Where the plan's scans are seen may differ from machine to machine.
bool are_one(const PlanHead& a, const PlanHead& b) { return a.shards == b.shards && a.id == b.id; }

}  // namespace

fs::path shards_folder(const fs::path& outputs) { return outputs / "shards"; }

fs::path published_ledger(const fs::path& outputs, int shard) {
  return shards_folder(outputs) / (shard_name(shard) + std::string(kLedgerEnding));
}

std::vector<int> published_shards(const fs::path& outputs) {
  std::vector<int> out;
  for (const std::string& name : files_in(shards_folder(outputs)))
    if (const int shard = std::atoi(name.c_str());
        shard > 0 && name == published_ledger(outputs, shard).filename())
      out.push_back(shard);
  return out;
}

bool has_shards(const fs::path& outputs) { return fs::exists(head_file(outputs)); }

PlanHead head_of_results(const fs::path& outputs) {
  const fs::path file = head_file(outputs);
  try {
    return head_from_json(read_file(file), file);
  } catch (const ocr::InputError&) {
    throw Error(ErrorKind::Access, outputs.string() +
                                       " holds no results of shards; name the output folder of "
                                       "'vanban batch --shard'");
  }
}

void bind_results(const fs::path& outputs, const PlanHead& head) {
  make_folders_below(outputs, shards_folder("").relative_path());
  if (!has_shards(outputs)) {
    OutputFile out(head_file(outputs));
    out.write(head_to_json(head));
    out.commit();
  }
  if (!are_one(head_of_results(outputs), head))
    throw std::invalid_argument("the results in " + outputs.string() +
                                " follow another plan; choose another output folder");
}

std::string machine_name() {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  return name.data();
}

fs::path new_journal_file(const fs::path& outputs, int shard) {
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::system_clock::now().time_since_epoch());
  return shards_folder(outputs) / fmt::format("{}.{}-{}-{}{}", shard_name(shard), now.count(),
                                              machine_name(), ::getpid(), kJournalEnding);
}

std::vector<fs::path> journal_files(const fs::path& outputs, int shard) {
  const std::string beginning = shard == 0 ? "" : shard_name(shard) + '.';
  std::vector<fs::path> out;
  for (const std::string& name : files_in(shards_folder(outputs)))
    if (name.starts_with(beginning) && name.ends_with(kJournalEnding))
      out.push_back(shards_folder(outputs) / name);
  return out;
}

}  // namespace vanban::pipeline
