#include "pipeline/review/document_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "extract/document_fields.h"
#include "pipeline/batch/register.h"
#include "pipeline/batch/summary.h"
#include "pipeline/record/bounded_json.h"
#include "pipeline/record/review.h"

namespace vanban::pipeline {
namespace {

using Json = nlohmann::ordered_json;

// Of a list in which each value has a place of its own the first that asks for a look, or the
// first.
const Json& node_to_look_at(const Json& node) {
  static const Json nothing{{"value", nullptr}};
  if (!node.is_array()) return node;
  if (node.empty()) return nothing;
  const auto asks = std::find_if(node.begin(), node.end(),
                                 [](const Json& one) { return needs_look(one.at("text")); });
  return asks == node.end() ? node.front().at("text") : asks->at("text");
}

Json field_view(const SummaryField& field, const Json& document) {
  const Json& of_field = document.at(Json::json_pointer(extract::pointer_of(field.name)));
  const Json& node = node_to_look_at(of_field);
  Json out{{"name", field.name},
           {"head", register_head(field.name)},
           {"value", field.value ? Json(*field.value) : Json(nullptr)},
           {"confidence", field.confidence ? Json(*field.confidence) : Json(nullptr)},
           // The code is number and symbol once more; it follows them.
           {"doubtful", field.doubtful && field.name != "code"},
           {"editable", field.name != "code"},
           {"source", field.source},
           {"reason", field.reason},
           {"page", node.value("page", 0)},
           {"box", node.contains("bbox") ? node.at("bbox") : Json(nullptr)},
           {"raw", node.contains("raw") ? node.at("raw") : Json(nullptr)}};
  // Of a list the alternatives are those of one entry, and no value of the field.
  Json& alternatives = out["alternatives"] = Json::array();
  if (!of_field.is_array() && node.contains("alternatives"))
    for (const Json& one : node.at("alternatives"))
      if (one.at("value").is_string() && (!field.value || one.at("value") != *field.value))
        alternatives.push_back(one);
  out["evidence"] = node.contains("evidence") ? node.at("evidence") : Json::array();
  // What was read, where a person put in what stands there.
  out["reading"] = node.contains("reading") ? node.at("reading").at("value") : Json(nullptr);
  return out;
}

Json check_view(const Json& record, const Json& check) {
  const std::string text = text_of_check(check);
  return Json{{"id", check.at("id")},
              {"text", text},
              {"in_words", contradiction_text(text)},
              {"expected", check.at("expected")},
              {"found", check.at("found")},
              {"paths", check.at("paths")},
              {"accepted", !check_needs_look(record, check)}};
}

Json page_view(const Json& page) {
  const Json& warnings = page.at("warnings");
  const bool unread = std::any_of(warnings.begin(), warnings.end(), [](const Json& warning) {
    return means_unread(warning.at("code").get_ref<const std::string&>());
  });
  Json restored = Json::array();
  for (const Json& word : page.value("restored", Json::array()))
    restored.push_back(
        Json{{"text", word.at("text")}, {"read", word.at("read")}, {"box", word.at("bbox")}});
  return Json{{"number", page.at("number")},
              {"width", page.at("width_pt")},
              {"height", page.at("height_pt")},
              {"unread", unread},
              {"restored", std::move(restored)}};
}

Json view_of(const Json& record, const Summary& summary) {
  Json out{{"fields", Json::array()}, {"checks", Json::array()}, {"pages", Json::array()}};
  for (const SummaryField& field : summary.fields)
    out["fields"].push_back(field_view(field, record.at("document")));
  for (const Json& check : record.at("checks"))
    if (check.at("ok") == false) out["checks"].push_back(check_view(record, check));
  for (const Json& page : record.at("pages")) out["pages"].push_back(page_view(page));
  return out;
}

}  // namespace

std::optional<std::string> document_view(std::string_view record_json, int first_page) {
  require_bounded(record_json);
  const Json root = Json::parse(record_json);
  const std::vector<Summary> summaries = summarize(record_json);
  for (std::size_t i = 0; i < summaries.size(); ++i)
    if (summaries[i].first_page == first_page)
      return view_of(root.is_array() ? root[i] : root, summaries[i])
          .dump(-1, ' ', false, Json::error_handler_t::replace);
  return std::nullopt;
}

}  // namespace vanban::pipeline
