#include "tests/fuzz/targets.h"

#include <fstream>
#include <string>

#include "ocr/document/error.h"
#include "pipeline/shards/journal.h"
#include "pipeline/shards/plan.h"
#include "tests/folder.h"

namespace vanban::fuzz {

// Plans, their lists of files, and journals.
void feed_shards(std::string_view bytes) {
  static const tests::Folder folder;
  const std::string content(bytes);
  try {
    const pipeline::PlanHead head = pipeline::head_from_json(content, "plan.json");
    pipeline::head_from_json(pipeline::head_to_json(head), "plan.json");
  } catch (const Error&) {
  }
  const std::filesystem::path list = folder / (pipeline::shard_name(1) + ".jsonl");
  std::ofstream(list, std::ios::binary) << content;
  try {
    pipeline::read_shard(list.parent_path(), 1);
  } catch (const Error&) {
  }
  pipeline::killed_workers({list, list});
  pipeline::merge_journals({list, list}, [](std::string_view) {});
}

}  // namespace vanban::fuzz
