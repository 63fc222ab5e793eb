#include "tools/cli/nearest.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace vanban::tools {
namespace {

TEST_CASE("what is meant by a misspelt name is the nearest that there is") {
  const std::vector<std::string> known{"convert", "batch", "correct", "status", "report"};
  const auto [name, meant] = GENERATE(table<std::string, std::string>({
      {"convrt", "convert"},
      {"covnert", "convert"},
      {"corect", "correct"},
      {"statsu", "status"},
      {"bach", "batch"},
      {"read", ""},
      {"", ""},
      {"x", ""},
  }));
  CAPTURE(name);
  CHECK(nearest(name, known) == meant);
}

}  // namespace
}  // namespace vanban::tools
