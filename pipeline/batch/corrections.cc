#include "pipeline/batch/corrections.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <utility>

#include "pipeline/batch/summary.h"
#include "pipeline/record/archival.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(';', at), text.size());
    std::string part = text.substr(at, end - at);
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    if (!part.empty()) out.push_back(part);
    at = end + 1;
  }
  return out;
}

// What stood there before the first correction.
Json reading_of(const Json& field) {
  if (field.contains("reading")) return field.at("reading");
  Json reading{{"value", field.at("value")}};
  for (const char* key : {"reason", "confidence", "source"})
    if (field.contains(key)) reading[key] = field.at(key);
  return reading;
}

void put(Json& field, Json value) {
  const Json reading = reading_of(field);
  Json out{{"value", value}};
  if (value.is_null()) out["reason"] = "absent";
  for (const char* key :
       {"raw", "page", "bbox", "span", "parts", "kind", "alternatives", "evidence"})
    if (field.contains(key)) out[key] = field.at(key);
  out["confidence"] = 1.0;
  out["source"] = "operator";
  out["method"] = "correction";
  out["reading"] = reading;
  field = std::move(out);
}

void correct_recipients(Json& recipients, const std::optional<std::string>& value) {
  Json out = Json::array();
  for (const std::string& name : split(value.value_or(""))) {
    Json text{{"value", name}};
    // One that stays keeps its evidence.
    const auto same = std::find_if(recipients.begin(), recipients.end(), [&](const Json& one) {
      return one.at("text").at("value") == name;
    });
    if (same != recipients.end()) {
      out.push_back(*same);
      continue;
    }
    Json node{{"value", nullptr}, {"reason", "absent"}};
    put(node, name);
    out.push_back(Json{{"text", std::move(node)}});
  }
  recipients = std::move(out);
}

Json::json_pointer pointer_of(std::string name) {
  std::replace(name.begin(), name.end(), '.', '/');
  return Json::json_pointer("/" + name);
}

// The code follows from number and symbol where it was not corrected itself.
void update_code(Json& document, const std::set<std::string>& corrected) {
  if (corrected.contains("code") || !(corrected.contains("number") || corrected.contains("symbol")))
    return;
  const Json &number = document.at("number").at("value"),
             &symbol = document.at("symbol").at("value");
  if (number.is_string() && symbol.is_string())
    put(document.at("code"), number.get<std::string>() + "/" + symbol.get<std::string>());
}

Json value_node(const Json& field) {
  const Json& value = field.at("value");
  Json node{{"value", value}};
  if (value.is_null()) node["reason"] = field.at("reason");
  return node;
}

// DD/MM/YYYY, as the circular writes days.
std::string circular_date(const std::string& iso) {
  constexpr std::size_t kIsoLength = 10;
  if (iso.size() != kIsoLength) return iso;
  return iso.substr(8, 2) + '/' + iso.substr(5, 2) + '/' + iso.substr(0, 4);
}

// The views that say the same by other names.
void update_views(Json& record, const std::set<std::string>& corrected) {
  const Json& document = record.at("document");
  const auto changed = [&](const char* name) { return corrected.contains(name); };
  const auto value = [&](const char* name) { return document.at(pointer_of(name)).at("value"); };
  Json& archival = record.at("archival");
  const std::pair<const char*, const char*> same_values[]{{"number", "codeNumber"},
                                                          {"symbol", "codeNotation"},
                                                          {"issuing_agency", "organName"},
                                                          {"subject", "subject"}};
  for (const auto& [name, other] : same_values)
    if (changed(name)) archival[other] = value_node(document.at(name));
  if (changed("date")) {
    archival["issuedDate"] = value_node(document.at("date"));
    if (value("date").is_string())
      archival["issuedDate"]["value"] = circular_date(value("date").get<std::string>());
  }
  if (changed("type")) {
    const auto code = value("type").is_string()
                          ? archival_type_code(value("type").get<std::string>())
                          : std::nullopt;
    archival["typeName"] =
        code ? Json{{"value", *code}} : Json{{"value", nullptr}, {"reason", "not_applicable"}};
  }
  Json& edxml = record.at("edxml");
  const std::pair<const char*, const char*> places[]{
      {"issuing_agency", "/From/OrganName"},
      {"parent_agency", "/From/OrganizationInCharge"},
      {"number", "/Code/CodeNumber"},
      {"symbol", "/Code/CodeNotation"},
      {"place", "/PromulgationInfo/Place"},
      {"date", "/PromulgationInfo/PromulgationDate"},
      {"type", "/DocumentType/TypeName"},
      {"subject", "/Subject"},
      {"signer.authority", "/SignerInfo/Competence"},
      {"signer.position", "/SignerInfo/Position"},
      {"signer.name", "/SignerInfo/FullName"}};
  for (const auto& [name, place] : places)
    if (changed(name)) edxml[Json::json_pointer(place)] = value(name);
  if (changed("addressees")) {
    edxml["To"] = Json::array();
    if (value("addressees").is_array())
      for (const Json& name : value("addressees")) edxml["To"].push_back(Json{{"OrganName", name}});
  }
  if (changed("recipients")) {
    edxml["ToPlaces"] = Json::array();
    for (const Json& one : document.at("recipients"))
      if (one.at("text").at("value").is_string())
        edxml["ToPlaces"].push_back(one.at("text").at("value"));
  }
}

bool can_be_corrected(const std::string& name) {
  return std::find(std::begin(kSummaryFields), std::end(kSummaryFields), name) !=
         std::end(kSummaryFields);
}

}  // namespace

std::string corrected_record(std::string_view record_json,
                             const std::vector<Correction>& corrections) {
  Json root = Json::parse(record_json);
  Json& record = root.is_array() ? root.at(0) : root;
  Json& document = record.at("document");
  std::set<std::string> corrected;
  for (const Correction& correction : corrections) {
    if (!can_be_corrected(correction.field))
      throw std::invalid_argument("there is no field " + correction.field);
    corrected.insert(correction.field);
    if (correction.field == "recipients") {
      correct_recipients(document.at("recipients"), correction.value);
      continue;
    }
    Json& field = document.at(pointer_of(correction.field));
    if (!correction.value)
      put(field, nullptr);
    else if (correction.field == "addressees")
      put(field, split(*correction.value));
    else
      put(field, *correction.value);
  }
  update_code(document, corrected);
  if (!document.at("signers").empty()) document["signers"][0] = document.at("signer");
  update_views(record, corrected);
  return root.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace vanban::pipeline
