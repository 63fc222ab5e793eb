// The fields of a record's document, in one table: what lists, sums up, explains or corrects them
// follows it. A new field is a member of the record, a row here and the rule that finds it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/record.h"

namespace vanban::extract {

// Where a record keeps a field: false where no member of this type holds it.
template <typename Value>
struct RecordMember {
  const Value& (*of_const)(const Record& record) = nullptr;
  Value& (*of)(Record& record) = nullptr;

  explicit operator bool() const { return of != nullptr; }
  const Value& operator()(const Record& record) const { return of_const(record); }
  Value& operator()(Record& record) const { return of(record); }
};

struct DocumentField {
  std::string_view name;   // its path in the record's `document`, parts parted by dots
  std::string_view topic;  // under which the rules note their steps
  std::string_view term;   // in Vietnamese, as registers head it
  // One of them is true: a value, a list that stands in one place, a list of values that stand each
  // in a place of its own.
  RecordMember<Field> single;
  RecordMember<ListField> list;
  RecordMember<std::vector<Field>> each;
};

// In the order of the record.
std::span<const DocumentField> document_fields();

// Null where there is none of this name.
const DocumentField* document_field(std::string_view name);

// The JSON pointer to a field below the document: "signer.name" -> "/signer/name".
std::string pointer_of(std::string_view field_name);

}  // namespace vanban::extract
