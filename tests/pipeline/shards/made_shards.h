// A folder of orders for the fake worker, read in shards and as one.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "pipeline/batch/run_batch.h"
#include "pipeline/shards/plan.h"
#include "pipeline/shards/run_shard.h"
#include "tests/folder.h"
#include "tests/pipeline/made_model.h"

namespace vanban::tests {

class MadeShards {
 public:
  MadeShards() {
    std::filesystem::create_directories(folder / "in");
    std::filesystem::create_directories(folder / "scratch");
    write(folder / "model", pipeline::made_model());
  }
  void scan(const std::string& name, const std::string& orders) const {
    folder.file("in/" + name, orders);
  }
  void plan(int shards) const {
    pipeline::write_plan(pipeline::make_plan(folder / "in", shards, {}, nullptr), folder / "plan");
  }
  pipeline::BatchOptions options(const std::string& outputs) {
    pipeline::BatchOptions out;
    out.outputs = folder / outputs;
    out.worker_command = {VANBAN_FAKE_WORKER};
    out.settings.memory_bytes = 0;
    out.settings.model = (folder / "model").string();
    out.on_note = [this](const std::string& text) { notes.push_back(text); };
    return out;
  }
  pipeline::BatchResult run_whole(const std::string& outputs) {
    pipeline::BatchOptions whole = options(outputs);
    whole.inputs = folder / "in";
    return run_batch(whole);
  }
  // `withheld`: the folder of the machine that reads it.
  pipeline::ShardResult run(int shard, pipeline::Redo redo = pipeline::Redo::Nothing,
                            const std::string& withheld = "withheld") {
    pipeline::BatchOptions part = options("out");
    part.redo = redo;
    return run_shard(part, {shard, 0, folder / "plan", folder / "scratch", folder / withheld});
  }
  // By their names, the records below a folder of results.
  std::map<std::string, std::string> records(const std::string& outputs) const {
    std::map<std::string, std::string> out;
    for (const auto& [name, bytes] : folder.content())
      if (name.starts_with(outputs + "/records/") && name.ends_with(".json"))
        out[name.substr(outputs.size())] = bytes;
    return out;
  }

  Folder folder;
  std::vector<std::string> notes;
};

}  // namespace vanban::tests
