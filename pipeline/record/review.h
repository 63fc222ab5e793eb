// What in a written record asks a person for a look: of it as it is made, and as a person has
// changed it. `Json` is one of nlohmann's, which no header may name.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "extract/document_fields.h"
#include "extract/record.h"
#include "pipeline/record/unread_page.h"

namespace vanban::pipeline {

// The source of what a person put in.
inline constexpr std::string_view kOperator = "operator";

// Whether a field asks for a look: it says so itself, or by its confidence or reason.
template <typename Json>
bool needs_look(const Json& node) {
  if (node.value("needs_review", false)) return true;
  if (node.at("value").is_null()) {
    const std::string reason = node.value("reason", "");
    return reason == "illegible" || reason == "ambiguous";
  }
  return node.value("confidence", 1.0) < extract::kReviewBelow;
}

// Whether a check failed, and no person let it stand or put in all of the document that it
// compared.
template <typename Json>
bool check_needs_look(const Json& record, const Json& check) {
  if (!(check.at("ok") == false) || check.value("accepted", false)) return false;
  return !std::all_of(check.at("paths").begin(), check.at("paths").end(), [&](const Json& path) {
    const typename Json::json_pointer place(path.template get<std::string>());
    return path.template get<std::string>().starts_with("/document/") && record.contains(place) &&
           record.at(place).is_object() && record.at(place).value("source", "") == kOperator;
  });
}

// Whether a field of the document, a check or a page that was not read asks for a look. Figures and
// references say so themselves.
template <typename Json>
bool record_needs_look(const Json& record) {
  const auto any = [](const Json& all, const auto& asks) {
    return std::any_of(all.begin(), all.end(), asks);
  };
  for (const extract::DocumentField& field : extract::document_fields()) {
    const Json& node =
        record.at("document").at(typename Json::json_pointer(extract::pointer_of(field.name)));
    const bool asks = node.is_array()
                          ? any(node, [](const Json& one) { return needs_look(one.at("text")); })
                          : needs_look(node);
    if (asks) return true;
  }
  return any(record.at("checks"),
             [&](const Json& check) { return check_needs_look(record, check); }) ||
         any(record.at("pages"), [&](const Json& page) {
           return any(page.at("warnings"), [](const Json& warning) {
             return means_unread(warning.at("code").template get<std::string>());
           });
         });
}

// A check in short: "symbol_type: X / Y", found and expected.
template <typename Json>
std::string text_of_check(const Json& check) {
  const auto text = [&](const char* key) {
    return check.at(key).is_string() ? check.at(key).template get<std::string>() : std::string();
  };
  return text("id") + ": " + text("found") + " / " + text("expected");
}

}  // namespace vanban::pipeline
