#include "pipeline/record/schema.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

// As the program has it, or the linker would mix the two.
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace vanban::pipeline {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

const std::string kDigest(64, 'a');

Json absent() { return {{"value", nullptr}, {"reason", "absent"}}; }

Json seen(const Json& value) {
  return {{"value", value},       {"raw", "x"},      {"confidence", 0.5},    {"page", 1},
          {"bbox", {1, 2, 3, 4}}, {"source", "ocr"}, {"method", "some/rule"}};
}

Json archival() {
  Json out;
  for (const char* name :
       {"docId",        "docCode",    "maintenance", "typeName",     "codeNumber",
        "codeNotation", "issuedDate", "organName",   "subject",      "language",
        "numberOfPage", "inforSign",  "keyword",     "mode",         "confidenceLevel",
        "autograph",    "format",     "process",     "riskRecovery", "riskRecoveryStatus",
        "description"})
    out[name] = {{"value", nullptr}, {"reason", "not_on_document"}};
  return out;
}

Json edxml() {
  return Json::parse(R"({
    "From": {"OrganName": null, "OrganizationInCharge": null}, "To": [],
    "Code": {"CodeNumber": null, "CodeNotation": null},
    "PromulgationInfo": {"Place": null, "PromulgationDate": null},
    "DocumentType": {"TypeName": null}, "Subject": null,
    "SignerInfo": {"Competence": null, "Position": null, "FullName": null}, "ToPlaces": [],
    "OtherInfo": {"PageAmount": 1}})");
}

// A record of a page on which nothing was found.
Json minimal() {
  Json date = absent();
  date["parts"] = {{"day", absent()}, {"month", absent()}, {"year", absent()}};
  Json document{{"date", date},
                {"signer", {{"authority", absent()}, {"position", absent()}, {"name", absent()}}},
                {"signers", Json::array()},
                {"joint_issuers", Json::array()},
                {"arrival", {{"number", absent()}, {"date", absent()}}},
                {"recipients", Json::array()}};
  for (const char* name : {"parent_agency", "issuing_agency", "number", "symbol", "code", "place",
                           "type", "subject", "addressees", "urgency", "secrecy"})
    document[name] = absent();
  return {{"schema_version", "1.0.0"},
          {"source",
           {{"file_name", "a.pdf"},
            {"sha256", kDigest},
            {"bytes", 1},
            {"media_type", "application/pdf"},
            {"page_count", 1},
            {"pages_read", {1}},
            {"pages", {1, 1}},
            {"encrypted", false},
            {"signatures", Json::array()}}},
          {"document", document},
          {"outline", Json::array()},
          {"indicators", Json::array()},
          {"references", Json::array()},
          {"fields", Json::object()},
          {"archival", archival()},
          {"edxml", edxml()},
          {"checks", Json::array()},
          {"text", {{"pages", {""}}, {"search", {""}}}},
          {"tables", Json::array()},
          {"pages",
           {{{"number", 1},
             {"route", "blank"},
             {"width_pt", 595},
             {"height_pt", 842},
             {"dpi", nullptr},
             {"rotation_degrees", 0},
             {"skew_degrees", 0},
             {"mean_confidence", nullptr},
             {"words", 0},
             {"restored", Json::array()},
             {"preprocess", Json::array()},
             {"seals", Json::array()},
             {"unread", Json::array()},
             {"warnings", Json::array()}}}},
          {"warnings", Json::array()},
          {"provenance",
           {{"program", "vanban"},
            {"version", "0.1.0"},
            {"engine", nullptr},
            {"second_engine", nullptr},
            {"data",
             {{"syllables_sha256", kDigest},
              {"digit_reader_sha256", kDigest},
              {"signature_reader_sha256", kDigest},
              {"language_model", nullptr}}}}}};
}

bool is_valid(const Json& record) { return schema_errors(record.dump()).empty(); }

TEST_CASE("the built-in schemas are those in schemas/") {
  const auto [name, schema] = GENERATE(table<std::string, std::string_view>({
      {"record-1.schema.json", record_schema()},
      {"restored-1.schema.json", restored_schema()},
  }));
  std::ifstream in(std::string(VANBAN_SOURCE_DIR) + "/schemas/" + name);
  REQUIRE(in);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == schema);
}

TEST_CASE("the schema is JSON with its name and its kind") {
  const Json schema = Json::parse(record_schema());
  CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
  CHECK_THAT(schema["$id"].get<std::string>(), Catch::EndsWith("record-1.schema.json"));
}

