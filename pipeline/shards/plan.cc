#include "pipeline/shards/plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <queue>
#include <sstream>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "ocr/digest.h"
#include "ocr/document/error.h"
#include "pipeline/batch/inputs.h"
#include "pipeline/input_file.h"
#include "pipeline/output_file.h"
#include "pipeline/shards/count_inputs.h"

namespace vanban::pipeline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kPlanVersion = 1;
constexpr const char* kHeadName = "plan.json";

// Names of files are bytes, which need not be UTF-8: then they stand there as digits.
void put_name(Json& node, const std::string& key, const std::string& name) {
  try {
    (void)Json(name).dump();
    node[key] = name;
  } catch (const Json::exception&) {
    std::string digits;
    for (const char c : name) digits += fmt::format("{:02x}", static_cast<unsigned char>(c));
    node[key + "_hex"] = digits;
  }
}

std::string name_in(const Json& node, const std::string& key) {
  if (node.contains(key)) return node.at(key).get<std::string>();
  const auto digits = node.at(key + "_hex").get<std::string>();
  std::string out;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    out += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return out;
}

std::string line_of(const PlannedFile& file) {
  Json node;
  put_name(node, "path", file.path);
  put_name(node, "stem", file.stem);
  node["bytes"] = file.bytes;
  node["sha256"] = file.sha256;
  node["pages"] = file.pages;
  return node.dump() + '\n';
}

std::string list_of(const std::vector<PlannedFile>& files) {
  std::string out;
  for (const PlannedFile& file : files) out += line_of(file);
  return out;
}

// What reading a file costs, in pages. Where they could not be counted, by its bytes: a scanned
// page of A4 at 300 dpi has some 500 kB.
long long cost_of(const PlannedFile& file) {
  constexpr std::uint64_t kBytesOfPage = 500'000;
  return file.pages > 0 ? file.pages : static_cast<long long>(1 + file.bytes / kBytesOfPage);
}

// The largest first, each to the shard with the least so far: no shard is above the mean by more
// than its last file (Graham, Bounds on multiprocessing timing anomalies, 1969).
std::vector<std::vector<PlannedFile>> dealt_out(std::vector<PlannedFile> files, int shards) {
  std::stable_sort(files.begin(), files.end(), [](const PlannedFile& a, const PlannedFile& b) {
    return cost_of(a) > cost_of(b);
  });
  std::vector<std::vector<PlannedFile>> out(static_cast<std::size_t>(shards));
  using Load = std::tuple<long long, std::size_t, std::size_t>;  // cost, files, shard
  std::priority_queue<Load, std::vector<Load>, std::greater<>> loads;
  for (std::size_t shard = 0; shard < out.size(); ++shard) loads.emplace(0, 0, shard);
  for (PlannedFile& file : files) {
    const auto [cost, count, shard] = loads.top();
    loads.pop();
    loads.emplace(cost + cost_of(file), count + 1, shard);
    out[shard].push_back(std::move(file));
  }
  for (std::vector<PlannedFile>& list : out)
    std::sort(list.begin(), list.end(),
              [](const PlannedFile& a, const PlannedFile& b) { return a.path < b.path; });
  return out;
}

ShardTotals totals_of(const std::vector<PlannedFile>& list) {
  ShardTotals out;
  for (const PlannedFile& file : list) {
    ++out.files;
    out.pages += file.pages;
    out.bytes += file.bytes;
  }
  return out;
}

[[noreturn]] void no_plan(const fs::path& file, const std::string& why) {
  throw Error(ErrorKind::Access, file.string() + " is no plan that this version reads: " + why +
                                     "; make one with 'vanban plan'");
}

std::string read_part(const fs::path& file) {
  try {
    return read_file(file);
  } catch (const ocr::InputError& error) {
    throw Error(ErrorKind::Access, file.string() + ' ' + error.what());
  }
}

}  // namespace

std::string shard_name(int shard) { return fmt::format("{:05}", shard); }

int shard_of_path(const std::string& path, int shards) {
  // Digits enough that the remainder favours none.
  constexpr std::size_t kDigits = 15;
  const unsigned long long hash =
      std::stoull(ocr::sha256_hex(path).substr(0, kDigits), nullptr, 16);
  return static_cast<int>(hash % static_cast<unsigned long long>(shards)) + 1;
}

