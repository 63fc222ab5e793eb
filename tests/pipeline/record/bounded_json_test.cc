#include "pipeline/record/bounded_json.h"

#include <catch2/catch.hpp>
#include <string>

#include "ocr/document/error.h"
#include "pipeline/record/schema.h"

namespace vanban::pipeline {
namespace {

TEST_CASE("brackets count, those within texts do not") {
  const std::string hundred(100, '[');
  CHECK_FALSE(nests_too_deep(hundred));
  CHECK(nests_too_deep(hundred + '{'));
  CHECK_FALSE(nests_too_deep("[\"" + hundred + "\\\"" + hundred + "\"]"));
  std::string beside = "[";
  for (int i = 0; i < 1000; ++i) beside += "{},";
  CHECK_FALSE(nests_too_deep(beside));
  CHECK_THROWS_AS(require_bounded(hundred + '['), ocr::InputError);
}

TEST_CASE("a million levels are a fault of the record, not the end of the program") {
  const std::string deep(1'000'000, '[');
  CHECK(record_file_errors(deep).size() == 1);
  CHECK(schema_errors("{\"a\":" + deep + std::string(1'000'000, ']') + "}").size() == 1);
}

}  // namespace
}  // namespace vanban::pipeline