// What a reference leads to, its own words before those of the definition.
Json resolved(const Json& node, const Json& schema) {
  Json out = node;
  std::vector<Json> references{node};
  const Json parts = node.value("allOf", Json::array());
  references.insert(references.end(), parts.begin(), parts.end());
  for (const Json& part : references)
    if (part.contains("$ref")) {
      const Json definition =
          resolved(schema.at(Pointer(part["$ref"].get<std::string>().substr(1))), schema);
      for (const auto& [key, value] : definition.items())
        if (!out.contains(key)) out[key] = value;
    }
  return out;
}

// The properties that neither have an example nor consist of others that have.
void collect_without_example(const Json& node, const std::string& place, const Json& schema,
                             std::vector<std::string>& out) {
  if (!node.is_object()) return;
  const Json properties = node.value("properties", Json::object());
  for (const auto& [name, property] : properties.items()) {
    const Json whole = resolved(property, schema);
    Json inner = whole;
    while (inner.contains("items") && inner["items"].is_object())
      inner = resolved(inner["items"], schema);
    const bool told = whole.contains("examples") || whole.contains("const") ||
                      inner.contains("properties") || whole.value("type", Json()) == "null";
    if (!told) out.push_back(place + '/' + name);
    collect_without_example(property, place + '/' + name, schema, out);
  }
  if (node.contains("items")) collect_without_example(node["items"], place + "/items", schema, out);
}

TEST_CASE("every property of the schema has an example or is made of some that have") {
  const Json schema = Json::parse(record_schema());
  std::vector<std::string> without;
  collect_without_example(schema, "", schema, without);
  for (const auto& [name, definition] : schema["definitions"].items())
    collect_without_example(definition, name, schema, without);
  CHECK(without == std::vector<std::string>{});
  // Fields have values of their own kind for examples, not those of any field.
  for (const auto& [name, property] : schema["properties"]["document"]["properties"].items())
    if (property.contains("allOf") && name != "signer") {
      CAPTURE(name);
      CHECK(property.contains("examples"));
    }
}

TEST_CASE("a minimal record is valid") {
  CHECK(schema_errors(minimal().dump()) == std::vector<std::string>{});
  CHECK_NOTHROW(require_valid_record(minimal().dump()));
}

TEST_CASE("what is no record is refused, with a message") {
  const std::string text = GENERATE("", " ", "{", "null", "[]", "{}", "\"record\"", "{} {}", "\xFF",
                                    "{\"schema_version\": \"1.0.0\"}");
  CAPTURE(text);
  const std::vector<std::string> errors = schema_errors(text);
  REQUIRE_FALSE(errors.empty());
  CHECK_FALSE(errors.front().empty());
  CHECK_THROWS_AS(require_valid_record(text), std::logic_error);
}

// ---- Values and their evidence

TEST_CASE("a value comes with its evidence and without a reason") {
  const auto [place, value] = GENERATE(table<std::string, Json>({
      {"/document/number", "05"},
      {"/document/subject", "Về việc kiểm tra"},
      {"/document/signer/name", "Trần Văn Mẫu"},
      {"/document/addressees", Json::parse(R"(["Sở Nội vụ"])")},
  }));
  CAPTURE(place);
  Json record = minimal();
  Json& field = record[Pointer(place)];
  field = seen(value);
  CHECK(schema_errors(record.dump()) == std::vector<std::string>{});

  for (const char* evidence : {"raw", "confidence", "page", "bbox", "source", "method"}) {
    CAPTURE(evidence);
    field = seen(value);
    field.erase(evidence);
    CHECK_FALSE(is_valid(record));
  }
  field = seen(value);
  field["reason"] = "absent";
  CHECK_FALSE(is_valid(record));
  field = {{"value", value}};
  CHECK_FALSE(is_valid(record));
}

TEST_CASE("a null comes with its reason, evidence may stand beside it") {
  const std::string place =
      GENERATE("/document/number", "/document/code", "/document/addressees", "/document/urgency",
               "/document/signer/position", "/document/parent_agency");
  CAPTURE(place);
  Json record = minimal();
  Json& field = record[Pointer(place)];
  field = {{"value", nullptr}};
  CHECK_FALSE(is_valid(record));
  field = {{"reason", "absent"}};
  CHECK_FALSE(is_valid(record));
  field = seen(nullptr);
  CHECK_FALSE(is_valid(record));
  field["reason"] = "illegible";
  CHECK(is_valid(record));
  field["reason"] = "unknown";
  CHECK_FALSE(is_valid(record));
}

