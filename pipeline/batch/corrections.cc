#include "pipeline/batch/corrections.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "diacritics/text/text.h"
#include "extract/checks/checks.h"
#include "extract/confidences.h"
#include "extract/document_fields.h"
#include "ocr/copy/searchable_pdf.h"
#include "pipeline/batch/summary.h"
#include "pipeline/record/bounded_json.h"
#include "pipeline/record/json_lines.h"
#include "pipeline/record/stated_record.h"
#include "pipeline/record/text_layer.h"
#include "pipeline/record/views.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> split(const std::string& text, char separator = ';') {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
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
  out["source"] = kOperator;
  out["method"] = "correction";
  out["reading"] = reading;
  field = std::move(out);
}

// Of a list of values that stand each in a place of its own.
void put_entries(Json& entries, const std::vector<std::string>& values) {
  Json out = Json::array();
  for (const std::string& value : values) {
    // One that stays keeps its evidence; who typed the list has seen it.
    const auto same = std::find_if(entries.begin(), entries.end(), [&](const Json& one) {
      return one.at("text").at("value") == value;
    });
    if (same != entries.end()) {
      out.push_back(*same);
      if (needs_look(same->at("text"))) put(out.back().at("text"), value);
      continue;
    }
    Json node{{"value", nullptr}, {"reason", "absent"}};
    put(node, value);
    out.push_back(Json{{"text", std::move(node)}});
  }
  entries = std::move(out);
}

Json& node_of(Json& document, const extract::DocumentField& field) {
  return document.at(Json::json_pointer(extract::pointer_of(field.name)));
}

// What parts number and symbol in the document's code, a slash or the party's dash, as far as the
// page says it: by the code as it was read, else by the sign that stands before the symbol.
std::optional<std::string> printed_separator(const Json& record) {
  const Json& document = record.at("document");
  const Json &number = document.at("number").at("value"),
             &symbol = document.at("symbol").at("value"), &code = document.at("code").at("value");
  for (const char* separator : {"/", "-", " "}) {
    if (number.is_string() && symbol.is_string() &&
        code == number.get<std::string>() + separator + symbol.get<std::string>())
      return separator;
  }
  if (!document.at("symbol").contains("span")) return std::nullopt;
  const Json& span = document.at("symbol").at("span");
  const std::size_t page = span.at("page").get<std::size_t>() - 1,
                    start = span.at("start").get<std::size_t>();
  const std::u32string text = diacritics::to_code_points(
      record.at("text").at("pages").at(page).get_ref<const std::string&>());
  if (start == 0 || start > text.size()) return std::nullopt;
  if (text[start - 1] == U'-') return "-";
  if (text[start - 1] == U'/') return "/";
  return std::nullopt;
}

// The code follows from number and symbol where it was not corrected itself.
void update_code(Json& document, const std::optional<std::string>& printed,
                 std::set<std::string>& corrected) {
  if (corrected.contains("code") || !(corrected.contains("number") || corrected.contains("symbol")))
    return;
  const Json &number = document.at("number").at("value"),
             &symbol = document.at("symbol").at("value");
  if (!number.is_string() || !symbol.is_string()) return;
  // Of a symbol that was typed in: the party's have a slash of their own, as in KH/TU.
  const bool of_party = symbol.get_ref<const std::string&>().find('/') != std::string::npos;
  const std::string separator = printed.value_or(of_party ? "-" : "/");
  put(document.at("code"), number.get<std::string>() + separator + symbol.get<std::string>());
  corrected.insert("code");
}

// Day, month and year of a date that was corrected.
void update_date_parts(Json& date) {
  const Json& value = date.at("value");
  const auto part = [&](const char* name, std::size_t from, std::size_t size) {
    Json number = nullptr;
    if (value.is_string())
      number = std::stoi(value.get_ref<const std::string&>().substr(from, size));
    Json& node = date.at("parts").at(name);
    if (node.at("value") != number) put(node, number);
  };
  part("year", 0, 4);
  part("month", 5, 2);
  part("day", 8, 2);
}

StatedField stated_by(const Json& node) {
  StatedField out;
  if (node.is_array()) {
    for (const Json& one : node)
      if (one.at("text").at("value").is_string()) out.values.push_back(one.at("text").at("value"));
    return out;
  }
  const Json& value = node.at("value");
  if (value.is_array()) out.values = value.get<std::vector<std::string>>();
  if (value.is_string()) out.values = {value.get<std::string>()};
  if (value.is_null()) out.reason = node.at("reason");
  return out;
}

void correct(Json& document, const Correction& correction) {
  const extract::DocumentField* field = extract::document_field(correction.field);
  if (field == nullptr) throw std::invalid_argument("there is no field " + correction.field);
  if (field->each) {
    // A new key moves what stands beside it.
    const Json read = node_of(document, *field);
    Json& reading = document["readings"][std::string(field->name)];
    if (reading.is_null()) reading = read;
    put_entries(node_of(document, *field), split(correction.value.value_or("")));
    return;
  }
  Json& node = node_of(document, *field);
  if (!correction.value)
    put(node, nullptr);
  else if (field->list)
    put(node, split(*correction.value));
  else
    put(node, *correction.value);
}

