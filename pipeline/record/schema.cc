#include "pipeline/record/schema.h"

#include <rapidjson/document.h>
// The adapter's own assertions would make two strings on every access.
#undef RAPIDJSON_ASSERT
#include <stdexcept>
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "embedded_record_schema.h"
#include "embedded_restored_schema.h"
#include "embedded_secret_schema.h"
#include "pipeline/record/bounded_json.h"

namespace vanban::pipeline {

std::string_view record_schema() { return embedded::record_schema(); }
std::string_view restored_schema() { return embedded::restored_schema(); }

namespace {

constexpr const char* kNotJson = "not JSON";
constexpr const char* kTooDeep = "nests too deep to be a record";

rapidjson::Document parsed(std::string_view json) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(json.data(), json.size());
  return document;
}

std::vector<std::string> errors_of(const rapidjson::Value& json, std::string_view schema) {
  // Parses and looks up several times faster than the library that the records are made with.
  using Adapter = valijson::adapters::RapidJsonAdapter;
  rapidjson::Document schema_json;
  schema_json.Parse(schema.data(), schema.size());
  valijson::Schema rules;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(Adapter(schema_json), rules);
  valijson::ValidationResults results;
  std::vector<std::string> errors;
  if (valijson::Validator().validate(rules, Adapter(json), &results)) return errors;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    std::string place;
    for (const std::string& step : error.context) place += step;
    errors.push_back(place + ": " + error.description);
  }
  return errors;
}

// Whether it stands for a file that was stopped.
bool is_of_secret(const rapidjson::Value& json) {
  return json.IsObject() && json.HasMember("secrecy") && !json.HasMember("document");
}

// Of a record or an array of them.
std::vector<std::string> errors_of_records(const rapidjson::Document& root) {
  if (root.HasParseError()) return {kNotJson};
  if (is_of_secret(root)) return errors_of(root, embedded::secret_schema());
  if (!root.IsArray() || root.Empty()) return errors_of(root, record_schema());
  std::vector<std::string> errors;
  for (rapidjson::SizeType i = 0; i < root.Size(); ++i)
    for (const std::string& error : errors_of(root[i], record_schema()))
      errors.push_back("[" + std::to_string(i) + "]" + error);
  return errors;
}

}  // namespace

std::vector<std::string> schema_errors(std::string_view record_json) {
  return schema_errors(record_json, record_schema());
}

std::vector<std::string> schema_errors(std::string_view json, std::string_view schema) {
  if (nests_too_deep(json)) return {kTooDeep};
  const rapidjson::Document document = parsed(json);
  if (document.HasParseError()) return {kNotJson};
  return errors_of(document, schema);
}

std::vector<std::string> record_file_errors(std::string_view json) {
  if (nests_too_deep(json)) return {kTooDeep};
  return errors_of_records(parsed(json));
}

void require_valid_record(std::string_view record_json) {
  // What writes records lets nothing through that is not UTF-8.
  std::string parsed_in_place(record_json);
  rapidjson::Document document;
  document.ParseInsitu(parsed_in_place.data());
  const std::vector<std::string> errors = errors_of_records(document);
  if (!errors.empty())
    throw std::logic_error("the record does not follow its schema: " + errors.front());
}

}  // namespace vanban::pipeline
