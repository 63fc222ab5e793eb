// The same document by other names: the fields of Circular 05/2025/TT-BNV (EAD_doc.xml) for
// archives, and a message's header by those of edXML. One table says which view shows what; it is
// followed where a record is written and where it is corrected.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/record.h"
#include "ocr/document/document.h"

namespace vanban::pipeline {

// What a view shows, ready to be put in its place.
struct ViewValue {
  enum class Shape {
    Reasoned,  // {"value": ...}, with the reason where there is none
    Plain,     // the value, or null
    List,      // an array of texts
    Names,     // an array of {"OrganName": ...}
  };
  std::string place;  // JSON pointer in the record, "/archival/codeNumber"
  Shape shape = Shape::Reasoned;
  std::vector<std::string> values;  // of a list all; else one, or none
  std::string reason;               // why there is none
  bool cut = false;                 // longer than the circular allows
  bool is_number = false;
};

// What a record's document says of a field.
struct StatedField {
  std::vector<std::string> values;
  std::string reason;  // where there is none
};
using FieldLookup = std::function<StatedField(std::string_view name)>;

// All places of all views, in the order of the record.
std::vector<ViewValue> view_values(const extract::Record& record, const ocr::Document& document);

// Those alone that show one of `fields`, by their names in the record.
std::vector<ViewValue> view_values(const std::set<std::string>& fields, const FieldLookup& stated);

// Puts a value in its place. `Json` is one of nlohmann's, which no header may name.
template <typename Json>
void put_view(Json& record, const ViewValue& value) {
  using Shape = ViewValue::Shape;
  const bool is_list = value.shape == Shape::List || value.shape == Shape::Names;
  Json content = is_list ? Json::array() : Json(nullptr);
  for (const std::string& text : value.values) {
    if (value.shape == Shape::Names)
      content.push_back(Json{{"OrganName", text}});
    else if (value.shape == Shape::List)
      content.push_back(text);
    else
      content = value.is_number ? Json(std::stoi(text)) : Json(text);
  }
  Json& place = record[typename Json::json_pointer(value.place)];
  if (value.shape != Shape::Reasoned) {
    place = std::move(content);
    return;
  }
  place = Json{{"value", std::move(content)}};
  if (value.values.empty()) place["reason"] = value.reason;
  if (value.cut) place["cut"] = true;
}

}  // namespace vanban::pipeline
