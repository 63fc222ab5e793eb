#include "pipeline/record/stated_record.h"

#include <nlohmann/json.hpp>
#include <string>

#include "extract/document_fields.h"
#include "pipeline/record/bounded_json.h"

namespace vanban::pipeline {
namespace {

extract::Field stated_field(const nlohmann::json& node) {
  extract::Field out;
  const nlohmann::json& value = node.at("value");
  if (value.is_string()) out.value = value.get<std::string>();
  out.evidence.raw = node.value("raw", "");
  out.evidence.confidence = node.value("confidence", 0.0);
  out.evidence.page = node.value("page", 0);
  if (node.value("source", "") == "inferred") out.evidence.source = extract::FieldSource::Inferred;
  if (node.value("source", "") == "text_layer")
    out.evidence.source = extract::FieldSource::TextLayer;
  if (node.contains("alternatives"))
    for (const nlohmann::json& other : node.at("alternatives"))
      if (other.at("value").is_string())
        out.alternatives.push_back({other.at("value"), other.at("confidence")});
  out.needs_review = node.value("needs_review", false);
  if (node.contains("evidence"))
    for (const nlohmann::json& witness : node.at("evidence"))
      out.witnesses.push_back({witness.at("kind"), witness.at("text"), witness.at("agrees")});
  return out;
}

}  // namespace

extract::Record stated_record(std::string_view record_json) {
  require_bounded(record_json);
  const nlohmann::json document = nlohmann::json::parse(record_json).at("document");
  extract::Record out;
  for (const extract::DocumentField& field : extract::document_fields()) {
    const nlohmann::json& node =
        document.at(nlohmann::json::json_pointer(extract::pointer_of(field.name)));
    if (field.single) field.single(out) = stated_field(node);
    if (field.each)
      for (const nlohmann::json& one : node)
        field.each(out).push_back(stated_field(one.at("text")));
  }
  return out;
}

}  // namespace vanban::pipeline
