#include "extract/document_fields.h"

#include <set>

#include <catch2/catch.hpp>

namespace vanban::extract {
namespace {

TEST_CASE("every field has a name, a topic and a term of its own, and one place") {
  std::set<std::string_view> names, terms;
  std::set<const void*> places;
  Record record;
  for (const DocumentField& field : document_fields()) {
    CAPTURE(field.name);
    CHECK(names.insert(field.name).second);
    CHECK(terms.insert(field.term).second);
    CHECK_FALSE(field.topic.empty());
    CHECK(bool(field.single) + bool(field.list) + bool(field.each) == 1);
    if (field.single) CHECK(places.insert(&field.single(record)).second);
    if (field.list) CHECK(places.insert(&field.list(record)).second);
    if (field.each) CHECK(places.insert(&field.each(record)).second);
  }
}

TEST_CASE("a field is found by its name, in the record and below its parts") {
  Record record;
  const Record& unchanged = record;
  const auto place_of = [&](std::string_view name) {
    return &document_field(name)->single(record);
  };
  CHECK(place_of("number") == &record.number);
  CHECK(place_of("arrival.number") == &record.arrival.number);
  CHECK(place_of("signer.name") == &record.signer.name);
  CHECK(&document_field("signer.name")->single(unchanged) == &record.signer.name);
  CHECK(&document_field("addressees")->list(record) == &record.addressees);
  CHECK(&document_field("recipients")->each(record) == &record.recipients);
  CHECK(document_field("signer") == nullptr);
  CHECK(document_field("") == nullptr);
}

TEST_CASE("what is written through the table stands in the record") {
  Record record;
  document_field("arrival.date")->single(record).value = "2024-05-07";
  CHECK(record.arrival.date.value == "2024-05-07");
}

TEST_CASE("a field's pointer has a slash for each dot") {
  CHECK(pointer_of("number") == "/number");
  CHECK(pointer_of("signer.name") == "/signer/name");
}

}  // namespace
}  // namespace vanban::extract
