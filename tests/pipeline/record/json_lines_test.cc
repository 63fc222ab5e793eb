#include "pipeline/record/json_lines.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

namespace vanban::pipeline {
namespace {

TEST_CASE("a record on one line is the same record") {
  const auto [json, line] = GENERATE(table<std::string, std::string>({
      {"", ""},
      {"{}\n", "{}"},
      {"{\n \"a\": [\n  1,\n  2\n ],\n \"b\": null\n}\n", R"({"a":[1,2],"b":null})"},
      {R"({ "a b": "c  d" })", R"({"a b":"c  d"})"},
      {R"({"quote": "\" { [ , \\", "next": 1 })", R"({"quote":"\" { [ , \\","next":1})"},
  }));
  CAPTURE(json);
  CHECK(compact_json(json) == line + "\n");
  CHECK(record_lines(json) == line + "\n");
}

TEST_CASE("an array of records is a line for each") {
  CHECK(record_lines("[\n{\"a\": [1, [2]]},\n{\"b\": \"[,]\"}\n]\n") ==
        "{\"a\":[1,[2]]}\n{\"b\":\"[,]\"}\n");
  CHECK(record_lines("[{}]") == "{}\n");
  CHECK(compact_json("[\n{},\n{}\n]\n") == "[{},{}]\n");
}

TEST_CASE("whether a record is on one line is seen") {
  CHECK(is_compact("{\"a\":1}\n"));
  CHECK(is_compact("{}"));
  CHECK_FALSE(is_compact("{\n \"a\": 1\n}\n"));
  CHECK_FALSE(is_compact("[\n{}\n]\n"));
}

}  // namespace
}  // namespace vanban::pipeline
