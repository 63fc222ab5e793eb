#include "pipeline/sandbox/environment.h"

#include <stdlib.h>

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace vanban::pipeline {
namespace {

TEST_CASE("what reading depends on is passed on, keys of others are not") {
  ::setenv("VANBAN_MODEL", "a=b", 1);
  ::setenv("LC_TIME", "vi_VN.UTF-8", 1);
  ::setenv("SECRET_TOKEN", "x", 1);
  ::setenv("LC", "x", 1);
  const std::vector<std::string> kept = kept_environment();
  const auto has = [&](const std::string& entry) {
    return std::find(kept.begin(), kept.end(), entry) != kept.end();
  };
  CHECK(has("VANBAN_MODEL=a=b"));
  CHECK(has("LC_TIME=vi_VN.UTF-8"));
  CHECK_FALSE(has("SECRET_TOKEN=x"));
  CHECK_FALSE(has("LC=x"));
  clear_environment();
  CHECK(::getenv("SECRET_TOKEN") == nullptr);
  CHECK(::getenv("VANBAN_MODEL") == std::string("a=b"));
  CHECK(kept_environment() == kept);
}

}  // namespace
}  // namespace vanban::pipeline