Plan make_plan(const fs::path& inputs, int shards, const CountingOptions& counting,
               const std::function<void(const PlanProgress&)>& on_progress) {
  if (shards < 1 || shards > kMostShards)
    throw std::invalid_argument(fmt::format("a plan has 1 to {} shards", kMostShards));
  const InputFolder found = find_inputs(inputs);
  if (!found.unreadable.empty())
    throw std::invalid_argument("the folder " + found.unreadable.front() +
                                " cannot be read; what is not seen cannot be planned");
  std::vector<std::string> paths;
  for (const InputFile& file : found.files) paths.push_back(file.path);
  const std::vector<std::string> stems = output_stems(paths, {});
  std::vector<PlannedFile> files;
  files.reserve(paths.size());
  PlanProgress progress{0, static_cast<long long>(paths.size())};
  count_inputs(inputs, paths, counting, [&](std::size_t at, const CountedInput& counted) {
    files.push_back({paths[at], stems[at], found.files[at].bytes, counted.sha256, counted.pages});
    ++progress.files;
    if (on_progress) on_progress(progress);
  });
  Plan out;
  out.lists = dealt_out(std::move(files), shards);
  out.head.inputs = fs::canonical(inputs).string();
  out.head.shards = shards;
  ocr::Sha256 id;
  for (const std::vector<PlannedFile>& list : out.lists) {
    out.head.totals.push_back(totals_of(list));
    // Lists of the same files, parted elsewhere, are not the same.
    id.add(ocr::sha256_hex(list_of(list)));
  }
  out.head.id = id.hex();
  return out;
}

std::string head_to_json(const PlanHead& head) {
  Json node{{"plan_version", kPlanVersion}};
  put_name(node, "inputs", head.inputs);
  node["shards"] = head.shards;
  if (!head.id.empty()) {
    node["id"] = head.id;
    Json totals = Json::array();
    for (const ShardTotals& one : head.totals)
      totals.push_back({{"files", one.files}, {"pages", one.pages}, {"bytes", one.bytes}});
    node["totals"] = totals;
  }
  return node.dump(1) + '\n';
}

PlanHead head_from_json(const std::string& json, const fs::path& file) {
  PlanHead out;
  try {
    const Json node = Json::parse(json);
    if (node.at("plan_version").get<int>() != kPlanVersion) no_plan(file, "another version");
    out.inputs = name_in(node, "inputs");
    out.shards = node.at("shards").get<int>();
    out.id = node.value("id", "");
    for (const Json& one : node.value("totals", Json::array()))
      out.totals.push_back({one.at("files").get<long long>(), one.at("pages").get<long long>(),
                            one.at("bytes").get<std::uint64_t>()});
  } catch (const Json::exception& error) {
    no_plan(file, error.what());
  } catch (const std::logic_error& error) {
    no_plan(file, error.what());
  }
  const bool makes_sense =
      out.shards >= 1 && out.shards <= kMostShards &&
      (out.id.empty() || out.totals.size() == static_cast<std::size_t>(out.shards));
  if (!makes_sense) no_plan(file, "its numbers make no sense");
  return out;
}

void write_plan(const Plan& plan, const fs::path& folder) {
  const std::string head = head_to_json(plan.head);
  if (fs::exists(folder / kHeadName)) {
    if (read_part(folder / kHeadName) == head) return;
    throw std::invalid_argument("there is another plan in " + folder.string() +
                                "; choose another folder");
  }
  fs::create_directories(folder);
  const auto write = [&](const std::string& name, const std::string& bytes) {
    OutputFile out(folder / name);
    out.write(bytes);
    out.commit();
  };
  for (std::size_t i = 0; i < plan.lists.size(); ++i)
    write(shard_name(static_cast<int>(i) + 1) + ".jsonl", list_of(plan.lists[i]));
  write(kHeadName, head);
}

PlanHead read_plan_head(const fs::path& folder) {
  return head_from_json(read_part(folder / kHeadName), folder / kHeadName);
}

std::vector<PlannedFile> read_shard(const fs::path& folder, int shard) {
  const fs::path file = folder / (shard_name(shard) + ".jsonl");
  std::vector<PlannedFile> out;
  std::istringstream lines(read_part(file));
  try {
    for (std::string line; std::getline(lines, line);) {
      const Json node = Json::parse(line);
      out.push_back({name_in(node, "path"), name_in(node, "stem"),
                     node.at("bytes").get<std::uint64_t>(), node.at("sha256").get<std::string>(),
                     node.at("pages").get<int>()});
    }
  } catch (const Json::exception& error) {
    no_plan(file, error.what());
  } catch (const std::logic_error& error) {
    no_plan(file, error.what());
  }
  return out;
}

}  // namespace vanban::pipeline
