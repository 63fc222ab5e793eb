// What the fuzzers begin with, and what they found, through the same functions: without clang, in
// seconds, so that a mended fault stays mended.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "tests/fuzz/targets.h"

namespace vanban::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path kSeeds = fs::path(VANBAN_SOURCE_DIR) / "tests/fuzz/seeds";

const std::map<std::string, void (*)(std::string_view)> kTargets{
    {"convert", feed_convert},   {"ledger", feed_ledger},     {"messages", feed_messages},
    {"model", feed_model},       {"patterns", feed_patterns}, {"records", feed_records},
    {"register", feed_register}, {"scan", feed_scan},         {"shards", feed_shards},
    {"text", feed_text}};

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> out;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    out.insert(entry.path().filename().string());
  return out;
}

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("every target has seeds") {
  std::set<std::string> names;
  for (const auto& [name, feed] : kTargets) names.insert(name);
  CHECK(names_in(kSeeds) == names);
}

TEST_CASE("seeds are read, or refused as they should be") {
  for (const auto& [name, feed] : kTargets)
    for (const std::string& file : names_in(kSeeds / name)) {
      CAPTURE(name, file);
      const std::string bytes = content_of(kSeeds / name / file);
      CHECK_NOTHROW(feed(bytes));
      // Cut off, and with a byte in its middle turned.
      CHECK_NOTHROW(feed(std::string_view(bytes).substr(0, bytes.size() * 2 / 3)));
      std::string turned = bytes;
      if (!turned.empty())
        turned[turned.size() / 2] = static_cast<char>(~turned[turned.size() / 2]);
      CHECK_NOTHROW(feed(turned));
    }
}

}  // namespace
}  // namespace vanban::fuzz
