// Shows optional values where a check fails.
#define CATCH_CONFIG_ENABLE_OPTIONAL_STRINGMAKER
#include "extract/extract.h"

#include <catch2/catch.hpp>
#include <optional>
#include <string>

#include "tests/extract/first_page.h"

namespace vanban::extract {
namespace {

using Value = std::optional<std::string>;

TEST_CASE("an empty document, or an empty page, has no fields and no faults") {
  const ocr::Document document =
      GENERATE(values<ocr::Document>({{}, made_document({made_page(1, {})})}));
  const Record record = extract(document);
  for (const Field* field : {&record.issuing_agency, &record.number, &record.symbol, &record.code,
                             &record.place, &record.date, &record.type, &record.subject}) {
    CHECK_FALSE(field->value);
    CHECK(field->reason == Reason::Absent);
    CHECK(field->evidence.page == 0);
  }
}

TEST_CASE("the header stands on the first page that is not empty") {
  ocr::Document document = FirstPage().document();
  document.pages[0].number = 2;
  document.pages.insert(document.pages.begin(), made_page(1, {}));
  const Record record = extract(document);
  CHECK(record.type.value == Value("Báo cáo"));
  CHECK(record.type.evidence.page == 2);
}

TEST_CASE("pages and their texts are the document's") {
  ocr::Document document = made_body({"Số: 12/QĐ-UBND"});
  document.pages[0].number = 3;
  document.pages.push_back(made_page(4, {}));
  const Record record = extract(document);
  CHECK(record.first_page == 3);
  CHECK(record.last_page == 4);
  CHECK(record.text_pages == Texts{"Số: 12/QĐ-UBND", ""});
  CHECK(record.search_pages == Texts{"so: 12/qd-ubnd", ""});
}

TEST_CASE("rules note what they saw in the order of the elements") {
  Texts topics;
  for (const Step& step : FirstPage().record().steps)
    if (topics.empty() || topics.back() != step.topic) topics.push_back(step.topic);
  topics.resize(8);
  CHECK(topics ==
        Texts{"number", "agencies", "date", "type", "subject", "addressees", "urgency", "secrecy"});
}

TEST_CASE("a field of the user's stands in for a built-in one of its name") {
  FieldPattern own;
  own.name = "office_email";
  own.pattern = "BC-\\p{L}+";
  const auto field_of = [](const Record& record) {
    for (const PatternField& field : record.pattern_fields)
      if (field.name == "office_email") return field.values.front().value;
    return Value("not looked for");
  };
  CHECK_FALSE(field_of(FirstPage().record()));
  CHECK(field_of(extract(FirstPage().document(), {own})) == Value("BC-UBND"));
}

}  // namespace
}  // namespace vanban::extract