// Whether a document that is cited is no later than the corrected date.
void update_witnesses(extract::Field& date) {
  for (extract::Witness& witness : date.witnesses)
    if (witness.kind == "cited_date" && date.value) witness.agrees = witness.text <= *date.value;
}

bool is_operators(const Json& node) {
  return node.is_object() && node.value("source", "") == kOperator;
}

Json check_value(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

// The checks that compare a corrected field, and what they say of fields that nobody corrected.
void update_checks(Json& record, const std::set<std::string>& corrected) {
  extract::Record stated = stated_record(record.dump());
  if (corrected.contains("date")) update_witnesses(stated.date);
  for (extract::Check& check : extract::check_document(stated)) {
    const bool concerned =
        std::any_of(corrected.begin(), corrected.end(), [&](const std::string& field) {
          const std::string path = "/document" + extract::pointer_of(field);
          return std::find(check.paths.begin(), check.paths.end(), path) != check.paths.end();
        });
    const auto node = std::find_if(record.at("checks").begin(), record.at("checks").end(),
                                   [&](const Json& one) { return one.at("id") == check.id; });
    if (!concerned || node == record.at("checks").end()) continue;
    Json now = *node;
    now["ok"] = check.holds ? Json(*check.holds) : Json(nullptr);
    now["expected"] = check_value(check.expected);
    now["found"] = check_value(check.found);
    // What a check says is weighed once.
    if (now == *node) continue;
    now.erase("accepted");
    *node = std::move(now);
    stated.checks.push_back(std::move(check));
  }
  extract::weigh_checks(stated);
  for (const extract::DocumentField& field : extract::document_fields()) {
    if (!field.single) continue;
    Json& node = node_of(record.at("document"), field);
    if (is_operators(node) || !node.contains("confidence")) continue;
    const extract::Field& weighed = field.single(stated);
    constexpr double kSteps = 1e4;  // as records round
    node["confidence"] = std::round(weighed.evidence.confidence * kSteps) / kSteps;
    if (weighed.needs_review)
      node["needs_review"] = true;
    else
      node.erase("needs_review");
  }
}

void accept_checks(Json& record, const std::vector<std::string>& accepted) {
  for (Json& check : record.at("checks"))
    if (check.at("ok") == false &&
        std::find(accepted.begin(), accepted.end(), text_of_check(check)) != accepted.end())
      check["accepted"] = true;
}

void correct_record(Json& record, const std::vector<Correction>& corrections) {
  Json& document = record.at("document");
  const std::optional<std::string> separator = printed_separator(record);
  std::set<std::string> corrected;
  std::vector<std::string> accepted_checks;
  for (const Correction& correction : corrections) {
    if (correction.field == kAcceptedChecks) {
      accepted_checks = split(correction.value.value_or(""), '\n');
      continue;
    }
    correct(document, correction);
    corrected.insert(correction.field);
  }
  update_code(document, separator, corrected);
  if (corrected.contains("date")) update_date_parts(document.at("date"));
  update_checks(record, corrected);
  accept_checks(record, accepted_checks);
  if (!document.at("signers").empty()) document["signers"][0] = document.at("signer");
  for (const ViewValue& value : view_values(corrected, [&](std::string_view name) {
         return stated_by(node_of(document, *extract::document_field(name)));
       }))
    put_view(record, value);
  record["needs_review"] = record_needs_look(record);
}

// Those of the document that begins on the page; the file's first has those of no page as well.
std::vector<Correction> corrections_of(const Json& record, bool is_first,
                                       const std::vector<Correction>& corrections) {
  const int first_page = record.at("source").at("pages").at(0).get<int>();
  std::vector<Correction> out;
  for (const Correction& correction : corrections)
    if (correction.first_page == first_page || (is_first && correction.first_page == 0))
      out.push_back(correction);
  return out;
}

ocr::PdfMetadata title_of(std::string_view record_json) {
  require_bounded(record_json);
  const Json root = Json::parse(record_json);
  return pdf_metadata(stated_record(root.is_array() ? root.at(0).dump() : root.dump()));
}

}  // namespace

std::string corrected_record(std::string_view record_json,
                             const std::vector<Correction>& corrections) {
  require_bounded(record_json);
  Json root = Json::parse(record_json);
  const auto correct_one = [&](Json& record, bool is_first) {
    const std::vector<Correction> own = corrections_of(record, is_first, corrections);
    if (!own.empty()) correct_record(record, own);
  };
  if (root.is_array())
    for (std::size_t i = 0; i < root.size(); ++i) correct_one(root[i], i == 0);
  else
    correct_one(root, true);
  const int indent = is_compact(record_json) ? -1 : 1;
  return root.dump(indent, ' ', false, Json::error_handler_t::replace) + '\n';
}

bool changes_title(std::string_view before, std::string_view record_json) {
  return !(title_of(before) == title_of(record_json));
}

std::string corrected_copy(const std::string& pdf, std::string_view before,
                           std::string_view record_json) {
  return ocr::retitled_copy(pdf, title_of(before), title_of(record_json));
}

}  // namespace vanban::pipeline