TEST_CASE("the reasons and sources are those that are documented") {
  Json record = minimal();
  for (const char* reason : {"absent", "blank", "illegible", "ambiguous", "not_applicable"}) {
    record["document"]["number"]["reason"] = reason;
    CHECK(is_valid(record));
  }
  record["document"]["number"] = seen("05");
  for (const char* source : {"ocr", "text_layer", "inferred"}) {
    record["document"]["number"]["source"] = source;
    CHECK(is_valid(record));
  }
  record["document"]["number"]["source"] = "guessed";
  CHECK_FALSE(is_valid(record));
}

TEST_CASE("what a filled-in value rests on has a known form") {
  const auto [name, value, valid] = GENERATE(table<std::string, Json, bool>({
      {"kind", "handwritten", true},
      {"kind", "guessed", false},
      {"needs_review", true, true},
      {"needs_review", false, false},  // left out where nobody needs to look
      {"alternatives", Json::parse(R"([{"value": "61", "confidence": 0.1}])"), true},
      {"alternatives", Json::parse(R"([{"value": "61"}])"), false},
      {"alternatives", Json::parse(R"([{"value": "61", "confidence": 2}])"), false},
      {"evidence",
       Json::parse(R"([{"kind": "signing_time", "text": "2018-04-24", "agrees": true}])"), true},
      {"evidence", Json::parse(R"([{"kind": "file_name", "text": "61.pdf", "agrees": true}])"),
       false},
  }));
  CAPTURE(name, value.dump());
  Json record = minimal();
  Json number = seen("67");
  number[name] = value;
  record["document"]["number"] = number;
  CHECK(is_valid(record) == valid);
}

TEST_CASE("an empty value is no value") {
  Json record = minimal();
  record["document"]["number"] = seen("");
  CHECK_FALSE(is_valid(record));
  record = minimal();
  record["document"]["addressees"] = seen(Json::array());
  CHECK_FALSE(is_valid(record));
  record["document"]["addressees"] = seen(Json::parse(R"(["Sở Nội vụ", ""])"));
  CHECK_FALSE(is_valid(record));
}

TEST_CASE("a recipient is an object with an extracted text") {
  Json record = minimal();
  record["document"]["recipients"] = Json::array({Json{{"text", seen("Lưu: VT")}}});
  CHECK(is_valid(record));
  record["document"]["recipients"] = Json::array({"Lưu: VT"});
  CHECK_FALSE(is_valid(record));
  record["document"]["recipients"] = Json::array({Json{{"text", seen("Lưu: VT")}, {"copies", 2}}});
  CHECK_FALSE(is_valid(record));
}

TEST_CASE("a span has a page and two ends") {
  Json record = minimal();
  Json& field = record["document"]["number"];
  field = seen("05");
  field["span"] = {{"page", 1}, {"start", 0}, {"end", 2}};
  CHECK(is_valid(record));
  field["span"].erase("end");
  CHECK_FALSE(is_valid(record));
  field["span"] = {{"page", 0}, {"start", 0}, {"end", 2}};
  CHECK_FALSE(is_valid(record));
}

// ---- Every property counts

// A place in the record, and a value that it must not have.
TEST_CASE("values out of their bounds are refused") {
  const auto [place, value] = GENERATE(table<std::string, Json>({
      {"/schema_version", "2.0.0"},
      {"/schema_version", 1},
      {"/source/sha256", "abc"},
      {"/source/sha256", std::string(64, 'A')},
      {"/source/bytes", 0},
      {"/source/media_type", "text/html"},
      {"/source/page_count", 0},
      {"/source/encrypted", "no"},
      {"/source/pages_read", Json::parse("[0]")},
      {"/document/date/parts/day", seen(32)},
      {"/document/date/parts/day", seen("3")},
      {"/document/date/parts/month", seen(0)},
      {"/document/date/parts/year", seen(25)},
      {"/document/date/parts/year", 2025},
      {"/text/pages", ""},
      {"/text/pages/0", nullptr},
      {"/pages/0/number", 0},
      {"/pages/0/route", "guess"},
      {"/pages/0/width_pt", -1},
      {"/pages/0/rotation_degrees", 45},
      {"/pages/0/mean_confidence", 1.5},
      {"/pages/0/warnings", Json::parse(R"(["text alone"])")},
      {"/warnings", Json::parse(R"([{"code": "Not Snake", "text": "x"}])")},
      {"/provenance/program", "another"},
      {"/provenance/engine", Json::parse(R"({"name": "tesseract"})")},
      {"/provenance/data/syllables_sha256", ""},
  }));
  CAPTURE(place, value.dump());
  Json record = minimal();
  REQUIRE(record.contains(Pointer(place)));
  record[Pointer(place)] = value;
  CHECK_FALSE(is_valid(record));
}

// Calls `visit` with each object of a tree and its place.
void for_each_object(const Json& node, const Pointer& place,
                     const std::function<void(const Json&, const Pointer&)>& visit) {
  if (node.is_object()) visit(node, place);
  if (node.is_object())
    for (const auto& [key, child] : node.items()) for_each_object(child, place / key, visit);
  if (node.is_array())
    for (std::size_t i = 0; i < node.size(); ++i) for_each_object(node[i], place / i, visit);
}

TEST_CASE("nothing can be left out of a record") {
  const Json whole = minimal();
  int checked = 0;
  for_each_object(whole, Pointer(), [&](const Json& object, const Pointer& place) {
    for (const auto& [key, child] : object.items()) {
      Json record = whole;
      record[place].erase(key);
      CAPTURE(place.to_string(), key);
      CHECK_FALSE(is_valid(record));
      ++checked;
    }
  });
  CHECK(checked > 60);
}

TEST_CASE("nothing unknown can stand in a record") {
  const Json whole = minimal();
  for_each_object(whole, Pointer(), [&](const Json& object, const Pointer& place) {
    // An extracted value is open so that others can refine it (as date does).
    if (object.contains("value")) return;
    Json record = whole;
    record[place]["unknown"] = 1;
    CAPTURE(place.to_string());
    CHECK_FALSE(is_valid(record));
  });
}

// ---- The schemas as text for people

TEST_CASE("every property of a schema is described") {
  std::vector<std::string> bare;
  const Json schema = Json::parse(GENERATE(record_schema(), restored_schema()));
  for_each_object(schema, Pointer(), [&](const Json& object, const Pointer& place) {
    // What stands under "if" is a condition and declares nothing.
    if (!object.contains("properties") || (!place.empty() && place.back() == "if")) return;
    for (const auto& [name, property] : object["properties"].items())
      if (!property.contains("description") && !property.contains("$ref"))
        bare.push_back((place / "properties" / name).to_string());
  });
  CHECK(bare == std::vector<std::string>{});
}

TEST_CASE("every reference of a schema leads somewhere") {
  const Json schema = Json::parse(GENERATE(record_schema(), restored_schema()));
  int references = 0;
  for_each_object(schema, Pointer(), [&](const Json& object, const Pointer& place) {
    if (!object.contains("$ref") || !object["$ref"].is_string()) return;
    const std::string target = object["$ref"];
    CAPTURE(place.to_string(), target);
    REQUIRE(target.starts_with("#/"));
    CHECK(schema.contains(Pointer(target.substr(1))));
    ++references;
  });
  CHECK(references > 2);
}

TEST_CASE("every object whose properties are all known says so") {
  const Json schema = Json::parse(GENERATE(record_schema(), restored_schema()));
  for_each_object(schema, Pointer(), [&](const Json& object, const Pointer& place) {
    // Names of pattern fields are the user's.
    if (object.value("type", Json()) != "object" || place == Pointer("/definitions/extracted") ||
        place == Pointer("/properties/fields"))
      return;
    CAPTURE(place.to_string());
    CHECK(object.value("additionalProperties", Json()) == Json(false));
    CHECK(object.contains("required"));
  });
}

TEST_CASE("the pattern files that are there follow their schema") {
  const std::string source = VANBAN_SOURCE_DIR;
  std::ifstream in(source + "/schemas/fields-1.schema.json");
  const std::string schema(std::istreambuf_iterator<char>(in), {});
  for (const char* file : {"/samples/fields.toml", "/extract/data/fields.toml"}) {
    CAPTURE(file);
    std::ostringstream json;
    const toml::parse_result fields = toml::parse_file(source + file);
    REQUIRE(fields);
    json << toml::json_formatter(fields.table());
    CHECK(schema_errors(json.str(), schema).empty());
  }
  CHECK_FALSE(schema_errors(R"({"field": [{"name": "x"}]})", schema).empty());
}

}  // namespace
}  // namespace vanban::pipeline
